"""A row a mark (“long”): the passage, what it speaks to, and who has marked it, as a number."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from outcomes.marked_passages import MarkedPassage, marked_passages
from outcomes.models import Evidence

from .coders import numbers_of_coders
from .responses_table import language_columns
from .tables import Column, Table, in_batches


@dataclass(frozen=True)
class MarkRow:
    marked: MarkedPassage
    coder: int | None  # the number of the coder in this file

    @property
    def mark(self):
        return self.marked.evidence

    @property
    def claim(self):
        return self.mark.claim

    @property
    def response(self):
        return self.mark.answer.response

    @property
    def passage(self):
        return self.marked.passage


def _words(passage) -> str | None:
    return passage.quote if passage else None


COLUMNS = [
    Column("response", "The public code of the response.", lambda row: row.response.code),
    Column("question", "Which of the questions the answer is to.", lambda row: row.mark.answer.question.slug),
    *language_columns(lambda row: row.response),
    Column("claim_kind", "problem or solution.", lambda row: row.claim.kind()),
    Column("claim", "The slug of the problem or solution.", lambda row: row.claim.slug),
    Column("claim_title", "Its title in the language of the file, or in English.", lambda row: row.claim.title),
    Column("claim_is_published", "1 if readers see it, otherwise 0.", lambda row: int(row.claim.is_published)),
    Column("stance", "What the passage says to it: supports, qualifies or contradicts.", lambda row: row.mark.stance),
    Column("passage", "The words that were marked.", lambda row: row.passage.quote),
    Column(
        "passage_language",
        "Their language: that of the author, or of the translation in which they were marked.",
        lambda row: row.mark.wording_language,
    ),
    Column(
        "start",
        "Where they begin in that wording: characters (Unicode code points) before them.",
        lambda row: row.passage.start,
    ),
    Column("end", "Where they end: characters up to the last of them.", lambda row: row.passage.end),
    Column(
        "passage_in_original",
        "The words in the original, if they were marked there or somebody has confirmed where they stand in it.",
        lambda row: _words(row.marked.original_passage),
    ),
    Column(
        "passage_in_translation",
        "The words in the reviewed translation into the language of the file, under the same condition.",
        lambda row: _words(row.marked.translated_passage),
    ),
    Column(
        "revision",
        "The revision of the problem or solution that the coder read when they marked it.",
        lambda row: row.mark.claim_revision,
    ),
    Column("present_revision", "Its revision now.", lambda row: row.claim.revision),
    Column(
        "coder",
        "The coder as a number, the same in all rows of this file; empty if the account is gone.",
        lambda row: row.coder,
    ),
    Column("marked_on", "The day of the mark.", lambda row: timezone.localdate(row.mark.created_at)),
    Column("is_sample", "1 if it is in an invented example.", lambda row: int(row.response.is_sample)),
]


def marks_table(language: str = settings.LANGUAGE_CODE) -> Table:
    """language: of the translations."""
    return Table("marks", "a passage marked for a problem or solution", COLUMNS, _rows(language))


def _rows(language):
    marks = Evidence.objects.to_export()
    numbers = numbers_of_coders(marks)
    for keys in in_batches(marks):
        for marked in marked_passages(Evidence.objects.settled().filter(pk__in=keys).order_by("pk"), language):
            yield MarkRow(marked, numbers.get(marked.evidence.coder_id))
