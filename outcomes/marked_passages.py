"""Marked passages as a reader sees them, each with the answer around it in the reader's language."""

from dataclasses import dataclass

from django.db.models import Prefetch

from outcomes.models import Evidence
from outcomes.models.evidence import Passage
from responses.models import Answer, Reading


@dataclass(frozen=True)
class MarkedPassage:
    """A passage that was marked. A voice may have several; figures count it once (`outcomes.statistics`)."""

    evidence: Evidence
    reading: Reading
    passage: Passage

    @property
    def original_passage(self) -> Passage | None:
        """The passage, if it was marked in the original."""
        return self.passage if self.evidence.translation is None else None

    @property
    def translated_passage(self) -> Passage | None:
        """The passage, if it was marked in the translation that the reader gets."""
        return self.passage if self.evidence.translation and not self.is_marked_elsewhere else None

    @property
    def is_marked_elsewhere(self) -> bool:
        """Whether it was marked in a translation other than the one that the reader gets."""
        return self.evidence.present_translation not in (None, self.reading.translation)


def marked_passages(evidence, language: str, *, originals: bool = False) -> list[MarkedPassage]:
    """The passages of a queryset of published evidence, in three queries.

    originals: without translations.
    """
    answers = Prefetch("answer", queryset=Answer.objects.published().for_reading(language))
    found = evidence.select_related("problem", "solution").prefetch_related(answers).with_wordings()
    # An answer that was withdrawn a moment ago is not there any more, nor is a passage that was edited away.
    return [
        MarkedPassage(each, Reading(each.answer) if originals else each.answer.reading(language), passage)
        for each in found
        if hasattr(each, "answer") and (passage := each.passage)
    ]
