from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.models import Affiliate, Region, Response
from responses.models.people import MOST_PEOPLE
from responses.models.shown_to_author import DAYS_TO_OBJECT

from .words import LineField, WholeForm


def latest_today():
    """The date where the day begins first (UTC+14): nobody's today is in the future."""
    return (timezone.now() + timedelta(hours=14)).date()


class WhoSpeaks(WholeForm):
    """What the fields about people and sharing show on a page."""

    days_to_object = DAYS_TO_OBJECT

    @property
    def regions(self):
        return Region.objects.all()

    @property
    def affiliates(self):
        return Affiliate.objects.active()

    @property
    def shows_group(self):
        """Whether the fields about a group stand open: something is typed or wrong in them."""
        names = ("people", "method", "held_on", "place", "spoken_languages", "written_by")
        return any(str(self.typed.get(name) or "") not in ("", "1") or name in self.errors for name in names)


class SharingForm(WhoSpeaks):
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


class NewSharingForm(SharingForm):
    """The author's other choice, agreed to anew."""

    top = "affiliate"
    agree = forms.BooleanField(
        error_messages={"required": _("Tick the box if you agree; otherwise nothing is changed.")}
    )

    @staticmethod
    def as_it_is(response):
        """What the form shows first."""
        names = ("people", "method", "held_on", "place", "spoken_languages", "written_by", "sharing", "display_name")
        return {name: getattr(response, name) for name in names} | {
            "affiliate": response.group_name,
            "region": response.region.slug if response.region else "",
            "held_on": response.held_on.isoformat() if response.held_on else "",
        }
