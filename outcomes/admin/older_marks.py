"""Marks that were made under words that read otherwise since: each is looked at again, one after the other."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from outcomes.models import Evidence
from outcomes.models.merge import MERGED_REVISION
from responses.kept_log import changed
from responses.numbers_no_row_has import is_id

from .codebook import WordsThen, claims
from .coding_forms import ChangeForm, ReasonForm
from .coding_marks import log_changed, log_taken_back

# {action: what is said when it is done}
_DONE = {
    "right": gettext_lazy("The mark holds for the present words."),
    "take_back": gettext_lazy("The mark was taken back."),
    "move": gettext_lazy("The mark was moved."),
}


def words_then(mark) -> list[WordsThen]:
    """Those that it was made under, beside those of today.

    None if nobody knows them; several if it cannot be told which claim, of those merged since, it was made for.
    """
    claim = mark.claim
    if mark.claim_revision == MERGED_REVISION:
        older = [(each.words, each.merged_at) for each in claim.merges.all()]
    else:
        older = [(each.words, each.replaced_at) for each in claim.revisions.filter(number=mark.claim_revision)]
    return [WordsThen(claim.reading(words), until, claim.changes_since(words)) for words, until in older]


class LooksAgain:
    """For the coding desk: coders look at their own marks, organizers at anybody's."""

    def get_urls(self):
        view, name = self.admin_site.admin_view, "outcomes_evidence_look_again"
        one = require_http_methods(["GET", "HEAD", "POST"])(self.look_again)
        return [
            path("marks/look-again/", view(require_safe(self.next_reworded)), name=f"{name}_next"),
            path("marks/<int:pk>/look-again/", view(one), name=name),
            *super().get_urls(),
        ]

    def next_reworded(self, request):
        """The mark that waits longest, behind the one that is skipped."""
        if not request.user.has_perm("outcomes.delete_evidence"):
            raise PermissionDenied
        after = request.GET.get("after", "")
        skipped = _reworded(request.user).filter(pk=after).first() if is_id(after) else None
        return self._next_reworded(request, skipped and (skipped.reworded_on, skipped.pk))

    def look_again(self, request, pk):
        """The passage, the words then and now, and what is to become of the mark."""
        if not request.user.has_perm("outcomes.delete_evidence"):
            return self.not_theirs(request)
        if (mark := _one_reworded(request.user, pk)) is None:
            return self._waits_no_more(request, pk)
        place, action = (mark.reworded_on, mark.pk), request.POST.get("action", "")
        form = _form_of(mark, action, request)
        if action in _DONE and form.is_valid() and _carry_out(request, mark, action, form):
            self.message_user(request, _DONE[action], messages.SUCCESS)
            return self._next_reworded(request, place)
        if request.method == "POST" and (mark := _one_reworded(request.user, pk)) is None:
            return self.gone(request, False, " ".join(each for of in form.errors.values() for each in of))
        return self._page_of_reworded(request, mark, action, form)

    def _page_of_reworded(self, request, mark, action, form):
        is_own = mark.coder == request.user
        prefetch_related_objects([mark.claim], "signoffs__signed_by")
        said = {"claim": "", "stance": mark.stance, "note": mark.note}
        context = {
            **self.admin_site.each_context(request),
            "title": str(mark.answer),
            "opts": self.opts,
            "mark": mark,
            "answer": mark.answer,
            "claim": mark.claim,
            "then": words_then(mark),
            "is_own": is_own,
            "moving": form if action == "move" else ChangeForm(claims(), initial=said, is_own=is_own),
            "taking_back": form if action == "take_back" else ReasonForm(is_own=is_own),
            "errors": [(action or "right", each) for of in form.errors.values() for each in of],
            "is_quoted": mark.quotations.exists(),
        }
        return render(request, "admin/outcomes/answertocode/look_again.html", context)

    def _waits_no_more(self, request, pk):
        if self._mark_of(request, pk) is None:
            return self._no_such_mark(request, pk)
        return self.gone(request, False, _("This mark does not wait any more: somebody has looked at it meanwhile."))

    def _next_reworded(self, request, place=None):
        """place: (since when it waits, key) of the mark before."""
        waiting = _reworded(request.user).waits_longest()
        others = waiting.exclude(pk=place[1]) if place else waiting
        following = (place and others.behind(*place).first()) or others.first()
        if following is None:
            self.message_user(request, _("No other mark of yours waits to be looked at again."), messages.INFO)
            return redirect("admin:index")
        return redirect(reverse("admin:outcomes_evidence_look_again", args=[following.pk]))


def _reworded(user):
    return Evidence.objects.settled().not_recused_by(user).reworded_for(user)


def _one_reworded(user, pk):
    related = "answer__response", "answer__question", "problem", "solution", "coder", "translation"
    return next(iter(_reworded(user).filter(pk=pk).select_related(*related).with_wordings()), None)


def _form_of(mark, action, request):
    is_own, typed = mark.coder == request.user, request.POST or None
    if action == "move":
        return ChangeForm(claims(), typed, is_own=is_own)
    # That it is still right needs no reason.
    return ReasonForm(typed, is_own=is_own or action != "take_back")


def _carry_out(request, mark, action, form) -> bool:
    """Do it and write it down. If that cannot be done, the reason is among the errors of the form."""
    seen, reason, before = request.POST.get("seen", ""), form.cleaned_data["reason"], mark.claim
    try:
        with transaction.atomic():
            if action == "right":
                mark.still_right(seen=seen, claim_seen=request.POST.get("claim_seen", ""))
                told = changed(Evidence._meta.get_field("claim_revision"))
                LogEntry.objects.log_actions(request.user.pk, [mark], CHANGE, change_message=told, single_object=True)
            elif action == "take_back":
                log_taken_back(request.user, mark, reason)
                mark.take_back(seen=seen)
            elif form.change(mark, seen=seen):
                log_changed(request.user, mark, before, reason)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors
