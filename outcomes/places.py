"""Where a passage probably stands in another wording of the same text: a proposal for somebody who reads both.

Sentences are aligned by their order and their lengths (W. A. Gale and K. W. Church, "A Program for Aligning Sentences
in Bilingual Corpora", Computational Linguistics 19 (1993), 75-102), and by what looks alike in both: numbers in any
digits, names and addresses in Latin letters, ends of lines. What is proposed are whole sentences: the order of words
differs. In the organizers' texts of 2017 the proposal is right wherever all is translated, and in four of five cases if
one part in eight is left out (tests/test_places.py).
"""

import math
import re
import statistics
import unicodedata
from functools import cache

from outcomes.models.evidence import Passage
from responses.languages.sentences import sentences

Span = tuple[int, int]

# How often so many sentences become so many, and the variance of lengths a letter. As in the paper, but for sentences
# without a partner: there, their length counts against them, so that what is left out drags its neighbours along.
_BEADS = {(1, 1): 0.89, (1, 0): 0.05, (0, 1): 0.05, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
_VARIANCE = 4.5
# What an anchor that both have is worth, and an end of a line or a number that only one has, in nats as the rest.
_SHARED, _UNSHARED = 4.0, 1.5
# Longer texts are aligned in runs of several sentences. Within so many of them beside the diagonal a partner is sought.
MOST_SENTENCES, _BAND = 300, 25
# Names are told by their capital where the language has capitals; words at the beginning of a sentence are no names.
_ANCHOR = re.compile(r"\d+(?:[.,٫٬]\d+)*|https?://\S+|[@#]\w+|(?<=[^.!?\s] )[A-ZÀ-Þ][\w’'-]{2,}|\b[A-Z]{2,}\b")


class Aligned:
    """Two wordings of a text, sentence by sentence."""

    def __init__(self, text: str, language: str, other: str, other_language: str):
        self.other = other
        self.pairs = _aligned(text, _runs(text, language), other, _runs(other, other_language))

    def place_of(self, passage: Passage) -> Passage | None:
        """Where a passage of the text probably stands in the other wording. None if there is no telling."""
        found: list[Span] = []
        for ours, theirs in self.pairs:
            if theirs and any(start < passage.end and passage.start < end for start, end in ours):
                found += _narrowed(passage, self.other, theirs)
        return _without_space(self.other, found[0][0], found[-1][1]) if found else None


def _without_space(text: str, start: int, end: int) -> Passage:
    words = text[start:end]
    return Passage(text, end - len(words.lstrip()), start + len(words.rstrip()))


def _runs(text: str, language: str) -> list[Span]:
    """The sentences; of a very long text, runs of several."""
    found = sentences(text, language)
    each = math.ceil(len(found) / MOST_SENTENCES) or 1
    return [(found[n][0], found[min(n + each, len(found)) - 1][1]) for n in range(0, len(found), each)]


def _narrowed(passage: Passage, text: str, theirs: list[Span]) -> list[Span]:
    """Of several sentences that belong together, the one that has all anchors of the passage, if it is only one."""
    anchors = _anchors(passage.quote)
    having = [span for span in theirs if anchors and anchors <= _anchors(text[slice(*span)])]
    return having if len(having) == 1 and len(theirs) > 1 else theirs


@cache
def _digits(number: str) -> str:
    return "".join(str(unicodedata.decimal(each, "")) for each in number)


def _anchors(text: str) -> set[str]:
    """What looks alike in all languages."""
    return {_digits(each) or each.casefold() for each in _ANCHOR.findall(text)}


def _aligned(text: str, here: list[Span], other: str, there: list[Span]) -> list[tuple[list[Span], list[Span]]]:
    """Which sentences belong together, in their order: [(some of ours, some of theirs)]; either may be empty."""
    ours, theirs = _facts(text, here), _facts(other, there)
    steps = _steps(ours, theirs, (len(other) or 1) / (len(text) or 1))
    # Where something is left out, the whole lengths say less than those of the sentences that have a partner.
    ratios = [theirs[m][0] / max(1, ours[n][0]) for n, m, some, others in steps if some == others == 1]
    if len(ratios) > 2:
        steps = _steps(ours, theirs, max(0.05, statistics.median(ratios)))
    return [(here[n : n + some], there[m : m + others]) for n, m, some, others in steps]


def _steps(ours, theirs, ratio: float) -> list[tuple[int, int, int, int]]:
    """The likeliest way through both: [(sentences before it here, there, how many of ours, of theirs)]."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    slope = len(theirs) / max(1, len(ours))
    for n in range(len(ours) + 1):
        middle = round(n * slope)
        for m in range(max(0, middle - _BAND), min(len(theirs), middle + _BAND) + 1):
            for (some, others), often in _BEADS.items():
                before = best.get((n - some, m - others))
                if before is None:
                    continue
                cost = before[0] - math.log(often) + _cost(ours[n - some : n], theirs[m - others : m], ratio)
                if (n, m) not in best or cost < best[n, m][0]:
                    best[n, m] = (cost, (some, others))
    n, m, found = len(ours), len(theirs), []
    while (n, m) != (0, 0) and (n, m) in best:
        some, others = best[n, m][1]
        n, m = n - some, m - others
        found.append((n, m, some, others))
    return found[::-1]


def _facts(text: str, spans: list[Span]):
    """[(length, anchors, whether a line ends with it)] of sentences."""
    return [
        (len(words.strip()), _anchors(words), "\n" in words[len(words.rstrip()) :])
        for words in (text[start:end] for start, end in spans)
    ]


def _cost(ours, theirs, ratio: float) -> float:
    """How unlikely it is that these belong together: a negative logarithm, less for what looks alike."""
    if not ours or not theirs:
        return 0.0
    mine, others = sum(each[0] for each in ours), sum(each[0] for each in theirs)
    apart = (others - mine * ratio) / math.sqrt(max(1.0, (mine + others / ratio) / 2) * _VARIANCE * max(ratio, 0.2))
    cost = min(40.0, -math.log(max(math.erfc(abs(apart) / math.sqrt(2)), 1e-18)))
    anchors, their_anchors = (set().union(*(each[1] for each in side)) for side in (ours, theirs))
    numbers = {each for each in anchors ^ their_anchors if each.isdecimal()}
    cost += _UNSHARED * min(2, len(numbers)) - _SHARED * min(3, len(anchors & their_anchors))
    return cost + _UNSHARED * (ours[-1][2] != theirs[-1][2])
