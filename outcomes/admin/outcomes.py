"""The organizers' outcomes: statement and clauses, problems, solutions, topics."""

from django.contrib import admin
from django.db.models import IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from outcomes.models import Clause, Evidence, Problem, SharedAnswer, Solution, Statement, Topic
from responses.admin.capped_paginator import COUNTED_AT_MOST, number_or_more
from responses.admin.organizer_texts import OrganizersTextAdmin, OrganizersTextInline


class ClauseInline(OrganizersTextInline):
    model = Clause

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("statement").prefetch_related("problems")

    def formfield_for_manytomany(self, db_field, request, **options):
        field = super().formfield_for_manytomany(db_field, request, **options)
        # Read here for all clauses: the form of each has a copy of the field, which would read the problems again.
        field.choices = [*iter(field.choices)]
        return field


@admin.register(Statement)
class StatementAdmin(OrganizersTextAdmin):
    list_display = ["version", "title", "announced_on", "published_at"]
    search_fields = ["version", "title"]
    inlines = [ClauseInline]


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


class ClaimAdmin(OrganizersTextAdmin):
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


@admin.register(Topic)
class TopicAdmin(OrganizersTextAdmin):
    list_display = ["name", "source", "problem"]
    list_filter = [("problem", admin.EmptyFieldListFilter)]
    list_select_related = ["problem"]
    search_fields = ["name", "slug"]
    # Beside the list is a plus: it opens the form of a problem, which is chosen here as soon as it is worded.
    fields = ["slug", "position", "name", "source", "problem"]
