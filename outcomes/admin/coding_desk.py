"""The coding desk: an answer, its marks, and a form that marks a passage as evidence for a problem or a solution."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from outcomes.models import AnswerToCode, Evidence, Problem, Quotation, Solution
from outcomes.models.evidence import OverlapError, find_passage
from outcomes.models.problem import LONGEST_TITLE
from responses.admin.capped_paginator import CappedPaginator
from responses.admin.content_note import told_at
from responses.admin.look_only import LookOnlyAdmin
from responses.admin.recusals import CHANGED_BY_AUTHOR, Recuses
from responses.forms.words import LineField, WordsField
from responses.models import Response, Translation
from responses.models.answer import LONGEST_ANSWER, LONGEST_WAITING
from responses.next_at_desk import next_at_desk
from responses.validators import organizers_text


def _title(claim):
    return claim.title if claim.is_published else gettext("%(claim)s (not published)") % {"claim": claim.title}


class MarkForm(forms.Form):
    """A passage of an answer or of a translation of it, a claim, and what the passage says to the claim."""

    wording = forms.ModelChoiceField(Translation.objects.none(), required=False)
    quote = forms.CharField(
        label=_("Passage"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Select it in the text, or copy it from there and paste it here."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    claim = forms.ChoiceField(label=_("Problem or solution"))
    new_title = LineField(
        longest=LONGEST_TITLE,
        required=False,
        label=_("Working title"),
        help_text=_(
            "Only for a new problem or solution, in English and in your own words, because it stays if the author "
            "withdraws the answer. It is not public until organizers have worded and published it."
        ),
    )
    stance = forms.ChoiceField(
        choices=Evidence.Stance,
        label=pgettext_lazy("of a passage towards a problem or a solution", "What it says"),
        widget=forms.RadioSelect,
    )
    note = WordsField(
        longest=LONGEST_ANSWER,
        required=False,
        label=_("Note for other coders"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No reader and no author sees it."),
    )

    # If it was refused because its words are marked already: why, with both passages.
    overlap: OverlapError | None = None

    def __init__(self, answer, *args, **options):
        super().__init__(*args, **options)
        self.answer = answer
        self.fields["wording"].queryset = answer.translations.published()
        self.claims = {f"{kind.kind()}-{each.pk}": each for kind in (Problem, Solution) for each in kind.objects.all()}
        offered = [(value, _title(claim)) for value, claim in self.claims.items()]
        self.fields["claim"].choices = [
            ("", "---------"),
            (_("Problems"), [each for each in offered if each[0].startswith("problem")]),
            (_("Solutions"), [each for each in offered if each[0].startswith("solution")]),
            (_("None of these"), [("new-problem", _("A new problem")), ("new-solution", _("A new solution"))]),
        ]

    def clean_new_title(self):
        return organizers_text(self.cleaned_data["new_title"], is_line=True)

    def clean(self):
        super().clean()
        chosen, title = self.cleaned_data.get("claim", ""), self.cleaned_data.get("new_title")
        if chosen.startswith("new-") and title == "":
            self.add_error("new_title", _("Give it a working title."))
        elif chosen and title and not chosen.startswith("new-"):
            self.add_error("new_title", _("Leave this empty, or choose a new problem or solution above."))
        if "quote" in self.cleaned_data:
            translation = self.cleaned_data.get("wording")
            text = translation.text if translation else self.answer.text
            start = self.cleaned_data.get("start")
            self.cleaned_data["passage"] = find_passage(text, self.cleaned_data["quote"], start=start)
        return self.cleaned_data

    def mark(self, coder):
        """Store the mark and return it. If that cannot be done, return None; the reason is among the errors."""
        chosen = self.cleaned_data
        how = {"stance": chosen["stance"], "coder": coder, "translation": chosen["wording"], "note": chosen["note"]}
        try:
            if claim := self.claims.get(chosen["claim"]):
                return Evidence.objects.mark(claim, self.answer, chosen["passage"], **how)
            kind = Problem if chosen["claim"] == "new-problem" else Solution
            return Evidence.objects.propose(kind, chosen["new_title"], self.answer, chosen["passage"], **how)
        except ValidationError as refusal:
            self.overlap = refusal if isinstance(refusal, OverlapError) else None
            self.add_error(None, refusal)
            return None


class TakeBackForm(forms.Form):
    """Why a mark is taken back. Whoever takes back their own need not say."""

    reason = WordsField(
        longest=LONGEST_ANSWER, error_messages={"required": _("Say why: whoever made the mark reads the reason.")}
    )

    def __init__(self, *args, is_own, **options):
        super().__init__(*args, **options)
        self.fields["reason"].required = not is_own


class CodedFilter(admin.SimpleListFilter):
    title = _("coding")
    parameter_name = "coding"

    def lookups(self, request, model_admin):
        return [("none", _("Not yet coded")), ("some", _("Coded")), ("lost", _("A marked passage was edited away"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(marks=None)
        if self.value() == "some":
            return queryset.filter(marks__gt=0)
        if self.value() == "lost":
            return queryset.filter(pk__in=Evidence.objects.lost().values("answer"))
        return queryset


@admin.register(AnswerToCode)
class AnswerToCodeAdmin(Recuses, LookOnlyAdmin):
    forms_of_desk = (MarkForm, TakeBackForm)
    list_display = ["code", "told_readers", "question", "language_name", "number_of_marks", "by_me", "is_sample"]
    list_filter = [CodedFilter, "question", "response__conversation"]
    search_fields = ["response__code"]
    ordering = LONGEST_WAITING
    paginator = CappedPaginator
    show_full_result_count = False

    told_readers = told_at("response.told_readers")

    def get_queryset(self, request):
        # Counted for the rows on the page only: a join would count for all rows first.
        every = Evidence.objects.filter(answer=OuterRef("pk")).order_by().values("answer").annotate(n=Count("pk"))
        mine = every.filter(coder=request.user)
        answers = super().get_queryset(request).accepted().select_related("response", "question")
        return answers.annotate(marks=Subquery(every.values("n")), my_marks=Subquery(mine.values("n")))

    @admin.display(description=_("response"))
    def code(self, answer):
        return answer.response.code

    @admin.display(description=_("language"))
    def language_name(self, answer):
        return answer.response.written_in.label_in(get_language())

    @admin.display(description=_("marks"), ordering="marks")
    def number_of_marks(self, answer):
        return answer.marks or 0

    @admin.display(description=_("marks of mine"))
    def by_me(self, answer):
        return answer.my_marks or 0

    @admin.display(description=_("sample"), boolean=True)
    def is_sample(self, answer):
        return answer.response.is_sample

    def get_urls(self):
        unmark = self.admin_site.admin_view(self.unmark)
        return [path("marks/<int:pk>/remove/", unmark, name="outcomes_evidence_unmark"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The answer and its translations that may be marked, their marks, and the form for another mark."""
        answer = self.get_object(request, object_id)
        if answer is None:
            if page := self.words_back(request, self.has_put_away(request, object_id)):
                return page
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, answer):
            raise PermissionDenied
        if request.method == "POST" and not request.user.has_perm("outcomes.add_evidence"):
            raise PermissionDenied
        form = MarkForm(answer, request.POST or None)
        if form.is_valid() and (mark := form.mark(request.user)):
            self.log_addition(request, mark, "")
            self.message_user(request, _("Marked as evidence for: %(claim)s") % {"claim": mark.claim.title})
            return redirect(reverse("admin:outcomes_answertocode_change", args=[answer.pk]) + "?read")
        return self._page(request, answer, form)

    def _page(self, request, answer, form, **more):
        quoted = Exists(Quotation.objects.filter(evidence=OuterRef("pk")))
        marks = answer.evidence.select_related("problem", "solution", "coder", "answer__response").annotate(
            is_quoted=quoted
        )
        context = {
            **self.admin_site.each_context(request),
            "title": str(answer),
            "opts": self.opts,
            "answer": answer,
            "translations": form.fields["wording"].queryset.select_related("translator"),
            "marks": [(each, each.passage, _title(each.claim)) for each in marks.order_by("start").with_wordings()],
            "objections": answer.objections.all(),
            "taken_back": _taken_back(answer),
            "may_mark": request.user.has_perm("outcomes.add_evidence"),
            "form": form,
            # Whoever marks has read the words; before that, a noted answer can be passed over.
            "reads": request.method == "POST" or "read" in request.GET,
            "skip_to": _after(answer, request.user) if answer.response.is_noted else "",
        }
        return render(request, "admin/outcomes/answertocode/code.html", context | more)

    def unmark(self, request, pk):
        """Remove a mark: one's own, or, with a reason that its coder can read, somebody else's."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm("outcomes.delete_evidence"):
            raise PermissionDenied
        marks = Evidence.objects.not_recused_by(request.user)
        marks = marks.select_related("answer__response", "answer__question", "problem", "solution")
        if not request.user.has_perm("outcomes.moderate_evidence"):
            marks = marks.filter(coder=request.user)
        mark = marks.filter(pk=pk).first()
        if mark is None:
            same = Evidence.objects.filter(pk=pk)
            put_away = same.recused_by(request.user).exists()
            if (put_away or not same.exists()) and (page := self.words_back(request, put_away, _why_gone(pk))):
                return page
            raise Http404("No such mark, or not yours.")
        # What an author has changed is at no desk of coders until it was reviewed.
        is_here = mark.answer.response.status == Response.Status.ACCEPTED
        form = TakeBackForm(request.POST, is_own=mark.coder == request.user)
        if form.is_valid():
            try:
                with transaction.atomic():
                    # Read before it is gone.
                    self._log_taking_back(request, mark, form.cleaned_data["reason"])
                    mark.take_back()
                self.message_user(request, _("The mark was taken back."), messages.SUCCESS)
                if is_here:
                    return redirect("admin:outcomes_answertocode_change", mark.answer_id)
                return self.next_one(request)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        for error in [*form.non_field_errors(), *form["reason"].errors]:
            self.message_user(request, error, messages.ERROR)
        if not is_here:
            return self.words_back(request, is_put_away=False) or self.next_one(request)
        typed = {"mark": mark.pk, "reason": form["reason"].value() or ""}
        return self._page(request, mark.answer, MarkForm(mark.answer), taking_back=typed)

    def _log_taking_back(self, request, mark, reason):
        LogEntry.objects.log_actions(request.user.pk, [mark], DELETION, change_message=reason, single_object=True)


def _after(answer, user):
    behind = AnswerToCode.objects.accepted().not_recused_by(user).of_the_next_response(answer)
    return next_at_desk(behind, "admin:outcomes_answertocode_change", "admin:outcomes_answertocode_changelist")


def _taken_back(answer):
    """What the admin's log has about marks of an answer that somebody else has taken back, with the reasons."""
    entries = _log_of_taking_back().filter(object_repr__startswith=Evidence.log_prefix(answer))
    return entries.exclude(change_message="").select_related("user")


def _why_gone(pk):
    """Why a mark is not there any more: it was taken back, or it went with the words of its author."""
    was_taken_back = _log_of_taking_back().filter(object_id=pk).exists()
    return _("The mark was taken back.") if was_taken_back else CHANGED_BY_AUTHOR


def _log_of_taking_back():
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Evidence), action_flag=DELETION)
