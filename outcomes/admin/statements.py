"""The statement in its versions, with their clauses."""

from django.contrib import admin

from outcomes.models import Clause, Statement
from responses.admin.organizer_texts import OrganizersTextAdmin, OrganizersTextInline

from .asked_things import KeptWhileAsked, WhileAskedForm, WhileAskedFormSet


class ClauseInline(OrganizersTextInline):
    model = Clause
    form = WhileAskedForm
    formset = WhileAskedFormSet

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("statement").prefetch_related("problems")

    def formfield_for_manytomany(self, db_field, request, **options):
        field = super().formfield_for_manytomany(db_field, request, **options)
        # Read here for all clauses: the form of each has a copy of the field, which would read the problems again.
        field.choices = [*iter(field.choices)]
        return field


@admin.register(Statement)
class StatementAdmin(KeptWhileAsked, OrganizersTextAdmin):
    list_display = ["version", "title", "announced_on", "published_at"]
    search_fields = ["version", "title"]
    inlines = [ClauseInline]
