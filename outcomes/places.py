"""Where a passage probably stands in another wording of the same text: a proposal for somebody who reads both.

What is proposed are whole sentences: the order of words differs. In the organizers' texts of 2017 the proposal is right
wherever all is translated, and in five of six cases if one part in eight is left out
(tests/test_proposed_places.py). In a text of very many sentences nothing is proposed.
"""

from responses.languages.passages import Passage
from responses.languages.sentence_alignment import align
from responses.translation_checks import stays_as_it_is

Span = tuple[int, int]


class Aligned:
    """Two wordings of a text, sentence by sentence."""

    def __init__(self, text: str, language: str, other: str, other_language: str):
        self.other = other
        self.alignment = align(text, other, language, other_language, stays_as_it_is)

    def place_of(self, passage: Passage) -> Passage | None:
        """Where a passage of the text probably stands in the other wording. None if there is no telling."""
        ours, theirs = self.alignment.source, self.alignment.target
        found: list[Span] = []
        for pair in self.alignment.pairs:
            if any(ours[n][0] < passage.end and passage.start < ours[n][1] for n in pair.source):
                found += _narrowed(passage, self.other, [theirs[n] for n in pair.target])
        return _without_space(self.other, found[0][0], found[-1][1]) if found else None


def _without_space(text: str, start: int, end: int) -> Passage:
    words = text[start:end]
    return Passage(text, end - len(words.lstrip()), start + len(words.rstrip()))


def _narrowed(passage: Passage, text: str, theirs: list[Span]) -> list[Span]:
    """Of several sentences that belong together, the one that has all numbers and links of the passage, if only one."""
    kept = set(stays_as_it_is(passage.quote))
    having = [span for span in theirs if kept and kept <= set(stays_as_it_is(text[slice(*span)]))]
    return having if len(having) == 1 else theirs
