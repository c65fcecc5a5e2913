"""What an author says about a quotation of their words."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from outcomes.models import Quotation
from responses.forms.say import SayForm
from responses.views.my_response import author_page, by_secret_link
from responses.views.not_now import gives_words_back
from responses.views.same_site import same_site_post


@cache_control(private=True, no_store=True)
@require_POST
@same_site_post
@gives_words_back
@by_secret_link
def say_about_quotation(request, response, pk):
    """It may be published, or it is not to be shown. The words themselves are the author's own already."""
    quotation = get_object_or_404(Quotation.objects.filter(evidence__answer__response=response), pk=pk)
    form = SayForm(request.POST)
    if form.is_valid() and request.POST.get("action") in ("agree", "object"):
        try:
            form.say(quotation)
            return redirect("my_response", response.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return author_page(request, response, said=form)
