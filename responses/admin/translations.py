"""Translations, the languages and people behind them, and what organizers have decided about machine drafts."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.language_statistics import numbers_by_language
from responses.languages import language_of
from responses.models import KnownLanguage, MachineDraftOrder, Policy, Translation
from responses.templatetags.languages import named

from .capped_paginator import CappedPaginator
from .content_note import folded, told_at
from .long_list import LongList
from .look_only import LookOnlyAdmin
from .recusals import NotRecused


class WaitingFilter(admin.SimpleListFilter):
    title = _("What waits")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [("review", _("Waiting for review")), ("replace", _("The author objects to this translation"))]

    def queryset(self, request, queryset):
        if self.value() == "review":
            return queryset.exclude(to_review_since=None)
        return queryset.exclude(to_replace_since=None) if self.value() == "replace" else queryset


@admin.register(Translation)
class TranslationAdmin(NotRecused, LongList, LookOnlyAdmin):
    """All translations, to look up. The work on them is done at the translators' desk."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_display = ["answer", "language_name", "status", "origin", "translator", "reviewer", "outdated"]
    list_filter = [WaitingFilter, "status", "origin"]
    list_select_related = ["answer__response", "answer__question", "translator", "reviewer"]
    ordering = ["-created_at", "-pk"]
    fields = [
        "answer",
        "told_readers",
        "language",
        "words",
        "translators_note",
        "original",
        "status",
        "origin",
        "translator",
        "reviewer",
        "created_at",
        "reviewed_at",
        "public_on",
        "objected_on",
        "objection",
    ]
    readonly_fields = ["told_readers", "words", "translators_note", "original", "created_at", "reviewed_at"]

    told_readers = told_at("answer.response.told_readers")

    def get_ordering(self, request):
        """What waits, the oldest first: as an index has it."""
        fields = {"review": "to_review_since", "replace": "to_replace_since"}
        first = fields.get(request.GET.get(WaitingFilter.parameter_name, ""))
        return [first, "pk"] if first else self.ordering

    @admin.display(description=_("language"))
    def language_name(self, translation):
        return language_of(translation.language).label_in(get_language())

    @admin.display(description=_("text"))
    def words(self, translation):
        return folded(translation.text, translation.answer.response, translation.language)

    @admin.display(description=_("translator’s note"))
    def translators_note(self, translation):
        noted = translation.answer.response
        return folded(translation.note, noted, translation.language) if translation.note else "—"

    @admin.display(description=_("translated from"))
    def original(self, translation):
        response = translation.answer.response
        return folded(translation.source_text, response, response.language)

    @admin.display(description=_("outdated"), boolean=True)
    def outdated(self, translation):
        return translation.is_outdated


@admin.register(KnownLanguage)
class LanguagesAdmin(LookOnlyAdmin):
    """The numbers of all languages, with the people who can help."""

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        people: dict[str, tuple[list, list]] = {}
        for each in KnownLanguage.objects.select_related("user").order_by("user__first_name", "user__username"):
            readers, writers = people.setdefault(each.language, ([], []))
            readers += [named(each.user)] if each.reads else []
            writers += [named(each.user)] if each.writes else []
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(self.opts.verbose_name_plural),
            "opts": self.opts,
            # They go through all answers: for who asks for them.
            "numbers": numbers_by_language() if "numbers" in request.GET else None,
            "people": [(language_of(code), *both) for code, both in sorted(people.items())],
        }
        return render(request, "admin/responses/knownlanguage/languages.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return redirect("admin:responses_knownlanguage_changelist")


@admin.register(Policy)
class PolicyAdmin(LookOnlyAdmin):
    verbs = {"change"}
    fields = ["shows_machine_drafts"]

    def changelist_view(self, request, extra_context=None):
        return redirect("admin:responses_policy_change", 1)

    def get_object(self, request, object_id, from_field=None):
        """As long as nothing has been decided, the policy is in no row."""
        return Policy.objects.current() if object_id == "1" else None

    def save_model(self, request, policy, form, change):
        Translation.objects.show_machine_drafts(form.cleaned_data["shows_machine_drafts"])


@admin.register(MachineDraftOrder)
class MachineDraftOrderAdmin(NotRecused, LongList, LookOnlyAdmin):
    """Drafts that are still to be fetched. Deleting an order cancels it."""

    verbs = {"delete"}

    list_display = ["answer", "language", "due_at", "tries"]
    list_prefetch_related = ("answer__response", "answer__question")
    ordering = ["due_at", "pk"]
    list_per_page = list_max_show_all = 10
    readonly_fields = list_display
