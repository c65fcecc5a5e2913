from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from outcomes.marked_passages import marked_passages
from outcomes.models import Evidence, Problem, Quotation, Statement
from outcomes.statement_changes import changes
from outcomes.statistics import with_understood


def with_clauses(statements, quotations):
    """Versions, each with all that its page shows. quotations: those that may be shown beside the clauses."""
    problems = Prefetch("clauses__problems", queryset=Problem.objects.published())
    return statements.prefetch_related("clauses", problems, Prefetch("clauses__quotations", queryset=quotations))


def for_page(statement):
    """What the template of the page shows of a version. Each of its quotations gets its `marked` passage."""
    clauses = statement.clauses.all() if statement else []
    with_understood([statement, *clauses] if statement else [])
    if quotations := [each for clause in clauses for each in clause.quotations.all()]:
        quoted = Evidence.objects.settled().filter(pk__in=[each.evidence_id for each in quotations])
        shown = {marked.evidence.pk: marked for marked in marked_passages(quoted, get_language())}
        for each in quotations:
            each.marked = shown.get(each.evidence_id)
    if statement is None:
        return {"statement": None}
    versions = list(Statement.objects.published().newest_first())
    return {
        "statement": statement,
        "problems_behind": statement.problems_behind.published(),
        "solutions_behind": statement.solutions_behind.published(),
        "responses_behind": statement.responses_behind.published().order_by("code"),
        "versions": versions,
        "latest": versions[0] if statement.is_published and versions[0] != statement else None,
    }


@require_safe
def statement(request):
    """The latest statement that is published."""
    return render(request, "outcomes/statement.html", for_page(_published().first()))


@require_safe
def statement_version(request, version):
    if (found := _published().filter(version=version).first()) is None:
        raise Http404("No such statement.")
    return render(request, "outcomes/statement.html", for_page(found))


@require_safe
def statement_changes(request, version):
    """What a version changed in the one that it was made from."""
    made = Statement.objects.published().filter(made_from__in=Statement.objects.published())
    found = get_object_or_404(made.select_related("made_from"), version=version)
    context = {"statement": found, "changes": changes(found.made_from, found, get_language())}
    return render(request, "outcomes/statement_changes.html", context)


def _published():
    return with_clauses(Statement.objects.published().newest_first(), Quotation.objects.published())
