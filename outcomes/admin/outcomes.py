"""The organizers' outcomes: statement and clauses, problems, solutions."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from outcomes.models import Clause, Problem, Solution, Statement


class ClauseInline(TranslationStackedInline):
    model = Clause
    extra = 0
    autocomplete_fields = ["problems"]


@admin.register(Statement)
class StatementAdmin(TranslationAdmin):
    group_fieldsets = True
    list_display = ["version", "title", "adopted_on", "published_at"]
    search_fields = ["version", "title"]
    inlines = [ClauseInline]


@admin.register(Problem)
class ProblemAdmin(TranslationAdmin):
    group_fieldsets = True
    list_display = ["title", "slug", "position", "marks", "source", "published_at"]
    list_filter = ["source", ("published_at", admin.EmptyFieldListFilter)]
    search_fields = ["title", "slug"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_marks=Count("evidence"))

    @admin.display(description=_("evidence"), ordering="number_of_marks")
    def marks(self, problem):
        return problem.number_of_marks


@admin.register(Solution)
class SolutionAdmin(TranslationAdmin):
    group_fieldsets = True
    list_display = ["title", "slug", "position", "progress", "is_next_step", "source", "published_at"]
    list_filter = ["progress", "is_next_step", "source"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["problems"]
