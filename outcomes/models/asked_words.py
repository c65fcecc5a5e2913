"""The words of organizers that authors are asked about, as they read on a day."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from responses.organizer_texts import OTHERS, SOURCE
from responses.validators import is_blank

from .statement import Clause, Statement

# What readers read of a problem or a solution. The other fields are for coders.
_OF_CLAIM = ("title", "description")


@dataclass(frozen=True)
class Part:
    """A title, a description or a clause, in all languages in which it is worded."""

    field: str
    number: int | None  # of a clause in its statement
    texts: dict[str, str]  # {language: text}; English is always there

    @property
    def language(self) -> str:
        """The language in which the reader of the page gets it."""
        spoken = get_language() or SOURCE
        return spoken if spoken in self.texts else SOURCE

    @property
    def worded(self) -> str:
        return self.texts[self.language]

    @property
    def english(self) -> tuple[str, int | None, str]:
        return self.field, self.number, self.texts[SOURCE]


def parts_of(thing) -> list[Part]:
    """What is asked about a problem, a solution, a clause or a statement."""
    return [part for row, name in _texts_of(thing) if (part := _part(row, name))]


def is_worded(thing) -> bool:
    """Whether all that authors have to read is there in English. Only a description may be missing."""
    return all(name == "description" or _part(row, name) for row, name in _texts_of(thing))


def _texts_of(thing) -> list[tuple[Any, str]]:
    if isinstance(thing, Statement):
        clauses = thing.clauses.order_by("position") if thing.pk else []
        return [(thing, "title"), *((each, "text") for each in clauses)]
    return [(thing, "text")] if isinstance(thing, Clause) else [(thing, name) for name in _OF_CLAIM]


def english_of(parts: list[Part]) -> list[tuple[str, int | None, str]]:
    """By what a later wording is told from an earlier one."""
    return [each.english for each in parts]


def _part(row, name) -> Part | None:
    columns = {code: getattr(row, build_localized_fieldname(name, code)) for code in (SOURCE, *OTHERS)}
    texts = {code: text for code, text in columns.items() if text and not is_blank(text)}
    return Part(name, row.position if isinstance(row, Clause) else None, texts) if SOURCE in texts else None


def as_json(parts: list[Part]) -> list[dict[str, Any]]:
    return [vars(each) for each in parts]


def from_json(stored: list[dict[str, Any]]) -> list[Part]:
    return [Part(**each) for each in stored]
