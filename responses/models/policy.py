from django.db import models
from django.utils.translation import gettext_lazy as _


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
        return str(self._meta.verbose_name)
