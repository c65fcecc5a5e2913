"""Two coders who have read an answer differently agree on it. And how many answers go to two coders."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from outcomes.admin.agreement_figures import agreement
from outcomes.models import CodingPlan, SharedAnswer
from outcomes.models.coding import Value
from outcomes.models.shared_sample import EDITED, FASTER, Choice
from outcomes.models.stance import STANCE_LABELS
from responses.admin.content_note import told_at
from responses.admin.long_list import LongList
from responses.admin.look_only import LookOnlyAdmin
from responses.admin.recusals import Recuses
from responses.forms.words import WordsField
from responses.languages.highlights import Highlight
from responses.models.answer import LONGEST_ANSWER
from responses.next_at_desk import next_at_desk


def value_label(claim, value):
    """What a coder has found about a claim, or two have decided, in words."""
    if not value:
        return _("Nothing")
    return Value.MIXED.label if value == Value.MIXED else STANCE_LABELS[claim.kind()][value]


class AgreeForm(forms.Form):
    """For each problem and solution in which two coders differ: what stays, and why."""

    def __init__(self, units, *args, **options):
        super().__init__(*args, **options)
        self.units = units
        for unit in units:
            offered = [(choice.value, choice.label) for choice in unit.choices]
            self.fields[f"choice-{unit.key}"] = forms.ChoiceField(
                label=_("What stays"),
                choices=offered,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what stays.")},
            )
            self.fields[f"why-{unit.key}"] = WordsField(
                label=_("Why"),
                longest=LONGEST_ANSWER,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("For other coders. No reader and no author sees it."),
            )

    def decisions(self):
        chosen = self.cleaned_data
        return {
            unit.key: (Choice(chosen[f"choice-{unit.key}"]), chosen[f"why-{unit.key}"].strip()) for unit in self.units
        }

    def rows(self):
        """For each unit: the claim, what each reading says, and its two fields."""
        return [
            (
                unit.claim,
                [value_label(unit.claim, value) for value in unit.values],
                self[f"choice-{unit.key}"],
                self[f"why-{unit.key}"],
            )
            for unit in self.units
        ]


@dataclass(frozen=True)
class Wording:
    """The original, or a translation in which something was marked, with the marks of one reading in it."""

    text: str
    language: str
    places: list[Highlight]


def _wordings(answer, units, reading) -> list[Wording]:
    places: dict = {}
    for number, unit in enumerate(units, start=1):
        for mark in unit.marks[reading]:
            passage = mark.passage
            place = Highlight(passage.start, passage.end, mark.stance, str(number))
            places.setdefault((mark.wording_language, passage.text), []).append(place)
    original = (answer.response.language, answer.text)
    return [
        Wording(text, language, places.get((language, text), []))
        for language, text in dict.fromkeys([original, *places])
    ]


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("agreed", _("Agreed"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("To agree on")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "agreed":
            return queryset.filter(agreed_at__isnull=False)
        return queryset.to_agree_on() if request.resolver_match.url_name.endswith("changelist") else queryset


@admin.register(SharedAnswer)
class SharedAnswerAdmin(Recuses, LongList, LookOnlyAdmin):
    list_display = ["code", "told_readers", "question", "language_name", "both_finished_at", "agreed_at"]
    list_filter = [StateFilter]
    list_prefetch_related = ("answer__response", "answer__question")
    ordering = ["both_finished_at", "pk"]
    list_per_page = list_max_show_all = 10

    told_readers = told_at("answer.response.told_readers")

    def get_queryset(self, request):
        return super().get_queryset(request).readable_by(request.user)

    def get_ordering(self, request):
        """What was agreed on, the latest first: as an index has it."""
        is_agreed = request.GET.get(StateFilter.parameter_name) == "agreed"
        return ["-agreed_at", "-pk"] if is_agreed else self.ordering

    @admin.display(description=_("response"))
    def code(self, shared):
        return shared.response.code

    @admin.display(description=_("question"))
    def question(self, shared):
        return shared.answer.question

    @admin.display(description=_("language"))
    def language_name(self, shared):
        return shared.response.written_in.label_in(get_language())

    def get_urls(self):
        figures = self.admin_site.admin_view(agreement)
        return [path("agreement/", figures, name="outcomes_sharedanswer_agreement"), *super().get_urls()]

    def typed_words(self, request):
        return {name: text for name, text in request.POST.items() if name.startswith("why-") and text.strip()}

    def next_one(self, request):
        waiting = SharedAnswer.objects.to_agree_on().agreeable_by(request.user).not_recused_by(request.user)
        return redirect(next_at_desk(waiting, f"{self._desk}_change", f"{self._desk}_changelist"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Both readings side by side, and a decision about each claim in which they differ."""
        shared = self.get_object(request, object_id)
        if shared is None:
            if page := self.words_back(request, self.has_put_away(request, object_id), EDITED):
                return page
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, shared):
            return self.not_theirs(request)
        units = [] if shared.is_agreed else shared.units()
        form = AgreeForm([unit for unit in units if not unit.is_alike], request.POST or None)
        if request.method == "POST" and shared.is_agreed:
            self.message_user(request, FASTER, messages.ERROR)
        elif form.is_valid():
            try:
                with transaction.atomic():
                    shared.agree(form.decisions(), by=request.user, seen=request.POST.get("seen", ""))
                    self.log_change(request, shared, "")
                self.message_user(
                    request, _("Agreed. From now on, its marks count like those of any other answer."), messages.SUCCESS
                )
                return self.next_one(request)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        return self._page(request, shared, units, form)

    def _page(self, request, shared, units, form):
        decisions = shared.decisions.select_related("problem", "solution", "decided_by").order_by("pk")
        context = {
            **self.admin_site.each_context(request),
            "title": str(shared),
            "opts": self.opts,
            "shared": shared,
            "answer": shared.answer,
            "readings": [
                (choice.label, _wordings(shared.answer, form.units, number))
                for number, choice in enumerate((Choice.FIRST, Choice.SECOND))
            ],
            "alike": [(unit.claim, value_label(unit.claim, unit.values[0])) for unit in units if unit.is_alike],
            "decisions": [(each, value_label(each.claim, each.value)) for each in decisions],
            "form": form,
            "typed": self.typed_words(request) if shared.is_agreed else {},
            "seen": "" if shared.is_agreed else shared.fingerprint(units),
        }
        return render(request, "admin/outcomes/sharedanswer/agree.html", context)


@admin.register(CodingPlan)
class CodingPlanAdmin(LookOnlyAdmin):
    verbs = {"change"}
    fields = ["share"]

    def changelist_view(self, request, extra_context=None):
        return redirect("admin:outcomes_codingplan_change", 1)

    def get_object(self, request, object_id, from_field=None):
        """As long as nothing has been decided, the plan is in no row."""
        return CodingPlan.objects.current() if object_id == "1" else None

    def save_model(self, request, obj, form, change):
        # Two organizers may decide it first at the same moment.
        CodingPlan.objects.update_or_create(pk=obj.pk, defaults=form.cleaned_data)
