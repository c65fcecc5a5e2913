from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.languages import language_of
from responses.languages.text_matching import copy_key
from responses.models import Translation, Translator
from responses.models.answer import LONGEST_ANSWER, LONGEST_TRANSLATION

from .words import LanguageField, LanguageSelect, PortalForm, PortalRenderer, WholeForm, WordsField

# Characters. A note explains a word or a play on words; it is not a second text.
LONGEST_NOTE = 1_000


class TranslationForm(WholeForm):
    """A translator's wording of one answer."""

    top = "text"

    text = WordsField(
        longest=LONGEST_TRANSLATION,
        label=_("Your translation"),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write the translation first.")},
    )
    note = WordsField(
        longest=LONGEST_NOTE,
        required=False,
        label=_("Translator’s note"),
        help_text=_("Optional. What readers should know, such as a play on words; it is shown below your translation."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # The answer as the translator saw it. If it changes while they write, their translation is marked as outdated.
    source_text = WordsField(longest=LONGEST_ANSWER, label=_("Original"), widget=forms.Textarea(attrs={"hidden": True}))
    # Asked for only where a text is the same.
    copy = forms.BooleanField(required=False, label=_("It is right that it is the same as the original"))

    def __init__(self, *args, language, **options):
        super().__init__(*args, **options)
        for name in self.fields.keys() & {"text", "note"}:
            self.fields[name].widget.attrs |= {"lang": language, "dir": language_of(language).direction}
        self.fields["source_text"].widget.attrs |= {"aria-label": self.fields["source_text"].label}

    @property
    def source_hash(self):
        """Of the answer as the translator saw it."""
        return sha256_of(normalize_newlines(self.typed("source_text")))

    @property
    def is_copy(self):
        """Whether the translation is the same as the original; then a person has to say that it is right so."""
        return bool(self.typed("text")) and copy_key(self.typed("text")) == copy_key(self.typed("source_text"))

    def show_original(self, answer):
        """Put the answer where the page had something that the answer never read. Returns whether that was so."""
        if answer.as_it_read(normalize_newlines(self.typed("source_text"))) is not None:
            return False
        if self.is_bound:
            self.data = self.data.copy()
        (self.data if self.is_bound else self.initial)["source_text"] = answer.text
        return True

    def suggest(self, answer, language, translator):
        """Store the suggestion and return it. If that cannot be done, return None; the reason is among the errors."""
        if self.is_copy and not self.cleaned_data["copy"]:
            self.add_error("text", _("This is the same as the original. If that is right, such as for a name, say so."))
            return None
        try:
            return Translation.objects.suggest(
                answer,
                language,
                self.cleaned_data["text"],
                translator=translator,
                source_text=answer.as_it_read(self.cleaned_data["source_text"]),
                note=self.cleaned_data["note"],
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None


class TargetForm(PortalForm):
    """The language that a translator translates into."""

    language = LanguageField(label=_("Translate into"))


class KnownLanguageForm(PortalForm):
    """What a translator can do in one language. With neither box ticked, the language is removed."""

    language = LanguageField(
        label=_("Language"),
        widget=LanguageSelect(empty=_("Choose a language")),
        error_messages={"required": _("Choose a language."), "invalid": _("Choose a language.")},
    )
    reads = forms.BooleanField(required=False, initial=True, label=_("I read it"))
    writes = forms.BooleanField(required=False, label=_("I write it"))


class NamedForm(forms.ModelForm):
    default_renderer = PortalRenderer

    class Meta:
        model = Translator
        fields = ["is_named"]
        labels = {"is_named": _("Show my user name with my translations and reviews")}
        help_texts = {
            "is_named": _(
                "It goes for all that you have translated or reviewed, also earlier. Without it readers see that a "
                "volunteer translated, and not who reviewed; the organizers know who."
            )
        }
