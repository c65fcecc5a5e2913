"""Forms and fields for words that people type: nothing is trimmed, folded or corrected without their knowledge."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.text import normalize_newlines
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from responses.languages import languages
from responses.models import Question
from responses.models.answer import LONGEST_ANSWER
from responses.organizer_texts import worded
from responses.validators import check_storable


class PortalRenderer(TemplatesSetting):
    """Every field of the public pages is rendered by one template: label, hint, faults, control."""

    field_template_name = "_field.html"


class PortalForm(forms.Form):
    default_renderer = PortalRenderer
    use_required_attribute = False

    def __init__(self, *args, **options):
        # The id of a field is its name: scripts and the links in the summary of faults rely on that.
        super().__init__(*args, **{"auto_id": "%s"} | options)


class WordsField(forms.CharField):
    """Text as it was typed, with line ends as LF (a browser sends CRLF).

    A text that has only white space counts as empty; otherwise white space stays. `longest` counts code points.
    """

    def __init__(self, *, longest, **options):
        self.longest = longest
        options.setdefault("widget", forms.Textarea(attrs={"rows": 7}))
        super().__init__(strip=False, **options)
        if type(self.widget) in (forms.Textarea, forms.TextInput):
            self.widget.attrs.setdefault("dir", "auto")
        # Django's own check for NUL has a message for programmers.
        self.validators = [check_storable, self.check_length]

    def to_python(self, value):
        text = normalize_newlines(super().to_python(value))
        return text if text.strip() else ""

    def check_length(self, text):
        if (excess := len(text) - self.longest) > 0:
            raise ValidationError(
                ngettext(
                    "This text is %(excess)s character too long: %(longest)s are possible. Nothing was cut off.",
                    "This text is %(excess)s characters too long: %(longest)s are possible. Nothing was cut off.",
                    excess,
                )
                % {"excess": localize(excess), "longest": localize(self.longest)}
            )


class LineField(WordsField):
    """A short text of one line: a name, a place. White space around it is not part of it."""

    def __init__(self, *, longest=190, **options):
        options.setdefault("widget", forms.TextInput())
        super().__init__(longest=longest, **options)

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class DayField(forms.DateField):
    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date", "class": "short"}))
        options.setdefault("error_messages", {"invalid": _("Write the date as year-month-day, such as 2026-03-31.")})
        super().__init__(**options)


class Tick(forms.CheckboxInput):
    """A box to tick that is sent as "yes"."""

    def format_value(self, value):
        return "yes"


class LanguageSelect(forms.Select):
    """A list of languages, with a field to search in it.

    offered: the languages to choose from; None means all of them, with the chosen one first. empty: what the list
    shows while nothing is chosen. fallback: the code that is chosen otherwise; by default the language of the page.
    """

    template_name = "responses/_language_select.html"

    def __init__(self, *, empty="", offered=None, fallback=""):
        super().__init__()
        self.empty, self.offered, self.fallback = empty, offered, fallback

    @property
    def number_of_all(self):
        return len(languages())

    def get_context(self, name, value, attrs):
        context = forms.Widget.get_context(self, name, value, attrs)
        otherwise = self.fallback or ("" if self.empty else get_language())
        chosen = value if value in languages() else otherwise
        context["widget"] |= {"chosen": chosen, "empty": self.empty, "offered": self.offered}
        return context


class LanguageField(forms.CharField):
    """The code of a language of the registry."""

    widget = LanguageSelect
    default_error_messages = {
        "required": _("Choose the language you write in."),
        "invalid": _("Choose the language you write in from the list."),
    }

    def __init__(self, **options):
        super().__init__(template_name="responses/_language_field.html", **options)

    def validate(self, value):
        super().validate(value)
        if value and value not in languages():
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class WholeForm(PortalForm):
    """A form whose last field tells that all of it arrived: a broken connection can cut off the end."""

    complete = forms.CharField(
        error_messages={
            "required": _("Not all of it arrived: the line dropped on the way. Compare your words, then send again.")
        },
        widget=forms.HiddenInput,
    )

    # The field that a fault of the whole form links to.
    top = "main"

    def typed(self, name):
        """What is in a field now, as it was typed."""
        return (self.data if self.is_bound else self.initial).get(name, "")

    @property
    def faults(self):
        """For the summary above the form: [(field to go to, message)]."""
        return [
            (self.top if name in (NON_FIELD_ERRORS, "complete") else self[name].auto_id, message)
            for name, messages in self.errors.items()
            for message in messages
        ]


class AsksQuestions:
    """Puts the three questions into a form. At least one answer is needed; it may be any of them."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.questions = list(Question.objects.all())
        for question in self.questions:
            self.fields[question.slug] = WordsField(
                longest=LONGEST_ANSWER,
                required=False,
                label=worded(question, "prompt"),
                help_text=worded(question, "hint"),
            )
            # Fonts, spelling and a screen reader's voice follow the language of the answer.
            if self.typed("language"):
                self.fields[question.slug].widget.attrs["lang"] = self.typed("language")
        self.top = self.questions[0].slug

    @property
    def prompts(self):
        return [self[question.slug] for question in self.questions]

    @property
    def answers(self):
        """{Question: text} of a valid form."""
        return {question: self.cleaned_data[question.slug] for question in self.questions}

    def clean(self):
        faulty = any(question.slug in self.errors for question in self.questions)
        if not faulty and not any(self.cleaned_data.get(question.slug) for question in self.questions):
            self.add_error(None, _("Answer at least one of the three questions."))
        return super().clean()
