"""The languages people write in: a registry of 791, read once.

Autonyms, scripts and directions are facts from Wikimedia's language-data and CLDR. Django's own table knows about
a hundred of these languages and raises KeyError for Hausa and Yoruba, so nothing here asks it.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Language:
    """A language (or a language in one script), under its Wikimedia code."""

    code: str
    autonym: str
    english_name: str
    script: str  # ISO 15924
    direction: str  # "ltr" or "rtl"

    @property
    def label(self) -> str:
        """The autonym, and the English name for whoever cannot read it."""
        if self.autonym.casefold() == self.english_name.casefold():
            return self.autonym
        return f"{self.autonym} ({self.english_name})"


@cache
def languages() -> dict[str, Language]:
    """All languages by code, in the order of their autonyms."""
    with (Path(__file__).parent / "languages.csv").open(encoding="utf-8", newline="") as file:
        found = [Language(**row) for row in csv.DictReader(file)]
    return {language.code: language for language in sorted(found, key=lambda each: each.autonym.casefold())}


def language(code: str) -> Language:
    """The language of a code. A code that left the registry is shown as it is, never an error."""
    return languages().get(code) or Language(code, code, code, "Zyyy", "auto")
