from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from responses.forms.translate import TranslationForm
from responses.languages import language as language_of
from responses.languages import languages
from responses.models import Answer, Translation
from responses.models.translation import word_changes

# What one page of the desk lists; the oldest wait longest and come first.
DESK_LENGTH = 50


def translators_only(view):
    """Signed in, and in a group that translates or reviews translations; in a language that exists."""

    @wraps(view)
    def opened(request, *args, language=None, **kwargs):
        user = request.user
        if not (user.has_perm("responses.add_translation") or user.has_perm("responses.review_translation")):
            return render(request, "responses/translate_newcomer.html", {"contact": settings.CONTACT_EMAIL}, status=403)
        if language is not None:
            if language not in languages():
                raise Http404("No such language.")
            kwargs["language"] = language
        return view(request, *args, **kwargs)

    # Not "no-store": whoever goes back after a failed sending must find their words.
    return cache_control(private=True, no_cache=True)(login_required(opened))


@require_safe
@translators_only
def translate(request):
    """Where a translator chooses the language to translate into."""
    if (chosen := request.GET.get("language", "")) in languages():
        return redirect("translate_language", chosen)
    published = Answer.objects.published()
    written = dict(published.order_by().values_list("response__language").annotate(Count("pk")))
    translated = dict(
        Translation.objects.live()
        .current()
        .filter(answer__in=published)
        .order_by()
        .values_list("language")
        .annotate(Count("answer", distinct=True))
    )
    total = sum(written.values())
    known = sorted(
        {*written, *translated, request.LANGUAGE_CODE}, key=lambda code: language_of(code).autonym.casefold()
    )
    left = [(language_of(code), total - written.get(code, 0) - translated.get(code, 0)) for code in known]
    return render(request, "responses/translate.html", {"left": left})


@require_safe
@translators_only
def translate_language(request, language):
    """What is left to do in one language: what nobody has translated, and what waits for a second pair of eyes."""
    published = (
        Answer.objects.published().select_related("response", "question").order_by("response__accepted_on", "pk")
    )
    waiting = (
        Translation.objects.suggested()
        .filter(language=language, answer__in=Answer.objects.published())
        .select_related("answer__response", "answer__question", "translator")
    )
    return render(
        request,
        "responses/translate_language.html",
        {
            "language": language_of(language),
            "lacking": published.lacking_translation(language)[:DESK_LENGTH],
            "waiting": waiting[:DESK_LENGTH],
        },
    )


def _answers_to_translate(language):
    return Answer.objects.published().in_another_language_than(language).select_related("response", "question")


@require_http_methods(["GET", "HEAD", "POST"])
@translators_only
def translate_answer(request, pk, language):
    """The original and its question beside the translation."""
    answer = _answers_to_translate(language).filter(pk=pk).first()
    if answer is None:
        return _not_now(request)
    live = list(answer.translations.live().filter(language=language).select_related("translator"))
    mine = next((each for each in live if each.translator == request.user and not each.is_reviewed), None)
    reviewed = next((each for each in live if each.is_reviewed), None)
    objected = list(answer.translations.objected().filter(language=language).select_related("translator"))
    begun = mine or reviewed or next(iter(objected), None)
    form = TranslationForm(initial={"text": begun.text if begun else "", "source_text": answer.text})
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
