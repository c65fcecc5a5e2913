"""Host a conversation: announce it, invite to it, see how many have answered, close it; and the paper sheet."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from responses.access.keys import copy_id_of
from responses.access.rate_limits import allowance, wait_message
from responses.exchange.invitations import invitations
from responses.forms.gathering import GatheringForm
from responses.models import Affiliate, Gathering, Question

from .decorators import by_hosts_link, confirm_page, form_page, private_page, unlisted


@form_page
def new_gathering(request):
    """Announce a gathering."""
    status = 200
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = GatheringForm(request.POST)
        if form.is_valid():
            wait = allowance(request).wait
            if not wait:
                return redirect("my_gathering", form.announce())
            form.add_error(None, wait_message(wait))
            status = 429
    else:
        form = GatheringForm(initial=request.POST.dict())
    context = {"form": form, "affiliates": Affiliate.objects.active()}
    return render(request, "responses/new_gathering.html", context, status=status)


@private_page
@by_hosts_link
def my_gathering(request, gathering, key):
    """The host's page: the links, and how many responses have been sent."""
    context = {
        "gathering": gathering,
        "key": key,
        "copy_id": copy_id_of(key),
        "link": request.build_absolute_uri(request.path),
        "invitation": request.build_absolute_uri(gathering.get_absolute_url()),
    }
    return render(request, "responses/my_gathering.html", context)


@confirm_page
@by_hosts_link
def close_gathering(request, gathering, key):
    """Asks once, then closes the invitation."""
    if request.method == "POST":
        gathering.close()
        return redirect("my_gathering", key)
    return render(request, "responses/close_gathering.html", {"gathering": gathering, "key": key})


# Anybody with the link may read it. Its title is a host's own, and nobody has reviewed it.
@unlisted
@require_safe
def gathering(request, code):
    """The invitation: who, when, where, and texts to copy in each interface language."""
    found = get_object_or_404(Gathering.objects.select_related("affiliate"), code=code)
    if found.is_closed:
        return render(request, "responses/gathering_closed.html", {"gathering": found}, status=410)
    context = {
        "gathering": found,
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "invitations": invitations(found, f"{request.scheme}://{request.get_host()}"),
    }
    return render(request, "responses/gathering.html", context)


@unlisted
@require_safe
def gathering_sheet(request, code):
    """The paper sheet of a gathering."""
    found = get_object_or_404(Gathering.objects.open().select_related("affiliate"), code=code)
    return _sheet(request, found.get_absolute_url(), found)


@require_safe
def sheet(request):
    """The paper sheet without a gathering."""
    return _sheet(request, reverse("respond"))


def _sheet(request, path, gathering=None):
    address = request.build_absolute_uri(path)
    context = {"gathering": gathering, "address": address, "questions": Question.objects.all()}
    return render(request, "responses/sheet.html", context)
