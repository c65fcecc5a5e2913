import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.likeness import words_hash

from .contact import Contact
from .in_account import InAccount
from .people import SpokenByPeople
from .responses import ResponseQuerySet
from .search_text import SearchText
from .suspicion import Suspicion
from .terms import SharedOnTerms


class Response(SharedOnTerms, SpokenByPeople, InAccount):
    """What one person or one group told us: up to three answers in one language."""

    class Status(models.TextChoices):
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
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUBMITTED)
    # Days, never moments: the minute of sending would tell who sent.
    started_on = models.DateField(_("started on"), null=True, blank=True)
    submitted_on = models.DateField(_("received on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    declined_on = models.DateField(_("declined on"), null=True, blank=True)
    decline_reason = models.TextField(_("reason for declining"), blank=True)
    note_to_author = models.TextField(_("note to the author"), blank=True)
    noted_on = models.DateField(_("note written on"), null=True, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)
    # What made the portal wonder when it came in: slugs of `Suspicion` with spaces between. For reviewers only.
    suspicions = models.CharField(_("suspicions"), max_length=190, blank=True, db_default="", editable=False)
    # Tells that two responses say the same, capitals and spaces apart.
    words_hash = models.CharField(max_length=64, blank=True, db_default="", db_index=True, editable=False)

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
                condition=models.Q(status__in=["submitted", "accepted", "declined", "withdrawn"]),
                name="response_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status="withdrawn") | ~models.Q(language=""), name="response_has_a_language"
            ),
            models.CheckConstraint(
                condition=models.Q(status="withdrawn")
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
    def is_waiting(self):
        return self.status == self.Status.SUBMITTED

    @property
    def is_declined(self):
        return self.status == self.Status.DECLINED

    @property
    def is_withdrawn(self):
        return self.status == self.Status.WITHDRAWN

    @property
    def suspicion_labels(self):
        """What made the portal wonder, in words for a reviewer."""
        return [Suspicion(each).label for each in self.suspicions.split() if each in Suspicion]

    @property
    def fingerprint(self):
        """Changes whenever a word or a term of the response changes: a reviewer accepts what they have read."""
        return self.fingerprint_of(self.answers.all())

    def fingerprint_of(self, answers):
        """The same, of answers that were read already: what is shown and what is vouched for are one list."""
        words = sorted((answer.question_id, answer.text) for answer in answers)
        names = ("language", "sharing", "display_name", "affiliate_id", "affiliate_name", "region_id", "people")
        names += ("method", "held_on", "place", "spoken_languages", "written_by")
        terms = [str(getattr(self, name)) for name in names]
        return hashlib.sha256(json.dumps([words, terms]).encode()).hexdigest()

    def says(self, answers) -> bool:
        """Whether the response has exactly these answers ({Question: text})."""
        stored = dict(self.answers.values_list("question_id", "text"))
        return stored == {question.pk: text for question, text in answers.items() if text}

    def add(self, answers):
        """Add these answers ({Question: text}), in one statement; a question without text gets none."""
        self.answers.bulk_create(
            self.answers.model(
                response=self,
                question=question,
                text=text,
                prompt_text=question.prompt,
                prompt_language=get_language(),
            )
            for question, text in answers.items()
            if text
        )

    def keep_version(self, *, on=None):
        """Remember how it reads now, before its author changes it."""
        self.versions.create(
            replaced_on=on or timezone.localdate(),
            language=self.language,
            sharing=self.sharing,
            answers=dict(self.answers.values_list("question__slug", "text")),
        )

    def _rewrite(self, answers):
        """Set the answers to these; one without text goes. The others keep their row, and what hangs on it."""
        written = {question: text for question, text in answers.items() if text}
        SearchText.objects.forget(self._locked_answers())
        self.answers.exclude(question__in=written).delete()
        for answer in self.answers.select_related("question"):
            self.answers.filter(pk=answer.pk).update(text=written.pop(answer.question))
        self.add(written)

    def _locked_answers(self):
        """Before answers go: whoever is translating or marking one at this moment is waited for, or comes too late."""
        return list(self.answers.select_for_update().order_by("pk"))

    @transaction.atomic
    def accept(self, *, seen=None, on=None):
        """Publish it on the author's terms. seen: the fingerprint of what the reviewer read."""
        self._as_seen(seen)
        self._move(
            self.ACCEPTABLE,
            self.Status.ACCEPTED,
            accepted_on=on or timezone.localdate(),
            declined_on=None,
            decline_reason="",
        )
        SearchText.objects.take_in(self.answers.all())

    @transaction.atomic
    def decline(self, reason, *, seen=None, on=None):
        """Keep it from the public, for a reason that its author reads. seen: as in `accept`."""
        self._as_seen(seen)
        if not reason.strip():
            raise ValidationError(_("Say why: the author reads the reason."))
        self._move(
            self.DECLINABLE,
            self.Status.DECLINED,
            accepted_on=None,
            declined_on=on or timezone.localdate(),
            decline_reason=reason,
        )

    def note(self, text, *, on=None):
        """The organizers' words to the author, who reads them on their page; none takes them back."""
        noted_on = (on or timezone.localdate()) if text.strip() else None
        self._move(self.EDITABLE, self.status, note_to_author=text.strip(), noted_on=noted_on)

    @transaction.atomic
    def edit(self, answers, *, language=None, seen=None, on=None):
        """The author's new wording ({Question: text}). It goes back to review: no unread word is ever public.

        language: the one that it is written in, where that was wrong. seen: the fingerprint of what was edited. How
        it read before is kept as a version. Raises ValidationError when somebody with the same link was faster.
        """
        self._as_seen(seen)
        if not any(answers.values()):
            raise ValidationError(_("Answer at least one of the three questions."))
        language = language or self.language
        if not self.says(answers) or language != self.language:
            self.keep_version(on=on)
            self._rewrite(answers)
            self._move(
                self.EDITABLE,
                self.Status.SUBMITTED,
                language=language,
                words_hash=words_hash(answers.values()),
                submitted_on=on or timezone.localdate(),
                accepted_on=None,
                declined_on=None,
                decline_reason="",
            )

    @transaction.atomic
    def withdraw(self, *, on=None):
        """Take every word back. What stays is the code, with the day: a tombstone for links that point here."""
        # From any status, also from withdrawn: a double click is no error.
        self._move(
            self.Status,
            self.Status.WITHDRAWN,
            withdrawn_on=on or timezone.localdate(),
            accepted_on=None,
            sharing=self.Sharing.UNNAMED,
            people=1,
            **dict.fromkeys(["affiliate", "region", "gathering", "user"]),
            **dict.fromkeys(["held_on", "started_on", "submitted_on", "agreed_on", "declined_on", "noted_on"]),
            **dict.fromkeys(["language", "display_name", "affiliate_name", "method", "place"], ""),
            **dict.fromkeys(["spoken_languages", "written_by", "suspicions", "words_hash"], ""),
            **dict.fromkeys(["terms_version", "decline_reason", "note_to_author"], ""),
        )
        self._locked_answers()
        self.answers.all().delete()
        for of_this in (self.versions, self.account_links, Contact.objects.filter(response=self)):
            of_this.all().delete()

    def _as_seen(self, seen):
        """Nobody decides about words, or over words, that they have not seen."""
        if seen is not None and seen != Response.objects.select_for_update().get(pk=self.pk).fingerprint:
            raise ValidationError(_("This response has been changed since you opened it. Compare, then go on."))

    def _move(self, sources, status, **changes):
        """Change the status, where the row still has one of the statuses that it may be changed from."""
        changes["status"] = status
        if not Response.objects.filter(pk=self.pk, status__in=sources).update(**changes):
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))
        for name, value in changes.items():
            setattr(self, name, value)
