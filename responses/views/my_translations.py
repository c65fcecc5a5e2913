from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from responses.models import Translation
from responses.translation_states import State, in_state, page_of_work

from .decorators import translators_only

PAGE_LENGTH = 20


@require_safe
@translators_only
def my_translations(request):
    """What a translator wrote, or reviewed, and what became of it: newest first, twenty a page."""
    reviews = request.GET.get("show") == "reviews"
    mine = Translation.objects.filter(**{"reviewer" if reviews else "translator": request.user})
    shown = mine.not_recused_by(request.user)
    state = request.GET.get("state", "")
    if state in State.values:
        shown = in_state(shown, State(state))
    try:
        found = page_of_work(shown, PAGE_LENGTH + 1, request.GET.get("after", ""))
    except ValueError:
        raise Http404("No such place in the list.") from None
    return render(
        request,
        "responses/my_translations.html",
        {
            "reviews": reviews,
            "works": found[:PAGE_LENGTH],
            "next": found[PAGE_LENGTH - 1] if len(found) > PAGE_LENGTH else None,
            "states": State.choices,
            "state": state,
            "put_away": mine.recused_by(request.user).count(),
        },
    )
