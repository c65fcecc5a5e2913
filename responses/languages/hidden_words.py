"""Where words that are hidden in a text stand in other wordings of it: earlier and later ones, translations, notes.

All of it takes a time that grows with the length of the texts, not with its square, whatever stands in them.
"""

import itertools
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .letters import HIDDEN, whole_letters
from .word_alignment import Word, equal_pairs, kind_of, words_of

_LINE_ENDS = "\n\r\u2028\u2029"
# The fewest letters of a word that is looked for wherever it stands; shorter ones stand everywhere.
_SHORTEST = 4
# The fewest letters of a word that is looked for within longer ones too: a name with an ending.
_SHORTEST_WITHIN = 6
# What is written between two hidden words is hidden too, unless it is longer than they are, and than so many words.
_MOST_BETWEEN = 8

type Span = tuple[int, int]


def hide(text: str, spans: Iterable[Span]) -> str:
    """The text with "█" in place of all that is within the spans, but for the ends of lines."""
    shown = list(text)
    for start, end in spans:
        shown[start:end] = [each if each in _LINE_ENDS else HIDDEN for each in text[start:end]]
    return "".join(shown)


def hide_as(text: str, hidden: str) -> str:
    """The text with "█" wherever another one of the same length has it already."""
    return "".join(each if other != HIDDEN else other for each, other in zip(text, hidden, strict=True))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same places in their order, those that touch each other as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _pieces(words: list[Word], size: int | None = None) -> Iterator[tuple[str, int, int]]:
    """(piece, first word, the one behind the last): what is looked for by itself.

    Of a script without spaces, so many letters in a row (fewer of those that are whole syllables or words); six digits
    in a row of a longer number. size: of all of them; None means as above.
    """
    for place, word in enumerate(words):
        if word.kind == "U":
            wide = unicodedata.east_asian_width(word.key[0]) in "WF"
            run = words[place : place + (size or (3 if wide else 4))]
            if len(run) == (size or (3 if wide else 4)) and all(each.kind == "U" for each in run):
                yield "".join(each.key for each in run), place, place + len(run)
        elif word.kind != "S":
            length = size or (6 if word.kind == "N" else len(word.key))
            for begin in range(max(1, len(word.key) - length + 1)):
                yield word.key[begin : begin + length], place, place + 1


