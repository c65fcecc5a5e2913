"""The lists and texts that organizers keep: affiliates, regions, terms."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.languages import languages
from responses.models import Affiliate, Region, Term, TermWording

from .look_only import OwnLookups
from .organizer_texts import OrganizersTextAdmin
from .recusals import NamesNotRecused
from .stored_meanwhile import OrganizersForm, OrganizersFormSet, StoredMeanwhile
from .typed import TypedByOrganizers


@admin.register(Region)
class RegionAdmin(OrganizersTextAdmin):
    list_display = ["name", "position"]
    search_fields = ["name"]


@admin.register(Affiliate)
class AffiliateAdmin(NamesNotRecused, OwnLookups, StoredMeanwhile, TypedByOrganizers, admin.ModelAdmin):
    list_display = ["name", "kind", "region", "is_active"]
    list_filter = ["kind", "region", "is_active"]
    list_select_related = ["region"]
    search_fields = ["name"]


def _other_languages():
    """Languages other than those of the interface, for which the term itself has columns."""
    others = {
        code: each.label_in(get_language())
        for code, each in languages().items()
        if code not in settings.MODELTRANSLATION_LANGUAGES
    }
    return [("", "—"), *others.items()]


class TermWordingForm(OrganizersForm):
    language = forms.ChoiceField(label=_("language"), choices=_other_languages)

    class Meta:
        model = TermWording
        fields = ["language", "wording"]


class TermWordingInline(TypedByOrganizers, admin.TabularInline):
    model = TermWording
    form = TermWordingForm
    formset = OrganizersFormSet
    extra = 0


@admin.register(Term)
class TermAdmin(OrganizersTextAdmin):
    """The glossary terms, in the languages of the interface and in any other."""

    list_display = ["name", "meaning"]
    search_fields = ["name", "slug"]
    inlines = [TermWordingInline]
