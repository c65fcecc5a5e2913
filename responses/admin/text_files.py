"""The organizers' texts in all interface languages: what is missing or older, and files for translators."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from responses import organizer_texts
from responses.languages import language_of
from responses.models import TextSource

from .look_only import LookOnlyAdmin

# Bytes: many times what all texts together need.
LARGEST_FILE = 2_000_000


class TextsForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [("", "—"), *((code, language_of(code).autonym) for code in organizer_texts.OTHERS)],
    )
    file = forms.FileField(label=_("File"), error_messages={"required": _("Choose a file.")})

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 2 MB."))
        return organizer_texts.read(file.read())


@admin.register(TextSource)
class TextsAdmin(LookOnlyAdmin):
    verbs = {"change"}

    def get_urls(self):
        download = self.admin_site.admin_view(self.download)
        return [path("<str:code>.po", download, name="texts_download"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        form, imported = TextsForm(request.POST or None, request.FILES or None), None
        if form.is_valid():
            try:
                imported = organizer_texts.import_catalogue(form.cleaned_data["file"], form.cleaned_data["language"])
            except ValidationError as refusal:
                form.add_error("file", refusal)
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(self.opts.verbose_name_plural),
            "opts": self.opts,
            "may_change": self.has_change_permission(request),
            "form": form,
            "imported": imported,
            "left": [(key, organizer_texts.REASONS[reason]) for key, reason in imported.left] if imported else [],
            "languages": [language_of(code) for code in organizer_texts.OTHERS],
            "rows": [
                (text, _address(text.row), [(code, text.state(code)) for code in organizer_texts.OTHERS])
                for text in organizer_texts.texts()
            ],
        }
        return render(request, "admin/responses/textsource/texts.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return redirect("admin:responses_textsource_changelist")

    def download(self, request, code):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if code not in organizer_texts.OTHERS:
            raise Http404("Not a language of the texts.")
        file = HttpResponse(
            str(organizer_texts.catalogue(code)) + "\n", content_type="text/x-gettext-translation; charset=utf-8"
        )
        file["Content-Disposition"] = f'attachment; filename="outcomes-{code}.po"'
        return file


def _address(row):
    """The address of the form for the texts of a row: its own form, or that of the row it is a part of."""
    parts = [getattr(row, each.name) for each in row._meta.fields if each.is_relation]
    for each in (row, *parts):
        if admin.site.is_registered(type(each)):
            return reverse(f"admin:{each._meta.app_label}_{each._meta.model_name}_change", args=[each.pk])
    return ""
