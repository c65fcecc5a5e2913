"""What an author says about what others have made of their words."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from responses.forms.say import SayForm
from responses.models import Translation

from .my_response import author_page, by_secret_link
from .not_now import gives_words_back
from .same_site import same_site_post


@cache_control(private=True, no_store=True)
@require_POST
@same_site_post
@gives_words_back
@by_secret_link
def say_about_translation(request, response, pk):
    """It may be published; or it should read otherwise; or it is not to be shown."""
    theirs = Translation.objects.for_author().filter(answer__response=response)
    translation = get_object_or_404(theirs.select_related("answer__response"), pk=pk)
    form = SayForm(request.POST)
    if form.is_valid():
        try:
            form.say(translation)
            return redirect("my_response", response.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return author_page(request, response, said=form, said_about=translation)
