"""The form for hiding a passage of an answer, and what is typed into it."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from responses.forms.words import WordsField
from responses.languages.passages import find_passage
from responses.models import Mask, Translation
from responses.models.answer import LONGEST_ANSWER, LONGEST_TRANSLATION

# All forms of the page of a response are one (see read.html).
_FORM = {"form": "verbs"}


def _passage(longest, **options):
    return WordsField(longest=longest, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"} | _FORM), **options)


def _hidden(field):
    field.widget.attrs |= _FORM
    return field


class MaskForm(forms.Form):
    """A passage of an answer to hide, and what says the same in its translations."""

    seen = _hidden(forms.CharField(required=False, widget=forms.HiddenInput))
    start = _hidden(forms.IntegerField(required=False, widget=forms.HiddenInput))
    quote = _passage(LONGEST_ANSWER, required=False, label=_("Words to hide"))
    reason = _passage(
        LONGEST_ANSWER,
        label=_("Reason"),
        help_text=_("The author reads it on their page. Write in a language they understand."),
        error_messages={"required": _("Say why: the author reads the reason.")},
    )

    def __init__(self, answer, data=None, *, initial=None):
        super().__init__(data, prefix=f"mask-{answer.pk}", initial={"seen": answer.fingerprint} | (initial or {}))
        self.answer = answer
        # `with_masks` has read them for all answers of a page.
        self.translations = {f"in-{each.pk}-": each for each in answer.translations.all()}
        for name in self.translations:
            self.fields[f"{name}quote"] = _passage(
                LONGEST_TRANSLATION, required=False, label=_("What says the same in this translation")
            )
            self.fields[f"{name}start"] = _hidden(forms.IntegerField(required=False, widget=forms.HiddenInput))

    @property
    def is_begun(self):
        """Whether somebody is at work on it: the page shows it open then."""
        return self.is_bound or any(self[name].value() for name in self.fields if name != "seen")

    @property
    def in_translations(self):
        """[(translation, name of its fields, the field for the passage, the field for its place)]"""
        return [
            (each, self.add_prefix(name), self[f"{name}quote"], self[f"{name}start"])
            for name, each in self.translations.items()
        ]

    def clean(self):
        told = super().clean()
        self.passage = self._found("", self.answer.text)
        said = [(name, each) for name, each in self.translations.items() if told.get(f"{name}quote")]
        self.passages = {each.pk: self._found(name, each.text) for name, each in said}
        return told

    def _found(self, name, text):
        """The passage of a text that was typed into the fields with this name."""
        try:
            return find_passage(
                text, self.cleaned_data.get(f"{name}quote", ""), start=self.cleaned_data.get(f"{name}start")
            )
        except ValidationError as refusal:
            self.add_error(f"{name}quote", refusal)
            return None

    def hide(self, by):
        told = self.cleaned_data
        self.answer.mask(
            self.passage.start,
            self.passage.end,
            told["reason"],
            by=by,
            seen=told["seen"],
            in_translations=self.passages,
        )


def with_masks(request, answers, bound=None):
    """The answers of a page, each with the form for hiding words in it and with what is hidden.

    bound: a form that came back with a fault. `?mask=<start>-<end>&answer=<id>` chooses a passage.
    """
    masks = Mask.objects.select_related("masked_by")
    prefetch_related_objects(answers, Prefetch("translations", live_translations()), Prefetch("masks", masks))
    for answer in answers:
        is_bound = bound is not None and bound.answer.pk == answer.pk
        answer.mask_form = bound if is_bound else MaskForm(answer, initial=_begun(request, answer))
        answer.mask_rows = [(mask, mask.can_be_taken_back_by(request.user)) for mask in answer.masks.all()]
    return answers


def live_translations():
    return Translation.objects.live()


def _begun(request, answer):
    """What is typed into the form of an answer and not sent, or chosen by the button beside what was found."""
    prefix = f"mask-{answer.pk}-"
    typed = {name.removeprefix(prefix): words for name, words in request.POST.items() if name.startswith(prefix)}
    # The page shows the words as they read now.
    typed.pop("seen", None)
    first, _dash, last = request.GET.get("mask", "").partition("-")
    if request.GET.get("answer") != str(answer.pk) or not (first.isdecimal() and last.isdecimal()):
        return typed
    # Longer ones are outside of every text.
    start, end = int(first[:9]), int(last[:9])
    return typed | {"start": start, "quote": answer.text[start:end]}


def typed_into_masks(request) -> dict[str, str]:
    """{name of a field: words} of what is typed into these forms."""
    return {
        name: words
        for name, words in request.POST.items()
        if name.startswith("mask-") and name.endswith(("-quote", "-reason")) and words.strip()
    }


def names_in_masks(request) -> list[set[str]]:
    """The names of all fields of these forms that were sent, form by form."""
    forms: dict[str, set[str]] = {}
    for name in request.POST:
        if name.startswith("mask-"):
            forms.setdefault(name.split("-")[1], set()).add(name)
    return list(forms.values())
