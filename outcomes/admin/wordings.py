"""An answer in all wordings that may be marked, each with its marks in their places."""

from dataclasses import dataclass, field

from outcomes.models import Evidence
from responses.languages.highlights import Highlight
from responses.languages.passages import Passage
from responses.models import Translation
from responses.models.answer import AnswerWording

from .coding_forms import ChangeForm


@dataclass
class Row:
    """A mark in the list below the words. number: that of its place in the words; None if it stands in none of them."""

    mark: Evidence
    passage: Passage | None
    number: int | None = None
    change: ChangeForm | None = None

    @property
    def may_be_example(self) -> bool:
        is_read = self.passage and self.mark.answer.response.is_published and self.mark.claim.is_published
        return self.mark.is_example or bool(is_read)

    @property
    def wording(self) -> Translation | None:
        return self.mark.present_translation if self.passage else None


@dataclass(frozen=True)
class Wording(AnswerWording):
    """The original, or a translation that may be marked."""

    rows: list[Row] = field(default_factory=list)

    @property
    def key(self) -> str:
        """As the form for a mark names it."""
        return str(self.translation.pk) if self.translation else ""

    @property
    def read_in(self) -> str:
        """As a coding names it."""
        return self.translation.language if self.translation else ""

    @property
    def places(self) -> list[Highlight]:
        return [
            Highlight(row.passage.start, row.passage.end, kind=row.mark.stance, label=str(row.number))
            for row in self.rows
            if row.passage
        ]


def wordings(answer, marks, language) -> tuple[list[Wording], list[Row]]:
    """The wordings, with that in the reader's language first and the original next; and all marks, in their order."""
    translations = list(answer.translations.published().with_credit())
    for each in translations:
        each.answer = answer
    rows = [Row(each, each.passage) for each in marks]
    shown: list[Wording] = []
    number = 0
    for translation in sorted([None, *translations], key=lambda each: _nearness(each, language)):
        here = [row for row in rows if row.passage and row.wording == translation]
        here.sort(key=lambda row: (row.passage.start, row.passage.end) if row.passage else (0, 0))
        for row in here:
            row.number = number = number + 1
        shown.append(Wording(answer, translation, here))
    return shown, sorted(rows, key=lambda row: (row.number is None, row.number))


def _nearness(translation, language):
    if translation is None:
        return 1
    return 0 if translation.language == language else 2
