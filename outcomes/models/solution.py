from django.db import models
from django.utils.translation import gettext_lazy as _

from .claim import Claim
from .problem import Problem


class Progress(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    STARTED = "started", _("Started")
    DONE = "done", _("Done")


class Solution(Claim):
    """What the conference proposes against one or more problems."""

    Progress = Progress

    problems = models.ManyToManyField(Problem, verbose_name=_("problems"), related_name="solutions", blank=True)
    progress = models.CharField(_("progress"), max_length=10, choices=Progress, default=Progress.PROPOSED)
    is_next_step = models.BooleanField(_("a most critical next step"), default=False)

    class Meta(Claim.Meta):
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        constraints = [
            *Claim.Meta.constraints,
            models.CheckConstraint(condition=models.Q(progress__in=Progress.values), name="solution_progress_is_known"),
        ]
