from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import new_code, sha256_of
from responses.validators import not_blank

from .affiliate import Affiliate


class GatheringQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on__isnull=True)

    def with_key(self, key):
        return self.filter(key_hash=sha256_of(key))

    def announce(self, key, **fields):
        """Announce a gathering, once. Its host finds it under the key; announcing it again returns the stored one."""
        try:
            with transaction.atomic():
                return self.create(code=new_code(), key_hash=sha256_of(key), **fields)
        except IntegrityError:
            # Sent twice from the same page. (In the rare case that the code was taken, this fails too.)
            return self.with_key(key).get()


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
    # Closed by its host or an organizer: the invitation is gone, the responses stay.
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    # How many responses have been sent at it, those withdrawn since among them. Its host sees this number at any
    # moment: if it fell when somebody withdrew, or told the size of a group, the host could find out who did what.
    sent = models.PositiveIntegerField(default=0, editable=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["-held_on", "code"]
        constraints = [
            models.CheckConstraint(condition=not_blank("title"), name="gathering_has_a_title"),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("gathering", args=[self.code])

    @property
    def is_closed(self):
        return self.closed_on is not None

    def count_one(self):
        """One more response was sent at it."""
        type(self).objects.filter(pk=self.pk).update(sent=models.F("sent") + 1)

    def close(self):
        """Close the invitation. The responses stay."""
        type(self).objects.open().filter(pk=self.pk).update(closed_on=timezone.localdate())
