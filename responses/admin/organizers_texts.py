"""Forms for the organizers' texts: all interface languages of a text under each other, each in its own direction."""

from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from responses.languages import language

from .lookups import NamedLookups


class _OwnDirection:
    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field and (code := getattr(db_field, "language", "")):
            field.widget.attrs |= {"lang": code, "dir": language(code).direction}
        return field


class OrganizersTextAdmin(NamedLookups, _OwnDirection, TranslationAdmin):
    group_fieldsets = True


class OrganizersTextInline(_OwnDirection, TranslationStackedInline):
    extra = 0
