from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from responses.languages import languages
from responses.models import Translation, Translator
from responses.models.answer import LONGEST_ANSWER, LONGEST_TRANSLATION

from .words import WholeForm, WordsField

# Characters. A note explains a word or a play on words; it is no second text.
LONGEST_NOTE = 1_000


class TranslationForm(WholeForm):
    """A translator's wording of one answer."""

    text = WordsField(
        longest=LONGEST_TRANSLATION,
        error_messages={"required": _("Write the translation first.")},
    )
    note = WordsField(longest=LONGEST_NOTE, required=False)
    # The answer as the translator saw it: should it change while they write, theirs is marked as outdated.
    source_text = WordsField(longest=LONGEST_ANSWER)

    def suggest(self, answer, language, translator):
        """Store the suggestion and return it; None, with the reason among the errors, where that cannot be done."""
        try:
            return Translation.objects.suggest(
                answer,
                language,
                self.cleaned_data["text"],
                translator=translator,
                source_text=self.cleaned_data["source_text"],
                note=self.cleaned_data["note"],
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None


class KnownLanguageForm(forms.Form):
    """What a translator can do in one language; neither of the two takes the language off the list."""

    language = forms.ChoiceField(
        choices=lambda: [(code, each.label) for code, each in languages().items()],
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language.")},
    )
    reads = forms.BooleanField(required=False)
    writes = forms.BooleanField(required=False)


class NamedForm(forms.ModelForm):
    class Meta:
        model = Translator
        fields = ["is_named"]
