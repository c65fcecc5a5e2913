"""What a claim was before: its addresses, and its words."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .of_claim import OfClaim


class FormerSlug(OfClaim):
    """A slug that a published problem or solution had before: links with it still lead there."""

    slug = models.SlugField(_("slug"))

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [
            *OfClaim.Meta.constraints,
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(problem__isnull=False), name="former_slug_of_one_problem"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(solution__isnull=False), name="former_slug_of_one_solution"
            ),
        ]

    def __str__(self):
        return self.slug


class Revision(OfClaim):
    """How a published problem or solution read before an organizer changed its meaning."""

    number = models.PositiveIntegerField(_("number"))
    # {column: text}, in all languages of the interface.
    words = models.JSONField(_("words"))
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    replaced_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            *OfClaim.Meta.constraints,
            models.UniqueConstraint(fields=["problem", "number"], name="one_revision_of_a_problem_a_number"),
            models.UniqueConstraint(fields=["solution", "number"], name="one_revision_of_a_solution_a_number"),
        ]

    def __str__(self):
        return f"{self.claim} ({self.number})"
