"""What reviewers decide about a response, and what is asked of its author."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.validators import is_blank, not_blank

from .contact import Contact
from .decline_reason import DeclineReason
from .mask import as_author_wrote
from .moderation import Moderated, ModerationTally
from .recusal import AboutResponses, rows_about
from .review_reservation import ReviewReservation
from .sharing import Sharing
from .translation import Translation

# So long a decision can be undone, and nobody is told of it by mail.
UNDO_TIME = timedelta(hours=1)

SAY_WHY = _("Say why: the author reads the reason.")
SAY_WHAT = _("Write your question: the author reads it.")
NOT_OFFERED = _("This reason is not offered any more. Choose another one.")
NOT_ASKED = _("The organizers do not wait for a reply to this question any more.")


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
    ASKABLE = (Status.SUBMITTED,)
    # What a decision changes, and undoing it puts back. That readers could see it for some minutes stays true.
    DECIDED = ("status", "accepted_on", "declined_on", "decline_reason", "declined_for_id")

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
    is_sample: Any
    sharing: Any
    answers: Any
    check_hides_nothing_in: Any
    without_hidden_words: Any
    reading_requests: Any
    inquiries: Any
    check_looked_at: Any

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
    def is_askable(self):
        return self.status in self.ASKABLE

    @property
    def is_waiting(self):
        return self.status == Status.SUBMITTED

    @property
    def is_asked(self):
        return self.status == Status.ASKED

    @property
    def is_declined(self):
        return self.status == Status.DECLINED

    @property
    def is_withdrawn(self):
        return self.status == Status.WITHDRAWN

    @property
    def is_counted(self):
        """Whether public numbers may count what is done about it: it is no sample, and not for the organizers only."""
        return not self.is_sample and self.sharing != Sharing.ORGANIZERS

    @property
    def open_inquiry(self):
        """The question to its author that organizers wait for a reply to; None if they do not wait."""
        return self.inquiries.unanswered().first() if self.is_asked else None

    @property
    def undoable_decision(self):
        """The last decision about it, as long as that can be undone; otherwise None."""
        return Decision.objects.undoable().filter(response=self.pk).select_related("decided_by").last()

    @transaction.atomic
    def accept(self, *, by=None, seen=None, looked_at=None, on=None):
        """Publish it on the author's terms.

        by: the reviewer. For an hour it can be undone then; without a reviewer, as for samples, it is final. seen: the
        fingerprint of what the reviewer read. looked_at: the keys of the flags that the reviewer has looked at; if it
        or `seen` is given, none may be open then. Raises ValidationError if one is, if the author has changed the
        response since, or if another reviewer has dealt with it.
        """
        self.check_seen(seen)
        if seen is not None or looked_at is not None:
            self.check_looked_at(looked_at or (), by=by)
        self._decide(
            by,
            self.ACCEPTABLE,
            Status.ACCEPTED,
            accepted_on=on or timezone.localdate(),
            declined_on=None,
            decline_reason="",
            declined_for=None,
            was_published=self.was_published or self.sharing != Sharing.ORGANIZERS,
        )
        ModerationTally.objects.note(Moderated.ACCEPTED, self)

    @transaction.atomic
    def decline(self, reason="", *, declined_for=None, by=None, seen=None, on=None):
        """Keep it from the public, for a reason that its author reads.

        reason: in the reviewer's own words. declined_for: one that the organizers have worded for everybody. One of
        the two is enough. by, seen: as in `accept`. Raises ValidationError also if there is no reason, or if the one
        that was chosen is not offered any more.
        """
        self.check_seen(seen)
        self.lock()
        reason = "" if is_blank(reason) else self.without_hidden_words(reason)
        if declined_for:
            # Until the transaction ends, nobody deletes it.
            offered = DeclineReason.objects.offered().select_for_update(no_key=True)
            if not offered.filter(pk=declined_for.pk).exists():
                raise ValidationError(NOT_OFFERED)
        elif not reason:
            raise ValidationError(SAY_WHY)
        self._decide(
            by,
            self.DECLINABLE,
            Status.DECLINED,
            accepted_on=None,
            declined_on=on or timezone.localdate(),
            decline_reason=reason,
            declined_for=declined_for,
        )
        ModerationTally.objects.note(Moderated.DECLINED, self, reason=declined_for)

    @transaction.atomic
    def ask(self, text, *, by=None, seen=None):
        """Ask its author something before it is decided. It waits for their reply then, and not for reviewers.

        by, seen: as in `accept`. Raises ValidationError also if nothing is asked.
        """
        self.check_seen(seen)
        if is_blank(text):
            raise ValidationError(SAY_WHAT)
        self._decide(by, self.ASKABLE, Status.ASKED)
        self.inquiries.create(text=self.without_hidden_words(text), asked_at=timezone.now())
        ModerationTally.objects.note(Moderated.ASKED, self)

    @transaction.atomic
    def reply(self, text, *, to=None, on=None):
        """Store what its author replies. It waits for review again, where it stood in the queue before.

        to: the key of the question that they have read. Raises ValidationError if nobody waits for a reply to it any
        more, if the reply is blank, or if others would read in it what organizers hide in the answers.
        """
        if is_blank(text):
            raise ValidationError(_("Write your reply first."))
        # Locked first, as reviewers do: otherwise each could wait for the other.
        waits = type(self).objects.select_for_update().filter(pk=self.pk, status=Status.ASKED).exists()
        self.check_hides_nothing_in(text)
        read = self.inquiries.unanswered() if to is None else self.inquiries.unanswered().filter(pk=to)
        if not waits or not read.update(reply=text, replied_on=on or timezone.localdate()):
            raise ValidationError(NOT_ASKED)
        self._move((Status.ASKED,), Status.SUBMITTED)
        self._forget_decisions()

    @transaction.atomic
    def undo(self, *, by=None, seen=None):
        """Put everything back as it was before the last decision. What that made public is hidden at once.

        An earlier decision can be undone then, in what is left of its own hour, and its mail waits as long. by, seen:
        as in `accept`. Raises ValidationError if an hour has passed, or if its author has changed it since.
        """
        self.check_seen(seen)
        now = type(self).objects.select_for_update().get(pk=self.pk)
        decision = self.undoable_decision
        if decision is None:
            raise ValidationError(_("This cannot be undone: an hour has passed, or its author has changed it since."))
        before = decision.fields_before
        if before["declined_for_id"] and not DeclineReason.objects.filter(pk=before["declined_for_id"]).exists():
            raise ValidationError(_("This cannot be undone: the reason that it was declined for has been deleted."))
        if now.is_asked:
            self.inquiries.unanswered().delete()
        self._move((now.status,), **before)
        Verdict.objects.filter(response=self.pk, made_at=decision.decided_at).undo(by)
        decision.delete()
        ModerationTally.objects.note(Moderated.TAKEN_BACK, self)

    @transaction.atomic
    def note(self, text, *, seen=None, on=None):
        """Leave a few words for the author, who reads them on their page. An empty text removes the note.

        seen: as in `accept`.
        """
        self.check_seen(seen)
        self.lock()
        text = "" if is_blank(text) else self.without_hidden_words(text.strip())
        if text != type(self).objects.values_list("note_to_author", flat=True).get(pk=self.pk):
            Contact.objects.filter(response=self.pk).forget_told("note")
        noted_on = (on or timezone.localdate()) if text else None
        self._move(self.EDITABLE, self.status, note_to_author=text, noted_on=noted_on)

    @transaction.atomic
    def tell_readers(self, added_kinds, added_note, *, seen=None):
        """Tell readers beforehand what the words speak of, beside what the author says. It stands there at once.

        added_kinds: as `in_order` returns them. added_note: own words, in the language of the response. With both empty
        organizers add nothing any more. seen: as in `accept`.
        """
        self.check_seen(seen)
        self.lock()
        added_note = self.without_hidden_words(added_note)
        self._move(self.EDITABLE, self.status, added_kinds=added_kinds, added_note=added_note)

    def lock(self, **expected):
        """Until the transaction ends, it is not withdrawn: whoever withdraws waits. Raises ValidationError if it was.

        expected: fields, and the values that it must still have.
        """
        standing = type(self).objects.not_withdrawn().select_for_update().filter(pk=self.pk, **expected)
        if not standing.exists():
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))

    def check_seen(self, seen, *, by_author=False, of_reviewers=False):
        """Raises ValidationError if anything has changed: nobody decides about a state that they have not seen.

        by_author: only their own words and details count, because what reviewers do stops no author. of_reviewers: what
        reviewers do counts all the same.
        """
        if seen is None:
            return
        row = type(self).objects.select_for_update().get(pk=self.pk)
        now = row.authors_fingerprint if by_author else row.fingerprint
        if seen.partition(".")[0] != now.partition(".")[0]:
            raise ValidationError(_("This response has been changed since you opened it. Compare, then go on."))
        if seen != now and (of_reviewers or not by_author):
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))

    def _decide(self, by, sources, status, **changes):
        """Change the status, and keep what it changes, so that it can be undone."""
        before = type(self).objects.select_for_update().filter(pk=self.pk).values(*self.DECIDED).first()
        self._move(sources, status, **changes)
        if by is None or before is None:
            self._forget_decisions()
            return
        stored = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
        decisions = Decision.objects.filter(response=self.pk)
        # Of no use any more.
        decisions.exclude(pk__in=decisions.undoable()).delete()
        earlier, now = decisions.last(), timezone.now()
        # A clock that stands still or is set back leaves them in their order.
        at = max(now, earlier.decided_at + timedelta.resolution) if earlier else now
        decisions.create(response_id=self.pk, decided_by=by, decided_at=at, before=stored)
        why = {name: changes[name] for name in ("decline_reason", "declined_for") if changes.get(name)}
        Verdict.objects.create(response_id=self.pk, status=status, made_by=by, made_at=at, **why)

    def _forget_decisions(self):
        """Nobody can undo them any more: for example because its author has acted since."""
        Decision.objects.filter(response=self.pk).delete()

    def _close_inquiry(self, on=None):
        """Its author has changed the response instead of replying."""
        self.inquiries.unanswered().update(replied_on=on or timezone.localdate())

    def _move(self, sources, status, **changes):
        """Change the status. Raises ValidationError if the row does not have one of the `sources` any more."""
        changes["status"] = status
        if not type(self).objects.filter(pk=self.pk, status__in=sources).update(**changes):
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))
        for name, value in changes.items():
            setattr(self, name, value)
        if status != Status.SUBMITTED:
            ReviewReservation.objects.filter(response=self.pk).delete()
        self.answers.all().keep_found_by(self)
        Translation.objects.filter(answer__response=self.pk).keep_waiting()
        self.reading_requests.all().keep_waiting()
        for rows in rows_about(self):
            rows.follow_change()


class DecisionQuerySet(AboutResponses):
    def undoable(self):
        return self.filter(decided_at__gt=timezone.now() - UNDO_TIME)

    def follow_mask(self, masking):
        for decision in self:
            # Nothing else in it are anybody's words, not even if they are the same as some that are hidden.
            reason = masking.without_words(decision.before["decline_reason"])
            self.filter(pk=decision.pk).update(before=decision.before | {"decline_reason": reason})


class Decision(models.Model):
    """What reviewers have decided about a response: for an hour it can be undone, and no mail tells of it.

    The last one is undone first.
    """

    response = models.ForeignKey("responses.Response", on_delete=models.CASCADE, related_name="decisions")
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
        ordering = ["decided_at"]

    def __str__(self):
        return str(self.response)

    @property
    def undoable_until(self):
        return self.decided_at + UNDO_TIME

    @property
    def fields_before(self) -> dict[str, Any]:
        """{name of a field: value} of the response, as it was before."""
        fields = {each.attname: each for each in self.response._meta.concrete_fields}
        return {name: fields[name].to_python(value) for name, value in self.before.items()}


class VerdictQuerySet(AboutResponses):
    def follow_mask(self, masking):
        self.take_out(masking, "decline_reason")

    def undo(self, by):
        self.update(undone_by=by, undone_at=timezone.now())


class Verdict(models.Model):
    """What a reviewer once decided about a response, and why. It stays when it is undone, or decided anew.

    For those who look back at the desks. It goes with the words of the response.
    """

    response = models.ForeignKey("responses.Response", on_delete=models.CASCADE, related_name="verdicts")
    status = models.CharField(_("decided"), max_length=10, choices=Status)
    decline_reason = models.TextField(_("reason for declining"), blank=True)
    declined_for = models.ForeignKey(
        DeclineReason, on_delete=models.SET_NULL, related_name="+", null=True, blank=True, db_index=False
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    made_at = models.DateTimeField(_("decided at"))
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[Status.ACCEPTED, Status.DECLINED, Status.ASKED]),
                name="verdict_is_a_decision",
            ),
        ]

    def __str__(self):
        # Never words: this ends up in the admin's log.
        return str(self.response)


class InquiryQuerySet(AboutResponses):
    def follow_mask(self, masking):
        self.take_out(masking, "text", of_author=["reply"])

    def unanswered(self):
        """At most one of a response. Those that it was accepted or declined without a reply to are among them."""
        return self.filter(replied_on=None)


class Inquiry(models.Model):
    """What organizers ask the author of a response before they decide, and the reply. Readers never see it."""

    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="inquiries"
    )
    text = models.TextField(_("question to the author"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    reply = models.TextField(_("reply of the author"), blank=True)
    # Without a reply: the day on which the author changed the response instead.
    replied_on = models.DateField(_("replied on"), null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to an author")
        verbose_name_plural = _("questions to authors")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=not_blank("text"), name="inquiry_is_not_blank"),
            models.UniqueConstraint(
                fields=["response"], condition=models.Q(replied_on__isnull=True), name="one_open_inquiry_a_response"
            ),
        ]

    def __str__(self):
        # Never words: this ends up in the admin's log.
        return str(self.response)

    @property
    def authors_reply(self) -> str:
        """What its author wrote. For nobody else."""
        return as_author_wrote(self, "reply")

    @property
    def is_open(self):
        """Whether organizers wait for the reply: they may also have decided without it."""
        return self.replied_on is None and self.response.is_asked

    @property
    def asked_on(self) -> date:
        return timezone.localdate(self.asked_at)
