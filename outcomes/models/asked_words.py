"""The words of organizers that authors are asked about, as they read on a day."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from responses.organizer_texts import OTHERS, SOURCE

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
    if isinstance(thing, Statement):
        clauses = thing.clauses.order_by("position") if thing.pk else []
        found = [_part(thing, "title"), *(_part(each, "text", each.position) for each in clauses)]
    elif isinstance(thing, Clause):
        found = [_part(thing, "text", thing.position)]
    else:
        found = [_part(thing, name) for name in _OF_CLAIM]
    return [each for each in found if each]


def english_of(parts: list[Part]) -> list[tuple[str, int | None, str]]:
    """By what a later wording is told from an earlier one."""
    return [each.english for each in parts]


def _part(row, name, number=None) -> Part | None:
    columns = {code: getattr(row, build_localized_fieldname(name, code)) for code in (SOURCE, *OTHERS)}
    texts = {code: text for code, text in columns.items() if text}
    return Part(name, number, texts) if SOURCE in texts else None


def as_json(parts: list[Part]) -> list[dict[str, Any]]:
    return [vars(each) for each in parts]


def from_json(stored: list[dict[str, Any]]) -> list[Part]:
    return [Part(**each) for each in stored]
