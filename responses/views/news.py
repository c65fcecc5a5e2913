"""The address for news of a response: left, taken back, and stopped with one click."""

from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from responses.forms.news import NewsForm
from responses.models import Contact

from .my_response import author_page, by_secret_link
from .not_now import gives_words_back
from .same_site import same_site_post

_SALT = "no more news"


def token_of(contact) -> str:
    """What the link that stops the messages has in it. It opens nothing else."""
    return signing.dumps(contact.pk, salt=_SALT)


@cache_control(private=True, no_store=True)
@require_POST
@same_site_post
@gives_words_back
@by_secret_link
def my_response_news(request, response):
    """Leave an address, or delete the one that is kept."""
    if request.POST.get("action") == "delete":
        Contact.objects.filter(response=response).delete()
        return redirect("my_response", response.key)
    form = NewsForm(request.POST)
    if response.is_withdrawn or not form.is_valid():
        return author_page(request, response, news_form=form)
    Contact.objects.leave(response, form.cleaned_data["email"], get_language())
    return redirect("my_response", response.key)


# A mail provider posts it on its reader's behalf, from its own site: the token is all that it takes.
@csrf_exempt
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_news(request, token):
    """Asks, because mail scanners follow links; deletes the address when the button is pressed."""
    try:
        contact = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise Http404("No address belongs to this link.") from None
    if request.method == "POST":
        Contact.objects.filter(pk=contact).delete()
    is_kept = Contact.objects.filter(pk=contact).exists()
    page = render(request, "responses/stop_news.html", {"is_kept": is_kept})
    page.headers["Referrer-Policy"] = "strict-origin"
    page.headers["X-Robots-Tag"] = "noindex"
    return page
