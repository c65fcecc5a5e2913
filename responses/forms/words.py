"""Form fields for words that people type: nothing is trimmed, folded or mended behind their back."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from responses.models import Question
from responses.models.answer import LONGEST_ANSWER


def check_storable(text):
    if "\x00" in text:
        raise ValidationError(_("The text has an invisible NUL character in it, which cannot be stored. Remove it."))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValidationError(_("The text has half a character in it, which cannot be stored. Type that place again."))


class WordsField(forms.CharField):
    """Text as it was typed, with line ends as LF (a browser sends CRLF, and CR is an old computer's).

    A text of nothing but white space counts as empty; other white space stays.
    """

    def __init__(self, *, longest, **options):
        self.longest = longest
        super().__init__(strip=False, **options)
        # The field's own check of NUL has a message for programmers.
        self.validators = [check_storable, self.check_length]

    def to_python(self, value):
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""

    def check_length(self, text):
        if (excess := len(text) - self.longest) > 0:
            raise ValidationError(
                ngettext(
                    "This text is %(excess)s character too long: %(longest)s are possible. Nothing was cut off.",
                    "This text is %(excess)s characters too long: %(longest)s are possible. Nothing was cut off.",
                    excess,
                )
                % {"excess": excess, "longest": self.longest}
            )


class LineField(WordsField):
    """A short text of one line: a name, a place. White space around it is not part of it."""

    def __init__(self, *, longest=190, **options):
        super().__init__(longest=longest, **options)

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class WholeForm(forms.Form):
    """A form whose last field says that all of it arrived: a line that drops while it is sent cuts texts short."""

    complete = forms.CharField(
        error_messages={
            "required": _("Not all of it arrived: the line dropped on the way. Compare your words, then send again.")
        }
    )

    # The field that a fault of the whole form leads to.
    top = "main"

    @property
    def typed(self):
        """What stands in the form now, as it was typed."""
        return self.data if self.is_bound else self.initial

    @property
    def faults(self):
        """For the summary above the form: (field to go to, message)."""
        return [
            (self.top if name in (NON_FIELD_ERRORS, "complete") else name, message)
            for name, messages in self.errors.items()
            for message in messages
        ]


class AnswersForm(WholeForm):
    """The three questions. At least one answer is needed, none in particular."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.questions = list(Question.objects.all())
        for question in self.questions:
            self.fields[question.slug] = WordsField(longest=LONGEST_ANSWER, required=False, label=question.prompt)
        self.top = self.questions[0].slug

    @property
    def prompts(self):
        """For each question: the question, what is typed under it, and what is wrong with that."""
        return [
            (question, self.typed.get(question.slug, ""), self.errors.get(question.slug, ()))
            for question in self.questions
        ]

    @property
    def answers(self):
        """{Question: text} of a valid form."""
        return {question: self.cleaned_data[question.slug] for question in self.questions}

    def clean(self):
        faulty = any(question.slug in self.errors for question in self.questions)
        if not faulty and not any(self.cleaned_data.get(question.slug) for question in self.questions):
            raise ValidationError(_("Answer at least one of the three questions."))
        return self.cleaned_data
