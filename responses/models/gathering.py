from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import key_of, new_code, new_submission, sha256_of
from responses.validators import not_blank

from .affiliate import Affiliate
from .conversation import Conversation, is_over


class LostInvitation(models.TextChoices):
    """Why the invitation to a gathering does not count for somebody who answers. The page words it."""

    UNKNOWN = "unknown"  # there is none with this code
    ELSEWHERE = "elsewhere"  # it was to another conversation
    CLOSED = "closed"

    @classmethod
    def to(cls, gathering, conversation):
        """gathering: the one of its code, or None. conversation: the one that is answered."""
        if gathering is None:
            return cls.UNKNOWN
        return cls.CLOSED if gathering.conversation_id == conversation.pk else cls.ELSEWHERE


class GatheringQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on__isnull=True)

    def with_key(self, key):
        return self.filter(key_hash=sha256_of(key))

    def with_late_key(self, key):
        """The gathering whose late sheets are typed in by a link, as long as that is valid; otherwise None."""
        found = self._with_late_key(key)
        return found if found and found.takes_late_sheets else None

    def with_ended_late_key(self, key):
        """The gathering whose late sheets were typed in by this link, if its last day is over; otherwise None."""
        found = self._with_late_key(key)
        return found if found and not found.takes_late_sheets else None

    def _with_late_key(self, key):
        return self.filter(late_key_hash=sha256_of(key)).select_related("conversation").first() if key else None

    def announce(self, key, *, conversation=None, **fields):
        """Announce a gathering, once. Its host finds it under the key; announcing it again returns the stored one.

        conversation: the one that its guests answer, by default the current one. Raises ValidationError if that is
        closed.
        """
        conversation = conversation or Conversation.objects.current()
        if conversation.is_closed:
            if announced := self.with_key(key).first():
                return announced
            raise ValidationError(_("The conversation is closed, so no gathering can be announced for it."))
        try:
            with transaction.atomic():
                return self.create(code=new_code(), key_hash=sha256_of(key), conversation=conversation, **fields)
        except IntegrityError:
            # Sent twice from the same page. (In the rare case that the code was taken, this fails too.)
            return self.with_key(key).get()


class Gathering(models.Model):
    """A local conversation that people answer at or after."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, verbose_name=_("conversation"), on_delete=models.PROTECT, related_name="gatherings"
    )
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
    # Sheets of paper that arrive after the conversation are typed in by a link of the organizers, until a day.
    late_key_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    late_until = models.DateField(_("late sheets until"), null=True, blank=True, editable=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["-held_on", "code"]
        indexes = [
            models.Index(fields=["-held_on", "code"], name="gatherings_newest"),
            models.Index(fields=["conversation", "-held_on", "code"], name="gatherings_in_a_conversation"),
        ]
        constraints = [
            models.CheckConstraint(condition=not_blank("title"), name="gathering_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(late_key_hash__isnull=True, late_until__isnull=True)
                | models.Q(late_key_hash__isnull=False, late_until__isnull=False),
                name="gathering_link_for_late_sheets_has_its_day",
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("gathering", args=[self.code])

    @property
    def is_closed(self):
        return self.closed_on is not None

    @property
    def takes_late_sheets(self) -> bool:
        """Whether sheets of paper can still be typed in by the organizers' link."""
        return self.late_until is not None and not is_over(self.late_until)

    @property
    def needs_late_link(self) -> bool:
        """Whether there is a last day on which its sheets can be typed in by the organizers' link alone."""
        closes_on = self.conversation.closes_on
        is_longer = closes_on is not None and self.late_until is not None and self.late_until > closes_on
        return self.takes_late_sheets and (self.is_closed or is_longer)

    def take_late_sheets(self, until) -> str:
        """Make the link by which late sheets can be typed in until a day, and return its key.

        It replaces an earlier one. The key is not stored here; drafts that were saved by the link have it, so that they
        can be sent by it. Raises ValidationError if the day is over.
        """
        key = key_of(new_submission())
        self._take_late_sheets(until, late_key_hash=sha256_of(key))
        return key

    def move_late_day(self, until):
        """Let the link for late sheets end on another day. It works again if its day was over, with the drafts by it.

        Raises ValidationError if the day is over.
        """
        self._take_late_sheets(until)

    def _take_late_sheets(self, until, **key):
        if is_over(until):
            raise ValidationError(_("This day is over."))
        now = {"late_until": until, **key}
        type(self).objects.filter(pk=self.pk).update(**now)
        for name, value in now.items():
            setattr(self, name, value)

    def end_late_sheets(self):
        """From now on nothing can be typed in by the link for late sheets. What was typed in by it stays."""
        type(self).objects.filter(pk=self.pk).update(late_key_hash=None, late_until=None)
        self.late_key_hash = self.late_until = None

    def count_one(self):
        """One more response was sent at it."""
        type(self).objects.filter(pk=self.pk).update(sent=models.F("sent") + 1)

    def close(self):
        """Close the invitation. The responses stay."""
        type(self).objects.open().filter(pk=self.pk).update(closed_on=timezone.localdate())
