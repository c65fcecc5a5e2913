"""Answers as a gettext catalogue. An outdated translation is fuzzy, with the text that it was made from."""

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO, TextIO

import polib
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .po_parser import parse
from .units import Languages, Unit

# Characters of one entry: several times what the longest answer needs. polib takes a time that grows with the square of
# an entry's length.
_LARGEST_ENTRY = 400_000
_ENTRIES_AT_ONCE = 100


def write(file: TextIO, languages: Languages, units: Iterable[Unit]) -> None:
    """Write a file to translate. A unit with a target has an outdated translation, which becomes fuzzy."""
    header = polib.POFile(wrapwidth=0)
    header.metadata = {
        "Project-Id-Version": "diversity-portal answers",
        "Language": languages.target,
        "X-Source-Language": languages.source,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    file.write(f"{header}\n")
    for unit in units:
        entry = polib.POEntry(msgctxt=unit.key, msgid=unit.source, msgstr=unit.target, comment="\n".join(unit.context))
        if unit.target:
            entry.flags, entry.previous_msgid = ["fuzzy"], unit.earlier_source
        file.write(f"\n{entry.__unicode__(wrapwidth=0)}")


def read(file: BinaryIO) -> Iterator[Languages | Unit]:
    """The languages of a file, then its units. Raises ValidationError with the reason if it cannot be read."""
    languages = None
    for entries in _parts(file):
        if languages is None:
            languages = _languages(entries.metadata)
            yield languages
        for entry in entries:
            if not entry.obsolete:
                fault = "doubtful" if entry.fuzzy and entry.msgstr else "plural" if entry.msgid_plural else ""
                yield Unit(key=entry.msgctxt or "", source=entry.msgid, target=entry.msgstr, fault=fault)
    if languages is None:
        raise ValidationError(_("There is no text in the file."))


def _languages(metadata):
    def code(name):
        return metadata.get(name, "").strip().replace("_", "-").lower()

    return Languages(source=code("X-Source-Language"), target=code("Language"))


def _parts(file: BinaryIO) -> Iterator[polib.POFile]:
    """A hundred entries at a time: in this format empty lines are only between entries."""
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="\n")
    part, size, entries, first, number = [], 0, 0, 1, 0
    try:
        while line := lines.readline(_LARGEST_ENTRY):
            number += 1
            part.append(line.removesuffix("\n").removesuffix("\r"))
            size += len(line)
            if part[-1].strip():
                if size > _LARGEST_ENTRY:
                    raise ValidationError(_("Line %(number)s: this text is too long.") % {"number": number})
                continue
            entries, size = entries + bool(size), 0
            if entries == _ENTRIES_AT_ONCE:
                yield parse("\n".join(part), first_line=first)
                part, entries, first = [], 0, number + 1
        if any(part):
            yield parse("\n".join(part), first_line=first)
    except UnicodeDecodeError:
        raise ValidationError(_("The file is not in UTF-8.")) from None
    finally:
        # Otherwise the wrapper would close a file that is not ours. Detaching from a closed file raises ValueError.
        with suppress(ValueError):
            lines.detach()
