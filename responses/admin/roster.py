"""The lists and texts that organizers keep: questions, affiliates, regions; and the gatherings that were announced."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery, Sum
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from responses.languages import languages
from responses.models import Affiliate, Gathering, Question, Region, Response, Term, TermWording

from .look_only import LookOnlyAdmin, OwnLookups
from .organizer_texts import OrganizersTextAdmin
from .typed import TypedByOrganizers


@admin.register(Question)
class QuestionAdmin(LookOnlyAdmin, OrganizersTextAdmin):
    # None is added or deleted: the respond page asks these three questions, and answers belong to them.
    verbs = {"change"}
    list_display = ["prompt", "slug", "position"]
    readonly_fields = ["slug"]  # the name of a field on the form
    search_fields = ["prompt"]


@admin.register(Region)
class RegionAdmin(OrganizersTextAdmin):
    list_display = ["name", "slug", "position"]
    search_fields = ["name"]


@admin.register(Affiliate)
class AffiliateAdmin(OwnLookups, TypedByOrganizers, admin.ModelAdmin):
    list_display = ["name", "kind", "region", "is_active"]
    list_filter = ["kind", "region", "is_active"]
    list_select_related = ["region"]
    search_fields = ["name"]


@admin.register(Gathering)
class GatheringAdmin(LookOnlyAdmin):
    # None is deleted, because responses belong to it; closing it is enough.
    verbs = {"change"}
    list_display = ["code", "title", "affiliate", "held_on", "place", "answered", "people", "closed_on"]
    list_select_related = ["affiliate"]
    search_fields = ["code", "title"]
    readonly_fields = ["code", "title", "affiliate", "held_on", "place", "host_note", "closed_on"]
    actions = ["close_selected"]

    def get_queryset(self, request):
        given = Response.objects.not_withdrawn().filter(gathering=OuterRef("pk")).order_by()
        counted = given.values("gathering").annotate(n=Count("pk"), people=Sum("people"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                number_of_responses=Subquery(counted.values("n")), number_of_people=Subquery(counted.values("people"))
            )
        )

    @admin.display(description=_("responses"), ordering="number_of_responses")
    def answered(self, gathering):
        return gathering.number_of_responses or 0

    @admin.display(description=_("people"), ordering="number_of_people")
    def people(self, gathering):
        return gathering.number_of_people or 0

    @admin.action(description=_("Close the selected invitations"), permissions=["change"])
    def close_selected(self, request, queryset):
        closed = 0
        # All or, after a crash, none.
        with transaction.atomic():
            for gathering in queryset.open():
                gathering.close()
                self.log_change(request, gathering, _("Closed"))
                closed += 1
        said = ngettext("%(n)s invitation closed.", "%(n)s invitations closed.", closed)
        self.message_user(request, said % {"n": closed})


def _other_languages():
    """Languages other than those of the interface, for which the term itself has columns."""
    others = {
        code: each.label_in(get_language())
        for code, each in languages().items()
        if code not in settings.MODELTRANSLATION_LANGUAGES
    }
    return [("", "—"), *others.items()]


class TermWordingForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("language"), choices=_other_languages)

    class Meta:
        model = TermWording
        fields = ["language", "wording"]


class TermWordingInline(TypedByOrganizers, admin.TabularInline):
    model = TermWording
    form = TermWordingForm
    extra = 0


@admin.register(Term)
class TermAdmin(OrganizersTextAdmin):
    """The glossary terms, in the languages of the interface and in any other."""

    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    inlines = [TermWordingInline]
