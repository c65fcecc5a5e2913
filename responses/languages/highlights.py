"""Several places of a text at once, which may overlap: marks, flags, masks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


class Place(Protocol):
    """Offsets in code points, end exclusive."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Highlight:
    """A place that is shown in the text it is in.

    kind: what it is, as a class of the style sheet. label: what stands before it and tells it from others, such as its
    number in the list below.
    """

    start: int
    end: int
    kind: str = ""
    label: str = ""


@dataclass(frozen=True)
class Run:
    """A stretch of a text that the same places cover: none, one or several, in their order."""

    text: str
    start: int
    places: tuple

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def kinds(self) -> str:
        """The kinds of its places, each once, as the value of a `class`."""
        return " ".join(dict.fromkeys(kind for each in self.places if (kind := getattr(each, "kind", ""))))


def segments(text: str, places: Iterable[Place], at: int = 0) -> Iterator[Run]:
    """The text in runs, each as long as possible. Joined they are the text, letter for letter.

    at: where the text begins in the one that the places are of. What of a place lies outside of the text is left out.
    """
    last = at + len(text)
    within = [each for each in places if max(each.start, at) < min(each.end, last)]
    edges = {at, last, *(max(each.start, at) for each in within), *(min(each.end, last) for each in within)}
    ordered = sorted(edges)
    for start, end in zip(ordered, ordered[1:], strict=False):
        covering = tuple(each for each in within if each.start < end and start < each.end)
        yield Run(text[start - at : end - at], start, covering)
