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
# Controls that change the direction of letters until their end (UAX 9, 2.1 to 2.5).
_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS, _END_OF_EMBEDDING = f"\u202a\u202b{_OVERRIDES}", "\u202c"
_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_TURNS_LETTERS = re.compile(f"[{_EMBEDDINGS}{_END_OF_EMBEDDING}{_ISOLATES}{_END_OF_ISOLATE}]")
# A flag such as that of Scotland ends in tags, which belong to it.
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+\\Z")


# Control characters other than NUL, tabs and line ends. In place of those that divide words there is a space.
_CONTROLS = {
    code: " " if chr(code).isspace() else None
    for code in [*range(0x01, 0x20), *range(0x7F, 0xA0)]
    if chr(code) not in "\t\n\r"
}


def check_storable(text: str) -> None:
    """Raises ValidationError for characters that PostgreSQL or UTF-8 cannot hold: NUL, and half of a surrogate pair."""
    if "\x00" in text:
        raise ValidationError(_("The text has an invisible NUL character in it, which cannot be stored. Remove it."))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValidationError(_("The text has half a character in it, which cannot be stored. Type that place again."))


def without_controls(text: str) -> str:
    """A text without control characters, which come along from other programs and do harm in files.

    NUL stays, and is refused with a message of its own.
    """
    return text.translate(_CONTROLS)


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


def with_contained_direction(text: str) -> str:
    """A text that turns no letters around, neither its own nor those of the page beside it.

    Overrides are taken out, and in each line what changes the direction without an end, or ends without a beginning:
    the end of an isolate without its beginning would end the isolation that the page gives to the text. The marks of
    direction, and changes that end, stay; texts in Arabic and Persian need them.
    """
    if not _TURNS_LETTERS.search(text):
        return text
    return "".join(map(_with_contained_direction, text.splitlines(keepends=True)))


def _with_contained_direction(line: str) -> str:
    kept, opened, isolates = list(line), [], 0
    for place, sign in enumerate(line):
        if sign in _EMBEDDINGS or sign in _ISOLATES:
            # Taken out, until its end is found.
            kept[place] = ""
            opened.append(place)
            isolates += sign in _ISOLATES
        elif sign == _END_OF_EMBEDDING:
            kept[place] = ""
            # Within an isolate nothing ends what was begun before it.
            if opened and line[opened[-1]] in _EMBEDDINGS and line[begin := opened.pop()] not in _OVERRIDES:
                kept[begin], kept[place] = line[begin], sign
        elif sign == _END_OF_ISOLATE:
            kept[place] = ""
            if isolates:
                # It ends the embeddings in the isolate as well.
                while line[begin := opened.pop()] not in _ISOLATES:
                    pass
                isolates -= 1
                kept[begin], kept[place] = line[begin], sign
    return "".join(kept)


def organizers_text(text: str, *, is_line: bool) -> str:
    """What an organizer has written as it is stored, wherever it was written: "" if nothing of it can be seen."""
    if is_blank(text):
        return ""
    contained = with_contained_direction(without_controls(text))
    return without_invisible_ends(contained) if is_line else contained


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
