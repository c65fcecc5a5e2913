from django.shortcuts import render
from django.views.decorators.http import require_safe

from outcomes.models import Statement
from outcomes.statistics import totals
from responses.models import Question


@require_safe
def home(request):
    """The invitation, the statement in brief, what has been said so far."""
    return render(
        request,
        "outcomes/home.html",
        {
            "questions": Question.objects.all(),
            "statement": Statement.objects.published().newest_first().first(),
            "totals": totals(),
        },
    )
