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

from .translators_desk import translators_only


def _answers_to_translate(language):
    return Answer.objects.published().in_another_language_than(language).select_related("response", "question")


@require_http_methods(["GET", "HEAD", "POST"])
@translators_only
def translate_answer(request, pk, language):
    """The original and its question beside the translation."""
    answer = _answers_to_translate(language).filter(pk=pk).first()
    if answer is None:
        return _not_now(request)
    live = list(answer.translations.live().filter(language=language).with_credit())
    mine = next((each for each in live if each.translator == request.user and not each.is_reviewed), None)
    reviewed = next((each for each in live if each.is_reviewed), None)
    objected = list(answer.translations.objected().filter(language=language).with_credit())
    draft = next((each for each in live if each.is_machine_draft), None)
    begun = mine or reviewed or next(iter(objected), None) or draft
    form = TranslationForm(
        initial={"text": begun.text, "note": begun.note, "source_text": answer.text}
        if begun
        else {"source_text": answer.text}
    )
    source_text = begun.source_text if begun else answer.text
    if request.method == "POST":
        source_text = request.POST.get("source_text", "").replace("\r\n", "\n")
        if request.POST.get("action") == "switch":
            form = TranslationForm(initial=request.POST.dict())
        elif request.user.has_perm("responses.add_translation"):
            form = TranslationForm(request.POST)
            if form.is_valid() and form.suggest(answer, language, request.user):
                messages.success(request, _("Thank you. Your translation now waits for somebody else to review it."))
                return redirect("translate_language", language)
    return render(
        request,
        "responses/translate_answer.html",
        {
            "answer": answer,
            "language": language_of(language),
            "form": form,
            "changes": word_changes(source_text, answer.text) if source_text != answer.text else None,
            "reviewed": reviewed,
            "objected": objected,
            "suggestions": [each for each in live if not each.is_reviewed and each != mine],
            "begun_by_machine": draft is not None and begun == draft,
            "offers_machine_drafts": machine.is_available() and request.user.has_perm("responses.add_translation"),
            "is_ordered": answer.draft_orders.filter(language=language).exists() if machine.is_available() else False,
            "claim": Claim.objects.standing().filter(answer=answer, language=language).first(),
            "terms": glossary(answer.text, answer.response.language, language),
        },
    )


def _not_now(request):
    """The answer is not public (any more): perhaps its author is changing it. What was typed is given back."""
    typed = request.POST.get("text", "")
    if not typed:
        raise Http404("No such answer to translate.")
    return render(request, "responses/translate_not_now.html", {"typed": typed}, status=409)


@require_POST
@translators_only
def claim_translation(request, pk, language):
    """One's own for a day, so that two people do not do the same; or given back."""
    answer = get_object_or_404(_answers_to_translate(language), pk=pk)
    if not request.user.has_perm("responses.add_translation"):
        raise PermissionDenied
    if request.POST.get("action") == "release":
        answer.claims.filter(language=language, user=request.user).delete()
    else:
        try:
            Claim.objects.take(answer, language, request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    return redirect("translate_answer", pk, language)


@require_POST
@translators_only
def order_draft(request, pk, language):
    """A machine's draft, to start from; it comes within the hour."""
    answer = get_object_or_404(_answers_to_translate(language), pk=pk)
    if not request.user.has_perm("responses.add_translation"):
        raise PermissionDenied
    if not machine.is_available():
        raise Http404("No machine.")
    machine.order(answer, language)
    return redirect("translate_answer", pk, language)


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
