"""Forms for the organizers' texts in all interface languages: the English, one other beside it, the others folded."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.forms import model_to_dict
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from responses.languages import language_of
from responses.numbers_no_row_has import is_id
from responses.organizer_texts import OTHERS, SOURCE, note_saved, registered, texts_of

from .look_only import OwnLookups
from .recusals import NamesNotRecused
from .stored_meanwhile import SWITCH, OrganizersForm, OrganizersFormSet, StoredMeanwhile
from .texts_beside import TextsPage
from .typed import TypedByOrganizers

# Of the languages that a text in a list still lacks: more are folded.
MOST_UNFOLDED = 3


class _OwnDirection:
    """Each field in the direction of its language, and labelled with the name of the language, not its code."""

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field and (code := getattr(db_field, "language", "")):
            language = language_of(code)
            field.widget.attrs |= {"lang": code, "dir": language.direction}
            field.label = f"{capfirst(db_field.translated_field.verbose_name)} · {language.autonym}"
            if code != SOURCE:
                # It stands at the English, which is always in sight.
                field.help_text = ""
        elif field and isinstance(field.widget, forms.Textarea):
            field.widget.attrs["dir"] = "auto"
        if field and isinstance(getattr(field.widget, "widget", None), forms.CheckboxSelectMultiple):
            # Boxes cannot take up what was added in a window of its own.
            field.widget.can_add_related = False
        return field


class OrganizersTextAdmin(
    NamesNotRecused, OwnLookups, StoredMeanwhile, TypedByOrganizers, _OwnDirection, TranslationAdmin
):
    group_fieldsets = True

    def get_fieldsets(self, request, obj=None):
        """With the fields that are forgotten in grouping.

        These are relations to many rows, fields of the form alone, and what is only shown.
        """
        fieldsets = super().get_fieldsets(request, obj)
        every = [*self.get_form(request, obj, fields=None).base_fields, *self.get_readonly_fields(request, obj)]
        forgotten = [name for name in every if name not in flatten_fieldsets(fieldsets)]
        return [*fieldsets, (None, {"fields": forgotten})] if forgotten else fieldsets

    def get_list_display(self, request):
        return [*super().get_list_display(request), "languages_left"]

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        kept = self.get_preserved_filters(request)
        for row, found in zip(rows, texts_of(rows), strict=True):
            form = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
            row.texts, row.form_beside = found, f"{form}?{kept}{kept and '&'}beside="
        changelist.result_list = rows
        return changelist

    @admin.display(description=_("still to translate"))
    def languages_left(self, row):
        """Languages in which a text of the row is missing, or older than its English: "svenska, español (older)".

        Each leads to the form with this language beside the English. Many are folded: a row is as high as its title.
        """
        left = []
        for code in OTHERS:
            states = {text.state(code) for text in row.texts}
            language, address = language_of(code), f"{row.form_beside}{code}"
            link = format_html(
                '<a href="{}" lang="{}" dir="{}">{}</a>', address, code, language.direction, language.autonym
            )
            if "missing" in states:
                left.append(link)
            elif "older" in states:
                left.append(format_html(gettext("%(language)s (older)").replace("%(language)s", "{}"), link))
        every = format_html_join(", ", "{}", ((each,) for each in left)) or "—"
        if len(left) <= MOST_UNFOLDED:
            return every
        said = ngettext("%(n)s language", "%(n)s languages", len(left)) % {"n": len(left)}
        return format_html("<details><summary>{}</summary>{}</details>", said, every)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if SWITCH in request.POST:
            request.POST = request.POST.copy()
            # Not chosen by this button.
            request.POST.pop(f"{admin.ActionLocation.CHANGE_FORM.value}-action", None)
            below = f"{request.POST[SWITCH]}-TOTAL_FORMS"
            if is_id(request.POST.get(below, "")):
                request.POST[below] = int(request.POST[below]) + 1
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_view_on_site_url(self, obj=None):
        """None as long as readers cannot see it: the link would lead nowhere."""
        return super().get_view_on_site_url(obj) if getattr(obj, "is_published", True) else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form, formsets = context["adminform"].form, [each.formset for each in context["inline_admin_formsets"]]
        texts = TextsPage(request, form, formsets)
        # Rows below are named as they are stored, whatever stands in the form above.
        for formset in formsets if form.stored else []:
            for stored in [each.stored for each in formset.initial_forms if getattr(each, "stored", None)]:
                setattr(stored, formset.fk.name, form.stored)
        may_store = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        context |= {"texts": texts, "may_store": may_store}
        return super().render_change_form(request, context, add, change, texts.address, obj)

    def store(self, request, row, form):
        row.save()

    def save_form(self, request, form, change):
        form.english_before = _english_before(form)
        return super().save_form(request, form, change)

    def save_model(self, request, obj, form, change):
        self.store(request, obj, form)
        note_saved(obj, form.changed_data, form.english_before)

    def save_formset(self, request, form, formset, change):
        shown = [each for each in formset.initial_forms if each.instance.pk]
        there = formset.model.objects.in_bulk([each.instance.pk for each in shown])
        worded_anew = {}
        for each in shown:
            if each.instance.pk not in there:
                # Saving the row above deleted it, as a promise that is moved back. Django would insert it again.
                each.changed_data = []
            elif anew := _differences(there[each.instance.pk], each.initial):
                worded_anew[each.instance.pk] = anew
        super().save_formset(request, form, formset, change)
        for each in formset.forms:
            if each.instance.pk and each.has_changed() and type(each.instance) in registered():
                note_saved(each.instance, each.changed_data, _english_before(each))
        # Saving the row above worded them anew, as the reason of a promise that is moved once more on the same day. The
        # forms below had the wording before that: it must not win. What was translated was translated from theirs.
        for pk, anew in worded_anew.items():
            formset.model.objects.filter(pk=pk).update(**anew)


def _differences(row, before):
    """{name: value} of the fields of a row that have another value than `before`, {name: value}, has."""
    now = model_to_dict(row, fields=before)
    return {name: value for name, value in now.items() if value != before[name]}


def _english_before(form):
    return {name: value for name, value in form.initial.items() if name.endswith(f"_{SOURCE}")}


class OrganizersTextInline(TypedByOrganizers, _OwnDirection, TranslationStackedInline):
    form = OrganizersForm
    formset = OrganizersFormSet
    template = "admin/_texts_of_rows.html"
    extra = 0
