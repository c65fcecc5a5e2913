"""Tables as files: CSV, JSON Lines, a workbook. Each is written row by row, whatever its length."""

import json
from collections.abc import Iterator
from datetime import date
from tempfile import TemporaryFile

import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from responses.exchange.csv_tables import pieces

from .tables import Table

# UTF-16 code units in a cell (Microsoft, "Excel specifications and limits"). XlsxWriter leaves out longer texts whole.
_LONGEST_CELL = 32_767
TOO_MANY_ROWS = _("The table %(table)s has more rows than a workbook can hold. Take the CSV file.")
_CUT = " … [cut: a cell holds no more; the CSV file has the whole text]"
_MOST_ROWS = 1_048_576  # of a sheet, by the same page; further ones would be left out
_FIRST_YEAR = 1900  # that a workbook can hold as a date
_PIECE = 64 * 1024
# JSON allows them in a text, and some programs end a line there.
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def csv_file(table: Table) -> Iterator[bytes]:
    return pieces([column.name for column in table.columns], table.values)


def json_lines(table: Table) -> Iterator[bytes]:
    """An object a line. What is not known is null."""
    names = [column.name for column in table.columns]
    for values in table.values:
        yield json_line(dict(zip(names, values, strict=True)))


def json_line(row: dict) -> bytes:
    """An object in a line of its own, whatever a program takes for the end of a line."""
    return json.dumps(row, ensure_ascii=False, default=date.isoformat).translate(_LINE_ENDS).encode() + b"\n"


def workbook(*tables: Table) -> Iterator[bytes]:
    """XLSX, a sheet a table. It is written to a temporary file: rows do not stay in memory.

    Raises ValidationError if a table has more rows than a sheet can hold.
    """
    with TemporaryFile() as file:
        options = {"constant_memory": True, "in_memory": False, "default_date_format": "yyyy-mm-dd"}
        with xlsxwriter.Workbook(file, options) as book:
            for table in tables:
                sheet = book.add_worksheet(table.name)
                sheet.freeze_panes(1, 0)
                for number, values in enumerate(_with_names(table)):
                    if number == _MOST_ROWS:
                        raise ValidationError(TOO_MANY_ROWS % {"table": table.name})
                    for place, value in enumerate(values):
                        _write(sheet, number, place, value)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _with_names(table):
    yield [column.name for column in table.columns]
    yield from table.values


def _write(sheet, row, column, value):
    """Text as text: never as a formula, a link or a number."""
    if isinstance(value, str):
        # The end of a line in a cell. Of another one, programs show the code: "_x000D_".
        sheet.write_string(row, column, _fitting(normalize_newlines(value)))
    elif isinstance(value, date) and value.year < _FIRST_YEAR:
        sheet.write_string(row, column, value.isoformat())
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def _fitting(text: str) -> str:
    if _units(text) <= _LONGEST_CELL:
        return text
    room = _LONGEST_CELL - _units(_CUT)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore") + _CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
