from django.contrib import admin

from responses.models import Term, TermWording

from .organizers_texts import OrganizersTextAdmin


class TermWordingInline(admin.TabularInline):
    model = TermWording
    fields = ["language", "wording"]
    extra = 0


@admin.register(Term)
class TermAdmin(OrganizersTextAdmin):
    """The hard words, in the languages of the pages and in any other."""

    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    inlines = [TermWordingInline]
