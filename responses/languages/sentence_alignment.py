"""Which sentences of a text its translation has, and where: by their order, their lengths, and what stays the same.

After W. A. Gale and K. W. Church, A Program for Aligning Sentences in Bilingual Corpora, Computational Linguistics 19
(1993): the lengths of a sentence and of its translation vary together, so that the cheapest way through both texts is
likely to be right. Numbers, links and names that stand in both count in favour.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .registry import language_of
from .sentences import sentences

# Sentences of one text. Longer texts are not compared, so that nobody waits; an answer has a few hundred at most.
MOST_SENTENCES = 400
# How far the way may lie from the straight one, in sentences.
_BAND = 24
# A way that is so much dearer than the cheapest that leads as far is given up.
_TOO_DEAR = 25.0
# {(sentences of the text, of the translation): cost}, as minus the logarithm of how rare that is.
_KINDS = {(1, 1): 0.0, (2, 1): 6.0, (1, 2): 6.0, (2, 2): 10.0, (3, 1): 10.0, (1, 3): 10.0, (1, 0): 3.2, (0, 1): 3.2}
# The same where one sentence has a colon, a semicolon or a dash in it: there other languages begin a new one.
_AT_A_BREAK = 2.0
_BREAK = re.compile("[:;：；؛]|\\s[—–-]\\s|——")
# Of the difference in length, for each letter; measured on the catalogues of the interface, where it is 1 to 2.
_VARIANCE = 2.0
# Letters of a language for each letter of the same in English, by language and else by script: from the catalogues.
_LENGTHS = {
    **{"ar": 0.81, "es": 1.12, "fa": 0.97, "fr": 1.25, "hi": 0.61, "id": 1.23, "en": 1.0},
    **{"pt": 1.1, "pt-br": 1.1, "ru": 1.1, "sv": 1.06, "sw": 1.11, "zh-hans": 1.12, "zh-hant": 1.12},
    **{"Arab": 0.9, "Hebr": 0.8, "Ethi": 0.6, "Deva": 0.62, "Beng": 0.62, "Latn": 1.1, "Cyrl": 1.1, "Grek": 1.1},
}
# Letters of a text that count as much as what is known of its languages.
_FAMILIAR = 600


@dataclass(frozen=True)
class Pair:
    """Sentences of a text and of its translation that say the same; on one side there may be none.

    Numbers of sentences, the end exclusive.
    """

    source: range
    target: range


@dataclass
class Alignment:
    """The sentences of both texts as [(start, end)], and the pairs in their order; no pairs if there are too many."""

    source: list[tuple[int, int]]
    target: list[tuple[int, int]]
    pairs: list[Pair] = field(default_factory=list)


def size(text: str) -> int:
    """Letters and digits; an ideograph counts for three, and vowel signs for none."""
    return sum(_size(each) for each in text)


def _size(letter: str) -> int:
    kind = unicodedata.category(letter)
    if kind[0] not in "LN":
        return 0
    return 3 if kind == "Lo" and ("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3") else 1


def usual_ratio(source: str, target: str) -> float:
    """Letters of a translation for each letter of the text, as far as the two languages are known."""
    return _length_of(target) / _length_of(source)


def _length_of(code: str) -> float:
    return _LENGTHS.get(code) or _LENGTHS.get(language_of(code).script, 1.0)


def align(
    text: str, translation: str, source: str, target: str, same: Callable[[str], Iterable[str]] = lambda piece: ()
) -> Alignment:
    """source, target: codes of the languages. same: what of a sentence should stand in its translation as it is."""
    found = Alignment(sentences(text, source), sentences(translation, target))
    if max(len(found.source), len(found.target)) > MOST_SENTENCES:
        return found
    pieces = [text[start:end] for start, end in found.source], [translation[start:end] for start, end in found.target]
    sizes = [size(each) for each in pieces[0]], [size(each) for each in pieces[1]]
    told = sum(sizes[0])
    # What is known of the languages, and then what these very texts tell.
    ratio = (sum(sizes[1]) + _FAMILIAR * usual_ratio(source, target)) / (told + _FAMILIAR)
    kept = [frozenset(same(each)) for each in pieces[0]], [frozenset(same(each)) for each in pieces[1]]
    broken = [bool(_BREAK.search(each)) for each in pieces[0]], [bool(_BREAK.search(each)) for each in pieces[1]]
    found.pairs = _cheapest(sizes, kept, broken, ratio)
    return found


def _cheapest(sizes, kept, broken, ratio) -> list[Pair]:
    many, much = len(sizes[0]), len(sizes[1])
    sums = _sums(sizes[0]), _sums(sizes[1])
    slope = much / many if many else 0
    costs: list[dict[int, tuple[float, int, int]]] = [{} for _each in range(many + 1)]
    costs[0][0] = (0.0, 0, 0)
    for i in range(many + 1):
        straight = round(i * slope)
        for j in range(max(0, straight - _BAND), min(much, straight + _BAND) + 1):
            best = costs[i].get(j)
            for (down, across), rare in _KINDS.items():
                before = costs[i - down].get(j - across) if i >= down and j >= across else None
                if before is None:
                    continue
                if (down == 1 and across > 1 and broken[0][i - 1]) or (across == 1 and down > 1 and broken[1][j - 1]):
                    rare = min(rare, _AT_A_BREAK * (down + across - 2))
                cost = (
                    before[0]
                    + rare
                    + _unlikely(
                        (sums[0][i] - sums[0][i - down]) * ratio, sums[1][j] - sums[1][j - across], down and across
                    )
                )
                cost -= _anchored(kept[0][i - down : i], kept[1][j - across : j])
                if best is None or cost < best[0]:
                    best = (cost, down, across)
            if best is not None:
                costs[i][j] = best
        if i < many:
            dear = min((each[0] for each in costs[i].values()), default=0.0) + _TOO_DEAR
            costs[i] = {j: each for j, each in costs[i].items() if each[0] <= dear}
    return _way_back(costs, many, much) if much in costs[many] else []


def _way_back(costs, i, j) -> list[Pair]:
    pairs = []
    while i or j:
        _cost, down, across = costs[i][j]
        pairs.append(Pair(range(i - down, i), range(j - across, j)))
        i, j = i - down, j - across
    return pairs[::-1]


def _sums(numbers):
    sums = [0]
    for each in numbers:
        sums.append(sums[-1] + each)
    return sums


def _unlikely(expected, found, has_both) -> float:
    """Minus the logarithm of how likely such a difference is; nothing for what has no partner."""
    if not has_both:
        return 0.0
    off = abs(found - expected) / math.sqrt(_VARIANCE * max(expected, found) + 6)
    return -math.log(max(math.erfc(off / math.sqrt(2)), 1e-12))


def _anchored(ours, theirs) -> float:
    """What stands in both counts in favour, and what stands in one of them only counts against."""
    if not (any(ours) or any(theirs)):
        return 0.0
    one, other = frozenset().union(*ours), frozenset().union(*theirs)
    return 2.0 * min(len(one & other), 3) - 1.0 * min(len(one ^ other), 3)
