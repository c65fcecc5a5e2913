import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Concat, Length, Right, StrIndex
from django.db.models.lookups import Exact, GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.languages import Language, language_of
from responses.models import Answer, Translation
from responses.validators import is_blank, not_blank

from .problem import Problem

# Characters kept on either side of a passage, to find it again after an edit.
CONTEXT = 60


class Stance(models.TextChoices):
    """What a passage says to a problem."""

    SUPPORTS = "supports", _("Supports it")
    QUALIFIES = "qualifies", _("Qualifies it")
    CONTRADICTS = "contradicts", _("Contradicts it")


@dataclass(frozen=True)
class Passage:
    """A place in a text: offsets in code points, end exclusive (W3C Web Annotation, 4.2.4 and 4.2.5)."""

    text: str
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        return self.text[max(0, self.start - CONTEXT) : self.start]

    @property
    def after(self) -> str:
        return self.text[self.end : self.end + CONTEXT]

    @property
    def lead(self) -> str:
        """All the text before it."""
        return self.text[: self.start]

    @property
    def rest(self) -> str:
        return self.text[self.end :]


def find_passage(text: str, quote: str, *, start: int | None = None) -> Passage:
    """The passage that a coder pasted or selected.

    start: the offset that the selection reported, in code points; without it the quote must be in the text only once.
    Line ends and runs of spaces need not match, because a clipboard changes them. Raises ValidationError if the quote
    is not in the text, or is there more than once.
    """
    words = " ".join(quote.split())
    if is_blank(words):
        raise ValidationError(_("Paste or select the passage."))
    # The text with single spaces, and where each of its characters stands in the text itself. A regular expression
    # would take a time that grows with the square of the length.
    runs = [match.span() for match in re.finditer(r"\s+|\S", text)]
    single = "".join(" " if text[begin].isspace() else text[begin] for begin, _end in runs)
    first = single.find(words)
    if first < 0:
        raise ValidationError(_("This passage is not in the text. Copy it from there, letter for letter."))
    selected = next((place for place, (begin, _end) in enumerate(runs) if begin == start), None)
    if selected is not None and single.startswith(words, selected):
        first = selected
    elif single.find(words, first + len(words)) >= 0:
        raise ValidationError(_("This passage stands in the text more than once. Take in a few more words around it."))
    return Passage(text, runs[first][0], runs[first + len(words) - 1][1])


def _nearest(text: str, words: str, place: int) -> list[int]:
    """Where words stand in a text: the last place before this one, and the first from it on, as far as there are."""
    # `rfind` can take a time that grows with the square of the length, so the reversed text is searched.
    skipped = max(0, len(text) - place - len(words) + 1)
    backwards = text[::-1].find(words[::-1], skipped)
    forwards = text.find(words, max(0, place))
    return [len(text) - backwards - len(words)] * (backwards >= 0) + [forwards] * (forwards >= 0)


def _stands_in(field: str) -> models.Q:
    """`Evidence.passage` as SQL: the quote is in the field, with the same words before it or the same words after it.

    field: the path of the field. The beginning and the end of a text count as words before and after.
    """
    same_before = models.Q(GreaterThan(StrIndex(field, Concat("before", "quote")), 0)) & ~models.Q(before="")
    at_the_start = models.Q(Exact(StrIndex(field, "quote"), 1), before="")
    same_after = models.Q(GreaterThan(StrIndex(field, Concat("quote", "after")), 0)) & ~models.Q(after="")
    at_the_end = models.Q(Exact(Right(field, Length("quote")), models.F("quote")), after="")
    return same_before | at_the_start | same_after | at_the_end


