"""The review desk: what waits, oldest first; read, accept, or decline with a reason that the author sees."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.shortcuts import render

from responses.forms.review import AddedNoteForm, AskForm, DeclineForm, NoteForm
from responses.models import Recusal, Response

from .content_note import AddsContentNote
from .decisions import Decides
from .flags import TicksOffFlags, looked_at_in, show_flags
from .mask_form import with_masks
from .masks import MasksWords
from .page_forms import faults_of, forms_of_page
from .reading_aids import AsksForReading, asked_to_read
from .review_list import ListsResponses
from .review_queue import ReviewsInOrder
from .unlisted_language import ListsLanguages


@admin.register(Response)
class ResponseAdmin(
    Decides, MasksWords, TicksOffFlags, AsksForReading, ReviewsInOrder, AddsContentNote, ListsLanguages, ListsResponses
):
    # Only its author changes a response. It is withdrawn, never deleted, so that links to it find a tombstone.
    actions = ["accept_selected", "decline_selected", "undo_selected"]
    forms_of_desk = (DeclineForm, AskForm, AddedNoteForm, NoteForm)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The response to read, with the verbs that its status allows."""
        response = self.get_object(request, object_id)
        if response is None:
            is_put_away = self.has_put_away(request, object_id)
            if page := self.words_back(request, is_put_away):
                return page
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, response):
            raise PermissionDenied
        return self._read(request, response)

    def _read(self, request, response, mask_form=None, **with_faults):
        # Its page has no fields any more.
        if response.is_withdrawn and (page := self.words_back(request, False)):
            return page
        answers = list(response.answers.select_related("question").prefetch_related("reading_aids__translator"))
        with_masks(request, answers, mask_form)
        prefetch_related_objects([response], "inquiries")
        show_flags(response, answers, Recusal.objects.codes_of(request.user), looked_at_in(request))
        context = {
            **self.admin_site.each_context(request),
            "title": response.code,
            "opts": self.opts,
            "response": response,
            "answers": answers,
            "seen": response.fingerprint_of(answers),
            "may_review": self.has_review_permission(request),
            "versions": response.earlier_versions(),
            **self.place_of(request, response),
            # Whoever has pressed a button has read the words, and need not open them again; but neither the language of
            # the page nor a message about another response is a reason to read them.
            "reads": request.method == "POST" and not request.POST.keys() & {"page_language", "undo"},
            "decision": response.undoable_decision,
            "reading_requests": asked_to_read(response),
            "errors": faults_of(filter(None, [mask_form, *with_faults.values()])),
            **forms_of_page(request, response),
            **with_faults,
        }
        return render(request, "admin/responses/response/read.html", context)
