"""What reviewers write about a response."""

from django import forms
from django.utils.translation import gettext_lazy as _

from responses.models.answer import LONGEST_ANSWER

from .content_note import KindsField, OwnWordsField
from .words import PortalForm, WordsField


class DeclineForm(forms.Form):
    reason = WordsField(
        longest=LONGEST_ANSWER,
        label=_("Reason"),
        error_messages={"required": _("Say why: the author reads the reason.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The author reads it on their page. Write in a language they understand, and say what would help."),
    )


class NoteForm(forms.Form):
    note = WordsField(
        longest=LONGEST_ANSWER,
        required=False,
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The author reads it on their page, and is told by mail if they left an address."),
    )


class AddedNoteForm(PortalForm):
    """What organizers add to the content note, for readers, beside what the author says."""

    added_kinds = KindsField()
    added_note = OwnWordsField()
