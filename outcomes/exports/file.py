from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class ExportFile:
    """One kind of file, as the page of exports offers it. Each time that somebody takes one is logged."""

    name: str  # of the file, with its ending; the key in forms and in the log
    title: Promise
    purpose: Promise  # in one sentence: what is in it, and which programs read it
    content_type: str
    write: Callable[[], Iterator[bytes]]  # in pieces: it may be larger than memory
