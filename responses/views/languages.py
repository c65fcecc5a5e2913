from django.core.cache import cache
from django.shortcuts import render
from django.views.decorators.http import require_safe

from responses.language_statistics import SMALLEST_SHOWN, numbers_by_language

from .decorators import by_conversation

# Seconds. Counting goes through all that is published, so it is not done at each visit. A withdrawn response is out of
# the numbers within a minute.
COUNTED_EVERY = 60


@require_safe
@by_conversation
def languages(request, conversations, conversation):
    """The numbers of each language so far, in all conversations or, with `conversation`, in one of them."""
    kept_as = f"numbers-by-language-{conversation.pk}" if conversation else "numbers-by-language"
    numbers = cache.get_or_set(kept_as, lambda: numbers_by_language(conversation), COUNTED_EVERY)
    context = {
        "numbers": numbers,
        "unread": sorted((each for each in numbers if each.unread), key=lambda each: -each.unread),
        "smallest": SMALLEST_SHOWN,
        "conversation": conversation,
        "conversations": conversations,
    }
    return render(request, "responses/languages.html", context)
