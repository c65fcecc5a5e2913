"""Keys that are equal for texts that people would call the same: for search, for duplicates, for names."""

import re
import unicodedata

from responses.access.keys import sha256_of
from responses.validators import is_invisible

from .letters import HIDDEN
from .normal_forms import normalized

# Characters that people write or leave out as they like: tatweel, soft hyphen, joiners, direction marks.
_LEFT_OUT = dict.fromkeys(map(ord, "\u0640\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
# Letters that differ only by keyboard or habit (Arabic and Persian kaf and yeh, alef maksura, teh marbuta), and Latin
# letters that many keyboards lack and that Unicode does not decompose.
_ALIKE = str.maketrans(
    {"ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "ς": "σ"} | dict(zip("ıłøđɗɓƙ", "iloddbk", strict=True))
)
# Marks of these scripts, and the nukta of Indic scripts, may be left out in typing. In other scripts (Thai, vowel
# signs, the voicing marks of kana) words differ by their marks alone.
_OPTIONAL_MARKS = re.compile(r"COMBINING (?!KATAKANA)|ARABIC |HEBREW |.* SIGN NUKTA$")


# Signs, heads and movements: to Unicode these are symbols.
_SIGN_WRITING = frozenset(map(chr, range(0x1D800, 0x1DAB0)))


def copy_key(text: str) -> str:
    """Equal for a text and the copy that a program has made of it: NFC, no controls, every white space one space.

    Programs for translators trim texts, wrap them, make one space of two, and drop characters that XML cannot hold.
    """
    kept = (sign for sign in normalized("NFC", text) if sign.isspace() or unicodedata.category(sign) != "Cc")
    return " ".join("".join(kept).replace("\ufeff", "").split())


def original_of(copy: str, wordings: list[str]) -> str | None:
    """The first of some wordings that a copy was made of: the same in every character, else by `copy_key`."""
    if copy in wordings:
        return copy
    key = copy_key(copy)
    return next((wording for wording in wordings if copy_key(wording) == key), None)


class _Letters(dict):
    """A table for `str.translate` that finds out once what becomes of each letter."""

    def __init__(self, becomes):
        super().__init__()
        self._becomes = becomes

    def __missing__(self, code):
        self[code] = self._becomes(chr(code))
        return self[code]


def _compared(letter):
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if category == "Cc" or letter.isspace():
        return " "
    if category == "Mn" and _OPTIONAL_MARKS.match(unicodedata.name(letter, "")):
        return ""
    return letter.translate(_ALIKE)


_COMPARED = _Letters(_compared)


def search_key(text: str) -> str:
    """The text in the letters that a search compares, regardless of case, accents, vowel points, digits and spaces.

    Compatibility-decomposed (NFKD) and case-folded; Latin, Greek, Cyrillic, Arabic and Hebrew marks are left out, and
    every run of white space is one space. A change of this function needs a migration that indexes every `SearchText`
    again.
    """
    return " ".join(normalized("NFKD", text.translate(_LEFT_OUT)).casefold().translate(_COMPARED).split())


def search_words(typed: str) -> list[str]:
    """The words to look for. Punctuation separates words, because a text may have other punctuation in its place.

    "l'égalité" is looked for as "l" and "egalite", and a Persian word with a joiner as its parts. If only
    punctuation was typed, the punctuation is looked for.
    """
    apart = "".join(" " if letter == "\u200c" or unicodedata.category(letter)[0] == "P" else letter for letter in typed)
    return search_key(apart).split() or search_key(typed).split()


def duplicate_key(texts) -> str:
    """A hash that is equal for texts with the same letters and digits in the same order (NFKC, case-folded).

    texts: the answers of a response, in the order of their questions. Vowel signs and other marks count as letters,
    because in many scripts words differ by them alone. Where there is no letter, symbols are the words: emoji, and the
    signs of SignWriting. "" if nothing at all can be compared, or if organizers hide a part: nobody can know what the
    whole says.
    """
    texts = list(texts)
    if any(HIDDEN in text for text in texts):
        return ""
    written = [normalized("NFKC", text).casefold() for text in texts if text]
    compared = [_letters(text) for text in written]
    return sha256_of("\n".join(compared)) if any(compared) else ""


def _only(kinds):
    return _Letters(lambda each: each if unicodedata.category(each)[0] in kinds or each in _SIGN_WRITING else "")


_WITH_MARKS, _SYMBOLS = _only("LMN"), _only("MS")


def _letters(text: str) -> str:
    return text.translate(_WITH_MARKS if any(unicodedata.category(each)[0] in "LN" for each in text) else _SYMBOLS)


def wording_key(text: str) -> str:
    """Equal for texts that differ in white space or in the way that letters are encoded only."""
    return normalized("NFC", " ".join(text.split()))


def name_key(name: str) -> str:
    """Equal for names that differ in capitals, spaces and invisible characters only."""
    seen = "".join(each for each in name if each.isspace() or not is_invisible(each))
    return normalized("NFC", " ".join(seen.split())).casefold()
