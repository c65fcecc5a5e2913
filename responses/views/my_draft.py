from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from responses.access.keys import copy_id_of
from responses.models import Draft, Response
from responses.models.draft import DRAFT_DAYS

from .decorators import confirm_page, form_page, private_page, secret_address
from .respond import show_answer_form


def _draft(key):
    """The draft of a secret link."""
    draft = Draft.objects.with_key(key).first()
    if draft is None:
        raise Http404("No draft has this link, or it has expired.")
    return draft


@private_page
@secret_address
def my_draft(request, key):
    """The secret link of a draft, to write down, copy, print or scan."""
    if Response.objects.with_key(key).exists():
        return redirect("my_response", key)
    draft = _draft(key)
    link = request.build_absolute_uri(reverse("short_link", args=[key]))
    context = {"draft": draft, "key": key, "link": link, "copy_id": copy_id_of(key), "days": DRAFT_DAYS}
    return render(request, "responses/my_draft.html", context)


@form_page
@secret_address
def my_draft_write(request, key):
    """The form, with what was saved."""
    if request.method != "POST" and Response.objects.with_key(key).exists():
        return redirect("my_response", key)
    # A post needs no draft: it brings its words along, and an expired draft is saved anew.
    return show_answer_form(request, key=key, draft=None if request.method == "POST" else _draft(key))


@confirm_page
@secret_address
def my_draft_delete(request, key):
    """Asks once, then deletes the draft, unless it has been changed since the page asked."""
    draft = _draft(key)
    context = {"draft": draft, "key": key, "copy_id": copy_id_of(key)}
    if request.method == "POST":
        try:
            with transaction.atomic():
                Draft.objects.discard(key, seen=request.POST.get("seen", draft.fingerprint))
            return redirect("respond")
        except ValidationError:
            context |= {"draft": _draft(key), "is_changed": True}
    return render(request, "responses/my_draft_delete.html", context)
