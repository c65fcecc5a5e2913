"""The review desk: what waits, oldest first; read, accept, or decline with a reason that the author sees."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy
from django.views.decorators.http import require_POST

from responses.forms.review import AddedNoteForm, DeclineForm, NoteForm
from responses.models import Response

from .content_note import AddsContentNote, added_note_of, added_note_typed, told_beforehand
from .many_at_once import MOST_AT_ONCE
from .recusals import gives_words_back
from .review_list import ListsResponses
from .review_queue import ReviewsInOrder
from .unlisted_language import ListsLanguages, form_for


@admin.register(Response)
class ResponseAdmin(ReviewsInOrder, AddsContentNote, ListsLanguages, ListsResponses):
    # Only its author changes a response. It is withdrawn, never deleted, so that links to it find a tombstone.
    actions = ["accept_selected", "decline_selected"]
    forms_of_desk = (DeclineForm, AddedNoteForm, NoteForm)

    def has_review_permission(self, request):
        return request.user.has_perm("responses.review_response")

    def get_urls(self):
        verbs = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(verb),
                name=f"responses_response_{name}",
            )
            for name, verb in (("accept", require_POST(self.accept)), ("decline", self.decline), ("note", self.note))
        ]
        return verbs + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The response to read, with the verbs that its status allows."""
        response = self.get_object(request, object_id)
        if response is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, response):
            raise PermissionDenied
        return self._read(request, response)

    def _read(self, request, response, decline_form=None, note_form=None, language_form=None, added_form=None):
        answers = list(response.answers.select_related("question"))
        context = {
            **self.admin_site.each_context(request),
            "title": response.code,
            "opts": self.opts,
            "response": response,
            "answers": answers,
            "seen": response.fingerprint_of(answers),
            "may_review": self.has_review_permission(request),
            "decline_form": decline_form or DeclineForm(initial=request.POST.dict()),
            "note_form": note_form or NoteForm(initial={"note": response.note_to_author} | request.POST.dict()),
            "language_form": language_form or form_for(response, request.user),
            "versions": response.earlier_versions(),
            **self.place_of(request, response),
            **told_beforehand(request, response, added_form),
        }
        return render(request, "admin/responses/response/read.html", context)

    @gives_words_back
    def accept(self, request, pk):
        response = self._to_review(request, pk)
        return self._carry_out(request, response, lambda seen: response.accept(seen=seen or ""))

    @gives_words_back
    def decline(self, request, pk):
        response = self._to_review(request, pk)
        if request.method != "POST":
            return redirect("admin:responses_response_change", pk)
        form = DeclineForm(request.POST)
        if not form.is_valid():
            return self._read(request, response, decline_form=form)
        used = {"reason"}
        return self._carry_out(request, response, lambda seen: response.decline(**form.cleaned_data, seen=seen), used)

    @gives_words_back
    def note(self, request, pk):
        """A few words to the author. An empty note removes the earlier one."""
        response = self._to_review(request, pk)
        if request.method != "POST":
            return redirect("admin:responses_response_change", pk)
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self._read(request, response, note_form=form)
        text = form.cleaned_data["note"]
        return self._carry_out(request, response, lambda seen: response.note(text, seen=seen), {"note"})

    def _to_review(self, request, pk):
        if not self.has_review_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _carry_out(self, request, response, verb, used=frozenset()):
        """Do it, write it to the admin's log, and go on to the response that has waited longest.

        verb: gets what the reviewer has seen. used: the fields that it needs. If it is refused, or if something was
        typed into another field, the page comes back with all that was typed.
        """
        stored = {"reason": "", "note": response.note_to_author} | added_note_of(response)
        posted = request.POST.dict() | added_note_typed(request)
        typed = stored | {name: text.strip() for name, text in posted.items()}
        unsent = {name for name in stored.keys() - used if typed[name] != stored[name]}
        try:
            with transaction.atomic():
                verb(request.POST.get("seen"))
                done, told = self._told(used) or (response.get_status_display(), "")
                self.log_change(request, response, done)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            response.refresh_from_db()
            if latest := _log_of(response).select_related("user").first():
                at = formats.localize(timezone.localtime(latest.action_time))
                told = f"{latest.get_change_message()} · {latest.user} · {at}"
                self.message_user(request, told, messages.WARNING)
            return self._read(request, response)
        named = _("Response %(code)s") % {"code": response.code}
        self.message_user(request, told or f"{named}: {done}", messages.SUCCESS)
        if unsent:
            return self._read(request, response)
        return redirect(self._within(request, response)) if told else self.next_one(request, response)

    @staticmethod
    def _told(used):
        """(what the log says, what the reviewer is told) of a verb that leaves the status as it is; otherwise None."""
        if "note" in used:
            return _("Note to the author"), _("The author can read it now.")
        # Never the words themselves: the log outlives a withdrawn response.
        return (capfirst(_("content note")), _("Readers are told so from now on.")) if "added_note" in used else None

    @admin.action(description=_("Accept the selected responses…"), permissions=["review"])
    def accept_selected(self, request, queryset):
        """Shows what would be published, then accepts what has been shown, so that no unread word is ever public."""
        if "confirmed" not in request.POST:
            return self._ask(request, "accept_selected.html", queryset, queryset.acceptable(), _("Accept responses"))
        said = ngettext_lazy("%(done)s response accepted.", "%(done)s responses accepted.", "done")
        return self._each(request, queryset.acceptable(), lambda response, seen: response.accept(seen=seen or ""), said)

    @admin.action(description=_("Decline the selected responses…"), permissions=["review"])
    def decline_selected(self, request, queryset):
        form = DeclineForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            legal = queryset.declinable()
            return self._ask(request, "decline_selected.html", queryset, legal, _("Decline responses"), form=form)
        reason = form.cleaned_data["reason"]
        said = ngettext_lazy("%(done)s response declined.", "%(done)s responses declined.", "done")
        return self._each(
            request, queryset.declinable(), lambda response, seen: response.decline(reason, seen=seen), said
        )

    def _ask(self, request, template, queryset, legal, title, **context):
        """The page between choosing an action and carrying it out. Each response on it can still be left out."""
        chosen, possible = queryset.count(), legal.count()
        if left := chosen - possible:
            self._say_left(request, left)
        if possible > MOST_AT_ONCE:
            said = _("%(n)s responses are too many at once. Here are the first %(most)s; the others stay as they are.")
            self.message_user(request, said % {"n": possible, "most": MOST_AT_ONCE}, messages.WARNING)
        rows = legal.select_related("affiliate", "region", "gathering").prefetch_related("answers__question")
        shown = [
            (response, answers, response.fingerprint_of(answers))
            for response in rows[:MOST_AT_ONCE]
            for answers in [list(response.answers.all())]
        ]
        back = reverse("admin:responses_response_changelist")
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "back": back, "title": title}
        return render(request, f"admin/responses/response/{template}", context | {"shown": shown})

    def _each(self, request, legal, verb, said):
        """Do it to all responses that are still as they were shown, and say to how many.

        After a crash it is done to none of them.
        """
        chosen = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
        done = 0
        with transaction.atomic():
            for response in legal:
                try:
                    verb(response, request.POST.get(f"seen-{response.pk}"))
                except ValidationError:
                    # It has changed meanwhile, which is not an error.
                    continue
                self.log_change(request, response, response.get_status_display())
                done += 1
        self.message_user(request, said % {"done": done}, messages.SUCCESS if done else messages.WARNING)
        if left := len(chosen) - done:
            self._say_left(request, left)

    def _say_left(self, request, left):
        said = ngettext(
            "%(left)s response was left as it is: its status does not allow this, or it has changed meanwhile.",
            "%(left)s responses were left as they are: their status does not allow this, or they have changed "
            "meanwhile.",
            left,
        )
        self.message_user(request, said % {"left": left}, messages.WARNING)


def _log_of(row):
    """What the admin's log has about a row, the latest first."""
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)
