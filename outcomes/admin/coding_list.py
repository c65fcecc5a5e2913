"""The list of answers to code: its columns, its filters and its search, and which answer is the next one in it."""

from copy import copy

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Count, OuterRef, Subquery
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from outcomes.models import Evidence
from responses.admin.content_note import folded, told_at
from responses.admin.look_only import LookOnlyAdmin
from responses.admin.recusals import Recuses
from responses.languages import UNLISTED, language_of, languages
from responses.models import KnownLanguage, Response, SearchText
from responses.models.answer import TO_CODE

FILTERS = "_changelist_filters"
# Characters of an answer in the list.
BEGINNING = 140
# No place in a long list is worth counting further.
MOST_COUNTED = 1_000
# Of groups and gatherings in a filter. The others are found by searching.
MOST_CHOICES = 200
# Coders who begin at the same time begin at different answers, of so many that have waited longest.
BEGINNINGS = 50


def _label(code):
    return language_of(code).label_in(get_language())


class CodedFilter(admin.SimpleListFilter):
    title = _("coding")
    parameter_name = "coding"

    def lookups(self, request, model_admin):
        return [
            ("none", _("Not yet coded")),
            ("some", _("Coded")),
            ("lost", _("A marked passage was edited away")),
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
            return queryset.to_code_by(request.user)
        if self.value() == "some":
            return queryset.filter(is_coded=True)
        if self.value() == "lost":
            lost = Evidence.objects.visible_to(request.user).edited_away()
            return queryset.filter(pk__in=lost.values("answer"))
        return queryset


class LanguageFilter(admin.SimpleListFilter):
    """Languages that the user reads, and those of the interface. Any other is chosen in the list, at a row of it."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        reads = KnownLanguage.objects.filter(user=request.user, reads=True).values_list("language", flat=True)
        codes = dict.fromkeys([*reads, *(code for code, _name in settings.LANGUAGES)])
        if (asked := self.value()) and asked in languages():
            codes[asked] = None
        return [(code, _label(code)) for code in codes]

    def queryset(self, request, queryset):
        return queryset.filter(response__language=self.value()) if self.value() else queryset


class ShownGroupFilter(admin.RelatedFieldListFilter):
    """What authors tell about their group: only where readers see it too."""

    def field_choices(self, field, request, model_admin):
        rows = field.remote_field.model._default_manager.all()[:MOST_CHOICES]
        return [(each.pk, str(each)) for each in rows]

    def queryset(self, request, queryset):
        found = super().queryset(request, queryset)
        return found.showing_group() if self.used_parameters else found


class CodingList(Recuses, LookOnlyAdmin):
    """The answers of all accepted responses, those that have waited longest first."""

    list_display = ["words", "code", "question", "written_in", "number_of_marks", "by_me", "told_readers", "is_sample"]
    list_display_links = ["code"]
    list_filter = [
        CodedFilter,
        "response__conversation",
        "question",
        LanguageFilter,
        ("response__affiliate", ShownGroupFilter),
        ("response__region", ShownGroupFilter),
        ("response__gathering", ShownGroupFilter),
    ]
    search_fields = ["response__code"]
    search_help_text = _("Words of an answer or of its translations, or the code of a response.")
    # An index has this order, and no other.
    ordering = TO_CODE
    sortable_by: tuple[str, ...] = ()
    show_full_result_count = False

    told_readers = told_at("response.told_readers")

    def get_queryset(self, request):
        # Counted for the rows on the page only: a join would count for all rows first.
        visible = Evidence.objects.visible_to(request.user)
        every = visible.filter(answer=OuterRef("pk")).order_by().values("answer").annotate(n=Count("pk"))
        mine = every.filter(coder=request.user)
        answers = super().get_queryset(request).accepted().filter(accepted_on__isnull=False)
        answers = answers.select_related("response__affiliate", "question")
        return answers.annotate(marks=Subquery(every.values("n")), my_marks=Subquery(mine.values("n")))

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        if Response.objects.filter(code=search_term).exists():
            return queryset.filter(response__code=search_term), False
        return queryset.filter(pk__in=SearchText.objects.saying(search_term).values("answer")), False

    @admin.display(description=_("answer"))
    def words(self, answer):
        beginning = Truncator(" ".join(answer.text.split())).chars(BEGINNING)
        return folded(beginning, answer.response, answer.response.language)

    @admin.display(description=_("response"))
    def code(self, answer):
        return answer.response.code

    @admin.display(description=_("language"))
    def written_in(self, answer):
        language = answer.response.language
        if language == UNLISTED:
            return answer.response.written_in.label_in(get_language())
        return format_html('<a href="?language={}">{}</a>', language, _label(language))

    @admin.display(description=_("marks"))
    def number_of_marks(self, answer):
        return answer.marks or 0

    @admin.display(description=_("marks of mine"))
    def by_me(self, answer):
        return answer.my_marks or 0

    @admin.display(description=_("sample"), boolean=True)
    def is_sample(self, answer):
        return answer.response.is_sample

    # --- the next one in it ---

    def listed(self, request):
        """The answers of the list that the coder came from, as it was filtered."""
        listing = copy(request)
        listing.GET = QueryDict(request.GET.get(FILTERS, ""))
        try:
            found = self.get_changelist_instance(listing).queryset
        except IncorrectLookupParameters:
            found = self.get_queryset(request).to_code_by(request.user)
        return found.order_by(*TO_CODE)

    def place_in_list(self, request, answer):
        """(its place in the list, how many there are); None for what is beyond `MOST_COUNTED`."""
        listed = self.listed(request).order_by()
        number = _counted(listed)
        if number is None:
            return None, None
        behind = sum(each.count() for each in listed.exclude(pk=answer.pk).behind(answer))
        return number - behind, number

    def next_in_list(self, request, after=None):
        """The answer that follows this one in the list; behind its end the first; None if there is no other."""
        listed = self.listed(request)
        if after is None:
            first = list(listed[:BEGINNINGS])
            return first[request.user.pk % len(first)] if first else None
        others = listed.exclude(pk=after.pk)
        return next((found for each in [*others.behind(after), others] if (found := each.first())), None)

    def next_page(self, request, after=None, **told):
        """The page of the next answer, with the same filters; the list, if there is no other. told: for its address."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in told.items() if value})
        filters = request.GET.get(FILTERS, "")
        following = self.next_in_list(request, after)
        if following is None:
            self.message_user(request, _("Nothing else in this list is left to code."), messages.INFO)
            return redirect(f"{reverse('admin:outcomes_answertocode_changelist')}?{filters}")
        if filters:
            query[FILTERS] = filters
        address = reverse("admin:outcomes_answertocode_change", args=[following.pk])
        return redirect(f"{address}?{query.urlencode()}#words")


def _counted(rows):
    """How many there are; None if they are more than `MOST_COUNTED`."""
    number = rows[: MOST_COUNTED + 1].count()
    return number if number <= MOST_COUNTED else None
