from django.shortcuts import get_object_or_404

from responses.models import Translation

from .author_page import say
from .decorators import by_secret_link, post_page


@post_page
@by_secret_link
def my_response_translation(request, response, pk):
    """What an author says about a translation: publish it, correct it, or do not show it."""
    theirs = Translation.objects.for_author().filter(answer__response=response)
    return say(request, response, get_object_or_404(theirs.select_related("answer__response"), pk=pk))
