from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.fingerprints import fingerprint_of

from .search_text import SearchText
from .shown_to_author import ShownToAuthor
from .translations import TranslationQuerySet


class Translation(ShownToAuthor):
    """One answer in one other language."""

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("Waiting for review")
        REVIEWED = "reviewed", _("Reviewed")
        # A later translation was reviewed. The row stays: it is somebody's work, and passages may be marked in it.
        REPLACED = "replaced", _("Replaced")

    class Origin(models.TextChoices):
        HUMAN = "human", _("A person")
        MACHINE = "machine", _("A machine")
        AUTHOR = "author", _("The author of the answer")

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="translations"
    )
    language = models.CharField(_("language"), max_length=20)
    text = models.TextField(_("text"))
    note = models.TextField(_("translator’s note"), blank=True, default="", db_default="")
    # The answer as it read when it was translated. Once the author edits the answer the two differ, and that
    # difference is what "outdated" means.
    source_text = models.TextField(_("translated from"), editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUGGESTED)
    origin = models.CharField(_("made by"), max_length=10, choices=Origin, default=Origin.HUMAN)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translator"),
        on_delete=models.SET_NULL,
        related_name="translations",
        null=True,
        blank=True,
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        on_delete=models.SET_NULL,
        related_name="reviewed_translations",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True, editable=False)
    # Of the text as a file brought it: once a person has changed the text, files leave it alone.
    imported_hash = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["created_at", "pk"]
        permissions = [("review_translation", "Can mark somebody else's translation as reviewed")]
        constraints = [
            *ShownToAuthor.Meta.constraints,
            models.CheckConstraint(condition=GreaterThan(Length(Trim("text")), 0), name="translation_is_not_blank"),
            models.CheckConstraint(
                condition=models.Q(status__in=["suggested", "reviewed", "replaced"]), name="translation_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(origin="human")
                | models.Q(origin__in=["machine", "author"], translator__isnull=True),
                name="translation_by_machine_credits_nobody",
            ),
            models.CheckConstraint(
                condition=~models.Q(reviewer=models.F("translator")), name="translation_reviewed_by_someone_else"
            ),
            models.CheckConstraint(
                condition=models.Q(status="suggested", reviewed_at__isnull=True)
                | ~models.Q(status="suggested") & models.Q(reviewed_at__isnull=False),
                name="translation_reviewed_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["answer", "language"],
                condition=models.Q(status="reviewed"),
                name="one_reviewed_translation_a_language",
            ),
            models.UniqueConstraint(
                fields=["answer", "language", "translator"],
                condition=models.Q(status="suggested"),
                name="one_suggestion_a_translator",
            ),
            models.UniqueConstraint(
                fields=["answer", "language"],
                condition=models.Q(status="suggested", origin="machine", objected_on__isnull=True),
                name="one_machine_draft_a_language",
            ),
        ]

    def __str__(self):
        return f"{self.answer} ({self.language})"

    @property
    def is_outdated(self):
        return self.source_text != self.answer.text

    @property
    def is_reviewed(self):
        return self.status == self.Status.REVIEWED

    @property
    def is_by_author(self):
        return self.origin == self.Origin.AUTHOR

    @property
    def is_by_machine(self):
        return self.origin == self.Origin.MACHINE

    @property
    def made_at(self):
        """When it became what it is: reviewed, or written."""
        return self.reviewed_at or self.created_at

    @property
    def is_machine_draft(self):
        return self.is_by_machine and self.status == self.Status.SUGGESTED

    @property
    def credited_name(self):
        """The user name of its translator, where they want to be named; "" otherwise."""
        if self.translator is None:
            return ""
        choice = getattr(self.translator, "as_translator", None)
        return "" if choice and not choice.is_named else self.translator.get_username()

    @property
    def was_changed_since_import(self):
        return self.imported_hash != fingerprint_of(self.text)

    @property
    def fingerprint(self):
        """Changes with every word: a reviewer vouches for what they have read."""
        return fingerprint_of(f"{self.text}\0{self.note}")

    def locked_answer(self):
        """The answer as it reads now, which nobody changes until this is done. Raises ValidationError if it is gone."""
        answers = type(self.answer).objects.select_for_update(of=("self",)).select_related("response")
        if (answer := answers.filter(pk=self.answer_id).first()) is None:
            raise ValidationError(_("The author has just withdrawn this answer."))
        return answer

    @transaction.atomic
    def review(self, *, by, seen):
        """Somebody else has read it and vouches for it; it takes the place of the one reviewed before.

        seen: the fingerprint of the text that the reviewer read. Raises ValidationError when the reviewer is its
        translator, or when it is not as they read it any more.
        """
        if self.translator_id == by.pk:
            raise ValidationError(_("Somebody else must review it: you translated it."))
        # Of two suggestions for one answer that are reviewed at once, the second waits here for the first.
        self.locked_answer()
        current = type(self).objects.select_for_update().suggested().live().filter(pk=self.pk).first()
        if current is None or current.fingerprint != seen:
            raise ValidationError(_("This translation has changed since you opened it. Read it again."))
        if self.is_outdated:
            raise ValidationError(
                _("The answer has changed since it was translated; the translator has to look at it.")
            )
        type(self).objects.reviewed().filter(answer_id=self.answer_id, language=self.language).update(
            status=self.Status.REPLACED
        )
        # What an author has said about a machine's draft stays, and goes on keeping those words away.
        drafts = type(self).objects.machine_drafts().filter(answer_id=self.answer_id, language=self.language)
        drafts.filter(objected_on=None).exclude(pk=self.pk).delete()
        self.status, self.reviewer, self.reviewed_at = self.Status.REVIEWED, by, timezone.now()
        self.public_on = self.day_of_publishing(self.answer.response)
        self.save(update_fields=["status", "reviewer", "reviewed_at", "public_on"])
        SearchText.objects.take_in_translation(self)

    @transaction.atomic
    def still_correct(self, *, by, seen):
        """The answer has changed, its meaning has not: the translation stands, as one of the new wording.

        Its author has time to object again. seen: the fingerprint of the answer that the reviewer read. Raises
        ValidationError when the reviewer is its translator, or when answer or translation are not as they read them.
        """
        if self.translator_id == by.pk:
            raise ValidationError(_("Somebody else must review it: you translated it."))
        answer = self.locked_answer()
        # Should the author object at this moment, one of the two waits for the other.
        stands = type(self).objects.select_for_update(of=("self",)).reviewed().live().outdated().filter(pk=self.pk)
        if answer.fingerprint != seen or not stands.first():
            raise ValidationError(_("This translation has changed since you opened it. Read it again."))
        self.source_text, self.reviewer, self.reviewed_at = answer.text, by, timezone.now()
        self.public_on = self.day_of_publishing(answer.response)
        self.save(update_fields=["source_text", "reviewer", "reviewed_at", "public_on"])
