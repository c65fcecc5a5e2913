import difflib
import hashlib
import itertools
import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .shown_to_author import ShownToAuthor


class TranslationQuerySet(models.QuerySet):
    def reviewed(self):
        return self.filter(status=Translation.Status.REVIEWED)

    def suggested(self):
        return self.filter(status=Translation.Status.SUGGESTED)

    def live(self):
        """Suggested or reviewed: not yet replaced by a later one, and not refused by the author."""
        return self.exclude(status=Translation.Status.REPLACED).exclude(objected_on__isnull=False)

    def published(self):
        """What readers may see: reviewed, of the answer as it reads now, and its author has had time to object.

        One that is outdated is not for readers: it may say what the author has taken back.
        """
        return self.reviewed().current().filter(public_on__lte=timezone.localdate())

    def objected(self):
        """Refused by the author of the answer as it reads now."""
        return self.current().exclude(objected_on__isnull=True)

    def outdated(self):
        """The answer reads otherwise now."""
        return self.exclude(source_text=models.F("answer__text"))

    def current(self):
        return self.filter(source_text=models.F("answer__text"))

    @transaction.atomic
    def suggest(self, answer, language, text, *, translator, source_text):
        """A translator's wording, until somebody else has read it. Writing again changes one's own suggestion.

        source_text: the answer as the translator saw it, which may have changed since; then this one is born outdated.
        Raises ValidationError when the text is blank or the answer is in this language already.
        """
        if not text.strip():
            raise ValidationError(_("Write the translation first."))
        if answer.response.language == language:
            raise ValidationError(_("The answer is already in this language."))
        # Should the author withdraw at this moment, one of the two waits for the other.
        if not type(answer).objects.select_for_update().filter(pk=answer.pk).exists():
            raise ValidationError(_("The author has just withdrawn this answer."))
        suggestion, _created = self.update_or_create(
            answer=answer,
            language=language,
            translator=translator,
            status=Translation.Status.SUGGESTED,
            defaults={"text": text, "source_text": source_text, "created_at": timezone.now()},
        )
        return suggestion

    @transaction.atomic
    def correct(self, translation, text):
        """The author's own wording of a translation, for somebody to review. The one it corrects is hidden at once.

        Raises ValidationError when the text is blank, or says what the translation says.
        """
        if not text.strip():
            raise ValidationError(_("Write what it should say."))
        if text == translation.text:
            raise ValidationError(_("You have changed nothing. If it is right as it is, say that it may be published."))
        answer = type(translation.answer).objects.select_for_update().get(pk=translation.answer_id)
        translation.object()
        return self.create(
            answer=answer,
            language=translation.language,
            text=text,
            source_text=answer.text,
            origin=Translation.Origin.AUTHOR,
        )


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
    def fingerprint(self):
        """Changes with every word: a reviewer vouches for what they have read."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @transaction.atomic
    def review(self, *, by, seen):
        """Somebody else has read it and vouches for it; it takes the place of the one reviewed before.

        seen: the fingerprint of the text that the reviewer read. Raises ValidationError when the reviewer is its
        translator, or when it is not as they read it any more.
        """
        if self.translator_id == by.pk:
            raise ValidationError(_("Somebody else must review it: you translated it."))
        # Of two suggestions for one answer that are reviewed at once, the second waits here for the first.
        type(self.answer).objects.select_for_update().get(pk=self.answer_id)
        current = type(self).objects.select_for_update().suggested().filter(pk=self.pk).first()
        if current is None or current.fingerprint != seen:
            raise ValidationError(_("This translation has changed since you opened it. Read it again."))
        if self.is_outdated:
            raise ValidationError(
                _("The answer has changed since it was translated; the translator has to look at it.")
            )
        type(self).objects.reviewed().filter(answer_id=self.answer_id, language=self.language).update(
            status=self.Status.REPLACED
        )
        self.status, self.reviewer, self.reviewed_at = self.Status.REVIEWED, by, timezone.now()
        self.public_on = self.day_of_publishing(self.answer.response)
        self.save(update_fields=["status", "reviewer", "reviewed_at", "public_on"])

    @transaction.atomic
    def still_correct(self, *, by, seen):
        """The answer has changed, its meaning has not: the translation stands, as one of the new wording.

        Its author has time to object again. seen: the fingerprint of the answer that the reviewer read. Raises
        ValidationError when the reviewer is its translator, or when answer or translation are not as they read them.
        """
        if self.translator_id == by.pk:
            raise ValidationError(_("Somebody else must review it: you translated it."))
        answer = type(self.answer).objects.select_for_update().select_related("response").get(pk=self.answer_id)
        if (
            answer.fingerprint != seen
            or not type(self).objects.reviewed().live().outdated().filter(pk=self.pk).exists()
        ):
            raise ValidationError(_("This translation has changed since you opened it. Read it again."))
        self.source_text, self.reviewer, self.reviewed_at = answer.text, by, timezone.now()
        self.public_on = self.day_of_publishing(answer.response)
        self.save(update_fields=["source_text", "reviewer", "reviewed_at", "public_on"])


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """What became of the words between two versions of a text, in reading order."""
    old, new = _words(before), _words(after)
    if len(old) * len(new) > _MOST_PAIRS:
        # Comparing grows with the product: two long texts are compared line by line, and sentence by sentence.
        old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    found = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[i1:i2])))
        else:
            found += [("gone", "".join(old[i1:i2]))] if i1 < i2 else []
            found += [("new", "".join(new[j1:j2]))] if j1 < j2 else []
    return found


_MOST_PAIRS = 4_000_000
_SENTENCE = re.compile(r"[^\n.!?。！？।؟]*(?:[\n.!?。！？।؟]+|$)")


def _words(text: str) -> list[str]:
    """Words, spaces and signs one by one; long runs (scripts that write no spaces) fall apart into letters."""
    words = []
    for kind, run in itertools.groupby(_letters(text), key=_kind):
        letters = list(run)
        words += ["".join(letters)] if kind != "sign" and len(letters) < 20 else letters
    return words


def _letters(text: str) -> list[str]:
    """Characters, each with the marks and joiners behind it: alone, a mark is drawn on a dotted circle."""
    letters: list[str] = []
    for character in text:
        if letters and (unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _kind(letter: str) -> str:
    return "word" if letter[0].isalnum() else "space" if letter[0].isspace() else "sign"
