from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from outcomes.models import Problem, Quotation, Statement


def _with_clauses():
    problems = Prefetch("clauses__problems", queryset=Problem.objects.published())
    quotations = Prefetch(
        "clauses__quotations",
        queryset=Quotation.objects.published().select_related(
            "evidence__answer__response",
            "evidence__translation__translator__as_translator",
            "evidence__translation__answer__response",
        ),
    )
    return Statement.objects.published().newest_first().prefetch_related("clauses", problems, quotations)


@require_safe
def statement(request):
    """The latest statement that is published."""
    return render(request, "outcomes/statement.html", {"statement": _with_clauses().first()})


@require_safe
def statement_version(request, version):
    return render(
        request, "outcomes/statement.html", {"statement": get_object_or_404(_with_clauses(), version=version)}
    )
