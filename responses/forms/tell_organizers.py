from django import forms
from django.utils.translation import gettext_lazy as _

from responses.models.flag import LONGEST_TOLD

from .trap import FormOfAnybody
from .words import WordsField


class TellForm(FormOfAnybody):
    """What a reader tells the organizers about a response: a few words, and nothing about themselves."""

    top = "words"

    words = WordsField(
        longest=LONGEST_TOLD,
        label=_("What should the organizers know?"),
        help_text=_("For example: it gives somebody away, it is not true, it is advertising. Write in any language."),
        error_messages={"required": _("Write a few words first.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
