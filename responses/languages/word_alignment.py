"""The words of a text, and which of them are the same in another wording of it.

Numbers are compared as wholes, scripts without spaces letter by letter. All of it takes a time that grows with the
length of the texts, not with its square, whatever stands in them.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .text_matching import search_key

# Scripts without spaces between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Spaces and signs that people put into a telephone number.
_IN_NUMBERS = " \u00a0\u2009\u202f().-/"
# Pairs of words that are compared one by one; the others only around words that stand in both texts once.
_MOST_PAIRS = 100_000


@dataclass(frozen=True)
class Word:
    """A word, a number, a letter of a script without spaces, or a sign."""

    start: int
    end: int
    kind: str  # "L" letters, "U" a letter of a script without spaces, "N" a number, "S" a sign
    key: str  # equal for words that a search takes for the same


@lru_cache(maxsize=5_000)
def kind_of(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return "N"
    if _UNSPACED.match(character) and category[0] in "LM":
        return "U"
    if category[0] in "LMN" or character in "\u200c\u200d":
        return "L"
    return " " if character.isspace() or category[0] in "CZ" else "S"


@lru_cache(maxsize=20_000)
def _key(piece: str) -> str:
    return search_key(piece).replace(" ", "") or piece


def words_of(text: str) -> list[Word]:
    kinds = [kind_of(each) for each in text]
    found, place = [], 0
    while place < len(text):
        kind, start = kinds[place], place
        place += 1
        if kind == " ":
            continue
        if kind == "L":
            while place < len(text) and kinds[place] in "LN":
                place += 1
        elif kind in "US":
            # Signs too: an emoji may have a variation selector, and joiners to the next one.
            while place < len(text) and (text[place] == "\u200d" or unicodedata.category(text[place])[0] == "M"):
                place += 1
        elif kind == "N":
            while place < len(text):
                ahead = place
                while ahead < len(text) and ahead < place + 2 and text[ahead] in _IN_NUMBERS:
                    ahead += 1
                if ahead == len(text) or kinds[ahead] != "N":
                    break
                place = ahead + 1
        piece = text[start:place]
        if kind == "N":
            piece = "".join(each for each in piece if kind_of(each) == "N")
        elif kind == "U":
            # Vowel signs and tones are what people change when they mend a word.
            piece = piece[0]
        found.append(Word(start, place, kind, _key(piece)))
    return found


def equal_pairs(a: list[str], b: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of equal words, in the order of both texts."""
    # A stack instead of a recursion: (a from, a to, b from, b to, what is tried next).
    todo: list[tuple[int, int, int, int, tuple[int, ...]]] = [(0, len(a), 0, len(b), (4, 1))]
    while todo:
        a0, a1, b0, b1, sizes = todo.pop()
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            yield a0, b0
            a0, b0 = a0 + 1, b0 + 1
        tail = 0
        while a0 < a1 - tail and b0 < b1 - tail and a[a1 - tail - 1] == b[b1 - tail - 1]:
            tail += 1
        a1, b1 = a1 - tail, b1 - tail
        if tail:
            todo.append((a1, a1 + tail, b1, b1 + tail, ()))
        if a0 == a1 or b0 == b1:
            continue
        if (a1 - a0) * (b1 - b0) <= _MOST_PAIRS:
            yield from _longest_common(a, a0, a1, b, b0, b1)
        elif sizes:
            edges = [(a0, b0), *_anchors(a, a0, a1, b, b0, b1, sizes[0]), (a1, b1)]
            gaps = zip(edges, edges[1:], strict=False)
            todo += [(i0, i1, j0, j1, sizes[1:]) for (i0, j0), (i1, j1) in reversed(list(gaps))]


def _anchors(a, a0, a1, b, b0, b1, size) -> list[tuple[int, int]]:
    """Runs of so many words that stand in both texts once: the most of them that have the same order in both."""
    ours: dict[tuple[str, ...], list[int]] = {}
    theirs: dict[tuple[str, ...], list[int]] = {}
    for words, begin, end, places in ((a, a0, a1, ours), (b, b0, b1, theirs)):
        for place in range(begin, end - size + 1):
            places.setdefault(tuple(words[place : place + size]), []).append(place)
    both = sorted((here[0], theirs[run][0]) for run, here in ours.items() if len(here) == 1 == len(theirs.get(run, "")))
    ends: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for number, (_here, there) in enumerate(both):
        length = bisect_left(ends, there)
        previous.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [there], [number]
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(both[number])
        number = previous[number]
    return found[::-1]


def _longest_common(a, a0, a1, b, b0, b1) -> Iterator[tuple[int, int]]:
    width = b1 - b0 + 1
    lengths = [[0] * width for _each in range(a1 - a0 + 1)]
    for i in range(a1 - a0 - 1, -1, -1):
        row, below, word = lengths[i], lengths[i + 1], a[a0 + i]
        for j in range(width - 2, -1, -1):
            row[j] = below[j + 1] + 1 if word == b[b0 + j] else max(below[j], row[j + 1])
    i = j = 0
    while i < a1 - a0 and j < b1 - b0:
        if a[a0 + i] == b[b0 + j]:
            yield a0 + i, b0 + j
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
