"""Which language a page speaks whose address does not say so."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.views import i18n

from diversity_portal.headers import keeping_what_was_sent
from responses.models import OrganizerLetter


class PageLanguage(LocaleMiddleware):
    """The language in the address; else that of the page that people come from and go back to; else the browser's.

    Whoever reads in Arabic and has to sign in goes on in Arabic, whatever their browser prefers.
    """

    def process_request(self, request):
        super().process_request(request)
        if translation.get_language_from_path(request.path_info):
            return
        try:
            onward = urlsplit(request.GET.get("next", "")).path
        except ValueError:
            return  # diversity_portal/headers.py refuses such a request
        if language := translation.get_language_from_path(onward):
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        return keeping_what_was_sent(request, super().process_response(request, response), response)


def remember_language(view):
    """For the page that leads to another site, which sends people back to an address without a language."""

    @wraps(view)
    def leaving(request, *args, **kwargs):
        request.session["language"] = translation.get_language()
        return view(request, *args, **kwargs)

    return leaving


def in_language_of_departure(view):
    """For the page that people come back to."""

    @wraps(view)
    def back(request, *args, **kwargs):
        if language := request.session.get("language"):
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        return view(request, *args, **kwargs)

    return back


def set_language(request):
    """Django's view, for the choice at the desks. An organizer's letters speak the language that they work in.

    page_language: sent instead by a form in which something is typed. All of it goes along to the next page.
    """
    goes_along = "page_language" in request.POST
    if goes_along:
        request.POST = request.POST.copy()
        request.POST["language"] = request.POST["page_language"]
    page = i18n.set_language(request)
    if goes_along and page.status_code == 302:
        page.status_code = 307
    chosen = request.POST.get("language")
    if request.user.is_staff and chosen in dict(settings.LANGUAGES):
        OrganizerLetter.objects.work_in(request.user, chosen)
    return page
