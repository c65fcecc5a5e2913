"""All files that organizers can take."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .annotations import ANNOTATIONS
from .answers_table import answers_table
from .file import ExportFile
from .formats import csv_file, json_lines, workbook
from .marks_table import marks_table
from .refi_qda import QDC, QDPX
from .responses_table import responses_table
from .tables import Column, Table

CSV, JSON_LINES = "text/csv; charset=utf-8", "application/jsonl; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def data_dictionary(language: str) -> Table:
    """What each column of the tables means."""
    columns = [
        Column("table", "The table that has the column.", lambda row: row[0].name),
        Column("row", "What one row of that table is.", lambda row: row[0].unit),
        Column("column", "The name of the column.", lambda row: row[1].name),
        Column("meaning", "What it says.", lambda row: row[1].meaning),
    ]
    tables = [responses_table(), answers_table(language), marks_table(language)]
    return Table("dictionary", "a column", columns, ((table, column) for table in tables for column in table.columns))


def _workbook(language: str) -> Iterator[bytes]:
    tables = responses_table(), answers_table(language), marks_table(language), data_dictionary(language)
    return workbook(*tables)


_TABLES = (
    (
        "responses",
        _("Responses"),
        _("One row for each response, with what its author lets readers know."),
        responses_table,
    ),
    (
        "answers",
        _("Coded answers, wide"),
        _("One row for each answer, with a column for each problem and solution. For statistics programs."),
        answers_table,
    ),
    (
        "marks",
        _("Marks, long"),
        _("One row for each marked passage, with what it speaks to."),
        marks_table,
    ),
)
FILES = [
    ExportFile(
        "answers.xlsx",
        _("Workbook"),
        _("All tables and the data dictionary, a sheet each. For spreadsheets."),
        XLSX,
        _workbook,
        has_translations=True,
    ),
    *(
        ExportFile(
            f"{name}.{ending}",
            title,
            purpose,
            content_type,
            lambda *language, table=table, write=write: write(table(*language)),
            has_translations=table is not responses_table,
        )
        for name, title, purpose, table in _TABLES
        for ending, content_type, write in (("csv", CSV, csv_file), ("jsonl", JSON_LINES, json_lines))
    ),
    ExportFile(
        "data-dictionary.csv",
        _("Data dictionary"),
        _("What each column of the tables means."),
        CSV,
        lambda language: csv_file(data_dictionary(language)),
        has_translations=True,
    ),
    QDC,
    QDPX,
    ANNOTATIONS,
]
