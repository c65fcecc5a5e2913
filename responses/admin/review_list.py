"""The list of responses: the words first, what reviewers look for, and nothing that makes a long list slow."""

from django.contrib import admin
from django.db.models import Case, Exists, OuterRef, Prefetch, Subquery, When
from django.db.models.functions import Left
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.languages import choices, language_of
from responses.languages.letters import whole_letters
from responses.models import Affiliate, Answer, Conversation, Flag, Gathering, Question, Response

from .capped_paginator import FindsPageByPage, looked_for
from .content_note import folded
from .many_at_once import MOST_AT_ONCE

# Characters of the words in a row, and of a text from which they are taken.
_BEGINNING, _FETCHED = 100, 400


def beginning(text: str) -> str:
    """As much of a text as a row of a list shows. It ends between two words; where there are no spaces, two letters."""
    text = " ".join(text.split())
    if len(text) <= _BEGINNING:
        return text
    head = text[: whole_letters(text, 0, _BEGINNING)[1]]
    at_a_space = head.rfind(" ")
    return (head[:at_a_space] if at_a_space > _BEGINNING // 2 else head) + " …"


def _position():
    """The place of a question, as a constant: the database would look it up for each answer."""
    keys = Question.objects.order_by("position").values_list("pk", flat=True)
    return Case(*(When(question=pk, then=place) for place, pk in enumerate(keys)), default=len(keys))


class StatusFilter(admin.SimpleListFilter):
    """Shows what waits for review, unless another status is chosen."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        others = [choice for choice in Response.Status.choices if choice[0] != Response.Status.SUBMITTED]
        return [*others, ("all", _("All"))]

    def choices(self, changelist):
        waiting = Response.Status.SUBMITTED.label
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": waiting,
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(status=self.value()) if self.value() else queryset.awaiting_review()


class QuestionFilter(admin.SimpleListFilter):
    """Those who have answered a question. What they have answered to it is what the list shows of their words."""

    title = _("question answered")
    parameter_name = "question"

    def lookups(self, request, model_admin):
        self.questions = {each.slug: each for each in Question.objects.all()}
        return [(slug, str(each)) for slug, each in self.questions.items()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # At most one answer of each response, so that no row comes twice.
        if question := self.questions.get(self.value()):
            return queryset.filter(answers__question=question).annotate(first_words=Left("answers__text", _FETCHED))
        return queryset.none()


class ConversationFilter(admin.RelatedFieldListFilter):
    """Conversations by their titles: what stands in their addresses means nothing to people."""

    def field_choices(self, field, request, model_admin):
        return [(each.pk, each.title) for each in Conversation.objects.all()]


class AskedFilter(admin.SimpleListFilter):
    """A filter with a form of its own, for what has too many choices for a list of links."""

    def has_output(self):
        return True

    def lookups(self, request, model_admin):
        return []

    def choices(self, changelist):
        # What else is chosen stays chosen.
        self.others = {name: value for name, value in changelist.params.items() if name != self.parameter_name}
        chosen = self.value() or ""
        yield {"value": "", "display": _("All"), "selected": not chosen}
        for value, display in self.lookup_choices:
            yield {"value": value, "display": display, "selected": value == chosen}


class FlagFilter(AskedFilter):
    title = _("flag")
    parameter_name = "flag"
    template = "admin/filter_by_choice.html"

    def lookups(self, request, model_admin):
        return [("any", _("Any flag")), *Flag.Kind.choices]

    def queryset(self, request, queryset):
        if not (kind := self.value()):
            return queryset
        flags = Flag.objects.open().filter(response=OuterRef("pk"))
        return queryset.filter(Exists(flags if kind == "any" else flags.filter(kind=kind)))


class LanguageFilter(AskedFilter):
    title = _("language")
    parameter_name = "language"
    template = "admin/filter_by_choice.html"

    def lookups(self, request, model_admin):
        named = choices(get_language(), map(language_of, Response.objects.languages()))
        return sorted(named, key=lambda each: each[1].casefold())

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class AffiliateFilter(AskedFilter):
    title = _("affiliate")
    parameter_name = "affiliate"
    template = "admin/filter_by_words.html"
    hint = _("A part of the name of a group we know. Use the search to find others.")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(affiliate__in=Affiliate.objects.named_like(self.value()))


class GatheringFilter(AskedFilter):
    title = _("gathering")
    parameter_name = "gathering"
    template = "admin/filter_by_words.html"
    hint = _("Its code. Use the search to find it by its title.")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # A single one, found first, so that the database knows how many responses it has.
        gathering = Gathering.objects.filter(code=self.value().strip()).first()
        return queryset.filter(gathering=gathering) if gathering else queryset.none()


class ListsResponses(FindsPageByPage, admin.ModelAdmin):
    """What the list of the review desk shows, filters and finds."""

    list_display = ["code", "words", "in_language", "submitted_on", "who", "open_flags"]
    list_filter = [
        StatusFilter,
        FlagFilter,
        LanguageFilter,
        ("conversation", ConversationFilter),
        QuestionFilter,
        AffiliateFilter,
        GatheringFilter,
        "region",
        "sharing",
        "is_sample",
    ]
    list_select_related = ["affiliate"]
    list_per_page = MOST_AT_ONCE
    list_max_show_all = MOST_AT_ONCE
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    # As the desk works them off. Another order would have to read all of them first.
    ordering = ["submitted_on", "pk"]
    sortable_by = []
    # The names of the columns do not matter: see `get_search_results`.
    search_fields = ["code"]
    search_help_text = _(
        "Words of the answers, unread ones too; names of people, groups, places and gatherings; codes."
    )

    def get_list_display(self, request):
        """Without a column that says the same in all rows."""
        shown = [each for each in self.list_display if each != "in_language" or not request.GET.get("language")]
        return [*shown, "status"] if request.GET.get("status") == "all" else shown

    def get_queryset(self, request):
        # Looked up for the rows on the page only: a join would go through all rows first.
        answers = Answer.objects.filter(response=OuterRef("pk")).order_by(_position())
        first_words = Subquery(answers.values(start=Left("text", _FETCHED))[:1])
        return super().get_queryset(request).annotate(first_words=first_words)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if request.GET.get(FlagFilter.parameter_name):
            # Found in indexes before they are read: thousands may be flagged, and few of them wait.
            found = list(changelist.result_list.values_list("submitted_on", "pk"))
            changelist.result_list = changelist.queryset.with_places(found)
        flags = Prefetch("flags", Flag.objects.open().only("response"), to_attr="open_ones")
        changelist.result_list = changelist.result_list.prefetch_related(flags)
        return changelist

    def get_search_results(self, request, queryset, search_term):
        found = (
            queryset.telling(search_term, looked_for(request, self.list_per_page)) if search_term.strip() else queryset
        )
        return found, False

    @admin.display(description=_("words"))
    def words(self, response):
        return folded(beginning(response.first_words), response, response.language) if response.first_words else "—"

    @admin.display(description=_("language"))
    def in_language(self, response):
        return response.written_in.label_in(get_language()) if response.language else "—"

    @admin.display(description=_("who"))
    def who(self, response):
        return " · ".join(filter(None, [response.group_name, response.display_name])) or "—"

    @admin.display(description=_("open flags"))
    def open_flags(self, response):
        return len(response.open_ones) or "—"
