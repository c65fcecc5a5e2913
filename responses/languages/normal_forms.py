"""Unicode's normal forms in a time that grows with the length of the text, whatever is in it.

Nothing else in the portal calls `unicodedata.normalize`, which sorts each run of combining marks in a time that grows
with the square of its length: 20,000 marks behind one letter would hold up everybody for seconds.
"""

import unicodedata
from functools import lru_cache
from typing import Literal

# Unicode Standard Annex 15, "Stream-Safe Text Format": no language needs as many marks on one letter.
_MOST_MARKS = 30
_GRAPHEME_JOINER = "\u034f"


def normalized(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """The text in one of the normal forms, after `stream_safe`."""
    return unicodedata.normalize(form, stream_safe(text))


def stream_safe(text: str) -> str:
    """The text with a combining grapheme joiner after every 30 combining marks in a row (UAX 15, D4).

    A text without such runs comes back as it is.
    """
    if text.isascii():
        return text
    parts, begun, marks = [], 0, 0
    for place, character in enumerate(text):
        leading, trailing, length = _marks_of(character)
        if marks + leading > _MOST_MARKS:
            parts += [text[begun:place], _GRAPHEME_JOINER]
            begun = place
            marks = 0
        marks = marks + length if leading == length else trailing
    return "".join([*parts, text[begun:]])


@lru_cache(maxsize=5_000)
def _marks_of(character: str) -> tuple[int, int, int]:
    """Of the decomposed character (NFKD): combining marks at its beginning, those at its end, and all characters."""
    classes = [unicodedata.combining(each) for each in unicodedata.normalize("NFKD", character)]
    leading = next((place for place, each in enumerate(classes) if not each), len(classes))
    trailing = next((place for place, each in enumerate(reversed(classes)) if not each), len(classes))
    return leading, trailing, len(classes)
