import hashlib
import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.addresses import hash_of, key_of, new_code

from .contact import Contact
from .people import SpokenByPeople
from .terms import TERMS_VERSION, SharedOnTerms


class ResponseQuerySet(models.QuerySet):
    def published(self):
        """What anybody may read. Every page, count, search, feed and export begins here."""
        return self.filter(status=Response.Status.ACCEPTED).exclude(sharing=Response.Sharing.ORGANIZERS)

    def withdrawn(self):
        return self.filter(status=Response.Status.WITHDRAWN)

    def awaiting_review(self):
        return self.filter(status=Response.Status.SUBMITTED)

    def acceptable(self):
        return self.filter(status__in=Response.ACCEPTABLE)

    def declinable(self):
        return self.filter(status__in=Response.DECLINABLE)

    def with_key(self, key):
        return self.filter(key_hash=hash_of(key))

    def newest_first(self):
        # By code within a day: the order in which people sent is nobody's business.
        return self.order_by("-accepted_on", "code")

    def after(self, accepted_on, code):
        """What stands behind this place in `newest_first()`: walks the index, however far down the place is."""
        return self.filter(models.Q(accepted_on__lt=accepted_on) | models.Q(accepted_on=accepted_on, code__gt=code))

    def submit(self, submission, answers, *, on=None, **fields):
        """Store what was sent, once.

        submission: the UUID of the form; answers: {Question: text}, at least one of them with words in it;
        fields: the other fields of a Response. Returns the response, with its `key` set. Sending the same again
        returns the response stored before; sending something else under the same submission raises
        ValidationError("already_sent") and stores nothing.
        """
        key = key_of(submission)
        response = self.with_key(key).first()
        if response is None:
            try:
                return self._store(key, answers, on or timezone.localdate(), fields)
            except IntegrityError:
                # The same form, sent by two clicks at once: the other one was first.
                response = self.with_key(key).first()
                if response is None:
                    raise
        if not response.says(answers):
            raise ValidationError(
                _("You have already sent a response from this page. To send this one too, press the button again."),
                code="already_sent",
            )
        response.key = key
        return response

    @transaction.atomic
    def _store(self, key, answers, on, fields):
        response = self.create(
            code=self._unused_code(),
            key_hash=hash_of(key),
            status=Response.Status.SUBMITTED,
            terms_version=TERMS_VERSION,
            started_on=on,
            submitted_on=on,
            agreed_on=on,
            **fields,
        )
        response.add(answers)
        response.key = key
        return response

    def _unused_code(self):
        while self.filter(code=(code := new_code())).exists():
            pass
        return code


