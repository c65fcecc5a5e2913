from datetime import timedelta
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.addresses import key_of, new_submission
from responses.languages import languages
from responses.models import Affiliate, Region, Response
from responses.models.people import MOST_PEOPLE

from .words import AnswersForm, LineField


def latest_today():
    """The date where the day begins first (UTC+14): nobody's today is in the future."""
    return (timezone.now() + timedelta(hours=14)).date()


class ResponseForm(AnswersForm):
    """Turns what was typed on the respond page into a response."""

    language = forms.CharField(error_messages={"required": _("Choose the language you write in.")})
    affiliate = LineField(required=False)
    region = forms.ModelChoiceField(
        Region.objects.all(),
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": _("Choose a region from the list, or none.")},
    )
    people = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "invalid": _("Write how many people speak here as a number, such as 1 or 25."),
            "min_value": _("At least 1 person speaks here."),
            "max_value": _("At most %(limit_value)s people can speak in one response."),
        },
    )
    method = LineField(required=False)
    held_on = forms.DateField(
        required=False, error_messages={"invalid": _("Write the day as year-month-day, such as 2026-03-31.")}
    )
    place = LineField(required=False)
    sharing = forms.ChoiceField(
        choices=Response.Sharing,
        error_messages={
            "required": _("Choose how your response may be shared."),
            "invalid_choice": _("Choose how your response may be shared."),
        },
    )
    display_name = LineField(required=False)
    agree = forms.BooleanField(
        error_messages={"required": _("Tick the box if you agree; we cannot keep your words without.")}
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.submission = self._submission()

    def _submission(self):
        try:
            return UUID(self.typed.get("submission", ""))
        except ValueError:
            return new_submission()

    def clean_language(self):
        code = self.cleaned_data["language"]
        if code not in languages():
            raise ValidationError(_("Choose the language you write in from the list."))
        return code

    def clean_people(self):
        return self.cleaned_data["people"] or 1

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day and day > latest_today():
            raise ValidationError(_("This day is in the future."))
        return day

    def clean(self):
        sharing = self.cleaned_data.get("sharing")
        if sharing == Response.Sharing.NAMED and not self.cleaned_data.get("display_name", "faulty"):
            self.add_error("display_name", _("Write the name to show, or choose to share without it."))
        if sharing == Response.Sharing.AFFILIATE and not self.cleaned_data.get("affiliate", "faulty"):
            self.add_error("affiliate", _("Write the name of your affiliate or group, or choose to share without it."))
        return super().clean()

    def send(self):
        """Store the response and return it; None, with the reason among the errors, where that cannot be done."""
        typed = self.cleaned_data
        affiliate = Affiliate.objects.called(typed["affiliate"])
        fields = {
            name: typed[name] for name in ("language", "region", "people", "method", "held_on", "place", "sharing")
        }
        # A name that is not to be shown is not to be kept.
        name = typed["display_name"] if typed["sharing"] == Response.Sharing.NAMED else ""
        try:
            return Response.objects.submit(
                key_of(self.submission),
                self.answers,
                affiliate=affiliate,
                affiliate_name="" if affiliate else typed["affiliate"],
                display_name=name,
                **fields,
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            self.submission = new_submission()
            return None

    @property
    def chosen_language(self):
        """The language that the list shows first: the chosen one, else that of the page."""
        code = self.typed.get("language", "")
        return code if code in languages() else ""

    @property
    def regions(self):
        return self.fields["region"].queryset

    @property
    def affiliates(self):
        return Affiliate.objects.active()

    @property
    def shows_group(self):
        """Whether the fields about a group stand open: something is typed or wrong in them."""
        names = ("people", "method", "held_on", "place")
        return any(self.typed.get(name, "") not in ("", "1") or name in self.errors for name in names)
