"""Marked passages as a reader sees them, each with the answer around it in the reader's language."""

from dataclasses import dataclass

from django.db.models import Prefetch

from outcomes.models import Evidence
from outcomes.models.place import confirmed_place
from responses.languages.passages import Passage
from responses.models import Answer, Reading


@dataclass(frozen=True)
class MarkedPassage:
    """A passage that was marked. A voice may have several; figures count it once (`outcomes.statistics`)."""

    evidence: Evidence
    reading: Reading
    passage: Passage

    @property
    def original_passage(self) -> Passage | None:
        """The passage in the original, if it was marked there, or somebody has confirmed where it stands there."""
        if self.evidence.translation is None:
            return self.passage
        return confirmed_place(self.evidence, self.reading.answer.text)

    @property
    def translated_passage(self) -> Passage | None:
        """The same in the translation that the reader gets."""
        translation = self.reading.translation
        if translation is None:
            return None
        if translation == self.evidence.present_translation:
            return self.passage
        return confirmed_place(self.evidence, translation.text)

    @property
    def is_marked_elsewhere(self) -> bool:
        """Whether it was marked in another translation than the reader gets, and is not confirmed in theirs."""
        is_here = self.evidence.present_translation in (None, self.reading.translation)
        return not is_here and self.translated_passage is None


def marked_passages(evidence, language: str, *, originals: bool = False) -> list[MarkedPassage]:
    """The passages of a queryset of published evidence, in four queries.

    originals: without translations.
    """
    answers = Prefetch("answer", queryset=Answer.objects.published().for_reading(language))
    found = evidence.select_related("problem", "solution").prefetch_related(answers, "places").with_wordings()
    # An answer that was withdrawn a moment ago is not there any more, nor is a passage that was edited away.
    return [
        MarkedPassage(each, Reading(each.answer) if originals else each.answer.reading(language), passage)
        for each in found
        if hasattr(each, "answer") and (passage := each.passage)
    ]
