"""The coding desk: an answer with its marks, the codebook beside it, and one key for each passage that is marked."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outcomes.models import AnswerToCode, Coding, Quotation, SharedAnswer
from outcomes.models.stance import STANCE_LABELS, Stance
from responses.numbers_no_row_has import is_id

from .codebook import claims, codebook
from .coding_forms import ChangeForm, MarkForm, ReasonForm
from .coding_list import CodingList
from .coding_marks import ChangesMarks, earlier_marks
from .history import HasHistory
from .older_marks import LooksAgain
from .places import ConfirmsPlaces
from .wordings import wordings

# In the session of a coder: what they have marked last, for "same again" and as the first choice in the codebook.
LAST = "last_mark"


@admin.register(AnswerToCode)
class AnswerToCodeAdmin(HasHistory, LooksAgain, ChangesMarks, ConfirmsPlaces, CodingList):
    forms_of_desk = (MarkForm, ReasonForm, ChangeForm)

    def get_urls(self):
        view, name = self.admin_site.admin_view, "outcomes_answertocode_{}".format
        return [
            path("next/", view(self.next_answer), name=name("next")),
            path("<int:pk>/done/", view(require_POST(self.done)), name=name("done")),
            path("<int:pk>/undo/", view(require_POST(self.undo)), name=name("undo")),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The answer and its translations that may be marked, their marks, and the form for another mark."""
        answer = self.get_object(request, object_id)
        if answer is None:
            if page := self.words_back(request, self.has_put_away(request, object_id)):
                return page
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        may_mark = request.user.has_perm("outcomes.add_evidence")
        if not self.has_view_permission(request, answer) or (request.method == "POST" and not may_mark):
            return self.not_theirs(request)
        form = MarkForm(answer, claims(), request.POST or None, initial={"claim": _last(request).partition(":")[0]})
        if form.is_valid() and (mark := self._marked(request, form)):
            request.session[LAST] = f"{mark.claim.key}:{mark.stance}"
            return self.back_to(request, answer, marked=mark.pk)
        return self.page(request, answer, form)

    @transaction.atomic
    def _marked(self, request, form):
        mark = form.mark(request.user)
        if mark:
            self.log_addition(request, mark, "")
        return mark

    def page(self, request, answer, form=None, *, errors=(), **more):
        """errors: [(anchor, sentence)] of other forms than that for a mark."""
        # What an author has changed or withdrawn at this moment is at no desk of coders.
        if request.method == "POST" and self.get_object(request, answer.pk) is None:
            return self.gone(request, self.has_put_away(request, answer.pk))
        form = form or MarkForm(answer, claims(), initial={"claim": _last(request).partition(":")[0]})
        shown, rows = wordings(answer, _marks(answer, request.user), get_language())
        context = {
            **self.admin_site.each_context(request),
            **self._told(request, answer, rows),
            "title": str(answer),
            "opts": self.opts,
            "answer": answer,
            "wordings": shown,
            "codebook": codebook(form.claims.values(), request.user),
            "again": _again(request, form.claims),
            "may_mark": request.user.has_perm("outcomes.add_evidence"),
            "form": form,
            "errors": [*_faults_of(form), *errors],
            # Whoever marks has read the words; before that, a noted answer can be passed over.
            "reads": request.method == "POST" or "read" in request.GET,
        }
        _let_change(request, rows, form.claims.values(), more)
        return render(request, "admin/outcomes/answertocode/code.html", context | more)

    def _told(self, request, answer, rows):
        """What was found in an answer so far, and where it stands in the list."""
        objections = list(answer.objections.all())
        return self.place_in_list(request, answer) | {
            "rows": rows,
            "has_marks": any(row.passage and row.mark.coder == request.user for row in rows),
            "marked": next((row.mark for row in rows if str(row.mark.pk) == request.GET.get("marked")), None),
            "coding": answer.codings.filter(coder=request.user, of_text=answer.fingerprint).first(),
            "done_before": _done_before(request),
            "objections": objections,
            "to_agree": SharedAnswer.objects.to_agree_on().agreeable_by(request.user).filter(answer=answer).first(),
            "folds_marks": answer.response.is_noted and bool(rows or objections),
            "earlier": earlier_marks(answer),
            "filters": self.get_preserved_filters(request),
        }

    def back_to(self, request, answer, **told):
        """The page of an answer that somebody works on. told: for its address."""
        query = "&".join(["read", *(f"{name}={value}" for name, value in told.items())])
        if filters := self.get_preserved_filters(request):
            query += f"&{filters}"
        address = reverse("admin:outcomes_answertocode_change", args=[answer.pk])
        return redirect(f"{address}?{query}#words")

    def next_answer(self, request):
        """The answer behind this one in the list; without one, that with which a coder begins."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        after = request.GET.get("after", "")
        # It may have been coded, or left the desk, since.
        answer = self.model.objects.filter(pk=after).first() if is_id(after) else None
        return self.next_page(request, answer if answer and answer.accepted_on else None)

    def done(self, request, pk):
        """A coder has found all, or nothing, that is in an answer."""
        if (answer := self._to_code(request, pk)) is None:
            return self.gone(request, self.has_put_away(request, pk))
        sent = request.POST
        try:
            Coding.objects.finish(
                answer,
                request.user,
                seen=sent.get("seen", ""),
                read_in=sent.get("read_in", ""),
                is_empty="nothing" in sent,
            )
        except ValidationError as refusal:
            return self.page(request, answer, errors=[("words", each) for each in refusal.messages])
        return self.next_page(request, answer, done=answer.pk)

    def undo(self, request, pk):
        """A coder is not done with an answer after all."""
        if (answer := self._to_code(request, pk)) is None:
            return self.gone(request, self.has_put_away(request, pk))
        try:
            with transaction.atomic():
                for coding in answer.codings.filter(coder=request.user):
                    coding.undo()
                    self.log_change(request, answer, gettext_noop("Not done after all"))
        except ValidationError as refusal:
            return self.page(request, answer, errors=[("words", each) for each in refusal.messages])
        self.message_user(request, _("You are not done with this answer any more."), messages.SUCCESS)
        return self.back_to(request, answer)

    def _to_code(self, request, pk):
        """The answer; None if it is not at the desk any more."""
        if not request.user.has_perm("outcomes.add_evidence"):
            raise PermissionDenied
        return self.get_object(request, pk)


def _marks(answer, user):
    quoted = Exists(Quotation.objects.filter(evidence=OuterRef("pk")))
    marks = answer.evidence.visible_to(user).select_related("problem", "solution", "coder", "answer__response")
    return marks.annotate(is_quoted=quoted).order_by("start", "pk").with_wordings()


def _let_change(request, rows, offered, more):
    """A form at each mark that the user may change; the one that came back with a fault stays as it was typed."""
    moderates = request.user.has_perm("outcomes.moderate_evidence")
    for row in rows:
        mark, is_own = row.mark, row.mark.coder == request.user
        if more.get("at") == mark.pk and "changing" in more:
            row.change = more["changing"]
        elif is_own or moderates:
            said = {"claim": mark.claim.key, "stance": mark.stance, "note": mark.note}
            row.change = ChangeForm(offered, initial=said, auto_id=f"id_{mark.pk}_%s", is_own=is_own)


def _faults_of(form):
    """[(anchor, sentence)]"""
    anchors = dict(__all__="mark", start="id_quote", wording="words", stance="codebook", claim="codebook")
    return [(anchors.get(name, f"id_{name}"), each) for name, of in form.errors.items() for each in of]


def _last(request):
    """The claim and the stance that were marked last, with a colon between; "" before the first mark."""
    return request.session.get(LAST, "")


def _again(request, offered):
    """(value of the button, claim, label of the stance) for the same once more; None if it cannot be offered."""
    key, _colon, stance = _last(request).partition(":")
    claim = offered.get(key)
    return claim and (_last(request), claim, STANCE_LABELS[claim.kind()][Stance(stance)])


def _done_before(request):
    """The answer that was done just before, to undo it."""
    done = request.GET.get("done", "")
    codings = Coding.objects.not_recused_by(request.user).filter(coder=request.user)
    found = codings.filter(answer=done) if is_id(done) else codings.none()
    return found.select_related("answer__response", "answer__question").first()
