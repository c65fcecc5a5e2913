"""What becomes of a mark at the coding desk: it is changed, taken back, or chosen as an example for the codebook."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from outcomes.models import Evidence, SharedAnswer
from outcomes.models.evidence import log_of_marks, log_with_reasons
from responses.admin.recusals import CHANGED_BY_AUTHOR
from responses.kept_log import changed, saying
from responses.models import Response

from .codebook import claims
from .coding_forms import ChangeForm, ReasonForm

_LIST = "admin:outcomes_answertocode_changelist"


class ChangesMarks:
    """For the coding desk. Coders change and take back their own marks; organizers, with a reason, anybody's."""

    def get_urls(self):
        verbs = {"remove": ("unmark", self.unmark), "change": ("say", self.say), "example": ("example", self.example)}
        return [
            path(
                f"marks/<int:pk>/{verb}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"outcomes_evidence_{name}",
            )
            for verb, (name, view) in verbs.items()
        ] + super().get_urls()

    def unmark(self, request, pk):
        """Remove a mark: one's own, or, with a reason that its coder can read, somebody else's."""
        if not request.user.has_perm("outcomes.delete_evidence"):
            return self.not_theirs(request)
        if (mark := self._mark_of(request, pk)) is None:
            return self._no_such_mark(request, pk)
        form = ReasonForm(request.POST, is_own=mark.coder == request.user)
        if form.is_valid() and _take_back(request, mark, form):
            self.message_user(request, _("The mark was taken back."), messages.SUCCESS)
            return self.back_to(request, mark.answer) if _is_here(mark) else redirect(_LIST)
        return self._refused(request, mark, form, taking_back=form)

    def say(self, request, pk):
        """Another claim, another stance or another note, for the same words."""
        if not request.user.has_perm("outcomes.add_evidence"):
            return self.not_theirs(request)
        if (mark := self._mark_of(request, pk)) is None:
            return self._no_such_mark(request, pk)
        form = ChangeForm(claims(), request.POST, auto_id=f"id_{mark.pk}_%s", is_own=mark.coder == request.user)
        if _is_here(mark) and form.is_valid() and _change(request, mark, form):
            self.message_user(request, _("The mark was changed."), messages.SUCCESS)
            return self.back_to(request, mark.answer)
        return self._refused(request, mark, form, changing=form)

    def example(self, request, pk):
        """Organizers choose a passage that shows coders what belongs to a claim."""
        if not request.user.has_perm("outcomes.moderate_evidence"):
            raise PermissionDenied
        if (mark := self._mark_of(request, pk)) is None:
            return self._no_such_mark(request, pk)
        try:
            with transaction.atomic():
                mark.choose_as_example("chosen" in request.POST)
                self.log_change(request, mark, changed(Evidence._meta.get_field("is_example")))
        except ValidationError as refusal:
            return self.page(request, mark.answer, errors=[("marks", each) for each in refusal.messages])
        return self.back_to(request, mark.answer)

    def _mark_of(self, request, pk):
        marks = Evidence.objects.visible_to(request.user).not_recused_by(request.user)
        marks = marks.select_related("answer__response", "answer__question", "problem", "solution", "translation")
        if not request.user.has_perm("outcomes.moderate_evidence"):
            marks = marks.filter(coder=request.user)
        return marks.filter(pk=pk).first()

    def _no_such_mark(self, request, pk):
        same = Evidence.objects.visible_to(request.user).filter(pk=pk)
        put_away = same.recused_by(request.user).exists()
        if put_away or not same.exists():
            return self.gone(request, put_away, _why_gone(pk))
        raise Http404("No such mark, or not yours.")

    def _refused(self, request, mark, form, **more):
        """The page again, with what was typed."""
        errors = [(f"mark-{mark.pk}", each) for of in form.errors.values() for each in of]
        if _is_here(mark):
            return self.page(request, mark.answer, errors=errors, at=mark.pk, **more)
        # What an author has changed is at no desk of coders until it was reviewed.
        return self.gone(request, False, " ".join(str(error) for _anchor, error in errors))


def earlier_marks(answer):
    """What the admin's log has about marks of an answer that somebody else changed or took back, with the reasons."""
    entries = log_with_reasons().filter(object_repr__startswith=Evidence.log_prefix(answer))
    # While two coders still have to agree on it, they change their own marks: not for the other one to read.
    return entries.exclude(Exists(SharedAnswer.objects.open().filter(answer=answer))).select_related("user")


@transaction.atomic
def _change(request, mark, form) -> bool:
    before = mark.claim
    is_changed = form.change(mark)
    if is_changed:
        log_changed(request.user, mark, before, form.cleaned_data["reason"])
    return is_changed


def _take_back(request, mark, form) -> bool:
    try:
        with transaction.atomic():
            log_taken_back(request.user, mark, form.cleaned_data["reason"])
            mark.take_back()
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors


def log_changed(user, mark, before, reason):
    """Write down that a mark says something else now. before: its former claim. reason: for its coder, in own words."""
    reason = mark.answer.response.without_hidden_words(reason)
    LogEntry.objects.log_actions(user.pk, [mark], CHANGE, change_message=reason, single_object=True)
    if before != mark.claim:
        _log_at_claim(user, mark, before, gettext_noop("Mark moved to another problem or solution: %(answer)s"))
    _log_at_claim(user, mark, mark.claim, gettext_noop("Mark changed: %(answer)s"))


def log_taken_back(user, mark, reason):
    """Write down that a mark is taken back. Call it before, while the mark can be named."""
    reason = mark.answer.response.without_hidden_words(reason)
    _log_at_claim(user, mark, mark.claim, gettext_noop("Mark taken back: %(answer)s"))
    LogEntry.objects.log_actions(user.pk, [mark], DELETION, change_message=reason, single_object=True)


def _log_at_claim(user, mark, claim, said):
    """Write it down where the problem or solution has its history, without the reason, which is about words.

    Not while two coders still have to agree on the answer. said: with a place for the name of the answer.
    """
    if mark.is_settled:
        told = saying(said, answer=mark.answer)
        LogEntry.objects.log_actions(user.pk, [claim], CHANGE, change_message=told, single_object=True)


def _is_here(mark):
    return mark.answer.response.status == Response.Status.ACCEPTED


def _why_gone(pk):
    """Why a mark is not there any more: it was taken back, or it went with the words of its author."""
    was_taken_back = log_of_marks().filter(action_flag=DELETION, object_id=pk).exists()
    return _("The mark was taken back.") if was_taken_back else CHANGED_BY_AUTHOR
