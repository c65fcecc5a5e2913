"""The list behind a page of a desk: "next" and the place of the page are those in it."""

from copy import copy

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

# The name in an address that has the filters of the list.
FILTERS = "_changelist_filters"


def list_behind(desk, request):
    """The list that somebody came from, with its filters and its search; without these, the whole list."""
    for filters in (QueryDict(desk.get_preserved_filters(request)).get(FILTERS, ""), ""):
        asked = copy(request)
        asked.GET = QueryDict(filters, mutable=True)
        # There may be fewer pages by now.
        asked.GET.pop(PAGE_VAR, None)
        if any("\x00" in each for each in asked.GET.values()):
            continue
        try:
            return desk.get_changelist_instance(asked)
        except (IncorrectLookupParameters, SuspiciousOperation):
            # An address that somebody has typed, or a conversation that is there no more.
            continue
    return None
