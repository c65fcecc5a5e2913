"""Where translators see what is needed most: by language, by gathering, by problem; and what waits for review."""

from collections import Counter
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from responses.forms.translate import KnownLanguageForm, NamedForm
from responses.languages import language as language_of
from responses.languages import languages
from responses.models import Answer, Claim, Gathering, KnownLanguage, Translation, Translator
from responses.word_changes import word_changes

# What one page of the desk lists; the oldest wait longest and come first.
DESK_LENGTH = 50


def translators_only(view):
    """Signed in, and in a group that translates or reviews translations; in a language that exists."""

    @wraps(view)
    def opened(request, *args, language=None, **kwargs):
        user = request.user
        if not user.is_authenticated:
            page = words_back(request, "responses/translate_signed_out.html", status=403)
            return page or redirect_to_login(request.get_full_path())
        if not (user.has_perm("responses.add_translation") or user.has_perm("responses.review_translation")):
            page = words_back(request, "responses/translate_signed_out.html", status=403)
            newcomer = {"contact": settings.CONTACT_EMAIL}
            return page or render(request, "responses/translate_newcomer.html", newcomer, status=403)
        if language is not None:
            if language not in languages():
                raise Http404("No such language.")
            kwargs["language"] = language
        return view(request, *args, **kwargs)

    # Not "no-store": whoever goes back after a failed sending must find their words.
    return cache_control(private=True, no_cache=True)(opened)


def words_back(request, template, *, status):
    """A page that gives a translator their words back, where these cannot be stored; None if there are none."""
    typed = {name: request.POST.get(name, "") for name in ("text", "note")}
    return render(request, template, typed, status=status) if any(typed.values()) else None


@require_safe
@translators_only
def translate(request):
    """Where a translator chooses what to translate into: the pairs of languages they know first."""
    if (chosen := request.GET.get("language", "")) in languages():
        return redirect("translate_language", chosen)
    published = Answer.objects.published()
    written = dict(published.order_by().values_list("response__language").annotate(Count("pk")))
    done = Translation.objects.live().current().by_people().filter(answer__in=published).order_by()
    translated = {
        (source, target): number
        for source, target, number in done.values_list("answer__response__language", "language").annotate(
            Count("answer", distinct=True)
        )
    }

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
    used = sorted(
        {*written, *(target for _source, target in translated), request.LANGUAGE_CODE},
        key=lambda code: language_of(code).autonym.casefold(),
    )
    return render(
        request,
        "responses/translate.html",
        {
            "left": [(language_of(code), left(code)) for code in used],
            "pairs": sorted(pairs, key=lambda pair: -pair[2]),
            "knows_any": bool(mine),
        },
    )


@require_safe
@translators_only
def translate_language(request, language):
    """What is left to do in one language: what nobody has translated, and what waits for a second pair of eyes."""
    return desk(request, language, Answer.objects.published())


def desk(request, language, published, *, about=None):
    """The desk of one language, for some of the published answers. about: the row that these have in common."""
    lacking = published.lacking_translation(language)
    waiting = Translation.objects.suggested().by_people().into_another_language().filter(language=language)
    # Of what is to be reviewed, the outdated is among what lacks a translation.
    to_review = published.filter(pk__in=waiting.current().values("answer"))
    sources, gatherings = (
        Counter(numbers(lacking, field)) + Counter(numbers(to_review, field))
        for lacking, to_review, field in (
            (lacking, to_review, "response__language"),
            (lacking.showing_group(), to_review.showing_group(), "response__gathering__code"),
        )
    )
    source, gathering = request.GET.get("from", ""), request.GET.get("gathering", "")
    # What was chosen stays in the list to choose from, even where nothing of it is left.
    chosen = {}
    if source in languages():
        chosen["response__language"], sources[source] = source, sources[source]
    if gathering and Gathering.objects.filter(code=gathering).exists():
        chosen["response__gathering__code"], gatherings[gathering] = gathering, gatherings[gathering]
        lacking, published = lacking.showing_group(), published.showing_group()
    claims = Claim.objects.standing().filter(language=language)
    work = (
        lacking.filter(**chosen)
        .alias(is_claimed=Exists(claims.filter(answer=OuterRef("pk")).exclude(user=request.user)))
        .select_related("response", "question")
        .prefetch_related(
            Prefetch("claims", claims, to_attr="standing_claims"),
            Prefetch(
                "translations",
                Translation.objects.live().by_people().outdated().filter(language=language).order_by("-created_at"),
                to_attr="outdated_translations",
            ),
        )
        .order_by("is_claimed", "response__accepted_on", "pk")[:DESK_LENGTH]
    )
    waiting = (
        waiting.filter(answer__in=published, **{f"answer__{name}": value for name, value in chosen.items()})
        .with_credit()
        .select_related("answer__response", "answer__question")
    )
    titles = dict(Gathering.objects.filter(code__in=gatherings).values_list("code", "title"))
    return render(
        request,
        "responses/translate_language.html",
        {
            "language": language_of(language),
            "about": about,
            "lacking": [(answer, _changes(answer), _is_taken(answer, request.user)) for answer in work],
            "waiting": waiting[:DESK_LENGTH],
            "sources": [(language_of(code), number) for code, number in sources.most_common()],
            "gatherings": [(code, titles[code], number) for code, number in gatherings.most_common()],
            "source": source,
            "gathering": gathering,
            "is_narrowed": bool(chosen),
        },
    )


def numbers(answers, field):
    """{value: number of answers}, the most first."""
    counted = answers.exclude(**{field: None}).order_by().values_list(field).annotate(n=Count("pk", distinct=True))
    return dict(counted.order_by("-n", field))


def _changes(answer):
    earlier = next(iter(answer.outdated_translations), None)
    return word_changes(earlier.source_text, answer.text) if earlier else None


def _is_taken(answer, user):
    return any(claim.user_id != user.pk for claim in answer.standing_claims)


@require_http_methods(["GET", "HEAD", "POST"])
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
