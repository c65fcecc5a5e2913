from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from responses.addresses import copy_id_of
from responses.models import Draft, Response
from responses.models.draft import DAYS_KEPT
from responses.styles import csp_with_styles

from .my_response import keeps_its_address_secret
from .not_now import gives_words_back
from .respond import answer_form
from .same_site import same_site_post


def _draft(key):
    """The draft of a secret link."""
    draft = Draft.objects.with_key(key).first()
    if draft is None:
        raise Http404("No draft has this link, or its day has come.")
    return draft


@cache_control(private=True, no_store=True)
@require_safe
@keeps_its_address_secret
def my_draft(request, key):
    """The secret link of a draft, to write down, copy, print or scan."""
    if Response.objects.with_key(key).exists():
        return redirect("my_response", key)
    draft = _draft(key)
    link = request.build_absolute_uri(reverse("short_link", args=[key]))
    context = {"draft": draft, "key": key, "link": link, "copy_id": copy_id_of(key), "days": DAYS_KEPT}
    return render(request, "responses/my_draft.html", context)


@cache_control(private=True, no_cache=True)
@csp_override(csp_with_styles())
@require_http_methods(["GET", "HEAD", "POST"])
@same_site_post
@keeps_its_address_secret
@gives_words_back
def my_draft_write(request, key):
    """The form, with what was saved."""
    if request.method != "POST" and Response.objects.with_key(key).exists():
        return redirect("my_response", key)
    # A post needs no draft: it brings its words along, and one whose day has come is saved anew.
    return answer_form(request, key=key, draft=None if request.method == "POST" else _draft(key))


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
@same_site_post
@keeps_its_address_secret
def my_draft_delete(request, key):
    """Asks once, then deletes the draft."""
    draft = _draft(key)
    if request.method == "POST":
        draft.delete()
        return redirect("respond")
    return render(request, "responses/my_draft_delete.html", {"draft": draft, "key": key})
