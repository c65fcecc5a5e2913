from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An answer stays reserved for somebody who translates it for this many hours.
RESERVATION_HOURS = 24


class Translator(models.Model):
    """How somebody who translates or reviews wants to be credited. Without a choice they are named."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="as_translator"
    )
    is_named = models.BooleanField(_("named beside what they translated and reviewed"), default=True)

    class Meta:
        verbose_name = _("translator")
        verbose_name_plural = _("translators")

    def __str__(self):
        return str(self.user)


class KnownLanguageQuerySet(models.QuerySet):
    def know(self, user, language, *, reads, writes):
        """Store what a user can do in a language. Somebody who neither reads nor writes it does not know it."""
        if reads or writes:
            self.update_or_create(user=user, language=language, defaults={"reads": reads, "writes": writes})
        else:
            self.filter(user=user, language=language).delete()


class KnownLanguage(models.Model):
    """A language that a translator reads, or writes, or both."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="known_languages"
    )
    language = models.CharField(_("language"), max_length=20)
    reads = models.BooleanField(_("reads"), default=False)
    writes = models.BooleanField(_("writes"), default=False)

    objects = KnownLanguageQuerySet.as_manager()

    class Meta:
        verbose_name = _("language of a translator")
        verbose_name_plural = _("languages of translators")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["user", "language"], name="one_row_a_language_somebody_knows"),
            models.CheckConstraint(
                condition=models.Q(reads=True) | models.Q(writes=True), name="known_language_is_read_or_written"
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.language})"


class ReservationQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: of somebody who can still sign in, and not over."""
        return self.filter(ends_at__gt=timezone.now(), user__is_active=True)

    def expired(self):
        return self.filter(ends_at__lte=timezone.now())

    @transaction.atomic
    def take(self, answer, language, user):
        """Reserve an answer for a day, so that others know. Taking it again prolongs the reservation.

        Others can still send a translation. Raises ValidationError while somebody else has reserved the answer, or if
        the answer is gone.
        """
        if not type(answer).objects.select_for_update().filter(pk=answer.pk).exists():
            raise ValidationError(_("The author has just withdrawn this answer."))
        here = self.filter(answer=answer, language=language)
        here.exclude(pk__in=self.standing().values("pk")).delete()
        reservation, _created = self.get_or_create(
            answer=answer, language=language, defaults={"user": user, "ends_at": timezone.now()}
        )
        if reservation.user_id != user.pk:
            raise ValidationError(_("Somebody else is translating this at the moment."))
        reservation.ends_at = timezone.now() + timedelta(hours=RESERVATION_HOURS)
        self.filter(pk=reservation.pk).update(ends_at=reservation.ends_at)
        return reservation


class Reservation(models.Model):
    """Somebody is translating an answer into a language, so that two people do not do the same."""

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="reservations"
    )
    language = models.CharField(_("language"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("translator"), on_delete=models.CASCADE, related_name="reservations"
    )
    ends_at = models.DateTimeField(_("ends at"))

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints = [
            models.UniqueConstraint(fields=["answer", "language"], name="one_reservation_an_answer_a_language")
        ]

    def __str__(self):
        return f"{self.answer} ({self.language})"
