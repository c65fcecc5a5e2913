"""Passages: places in a text, as somebody selects or pastes them."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from responses.validators import is_blank

from .letters import whole_letters

# Characters kept on either side of a passage, to find it again after an edit.
CONTEXT = 60


@dataclass(frozen=True)
class Passage:
    """A place in a text: offsets in code points, end exclusive (W3C Web Annotation, 4.2.4 and 4.2.5)."""

    text: str
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        return self.text[max(0, self.start - CONTEXT) : self.start]

    @property
    def after(self) -> str:
        return self.text[self.end : self.end + CONTEXT]

    @property
    def lead(self) -> str:
        """All the text before it."""
        return self.text[: self.start]

    @property
    def whole(self) -> "Passage":
        """The passage, widened to whole letters: a mark never cuts a letter from its accent or vowel sign."""
        return Passage(self.text, *whole_letters(self.text, self.start, self.end))

    def overlaps(self, other: "Passage") -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def rest(self) -> str:
        return self.text[self.end :]


def find_passage(text: str, quote: str, *, start: int | None = None) -> Passage:
    """The passage that somebody pasted or selected.

    start: the offset that the selection reported, in code points; without it the quote must be in the text only once.
    Line ends and runs of spaces need not match, because a clipboard changes them. Raises ValidationError if the quote
    is not in the text, or is there more than once.
    """
    words = " ".join(quote.split())
    if is_blank(words):
        raise ValidationError(_("Paste or select the passage."))
    # The text with single spaces, and where each of its characters stands in the text itself. A regular expression
    # would take a time that grows with the square of the length.
    runs = [match.span() for match in re.finditer(r"\s+|\S", text)]
    single = "".join(" " if text[begin].isspace() else text[begin] for begin, _end in runs)
    first = single.find(words)
    if first < 0:
        raise ValidationError(_("This passage is not in the text. Copy it from there, letter for letter."))
    selected = next((place for place, (begin, _end) in enumerate(runs) if begin == start), None)
    if selected is not None and single.startswith(words, selected):
        first = selected
    elif single.find(words, first + len(words)) >= 0:
        raise ValidationError(_("This passage stands in the text more than once. Take in a few more words around it."))
    return Passage(text, runs[first][0], runs[first + len(words) - 1][1])


def nearest(text: str, words: str, place: int) -> list[int]:
    """Where words stand in a text: the last place before this one, and the first from it on, as far as there are."""
    # `rfind` can take a time that grows with the square of the length, so the reversed text is searched.
    skipped = max(0, len(text) - place - len(words) + 1)
    backwards = text[::-1].find(words[::-1], skipped)
    forwards = text.find(words, max(0, place))
    return [len(text) - backwards - len(words)] * (backwards >= 0) + [forwards] * (forwards >= 0)
