"""Characters that no stored text may contain, and texts that nobody sees."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

# White space, format characters, and what Unicode calls default-ignorable (DerivedCoreProperties.txt), with the Hangul
# fillers, the blank of Braille and the null note head.
_INVISIBLE_RANGES = """
9-d 1c-20 85 a0 ad 34f 600-605 61c 6dd 70f 890-891 8e2 115f-1160 1680 17b4-17b5 180b-180f 2000-200f 2028-202f 205f-206f
2800 3000 3164 fe00-fe0f feff ffa0 fff0-fffb 110bd 110cd 13430-1343f 1bca0-1bca3 1d159 1d173-1d17a e0001 e0020-e007f
e0100-e01ef
"""
INVISIBLE = "".join(
    chr(code)
    for first, _dash, last in (each.partition("-") for each in _INVISIBLE_RANGES.split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
)
_IS_INVISIBLE = frozenset(INVISIBLE)
# A flag such as that of Scotland ends in tags, which belong to it.
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+\\Z")


def check_storable(text: str) -> None:
    """Raises ValidationError for characters that PostgreSQL or UTF-8 cannot hold: NUL, and half of a surrogate pair."""
    if "\x00" in text:
        raise ValidationError(_("The text has an invisible NUL character in it, which cannot be stored. Remove it."))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValidationError(_("The text has half a character in it, which cannot be stored. Type that place again."))


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: no characters, only invisible ones, or only marks without a letter."""
    # NUL has a message of its own.
    return all(is_invisible(each) or unicodedata.category(each)[0] == "M" for each in text)


def not_blank(field: str) -> GreaterThan:
    """The same for a constraint of the database, which does not know control characters and marks."""
    trimmed = Func(F(field), Value(INVISIBLE), function="TRIM", output_field=TextField())
    return GreaterThan(Length(trimmed), 0)


def without_invisible_ends(text: str) -> str:
    """A name without invisible characters around it. Joiners, marks and tags that shape its last letter stay."""
    begin, end = 0, len(text)
    while begin < end and is_invisible(text[begin]):
        begin += 1
    while end > begin and is_invisible(text[end - 1]) and not _shapes_the_letter_before(text, end - 1):
        end -= 1
    return text[begin:end]


def is_invisible(character: str) -> bool:
    """Whether a character, other than NUL and marks, is not seen."""
    return character in _IS_INVISIBLE or (character != "\x00" and unicodedata.category(character) in ("Cc", "Cf"))


def _shapes_the_letter_before(text: str, place: int) -> bool:
    """Whether an invisible character belongs to the letter before it.

    Letters look different before a joiner in Indic scripts (behind a virama) and in those that join their letters.
    """
    character, before = text[place], text[place - 1]
    if character in "\u200c\u200d":
        return unicodedata.combining(before) == 9 or unicodedata.bidirectional(before) == "AL"
    if "\U000e0020" <= character <= "\U000e007f":
        return _FLAG.search(text, max(0, place - 31), place + 1) is not None
    # Symbols, ideographs and Mongolian letters have variants; letters with capitals have none.
    return "VARIATION SELECTOR" in unicodedata.name(character, "") and not before.isupper() and not before.islower()
