from functools import wraps

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from responses.addresses import copy_id_of, hash_of
from responses.forms.edit import EditForm
from responses.likely_language import another_language
from responses.models import Contact, Draft, Response
from responses.models.version import earlier_versions

from .not_now import gives_words_back
from .same_site import same_site_post


def keeps_its_address_secret(view):
    """For pages whose address is a secret link: it is told to no other site, and to no search engine."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        page = view(request, *args, **kwargs)
        # Not "no-referrer": with it a browser hides the origin of the forms here, and they would be refused.
        page.headers["Referrer-Policy"] = "strict-origin"
        page.headers["X-Robots-Tag"] = "noindex"
        return page

    return kept


def by_secret_link(view):
    """Gives the view the response of the key in its address; who has only saved a draft is led there."""

    @wraps(view)
    @keeps_its_address_secret
    def opened(request, key, **kwargs):
        response = Response.objects.with_key(key).select_related("affiliate", "region", "gathering").first()
        if response is None:
            get_object_or_404(Draft.objects.with_key(key))
            return redirect("my_draft", key)
        response.key = key
        return view(request, response, **kwargs)

    return opened


@cache_control(private=True, no_store=True)
@require_safe
@by_secret_link
def my_response(request, response):
    return author_page(request, response)


def author_page(request, response, **more):
    """The author's own page: receipt, what became of it, and all that can be done about it. more: a form to mend."""
    answers = list(response.answers.select_related("question"))
    context = {
        "response": response,
        "answers": answers,
        # A question, while an answer to it costs nobody's work; nothing changes by itself.
        "likely": another_language("\n".join(each.text for each in answers), response.language)
        if response.is_waiting
        else None,
        "versions": earlier_versions(response),
        "contact": Contact.objects.filter(response=response).first(),
        "link": request.build_absolute_uri(reverse("short_link", args=[response.key])),
        # The lasting link is stored nowhere; this one was made for a signed-in author, and runs out.
        "is_account_link": response.key_hash != hash_of(response.key),
        "copy_id": copy_id_of(response.key),
    }
    return render(request, "responses/my_response.html", context | more)


@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
@same_site_post
@gives_words_back
@by_secret_link
def my_response_edit(request, response):
    stored = dict(response.answers.values_list("question__slug", "text"))
    stored["language"] = request.GET.get("language", response.language)
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = EditForm(request.POST)
    else:
        form = EditForm(initial=stored | request.POST.dict())
    seen, changed_meanwhile = response.fingerprint, None
    if form.is_valid():
        try:
            language = form.cleaned_data["language"] or response.language
            response.edit(form.answers, language=language, seen=request.POST.get("seen", ""))
            return redirect("my_response", response.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            changed_meanwhile = response.answers.select_related("question")
    elif form.is_bound:
        # Not sent yet: what it was written against is still what its author saw first.
        seen = request.POST.get("seen", "")
    return render(
        request,
        "responses/my_response_edit.html",
        {"response": response, "form": form, "seen": seen, "changed_meanwhile": changed_meanwhile},
    )


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
@same_site_post
@by_secret_link
def my_response_withdraw(request, response):
    if request.method == "POST":
        response.withdraw()
    if response.is_withdrawn:
        return redirect("my_response", response.key)
    return render(request, "responses/my_response_withdraw.html", {"response": response})


@cache_control(private=True, no_store=True)
@require_POST
@same_site_post
@by_secret_link
def delete_versions(request, response):
    """How it read earlier is its author's to forget."""
    response.versions.all().delete()
    return redirect("my_response", response.key)


@cache_control(private=True, no_store=True)
@require_safe
def short_link(request, key):
    """The secret link as it stands on paper: it leads to the page in the reader's language."""
    with translation.override(get_language_from_request(request)):
        return redirect("my_response", key)
