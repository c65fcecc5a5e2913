"""All marks, to look at."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from outcomes.models import Evidence
from responses.admin.capped_paginator import CappedPaginator
from responses.admin.content_note import folded, told_at
from responses.admin.long_list import LongList
from responses.admin.look_only import LookOnlyAdmin
from responses.admin.recusals import NotRecused


class RevisionFilter(admin.SimpleListFilter):
    title = _("revision of the problem or solution")
    parameter_name = "revision"

    def lookups(self, request, model_admin):
        return [("again", _("To look at again")), ("older", _("Marked before it was reworded"))]

    def queryset(self, request, queryset):
        if self.value() == "again":
            return queryset.reworded_for(request.user)
        return queryset.filter(is_of_older_words=True) if self.value() == "older" else queryset


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("lost", _("A marked passage was edited away"))]

    def queryset(self, request, queryset):
        return queryset.to_look_at_by(request.user) if self.value() == "lost" else queryset


@admin.register(Evidence)
class EvidenceAdmin(NotRecused, LongList, LookOnlyAdmin):
    """They are made and removed at the coding desk."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_display = ["answer", "about", "says", "coder", "created_at", "lost"]
    list_filter = [StateFilter, "stance", RevisionFilter, "problem", "solution"]
    list_prefetch_related = (
        "answer__response",
        "answer__question",
        "problem",
        "solution",
        "coder",
    )
    ordering = ["-created_at", "-pk"]
    list_per_page = list_max_show_all = 10
    # Not `before` and `after`: they are there to find the passage again, and the coding desk shows it in its place.
    fields = [
        "answer",
        "told_readers",
        "problem",
        "solution",
        "claim_revision",
        "translation",
        "words",
        "stance",
        "note",
        "coder",
        "created_at",
    ]
    readonly_fields = ["told_readers", "words", "created_at"]

    told_readers = told_at("answer.response.told_readers")

    def get_ordering(self, request):
        """What was edited away, or waits to be looked at again, the oldest first: as an index has it."""
        if request.GET.get(RevisionFilter.parameter_name) == "again":
            return ["reworded_on", "pk"]
        return ["lost_on", "pk"] if self._has_lost(request) else self.ordering

    def get_list_display(self, request):
        return ["at_desk", *self.list_display[1:-1]] if self._has_lost(request) else self.list_display

    def _has_lost(self, request):
        return request.GET.get(StateFilter.parameter_name) == "lost"

    @admin.display(description=_("answer"))
    def at_desk(self, mark):
        address = reverse("admin:outcomes_answertocode_change", args=[mark.answer_id])
        return format_html('<a href="{}">{}</a>', address, mark.answer)

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    @admin.display(description=_("problem or solution"))
    def about(self, mark):
        return mark.claim

    @admin.display(description=_("stance"))
    def says(self, mark):
        return mark.stance_label

    @admin.display(description=_("edited away"), boolean=True)
    def lost(self, mark):
        return mark.lost_on is not None

    @admin.display(description=_("passage"))
    def words(self, mark):
        return folded(mark.quote, mark.answer.response, mark.wording_language)
