"""The languages people write and sign in: a registry of more than nine hundred, read once.

Autonyms, scripts and directions are facts from Wikimedia's language-data and CLDR; sign languages and other names are
from ISO 639-3, and names in the interface languages from CLDR (`scripts/name_languages.py`). Django's own table knows
about a hundred of these languages and raises KeyError for Hausa and Yoruba, so it is not used here.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# A language that is not in the registry: its name stands beside this code, as somebody typed it.
UNLISTED = "und"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Language:
    """A language (or a language in one script), under its Wikimedia code."""

    code: str
    autonym: str
    english_name: str
    script: str  # ISO 15924; "Sgnw" for sign languages, whether they are written or not
    direction: str  # "ltr" or "rtl"
    other_names: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The autonym, and the English name for people who cannot read it."""
        return self.label_in("en")

    def label_in(self, interface: str) -> str:
        """The autonym, and the name in an interface language for people who cannot read it."""
        beside = self.beside_autonym(interface)
        return f"{self.autonym} ({beside})" if beside else self.autonym

    def beside_autonym(self, interface: str) -> str:
        """The name in an interface language; "" if it is the autonym."""
        name = self.name_in(interface)
        return "" if name.casefold() == self.autonym.casefold() else name

    def name_in(self, interface: str) -> str:
        """What an interface language calls it; the English name, where that is not known."""
        return _names().get(self.code, {}).get(interface) or self.english_name

    def further_names(self, interface: str) -> list[str]:
        """The names that people may look for and that `label_in` does not show."""
        shown = (self.autonym, self.name_in(interface))
        return [name for name in dict.fromkeys([self.english_name, *self.other_names]) if name not in shown]

    @property
    def is_signed(self) -> bool:
        return self.script == "Sgnw"


@cache
def languages() -> dict[str, Language]:
    """All languages by code, in the order of their autonyms."""
    with (_FOLDER / "languages.csv").open(encoding="utf-8", newline="") as file:
        found = [
            Language(**row | {"other_names": tuple(filter(None, row["other_names"].split("|")))})
            for row in csv.DictReader(file)
        ]
    return {language.code: language for language in sorted(found, key=lambda each: each.autonym.casefold())}


@cache
def _names() -> dict[str, dict[str, str]]:
    """{code: {interface language: name}}, of the languages that CLDR knows."""
    with (_FOLDER / "names.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def language_of(code: str, name: str = "") -> Language:
    """The language of a code. A code that is not in the registry any more is shown as it is.

    name: what somebody calls it, if it is not listed.
    """
    if code == UNLISTED and name:
        return Language(code, name, name, "Zyyy", "auto")
    return languages().get(code) or Language(code, code, code, "Zyyy", "auto")


def choices(interface: str, offered: Iterable[Language] | None = None) -> list[tuple[str, str]]:
    """[(code, label)] for a list to choose from on a page in an interface language.

    offered: in their order; without them, all listed languages in the order of their autonyms.
    """
    return [(each.code, each.label_in(interface)) for each in (languages().values() if offered is None else offered)]


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


# Codes of browsers for which the registry has another one. Chinese is written in one script or the other.
_MEANT = {"iw": "he", "in": "id", "fil": "tl", "cmn": "zh"}
_MEANT |= dict.fromkeys(("zh-cn", "zh-sg", "zh-my"), "zh-hans") | dict.fromkeys(("zh-tw", "zh-hk", "zh-mo"), "zh-hant")


def meant(code: str) -> list[Language]:
    """The languages that a browser may mean by a code, such as "ha-NG" or "zh-Hant-TW".

    That is one at most, or the same language in several scripts ("sr"). A country is left out ("en-GB" is English)
    unless many people choose the language by it ("pt-BR").
    """
    known = languages()
    code = _MEANT.get(code.lower(), code.lower())
    parts = code.split("-")
    for length in range(len(parts), 0, -1):
        found = "-".join(parts[:length])
        if found in known and (length == 1 or len(parts[length - 1]) > 2 or found in _WIDESPREAD.split()):
            return [known[found]]
    return [each for each in known.values() if each.code.startswith(f"{parts[0]}-")]


def likely(*wanted: str) -> list[Language]:
    """A short list to choose from: the wanted languages in their order, then widespread ones by autonym.

    wanted: codes, such as those that a browser asks for. A code that is not in the registry is left out.
    """
    known, widespread = languages(), set(_WIDESPREAD.split())
    first = [each.code for code in wanted for each in ([known[code]] if code in known else meant(code))]
    codes = dict.fromkeys(first) | dict.fromkeys(code for code in known if code in widespread)
    return [known[code] for code in codes]
