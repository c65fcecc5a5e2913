"""The languages people write in: a registry of 791, read once.

Autonyms, scripts and directions are facts from Wikimedia's language-data and CLDR. Django's own table knows about
a hundred of these languages and raises KeyError for Hausa and Yoruba, so it is not used here.
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
        """The autonym, and the English name for people who cannot read it."""
        if self.autonym.casefold() == self.english_name.casefold():
            return self.autonym
        return f"{self.autonym} ({self.english_name})"


@cache
def languages() -> dict[str, Language]:
    """All languages by code, in the order of their autonyms."""
    with (Path(__file__).parent / "languages.csv").open(encoding="utf-8", newline="") as file:
        found = [Language(**row) for row in csv.DictReader(file)]
    return {language.code: language for language in sorted(found, key=lambda each: each.autonym.casefold())}


def language_of(code: str) -> Language:
    """The language of a code. A code that is not in the registry any more is shown as it is."""
    return languages().get(code) or Language(code, code, code, "Zyyy", "auto")


def by_autonym(code: str) -> str:
    """The key that sorts codes by the autonyms of their languages."""
    return language_of(code).autonym.casefold()


# Languages with the most speakers in the world, and those of the largest Wikipedias: a short list in which many people
# find their language. All others are one step away.
_WIDESPREAD = """
en zh-hans zh-hant hi es ar fr bn pt pt-br ru ur id de ja sw fa tr vi ko it pl uk nl ha yo ig am om so zu xh rw ln wo tw
ta te mr gu kn ml pa ne si my km th lo ms tl jv ro el cs sv nb fi da hu he ca eu cy ka hy az kk-cyrl uz mn bo qu gn ay
nv mi sat ff arz ckb ps sd-arab
"""


def likely(*wanted: str) -> list[Language]:
    """A short list to choose from: the wanted languages in their order, then widespread ones by autonym.

    wanted: codes, such as those that a browser asks for. A code that is not in the registry is left out, and "pt-AO"
    stands for "pt".
    """
    known, widespread = languages(), set(_WIDESPREAD.split())
    first = [each for code in wanted for each in (code.lower(), code.lower().split("-")[0]) if each in known]
    codes = dict.fromkeys(first) | dict.fromkeys(code for code in known if code in widespread)
    return [known[code] for code in codes]
