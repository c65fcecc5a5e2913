from itertools import chain

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from responses import machine_translation
from responses.forms.translate import TranslationForm
from responses.languages import language_of
from responses.languages.text_diff import word_changes
from responses.models import Answer, Reservation, Translation
from responses.models.organizer_text import glossary
from responses.next_at_desk import next_at_desk
from responses.translation_checks import check
from responses.validators import is_blank

from .decorators import not_at_the_desk, read_or_post, translators_only


def _answers_to_translate(language, user):
    return Answer.objects.for_desk_of(user).in_another_language_than(language).select_related("response", "question")


@read_or_post
@translators_only
def translate_answer(request, pk, language):
    """The original and its question beside the translation. All buttons of its form keep what is typed."""
    answer = _answers_to_translate(language, request.user).filter(pk=pk).first()
    if answer is None:
        return not_at_the_desk(request, pk)
    there = _Translations(answer, language, request.user)
    form = TranslationForm(initial=there.beginning(), language=language)
    if request.method == "POST" and request.user.has_perm("responses.add_translation"):
        action = request.POST.get("action")
        if action in (*_KEEPING, *_ERRANDS):
            form = TranslationForm(initial=request.POST.dict(), language=language)
            form.show_original(answer)
            if action in _ERRANDS:
                _run(request, action, answer, language)
        else:
            form = TranslationForm(request.POST, language=language)
            if form.show_original(answer):
                said = _("The original reads otherwise than your page had it. Read it again, then send your text.")
                form.add_error(None, said)
            elif form.is_valid() and (suggestion := form.suggest(answer, language, request.user)):
                return _sent(request, suggestion)
    terms = glossary(answer.text, answer.response.language, language)
    there.check_suggestions(terms)
    return render(
        request,
        "responses/translate_answer.html",
        {
            "answer": answer,
            "language": language_of(language),
            "form": form,
            "copy_id": _copy_id(pk, language),
            "there": there,
            "changes": there.changes_since(normalize_newlines(form.typed("source_text"))),
            "begun_by_machine": there.is_machine_draft(form.typed("text")),
            "offers_machine_draft": machine_translation.is_available() and there.lacks_draft(),
            "is_ordered": machine_translation.is_available() and answer.draft_orders.filter(language=language).exists(),
            "reservation": Reservation.objects.standing().filter(answer=answer, language=language).first(),
            "skip_to": _after(answer, language, request.user) if answer.response.is_noted else "",
            "terms": terms,
            "checked": there.checked(form.typed("text"), terms),
        },
    )


def _after(answer, language, user):
    behind = _answers_to_translate(language, user).lacking_translation(language).of_the_next_response(answer)
    return next_at_desk(behind, "translate_answer", "translate_language", language)


class _Translations:
    """The translations of an answer into a language, as one translator sees them."""

    def __init__(self, answer, language, user):
        self.answer, self.language = answer, language
        live = list(answer.translations.live().filter(language=language).with_credit())
        self.objected = list(answer.translations.objected().filter(language=language).with_credit())
        self.reviewed = next((each for each in live if each.is_reviewed), None)
        suggested = [each for each in live if not each.is_reviewed]
        self.suggestions = [each for each in suggested if each.translator != user]
        for each in self.suggestions:
            each.seen = each.fingerprint_beside(self.reviewed)
        mine = [each for each in suggested if each.translator == user]
        by_author = [each for each in live if each.is_by_author]
        drafts = [each for each in live if each.is_machine_draft]
        reviewed = [self.reviewed] if self.reviewed else []
        # What a translator continues from: the best that there is.
        self.begun = next(chain(mine, reviewed, by_author, self.objected, drafts), None)

    def beginning(self):
        """What the form shows first."""
        begun = {"text": self.begun.text, "note": self.begun.note} if self.begun else {}
        return {"source_text": self.answer.text} | begun

    def changes_since(self, source_text):
        """What has changed in the answer since the translation was made, or since the form was opened; or None.

        source_text: the answer as it was when the form was opened.
        """
        if source_text == self.answer.text and self.begun:
            source_text = self.begun.source_text
        return word_changes(source_text, self.answer.text) if source_text != self.answer.text else None

    def checked(self, text, terms):
        """What a machine notices about a translation; None if there is nothing in it yet."""
        source = self.answer.response.language
        return None if is_blank(text) else check(self.answer.text, text, source, self.language, terms)

    def check_suggestions(self, terms):
        for each in self.suggestions:
            each.checked = self.checked(each.text, terms)

    def is_machine_draft(self, text):
        """Whether a text is a machine's draft, not changed yet."""
        return self.begun is not None and self.begun.is_machine_draft and self.begun.text == text

    def lacks_draft(self):
        return Answer.objects.filter(pk=self.answer.pk).lacking_draft(self.language).exists()


_ERRANDS = ("take", "release", "draft")
# What shows the page anew with all that is typed, and does nothing else.
_KEEPING = ("switch", "check", "confirm")


def _run(request, errand, answer, language):
    """Reserve the answer for a day, release it, or ask a machine for a draft."""
    if errand == "release":
        answer.reservations.filter(language=language, user=request.user).delete()
    elif errand == "take":
        try:
            Reservation.objects.take(answer, language, request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    elif machine_translation.is_available() and Answer.objects.filter(pk=answer.pk).lacking_draft(language).exists():
        machine_translation.order(answer, language)


def _copy_id(answer_id, language):
    """The name under which a browser keeps its own copy of a translator's words."""
    return f"translation-{answer_id}-{language}"


def _sent(request, suggestion):
    # The browser deletes its copy of the words now.
    stored = _copy_id(suggestion.answer_id, suggestion.language)
    if suggestion.is_outdated:
        messages.warning(
            request,
            _("Stored. But the author has changed the answer meanwhile: look at it again before it is reviewed."),
            extra_tags=stored,
        )
        return redirect("translate_answer", suggestion.answer_id, suggestion.language)
    said = _("Thank you. Your translation now waits for somebody else to review it.")
    messages.success(request, said, extra_tags=stored)
    return redirect("translate_language", suggestion.language)


@require_POST
@translators_only
def review_translation(request, pk, language, suggestion):
    is_done = _carry_out(Translation.review, request, pk, language, suggestion)
    return redirect("translate_language", language) if is_done else redirect("translate_answer", pk, language)


@require_POST
@translators_only
def still_correct(request, pk, language, translation):
    """The answer has changed, but the reviewed translation is still correct."""
    _carry_out(Translation.still_correct, request, pk, language, translation)
    return redirect("translate_answer", pk, language)


def _carry_out(verb, request, pk, language, translation) -> bool:
    """Whether a reviewer could do it. The page that follows says when readers see it, or why not."""
    answer = get_object_or_404(_answers_to_translate(language, request.user), pk=pk)
    if not request.user.has_perm("responses.review_translation"):
        raise PermissionDenied
    # Of any status: if somebody else was faster, the reviewer is told so.
    made = get_object_or_404(answer.translations.filter(language=language), pk=translation)
    try:
        verb(made, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    if verb == Translation.still_correct:
        # The row has only who reviewed it last.
        said = gettext_noop("It is still correct")
        LogEntry.objects.log_actions(request.user.pk, [made], CHANGE, change_message=said, single_object=True)
    _say_when_it_is_public(request, made)
    return True


def _say_when_it_is_public(request, translation):
    if translation.public_on:
        said = _("Reviewed. Readers see it on %(day)s, unless its author objects.")
        messages.success(request, said % {"day": formats.date_format(translation.public_on)})
    else:
        messages.success(request, _("Reviewed. Readers see it when its author agrees."))
