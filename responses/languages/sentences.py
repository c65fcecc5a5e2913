"""Where sentences end, in the languages where a sign says so.

The signs and the abbreviations are those of `sentencex`, Wikimedia's splitter. A line that has ended ends a sentence
too: people write lists.
"""

import unicodedata

from sentencex import get_sentence_boundaries

from .letters import whole_letters
from .registry import UNLISTED, language_of

# In these scripts sentences end with a space, with the same sign as phrases, or with one that the splitter does not
# know: Thai, Lao, Khmer, Tibetan, Tai Tham, Tai Le, Cham, Batak, Buginese. Signs are written in columns.
_UNSPLIT = frozenset(["Thai", "Laoo", "Khmr", "Tibt", "Lana", "Tale", "Cham", "Batk", "Bugi", "Sgnw"])
# The splitter takes the abbreviations of English for those of Swedish and Norwegian, so that "det." ends nothing there.
# Those of Danish fit.
_TAKEN_FOR = dict.fromkeys(("sv", "nb", "nn", "no"), "da")
# No sentence begins with one of these.
_GOES_ON = frozenset(",;:)]}、，；：）」』》”’»،؛")
# Characters that the splitter gets at once: where a quotation mark opens and none closes, its time grows with the
# square of the length.
_WINDOW = 2_000


def can_split(language: str) -> bool:
    """Whether `sentences` can tell the sentences of a language. In others, and where none is known, it tells lines."""
    return language != UNLISTED and language_of(language).script not in _UNSPLIT


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """[(start, end)] of the sentences in their order; together they are the whole text.

    Offsets in code points, the end exclusive. White space belongs to the sentence before it, and so does what has
    neither letter nor digit; a number such as that of a list belongs to the sentence behind it.
    """
    found: list[tuple[int, int]] = []
    begin = read = end_of_line = 0
    kinds: set[str] = set()
    for line in text.splitlines(keepends=True):
        ends = _ends(text, end_of_line, end_of_line + len(line), language) if can_split(language) else []
        end_of_line += len(line)
        for end in [*ends, end_of_line]:
            kinds |= _kinds(text[read:end])
            read = end
            if "L" in kinds or (kinds and end == end_of_line):
                found.append((begin, end))
            elif found and not kinds:
                found[-1] = (found[-1][0], end)
            else:
                continue
            begin, kinds = end, set()
    if begin < len(text):
        found.append((begin, len(text)))
    return found


def _ends(text: str, begin: int, end: int, language: str) -> list[int]:
    """Where sentences end within a line, but for its own end."""
    found: list[int] = []
    language = _TAKEN_FOR.get(language, language)
    while begin < end:
        window = text[begin : min(begin + _WINDOW, end)]
        inner = [begin + each["end_index"] for each in get_sentence_boundaries(language, window)][:-1]
        found += [place for place in inner if _may_end(text, place)]
        # The last one may go on behind the window.
        begin = inner[-1] if inner and begin + len(window) < end else begin + len(window)
    return found


def _may_end(text: str, place: int) -> bool:
    """Not within a letter with its marks, nor at a full stop within a number, an address or the like."""
    if text[place - 1] == "." or text[place] in _GOES_ON or _in_number(text, place):
        return False
    return whole_letters(text, place, place) == (place, place)


def _in_number(text: str, place: int) -> bool:
    return text[place - 2 : place - 1].isdecimal() and text[place].isdecimal()


def _kinds(piece: str) -> set[str]:
    """ "L" if there is a letter, "N" if there is a digit."""
    return {unicodedata.category(each)[0] for each in piece} & {"L", "N"}
