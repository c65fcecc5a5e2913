from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from responses.languages import language_of
from responses.models import Translation

from .look_only import LookOnlyAdmin


@admin.register(Translation)
class TranslationAdmin(LookOnlyAdmin):
    """All translations, to look up. The work on them is done at the translators' desk."""

    list_display = ["answer", "language_name", "status", "origin", "translator", "reviewer", "outdated"]
    list_filter = ["status", "origin"]
    list_select_related = ["answer__response", "answer__question", "translator", "reviewer"]
    search_fields = ["answer__response__code", "language"]
    readonly_fields = ["text", "source_text", "created_at", "reviewed_at"]

    @admin.display(description=_("language"), ordering="language")
    def language_name(self, translation):
        return language_of(translation.language).label

    @admin.display(description=_("outdated"), boolean=True)
    def outdated(self, translation):
        return translation.is_outdated
