"""Where translators see what is needed most: by language, by gathering, by problem; and what waits for review."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from responses.forms.translate import KnownLanguageForm, NamedForm, TargetForm
from responses.languages import UNLISTED, by_autonym, language_of, languages
from responses.models import Answer, KnownLanguage, Translation, Translator
from responses.translation_desk import TranslationDesk

from .decorators import read_or_post, translators_only


@require_safe
@translators_only
def translate(request):
    """Where a translator chooses a language to translate into, with the pairs of languages they know first."""
    if (chosen := request.GET.get("language", "")) in languages():
        return redirect("translate_language", chosen)
    published = Answer.objects.for_desk_of(request.user)
    written = published.count_by("response__language")
    done = Translation.objects.live().current().by_people().filter(answer__in=published)
    translated = done.count_by_pair()

    def left(target, sources=written):
        return sum(written[each] - translated.get((each, target), 0) for each in sources if each != target)

    mine = list(KnownLanguage.objects.filter(user=request.user))
    pairs = [
        (language_of(source.language), language_of(target.language), left(target.language, [source.language]))
        for target in mine
        if target.writes
        for source in mine
        if source.reads and source.language in written and source.language != target.language
    ]
    used = {*written, *(target for _source, target in translated), request.LANGUAGE_CODE} - {UNLISTED}
    context = {
        "form": TargetForm(),
        "left": [(language_of(code), left(code)) for code in sorted(used, key=by_autonym)],
        "pairs": sorted(pairs, key=lambda pair: -pair[2]),
        "knows_any": bool(mine),
    }
    return render(request, "responses/translate.html", context)


@require_safe
@translators_only
def translate_language(request, language):
    """What is left to do in one language: what nobody has translated, and what somebody else has to review."""
    chosen = {"source": request.GET.get("from", ""), "gathering": request.GET.get("gathering", "")}
    desk = TranslationDesk(request.user, language_of(language), Answer.objects.published(), **chosen)
    return render(request, "responses/translate_language.html", {"desk": desk})


@read_or_post
@translators_only
def my_languages(request):
    """Which languages a translator reads and writes, and whether they are named."""
    named = Translator.objects.filter(user=request.user).first() or Translator(user=request.user)
    form, naming = KnownLanguageForm(), NamedForm(instance=named)
    if request.POST.get("action") == "naming":
        naming = NamedForm(request.POST, instance=named)
        if naming.is_valid():
            naming.save()
            return redirect("my_languages")
    elif request.method == "POST":
        form = KnownLanguageForm(request.POST)
        if form.is_valid():
            KnownLanguage.objects.know(request.user, **form.cleaned_data)
            return redirect("my_languages")
    known = [(language_of(each.language), each) for each in KnownLanguage.objects.filter(user=request.user)]
    return render(request, "responses/my_languages.html", {"form": form, "naming": naming, "known": known})
