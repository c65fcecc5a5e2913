"""Problems and solutions, as organizers word them."""

from django.contrib import admin
from django.db.models import IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from outcomes.models import Evidence, Problem, SharedAnswer, Solution
from responses.admin.capped_paginator import COUNTED_AT_MOST, number_or_more
from responses.admin.organizer_texts import OrganizersTextAdmin

from .asked_things import KeptWhileAsked


class ProposedFilter(admin.SimpleListFilter):
    title = _("proposal")
    parameter_name = "proposed"

    def lookups(self, request, model_admin):
        return [("waiting", _("Proposed by a coder, not yet published"))]

    def queryset(self, request, queryset):
        return queryset.proposed() if self.value() == "waiting" else queryset


class _Number(Subquery):
    """How many rows a query finds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) found)"
    output_field = IntegerField()


class ClaimAdmin(KeptWhileAsked, OrganizersTextAdmin):
    readonly_fields = ["revision", "proposed_at"]
    search_fields = ["title", "slug"]

    def store(self, request, row, form):
        row.store(by=request.user)

    def get_queryset(self, request):
        marks = Evidence.objects.settled().filter(**{self.model.kind(): OuterRef("pk")}).order_by().values("pk")
        counted = _Number(marks[: COUNTED_AT_MOST + 1])
        return super().get_queryset(request).annotate(number_of_marks=counted)

    def codes_not_named(self, request):
        """Nobody learns here what coders have marked in an answer that they do not agree on yet."""
        return super().codes_not_named(request) | SharedAnswer.objects.open().codes()

    @admin.display(description=_("evidence"), ordering="number_of_marks")
    def marks(self, claim):
        return number_or_more(claim.number_of_marks)


@admin.register(Problem)
class ProblemAdmin(ClaimAdmin):
    list_display = ["title", "position", "marks", "source", "published_at"]
    list_filter = [ProposedFilter, "source", ("published_at", admin.EmptyFieldListFilter)]


@admin.register(Solution)
class SolutionAdmin(ClaimAdmin):
    list_display = ["title", "position", "marks", "progress", "is_next_step", "source", "published_at"]
    list_filter = [
        ProposedFilter,
        "progress",
        "is_next_step",
        "source",
        ("published_at", admin.EmptyFieldListFilter),
    ]
    autocomplete_fields = ["problems"]
