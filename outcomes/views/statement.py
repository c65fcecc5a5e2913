from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from outcomes.marked_passages import marked_passages
from outcomes.models import Evidence, Problem, Quotation, Statement
from outcomes.statistics import with_understood


def _with_clauses():
    problems = Prefetch("clauses__problems", queryset=Problem.objects.published())
    quotations = Prefetch("clauses__quotations", queryset=Quotation.objects.published())
    return Statement.objects.published().newest_first().prefetch_related("clauses", problems, quotations)


@require_safe
def statement(request):
    """The latest statement that is published."""
    return _page(request, _with_clauses().first())


@require_safe
def statement_version(request, version):
    if (found := _with_clauses().filter(version=version).first()) is None:
        raise Http404("No such statement.")
    return _page(request, found)


def _page(request, statement):
    """The statement, or a page that says that there is none. Each quotation gets its `marked` passage."""
    clauses = statement.clauses.all() if statement else []
    with_understood([statement, *clauses] if statement else [])
    if quotations := [each for clause in clauses for each in clause.quotations.all()]:
        quoted = Evidence.objects.settled().filter(pk__in=[each.evidence_id for each in quotations])
        shown = {marked.evidence.pk: marked for marked in marked_passages(quoted, get_language())}
        for each in quotations:
            each.marked = shown.get(each.evidence_id)
    return render(request, "outcomes/statement.html", {"statement": statement})
