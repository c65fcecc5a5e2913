from django.contrib.auth import get_user_model


def reviewers() -> list:
    """All who can review responses at the desk."""
    able = get_user_model().objects.with_perm(
        "responses.review_response", backend="django.contrib.auth.backends.ModelBackend"
    )
    return list(able.filter(is_staff=True))
