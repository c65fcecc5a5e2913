from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

# Days from one letter to the next.
LETTER_DAYS = 7

_SALT = "no more letters to an organizer"


class OrganizerLetterQuerySet(models.QuerySet):
    def of(self, user):
        """Somebody's letter, as it is without a choice of theirs if nothing is stored yet."""
        return self.filter(user=user).first() or self.model(user=user)

    def work_in(self, user, language):
        """Somebody works at the desks in an interface language."""
        self.update_or_create(user=user, defaults={"desk_language": language})

    def choose(self, user, *, language, is_wanted):
        """Store an organizer's choice. language: "" for the one that they last used at the desks."""
        self.update_or_create(user=user, defaults={"language": language, "is_wanted": is_wanted})

    def with_stop_token(self, token):
        """The letter that a link stops. Raises BadSignature if we did not make that link."""
        return self.filter(user=signing.loads(token, salt=_SALT))

    def wanted(self):
        return self.filter(is_wanted=True)

    def stop(self):
        self.update(is_wanted=False)


class OrganizerLetter(models.Model):
    """The letter that tells an organizer what waits at the desks: in which language, and whether they want it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="organizer_letter",
    )
    is_wanted = models.BooleanField(_("send me the letter"), default=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    # The language of the page on which they signed in, or the one that they chose at the desks since.
    desk_language = models.CharField(max_length=20, default=settings.LANGUAGE_CODE, editable=False)
    # The day on which it was last looked up whether something waits, and the day of the last letter that was sent.
    tried_on = models.DateField(null=True, editable=False)
    sent_on = models.DateField(_("last letter on"), null=True, editable=False)

    objects = OrganizerLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to you")
        verbose_name_plural = _("letters to you")

    def __str__(self):
        return str(self.user)

    @property
    def name_in_log(self) -> str:
        return str(self.user_id)

    @property
    def spoken(self) -> str:
        """The interface language that it is written in."""
        return next(
            each
            for each in (self.language, self.desk_language, settings.LANGUAGE_CODE)
            if each in dict(settings.LANGUAGES)
        )

    @property
    def stop_token(self):
        """The token in the link that stops the letter. It gives access to nothing else."""
        return signing.dumps(self.user_id, salt=_SALT)

    def is_due(self, today: date) -> bool:
        was_tried = self.tried_on is not None and self.tried_on >= today
        was_sent = self.sent_on is not None and self.sent_on > today - timedelta(days=LETTER_DAYS)
        return self.is_wanted and not was_tried and not was_sent

    def take(self, today: date) -> bool:
        """Store that it is tried today, before anything is looked up or sent.

        False if another process has just done that. If the power fails then, it is sent tomorrow.
        """
        OrganizerLetter.objects.get_or_create(user=self.user)
        same = OrganizerLetter.objects.wanted().filter(user=self.user_id, tried_on=self.tried_on, sent_on=self.sent_on)
        return bool(same.update(tried_on=today))

    def sent(self, today: date) -> None:
        OrganizerLetter.objects.filter(user=self.user_id).update(sent_on=today)

    def give_back(self, today: date) -> None:
        """It could not be sent: the next run tries again."""
        OrganizerLetter.objects.filter(user=self.user_id, tried_on=today).update(tried_on=self.tried_on)
