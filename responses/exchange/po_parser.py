"""Reads gettext's PO format with polib, and avoids three of polib's traps.

polib opens a file if the text is the name of one. It ends lines wherever Python does, even within a text (U+2028,
U+0085). It accepts a text without its closing quotation mark.
"""

import re

import polib
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class _Lines(str):
    """Text whose lines end at LF only, as in PO."""

    __slots__ = ()

    def splitlines(self, keepends=False):
        return self.split("\n")


def parse(text: str, *, first_line: int = 1) -> polib.POFile:
    """The entries of a PO text whose lines end in LF.

    first_line: the number of the text's first line in its file. Raises ValidationError with the number of the line if
    the text cannot be read.
    """
    if line := unfinished_line(text):
        raise _unreadable(_("line %(number)s") % {"number": line + first_line - 1})
    try:
        # A text that begins with a line break cannot be the name of a file.
        return polib.pofile(_Lines("\n" + text), wrapwidth=0)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fault:
        if stated := re.search(r"line (\d+)", str(fault)):
            raise _unreadable(_("line %(number)s") % {"number": int(stated[1]) + first_line - 2}) from None
        raise _unreadable(type(fault).__name__) from None


def _unreadable(reason):
    return ValidationError(_("The file cannot be read as PO: %(reason)s.") % {"reason": reason})


def unfinished_line(text: str) -> int:
    """The number of the first line whose text has no closing quotation mark; 0 if there is none."""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if line and not line.startswith("#") and not re.fullmatch(r'[^"]*"(?:[^"\\]|\\.)*"', line):
            return number
    return 0
