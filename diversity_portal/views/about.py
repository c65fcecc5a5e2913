"""Pages about the portal itself, in its own words."""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diversity_portal.catalogues import reviewers
from responses.languages import language_of, languages
from responses.models.contact import CONTACT_DAYS
from responses.models.draft import DRAFT_DAYS
from responses.models.sharing import OBJECTION_DAYS


@require_safe
def about(request):
    folder = settings.BASE_DIR / "locale"
    spoken = [(language_of(code), reviewers(code, folder)) for code, _name in settings.LANGUAGES]
    return _page(request, "about", number=len(languages()), spoken=spoken)


@require_safe
def privacy(request):
    machine = urlsplit(settings.MACHINE_TRANSLATION_URL).hostname
    return _page(request, "privacy", machine=machine, draft_days=DRAFT_DAYS, contact_days=CONTACT_DAYS)


@require_safe
def accessibility(request):
    return _page(request, "accessibility")


@require_safe
def how_we_review(request):
    return _page(request, "how_we_review", objection_days=OBJECTION_DAYS)


def _page(request, name, **context):
    return render(request, f"diversity_portal/{name}.html", context | {"contact": settings.CONTACT_EMAIL})
