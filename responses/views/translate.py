from itertools import chain

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from responses import machine
from responses.forms.translate import TranslationForm
from responses.languages import language as language_of
from responses.models import Answer, Claim
from responses.models.glossary import glossary
from responses.word_changes import word_changes

from .translators_desk import translators_only, words_back


def _answers_to_translate(language):
    return Answer.objects.published().in_another_language_than(language).select_related("response", "question")


@require_http_methods(["GET", "HEAD", "POST"])
@translators_only
def translate_answer(request, pk, language):
    """The original and its question beside the translation. All its buttons bring along what is typed."""
    answer = _answers_to_translate(language).filter(pk=pk).first()
    if answer is None:
        # Perhaps its author is changing it.
        if page := words_back(request, "responses/translate_not_now.html", status=409):
            return page
        raise Http404("No such answer to translate.")
    live = list(answer.translations.live().filter(language=language).with_credit())
    objected = list(answer.translations.objected().filter(language=language).with_credit())
    begun = _begun(request.user, live, objected)
    form = TranslationForm(initial=_beginning(answer, begun))
    if request.method == "POST" and request.user.has_perm("responses.add_translation"):
        action = request.POST.get("action")
        if action in ("switch", *_ERRANDS):
            form = TranslationForm(initial=request.POST.dict())
            _run(request, action, answer, language)
        else:
            form = TranslationForm(request.POST)
            if form.is_valid() and (suggestion := form.suggest(answer, language, request.user)):
                return _sent(request, suggestion)
    # What an earlier translation was made from, unless the answer has changed while this one is written.
    made_from = form.typed.get("source_text", "").replace("\r\n", "\n")
    if made_from == answer.text and begun:
        made_from = begun.source_text
    return render(
        request,
        "responses/translate_answer.html",
        {
            "answer": answer,
            "language": language_of(language),
            "form": form,
            "changes": word_changes(made_from, answer.text) if made_from != answer.text else None,
            "reviewed": next((each for each in live if each.is_reviewed), None),
            "objected": objected,
            "suggestions": [each for each in live if not each.is_reviewed and each.translator != request.user],
            "begun_by_machine": begun is not None and begun.is_machine_draft and form.typed.get("text") == begun.text,
            "offers_machine_draft": machine.is_available()
            and Answer.objects.filter(pk=pk).lacking_draft(language).exists(),
            "is_ordered": machine.is_available() and answer.draft_orders.filter(language=language).exists(),
            "claim": Claim.objects.standing().filter(answer=answer, language=language).first(),
            "terms": glossary(answer.text, answer.response.language, language),
        },
    )


def _begun(user, live, objected):
    """What a translator goes on from: their own, else the reviewed one, the author's, one to mend, or a machine's."""
    mine = (each for each in live if each.translator == user and not each.is_reviewed)
    reviewed = (each for each in live if each.is_reviewed)
    by_author = (each for each in live if each.is_by_author)
    drafts = (each for each in live if each.is_machine_draft)
    return next(chain(mine, reviewed, by_author, objected, drafts), None)


def _beginning(answer, begun):
    return {"source_text": answer.text} | ({"text": begun.text, "note": begun.note} if begun else {})


_ERRANDS = ("take", "release", "draft")


def _run(request, errand, answer, language):
    """Take the text for a day, so that two people do not do the same; give it back; ask a machine for a draft."""
    if errand == "release":
        answer.claims.filter(language=language, user=request.user).delete()
    elif errand == "take":
        try:
            Claim.objects.take(answer, language, request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    elif machine.is_available() and Answer.objects.filter(pk=answer.pk).lacking_draft(language).exists():
        machine.order(answer, language)


def _sent(request, suggestion):
    if suggestion.is_outdated:
        messages.warning(
            request,
            _("Stored. But the author has changed the answer meanwhile: look at it again before it is reviewed."),
        )
        return redirect("translate_answer", suggestion.answer_id, suggestion.language)
    messages.success(request, _("Thank you. Your translation now waits for somebody else to review it."))
    return redirect("translate_language", suggestion.language)


@require_POST
@translators_only
def review_translation(request, pk, language, suggestion):
    answer = get_object_or_404(_answers_to_translate(language), pk=pk)
    if not request.user.has_perm("responses.review_translation"):
        raise PermissionDenied
    suggestions = answer.translations.suggested().filter(language=language)
    suggestion = get_object_or_404(suggestions, pk=suggestion)
    try:
        suggestion.review(by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("translate_answer", pk, language)
    _say_when_it_is_public(request, suggestion)
    return redirect("translate_language", language)


def _say_when_it_is_public(request, translation):
    if translation.public_on:
        messages.success(request, _("Reviewed. Readers see it in a week, unless its author objects."))
    else:
        messages.success(request, _("Reviewed. Readers see it when its author agrees."))


@require_POST
@translators_only
def still_correct(request, pk, language, translation):
    """The answer has changed, and the reviewed translation says it all the same."""
    answer = get_object_or_404(_answers_to_translate(language), pk=pk)
    if not request.user.has_perm("responses.review_translation"):
        raise PermissionDenied
    reviewed = get_object_or_404(answer.translations.reviewed().filter(language=language), pk=translation)
    try:
        reviewed.still_correct(by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        _say_when_it_is_public(request, reviewed)
    return redirect("translate_answer", pk, language)
