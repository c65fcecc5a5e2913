"""The lists and texts that organizers keep: affiliates, regions, terms."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from responses.exchange.affiliates_file import COLUMNS, affiliates_csv, plan_affiliates, store_affiliates
from responses.languages import choices, languages
from responses.models import Affiliate, Region, Term, TermWording
from responses.models.affiliate import check_countries, check_languages

from .invite_selected import InvitesSelected
from .look_only import OwnLookups
from .organizer_texts import OrganizersTextAdmin
from .recusals import NamesNotRecused
from .roster_files import RosterFile, TakesFile
from .stored_meanwhile import OrganizersForm, OrganizersFormSet, StoredMeanwhile
from .typed import TypedByOrganizers


@admin.register(Region)
class RegionAdmin(InvitesSelected, OrganizersTextAdmin):
    list_display = ["name", "position"]
    search_fields = ["name"]
    actions = ["invite_selected"]
    invited_as = "regions"


class AffiliateForm(OrganizersForm):
    def clean_countries(self):
        check_countries(self.cleaned_data["countries"])
        return self.cleaned_data["countries"]

    def clean_languages(self):
        codes = " ".join(self.cleaned_data["languages"].split())
        check_languages(codes)
        return codes


class AffiliatesFile(RosterFile):
    """All affiliates of the roster."""

    name, columns = "affiliates", COLUMNS
    title = _("Affiliates, from a file")

    @property
    def back(self):
        return reverse("admin:responses_affiliate_changelist")

    def written(self):
        return affiliates_csv()

    def plan(self, data):
        return plan_affiliates(data)

    def store(self, data, seen):
        return store_affiliates(data, seen=seen)


@admin.register(Affiliate)
class AffiliateAdmin(
    InvitesSelected, TakesFile, NamesNotRecused, OwnLookups, StoredMeanwhile, TypedByOrganizers, admin.ModelAdmin
):
    form = AffiliateForm
    list_display = ["name", "kind", "region", "languages", "is_active"]
    list_filter = ["kind", "region", "is_active"]
    list_select_related = ["region"]
    search_fields = ["name"]
    actions = ["invite_selected"]
    invited_as = "affiliates"

    def get_urls(self):
        pages = {"file/": (self.file, ["GET", "HEAD", "POST"]), "affiliates.csv": (self.csv, ["GET", "HEAD"])}
        own = [
            path(
                address,
                self.admin_site.admin_view(require_http_methods(methods)(view)),
                name=f"affiliates_{view.__name__}",
            )
            for address, (view, methods) in pages.items()
        ]
        return own + super().get_urls()

    def file(self, request):
        return self.upload_file(request, AffiliatesFile())

    def csv(self, request):
        return self.download_file(request, AffiliatesFile())


def _other_languages():
    """Languages other than those of the interface, for which the term itself has columns."""
    others = [each for code, each in languages().items() if code not in settings.MODELTRANSLATION_LANGUAGES]
    return [("", "—"), *choices(get_language(), others)]


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
