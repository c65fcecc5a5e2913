from responses.models import Translation
from responses.models.answer import LONGEST_ANSWER

from .words import WholeForm, WordsField


class SayForm(WholeForm):
    """What an author says about a translation or quotation of their words; the button pressed is in the action."""

    text = WordsField(longest=3 * LONGEST_ANSWER, required=False)
    objection = WordsField(longest=LONGEST_ANSWER, required=False)

    def say(self, made):
        """Carry it out. Raises ValidationError where that cannot be done."""
        verb = self.data.get("action")
        if verb == "agree":
            made.agree()
        elif verb == "object":
            made.object(self.cleaned_data["objection"])
        elif verb == "correct":
            Translation.objects.correct(made, self.cleaned_data["text"])
