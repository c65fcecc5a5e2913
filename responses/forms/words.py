"""Forms and fields for words that people type: nothing is trimmed, folded or corrected without their knowledge."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.text import normalize_newlines
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from responses.access.keys import new_code
from responses.languages import UNLISTED, language_of, languages
from responses.models import Question
from responses.models.answer import LONGEST_ANSWER
from responses.models.response import LONGEST_LANGUAGE_NAME
from responses.organizer_texts import worded
from responses.validators import check_storable, is_blank, with_contained_direction, without_invisible_ends


class PortalRenderer(TemplatesSetting):
    """Every field of the public pages is rendered by one template: label, hint, faults, control."""

    field_template_name = "_field.html"


class PortalForm(forms.Form):
    default_renderer = PortalRenderer

    def __init__(self, *args, **options):
        # The id of a field is its name: scripts and the links in the summary of faults rely on that.
        super().__init__(*args, **{"auto_id": "%s"} | options)


class WordsField(forms.CharField):
    """Text as it was typed, with line ends as LF (a browser sends CRLF).

    A text of which nothing can be seen counts as empty; any other stays as it is. `longest` counts code points.
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
        return "" if is_blank(text) else text

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
    """A short text of one line: a name, a place.

    White space and invisible characters around it are not part of it, nor is what turns the words beside it around.
    """

    def __init__(self, *, longest=190, **options):
        options.setdefault("widget", forms.TextInput())
        super().__init__(longest=longest, **options)

    def to_python(self, value):
        line = " ".join(super().to_python(value).split())
        return without_invisible_ends(with_contained_direction(line))


class Tick(forms.CheckboxInput):
    """A box to tick that is sent as "yes"."""

    def format_value(self, value):
        return "yes"


class KeptTick(Tick):
    """A box that a draft keeps as it was sent, like any other field."""

    def value_from_datadict(self, data, files, name):
        return data.get(name, "")


class LanguageSelect(forms.Select):
    """A list of languages, with a field to search in it.

    offered: the languages to choose from; None means all of them, with the chosen one first. empty: what the list
    shows while nothing is chosen. fallback: the code that is chosen otherwise; by default the language of the page.
    unlisted: whether somebody can say that their language is not in the list.
    """

    template_name = "responses/_language_select.html"

    def __init__(self, *, empty="", offered=None, fallback="", unlisted=False):
        super().__init__()
        self.empty, self.offered, self.fallback, self.unlisted = empty, offered, fallback, unlisted

    @property
    def number_of_all(self):
        return len(languages())

    @property
    def right_to_left(self):
        """The codes of the languages to choose from that run from right to left."""
        among = languages().values() if self.offered is None else self.offered
        return " ".join(each.code for each in among if each.direction == "rtl")

    @property
    def sentences(self):
        """{name of a data attribute: what the search says}. The script fills the placeholders in."""
        said = {
            "label": _("Search for a language"),
            "choose": _("Choose a language"),
            "found": _("Languages found: %(number)s."),
            "chosen": _("Chosen: %(language)s."),
            "none": _("No language of this name"),
            "failed": _("The other languages could not be loaded. Press again to load the whole page with them."),
        }
        if self.unlisted:
            said["none"] = _("No language of this name. The last one in the list is “My language is not listed”.")
        return said

    def chosen(self, value):
        """The code that the list has selected: "" if nothing is.

        value: what was sent or is stored, "" for no choice; None before anything was.
        """
        if value in languages() or value == "" or (self.unlisted and value == UNLISTED):
            return value
        return self.fallback or ("" if self.empty else get_language())

    def get_context(self, name, value, attrs):
        context = forms.Widget.get_context(self, name, value, attrs)
        chosen = self.chosen(value)
        empty = self.empty or ("" if chosen else self.sentences["choose"])
        context["widget"] |= {"chosen": chosen, "empty": empty, "offered": self.offered, "unlisted": self.unlisted}
        return context