class EvidenceQuerySet(models.QuerySet):
    def found(self):
        """Marks whose words are still in the text that they were marked in, as `Evidence.passage` looks for them."""
        in_translation = _stands_in("translation__text") & models.Q(
            # An outdated one may say what the author has taken back; a replaced one may be wrong.
            translation__source_text=models.F("answer__text"),
            translation__status=Translation.Status.REVIEWED,
            translation__public_on__lte=timezone.localdate(),
        )
        return self.filter(_stands_in("answer__text") & models.Q(translation__isnull=True) | in_translation)

    def lost(self):
        return self.exclude(models.Exists(self.model.objects.found().filter(pk=models.OuterRef("pk"))))

    def published(self):
        return self.found().filter(problem__in=Problem.objects.published(), answer__in=Answer.objects.published())

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def after(self, mark):
        """What follows a mark in `newest_first()`."""
        same_moment = models.Q(created_at=mark.created_at, pk__lt=mark.pk)
        return self.filter(models.Q(created_at__lt=mark.created_at) | same_moment)

    def mark(self, problem, answer, passage, *, stance, coder, translation=None):
        """Mark a passage as evidence for a problem.

        Raises ValidationError if the same coder has marked it for the problem before, or if the answer is gone.
        """
        same = {
            "problem": problem,
            "answer": answer,
            "translation": translation,
            "start": passage.start,
            "end": passage.end,
            "coder": coder,
        }
        try:
            with transaction.atomic():
                # If the author withdraws at this moment, one of the two waits for the other.
                if not Answer.objects.select_for_update().filter(pk=answer.pk).exists():
                    raise ValidationError(_("The author has just withdrawn this answer."))
                return self.create(
                    **same,
                    stance=stance,
                    problem_revision=problem.revision,
                    quote=passage.quote,
                    before=passage.before,
                    after=passage.after,
                )
        except IntegrityError:
            raise ValidationError(_("You have already marked this passage for this problem.")) from None


class Evidence(models.Model):
    """A coder's mark: this passage of this answer says something about this problem, with a stance."""

    Stance = Stance

    problem = models.ForeignKey(Problem, verbose_name=_("problem"), on_delete=models.PROTECT, related_name="evidence")
    problem_revision = models.PositiveIntegerField(_("revision of the problem"), default=1)
    answer = models.ForeignKey(Answer, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="evidence")
    # The translation that it was marked in; empty if it was marked in the original.
    translation = models.ForeignKey(
        Translation,
        verbose_name=_("marked in the translation"),
        on_delete=models.RESTRICT,
        related_name="evidence",
        null=True,
        blank=True,
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("passage"))
    before = models.CharField(_("before it"), max_length=CONTEXT, blank=True)
    after = models.CharField(_("after it"), max_length=CONTEXT, blank=True)
    stance = models.CharField(_("stance"), max_length=12, choices=Stance)
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coder"),
        on_delete=models.SET_NULL,
        related_name="evidence",
        null=True,
    )
    created_at = models.DateTimeField(_("marked at"), default=timezone.now, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["problem", "-created_at", "-id"], name="evidence_newest_first")]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="evidence_ends_after_its_start"),
            models.CheckConstraint(condition=not_blank("quote"), name="evidence_quotes_words"),
            models.CheckConstraint(condition=models.Q(stance__in=Stance.values), name="evidence_stance_is_known"),
            models.UniqueConstraint(
                fields=["problem", "answer", "start", "end", "coder"],
                condition=models.Q(translation__isnull=True),
                name="one_mark_a_coder_in_the_original",
            ),
            models.UniqueConstraint(
                fields=["problem", "answer", "translation", "start", "end", "coder"],
                condition=models.Q(translation__isnull=False),
                name="one_mark_a_coder_in_a_translation",
            ),
        ]

    def __str__(self):
        # Never the quote: this ends up in the admin's log.
        return f"{self.answer} → {self.problem.slug}"

    @property
    def wording(self) -> str:
        """The text that it was marked in, as it reads now."""
        return self.translation.text if self.translation else self.answer.text

    @property
    def wording_language(self) -> str:
        return self.translation.language if self.translation else self.answer.response.language

    @property
    def wording_written_in(self) -> Language:
        return language_of(self.translation.language) if self.translation else self.answer.response.written_in

    @property
    def passage(self) -> Passage | None:
        """Where the marked words are now.

        Of the places with the same words before or after them, it is the nearest to the old one: in another context
        the marked words may say something else. None if there is no such place, or if the translation that they were
        marked in is outdated, replaced or not public: then nothing of them may be shown.
        """
        translation = self.translation
        if translation and (
            translation.source_text != self.answer.text or not translation.is_reviewed or not translation.is_public
        ):
            return None
        text, length = self.wording, len(self.quote)
        if self.before:
            found = [
                each + len(self.before)
                for each in _nearest(text, self.before + self.quote, self.start - len(self.before))
            ]
        else:
            found = [0] if text.startswith(self.quote) else []
        if self.after:
            found += _nearest(text, self.quote + self.after, self.start)
        elif text.endswith(self.quote):
            found.append(len(text) - length)
        start = min(found, key=lambda place: (abs(place - self.start), place), default=None)
        return None if start is None else Passage(text, start, start + length)

    @property
    def is_lost(self):
        return self.passage is None


class AnswerToCode(Answer):
    """An answer, as the coding desk sees it."""

    class Meta:
        proxy = True
        verbose_name = _("answer to code")
        verbose_name_plural = _("answers to code")
