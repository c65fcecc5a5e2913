"""Answers as a gettext catalogue. An outdated translation is fuzzy, with the text that it was made from."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO, TextIO

import polib
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from .po_parser import Entry, lines_of, parse
from .units import Languages, Unit


def write(file: TextIO, languages: Languages, units: Iterable[Unit]) -> None:
    """Write a file to translate. A unit with a target has an outdated translation, which becomes fuzzy."""
    header = polib.POFile(wrapwidth=0)
    header.metadata = {
        "Project-Id-Version": "diversity-portal answers",
        "Language": to_locale(languages.target),
        "X-Source-Language": to_locale(languages.source),
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
    entries = parse(lines_of(file, wanted="PO, XLIFF 2"))
    first = next(entries, None)
    if first is None:
        raise ValidationError(_("There is no text in the file."))
    header = first.metadata if first.is_header else {}
    yield Languages(source=header.get("X-Source-Language", ""), target=header.get("Language", ""))
    for entry in entries if first.is_header else chain([first], entries):
        if not entry.is_header:
            yield Unit(entry.msgctxt or "", entry.msgid, entry.msgstr, fault=_fault(entry))


def _fault(entry: Entry) -> str:
    if entry.obsolete and entry.is_translated:
        return "obsolete"
    if entry.msgid_plural is not None:
        return "plural"
    return "doubtful" if entry.fuzzy and entry.msgstr else ""
