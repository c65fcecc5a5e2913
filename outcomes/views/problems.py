from django.db.models import Prefetch, StringAgg, Value, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from outcomes.models import Problem, Solution, Statement, Topic
from outcomes.statistics import with_passages
from outcomes.voices import voices
from responses.languages import language_of
from responses.models import Answer
from responses.translation_desk import TranslationDesk
from responses.views.decorators import translators_only

# Passages on one page of a problem, the latest first.
PAGE_LENGTH = 50


@require_safe
def problems(request):
    found = with_passages(Problem.objects.published())
    return render(request, "outcomes/problems.html", {"problems": found, "topics": Topic.objects.without_problem()})


@require_safe
def problem(request, slug):
    """One problem: its clauses, its solutions, and the voices that speak to it, in the reader's language."""
    found = next(iter(with_passages(Problem.objects.published().filter(slug=slug))), None)
    if found is None:
        return _moved(request, "problem", slug)
    evidence = found.evidence.published().once().newest_first()
    if after := request.GET.get("after", ""):
        if not (after.isascii() and after.isdigit() and len(after) < 19):
            raise Http404("No such place in the list.")
        evidence = evidence.after(get_object_or_404(found.evidence, pk=after))
    originals = request.GET.get("show") == "originals"
    shown = voices(evidence[: PAGE_LENGTH + 1], get_language(), originals=originals)
    return render(
        request,
        "outcomes/problem.html",
        {
            "problem": found,
            "solutions": Solution.objects.published().filter(problems=found),
            "clauses": found.clauses.filter(statement__in=Statement.objects.published()).select_related("statement"),
            "voices": shown[:PAGE_LENGTH],
            "originals": originals,
            "next": shown[PAGE_LENGTH - 1] if len(shown) > PAGE_LENGTH else None,
        },
    )


def _moved(request, name, slug, *rest):
    """To the present address of a problem that had this slug before."""
    found = get_object_or_404(Problem.objects.published(), formerslugs__slug=slug)
    address = reverse(name, args=[found.slug, *rest])
    page = redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address, permanent=True)
    # Browsers would keep it for ever; but the problem may get its slug back.
    page.headers["Cache-Control"] = "no-cache"
    return page


@require_safe
@translators_only
def translate_problem(request, slug, language):
    """What translators can do so that more people read the voices behind one problem."""
    problem = Problem.objects.published().filter(slug=slug).first()
    if problem is None:
        return _moved(request, "translate_problem", slug, language)
    behind = Answer.objects.published().filter(pk__in=problem.evidence.published().values("answer"))
    chosen = {"source": request.GET.get("from", ""), "gathering": request.GET.get("gathering", "")}
    desk = TranslationDesk(request.user, language_of(language), behind, **chosen)
    return render(request, "responses/translate_language.html", {"desk": desk, "about": problem})


@require_safe
def solutions(request):
    problems = Prefetch("problems", queryset=Problem.objects.published())
    found = Solution.objects.published().prefetch_related(problems)
    # Links to a solution under its former slug still find their place on the page.
    found = found.annotate(former=StringAgg("formerslugs__slug", delimiter=Value(" ")))
    if any(solution.revision > 1 for solution in found):
        prefetch_related_objects(found, "revisions")
    return render(request, "outcomes/solutions.html", {"solutions": found})
