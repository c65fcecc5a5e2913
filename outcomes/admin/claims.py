"""Problems and solutions, as organizers word them."""

from django.contrib import admin
from django.db.models import Exists, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from outcomes.models import Evidence, Problem, SharedAnswer, Solution
from responses.admin.capped_paginator import COUNTED_AT_MOST, number_or_more
from responses.admin.organizer_texts import OrganizersTextAdmin

from .asked_things import KeptWhileAsked
from .claim_codebook import KeepsCodebook
from .claim_merge import MergesClaims
from .codebook_file import LeadsToCodebookFiles, TakesCodebookFiles
from .history import HasHistory


class ProposedFilter(admin.SimpleListFilter):
    title = _("proposal")
    parameter_name = "proposed"

    def lookups(self, request, model_admin):
        return [("waiting", _("Proposed by a coder, not yet published"))]

    def queryset(self, request, queryset):
        return queryset.proposed() if self.value() == "waiting" else queryset


class PublicationFilter(admin.SimpleListFilter):
    title = _("publication")
    parameter_name = "published"

    def lookups(self, request, model_admin):
        return [("yes", _("Published, or its day is set")), ("no", _("Not published"))]

    def queryset(self, request, queryset):
        return queryset.filter(published_at__isnull=self.value() == "no") if self.value() in ("yes", "no") else queryset


class SignOffFilter(admin.SimpleListFilter):
    title = _("sign-off")
    parameter_name = "signed"

    def lookups(self, request, model_admin):
        return [("no", _("Not signed off")), ("yes", _("Signed off"))]

    def queryset(self, request, queryset):
        if self.value() == "no":
            return queryset.not_signed_off()
        return queryset.signed_off() if self.value() == "yes" else queryset


class _Number(Subquery):
    """How many rows a query finds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) found)"
    output_field = IntegerField()


class ClaimAdmin(KeptWhileAsked, HasHistory, LeadsToCodebookFiles, KeepsCodebook, MergesClaims, OrganizersTextAdmin):
    change_form_template = "admin/outcomes/claim/change_form.html"
    search_fields = ["title", "slug"]

    def get_readonly_fields(self, request, obj=None):
        return ["revision", "proposed_at"] if obj and obj.proposed_at else ["revision"]

    def store(self, request, row, form):
        row.store(by=request.user)

    def get_queryset(self, request):
        marks = Evidence.objects.settled().filter(**{self.model.kind(): OuterRef("pk")}).order_by().values("pk")
        counted = _Number(marks[: COUNTED_AT_MOST + 1])
        signed = self.model.objects.signed_off().filter(pk=OuterRef("pk"))
        found = super().get_queryset(request)
        return found.annotate(number_of_marks=counted, has_sign_off=Exists(signed))

    def render_change_form(self, request, context, *args, **options):
        """With links to the page of how it is coded with, and to that on which it is merged."""
        if claim := options.get("obj"):
            context |= {"codebook": self.address_of(claim), "merge": self.address_of(claim, "merge")}
            # As it is stored: a form that is refused may have it otherwise.
            context["is_public"] = self.model.objects.published().filter(pk=claim.pk).exists()
        return super().render_change_form(request, context, *args, **options)

    def codes_not_named(self, request):
        """Nobody learns here what coders have marked in an answer that they do not agree on yet."""
        return super().codes_not_named(request) | SharedAnswer.objects.open().codes()

    @admin.display(description=_("signed off"), boolean=True, ordering="has_sign_off")
    def signed(self, claim):
        return claim.has_sign_off

    @admin.display(description=_("evidence"), ordering="number_of_marks")
    def marks(self, claim):
        return number_or_more(claim.number_of_marks)


@admin.register(Problem)
class ProblemAdmin(TakesCodebookFiles, ClaimAdmin):
    list_display = ["title", "position", "marks", "signed", "source", "published_at"]
    list_filter = [ProposedFilter, SignOffFilter, "source", PublicationFilter]


@admin.register(Solution)
class SolutionAdmin(ClaimAdmin):
    list_display = ["title", "position", "marks", "signed", "progress", "is_next_step", "source", "published_at"]
    list_filter = [
        ProposedFilter,
        SignOffFilter,
        "progress",
        "is_next_step",
        "source",
        PublicationFilter,
    ]
    autocomplete_fields = ["problems"]
