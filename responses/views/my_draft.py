from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from responses.access.keys import copy_id_of
from responses.forms.respond import ResponseForm
from responses.models import Draft, Response
from responses.models.draft import DRAFT_DAYS

from .decorators import confirm_page, form_page, post_page, private_page, secret_address
from .respond import kept_words, saved_in, show_answer_form


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
    form = _form(key, draft)
    late = form.late_gathering
    # With a link for late sheets, the words can be sent as long as either takes them.
    last_days = filter(None, [late and late.late_until, form.conversation.finishes_on])
    context = {
        "draft": draft,
        "conversation": form.conversation,
        "can_be_sent": form.can_be_sent,
        "send_until": max(last_days, default=None),
        "next": None if form.can_be_sent else draft.next_conversation,
        "saved": saved_in(form, draft),
        "key": key,
        "link": request.build_absolute_uri(reverse("short_link", args=[key])),
        "copy_id": copy_id_of(key),
        "days": DRAFT_DAYS,
    }
    if not form.can_be_sent:
        context |= kept_words(key)
    return render(request, "responses/my_draft.html", context)


@private_page
@secret_address
def my_draft_text(request, key):
    """All that is saved, as a file to keep."""
    draft = _draft(key)
    saved = saved_in(_form(key, draft), draft)
    text = render_to_string("responses/my_draft.txt", saved | {"conversation": draft.conversation}, request)
    page = HttpResponse(text, content_type="text/plain; charset=utf-8")
    page.headers["Content-Disposition"] = 'attachment; filename="draft.txt"'
    return page


@post_page
@secret_address
def my_draft_move(request, key):
    """Take the words to the current conversation."""
    # Pressed twice, or the conversation has been prolonged: the page says where the words are.
    with suppress(ValidationError):
        _draft(key).move()
    return redirect("my_draft", key)


def _form(key, draft):
    """The form as it would open with the draft: it knows whether the words can be sent, and what its fields are."""
    return ResponseForm(initial=draft.typed, conversation=draft.conversation, key=key)


@form_page
@secret_address
def my_draft_write(request, key):
    """The form, with what was saved."""
    if request.method != "POST" and Response.objects.with_key(key).exists():
        return redirect("my_response", key)
    # A post needs no draft: it brings its words along, and an expired draft is saved anew.
    draft = Draft.objects.with_key(key).first() if request.method == "POST" else _draft(key)
    return show_answer_form(request, key=key, draft=draft)


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
