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
    # In pieces: it may be larger than memory. With the code of a language, if the file has translations into one.
    write: Callable[..., Iterator[bytes]]
    has_translations: bool = False

    def pieces(self, language: str) -> Iterator[bytes]:
        return self.write(language) if self.has_translations else self.write()
