"""Forms of organizers who note whom they have invited, and who read a file into the roster."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.exchange.csv_tables import LARGEST_FILE
from responses.languages import UNLISTED, choices, language_of, languages, likely
from responses.languages.text_matching import name_key
from responses.models import Affiliate, Conversation, Region
from responses.models.conversation import has_begun
from responses.validators import organizers_text

from .numbers import DayField

_BETWEEN = re.compile(r"[,;،、\n]")
_ROWS = {"affiliate": Affiliate, "region": Region}


def _conversations():
    return Conversation.objects.newest_first()


class InviteForm(forms.Form):
    """When, and to which conversation, those were invited who are chosen elsewhere."""

    conversation = forms.ModelChoiceField(label=_("Conversation"), queryset=None, empty_label=None)
    invited_on = DayField(label=_("Invited on"), error_messages={"required": _("Choose a day.")})
    note = forms.CharField(
        label=_("Note"),
        max_length=190,
        required=False,
        help_text=_("For organizers only, such as by which way. No addresses."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["conversation"].queryset = _conversations()
        current = Conversation.objects.filter(is_current=True).first()
        self.initial = {"conversation": current, "invited_on": timezone.localdate()} | self.initial

    def clean_invited_on(self):
        day = self.cleaned_data["invited_on"]
        if not has_begun(day):
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean_note(self):
        return organizers_text(self.cleaned_data["note"], is_line=True)


class InviteLanguagesForm(InviteForm):
    """The same, with the languages to choose."""

    often = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple, choices=lambda: _often()
    )
    others = forms.CharField(
        label=_("Other languages"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Their codes or names, with commas between: ha, Wolof, ትግርኛ"),
    )

    field_order = ["often", "others", "conversation", "invited_on", "note"]

    def clean_others(self):
        typed = [each for each in map(str.strip, _BETWEEN.split(self.cleaned_data["others"])) if each]
        known = _codes_by_name()
        if unknown := [each for each in typed if name_key(each) not in known]:
            raise ValidationError(
                _("No language of this name or code is listed: %(name)s.") % {"name": ", ".join(unknown)}
            )
        return [known[name_key(each)] for each in typed]

    def clean(self):
        cleaned = super().clean()
        self.codes = list(dict.fromkeys([*cleaned.get("often", []), *cleaned.get("others", [])]))
        if not self.codes and not self.errors:
            raise ValidationError(_("Choose at least one language."))
        return cleaned


def _often():
    return sorted(choices(get_language(), likely()), key=lambda each: each[1].casefold())


def _codes_by_name():
    """{code or name, as `name_key` has it: code}"""
    known: dict[str, str] = {}
    for code, each in reversed(languages().items()):
        known |= dict.fromkeys(map(name_key, (*each.other_names, each.english_name, each.autonym)), code)
    return known | {code: code for code in languages()}


class WhoForm(forms.Form):
    """One affiliate, region or language, as a row of the page of missing voices names it."""

    kind = forms.ChoiceField(choices=[(each, each) for each in ("affiliate", "region", "language")])
    value = forms.CharField(max_length=20)

    def clean(self):
        cleaned = super().clean()
        kind, value = cleaned.get("kind"), cleaned.get("value", "")
        if self.errors:
            return cleaned
        if kind == "language":
            self.named = language_of(value) if value in languages() and value != UNLISTED else None
        else:
            # No key is longer, and SQLite refuses a larger number.
            found = value.isascii() and value.isdecimal() and len(value) < 19
            self.named = _ROWS[kind].objects.filter(pk=value).first() if found else None
        if self.named is None:
            raise ValidationError(_("This is not on the list any more."))
        return cleaned

    @property
    def invited(self) -> dict:
        """For `Invitee.objects.invite`."""
        kind, value = self.cleaned_data["kind"], self.cleaned_data["value"]
        return {"languages": [value]} if kind == "language" else {f"{kind}s": [self.named]}


class TableFileForm(forms.Form):
    """A file of the roster, to be shown before anything is stored."""

    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 1 MB."))
        return file.read()
