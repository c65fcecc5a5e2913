"""Hiding a passage of an answer, at the desk where it is reviewed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from responses.forms.words import WordsField
from responses.languages.passages import find_passage
from responses.models import Mask, Translation
from responses.models.answer import LONGEST_ANSWER, LONGEST_TRANSLATION

from .recusals import by_button

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
    prefetch_related_objects(answers, Prefetch("translations", _live()), Prefetch("masks", masks))
    for answer in answers:
        is_bound = bound is not None and bound.answer.pk == answer.pk
        answer.mask_form = bound if is_bound else MaskForm(answer, initial=_begun(request, answer))
        answer.mask_rows = [(mask, mask.can_be_taken_back_by(request.user)) for mask in answer.masks.all()]
    return answers


def _live():
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


class MasksWords:
    """For the desk of responses: two addresses, and what happens there."""

    def get_urls(self):
        verbs = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(verb), name=f"responses_response_{name}")
            for name, verb in (("mask", self.mask), ("unmask", self.unmask))
        ]
        return [*verbs, *super().get_urls()]

    def typed_words(self, request):
        return super().typed_words(request) | typed_into_masks(request)

    @by_button
    def mask(self, request, pk):
        response = self._to_review(request, pk)
        answers = response.answers.prefetch_related(Prefetch("translations", _live()))
        answer = next((each for each in answers if str(each.pk) == request.POST.get("answer")), None)
        if answer is None:
            raise Http404("The author has emptied this answer.")
        form = MaskForm(answer, request.POST)
        if form.is_valid():
            try:
                with transaction.atomic():
                    form.hide(request.user)
                    # Never the words, nor the reason: the log outlives a withdrawn response.
                    self.log_change(request, response, _("Words hidden"))
                done = _("The words are hidden, in their copies too. For an hour you can show them again.")
                return self._after_masking(request, response, done, used=form.prefix)
            except ValidationError as refusal:
                # The page shows what has changed, so the next attempt is about that.
                answer.refresh_from_db(fields=["text"])
                again = request.POST.copy()
                again[f"{form.prefix}-seen"] = answer.fingerprint
                form = MaskForm(answer, again)
                form.add_error(None, refusal)
        return self._read(request, response, mask_form=form)

    @by_button
    def unmask(self, request, pk):
        """Show words again that one has hidden by mistake."""
        response = self._to_review(request, pk)
        masks = Mask.objects.filter(answer__response=response).select_related("answer__response")
        mask = next((each for each in masks if str(each.pk) == request.POST.get("mask")), None)
        try:
            if mask is None:
                raise ValidationError(_("This is not hidden any more."))
            with transaction.atomic():
                mask.take_back(by=request.user)
                self.log_change(request, response, _("Hidden words shown again"))
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return self._read(request, response)
        return self._after_masking(request, response, _("The words are shown again."))

    def _after_masking(self, request, response, done, used="-"):
        """The same response, to go on with; with all that was typed into other fields of the page."""
        self.message_user(request, done, messages.SUCCESS)
        request.POST = request.POST.copy()
        for name in [name for name in request.POST if name.startswith(used)]:
            del request.POST[name]
        stored = {"note": response.note_to_author, "added_note": response.added_note}
        typed = {name: words for name, words in self.typed_words(request).items() if words != stored.get(name)}
        if typed:
            return self._read(request, response)
        return redirect(self._within(request, response))
