"""What a file would change in the roster: shown before anything is stored, and stored only as it was shown."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from responses.access.keys import sha256_of

from .csv_tables import Row


@dataclass
class Change:
    """One row of a file, and what it would change."""

    line: int
    name: str  # who it is about, as the file has it
    key: object = None  # equal for rows of the file that are about the same; None if nobody knows
    values: dict[str, object] = field(default_factory=dict)  # {field of the row: value}
    row: Any = None  # the stored row; once it is stored, also that of a new one
    is_new: bool = False
    differences: list[tuple[str, str, str]] = field(default_factory=list)  # [(column, stored now, in the file)]
    faults: list[str] = field(default_factory=list)  # why it is refused
    cells: dict[str, str] = field(default_factory=dict)  # {column: text}, as the file has them

    @property
    def outcome(self) -> str:
        """One of "refused", "new", "changed" and "same"."""
        if self.faults:
            return "refused"
        if self.is_new:
            return "new"
        return "changed" if self.differences else "same"


@dataclass(frozen=True)
class Plan:
    """All or nothing: as long as a row is refused, none is stored, because nobody finds out later which half is in."""

    changes: list[Change]

    def of(self, outcome: str) -> list[Change]:
        return [each for each in self.changes if each.outcome == outcome]

    @property
    def new(self):
        return self.of("new")

    @property
    def changed(self):
        return self.of("changed")

    @property
    def same(self):
        return self.of("same")

    @property
    def refused(self):
        return self.of("refused")

    @property
    def can_be_stored(self) -> bool:
        return not self.refused and bool(self.new or self.changed)

    @property
    def stored(self) -> list[Any]:
        """The rows that were added or changed, once it is stored."""
        return [each.row for each in (*self.new, *self.changed)]

    @property
    def fingerprint(self) -> str:
        """Another one if any row of the file would now change something else than before."""
        shown = [[each.line, each.outcome, each.row and each.row.pk, each.differences] for each in self.changes]
        return sha256_of(json.dumps(shown, default=str))

    def check(self, seen: str) -> None:
        """Raises ValidationError if it cannot be stored, or is not what was shown. seen: the fingerprint of that."""
        if not (self.new or self.changed or self.refused):
            # Such as by a double click.
            raise ValidationError(_("All of this is stored already."), code="stored")
        if self.fingerprint != seen:
            raise ValidationError(
                _(
                    "Somebody else has changed the roster since the file was read, so nothing was stored. Below stands "
                    "what the file would change now: look at it again."
                ),
                code="stored",
            )
        if not self.can_be_stored:
            raise ValidationError(_("Nothing was stored: there is nothing to store, or a row is refused."))


def plan_of(changes: list[Change], rows: list[Row]) -> Plan:
    """The plan of a file, in which a row is refused that is about the same as an earlier one.

    rows: as they were read, one for each change.
    """
    lines: dict[object, int] = {}
    for each, row in zip(changes, rows, strict=True):
        each.cells = row.cells
        if each.key is not None and each.key in lines:
            each.faults.append(_("The same stands in line %(line)s already.") % {"line": lines[each.key]})
        lines.setdefault(each.key, each.line)
    return Plan(changes)


class Cells:
    """Reads the cells of one row, and gathers what is wrong with them."""

    def __init__(self, row):
        self.cells, self.faults = row.cells, [row.fault] if row.fault else []

    def read(self, column, understand):
        """What `understand` makes of a cell; None if it raises ValidationError, which is noted."""
        try:
            return understand(self.cells[column])
        except ValidationError as refusal:
            self.faults += [f"{column}: {message}" for message in refusal.messages]
            return None
