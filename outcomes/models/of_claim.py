from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .problem import Problem
from .solution import Solution


class OfClaim(models.Model):
    """A row that belongs to a problem or to a solution, never to both."""

    problem = models.ForeignKey(
        Problem, verbose_name=_("problem"), on_delete=models.CASCADE, related_name="%(class)ss", null=True, blank=True
    )
    solution = models.ForeignKey(
        Solution, verbose_name=_("solution"), on_delete=models.CASCADE, related_name="%(class)ss", null=True, blank=True
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(problem__isnull=True) ^ models.Q(solution__isnull=True),
                name="%(class)s_of_one_claim",
            ),
        ]

    @property
    def claim(self) -> Any:
        """The problem or the solution."""
        return self.problem or self.solution
