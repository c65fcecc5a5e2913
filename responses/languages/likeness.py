"""Which texts say nearly the same: the share of letter sequences that two texts have in common, and how to look it up.

Sequences of letters need no words, so it is the same in scripts without spaces. The share is Jaccard's. A few numbers
of each text (MinHash in bands: Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3) are
equal for texts that have much in common, so that an index finds them among any number of others.
"""

import hashlib
import random
import re
from collections.abc import Iterable

from .text_matching import search_key

# Letters. In a shorter text, a stock phrase would already be most of it.
SHORTEST = 40
# Measured: answers to one question by different people have 0.1 in common at most; copies in which a name was changed
# have more than 0.8, those in which one of three sentences was changed 0.45 to 0.75.
ALIKE = 0.4
# Letters of a sequence: in alphabets; in scripts whose letters are whole syllables or words.
_SEQUENCE, _SHORT_SEQUENCE = 5, 2
_SYLLABLES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Two texts with the share s have a band in common with the probability 1 - (1 - s ** ROWS) ** BANDS: 0.8 for 0.4,
# 0.96 for 0.5, 0.9996 for 0.65, 0.02 for 0.1. Whatever is found so is compared.
BANDS, _ROWS = 24, 3
_PRIME = (1 << 61) - 1
_chance = random.Random("likeness")  # noqa: S311 - the same numbers every time, and no secret
_TURNS = [(_chance.randrange(1, _PRIME), _chance.randrange(_PRIME)) for _each in range(BANDS * _ROWS)]


def sequences(texts: Iterable[str]) -> frozenset[str]:
    """The letter sequences of the answers of a response; none if there are too few letters to compare."""
    letters = [re.sub(r"[\W_]+", "", search_key(text)) for text in texts]
    if sum(map(len, letters)) < SHORTEST:
        return frozenset()
    found: set[str] = set()
    for each in letters:
        length = _SHORT_SEQUENCE if _mostly_syllables(each) else _SEQUENCE
        found |= {each[at : at + length] for at in range(max(1, len(each) - length + 1)) if each}
    return frozenset(found)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: the share of all sequences of both that both have."""
    return len(one & other) / len(one | other) if one and other else 0.0


def bands(found: frozenset[str]) -> list[int]:
    """A number for each of the `BANDS`, of 63 bits; [] if there is nothing to compare."""
    if not found:
        return []
    hashes = [int.from_bytes(hashlib.blake2b(each.encode(), digest_size=7).digest()) for each in found]
    least = [min([(factor * each + term) % _PRIME for each in hashes]) for factor, term in _TURNS]
    return [_number(band, least[band * _ROWS : (band + 1) * _ROWS]) for band in range(BANDS)]


def _number(band, rows):
    return int.from_bytes(hashlib.blake2b(repr((band, rows)).encode(), digest_size=8).digest()) >> 1


def _mostly_syllables(letters):
    return len(_SYLLABLES.findall(letters)) * 2 > len(letters)
