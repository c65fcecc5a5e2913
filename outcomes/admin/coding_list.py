"""The list of answers to code: its columns, its filters and its search, and which answer is the next one in it."""

from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from outcomes.models import Evidence
from responses.admin.capped_paginator import COUNTED_AT_MOST, FindsPageByPage, capped_count, looked_for
from responses.admin.content_note import folded, told_at
from responses.admin.list_behind import FILTERS, list_behind
from responses.admin.look_only import LookOnlyAdmin
from responses.admin.recusals import Recuses
from responses.admin.review_list import AffiliateFilter, ConversationFilter, GatheringFilter, LanguageFilter, beginning
from responses.models import Affiliate, Gathering, Response, SearchText
from responses.models.answer import TO_CODE

# Coders who begin at the same time begin at different answers, of so many that have waited longest.
BEGINNINGS = 50


class CodedFilter(admin.SimpleListFilter):
    title = _("coding")
    parameter_name = "coding"

    def lookups(self, request, model_admin):
        return [
            ("none", _("Not yet coded")),
            ("second", _("Waits for a second coder")),
            ("some", _("Coded")),
            ("all", _("All")),
        ]

    def value(self):
        return super().value() or "none"

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.value() == value, "query_string": query, "display": title}

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.to_code()
        if self.value() == "second":
            return queryset.to_code_second(request.user)
        if self.value() == "some":
            return queryset.filter(is_coded=True)
        return queryset


class AnswerLanguageFilter(LanguageFilter):
    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


# What authors tell about their group is a filter only as far as readers see it.


class ShownAffiliateFilter(AffiliateFilter):
    hint = _("A part of the name of a group we know.")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.showing_group().filter(response__affiliate__in=Affiliate.objects.named_like(self.value()))


class ShownGatheringFilter(GatheringFilter):
    hint = _("Its code.")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        gathering = Gathering.objects.filter(code=self.value().strip()).first()
        return queryset.showing_group().filter(response__gathering=gathering) if gathering else queryset.none()


class ShownRegionFilter(admin.RelatedFieldListFilter):
    def queryset(self, request, queryset):
        found = super().queryset(request, queryset)
        return found.showing_group() if self.used_parameters else found


class CodingList(FindsPageByPage, Recuses, LookOnlyAdmin):
    """The answers of all accepted responses, those that have waited longest first."""

    list_display = ["words", "code", "question", "written_in", "number_of_marks", "told_readers", "is_sample"]
    list_display_links = ["code"]
    list_filter = [
        CodedFilter,
        ("conversation", ConversationFilter),
        "question",
        AnswerLanguageFilter,
        ShownAffiliateFilter,
        ShownGatheringFilter,
        ("response__region", ShownRegionFilter),
    ]
    # Words of an answer and of its translations, too: see `get_search_results`.
    search_fields = ["response__code"]
    # An index has this order, and no other.
    ordering = (*TO_CODE, "pk")
    sortable_by: tuple[str, ...] = ()
    # One screen: whoever works on goes from answer to answer.
    list_per_page = 15
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    told_readers = told_at("response.told_readers")

    def get_queryset(self, request):
        # Counted for the rows on the page only: a join would count for all rows first.
        visible = Evidence.objects.visible_to(request.user).filter(answer=OuterRef("pk"))
        marks = visible.order_by().values("answer").annotate(n=Count("pk"))
        # Without a condition on the responses, an index alone can tell which rows these are.
        answers = super().get_queryset(request).filter(accepted_on__isnull=False)
        return answers.select_related("response", "question").annotate(marks=Subquery(marks.values("n")))

    def get_ordering(self, request):
        """What waits for a second coder, the oldest first: as an index has it."""
        is_second = request.GET.get(CodedFilter.parameter_name) == "second"
        return ["shared__first_finished_at", "shared__pk"] if is_second else self.ordering

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        # Looked up for the rows on the page only.
        changelist.result_list = changelist.result_list.select_related(None).prefetch_related("response", "question")
        return changelist

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        if Response.objects.filter(code=search_term).exists():
            return queryset.filter(response__code=search_term), False
        # Those that have waited longest.
        texts = SearchText.objects.saying(search_term).filter(answer=OuterRef("pk"))
        found = queryset.filter(Exists(texts)).order_by(*TO_CODE).values_list("pk", flat=True)
        return queryset.filter(pk__in=list(found[: looked_for(request, self.list_per_page)])), False

    def get_object(self, request, object_id, from_field=None):
        """Only what is accepted, as its response itself has it."""
        found = super().get_object(request, object_id, from_field)
        return found if found and found.response.status == Response.Status.ACCEPTED else None

    @admin.display(description=_("answer"))
    def words(self, answer):
        return folded(beginning(answer.text), answer.response, answer.response.language)

    @admin.display(description=_("response"))
    def code(self, answer):
        return answer.response.code

    @admin.display(description=_("language"))
    def written_in(self, answer):
        return answer.response.written_in.label_in(get_language())

    @admin.display(description=_("marks"))
    def number_of_marks(self, answer):
        return answer.marks or 0

    @admin.display(description=_("sample"), boolean=True)
    def is_sample(self, answer):
        return answer.response.is_sample

    # --- The next one in it ---

    def place_in_list(self, request, answer):
        """For the page of an answer: its place in the list, 0 if it is not there or far behind, and their number."""
        changelist = list_behind(self, request)
        listed = changelist.queryset
        is_there = listed.filter(pk=answer.pk).exists()
        place = 1 + sum(map(capped_count, listed.ahead_of(answer))) if is_there else 0
        return {"place": place if place <= COUNTED_AT_MOST else 0, "in_all": changelist.paginator.number}

    def next_in_list(self, request, after=None):
        """The answer that follows this one in the list; behind its end the first; None if there is no other.

        Whoever does not want to read what a content note tells of passes over all answers of its response.
        """
        listed = list_behind(self, request).queryset
        if after is None:
            first = list(listed[:BEGINNINGS])
            return first[request.user.pk % len(first)] if first else None
        here = {"response": after.response_id} if "response" in request.GET else {"pk": after.pk}
        others = listed.exclude(**here)
        return next((found for each in [*others.behind(after), others] if (found := each.first())), None)

    def next_page(self, request, after=None, **told):
        """The page of the next answer, with the same filters; the list, if there is no other. told: for its address."""
        filters = request.GET.get(FILTERS, "")
        following = self.next_in_list(request, after)
        if following is None:
            self.message_user(request, _("Nothing else in this list is left to mark."), messages.INFO)
            changelist = reverse("admin:outcomes_answertocode_changelist")
            return redirect(f"{changelist}?{filters}" if filters else changelist)
        query = QueryDict(mutable=True)
        query.update(told | ({FILTERS: filters} if filters else {}))
        address = reverse("admin:outcomes_answertocode_change", args=[following.pk])
        return redirect(f"{address}?{query.urlencode()}#words")

    def next_one(self, request, present=None):
        return self.next_page(request, present if isinstance(present, self.model) else None)
