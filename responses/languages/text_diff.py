"""What changed between two versions of a text, for people who have read, translated or coded with the earlier one."""

import difflib
import itertools
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from .letters import LINKERS

# [(kind, words)] in reading order. kind: "same" in both texts, "gone" from the first, or "new" in the second.
Words = list[tuple[str, str]]

# Of as many words, letters and signs in a row, those that are in either text only once are taken for the same place.
_IN_A_ROW = 8
# Pairs of them that are compared, at most: about a second.
_MOST_PAIRS = 4_000_000
# Scripts that are written without spaces between words: Thai and Lao; Burmese and its kin; Khmer; Tai Le to Tai Tham;
# Balinese; Javanese; Tai Viet; kana, and Chinese in all its blocks.
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aad\u1b00-\u1b7f\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua980-\ua9fe\uaa60-\uaadf\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)


@dataclass(frozen=True)
class TextChange:
    """One text in two versions, in one language. Either may be empty."""

    language: str
    words: Words

    @classmethod
    def between(cls, language: str, before: str, after: str, *, of: int = 1) -> "TextChange":
        """of: how many of them are shown at once, which together take no longer than one."""
        return cls(language, word_changes(before, after, of=of))

    @property
    def before(self) -> Words:
        """The earlier text, with what is gone from it marked as "gone"."""
        return [(kind, words) for kind, words in self.words if kind != "new"]

    @property
    def after(self) -> Words:
        """The later text, with what is new in it marked as "new"."""
        return [(kind, words) for kind, words in self.words if kind != "gone"]

    @property
    def is_change(self) -> bool:
        return any(kind != "same" for kind, words in self.words)


def word_changes(before: str, after: str, *, of: int = 1) -> Words:
    """Word by word, in scripts without spaces letter by letter. Of long texts, it may miss some that are the same.

    of: how many texts are compared at once. Of many, it may miss more.
    """
    old, new = _words(before), _words(after)
    found: list[tuple[str, list[str]]] = []
    left, i, j = _MOST_PAIRS // max(of, 1), 0, 0
    for i2, j2, length in [*_places(old, new), (len(old), len(new), 0)]:
        gap, pairs = (old[i:i2], new[j:j2]), _pairs(i2 - i, j2 - j)
        found += _compared(*gap) if pairs <= left else [("gone", gap[0]), ("new", gap[1])]
        left -= pairs if pairs <= left else 0
        found.append(("same", old[i2 : i2 + length]))
        i, j = i2 + length, j2 + length
    return _joined(found)


def _pairs(old: int, new: int) -> int:
    # Words that come again and again cost the most. From a length of 200 on, difflib leaves them out by itself.
    return old * new * (1 if new >= 200 else 10)


def _compared(old: list[str], new: list[str]):
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield "same", old[i1:i2]
        else:
            yield "gone", old[i1:i2]
            yield "new", new[j1:j2]


def _joined(parts) -> Words:
    """With one part of a kind in a row, and what is gone before what is new."""
    found: Words = []
    for is_same, run in itertools.groupby(parts, key=lambda part: part[0] == "same"):
        words = {"same": "", "gone": "", "new": ""}
        for kind, pieces in run:
            words[kind] += "".join(pieces)
        found += [(kind, words[kind]) for kind in (["same"] if is_same else ["gone", "new"]) if words[kind]]
    return found


def _places(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """[(place in the first, place in the second, length)] of long runs that are surely the same; of short texts, none.

    Both begin and end alike as far as they do; between, it is the longest chain of runs that are once in either. That
    takes a time that hardly grows faster than the texts.
    """
    if _pairs(len(old), len(new)) <= _MOST_PAIRS:
        return []
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    most -= start
    end = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    begins = _once(old[start : len(old) - end]), _once(new[start : len(new) - end])
    shared = [(start + i, start + begins[1][run]) for run, i in begins[0].items() if run in begins[1]]
    found = [(0, 0, start)] if start else []
    for i, j in _longest_chain(shared):
        # Runs overlap: each goes on from where the one before has ended, if they are of one piece.
        last_i, last_j, length = found[-1] if found else (0, 0, 0)
        if found and i - last_i == j - last_j and i <= last_i + length:
            found[-1] = (last_i, last_j, i + _IN_A_ROW - last_i)
        elif i >= last_i + length and j >= last_j + length:
            found.append((i, j, _IN_A_ROW))
    if end:
        found.append((len(old) - end, len(new) - end, end))
    return found


def _once(words: list[str]) -> dict[tuple[str, ...], int]:
    """{run: its place} of the runs that are there once, in their order."""
    runs = [tuple(words[place : place + _IN_A_ROW]) for place in range(len(words) - _IN_A_ROW + 1)]
    times = Counter(runs)
    return {run: place for place, run in enumerate(runs) if times[run] == 1}


def _longest_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in the order of their first numbers, as many as possible whose second numbers rise as well."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for place, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [place]
        before.append(last[length - 1] if length else None)
    found, at = [], last[-1] if last else None
    while at is not None:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _words(text: str) -> list[str]:
    """Words, spaces and single signs. In scripts without spaces, and in long runs, letters."""
    words = []
    for kind, run in itertools.groupby(_letters(text), key=_kind):
        letters = list(run)
        words += ["".join(letters)] if kind in ("word", "space") and len(letters) < 20 else letters
    return words


def _letters(text: str) -> list[str]:
    """Characters, each with the marks and joiners after it, and with what they join: marks alone look broken."""
    begins = [place for place in range(len(text)) if not place or _is_begin(text[place - 1], text[place])]
    return [text[begin:end] for begin, end in itertools.pairwise([*begins, len(text)])]


def _is_begin(before: str, letter: str) -> bool:
    kind = unicodedata.category(letter)[0]
    return not (kind == "M" or letter in "\u200c\u200d" or (kind == "L" and before in LINKERS))


def _kind(letter: str) -> str:
    if letter[0].isspace():
        return "space"
    return "word" if letter[0].isalnum() and not _WITHOUT_SPACES.match(letter) else "sign"
