from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_safe

from outcomes.models import Problem, Solution


@require_safe
def solutions(request):
    problems = Prefetch("problems", queryset=Problem.objects.published())
    found = Solution.objects.published().prefetch_related(problems)
    return render(request, "outcomes/solutions.html", {"solutions": found})
