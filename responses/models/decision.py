"""What reviewers decide about a response, and what is asked of its author."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.validators import is_blank, not_blank

from .decline_reason import DeclineReason
from .recusal import AboutResponses
from .review_reservation import ReviewReservation
from .sharing import Sharing


class Status(models.TextChoices):
    """What has become of a response."""

    SUBMITTED = "submitted", _("Waiting for review")
    ASKED = "asked", _("Waiting for the author’s reply")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Decided(models.Model):
    """What has become of a response, and the verbs of reviewers that change it."""

    ACCEPTABLE = (Status.SUBMITTED, Status.DECLINED, Status.ASKED)
    DECLINABLE = (Status.SUBMITTED, Status.ACCEPTED, Status.ASKED)
    EDITABLE = (Status.SUBMITTED, Status.ACCEPTED, Status.DECLINED, Status.ASKED)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUBMITTED)
    submitted_on = models.DateField(_("received on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    declined_on = models.DateField(_("declined on"), null=True, blank=True)
    decline_reason = models.TextField(_("reason for declining"), blank=True)
    declined_for = models.ForeignKey(
        DeclineReason,
        verbose_name=_("standard reason for declining"),
        on_delete=models.PROTECT,
        related_name="declined",
        null=True,
        blank=True,
    )
    note_to_author = models.TextField(_("note to the author"), blank=True)
    noted_on = models.DateField(_("note written on"), null=True, blank=True)
    # Whether readers could see it at some time.
    was_published = models.BooleanField(default=False, editable=False)

    objects: Any
    answers: Any

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="response_status_is_known"),
            models.CheckConstraint(
                condition=models.Q(status=Status.ACCEPTED, accepted_on__isnull=False)
                | ~models.Q(status=Status.ACCEPTED) & models.Q(accepted_on__isnull=True),
                name="response_accepted_has_its_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.DECLINED)
                | ~models.Q(decline_reason="")
                | models.Q(declined_for__isnull=False),
                name="response_declined_has_a_reason",
            ),
        ]

    @property
    def is_acceptable(self):
        return self.status in self.ACCEPTABLE

    @property
    def is_declinable(self):
        return self.status in self.DECLINABLE

    @property
    def is_editable(self):
        return self.status in self.EDITABLE

    @property
    def is_waiting(self):
        return self.status == Status.SUBMITTED

    @property
    def is_declined(self):
        return self.status == Status.DECLINED

    @property
    def is_withdrawn(self):
        return self.status == Status.WITHDRAWN

    @transaction.atomic
    def accept(self, *, seen=None, on=None):
        """Publish it on the author's terms.

        seen: the fingerprint of what the reviewer read. Raises ValidationError if the author has changed the response
        since, or another reviewer has dealt with it.
        """
        self._check_seen(seen)
        self._move(
            self.ACCEPTABLE,
            Status.ACCEPTED,
            accepted_on=on or timezone.localdate(),
            declined_on=None,
            decline_reason="",
            was_published=self.was_published or self.sharing != Sharing.ORGANIZERS,
        )

    @transaction.atomic
    def decline(self, reason, *, seen=None, on=None):
        """Keep it from the public, for a reason that its author reads.

        seen: as in `accept`. Raises ValidationError also if the reason is blank.
        """
        self._check_seen(seen)
        if is_blank(reason):
            raise ValidationError(_("Say why: the author reads the reason."))
        self._move(
            self.DECLINABLE,
            Status.DECLINED,
            accepted_on=None,
            declined_on=on or timezone.localdate(),
            decline_reason=reason,
        )

    @transaction.atomic
    def note(self, text, *, seen=None, on=None):
        """Leave a few words for the author, who reads them on their page. An empty text removes the note.

        seen: as in `accept`.
        """
        self._check_seen(seen)
        text = "" if is_blank(text) else text.strip()
        noted_on = (on or timezone.localdate()) if text else None
        self._move(self.EDITABLE, self.status, note_to_author=text, noted_on=noted_on)

    @transaction.atomic
    def tell_readers(self, added_kinds, added_note, *, seen=None):
        """Tell readers beforehand what the words speak of, beside what the author says. It stands there at once.

        added_kinds: as `in_order` returns them. added_note: own words, in the language of the response. With both empty
        organizers add nothing any more. seen: as in `accept`.
        """
        self._check_seen(seen)
        self._move(self.EDITABLE, self.status, added_kinds=added_kinds, added_note=added_note)

    def lock(self, **expected):
        """Until the transaction ends, it is not withdrawn: whoever withdraws waits. Raises ValidationError if it was.

        expected: fields, and the values that it must still have.
        """
        standing = type(self).objects.not_withdrawn().select_for_update().filter(pk=self.pk, **expected)
        if not standing.exists():
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))

    def _check_seen(self, seen, *, by_author=False):
        """Raises ValidationError if anything has changed: nobody decides about a state that they have not seen.

        by_author: only words and details count, because what reviewers do stops no author.
        """
        if seen is None:
            return
        now = type(self).objects.select_for_update().get(pk=self.pk).fingerprint
        if seen.partition(".")[0] != now.partition(".")[0]:
            raise ValidationError(_("This response has been changed since you opened it. Compare, then go on."))
        if seen != now and not by_author:
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))

    def _move(self, sources, status, **changes):
        """Change the status. Raises ValidationError if the row does not have one of the `sources` any more."""
        changes["status"] = status
        if not type(self).objects.filter(pk=self.pk, status__in=sources).update(**changes):
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))
        for name, value in changes.items():
            setattr(self, name, value)
        if status != Status.SUBMITTED:
            ReviewReservation.objects.filter(response=self.pk).delete()
        # The answers have the day as well, so that an index can find those to work on.
        self.answers.exclude(accepted_on=self.accepted_on).update(accepted_on=self.accepted_on)


class DecisionQuerySet(AboutResponses):
    pass


class Decision(models.Model):
    """The last decision of reviewers about a response: for an hour it can be undone, and no mail tells of it."""

    response = models.OneToOneField("responses.Response", on_delete=models.CASCADE, related_name="decision")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    # {field: value} of what it changed, as it was before.
    before = models.JSONField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self):
        return str(self.response)


class InquiryQuerySet(AboutResponses):
    def unanswered(self):
        return self.filter(replied_on=None)


class Inquiry(models.Model):
    """What organizers ask the author of a response before they decide, and the reply. Readers never see it."""

    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="inquiries"
    )
    text = models.TextField(_("question to the author"))
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    reply = models.TextField(_("reply of the author"), blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to an author")
        verbose_name_plural = _("questions to authors")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=not_blank("text"), name="inquiry_is_not_blank"),
            models.UniqueConstraint(
                fields=["response"], condition=models.Q(replied_on__isnull=True), name="one_open_inquiry_a_response"
            ),
        ]

    def __str__(self):
        # Never words: this ends up in the admin's log.
        return str(self.response)
