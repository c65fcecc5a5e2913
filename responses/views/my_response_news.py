"""The address for news of a response: left, deleted, and stopped with one click."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from responses.forms.my_response import NewsForm
from responses.models import Contact, Subscription

from .author_page import show_author_page
from .decorators import by_secret_link, post_page, stop_page


@post_page
@by_secret_link
def my_response_news(request, response):
    """Leave an address, or delete the one that is kept."""
    if request.POST.get("action") == "delete":
        Contact.objects.filter(response=response).delete()
        return redirect("my_response", response.key)
    if request.POST.get("action") == "switch":
        return show_author_page(request, response, news_form=NewsForm(initial=request.POST.dict()))
    form = NewsForm(request.POST)
    if response.is_withdrawn or not form.is_valid():
        return show_author_page(request, response, news_form=form)
    # If it was withdrawn at this moment, its page says so.
    with suppress(ValidationError):
        Contact.objects.leave(response, form.cleaned_data["email"], get_language())
    return redirect("my_response", response.key)


@stop_page
def stop_news(request, token):
    """Deletes an address, whatever it is kept for, when the button is pressed."""
    try:
        kept = [model.objects.with_stop_token(token) for model in (Contact, Subscription)]
    except BadSignature:
        raise Http404("No address belongs to this link.") from None
    if request.method == "POST":
        for rows in kept:
            rows.delete()
    return render(request, "responses/stop_news.html", {"is_kept": any(rows.exists() for rows in kept)})
