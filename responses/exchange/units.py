"""One answer in a file for translators."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from responses.models import Answer, Translation
from responses.models.answer import LONGEST_ANSWER, LONGEST_TRANSLATION, LONGEST_WAITING, AnswerQuerySet


@dataclass(frozen=True)
class Unit:
    key: str  # "abcd2345.meaning": the public code and the question
    source: str
    target: str = ""
    # What translators should know, each fact in a line of its own.
    context: tuple[str, ...] = ()
    # What the target was made from, if the answer has changed since.
    earlier_source: str = ""
    # Why the target in a file cannot be imported: a key of answer_import.OUTCOMES; "" if it can.
    fault: str = ""


@dataclass(frozen=True)
class Languages:
    source: str
    target: str


def answers_to_translate(languages: Languages, answers: AnswerQuerySet | None = None):
    """Published answers that lack a translation, or have one that is outdated: the longest waiting first.

    answers: those that it is about, such as those that a translator may work on; None means all.
    """
    published = Answer.objects.published() if answers is None else answers
    lacking = published.lacking_translation(languages.target)
    return lacking.filter(response__language=languages.source).order_by(*LONGEST_WAITING)


def units_to_translate(
    languages: Languages, most: int | None = None, answers: AnswerQuerySet | None = None
) -> Iterator[Unit]:
    """One unit for each answer, read from the database in portions.

    most: how many; None means all. answers: as in `answers_to_translate`.
    """
    outdated = Translation.objects.live().by_people().outdated().filter(language=languages.target).with_credit()
    found = (
        answers_to_translate(languages, answers)
        .select_related("question", "response__region", "response__gathering")
        .prefetch_related(Prefetch("translations", outdated.order_by("-created_at"), to_attr="outdated_translations"))
    )
    for answer in found[:most].iterator(chunk_size=500):
        earlier = next(iter(answer.outdated_translations), None)
        yield Unit(
            key=f"{answer.response.code}.{answer.question.slug}",
            source=answer.text,
            target=earlier.text if earlier else "",
            context=tuple(_context(answer, earlier)),
            earlier_source=earlier.source_text if earlier else "",
        )


def fitting(units: Iterable[Unit], largest: int) -> Iterator[Unit]:
    """As many units, from the first one on, as make a file that can come back filled in. largest: bytes of that file.

    A character of a script that needs four bytes, or of markup that XML writes with four letters, is the longest, and a
    translation may be three times as long as the longest original.
    """
    room = largest
    for unit in units:
        characters = len(unit.source) * (1 + LONGEST_TRANSLATION // LONGEST_ANSWER)
        characters += len(unit.earlier_source) + len(unit.target) + sum(map(len, unit.context))
        room -= 4 * characters + 1_000
        if room < 0:
            return
        yield unit


def _context(answer, earlier):
    response = answer.response
    told = [(_("The question"), answer.question.prompt), (_("Response"), response.code)]
    told += [(_("Before you read"), response.told_readers), (_("Language"), response.language_name)]
    # Files are passed on to others, so they tell only what readers may see.
    if response.shows_group:
        told += [
            (_("Gathering"), response.gathering.title if response.gathering else ""),
            (_("Part of the world"), response.region.name if response.region else ""),
        ]
    if earlier:
        # Of the translation that is outdated: its words are in the file.
        told += [
            (capfirst(_("translator")), earlier.credited_name),
            (capfirst(_("reviewer")), earlier.credited_reviewer),
        ]
    return [f"{label}: {' '.join(value.split())}" for label, value in told if value]
