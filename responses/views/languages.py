from django.core.cache import cache
from django.shortcuts import render
from django.views.decorators.http import require_safe

from responses.language_statistics import SMALLEST_SHOWN, numbers_by_language

# Seconds. Counting goes through all that is published, so it is not done at each visit. A withdrawn response is out of
# the numbers within a minute.
COUNTED_EVERY = 60


@require_safe
def languages(request):
    """The numbers of each language so far."""
    numbers = cache.get_or_set("numbers-by-language", numbers_by_language, COUNTED_EVERY)
    unread = sorted((each for each in numbers if each.unread), key=lambda each: -each.unread)
    context = {"numbers": numbers, "unread": unread, "smallest": SMALLEST_SHOWN}
    return render(request, "responses/languages.html", context)
