"""Somebody would like to translate: without an account, or with one that may not yet."""

from django.shortcuts import render

from responses.access.rate_limits import WINDOW, allowance, wait_message
from responses.forms.ask_to_translate import AskToTranslateForm, known_of
from responses.models import TranslatorRequest
from responses.models.translator_request import REQUEST_DAYS

from .decorators import form_page


@form_page
def ask_to_translate(request):
    """Ask the organizers. The page never tells whether an address has asked before, or has an account."""
    if request.method != "POST" or request.POST.get("action") == "switch":
        return _page(request, AskToTranslateForm(initial=request.POST.dict() or known_of(request.user)))
    form = AskToTranslateForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    allowed = allowance(request)
    # Nobody answers many requests at once: a flood would hide those of others.
    if wait := allowed.wait or (allowed.is_flood and TranslatorRequest.objects.are_many() and WINDOW):
        form.add_error(None, wait_message(wait))
        page = _page(request, form, status=429)
        page.headers["Retry-After"] = str(wait)
        return page
    form.ask()
    return _page(request, form, is_sent=True)


def _page(request, form, *, status=200, is_sent=False):
    context = {"form": form, "is_sent": is_sent, "days": REQUEST_DAYS}
    return render(request, "responses/ask_to_translate.html", context, status=status)
