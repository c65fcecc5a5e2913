"""Pages of nothing but the portal's own words."""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from responses.catalogues import reviewers
from responses.languages import language, languages


@require_safe
def about(request):
    folder = settings.BASE_DIR / "locale"
    spoken = [(language(code), reviewers(code, folder)) for code, _name in settings.LANGUAGES]
    context = {"number": len(languages()), "spoken": spoken, "contact": settings.CONTACT_EMAIL}
    return render(request, "outcomes/about.html", context)


@require_safe
def privacy(request):
    machine = urlsplit(settings.MACHINE_TRANSLATION_URL).hostname
    return render(request, "outcomes/privacy.html", {"contact": settings.CONTACT_EMAIL, "machine": machine})


@require_safe
def accessibility(request):
    return render(request, "outcomes/accessibility.html", {"contact": settings.CONTACT_EMAIL})


@require_safe
def how_we_review(request):
    return render(request, "outcomes/how_we_review.html", {"contact": settings.CONTACT_EMAIL})
