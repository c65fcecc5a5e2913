"""Lists that cost the same for a thousand rows and for a hundred thousand."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from responses.models import Response

from .capped_paginator import CappedPaginator


class LongList(admin.ModelAdmin):
    """For the list of rows that belong to responses. Its `ordering` is one that an index has, and there is no other."""

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    # With each row, the database looks up what it refers to.
    list_per_page = list_max_show_all = 20
    sortable_by: tuple[str, ...] = ()
    # There has to be one, so that the list has a field for searching.
    search_fields = ["pk"]
    search_help_text = _("The code of a response.")

    # What rows refer to: each kind is looked up in a query of its own. In one query, the database would rather sort all
    # rows with all that they refer to.
    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[str, ...] = ()

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = changelist.result_list.prefetch_related(*self.list_prefetch_related)
        return changelist

    def get_search_results(self, request, queryset, search_term):
        """What belongs to the response with this code."""
        if not search_term.strip():
            return queryset, False
        response = Response.objects.filter(code=search_term.strip()).first()
        found = queryset.filter(**{queryset.to_response: response}) if response else queryset.none()
        return found, False
