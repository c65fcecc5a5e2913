from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from responses.access.rate_limits import allowance, wait_message
from responses.forms.respond import DraftForm, ResponseForm
from responses.language_statistics import singles_out
from responses.languages import language_of, languages
from responses.models import Affiliate

from .decorators import form_page


@form_page
def respond(request):
    return show_answer_form(request)


@cache_control(public=True, max_age=3600)
@require_safe
def lists(request):
    """All languages and affiliates, for a page that shows the likely ones only."""
    interface = get_language()
    return JsonResponse(
        {
            # Its code, its label in two parts, and other names to find it by.
            "languages": [
                [each.code, each.autonym, each.beside_autonym(interface), *each.further_names(interface)]
                for each in languages().values()
            ],
            "rtl": [each.code for each in languages().values() if each.direction == "rtl"],
            "affiliates": list(Affiliate.objects.active().values_list("name", flat=True)),
        },
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


@cache_control(public=True, max_age=600)
@require_safe
def few_write_in(request):
    """What whoever chooses a language hears before they send, if it could tell who they are; otherwise nothing.

    Only the code is asked for: a name that somebody typed does not belong in an address, which servers write down.
    """
    language = request.GET.get("language", "")
    if language not in languages() or not singles_out(language):
        return HttpResponse(status=204)
    return render(request, "responses/_few_write_in.html", {"language": language_of(language)})


def show_answer_form(request, *, key=None, draft=None):
    """The respond page, after any of its buttons. key: of the draft that is open, if one is."""
    pressed = request.POST.get("action", "send")
    options = {
        "key": key,
        "accept_language": request.headers.get("Accept-Language", ""),
        "lists_all": pressed == "lists",
    }
    if request.method != "POST":
        typed = draft.typed if draft else {"gathering": request.GET.get("gathering", "")}
        return _page(request, ResponseForm(initial=typed, **options), seen=draft.fingerprint if draft else "")
    if pressed in ("switch", "lists"):
        return _page(request, ResponseForm(initial=request.POST.dict(), **options))
    form = (DraftForm if pressed == "save" else ResponseForm)(request.POST, **options)
    if not form.is_valid():
        return _page(request, form)
    allowed = allowance(request)
    if allowed.wait:
        form.add_error(None, wait_message(allowed.wait))
        return _page(request, form, wait=allowed.wait)
    if pressed == "save":
        if form.keep(request.POST.get("seen", "")):
            return redirect("my_draft", form.key)
        return _page(request, form, **_changed_meanwhile(form))
    response = form.send(seen=request.POST.get("seen", ""), is_flood=allowed.is_flood)
    if response is None:
        return _page(request, form, **_changed_meanwhile(form))
    if pressed == "send_next":
        return _page(request, form.next_sheet(), sent=response, sent_copy=form.copy_id)
    page = reverse("my_response", args=[response.key])
    return redirect(f"{page}?invitation=closed" if form.lost_invitation else page)


def _page(request, form, *, wait=0, **more):
    affiliates = Affiliate.objects.active() if form.lists_all else ()
    context = {"form": form, "affiliates": affiliates, "seen": request.POST.get("seen", ""), **more}
    page = render(request, "responses/respond.html", context, status=429 if wait else 200)
    if wait:
        page.headers["Retry-After"] = str(wait)
    return page


def _changed_meanwhile(form):
    """What somebody else with the link has saved. The page shows it; pressing the button again overwrites it."""
    if not form.stored:
        return {}
    saved = form.stored.typed
    texts = [(question, saved.get(question.slug, ""), saved.get("language", "")) for question in form.questions]
    return {"stored": [each for each in texts if each[1]], "seen": form.stored.fingerprint}
