"""The lists and texts that organizers keep: questions, affiliates, regions; and the gatherings that were announced."""

from django.contrib import admin

from responses.models import Affiliate, Gathering, Question, Region

from .lookups import NamedLookups
from .organizers_texts import OrganizersTextAdmin


@admin.register(Question)
class QuestionAdmin(OrganizersTextAdmin):
    list_display = ["prompt", "slug", "position"]
    readonly_fields = ["slug"]  # the name of a field on the form
    search_fields = ["prompt"]

    def has_add_permission(self, request):
        # The form of the respond page has three questions; answers hang on them.
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Region)
class RegionAdmin(OrganizersTextAdmin):
    list_display = ["name", "slug", "position"]
    search_fields = ["name"]


@admin.register(Affiliate)
class AffiliateAdmin(NamedLookups, admin.ModelAdmin):
    lookups = {"kind__exact", "region__id__exact", "region__isnull", "is_active__exact"}
    list_display = ["name", "kind", "region", "is_active"]
    list_filter = ["kind", "region", "is_active"]
    list_select_related = ["region"]
    search_fields = ["name"]


@admin.register(Gathering)
class GatheringAdmin(NamedLookups, admin.ModelAdmin):
    list_display = ["code", "title", "affiliate", "held_on", "place"]
    list_select_related = ["affiliate"]
    search_fields = ["code", "title"]
    autocomplete_fields = ["affiliate"]

    def has_add_permission(self, request):
        return False
