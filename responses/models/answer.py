from django.db import models
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from responses.fingerprints import fingerprint_of
from responses.reading import Reading

from .question import Question
from .response import Response
from .terms import SharedOnTerms
from .translation import Translation

# Characters (code points). Longer texts come back whole, with a message.
LONGEST_ANSWER = 20_000
# A translation may need more of them than its original.
LONGEST_TRANSLATION = 3 * LONGEST_ANSWER


class AnswerQuerySet(models.QuerySet):
    def published(self):
        return self.filter(response__in=Response.objects.published())

    def accepted(self):
        """What organizers may mark as evidence: also what was told to them only."""
        return self.filter(response__status=Response.Status.ACCEPTED)

    def in_another_language_than(self, language):
        return self.exclude(response__language=language)

    def showing_group(self):
        """Those whose group, gathering and region readers, and translators, may see."""
        return self.filter(response__sharing__in=SharedOnTerms.SHOWING_GROUP)

    def lacking_translation(self, language):
        """Nobody has translated these into the language, as they read now."""
        translated = self._as_it_reads(Translation.objects.live().by_people(), language)
        return self.in_another_language_than(language).exclude(models.Exists(translated))

    def lacking_draft(self, language):
        """Those of them that a machine has not drafted as they read now either: no draft, and none that was refused."""
        drafted = self._as_it_reads(Translation.objects.machine_drafts(), language)
        return self.lacking_translation(language).exclude(models.Exists(drafted))

    @staticmethod
    def _as_it_reads(translations, language):
        # Compared with the outer row: `current()` would join answers once more, and PostgreSQL go through all pairs.
        return translations.filter(language=language, answer=models.OuterRef("pk"), source_text=models.OuterRef("text"))

    def for_reading(self, language):
        """With all that `reading(language)` needs, in two queries."""
        translations = Translation.objects.readable().with_credit()
        return self.select_related("response__affiliate", "response__region", "question").prefetch_related(
            models.Prefetch(
                "translations",
                queryset=translations.filter(language=language),
                to_attr="readable_translations",
            )
        )


class Answer(models.Model):
    """The text given to one question, in the response's language."""

    response = models.ForeignKey(Response, verbose_name=_("response"), on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("text"))
    # As it was asked, in the language it was asked in: wording is evidence too.
    prompt_text = models.CharField(_("the question as it was asked"), max_length=300)
    prompt_language = models.CharField(_("the language it was asked in"), max_length=20)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="one_answer_to_a_question"),
            models.CheckConstraint(condition=GreaterThan(Length(Trim("text")), 0), name="answer_is_not_blank"),
        ]

    def __str__(self):
        return f"{self.response.code}/{self.question.slug}"

    @property
    def fingerprint(self):
        """Changes with every word: who vouches for a translation says which wording they have read."""
        return fingerprint_of(self.text)

    def reading(self, language) -> Reading:
        """What a reader of this language gets. The answer comes from `for_reading(language)`."""
        reviewed = next((each for each in self.readable_translations if each.is_reviewed), None)
        draft = next((each for each in self.readable_translations if not each.is_reviewed), None)
        return Reading(self, reviewed, draft=None if reviewed else draft)
