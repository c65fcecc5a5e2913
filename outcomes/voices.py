"""Evidence as a reader sees it: the marked passage, and the answer around it in the reader's language."""

from dataclasses import dataclass

from django.db.models import Prefetch

from outcomes.models import Evidence
from outcomes.models.evidence import Passage
from responses.models import Answer, Reading


@dataclass(frozen=True)
class Voice:
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


def voices(evidence, language: str, *, originals: bool = False) -> list[Voice]:
    """The voices behind a queryset of published evidence, in three queries. originals: without translations."""
    answers = Prefetch("answer", queryset=Answer.objects.published().for_reading(language))
    found = evidence.select_related("problem").prefetch_related(answers).with_wordings()
    # An answer that was withdrawn a moment ago is not there any more, nor is a passage that was edited away.
    return [
        Voice(each, Reading(each.answer) if originals else each.answer.reading(language), passage)
        for each in found
        if hasattr(each, "answer") and (passage := each.passage)
    ]
