"""The statement in its versions, with their clauses."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from outcomes.models import Clause, Statement
from outcomes.models.statement import KEPT
from responses.admin.organizer_texts import OrganizersTextAdmin, OrganizersTextInline

from .history import HasHistory
from .statement_desk import StatementDesk
from .statement_forms import ClauseForm, ClauseFormSet, StatementForm


class ClauseInline(OrganizersTextInline):
    model = Clause
    form = ClauseForm
    formset = ClauseFormSet

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("statement").prefetch_related("problems")

    def get_max_num(self, request, obj=None, **options):
        # No button that adds one. The permissions stay, so that a form that was opened before gets an answer.
        return 0 if obj and obj.is_fixed else super().get_max_num(request, obj, **options)

    def formfield_for_manytomany(self, db_field, request, **options):
        field = super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple, **options)
        # Read here for all clauses: the form of each has a copy of the field, which would read the problems again.
        field.choices = [*iter(field.choices)]
        return field


@admin.register(Statement)
class StatementAdmin(HasHistory, StatementDesk, OrganizersTextAdmin):
    form = StatementForm
    exclude = ["published_at", "problems_behind", "solutions_behind", "responses_behind"]
    list_display = ["version", "title", "made_from", "announced_on", "published_at"]
    list_select_related = ["made_from"]
    search_fields = ["version", "title"]
    inlines = [ClauseInline]

    def get_readonly_fields(self, request, obj=None):
        # `publish` sets it for a version that was made from another.
        return ["announced_on"] if obj and (obj.is_fixed or obj.made_from_id) else []

    def store(self, request, row, form):
        row.store()

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if asked := sum(each.asks_anew for each in formset.forms):
            said = ngettext(
                "The words of %(n)s clause changed beside which somebody is quoted: the authors have their time to "
                "object once more.",
                "The words of %(n)s clauses changed beside which somebody is quoted: the authors have their time to "
                "object once more.",
                asked,
            )
            self.message_user(request, said % {"n": asked}, messages.WARNING)

    # --- Drafts only are deleted ---

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_fixed)

    def delete_view(self, request, object_id, extra_context=None):
        version = self.get_object(request, object_id)
        if version and version.is_fixed and self.has_view_permission(request, version):
            self.message_user(request, KEPT, messages.ERROR)
            return redirect("admin:outcomes_statement_change", version.pk)
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if kept := [each for each in objs if each.is_fixed]:
            # It is not a right that is lacking.
            lacking = lacking - {self.opts.verbose_name}
            said = _("version %(version)s: it is published, or its day is set")
            protected = [*(said % {"version": each} for each in kept), *protected]
        return to_delete, counts, lacking, protected
