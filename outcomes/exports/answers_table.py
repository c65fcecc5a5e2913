"""A row an answer, with a column for each problem and solution: what statistics programs read (“wide”)."""

from dataclasses import dataclass
from datetime import datetime

from outcomes.models import Coding, Evidence, Problem, SharedAnswer, Solution
from outcomes.models.coding import Value
from responses.languages.hidden_words import HIDDEN
from responses.models import Answer, Reading

from .responses_table import address_of, language_columns
from .tables import Column, Table, in_batches


@dataclass(frozen=True)
class AnswerRow:
    reading: Reading
    stances: dict[str, set[str]]  # {key of a claim: what was marked for it}
    coded_at: datetime | None  # when the last coder of these words was done
    coders: int  # who are done with these words

    @property
    def answer(self):
        return self.reading.answer

    @property
    def response(self):
        return self.reading.answer.response

    def speaks_to(self, claim) -> int | None:
        """1 if something is marked for the claim, 0 if coders were done and had marked nothing; otherwise None.

        Coders who were done before a claim was made could not find it.
        """
        if claim.key in self.stances:
            return 1
        return 0 if self.coded_at and claim.made_at <= self.coded_at else None

    def stance(self, claim) -> str | None:
        found = self.stances.get(claim.key, set())
        return Value.MIXED.value if len(found) > 1 else next(iter(found), None)


def _translation(of):
    return lambda row: of(row.reading.translation) if row.reading.translation else None


COLUMNS = [
    Column("response", "The public code of the response.", lambda row: row.response.code),
    Column("address", "Where readers find it.", lambda row: address_of(row.response)),
    Column("conversation", "The round of asking that it belongs to.", lambda row: row.response.conversation.slug),
    Column("question", "Which of the questions it answers.", lambda row: row.answer.question.slug),
    Column("question_as_asked", "The question as its author read it.", lambda row: row.answer.prompt_text),
    Column("question_language", "The language that the question was asked in.", lambda row: row.answer.prompt_language),
    *language_columns(lambda row: row.response),
    Column("licence", "The licence of the words.", lambda row: row.response.licence),
    Column("group", "The affiliate or group, if its author shows it.", lambda row: row.response.public_group or None),
    Column(
        "text",
        "The answer as its author wrote it; what organizers have hidden is blacked out.",
        lambda row: row.answer.text,
    ),
    Column("has_hidden_words", "1 if organizers have hidden words of it.", lambda row: int(HIDDEN in row.answer.text)),
    Column(
        "translation",
        "A person’s translation of the present words, reviewed by somebody else, into the language of the file.",
        _translation(lambda found: found.text),
    ),
    Column("translation_language", "The language of the translation.", _translation(lambda found: found.language)),
    Column(
        "translated_by",
        "Who translated it, if they want to be named.",
        _translation(lambda found: found.credited_name or None),
    ),
    Column("coders", "How many coders are done with the answer as it reads now.", lambda row: row.coders),
    Column("is_sample", "1 if it is an invented example.", lambda row: int(row.response.is_sample)),
]


def _of_claim(claim):
    return [
        Column(
            f"{claim.kind()}:{claim.slug}",
            f"1 if a passage of the answer is marked for “{claim.title}”, 0 if coders were done with the answer and "
            "had marked none, empty if nobody is done with it, or if they were before this was made.",
            lambda row: row.speaks_to(claim),
        ),
        Column(
            f"{claim.kind()}:{claim.slug}:stance",
            "What the marked passages say to it: supports, qualifies, contradicts, or mixed if they say several.",
            lambda row: row.stance(claim),
        ),
    ]


def answers_table(language: str) -> Table:
    """language: of the translations."""
    claims = [*Problem.objects.all(), *Solution.objects.all()]
    columns = [*COLUMNS, *(column for claim in claims for column in _of_claim(claim))]
    return Table("answers", "an answer to one question in a published response", columns, _rows(language))


def _rows(language):
    published = Answer.objects.published()
    for keys in in_batches(published):
        stances = _stances(keys)
        codings = _codings(keys)
        answers = published.filter(pk__in=keys).order_by("pk").for_reading(language)
        for answer in answers.select_related("response__conversation"):
            done = [each.finished_at for each in codings.get(answer.pk, ()) if each.of_text == answer.fingerprint]
            reading = Reading(answer, answer.reading(language).translation)
            yield AnswerRow(reading, stances.get(answer.pk, {}), max(done, default=None), len(done))


def _stances(keys):
    """{key of an answer: {key of a claim: stances}}"""
    found: dict[int, dict[str, set[str]]] = {}
    marks = Evidence.objects.to_export(keys).order_by("pk")
    for mark in marks.select_related("problem", "solution"):
        found.setdefault(mark.answer_id, {}).setdefault(mark.claim.key, set()).add(mark.stance)
    return found


def _codings(keys):
    """{key of an answer: its codings}, but for those that their two coders have still to agree on."""
    found: dict[int, list[Coding]] = {}
    for coding in Coding.objects.filter(answer__in=keys).exclude(SharedAnswer.objects.open().has("answer")):
        found.setdefault(coding.answer_id, []).append(coding)
    return found
