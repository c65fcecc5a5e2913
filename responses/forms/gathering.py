from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from responses.access.keys import copy_id_of, key_of, new_submission
from responses.models import Affiliate, Gathering
from responses.models.answer import LONGEST_ANSWER

from .numbers import DayField
from .words import LineField, WholeForm, WordsField


class GatheringForm(WholeForm):
    """A local conversation, as its host announces it."""

    top = "title"

    title = LineField(label=_("Title"), error_messages={"required": _("Give the gathering a title.")})
    affiliate = LineField(
        required=False,
        label=_("Affiliate that hosts it"),
        help_text=_("Optional. One from the roster of affiliates; name any other group in the title or the note."),
        widget=forms.TextInput(attrs={"list": "affiliates"}),
    )
    # It may be in the future, unlike the day of a conversation that somebody answers about.
    held_on = DayField(required=False, label=_("Date"), help_text=_("Optional. Year-month-day, such as 2026-03-31"))
    place = LineField(required=False, label=_("Place"), help_text=_("Optional. A town, a library, an online room"))
    host_note = WordsField(
        longest=LONGEST_ANSWER,
        required=False,
        label=_("What guests should know"),
        help_text=_("Optional. The time, the languages, how to join"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        try:
            self.submission = UUID(self.typed("submission"))
        except ValueError:
            self.submission = new_submission()

    @property
    def copy_id(self):
        """Names the copy of these words in the browser."""
        return f"gathering-{copy_id_of(key_of(self.submission))}"

    def clean_affiliate(self):
        name = self.cleaned_data["affiliate"]
        affiliate = Affiliate.objects.called(name)
        if name and affiliate is None:
            raise ValidationError(
                _("This affiliate is not on the roster. Leave the field empty, and name your group in the title.")
            )
        return affiliate

    def announce(self):
        """Store the gathering and return the key of its host's page.

        If that cannot be done, return None; the reason is among the errors.
        """
        typed = {name: self.cleaned_data[name] for name in ("title", "affiliate", "held_on", "place", "host_note")}
        key = key_of(self.submission)
        try:
            Gathering.objects.announce(key, **typed)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None
        return key
