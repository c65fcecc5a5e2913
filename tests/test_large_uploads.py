"""A file that is larger than the server gathers: its form comes without a word, its token included."""

from io import BytesIO

import pytest

from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("size", "said"), [(30_000_000, "larger than the portal can take"), (0, "This form is too old")]
)
def test_whoever_uploads_a_file_that_is_too_large_is_told_so_and_not_that_the_form_is_too_old(csrf_client, size, said):
    csrf_client.force_login(make_user("organizer", "Organizer", is_staff=True))

    page = csrf_client.generic(
        "POST",
        "/admin/responses/affiliate/file/",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(size),
        **{"wsgi.input": BytesIO()},
    )

    assert (page.status_code, said in page.content.decode()) == (413 if size else 403, True)
