"""Host a conversation: announce it, invite to it, see how many have answered, close it; and the paper sheet."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from responses.access.keys import copy_id_of
from responses.access.rate_limits import allowance, wait_message
from responses.exchange.invitations import invitations
from responses.forms.gathering import GatheringForm
from responses.models import Affiliate, Conversation, Gathering

from .decorators import by_hosts_link, confirm_page, form_page, private_page, unlisted


@form_page
def new_gathering(request):
    """Announce a gathering of the current conversation, as long as people can answer in it or will be able to."""
    status, conversation = 200, Conversation.objects.current()
    if request.method != "POST" and conversation.is_closed:
        return _over(request, "responses/new_gathering_over.html", conversation)
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = GatheringForm(request.POST)
        if form.is_valid():
            wait = allowance(request).wait
            if wait:
                form.add_error(None, wait_message(wait))
                status = 429
            elif key := form.announce():
                return redirect("my_gathering", key)
    else:
        form = GatheringForm(initial=request.POST.dict())
    context = {"form": form, "affiliates": Affiliate.objects.active(), "conversation": conversation}
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
        "contact": settings.CONTACT_EMAIL,
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
    """The invitation: who, when, where, and texts to copy in each interface language. Or that all of it is over."""
    found = get_object_or_404(Gathering.objects.select_related("affiliate", "conversation"), code=code)
    if found.is_closed:
        return _over(request, "responses/gathering_closed.html", found.conversation, status=410)
    if found.conversation.is_closed:
        return _over(request, "responses/gathering_over.html", found.conversation, gathering=found)
    questions = found.conversation.questions.all()
    context = {
        "gathering": found,
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "questions": questions,
        "invitations": invitations(found, questions, f"{request.scheme}://{request.get_host()}"),
    }
    return render(request, "responses/gathering.html", context)


@unlisted
@require_safe
def gathering_sheet(request, code):
    """The paper sheet of a gathering. As long as late sheets are typed in, it can be printed even if it is closed."""
    found = get_object_or_404(Gathering.objects.select_related("affiliate", "conversation"), code=code)
    if found.is_closed and not found.takes_late_sheets:
        raise Http404("Its host has closed it.")
    return _sheet(request, found.get_absolute_url(), found.conversation, found)


@require_safe
def sheet(request):
    """The paper sheet without a gathering."""
    return _sheet(request, reverse("respond"), Conversation.objects.current())


def _sheet(request, path, conversation, gathering=None):
    is_late = gathering is not None and gathering.takes_late_sheets
    if conversation.is_closed and not is_late:
        return _over(request, "responses/sheet_over.html", conversation, gathering=gathering)
    # Nobody can answer by themselves then: the address is where they can read what becomes of it.
    is_only_paper = conversation.is_closed or (gathering is not None and gathering.is_closed)
    context = {
        "gathering": gathering,
        "conversation": conversation,
        "is_only_paper": is_only_paper,
        "address": request.build_absolute_uri(conversation.get_absolute_url() if is_only_paper else path),
        "questions": conversation.questions.all(),
    }
    return render(request, "responses/sheet.html", context)


def _over(request, template, conversation, status=200, **context):
    """A page that says: this is closed, what becomes of its conversation, and which one comes next."""
    context |= {"conversation": conversation, "following": conversation.next}
    return render(request, template, context, status=status)
