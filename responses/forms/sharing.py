from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.models import Affiliate, Region
from responses.models.sharing import MOST_PEOPLE, OBJECTION_DAYS, AuthorDetails, Sharing
from responses.organizer_texts import marks_of

from .numbers import DayField, NumberOfPeopleField
from .words import KeptTick, LineField, Tick, WholeForm

_DETAILS = {field.name for field in AuthorDetails.detail_fields()}


def latest_today(now=None):
    """The date where the day begins first, in Kiribati (UTC+14): nobody's today is later."""
    return ((now or timezone.now()) + timedelta(hours=14)).date()


def check_not_in_the_future(day):
    if day > latest_today():
        raise ValidationError(_("This day is in the future."))


class PeopleInput(forms.TextInput):
    def format_value(self, value):
        return super().format_value(value or 1)


class SharingChoices(forms.RadioSelect):
    """Each choice with a hint below it on what readers then see."""

    template_name = "responses/_sharing_choices.html"
    hints = {
        Sharing.UNNAMED: _(
            "Readers see your words, their language and the day they were accepted; no group, no region, no place. "
            "If few people write in your language, it can tell who you are: then choose “For the organizers only”. "
            "Licence: CC0 1.0."
        ),
        Sharing.AFFILIATE: _(
            "Readers also see the affiliate or group, the part of the world, how many people speak, and how, when and "
            "where they talked. Licence: CC BY-SA 4.0."
        ),
        Sharing.NAMED: _("Readers see all that, and the name that you write below. Licence: CC BY-SA 4.0."),
        Sharing.ORGANIZERS: _(
            "Reviewers, coders and organizers read it, and nobody else. It is never quoted, never shown, and in no "
            "public number."
        ),
    }

    def format_value(self, value):
        # Never nothing: what shows least is chosen until somebody chooses otherwise.
        return super().format_value(value or Sharing.UNNAMED)

    def create_option(self, name, value, *args, **options):
        option = super().create_option(name, value, *args, **options)
        option["attrs"]["id"] = f"{name}-{value}"
        return option | {"hint": self.hints[value]}


class RegionSelect(forms.Select):
    """The regions, of which one that is not worded in the language of the page is marked as English."""

    def create_option(self, name, value, *args, **options):
        option = super().create_option(name, value, *args, **options)
        if region := getattr(value, "instance", None):
            option["attrs"] |= marks_of(region, "name")
        return option


