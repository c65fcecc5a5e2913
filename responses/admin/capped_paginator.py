"""Pages of a list that may be long: as far as somebody turns them, and never counted to the end."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

# Rows. What stands behind them is reached by a filter or a search, or once those before are dealt with.
COUNTED_AT_MOST = 1_000


def capped_count(rows) -> int:
    """How many rows there are, or one more than `COUNTED_AT_MOST`: no more of them are looked at."""
    return rows.order_by().values("pk")[: COUNTED_AT_MOST + 1].count()


def number_or_more(number) -> str:
    """A capped count, for people."""
    if number > COUNTED_AT_MOST:
        return _("more than %(n)s") % {"n": f"{COUNTED_AT_MOST:,}"}
    return str(number)


class CappedPaginator(Paginator):
    """For the list of an admin, as `paginator`: it costs the same for a thousand rows and for a hundred thousand."""

    @cached_property
    def _counted(self):
        return capped_count(self.object_list)

    @property
    def count(self):
        return min(self._counted, COUNTED_AT_MOST)

    @property
    def has_more(self):
        return self._counted > COUNTED_AT_MOST

    @property
    def number(self) -> str:
        return number_or_more(self._counted)
