from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .recusal import AboutResponses

# A response stays reserved for somebody who reviews it for this many minutes.
RESERVATION_MINUTES = 20


class ReviewReservationQuerySet(AboutResponses):
    def standing(self):
        """Those that count: of somebody who can still sign in, and not over."""
        return self.filter(ends_at__gt=timezone.now(), user__is_active=True)

    def expired(self):
        return self.filter(ends_at__lte=timezone.now())

    @transaction.atomic
    def take(self, response, user):
        """Reserve a response, so that other reviewers get another one. Taking it again prolongs the reservation.

        Returns the reservation; None if somebody else is reading the response. They can still decide about it.
        """
        of_others = self.standing().exclude(user=user)
        self.filter(response=response).exclude(pk__in=of_others.values("pk")).delete()
        ends_at = timezone.now() + timedelta(minutes=RESERVATION_MINUTES)
        # Whoever takes it at the same moment is waited for, and then was first.
        self.bulk_create([self.model(response=response, user=user, ends_at=ends_at)], ignore_conflicts=True)
        return self.filter(response=response, user=user).first()

    def take_first(self, responses, user):
        """Reserve the first of these responses that nobody else is reading, and return it; None if there is none."""
        of_others = self.standing().exclude(user=user).filter(response=models.OuterRef("pk"))
        free = responses.exclude(models.Exists(of_others))
        # Somebody may take the first one at this moment: then it is free no more, and the one behind it is the first.
        while (response := free.first()) and not self.take(response, user):
            pass
        return response


class ReviewReservation(models.Model):
    """A reviewer is reading a response, so that the next reviewer gets another one."""

    response = models.OneToOneField("responses.Response", on_delete=models.CASCADE, related_name="review_reservation")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_reservations")
    ends_at = models.DateTimeField(_("ends at"))

    objects = ReviewReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation of a reviewer")
        verbose_name_plural = _("reservations of reviewers")

    def __str__(self):
        return str(self.response)
