from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.models import Affiliate, Region, Response
from responses.models.people import MOST_PEOPLE

from .words import LineField


def latest_today():
    """The date where the day begins first (UTC+14): nobody's today is in the future."""
    return (timezone.now() + timedelta(hours=14)).date()


class SharingForm(forms.Form):
    """Who speaks, and how the response may be shared."""

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
    spoken_languages = LineField(required=False)
    written_by = LineField(required=False)
    sharing = forms.ChoiceField(
        choices=Response.Sharing,
        error_messages={
            "required": _("Choose how your response may be shared."),
            "invalid_choice": _("Choose how your response may be shared."),
        },
    )
    display_name = LineField(required=False)

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

    @property
    def shared_fields(self):
        """The fields of a Response that a valid form tells. Names that are not to be shown are not to be kept."""
        typed = self.cleaned_data
        affiliate = Affiliate.objects.called(typed["affiliate"])
        named = typed["sharing"] == Response.Sharing.NAMED
        names = ("region", "people", "method", "held_on", "place", "spoken_languages", "sharing")
        return {
            **{name: typed[name] for name in names},
            "affiliate": affiliate,
            "affiliate_name": "" if affiliate else typed["affiliate"],
            "display_name": typed["display_name"] if named else "",
            "written_by": typed["written_by"] if named else "",
        }
