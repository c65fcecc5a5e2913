"""What reviewers do with a response: accept it, decline it, ask its author, leave a note; and undo a decision."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from responses.forms.review import AskForm, DeclineForm, NoteForm
from responses.models import Decision, Recusal
from responses.models.decision import Status
from responses.numbers_no_row_has import is_id

from .capped_paginator import COUNTED_AT_MOST, capped_count, number_or_more
from .flags import looked_at_in, show_flags
from .look_only import LookOnlyAdmin
from .many_at_once import MOST_AT_ONCE
from .page_forms import LEFT_BEHIND, only_unsent, unsent
from .recusals import by_button

NOTHING_CHOSEN = _("Nothing was ticked, so that no response was changed.")


class Decides(LookOnlyAdmin):
    """For the review desk: an address for each verb, and what is done to many at once."""

    def has_review_permission(self, request):
        return request.user.has_perm("responses.review_response")

    def get_urls(self):
        verbs = {"accept": self.accept, "decline": self.decline, "ask": self.ask, "note": self.note}
        verbs["undo"] = self.undo
        addresses = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(verb), name=f"responses_response_{name}")
            for name, verb in verbs.items()
        ]
        return addresses + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        is_chosen = request.method != "POST" or ACTION_CHECKBOX_NAME in request.POST
        # Django would say so on the list, without what was typed.
        if not is_chosen and (page := self.words_back(request, False, NOTHING_CHOSEN)):
            return page
        return super().changelist_view(request, extra_context)

    @by_button
    def accept(self, request, pk):
        response = self._to_review(request, pk)
        how = {"by": request.user, "looked_at": looked_at_in(request)}
        return self._carry_out(request, response, lambda seen: response.accept(**how, seen=seen))

    @by_button
    def decline(self, request, pk):
        response = self._to_review(request, pk)
        form, by = DeclineForm(request.POST), request.user
        if not form.is_valid():
            return self._read(request, response, decline_form=form)
        why = form.cleaned_data
        return self._carry_out(request, response, lambda seen: response.decline(**why, by=by, seen=seen), why.keys())

    @by_button
    def ask(self, request, pk):
        """Ask the author something before it is decided."""
        response = self._to_review(request, pk)
        form, by = AskForm(request.POST), request.user
        if not form.is_valid():
            return self._read(request, response, ask_form=form)
        question = form.cleaned_data["question"]
        return self._carry_out(request, response, lambda seen: response.ask(question, by=by, seen=seen), {"question"})

    @by_button
    def note(self, request, pk):
        """A few words to the author. An empty note removes the earlier one."""
        response = self._to_review(request, pk)
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self._read(request, response, note_form=form)
        text = form.cleaned_data["note"]
        told = _("Note to the author"), _("The author can read it now.")
        return self._carry_out(request, response, lambda seen: response.note(text, seen=seen), {"note"}, told)

    @by_button
    def undo(self, request, pk):
        """Put it back as it was before the last decision, whoever made that.

        From its own page; or from that of another one, which a message about it stands on. Whoever has typed something
        there goes on there.
        """
        response, opened, by = self._to_review(request, pk), request.POST.get("opened", ""), request.user
        told = _("Undone"), _("It is as it was before.")
        if not (in_message := request.POST.get("undo")):
            return self._carry_out(request, response, lambda seen: response.undo(by=by, seen=seen), told=told)
        page = self._to_review(request, opened) if is_id(opened) else response
        return self._carry_out(
            request, response, lambda _seen: response.undo(by=by, seen=in_message), told=told, page=page
        )

    def _to_review(self, request, pk):
        if not self.has_review_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _carry_out(self, request, response, verb, used=frozenset(), told=None, page=None):
        """Do it, write it to the admin's log, and go on to the response that has waited longest.

        verb: gets what the reviewer has seen. used: the fields that it needs. told: (what the log says, what the
        reviewer is told) of a verb that is no decision: after it, the same response stays open. Never words that were
        typed: the log outlives a withdrawn response. page: the response whose page is open, if it is another one. If it
        is refused, or if something was typed into another field, the page comes back with all that was typed.
        """
        page = page or response
        left = unsent(request, page).difference(used)
        try:
            with transaction.atomic():
                verb(request.POST.get("seen", ""))
                logged, done = told or (Status(response.status).label, "")
                self.log_change(request, response, logged)
        except ValidationError as refusal:
            said = " ".join(refusal.messages)
            self.message_user(request, said if page == response else f"{_named(response)}: {said}", messages.ERROR)
            page.refresh_from_db()
            is_changed = getattr(refusal, "code", "") != "look_first"
            if is_changed and (latest := _log_of(response).select_related("user").first()):
                at = formats.localize(timezone.localtime(latest.action_time))
                said = f"{latest.get_change_message()} · {latest.user} · {at}"
                self.message_user(request, said, messages.WARNING)
            return self._read(request, page)
        stays = left if told else left - LEFT_BEHIND
        if stays and page != response:
            address = self._within(request, response)
            done = format_html('<a href="{}">{}</a>: {}', address, _named(response), done)
        self.message_user(request, done or self._decided(request, response), messages.SUCCESS)
        if stays:
            only_unsent(request, page, left)
            return self._read(request, page)
        return redirect(self._within(request, response)) if told else self.next_one(request, response)

    def _decided(self, request, response):
        """What was decided, for whoever is at the next response already, with a button that undoes it."""
        context = {"response": response, "opts": self.opts, "preserved_filters": self.get_preserved_filters(request)}
        button = render_to_string("admin/responses/response/_undo.html", context, request)
        return format_html("{}: {} {}", _named(response), response.get_status_display(), button)

    @admin.action(description=_("Accept the selected responses…"), permissions=["review"])
    def accept_selected(self, request, queryset):
        """Shows what would be published, then accepts what has been shown, so that no unread word is ever public."""
        legal, how = queryset.acceptable(), {"by": request.user, "looked_at": looked_at_in(request)}
        if "confirmed" not in request.POST:
            return self._ask_first(request, "accept_selected", queryset, legal, _("Accept responses"))
        said = ngettext_lazy("%(done)s response accepted.", "%(done)s responses accepted.", "done")
        self._each(request, legal, lambda response, seen: response.accept(**how, seen=seen), said)
        return None

    @admin.action(description=_("Decline the selected responses…"), permissions=["review"])
    def decline_selected(self, request, queryset):
        form, by = DeclineForm(request.POST if "reason" in request.POST else None), request.user
        if not form.is_valid():
            legal = queryset.declinable()
            return self._ask_first(request, "decline_selected", queryset, legal, _("Decline responses"), form=form)
        why = form.cleaned_data
        said = ngettext_lazy("%(done)s response declined.", "%(done)s responses declined.", "done")
        done = self._each(
            request, queryset.declinable(), lambda response, seen: response.decline(**why, by=by, seen=seen), said
        )
        return None if done else self.words_back(request, False, _("No response was declined."))

    @admin.action(description=_("Undo what was decided about the selected responses…"), permissions=["review"])
    def undo_selected(self, request, queryset):
        """Shows what was decided within the last hour, then puts back what has been shown: sent twice, only once."""
        undoable, by = Decision.objects.undoable(), request.user
        legal = queryset.filter(pk__in=undoable.values("response"))
        if "confirmed" not in request.POST:
            with_decisions = Prefetch("decisions", undoable.select_related("decided_by"), to_attr="undoable")
            legal = legal.prefetch_related(with_decisions)
            return self._ask_first(request, "undo_selected", queryset, legal, _("Undo decisions"))
        said = ngettext_lazy("%(done)s response is as it was before.", "%(done)s responses are as before.", "done")
        self._each(request, legal, lambda response, seen: response.undo(by=by, seen=seen), said, log=_("Undone"))
        return None

    def _ask_first(self, request, action, queryset, legal, title, **context):
        """The page between choosing an action and carrying it out. Each response on it can still be left out."""
        chosen, possible = capped_count(queryset), capped_count(legal)
        if chosen <= COUNTED_AT_MOST and (left := chosen - possible):
            self._say_left(request, left)
        if possible > MOST_AT_ONCE:
            said = _("These %(most)s of %(n)s responses are on this page. The others stay as they are.")
            said %= {"n": number_or_more(possible), "most": MOST_AT_ONCE}
            self.message_user(request, said, messages.WARNING)
        rows = legal.select_related("affiliate", "region", "gathering", "declined_for")
        rows = rows.prefetch_related(
            "answers__question", "answers__reading_aids__translator", "inquiries", "flags__other"
        )
        shown = [
            (response, answers, response.fingerprint_of(answers))
            for response in rows[:MOST_AT_ONCE]
            for answers in [list(response.answers.all())]
        ]
        put_away = Recusal.objects.codes_of(request.user)
        for response, answers, _seen in shown:
            show_flags(response, answers, put_away)
        # The list with its filters.
        back = request.get_full_path()
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "back": back, "title": title}
        context["action"] = action
        context["too_many"] = possible > MOST_AT_ONCE
        return render(request, f"admin/responses/response/{action}.html", context | {"shown": shown})

    def _each(self, request, legal, verb, said, log=None):
        """Do it to all responses that are still as they were shown; say to how many, and return the number.

        log: what the log says, if not what has become of them. After a crash it is done to none of them.
        """
        chosen = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
        done, unlooked = 0, 0
        with transaction.atomic():
            for response in legal:
                try:
                    verb(response, request.POST.get(f"seen-{response.pk}", ""))
                except ValidationError as refusal:
                    # It has changed meanwhile, or is to be looked at first, which is not an error.
                    unlooked += getattr(refusal, "code", "") == "look_first"
                    continue
                self.log_change(request, response, log or Status(response.status).label)
                done += 1
        self.message_user(request, said % {"done": done}, messages.SUCCESS if done else messages.WARNING)
        if unlooked:
            self._say_unlooked(request, unlooked)
        if (left := len(chosen) - done - unlooked) > 0:
            self._say_left(request, left)
        return done

    def _say_unlooked(self, request, left):
        said = ngettext(
            "%(left)s response was left as it is: nobody has ticked off what is to be looked at first in it.",
            "%(left)s responses were left as they are: nobody has ticked off what is to be looked at first in them.",
            left,
        )
        self.message_user(request, said % {"left": left}, messages.WARNING)

    def _say_left(self, request, left):
        said = ngettext(
            "%(left)s response was left as it is: its status does not allow this, or it has changed meanwhile.",
            "%(left)s responses were left as they are: their status does not allow this, or they have changed "
            "meanwhile.",
            left,
        )
        self.message_user(request, said % {"left": left}, messages.WARNING)


def _named(response):
    return _("Response %(code)s") % {"code": response.code}


def _log_of(row):
    """What the admin's log has about a row, the latest first."""
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)
