from django.db import models
from django.utils.translation import gettext_lazy as _

from .affiliate import Affiliate


class GatheringQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on__isnull=True)


class Gathering(models.Model):
    """A local conversation that people answer at or after."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=190)
    affiliate = models.ForeignKey(
        Affiliate,
        verbose_name=_("affiliate"),
        on_delete=models.SET_NULL,
        related_name="gatherings",
        null=True,
        blank=True,
    )
    held_on = models.DateField(_("held on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=190, blank=True)
    host_note = models.TextField(_("the host's note"), blank=True)
    # By its host or an organizer: the invitation is gone, what was answered stays.
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["-held_on", "code"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="gathering_has_a_title"),
        ]

    def __str__(self):
        return self.code
