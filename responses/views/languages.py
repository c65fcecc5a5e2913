from django.shortcuts import render
from django.views.decorators.http import require_safe

from responses.language_statistics import SMALLEST_SHOWN, numbers_by_language


@require_safe
def languages(request):
    """How equal the languages are so far."""
    numbers = numbers_by_language()
    unread = sorted((each for each in numbers if each.unread), key=lambda each: -each.unread)
    context = {"numbers": numbers, "unread": unread, "smallest": SMALLEST_SHOWN}
    return render(request, "responses/languages.html", context)
