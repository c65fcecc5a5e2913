"""The forms of an author's own page."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from responses.email_address import as_meant, check_address
from responses.languages import language_of
from responses.models import Response, Translation
from responses.models.answer import LONGEST_ANSWER, LONGEST_TRANSLATION
from responses.models.contact import CONTACT_DAYS

from .before_sending import AsksBeforeSending
from .content_note import ContentNoteFields
from .words import AsksQuestions, LanguageField, PortalForm, Tick, WholeForm, WordsField


class EditForm(AsksBeforeSending, AsksQuestions, ContentNoteFields, WholeForm):
    """New words in place of the old ones, and the language that they are in."""

    language = LanguageField(required=False, label=_("The language you write in"))

    take_added_away = forms.BooleanField(required=False, label=_("Take away what the organizers added"), widget=Tick)

    def __init__(self, *args, response, **options):
        """response: what is changed. Its language stays unless its author chooses another one."""
        super().__init__(*args, conversation=response.conversation, response=response, **options)
        self.response = response
        self.fields["language"].widget.fallback = response.language
        if not response.is_noted_by_organizers:
            del self.fields["take_added_away"]
        self.mark_answers()

    def clean_language(self):
        # A list that was left without a choice says "", and is not the same as a page without the list.
        if self.data.get("language") == "":
            raise ValidationError(self.fields["language"].error_messages["required"], code="required")
        return self.cleaned_data["language"]

    @property
    def tells_readers(self):
        return super().tells_readers or self.response.is_noted_by_organizers

    @property
    def content(self):
        away = {"added_kinds": "", "added_note": ""} if self.cleaned_data.get("take_added_away") else {}
        return super().content | away

    def as_response(self):
        written_in = self.written_in or {"language": self.response.language}
        return Response(sharing=self.response.sharing, **written_in, **super().content)

    def words_asked_before(self):
        # With what organizers hide: its author has sent that too.
        written = [each.authors_text for each in self.response.answers.select_related("authors_words")]
        return {words for found in self.response.contact_words(written).values() for words in found}

    @property
    def written_in(self):
        """What a valid form says of the language; {} if it says nothing, so that the language stays."""
        told = {name: self.cleaned_data[name] for name in ("language", "language_name")}
        return told if told["language"] else {}


def _news_hint() -> str:
    return ngettext(
        "You get a message when there is news of your response, of the results or of the next conversation, at most "
        "one a day, and your words are never in it. We keep the address apart from the response, for %(days)s day at "
        "most; you can delete it at any time. Whoever reads your mail will know that you took part.",
        "You get a message when there is news of your response, of the results or of the next conversation, at most "
        "one a day, and your words are never in it. We keep the address apart from the response, for %(days)s days at "
        "most; you can delete it at any time. Whoever reads your mail will know that you took part.",
        CONTACT_DAYS,
    ) % {"days": CONTACT_DAYS}


class NewsEmailField(forms.EmailField):
    """An address for news, of a response unless label and hint say otherwise."""

    widget = forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"})
    default_error_messages = {
        "required": _("Write an e-mail address first."),
        "invalid": _("This is no e-mail address. Correct it, or leave it out."),
    }

    def __init__(self, **options):
        said = {"label": _("E-mail address for news of your response"), "help_text": lazy(_news_hint, str)()}
        # Without a length that a browser would cut the address at.
        super().__init__(max_length=None, **said | options)
        # Instead of the validators of Django's own field, which bring messages of their own.
        self.validators = [check_address]

    def to_python(self, value):
        return as_meant(super().to_python(value))


class NewsForm(PortalForm):
    email = NewsEmailField()


class ReplyForm(WholeForm):
    """What an author replies to a question of the organizers. inquiry: its key."""

    reply = WordsField(
        longest=LONGEST_ANSWER,
        label=_("Your reply"),
        help_text=_("Only the organizers read it. It is never published."),
        error_messages={"required": _("Write your reply first.")},
    )

    def __init__(self, inquiry, *args, **options):
        super().__init__(*args, **options)
        self.inquiry, self.top = inquiry, "inquiry"


class SayForm(WholeForm):
    """What an author says about `made`, a translation or quotation of their words. The button is in `action`.

    Each decision has its own form on the page, with only its own fields, so that the Enter key sends the decision whose
    field it is pressed in.
    """

    text = WordsField(longest=LONGEST_TRANSLATION, required=False, label=_("What it should say"))
    objection = WordsField(longest=LONGEST_ANSWER, required=False, widget=forms.TextInput)

    def __init__(self, made, data=None, *, typed=None):
        """typed: {name: text} that is not sent yet, only shown in another language of the page."""
        self.made, self.can_correct = made, isinstance(made, Translation)
        # Of the forms on the page, the one that its author is busy with.
        busy_with = data if data is not None else typed
        self.begun = busy_with and ("correct" if "text" in busy_with else "object")
        # A page can have several of these forms, so each needs its own ids.
        self.top = self.anchor = f"{made._meta.model_name}-{made.pk}"
        if data is not None:
            # An objection comes without the text, which is in another form on the page.
            data = {"text": getattr(made, "text", "")} | data.dict()
        super().__init__(data, initial=typed, auto_id=f"%s-{self.anchor}")
        text, objection = self.fields["text"], self.fields["objection"]
        objection.widget.attrs["autocomplete"] = "off"
        if self.can_correct:
            text.initial = made.text
            text.widget.attrs |= {"lang": made.language, "dir": language_of(made.language).direction}
            objection.label, objection.help_text = _("Or: what is wrong with it"), _("Optional. Translators read it.")
        else:
            objection.label, objection.help_text = _("What is wrong with it"), _("Optional. The organizers read it.")

    @property
    def begun_id(self):
        """The id of that form."""
        return f"{self.begun}-{self.anchor}"

    @property
    def verb(self):
        """What the author decides: agree, object or correct; "" if the page has no such button."""
        verb = self.data.get("action")
        return verb if verb in ("agree", "object") or (verb == "correct" and self.can_correct) else ""

    def say(self):
        """Carry it out. Raises ValidationError if that cannot be done."""
        if self.verb == "agree" and self.can_correct:
            self.made.agree()
        elif self.verb == "agree":
            self.made.agree(seen=self.data.get("seen") or None)
        elif self.verb == "object":
            self.made.refuse(self.cleaned_data["objection"])
        elif self.verb == "correct":
            Translation.objects.correct(self.made, self.cleaned_data["text"])
