"""A number that is too large for its column is one that no row has, in every look-up.

Django knows that of `=`, `<` and `>`, and not of IN, which forms and lists use for ids that were posted: SQLite then
refuses the whole query, and the page with it.
"""

from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

# The largest id that a column can hold.
_LARGEST = 2**63 - 1
# Characters of the longest number that one can hold. Python refuses to read one of thousands.
_LONGEST = len(str(-_LARGEST))


def is_id(text: str) -> bool:
    """Whether a text, of an address for example, can be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST and int(text) <= _LARGEST


class _InRange:
    """For IN: leaves out the numbers that the column cannot hold."""

    def get_prep_lookup(self):
        if self.rhs_is_direct_value() and isinstance(_column(self), IntegerField):
            self.rhs = [each for each in self.rhs if not (isinstance(each, str) and len(each) > _LONGEST)]
        return super().get_prep_lookup()

    def process_rhs(self, compiler, connection):
        column = _column(self)
        if self.rhs_is_direct_value() and isinstance(column, IntegerField):
            least, most = connection.ops.integer_field_range(column.get_internal_type())
            self.rhs = [each for each in self.rhs if not isinstance(each, int) or least <= each <= most]
        return super().process_rhs(compiler, connection)


def _column(lookup):
    """The field that holds the number: that of the row to which a foreign key leads, if it is one."""
    field = lookup.lhs.output_field
    while hasattr(field, "path_infos"):
        field = field.path_infos[-1].target_fields[-1]
    return field


class IntegerIn(_InRange, In):
    """IN over numbers."""


class RelatedIntegerIn(_InRange, RelatedIn):
    """IN over foreign keys."""


def ignore_numbers_out_of_range() -> None:
    """A number that its column cannot hold is looked up as an id that does not exist."""
    IntegerField.register_lookup(IntegerIn)
    ForeignObject.register_lookup(RelatedIntegerIn)