class LanguageField(forms.CharField):
    """The code of a language of the registry; "und" where a list offers it for languages that are not listed."""

    widget = LanguageSelect
    default_error_messages = {
        "required": _("Choose the language you write in."),
        "invalid": _("Choose the language you write in from the list."),
    }

    def __init__(self, **options):
        super().__init__(template_name="responses/_language_field.html", **options)

    def validate(self, value):
        super().validate(value)
        if value and value not in languages() and not (value == UNLISTED and self.widget.unlisted):
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

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # A browser that shows a page again fills in what was typed there, but not what the page itself says, such as
        # what somebody saw. It knows a form again by its name and the names of its first fields. So the form and its
        # first field are called after what was seen; or after this, where nothing may be filled into a page that was
        # fetched anew, not even the tick "I agree".
        self.page_id = new_code()

    def typed(self, name):
        """What is in a field now, as it was typed."""
        return (self.data if self.is_bound else self.initial).get(name, "")

    @property
    def faults(self):
        """For the summary above the form, in the order of the page: [(field to go to, message)]."""
        return [
            (self.top if name in (NON_FIELD_ERRORS, "complete") else self[name].auto_id, message)
            for name in (NON_FIELD_ERRORS, *self.fields)
            for message in self.errors.get(name, [])
        ]


class AboutForm:
    """What a template needs of a form beside its fields.

    A template takes `form.faults` for the field of that name, if there is one, and a question can have any name.
    """

    def __init__(self, form):
        self._form = form

    def __getattr__(self, name):
        return getattr(self._form, name)


class AsksQuestions:
    """Puts the questions of a conversation into a form, and the name of their language if it is not in the list.

    At least one answer is needed; it may be any of them. The form has a field `language`.
    """

    ONLY_KEPT = _("This question is not asked in this conversation. Your words are kept, but cannot be sent from here.")
    NOT_ASKED = _(
        "This question is not asked in this conversation. Move what you want to send to another question, copy what "
        "you want to keep, and empty this field."
    )

    def __init__(self, *args, conversation, response=None, **options):
        """response: what is changed, if it is there already. The questions that it answers are among these."""
        super().__init__(*args, **options)
        self.conversation = conversation
        self.fields["language"].widget.unlisted = True
        self.fields["language_name"] = LineField(
            longest=LONGEST_LANGUAGE_NAME,
            required=False,
            label=_("Name of your language"),
            help_text=_("Only if it is not in the list."),
        )
        self.fields["language_name"].widget.attrs["autocomplete"] = "off"
        every = list(Question.objects.with_asked(conversation, response))
        self.questions = [each for each in every if each.is_asked]
        # Somebody has answered a question of another conversation. No word is lost: they decide where it belongs.
        self.not_asked = [each for each in every if not each.is_asked and self.typed(each.slug)]
        for question in [*self.questions, *self.not_asked]:
            self.fields[question.slug] = WordsField(
                longest=LONGEST_ANSWER,
                required=False,
                label=worded(question, "prompt"),
                help_text=self.ONLY_KEPT if question in self.not_asked else worded(question, "hint"),
            )
        self.top = self.questions[0].slug
        # As on the page: the summary of faults follows it.
        slugs = [question.slug for question in [*self.questions, *self.not_asked]]
        self.order_fields(["language", "language_name", *slugs, "content_kinds", "content_note"])

    def mark_answers(self):
        """Mark what is written with the language that it is to be in, for fonts, spelling and voices.

        What is written runs as its letters do; an empty field, as the language does (or the page, if it is unlisted).
        """
        code = self.fields["language"].widget.chosen((self.data if self.is_bound else self.initial).get("language"))
        among = language_of(get_language() if code in ("", UNLISTED) else code)
        for name in [*(question.slug for question in [*self.questions, *self.not_asked]), "content_note"]:
            runs = "rtl" if among.direction == "rtl" and not self.typed(name) else "auto"
            self.fields[name].widget.attrs |= {"lang": code, "dir": runs}

    @property
    def prompts(self):
        return [self[question.slug] for question in [*self.questions, *self.not_asked]]

    @property
    def answers(self):
        """{Question: text} of a valid form."""
        return {question: self.cleaned_data[question.slug] for question in self.questions}

    def clean(self):
        for question in self.not_asked:
            if self.cleaned_data.get(question.slug):
                self.add_error(question.slug, self.NOT_ASKED)
        faulty = any(question.slug in self.errors for question in self.questions)
        if not faulty and not any(self.cleaned_data.get(question.slug) for question in self.questions):
            self.add_error(None, _("Answer at least one of the questions."))
            for question in self.questions:
                self.fields[question.slug].widget.attrs["aria-invalid"] = "true"
        is_unlisted = self.cleaned_data.get("language") == UNLISTED
        if not self.errors.keys() & {"language", "language_name"}:
            if is_unlisted and not self.cleaned_data["language_name"]:
                self.add_error("language_name", _("Write the name of your language."))
            elif self.cleaned_data["language_name"] and not is_unlisted:
                self.add_error(
                    "language_name",
                    _("Choose “My language is not listed” in the list above, or leave this name out."),
                )
        return super().clean()
