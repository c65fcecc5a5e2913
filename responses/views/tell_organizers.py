from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render

from responses.access.rate_limits import allowance, wait_message
from responses.forms.tell_organizers import TellForm
from responses.models import Flag, Response

from .decorators import form_page, unlisted


@unlisted
@form_page
def tell_organizers(request, code):
    """A reader tells the organizers about a published response: without an account, and without an address."""
    found = Response.objects.published().filter(code=code).first()
    if found is None:
        return _gone(request, code)
    context = {"response": found}
    if request.method != "POST" or request.POST.get("action") == "switch":
        return _page(request, context, TellForm(initial=request.POST.dict()))
    form = TellForm(request.POST)
    if not form.is_valid():
        return _page(request, context, form)
    if wait := allowance(request).wait:
        form.add_error(None, wait_message(wait))
        page = _page(request, context, form, status=429)
        page.headers["Retry-After"] = str(wait)
        return page
    try:
        Flag.objects.tell(found, form.cleaned_data["words"])
    except ValidationError:
        return _gone(request, code)
    return _page(request, context | {"is_told": True}, form)


def _gone(request, code):
    """It is public no more. What was typed comes back, so that it can be said elsewhere."""
    if not (typed := request.POST.get("words", "")):
        raise Http404("No such response.")
    return render(request, "responses/tell_organizers.html", {"code": code, "typed": typed}, status=410)


def _page(request, context, form, status=200):
    return render(request, "responses/tell_organizers.html", context | {"form": form}, status=status)
