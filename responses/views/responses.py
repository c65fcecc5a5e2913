from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from responses.models import Answer, Reading, Response
from responses.models.search_text import LONGEST_SEARCH

from .decorators import by_conversation

PAGE_LENGTH = 20


def _reading_of(answer, language, originals):
    return Reading(answer) if originals else answer.reading(language)


def _place(cursor):
    """The place in the list after which a page begins, from a cursor such as "2026-11-23.abcd2345"."""
    day, _dot, code = cursor.partition(".")
    try:
        if code.isalnum():
            return date.fromisoformat(day), code
    except ValueError:
        pass
    raise Http404("No such place in the list.")


@require_safe
@by_conversation
def responses(request, conversations, conversation):
    """What others said, newest first, twenty a page; with `q`, only where these words occur.

    With `conversation`, only what was said in one of them.
    """
    language, originals = get_language(), request.GET.get("show") == "originals"
    page = Response.objects.published().newest_first().select_related("affiliate", "region")
    if conversation:
        page = page.filter(conversation=conversation)
    if searched := request.GET.get("q", "").strip()[:LONGEST_SEARCH]:
        page = page.saying(searched, None if originals else language)
    if cursor := request.GET.get("after", ""):
        page = page.after(*_place(cursor))
    found = list(page[: PAGE_LENGTH + 1])
    shown = found[:PAGE_LENGTH]
    readings = {}
    for answer in Answer.objects.published().filter(response__in=shown).for_reading(language):
        readings.setdefault(answer.response_id, []).append(_reading_of(answer, language, originals))
    return render(
        request,
        "responses/responses.html",
        {
            # One that was withdrawn a moment ago has no words any more.
            "entries": [(response, readings[response.pk]) for response in shown if response.pk in readings],
            "next": shown[-1] if len(found) > PAGE_LENGTH else None,
            "originals": originals,
            "searched": searched,
            "conversation": conversation,
            "conversations": conversations,
        },
    )


@require_safe
def response(request, code):
    """One response, with all that was made of it; a dated tombstone if it was withdrawn."""
    readable = Response.objects.published() | Response.objects.withdrawn()
    found = get_object_or_404(readable.select_related("affiliate", "region", "conversation"), code=code)
    if found.is_withdrawn:
        return render(request, "responses/withdrawn.html", {"response": found}, status=410)
    language, originals = get_language(), request.GET.get("show") == "originals"
    answers = found.answers.published().for_reading(language)
    readings = [_reading_of(answer, language, originals) for answer in answers]
    if not readings:
        raise Http404("It was withdrawn a moment ago.")
    context = {"response": found, "readings": readings, "originals": originals}
    return render(request, "responses/response.html", context)
