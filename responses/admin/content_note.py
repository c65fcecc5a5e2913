"""What organizers add to the content note of a response, for readers."""

from operator import attrgetter

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from responses.forms.content_note import typed_in
from responses.forms.review import AddedNoteForm

from .look_only import LookOnlyAdmin
from .recusals import by_button


def added_note_of(response):
    """What organizers have added, as their form has it."""
    return {name: getattr(response, name) for name in AddedNoteForm.base_fields}


def added_note_typed(request):
    """What is in that form, if it was sent along; {} otherwise."""
    if "added_note" not in request.POST:
        return {}
    typed = typed_in(request.POST, "added_kinds")
    return {name: typed[name] for name in AddedNoteForm.base_fields}


def folded(words, response, language):
    """Words of a response for a page of the admin, closed behind what readers are told."""
    shown = {"words": words, "response": response, "language": language}
    return render_to_string("admin/_folded_words.html", shown)


def told_at(path):
    """A column or field of a desk: what readers are told. path: from a row to it, with full stops between."""
    return admin.display(description=_("content note"))(lambda desk, row: attrgetter(path)(row) or "—")


class AddsContentNote(LookOnlyAdmin):
    """For a desk where that is done: an address, and what happens there."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.tell_readers)
        return [path("<int:pk>/tell-readers/", view, name="responses_response_tell_readers"), *super().get_urls()]

    @by_button
    def tell_readers(self, request, pk):
        """With nothing ticked and nothing written, the organizers tell readers nothing any more."""
        response = self._to_review(request, pk)
        form = AddedNoteForm(request.POST)
        if not form.is_valid():
            return self._read(request, response, added_form=form)
        added, told = form.cleaned_data, (capfirst(_("content note")), _("Readers are told so from now on."))
        return self._carry_out(request, response, lambda seen: response.tell_readers(**added, seen=seen), added, told)
