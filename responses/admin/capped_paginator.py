"""Pages of a list that may be long: as far as somebody turns them, and never counted to the end."""

from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from responses.numbers_no_row_has import is_id

# Rows. What stands behind them is reached by a filter or a search, or once those before are dealt with.
COUNTED_AT_MOST = 1_000


def looked_for(request, per_page) -> int:
    """How many rows a search looks for: those as far as the page that is asked for, and the first of the next one.

    Each costs a look at its words, so that many of a common word would cost much.
    """
    page = request.GET.get(PAGE_VAR, "")
    return min(int(page) * per_page if is_id(page) else per_page, COUNTED_AT_MOST) + 1


def capped_count(rows) -> int:
    """How many rows there are, or one more than `COUNTED_AT_MOST`: no more of them are looked at."""
    return rows.order_by().values("pk")[: COUNTED_AT_MOST + 1].count()


def number_or_more(number, most=COUNTED_AT_MOST) -> str:
    """A count that goes no further than one more than `most`, for people."""
    if number > most:
        return _("more than %(n)s") % {"n": f"{most:,}"}
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


class _Found(CappedPaginator):
    """Of what a search has found, with the first row of the next page."""

    most: int

    @property
    def count(self):
        return self._counted

    @property
    def has_more(self):
        return self._counted > self.most

    @property
    def number(self) -> str:
        return number_or_more(self._counted, self.most)


class FindsPageByPage:
    """For the list of an admin whose search looks for no more than `looked_for`."""

    paginator = CappedPaginator

    def get_paginator(self, request, queryset, per_page, *args, **options):
        if not request.GET.get(SEARCH_VAR, "").strip():
            return super().get_paginator(request, queryset, per_page, *args, **options)
        found = _Found(queryset, per_page, *args, **options)
        found.most = looked_for(request, per_page) - 1
        return found