def _is_long(key: str) -> bool:
    """A Chinese character says as much as two letters."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in key) >= _SHORTEST


def whole_words(text: str, spans: Iterable[Span]) -> list[str]:
    """What is within the spans, and the words that begin or end there with all their letters."""
    words, found = words_of(text), []
    for start, end in merged(spans):
        first = bisect_right(words, start, key=lambda each: each.end)
        last = bisect_left(words, end, key=lambda each: each.start)
        found.append(text[start:end])
        if first < last:
            found.append(text[words[first].start : words[last - 1].end])
    return list(dict.fromkeys(found))


@dataclass(eq=False)
class HiddenWords:
    """What masks hide in the answers of one response, to find it elsewhere.

    passages: the masked words, as their author wrote them. shown: what everybody can read of the answers. A word that
    is shown anyway is not looked for by itself.
    """

    passages: list[str]
    shown: list[str]
    _wholes: set[str] = field(init=False)
    _secrets: set[str] = field(init=False)
    _open: set[str] = field(init=False)

    def __post_init__(self):
        words = [words_of(each) for each in dict.fromkeys(self.passages)]
        self._wholes = {whole for each in words if (whole := _whole(each))}
        shown = [words_of(each) for each in self.shown]
        self._open = {word.key for each in shown for word in each}
        seen = {piece for each in shown for piece, _first, _last in _pieces(each)}
        self._secrets = {
            piece for each in words for piece, _first, _last in _pieces(each) if _is_long(piece) and piece not in seen
        }
        self._sizes = sorted({len(each) for each in self._secrets if len(each) >= _SHORTEST_WITHIN})
        self._heads = {each[:_SHORTEST_WITHIN] for each in self._secrets}

    def places_in(self, text: str) -> list[Span]:
        """Where any of it stands: whole passages, and the words that only a mask hides."""
        words = words_of(text)
        found = self._wholes_in(words)
        for piece, first, last in _pieces(words):
            if piece in self._secrets or (words[first].kind == "L" and self._is_within(piece)):
                found.append((words[first].start, words[last - 1].end))
        return merged(whole_letters(text, *each) for each in found)

    def wholes_in(self, text: str) -> list[Span]:
        """Where a whole passage stands, as far as it is long enough to be looked for."""
        return merged(whole_letters(text, *each) for each in self._wholes_in(words_of(text)))

    def hidden_in(self, text: str) -> str:
        """The text without what is hidden."""
        return hide(text, self.places_in(text)) if text else text

    def _is_within(self, key: str) -> bool:
        if len(key) <= _SHORTEST_WITHIN or key in self._open:
            return False
        begins = [
            place
            for place in range(len(key) - _SHORTEST_WITHIN + 1)
            if key[place : place + _SHORTEST_WITHIN] in self._heads
        ]
        return any(key[place : place + size] in self._secrets for place in begins for size in self._sizes)

    def _wholes_in(self, words: list[Word]) -> list[Span]:
        found = []
        for signs_too in (False, True):
            compared = words if signs_too else [each for each in words if each.kind != "S"]
            joined, begins = _joined(compared)
            for whole in self._wholes:
                place = joined.find(whole)
                while place >= 0:
                    first = bisect_left(begins, place)
                    last = bisect_left(begins, place + len(whole) - 1) - 1
                    found.append((compared[first].start, compared[last].end))
                    place = joined.find(whole, place + 1)
        return found


def _whole(words: list[Word]) -> str:
    """A passage as it is looked for; "" if it is too short. Signs count only where there is nothing else."""
    counted = [each for each in words if each.kind != "S"] or words
    return _joined(counted)[0] if _is_long("".join(each.key for each in counted)) else ""


def _joined(words: list[Word]) -> tuple[str, list[int]]:
    """The keys with a line end before and behind each, and where these line ends are."""
    begins, length = [], 0
    for each in words:
        begins.append(length)
        length += len(each.key) + 1
    return "\n" + "".join(f"{each.key}\n" for each in words), begins


def found_again(old: str, spans: list[Span], new: str) -> list[list[Span]]:
    """Where each of these passages of a text is in a later or earlier wording of it; [] if its words are gone.

    What is written between two of its words belongs to it. What took the place of some of its words belongs to it if it
    is like them: it has three letters or digits in a row in common with them.
    """
    if old == new:
        return [[each] for each in spans]
    before, after = words_of(old), words_of(new)
    begins, ends = [each.start for each in before], [each.end for each in before]
    pairs = list(equal_pairs([each.key for each in before], [each.key for each in after]))
    times = Counter(each.key for each in before)
    places: list[list[Span]] = [[] for _each in spans]
    mask_of: dict[int, int] = {}
    for number, (start, end) in enumerate(spans):
        first, last = bisect_right(ends, start), bisect_left(begins, end)
        for place in range(first, last):
            mask_of.setdefault(place, number)
        kept = pairs[bisect_left(pairs, (first, -1)) : bisect_left(pairs, (last, -1))]
        # Small words alone, as they stand anywhere, are not the passage.
        if 2 * len(kept) >= last - first or any(_tells(before[here], times) for here, _there in kept):
            places[number] += [_same_place(old, before[here], new, after[there], start, end) for here, there in kept]
            places[number] += [
                (after[left].start, after[right].end)
                for (_left, left), (_right, right) in itertools.pairwise(kept)
                if right - left <= _MOST_BETWEEN + last - first
            ]
    for (i0, i1), (j0, j1) in _replaced(pairs, len(before), len(after)):
        masked = [(before[place], mask_of[place]) for place in range(i0, i1) if place in mask_of]
        for number, like in _alike(masked, after[j0:j1]):
            places[number].append(like)
    return [_closed(new, merged(whole_letters(new, *place) for place in each)) for each in places]


def _tells(word: Word, times: Counter) -> bool:
    return times[word.key] == 1 and _is_long(word.key)


def _same_place(old, here, new, there, start, end) -> Span:
    """The part of a word that is within the passage; all of it, if the word is not written the same."""
    if old[here.start : here.end] != new[there.start : there.end]:
        return there.start, there.end
    lead, tail = max(0, start - here.start), max(0, here.end - end)
    return there.start + lead, there.end - tail


def _replaced(pairs, n, m):
    """The words between those that stand in both texts: ((from, to) in the one, (from, to) in the other)."""
    i = j = 0
    for there, here in [*pairs, (n, m)]:
        if i < there and j < here:
            yield (i, there), (j, here)
        i, j = there + 1, here + 1


def _alike(masked: list[tuple[Word, int]], new: list[Word]) -> Iterator[tuple[int, Span]]:
    """(number of the passage, place) of the new words that are like masked ones."""
    words = [word for word, _number in masked]
    size = 2 if all(len(each.key) <= 3 for each in words if each.kind != "S") else 3
    if any(each.kind == "U" for each in words):
        size = 3
    runs: dict[str, int] = {}
    for piece, first, _last in _pieces(words, size):
        if len(piece) == size:
            runs.setdefault(piece, masked[first][1])
    for piece, first, last in _pieces(new, size) if runs else ():
        if piece in runs:
            yield runs[piece], (new[first].start, new[last - 1].end)


def _closed(text: str, spans: list[Span]) -> list[Span]:
    """Places between which only spaces and signs stand, as one."""
    found: list[Span] = []
    for start, end in spans:
        if found and all(kind_of(each) in " S" and each not in _LINE_ENDS for each in text[found[-1][1] : start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
