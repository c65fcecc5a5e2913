from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from responses.forms.respond import DraftForm, ResponseForm
from responses.languages import languages
from responses.limits import allowance, say_wait
from responses.models import Affiliate
from responses.styles import csp_with_styles

from .not_now import gives_words_back
from .same_site import same_site_post


# Private: the page holds the token of one submission. Not "no-store": going back must find the words still there.
@cache_control(private=True, no_cache=True)
@csp_override(csp_with_styles())
@require_http_methods(["GET", "HEAD", "POST"])
@same_site_post
@gives_words_back
def respond(request):
    return answer_form(request)


@cache_control(public=True, max_age=3600)
@require_safe
def lists(request):
    """All languages and affiliates, for a page that shows the likely ones only."""
    named = [[each.code, each.label] for each in languages().values()]
    return JsonResponse(
        {"languages": named, "affiliates": list(Affiliate.objects.active().values_list("name", flat=True))}
    )


def answer_form(request, *, key=None, draft=None):
    """The form, after whatever button was pressed. key: that of the draft that is open, if one is."""
    options = {"key": key, "accept_language": request.headers.get("Accept-Language", "")}
    pressed = request.POST.get("action", "send")
    if request.method != "POST":
        typed = draft.typed if draft else {"gathering": request.GET.get("gathering", "")}
        return _page(request, ResponseForm(initial=typed, **options), seen=draft.fingerprint if draft else "")
    if pressed in ("switch", "lists"):
        return _page(request, ResponseForm(initial=request.POST.dict(), **options), lists_all=pressed == "lists")
    if pressed == "save":
        form = DraftForm(request.POST, **options)
        if form.is_valid() and _may_send(request, form) and form.keep(request.POST.get("seen", "")):
            return redirect("my_draft", form.key)
        return _page(request, form, **_changed_meanwhile(form))
    form = ResponseForm(request.POST, **options)
    if not (form.is_valid() and _may_send(request, form) and (response := form.send())):
        return _page(request, form)
    if pressed == "send_next":
        return _page(request, form.next_sheet(), sent=response, sent_copy=form.copy_id)
    return redirect("my_response", response.key)


def _page(request, form, **more):
    context = {"form": form, "seen": request.POST.get("seen", ""), **more}
    page = render(request, "responses/respond.html", context, status=429 if form.wait else 200)
    if form.wait:
        page.headers["Retry-After"] = str(form.wait)
    return page


def _changed_meanwhile(form):
    """What somebody else with the link has saved: whoever presses the button again writes over that, knowing it."""
    if not form.stored:
        return {}
    saved = form.stored.typed
    texts = [(question, saved.get(question.slug, ""), saved.get("language", "")) for question in form.questions]
    return {"stored": [each for each in texts if each[1]], "seen": form.stored.fingerprint}


def _may_send(request, form):
    allowed = allowance(request)
    form.is_flood, form.wait = allowed.is_flood, allowed.wait
    if allowed.wait:
        form.add_error(None, say_wait(allowed.wait))
    return not allowed.wait
