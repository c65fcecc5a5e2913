"""What a table in a file is: its columns, each with what it means, and its rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

# Rows that are in memory at once, with all that they refer to.
BATCH = 500


@dataclass(frozen=True)
class Column:
    name: str
    meaning: str  # for the data dictionary
    value: Callable[[Any], object]  # of a row: a text, a whole number, or None where nothing is known


@dataclass(frozen=True)
class Table:
    name: str
    unit: str  # what one row is
    columns: list[Column]
    rows: Iterator[Any]

    @property
    def values(self) -> Iterator[list[object]]:
        """Row by row, in the order of the columns."""
        return ([column.value(row) for column in self.columns] for row in self.rows)


def in_batches(queryset) -> Iterator[list[int]]:
    """The keys of all rows, as many at a time as fit in memory. Keys are random: their order tells nothing."""
    rows, last = queryset.order_by("pk"), None
    while keys := list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:BATCH]):
        yield keys
        last = keys[-1]
