"""Pages about the portal itself, in its own words; and whether it is alive and ready, for operators."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from diversity_portal.catalogues import reviewers
from diversity_portal.faults import is_migrated, unwritable
from responses.languages import language_of, languages
from responses.models import DeclineReason, MonthlyNumber
from responses.models.contact import CONTACT_DAYS
from responses.models.conversation import FINISHING_DAYS
from responses.models.draft import DRAFT_DAYS
from responses.models.moderation import STEP
from responses.models.sharing import OBJECTION_DAYS
from responses.models.translator_request import REQUEST_DAYS


@require_safe
def about(request):
    folder = settings.BASE_DIR / "locale"
    spoken = [(language_of(code), reviewers(code, folder)) for code, _name in settings.LANGUAGES]
    return _page(request, "about", number=len(languages()), spoken=spoken)


@require_safe
def privacy(request):
    machine = urlsplit(settings.MACHINE_TRANSLATION_URL).hostname
    days = {"draft_days": DRAFT_DAYS, "finishing_days": FINISHING_DAYS, "contact_days": CONTACT_DAYS}
    days["request_days"] = REQUEST_DAYS
    return _page(request, "privacy", machine=machine, **days)


@require_safe
def accessibility(request):
    return _page(request, "accessibility")


@require_safe
def how_we_review(request):
    return _page(request, "how_we_review", objection_days=OBJECTION_DAYS, reasons=DeclineReason.objects.offered())


@require_safe
def how_we_review_numbers(request):
    """What reviewers did, month by month: of one year, the latest unless another one is asked for."""
    years = MonthlyNumber.objects.years()
    asked = request.GET.get("year")
    year = next((each for each in years if str(each) == asked), next(iter(years), None))
    shown = {"years": years, "year": year, "months": MonthlyNumber.objects.by_month(year), "smallest": STEP}
    return _page(request, "how_we_review_numbers", **shown)


def _page(request, name, **context):
    return render(request, f"diversity_portal/{name}.html", context | {"contact": settings.CONTACT_EMAIL})


@never_cache
@require_safe
def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


_UNPREPARED = "the database does not answer or is not migrated"


@never_cache
@require_safe
def readyz(request):
    """People can be served: the database answers, is migrated, and can be written to."""
    try:
        fault = unwritable() if is_migrated() else _UNPREPARED
    except (DatabaseError, InterfaceError):
        connection.close()
        fault = _UNPREPARED
    return HttpResponse(f"{fault or 'ready'}\n", status=503 if fault else 200, content_type="text/plain")
