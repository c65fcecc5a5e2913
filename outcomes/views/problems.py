from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from outcomes.models import Evidence, Problem, Solution, Statement
from outcomes.voices import voices

# Passages on one problem's page, the latest first.
EVIDENCE_LENGTH = 50


@require_safe
def problems(request):
    published = Count("evidence", filter=Q(evidence__in=Evidence.objects.published()))
    found = Problem.objects.published().annotate(passages=published)
    return render(request, "outcomes/problems.html", {"problems": found})


@require_safe
def problem(request, slug):
    """One problem: its clauses, its solutions, and the voices that speak to it, in the reader's language."""
    found = get_object_or_404(Problem.objects.published(), slug=slug)
    evidence = found.evidence.published().newest_first()
    return render(
        request,
        "outcomes/problem.html",
        {
            "problem": found,
            "solutions": Solution.objects.published().filter(problems=found),
            "clauses": found.clauses.filter(statement__in=Statement.objects.published()).select_related("statement"),
            "voices": voices(evidence[:EVIDENCE_LENGTH], get_language()),
            "count": evidence.count(),
        },
    )
