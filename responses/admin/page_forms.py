"""All forms on the page of a response: no button loses what was typed or chosen for another one."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Field

from responses.forms.review import AddedNoteForm, AskForm, DeclineForm, NoteForm
from responses.templatetags.languages import colon

from .content_note import added_note_of, added_note_typed
from .flags import looked_at_in
from .mask_form import names_in_masks, typed_into_masks
from .reading_aids import reading_form
from .unlisted_language import language_form

# What is ticked or chosen for this response alone, and says nothing that is to be kept: whoever goes on to another one
# may leave it behind. In which language they read, the page itself has chosen.
LEFT_BEHIND = frozenset({"looked_at", "into"})


def _forms(response, user, data=None, typed=None):
    """{name in the template: form}; without those that the page does not have."""
    typed = typed or {}
    forms = {
        "decline_form": DeclineForm(data, initial=typed),
        "ask_form": AskForm(data, initial=typed),
        "note_form": NoteForm(data, initial={"note": response.note_to_author} | typed),
        "added_form": AddedNoteForm(data, initial=added_note_of(response) | typed),
        "reading_form": reading_form(response, user, data, typed),
        "language_form": language_form(response, user, data, typed),
    }
    return {name: form for name, form in forms.items() if form}


def forms_of_page(request, response):
    """For the page of a response, with all that was typed and chosen in them."""
    return _forms(response, request.user, typed=request.POST.dict() | added_note_typed(request))


def unsent(request, response) -> set[str]:
    """The names of the fields of the page in which something stands that is not stored."""
    changed = {
        name
        for form in _forms(response, request.user, request.POST).values()
        # A page of another kind does not have all of them.
        if any(field in request.POST for field in form.fields)
        for name in form.changed_data
    }
    return changed | typed_into_masks(request).keys() | ({"looked_at"} if looked_at_in(request) else set())


def only_unsent(request, response, kept) -> None:
    """From now on, the page shows what is stored in all fields but those that are kept."""
    fields = [set(form.fields) for form in _forms(response, request.user).values()]
    fields += names_in_masks(request)
    request.POST = request.POST.copy()
    # A form is kept as a whole.
    for name in {name for names in fields if not names & kept for name in names}:
        request.POST.pop(name, None)


def faults_of(forms) -> list[tuple[str, str]]:
    """[(anchor of a field, sentence)] of what was refused, for the summary above the page."""
    return [
        (
            (form.prefix or "verbs", sentence)
            if name == NON_FIELD_ERRORS
            else (form[name].auto_id, _named(form[name], sentence))
        )
        for form in forms
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _named(field, sentence):
    """“This field is required.” says nothing away from its field."""
    is_bare = sentence == Field.default_error_messages["required"]
    return f"{colon(field.label)} {sentence}" if is_bare else sentence
