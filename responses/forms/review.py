"""What reviewers write about a response."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from responses.models import DeclineReason
from responses.models.answer import LONGEST_ANSWER
from responses.models.decision import NOT_OFFERED, SAY_WHAT, SAY_WHY
from responses.organizer_texts import worded

from .content_note import KindsField, OwnWordsField
from .words import PortalForm, WordsField


class ReasonField(forms.ModelChoiceField):
    """One of the reasons that the organizers have worded, or none of them. Each has a number on the page, from 0."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": NOT_OFFERED}

    def label_from_instance(self, reason):
        return format_html('{} <span class="help">{}</span>', worded(reason, "title"), worded(reason, "text"))


class DeclineForm(forms.Form):
    declined_for = ReasonField(
        queryset=DeclineReason.objects.offered(),
        required=False,
        blank=True,
        empty_label=_("None of these: only in my own words"),
        label=_("Reason"),
    )
    reason = WordsField(
        longest=LONGEST_ANSWER,
        required=False,
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The author reads it on their page. Write in a language they understand, and say what would help."),
    )

    def clean(self):
        if not self.errors and not self.cleaned_data["declined_for"] and not self.cleaned_data["reason"]:
            self.add_error("reason", SAY_WHY)
        return self.cleaned_data


class AskForm(forms.Form):
    question = WordsField(
        longest=LONGEST_ANSWER,
        label=_("Question to the author"),
        error_messages={"required": SAY_WHAT},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "The author reads it on their page and can reply there, for organizers only. Until then it does not wait "
            "for review."
        ),
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
