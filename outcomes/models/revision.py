"""What a claim was before: its addresses and its words; and which of its words organizers have said to code with."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
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
    """How a problem or solution, with which anybody may have coded, read before an organizer changed its meaning."""

    number = models.PositiveIntegerField(_("number"))
    # {column: text}, in all languages of the interface.
    words = models.JSONField(_("words"))
    # Whether readers could read them.
    was_public = models.BooleanField(default=True, editable=False)
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


class SignOffQuerySet(models.QuerySet):
    @transaction.atomic
    def sign_off(self, claim, *, by, seen):
        """An organizer says to code with a claim as it reads now. Safe to repeat: the first one stays.

        seen: the `fingerprint` of the claim that they read. Raises ValidationError if it reads otherwise, or is gone.
        """
        now = claim.locked()
        if now.fingerprint != seen:
            raise ValidationError(
                _("Somebody else has reworded it since you opened this page. Read it again, then sign it off.")
            )
        signed, _is_new = self.get_or_create(**{now.kind(): now}, revision=now.revision, defaults={"signed_by": by})
        return signed


class SignOff(OfClaim):
    """An organizer has said: this revision is what we code with."""

    revision = models.PositiveIntegerField(_("revision"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed off by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    signed_at = models.DateTimeField(_("signed off at"), default=timezone.now, editable=False)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-revision"]
        constraints = [
            *OfClaim.Meta.constraints,
            models.UniqueConstraint(fields=["problem", "revision"], name="one_sign_off_a_revision_of_a_problem"),
            models.UniqueConstraint(fields=["solution", "revision"], name="one_sign_off_a_revision_of_a_solution"),
        ]

    def __str__(self):
        return f"{self.claim} ({self.revision})"
