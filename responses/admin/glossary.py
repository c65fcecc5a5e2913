from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from responses.languages import languages
from responses.models import Term, TermWording

from .organizer_texts import OrganizersTextAdmin


def _other_languages():
    """Languages other than those of the interface, for which the term itself has columns."""
    others = {code: each.label for code, each in languages().items() if code not in settings.MODELTRANSLATION_LANGUAGES}
    return [("", "—"), *others.items()]


class TermWordingForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("language"), choices=_other_languages)

    class Meta:
        model = TermWording
        fields = ["language", "wording"]


class TermWordingInline(admin.TabularInline):
    model = TermWording
    form = TermWordingForm
    extra = 0


@admin.register(Term)
class TermAdmin(OrganizersTextAdmin):
    """The glossary terms, in the languages of the interface and in any other."""

    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    inlines = [TermWordingInline]
