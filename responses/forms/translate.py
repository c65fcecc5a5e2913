from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from responses.models import Translation
from responses.models.answer import LONGEST_ANSWER

from .words import WholeForm, WordsField


class TranslationForm(WholeForm):
    """A translator's wording of one answer."""

    text = WordsField(
        # A translation may need more characters than its original.
        longest=3 * LONGEST_ANSWER,
        error_messages={"required": _("Write the translation first.")},
    )
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
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None
