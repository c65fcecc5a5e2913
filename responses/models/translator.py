from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So long a text that somebody has begun to translate is marked as theirs.
HOURS_CLAIMED = 24


class Translator(models.Model):
    """How somebody who translates wants to be credited. Who has chosen nothing is named."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="as_translator"
    )
    is_named = models.BooleanField(_("named beside their translations"), default=True)

    class Meta:
        verbose_name = _("translator")
        verbose_name_plural = _("translators")

    def __str__(self):
        return str(self.user)


class KnownLanguageQuerySet(models.QuerySet):
    def know(self, user, language, *, reads, writes):
        """What a user can do in a language; who neither reads nor writes it does not know it."""
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


class ClaimQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ends_at__gt=timezone.now())

    def past(self):
        return self.filter(ends_at__lte=timezone.now())

    @transaction.atomic
    def take(self, answer, language, user):
        """Let others know for a day that somebody translates this. Taking it again prolongs it.

        It keeps nobody from sending a translation. Raises ValidationError while it is somebody else's, or when the
        answer is gone.
        """
        if not type(answer).objects.select_for_update().filter(pk=answer.pk).exists():
            raise ValidationError(_("The author has just withdrawn this answer."))
        self.past().filter(answer=answer, language=language).delete()
        claim, _created = self.get_or_create(
            answer=answer, language=language, defaults={"user": user, "ends_at": timezone.now()}
        )
        if claim.user_id != user.pk:
            raise ValidationError(_("Somebody else is translating this at the moment."))
        claim.ends_at = timezone.now() + timedelta(hours=HOURS_CLAIMED)
        self.filter(pk=claim.pk).update(ends_at=claim.ends_at)
        return claim


class Claim(models.Model):
    """Somebody is translating an answer into a language, so that two people do not do the same."""

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="claims"
    )
    language = models.CharField(_("language"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("translator"), on_delete=models.CASCADE, related_name="claims"
    )
    ends_at = models.DateTimeField(_("ends at"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [models.UniqueConstraint(fields=["answer", "language"], name="one_claim_an_answer_a_language")]

    def __str__(self):
        return f"{self.answer} ({self.language})"
