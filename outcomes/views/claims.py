"""Problems and solutions: their lists, the page of each with the voices behind it, and the translators' desk for it."""

from django.db.models import Prefetch, StringAgg, Value, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from outcomes.marked_passages import marked_passages
from outcomes.models import Problem, Solution, Statement, Topic
from outcomes.statistics import with_understood, with_voices
from responses.languages import language_of
from responses.models import Answer
from responses.numbers_no_row_has import is_id
from responses.translation_desk import TranslationDesk
from responses.views.decorators import by_conversation, translators_only

# Passages on one page of a claim, the latest first.
PAGE_LENGTH = 50


@require_safe
@by_conversation
def problems(request, conversations, conversation):
    """All problems, with the voices of all conversations or, with `conversation`, of one of them."""
    context = {
        "problems": with_voices(Problem.objects.published(), conversation),
        "topics": Topic.objects.without_problem(),
        "conversation": conversation,
        "conversations": conversations,
    }
    return render(request, "outcomes/problems.html", context)


@require_safe
@by_conversation
def problem(request, slug, conversations, conversation):
    """One problem: its clauses, its solutions, and the voices that speak to it, in the reader's language."""
    found = _with_voices(Problem, slug, conversation)
    if found is None:
        return _moved(request, Problem, "problem", slug)
    context = {
        "problem": found,
        "solutions": Solution.objects.published().filter(problems=found),
        "clauses": found.clauses.filter(statement__in=Statement.objects.published())
        .select_related("statement")
        .order_by("-statement__published_at", "statement", "position"),
    }
    return render(request, "outcomes/problem.html", context | _said(request, found, conversations, conversation))


@require_safe
@by_conversation
def solutions(request, conversations, conversation):
    """The same for the solutions."""
    problems = Prefetch("problems", queryset=Problem.objects.published())
    found = Solution.objects.published().prefetch_related(problems)
    # Links to a solution under its former slug still find their place on the page.
    found = with_voices(found.annotate(former=StringAgg("formerslugs__slug", delimiter=Value(" "))), conversation)
    if any(solution.revision > 1 for solution in found):
        prefetch_related_objects(found, "revisions")
    context = {"solutions": found, "conversation": conversation, "conversations": conversations}
    return render(request, "outcomes/solutions.html", context)


@require_safe
@by_conversation
def solution(request, slug, conversations, conversation):
    """One solution: the problems it is against, and the voices that speak to it, in the reader's language."""
    found = _with_voices(Solution, slug, conversation)
    if found is None:
        return _moved(request, Solution, "solution", slug)
    context = {"solution": found, "problems": found.problems.published()}
    return render(request, "outcomes/solution.html", context | _said(request, found, conversations, conversation))


@require_safe
@translators_only
def translate_problem(request, slug, language):
    """What translators can do so that more people read the voices behind one problem."""
    return _desk(request, Problem, "translate_problem", slug, language)


@require_safe
@translators_only
def translate_solution(request, slug, language):
    """The same for a solution."""
    return _desk(request, Solution, "translate_solution", slug, language)


def _with_voices(kind, slug, conversation):
    found = with_voices(kind.objects.published().filter(slug=slug), conversation)
    with_understood(found)
    return next(iter(found), None)


def _said(request, claim, conversations, conversation):
    """What both pages of a claim show of what people said: in one conversation, or in all of these."""
    evidence = claim.evidence.published().once().newest_first()
    if conversation:
        evidence = evidence.filter(answer__response__conversation=conversation)
    if after := request.GET.get("after", ""):
        if not is_id(after):
            raise Http404("No such place in the list.")
        evidence = evidence.after(get_object_or_404(claim.evidence.settled(), pk=after))
    originals = request.GET.get("show") == "originals"
    shown = marked_passages(evidence[: PAGE_LENGTH + 1], get_language(), originals=originals)
    return {
        "claim": claim,
        "conversation": conversation,
        "conversations": conversations,
        "passages": shown[:PAGE_LENGTH],
        "originals": originals,
        "next": shown[PAGE_LENGTH - 1] if len(shown) > PAGE_LENGTH else None,
    }


def _desk(request, kind, name, slug, language):
    claim = kind.objects.published().filter(slug=slug).first()
    if claim is None:
        return _moved(request, kind, name, slug, language)
    behind = Answer.objects.published().filter(pk__in=claim.evidence.published().values("answer"))
    chosen = {"source": request.GET.get("from", ""), "gathering": request.GET.get("gathering", "")}
    desk = TranslationDesk(request.user, language_of(language), behind, **chosen)
    return render(request, "responses/translate_language.html", {"desk": desk, "about": claim})


def _moved(request, kind, name, slug, *rest):
    """To the present address of a problem or solution that had this slug before."""
    found = get_object_or_404(kind.objects.published(), formerslugs__slug=slug)
    address = reverse(name, args=[found.slug, *rest])
    page = redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address, permanent=True)
    # Browsers would keep it for ever; but the claim may get its slug back.
    page.headers["Cache-Control"] = "no-cache"
    return page