class SharingForm(WholeForm):
    """Who speaks, and how the response may be shared: one field for each of the `AuthorDetails`."""

    days_to_object = OBJECTION_DAYS

    affiliate = LineField(
        required=False,
        label=_("Affiliate or group"),
        help_text=_("A chapter, a user group, a circle of friends: it need not be recognised by anybody."),
        widget=forms.TextInput(attrs={"list": "affiliates"}),
    )
    region = forms.ModelChoiceField(
        Region.objects.all(),
        to_field_name="slug",
        widget=RegionSelect,
        required=False,
        label=_("Part of the world"),
        empty_label=_("Not said"),
        error_messages={"invalid_choice": _("Choose a region from the list, or none.")},
    )
    people = NumberOfPeopleField(
        required=False,
        initial=1,
        min_value=1,
        max_value=MOST_PEOPLE,
        label=_("How many people speak here"),
        widget=PeopleInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "invalid": _("Write how many people speak here as a number, such as 1 or 25."),
            "min_value": _("At least 1 person speaks here."),
            "max_value": _("At most %(limit_value)s people can speak in one response."),
        },
    )
    method = LineField(
        required=False, label=_("How you talked"), help_text=_("A workshop, a chat, a meeting at somebody’s home")
    )
    held_on = DayField(
        required=False,
        label=_("The date of your conversation"),
        help_text=_("Year-month-day, such as 2026-03-31"),
        validators=[check_not_in_the_future],
    )
    place = LineField(required=False, label=_("Where"))
    spoken_languages = LineField(required=False, label=_("Languages you spoke"))
    written_by = LineField(
        required=False, label=_("Written down by"), help_text=_("Only kept if you share with your name.")
    )
    sharing = forms.ChoiceField(
        choices=[
            (choice, choice.label) for choice in (Sharing.UNNAMED, Sharing.AFFILIATE, Sharing.NAMED, Sharing.ORGANIZERS)
        ],
        initial=Sharing.UNNAMED,
        label=_("How your response may be shared"),
        widget=SharingChoices,
        error_messages={
            "required": _("Choose how your response may be shared."),
            "invalid_choice": _("Choose how your response may be shared."),
        },
    )
    may_be_translated = forms.BooleanField(
        required=False,
        label=_(
            "It may be translated so that organizers can read it, by a person whom they trust or by a machine on their "
            "own server"
        ),
        help_text=_("Only if it is for the organizers only. Without this tick, nobody else reads it."),
        widget=KeptTick,
    )
    display_name = LineField(
        required=False,
        label=_("The name to show"),
        help_text=_("Only if you share with your name; else it is not kept. A user name or any other name will do."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            # On a shared computer, the browser would offer names and places to whoever comes next.
            if isinstance(field.widget, forms.TextInput):
                field.widget.attrs["autocomplete"] = "off"

    @property
    def group(self):
        """The fields about a group. Somebody who answers alone does not need them."""
        apart = {"affiliate", "region", "sharing", "may_be_translated", "display_name"}
        return [self[name] for name in SharingForm.base_fields if name in _DETAILS and name not in apart]

    @property
    def shows_group(self):
        """Whether the fields about a group are open, because something is typed or wrong in them."""
        return any(field.errors or str(field.value() or "") not in ("", "1") for field in self.group)

    def clean(self):
        sharing = self.cleaned_data.get("sharing")
        if sharing == Sharing.NAMED and not self.cleaned_data.get("display_name", "faulty"):
            self.add_error("display_name", _("Write the name to show, or choose to share without it."))
        if sharing == Sharing.AFFILIATE and not self.cleaned_data.get("affiliate", "faulty"):
            self.add_error("affiliate", _("Write the name of your affiliate or group, or choose to share without it."))
        return super().clean()

    @property
    def details(self):
        """{name: value} of the `AuthorDetails` in a valid form. A person's name is kept only if it is to be shown."""
        told = {name: self.cleaned_data[name] for name in SharingForm.base_fields if name in _DETAILS}
        if told["sharing"] != Sharing.NAMED:
            told |= dict.fromkeys(AuthorDetails.NAMES, "")
        if told["sharing"] != Sharing.ORGANIZERS:
            told["may_be_translated"] = False
        affiliate = Affiliate.objects.called(told["affiliate"])
        return told | {"affiliate": affiliate, "affiliate_name": "" if affiliate else told["affiliate"]}


def details_of(response):
    """[(label, value)] of the details of a response, labelled as the form labels them."""
    labels = {field.name: field.verbose_name for field in AuthorDetails.detail_fields()}
    labels |= {name: field.label for name, field in SharingForm.base_fields.items()}
    return [(labels[name], value) for name, value in response.details.items()]


class NewSharingForm(SharingForm):
    """The author's new choice of who may see what, with the terms to agree to again."""

    top = "affiliate"
    agree = forms.BooleanField(
        label=_("I have read this, and I agree"),
        widget=Tick,
        error_messages={"required": _("Tick the box if you agree; otherwise nothing is changed.")},
    )

    @staticmethod
    def as_typed(response):
        """What the form shows first: the details of a response, as they would be typed."""
        told = {name: getattr(response, name) for name in SharingForm.base_fields if name in _DETAILS}
        return told | {
            "affiliate": response.group_name,
            "region": response.region.slug if response.region else "",
            "held_on": response.held_on.isoformat() if response.held_on else "",
        }
