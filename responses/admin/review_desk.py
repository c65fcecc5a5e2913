"""The review desk: what waits, oldest first; read, accept, or decline with a reason that the author sees."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery, prefetch_related_objects
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.forms.review import AddedNoteForm, AskForm, DeclineForm, NoteForm
from responses.models import Answer, Response

from .content_note import AddsContentNote, told_beforehand
from .decisions import Decides, forms_of_verbs
from .recusals import RecusesFromReview
from .unlisted_language import ListsLanguages, form_for


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


class SuspicionFilter(admin.SimpleListFilter):
    title = _("suspicion")
    parameter_name = "suspicion"

    def lookups(self, request, model_admin):
        return [("some", _("Suspicious")), ("none", _("Not suspicious"))]

    def queryset(self, request, queryset):
        if self.value() == "some":
            return queryset.suspicious()
        return queryset.filter(suspicions="") if self.value() == "none" else queryset


@admin.register(Response)
class ResponseAdmin(Decides, AddsContentNote, RecusesFromReview, ListsLanguages):
    # Only its author changes a response. It is withdrawn, never deleted, so that links to it find a tombstone.
    list_display = [
        "code",
        "told_readers",
        "in_language",
        "submitted_on",
        "answers_given",
        "people",
        "sharing",
        "status",
        "reasons_to_wonder",
        "is_sample",
    ]
    list_filter = [StatusFilter, SuspicionFilter, "conversation", "sharing", "region", "is_sample"]
    list_select_related = ["region"]
    show_full_result_count = False
    search_fields = ["code", "gathering__code", "language_name"]
    ordering = ["submitted_on", "pk"]
    actions = ["accept_selected", "decline_selected", "undo_selected"]
    forms_of_desk = (DeclineForm, AskForm, AddedNoteForm, NoteForm)

    def get_queryset(self, request):
        # Counted for the rows on the page only: a join would count for all rows first.
        answers = Answer.objects.filter(response=OuterRef("pk")).order_by().values("response").annotate(n=Count("pk"))
        return super().get_queryset(request).annotate(number_of_answers=Subquery(answers.values("n")))

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, response):
        return response.written_in.label_in(get_language()) if response.language else "—"

    @admin.display(description=_("answers"))
    def answers_given(self, response):
        return response.number_of_answers or 0

    @admin.display(description=_("suspicions"))
    def reasons_to_wonder(self, response):
        return len(response.suspicions.split()) or "—"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The response to read, with the verbs that its status allows."""
        response = self.get_object(request, object_id)
        if response is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, response):
            raise PermissionDenied
        return self._read(request, response)

    def _read(self, request, response, language_form=None, added_form=None, **mended):
        answers = list(response.answers.select_related("question"))
        prefetch_related_objects([response], "inquiries")
        context = {
            **self.admin_site.each_context(request),
            "title": response.code,
            "opts": self.opts,
            "response": response,
            "answers": answers,
            "seen": response.fingerprint_of(answers),
            "may_review": self.has_review_permission(request),
            "language_form": language_form or form_for(response, request.user),
            "versions": response.earlier_versions(),
            **told_beforehand(request, response, added_form),
            **forms_of_verbs(request, response, **mended),
        }
        return render(request, "admin/responses/response/read.html", context)