class Response(SharedOnTerms, SpokenByPeople):
    """What one person or one group told us: up to three answers in one language."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for review")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    ACCEPTABLE = (Status.SUBMITTED, Status.DECLINED)
    DECLINABLE = (Status.SUBMITTED, Status.ACCEPTED)
    EDITABLE = (Status.SUBMITTED, Status.ACCEPTED, Status.DECLINED)

    code = models.CharField(_("code"), max_length=12, unique=True)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=20)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        related_name="responses",
        null=True,
        blank=True,
    )
    # Days, never moments: the minute of sending would tell who sent.
    started_on = models.DateField(_("started on"))
    submitted_on = models.DateField(_("received on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    decline_reason = models.TextField(_("reason for declining"), blank=True)
    note_to_author = models.TextField(_("note to the author"), blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        permissions = [("review_response", "Can accept and decline responses")]
        indexes = [
            models.Index(
                fields=["-accepted_on", "code"],
                condition=models.Q(status="accepted") & ~models.Q(sharing="organizers"),
                name="published_newest_first",
            ),
            models.Index(
                fields=["language", "-accepted_on", "code"],
                condition=models.Q(status="accepted") & ~models.Q(sharing="organizers"),
                name="published_in_a_language",
            ),
            models.Index(
                fields=["submitted_on", "id"], condition=models.Q(status="submitted"), name="awaiting_review_oldest"
            ),
        ]
        constraints = [
            *SharedOnTerms.Meta.constraints,
            *SpokenByPeople.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "submitted", "accepted", "declined", "withdrawn"]),
                name="response_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status="withdrawn") | ~models.Q(language=""), name="response_has_a_language"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "withdrawn"])
                | models.Q(submitted_on__isnull=False, agreed_on__isnull=False) & ~models.Q(terms_version=""),
                name="response_is_sent_under_terms",
            ),
            models.CheckConstraint(
                condition=models.Q(status="accepted", accepted_on__isnull=False)
                | ~models.Q(status="accepted") & models.Q(accepted_on__isnull=True),
                name="response_accepted_has_its_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="declined") | ~models.Q(decline_reason=""),
                name="response_declined_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="withdrawn") | models.Q(withdrawn_on__isnull=False),
                name="response_withdrawn_has_its_day",
            ),
        ]

    def __str__(self):
        # Never words: this ends up in the admin's log, which outlives a withdrawn response.
        return self.code

    def get_absolute_url(self):
        return reverse("response", args=[self.code])

    @property
    def cursor(self):
        """Its place in the public list, as the address of the page behind it says it."""
        return f"{self.accepted_on}.{self.code}"

    @property
    def is_published(self):
        return self.status == self.Status.ACCEPTED and self.sharing != self.Sharing.ORGANIZERS

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
    def is_declined(self):
        return self.status == self.Status.DECLINED

    @property
    def is_withdrawn(self):
        return self.status == self.Status.WITHDRAWN

    @property
    def fingerprint(self):
        """Changes whenever a word or a term of the response changes: a reviewer accepts what they have read."""
        words = [(answer.question_id, answer.text) for answer in self.answers.order_by("question_id")]
        terms = (self.language, self.sharing, self.display_name, self.affiliate_id, self.affiliate_name)
        return hashlib.sha256(json.dumps([words, terms]).encode()).hexdigest()

    def says(self, answers) -> bool:
        """Whether the response has exactly these answers ({Question: text})."""
        stored = dict(self.answers.values_list("question_id", "text"))
        return stored == {question.pk: text for question, text in answers.items() if text}

    def add(self, answers):
        """Add these answers ({Question: text}), in one statement; a question without text gets none."""
        self.answers.bulk_create(
            self.answers.model(response=self, question=question, text=text, prompt_text=question.prompt)
            for question, text in answers.items()
            if text
        )

    def _rewrite(self, answers):
        """Set the answers to these; one without text goes. The others keep their row, and what hangs on it."""
        written = {question: text for question, text in answers.items() if text}
        self.answers.exclude(question__in=written).delete()
        for answer in self.answers.select_related("question"):
            self.answers.filter(pk=answer.pk).update(text=written.pop(answer.question))
        self.add(written)

    @transaction.atomic
    def accept(self, *, seen=None, on=None):
        """Publish it on the author's terms. seen: the fingerprint of what the reviewer read."""
        current = self._locked()
        if seen is not None and seen != current.fingerprint:
            raise ValidationError(_("The author has changed this response since you opened it. Read it again."))
        self._move(self.ACCEPTABLE, self.Status.ACCEPTED, accepted_on=on or timezone.localdate(), decline_reason="")

    @transaction.atomic
    def decline(self, reason):
        """Keep it from the public, for a reason that its author reads."""
        if not reason.strip():
            raise ValidationError(_("Say why: the author reads the reason."))
        self._move(self.DECLINABLE, self.Status.DECLINED, accepted_on=None, decline_reason=reason)

    @transaction.atomic
    def edit(self, answers, *, on=None):
        """The author's new wording ({Question: text}). It goes back to review: no unread word is ever public."""
        self._locked()
        if not self.says(answers):
            self._rewrite(answers)
            self._move(
                self.EDITABLE,
                self.Status.SUBMITTED,
                submitted_on=on or timezone.localdate(),
                accepted_on=None,
                decline_reason="",
            )

    @transaction.atomic
    def withdraw(self, *, on=None):
        """Take every word back. What stays is the code, with the day: a tombstone for links that point here."""
        everything_but = [status for status in self.Status if status != self.Status.WITHDRAWN]
        self._move(
            everything_but,
            self.Status.WITHDRAWN,
            withdrawn_on=on or timezone.localdate(),
            accepted_on=None,
            sharing=self.Sharing.UNNAMED,
            people=1,
            affiliate=None,
            region=None,
            gathering=None,
            user=None,
            held_on=None,
            **dict.fromkeys(
                ["language", "display_name", "affiliate_name", "method", "place", "decline_reason", "note_to_author"],
                "",
            ),
        )
        self.answers.all().delete()
        Contact.objects.filter(response=self).delete()

    def _locked(self):
        return Response.objects.select_for_update().get(pk=self.pk)

    def _move(self, sources, status, **changes):
        """Change the status, where the row still has one of the statuses that it may be changed from."""
        changes["status"] = status
        if not Response.objects.filter(pk=self.pk, status__in=sources).update(**changes):
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))
        for name, value in changes.items():
            setattr(self, name, value)
