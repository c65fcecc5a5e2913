from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from responses.languages import languages

from .words import AnswersForm


class EditForm(AnswersForm):
    """New words in place of the old ones, and the language that they are in."""

    language = forms.CharField(required=False)

    def clean_language(self):
        code = self.cleaned_data["language"]
        if code and code not in languages():
            raise ValidationError(_("Choose the language you write in from the list."))
        return code

    @property
    def chosen_language(self):
        code = self.typed.get("language", "")
        return code if code in languages() else ""
