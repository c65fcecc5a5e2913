from django.shortcuts import get_object_or_404

from outcomes.models import Quotation
from responses.views.author_page import say
from responses.views.decorators import by_secret_link, post_page


@post_page
@by_secret_link
def my_response_quotation(request, response, pk):
    """What an author says about a quotation: publish it, or do not show it. The words are their own already."""
    return say(
        request, response, get_object_or_404(Quotation.objects.filter(evidence__answer__response=response), pk=pk)
    )
