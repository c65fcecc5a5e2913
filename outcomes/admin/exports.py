"""The page of exports: what can be taken along, and who has taken what."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from outcomes.exports.files import FILES
from outcomes.models import Export
from responses.admin.capped_paginator import CappedPaginator
from responses.admin.look_only import LookOnlyAdmin
from responses.languages import choices

# Bytes. The server holds a page in memory while it sends it.
LARGEST = 32 * 1024 * 1024


class ExportForm(forms.Form):
    language = forms.ChoiceField(choices=lambda: choices(get_language()))
    file = forms.ChoiceField(choices=[(each.name, each.title) for each in FILES])

    @property
    def chosen(self):
        return next(each for each in FILES if each.name == self.cleaned_data["file"])


@require_POST
def take(request):
    """Send a file, and log who has taken it."""
    if not request.user.has_perm("outcomes.add_export"):
        raise PermissionDenied
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such file or language. Choose from the lists below."))
        return redirect("admin:outcomes_export_changelist")
    file = form.chosen
    try:
        made = Export.objects.take(file, form.cleaned_data["language"], by=request.user, largest=LARGEST)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("admin:outcomes_export_changelist")
    return FileResponse(made, as_attachment=True, filename=file.name, content_type=file.content_type)


@admin.register(Export)
class ExportAdmin(LookOnlyAdmin):
    """What was taken. A file is taken above the list; there is no form for it."""

    list_display = ["file", "language", "size", "taken_by", "taken_at"]
    list_display_links = None
    list_select_related = ["taken_by"]
    list_per_page = list_max_show_all = 20
    paginator = CappedPaginator
    show_full_result_count = False
    search_fields = ["file"]
    ordering = ["-taken_at", "-pk"]
    sortable_by = ()
    when_empty = _("Nobody has taken a file yet.")

    def get_urls(self):
        return [
            path("take/", self.admin_site.admin_view(take), name="outcomes_export_take"),
            *super().get_urls(),
        ]

    def get_model_perms(self, request):
        return super().get_model_perms(request) | {"add": False}

    def changelist_view(self, request, extra_context=None):
        offered = {
            "files": FILES if request.user.has_perm("outcomes.add_export") else [],
            "languages": choices(get_language()),
            "chosen": get_language(),
        }
        return super().changelist_view(request, offered | (extra_context or {}))
