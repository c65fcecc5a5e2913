"""The forms of the desk for the statement."""

from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outcomes.models import Clause, Quotation, Statement
from outcomes.models.statement import FIXED
from responses.admin.stored_meanwhile import OrganizersForm
from responses.admin.typed import SLUG_RULE
from responses.forms.numbers import DayField
from responses.models import Response
from responses.models.question import LAST_POSITION

from .asked_things import WhileAskedForm, WhileAskedFormSet


class _KeepsWords(WhileAskedForm):
    """Shows the English of a version that is published, or whose day is set, and lets nobody change it.

    Nobody's typing is dropped in silence: a form that was opened before that comes back with it, and says why.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not self.is_new and self._version().is_fixed:
            for name in self._fixed_names():
                self.fields[name].widget.attrs["readonly"] = True

    def _fixed_names(self):
        return [name for name in self.fields if name in self._meta.model.FIXED]

    def clean(self):
        cleaned = super().clean()
        if not self.is_new and self.stored and self._version_stored().is_fixed:
            for name in self._fixed_names():
                if name in self.changed_data:
                    self.add_error(name, FIXED)
        return cleaned


class StatementForm(_KeepsWords):
    def _version(self):
        return self.instance

    def _version_stored(self):
        return self.stored


class ClauseForm(_KeepsWords):
    asks_anew = False

    def _version(self):
        return self.instance.statement

    def _version_stored(self):
        # The form above has locked it.
        return Statement.objects.get(pk=self.stored.statement_id)

    def validate_constraints(self):
        """All but the one over numbers: two clauses may change places. The formset compares the numbers."""
        exclude = self._get_validation_exclusions()
        for each in Clause._meta.constraints:
            if each.name != "one_clause_a_number":
                try:
                    each.validate(Clause, self.instance, exclude=exclude)
                except ValidationError as refusal:
                    self._update_errors(refusal)

    def save(self, commit=True):
        if not commit:
            return super().save(commit=False)
        self.asks_anew = self.instance.store()
        self._save_m2m()
        return self.instance


class ClauseFormSet(WhileAskedFormSet):
    def clean(self):
        super().clean()
        deleted = [form for form in self.initial_forms if self._should_delete_form(form)]
        added = [form for form in self.extra_forms if form.has_changed()]
        if (deleted or added) and Statement.objects.fixed().filter(pk=self.instance.pk).exists():
            raise ValidationError(_("No clause can be added to this version any more, or taken from it."))
        shown = [form.instance.pk for form in self.initial_forms]
        numbers = {form.cleaned_data.get("position") for form in self.forms if form not in deleted}
        others = Clause.objects.filter(statement=self.instance.pk, position__in=numbers - {None})
        if taken := others.exclude(pk__in=shown).first():
            said = _("Somebody else has added a clause %(number)s meanwhile.") % {"number": taken.position}
            raise ValidationError(said)

    def save(self, commit=True):
        # Numbers that change hands are free before anybody takes them.
        moved = [
            form.instance.pk
            for form in self.initial_forms
            if "position" in form.changed_data or self._should_delete_form(form)
        ]
        for place, pk in enumerate(moved):
            Clause.objects.filter(pk=pk).update(position=LAST_POSITION - place)
        return super().save(commit)


class BeginForm(forms.Form):
    version = forms.SlugField(
        label=_("Name of the new version"),
        max_length=50,
        help_text=_("Part of its address, such as “2026”: Latin letters, digits, - and _. It stays."),
        error_messages={"invalid": SLUG_RULE},
    )


class PublishForm(forms.Form):
    """A day and a time, in the time zone of the portal; or nothing, for now."""

    day = DayField(
        label=_("Day"), required=False, help_text=_("As year-month-day. If you leave it empty, it is published now.")
    )
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"class": "short"}, format="%H:%M"),
        help_text=_("Such as 14:30. If you leave it empty, the first minute of the day."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("time") and not cleaned.get("day") and not self.has_error("day"):
            self.add_error("day", _("A time needs a day."))
        return cleaned

    @property
    def moment(self) -> datetime | None:
        """When to publish it; None: now."""
        day = self.cleaned_data["day"]
        return timezone.make_aware(datetime.combine(day, self.cleaned_data["time"] or time())) if day else None


class BehindForm(OrganizersForm):
    """What led to a version: problems, solutions, and responses by their public codes."""

    codes = forms.CharField(
        label=_("Responses that led to it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr", "translate": "no"}),
        help_text=_("Their codes, one a line. Only responses that readers can read."),
    )

    class Meta:
        model = Statement
        fields = ("problems_behind", "solutions_behind")
        widgets = {
            "problems_behind": forms.CheckboxSelectMultiple,
            "solutions_behind": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.readable = Response.objects.published().not_recused_by(user)
        self.linked = self.instance.responses_behind.filter(pk__in=self.readable.values("pk"))
        if not self.is_bound:
            self.initial["codes"] = "\n".join(self.linked.order_by("code").values_list("code", flat=True))

    def clean_codes(self):
        codes = set(self.cleaned_data["codes"].replace(",", " ").split())
        found = list(self.readable.filter(code__in=codes))
        if missing := sorted(codes - {each.code for each in found}):
            said = _("Readers can read no response with this code: %(codes)s") % {"codes": ", ".join(missing)}
            raise ValidationError(said)
        return found

    def save(self, commit=True):
        made = super().save(commit)
        # Those that are not shown to this organizer stay.
        made.responses_behind.remove(*self.linked.exclude(pk__in=[each.pk for each in self.cleaned_data["codes"]]))
        made.responses_behind.add(*self.cleaned_data["codes"])
        return made


class CarryOverForm(forms.Form):
    """Quotations beside the clauses of the earlier version, to be quoted in a later one too."""

    quotations = forms.ModelMultipleChoiceField(Quotation.objects.none(), label=_("Quotations"), required=True)

    def __init__(self, data=None, *, left_behind):
        super().__init__(data)
        self.fields["quotations"].queryset = left_behind
