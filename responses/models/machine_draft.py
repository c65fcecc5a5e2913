from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MachineDraftOrder(models.Model):
    """A draft that a translator has asked a machine for, until it is there or cannot be had."""

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="draft_orders"
    )
    language = models.CharField(_("language"), max_length=20)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    # How often the machine could not be reached, or would not.
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = _("order of a machine draft")
        verbose_name_plural = _("orders of machine drafts")
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "language"], name="one_order_an_answer_a_language")]

    def __str__(self):
        return f"{self.answer} ({self.language})"
