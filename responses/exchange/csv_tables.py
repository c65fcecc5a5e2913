"""Tables as CSV: read from whatever a spreadsheet has made of them, and written so that no spreadsheet computes them.

`django-import-export` would read and preview too. This is shorter than what would have to be taken out of it: its
pages need inline scripts and styles, which the portal forbids, it keeps the file between two requests on the disk, and
it writes formulas as they are or changes them for good.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from responses.validators import INVISIBLE, check_storable

LARGEST_FILE, MOST_ROWS = 1_000_000, 5_000  # bytes, rows
_SEPARATORS = ",;\t"
# A spreadsheet takes such a cell for a formula and computes it; some trim white space before they look. An apostrophe
# before it makes it a text; one is put before a cell that begins with apostrophes and then so, too, so that it comes
# back as it was.
_FORMULA = re.compile(rf"[\t\r\n]|[{re.escape(INVISIBLE)}]*[=+\-@＝＋－＠]")
_APOSTROPHE = re.compile(rf"'*(?:{_FORMULA.pattern})")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    line: int  # of the file, from 1, on which it begins
    cells: dict[str, str]  # {column: text}; only the columns that the file has
    fault: str = ""  # why it cannot be read


def read_table(data: bytes, columns: Iterable[str], required: Iterable[str]) -> list[Row]:
    """The rows of a file, without empty ones. Columns may stand in any order.

    Raises ValidationError with the reason if the file as a whole cannot be read: too large, not UTF-8, damaged, a
    column that is missing, unknown, or there twice.
    """
    if len(data) > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 1 MB."))
    text = decoded(data)
    columns, first_line = list(columns), next(io.StringIO(text, newline=None), "")
    # The one by which the most of the first line is understood. A name may have commas in it.
    separator = max(_SEPARATORS, key=lambda each: len({*map(_name, first_line.split(each))} & {*columns}))
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    try:
        header = [_name(each) for each in next(records, [])]
        _check_header(header, columns, list(required))
        line = records.line_num + 1
        for record in records:
            if any(each.strip() for each in record):
                rows.append(_row(line, header, record))
            line = records.line_num + 1
            if len(rows) > MOST_ROWS:
                raise ValidationError(_("The file has more than %(n)s rows.") % {"n": f"{MOST_ROWS:,}"})
    except csv.Error as fault:
        raise ValidationError(
            _("The file is damaged near line %(line)s: a quotation mark is missing or stands in the wrong place.")
            % {"line": records.line_num}
        ) from fault
    return rows


def pieces(columns: list[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """A file, row by row, that `read_table` reads unchanged: UTF-8 with the mark by which Excel knows it."""
    line = io.StringIO(newline="")
    table = csv.writer(line)
    yield b"\xef\xbb\xbf"
    for row in chain([columns], rows):
        table.writerow([as_text(cell) for cell in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def written(columns: list[str], rows: Iterable[Iterable[object]]) -> bytes:
    return b"".join(pieces(columns, rows))


def decoded(data: bytes) -> str:
    """The text of a file. Raises ValidationError, with how to mend it, if it is not UTF-8."""
    save_as = _("Save it as “CSV UTF-8” and upload it again.")
    if data.startswith(_UTF_16) or b"\x00" in data[:1000]:
        raise ValidationError(_("The file is in UTF-16, or not a CSV file at all. %(how)s") % {"how": save_as})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise ValidationError(
            _("The file is not in UTF-8 (see line %(line)s), perhaps in Latin-1 or Windows-1252. %(how)s")
            % {"line": line, "how": save_as}
        ) from None
    check_storable(text)
    return text


def _name(cell):
    return cell.strip().strip('"').strip().casefold()


def _check_header(header, columns, required):
    named = [each for each in header if each]
    if missing := [each for each in required if each not in named]:
        raise ValidationError(
            _("The first line of the file has to name its columns. This one is missing: %(column)s.")
            % {"column": missing[0]}
        )
    if unknown := [each for each in named if each not in columns]:
        raise ValidationError(
            _("This column is not known: %(column)s. Known are: %(known)s.")
            % {"column": unknown[0][:50], "known": ", ".join(columns)}
        )
    # Counted at once: a damaged file may name a column 100,000 times.
    if twice := [each for each, times in Counter(named).items() if times > 1]:
        raise ValidationError(_("This column is there twice: %(column)s.") % {"column": twice[0]})


def _row(line, header, record) -> Row:
    if any(each.strip() for each in record[len(header) :]) or len(record) < len(header):
        return Row(
            line, {}, _("It has %(n)s cells, and the first line has %(m)s.") % {"n": len(record), "m": len(header)}
        )
    cells = {name: cell.strip(" ") for name, cell in zip(header, record, strict=False) if name}
    if formulas := [name for name, cell in cells.items() if is_formula(cell)]:
        return Row(
            line,
            cells,
            _("“%(column)s” begins with a sign that makes it a formula. Put an apostrophe (') before it.")
            % {"column": formulas[0]},
        )
    return Row(line, {name: cell[1:] if _is_marked(cell) else cell for name, cell in cells.items()})


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may compute a cell with this text."""
    return _FORMULA.match(text) is not None


def _is_marked(cell):
    return cell.startswith("'") and _APOSTROPHE.match(cell)


def as_text(cell: object) -> object:
    """What a cell has to say so that it is read as it is: a text that would be computed begins with an apostrophe."""
    # A row of blanks alone stays an empty one.
    return f"'{cell}" if isinstance(cell, str) and cell.strip() and _APOSTROPHE.match(cell) else cell
