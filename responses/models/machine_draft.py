from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .recusal import AboutResponses


class PolicyManager(models.Manager):
    def current(self):
        return self.filter(pk=1).first() or Policy(pk=1)


class Policy(models.Model):
    """What the organizers have decided for the whole portal: one row."""

    shows_machine_drafts = models.BooleanField(
        _("readers see machine drafts"),
        default=False,
        help_text=_(
            "Where nobody has translated an answer, readers get the draft of a machine below the original, marked as "
            "such, from the day on which its author has had time to object. Translators see drafts in any case."
        ),
    )

    objects = PolicyManager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policy")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_policy")]

    def __str__(self):
        return str(capfirst(self._meta.verbose_name))


class MachineDraftOrderQuerySet(AboutResponses):
    to_response = "answer__response"


class MachineDraftOrder(models.Model):
    """A request for a machine draft. It is deleted when the draft is made, or cannot be made."""

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="draft_orders"
    )
    language = models.CharField(_("language"), max_length=20)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    # How often the machine has been asked so far.
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, validators=[MinValueValidator(0)])

    objects = MachineDraftOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order of a machine draft")
        verbose_name_plural = _("orders of machine drafts")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at", "id"], name="draft_orders_due")]
        constraints = [models.UniqueConstraint(fields=["answer", "language"], name="one_order_an_answer_a_language")]

    def __str__(self):
        return f"{self.answer} ({self.language})"
