from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from responses.access.keys import copy_id_of, key_of, new_submission
from responses.access.rate_limits import allowance, wait_message
from responses.forms.content_note import typed_in
from responses.forms.respond import DraftForm, ResponseForm
from responses.forms.sharing import RegionSelect
from responses.forms.words import AboutForm, KeptTick, LanguageSelect
from responses.language_statistics import singles_out
from responses.languages import UNLISTED, language_of, languages
from responses.models import Affiliate, Conversation, Gathering, Question, Region
from responses.models.gathering import LostInvitation

from .conversations import standing
from .decorators import form_page, secret_address


@form_page
def respond(request):
    return show_answer_form(request)


@form_page
@secret_address
def respond_late(request, key):
    """The form for sheets of paper that have arrived late. Its buttons post to the usual address.

    Only switching the language posts to this one. If the link has ended meanwhile, the words are kept all the same.
    """
    if request.method != "POST" and Gathering.objects.with_late_key(key) is None:
        ended = Gathering.objects.with_ended_late_key(key)
        context = {"gathering": ended, "contact": settings.CONTACT_EMAIL} | kept_words()
        return render(request, "responses/late_sheets_over.html", context, status=410)
    return show_answer_form(request, late=key)


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
    conversation = Conversation.objects.named_or_current(request.GET.get("conversation", ""))
    if language not in languages() or not singles_out(language, conversation=conversation):
        return HttpResponse(status=204)
    return render(request, "responses/_few_write_in.html", {"language": language_of(language)})


def show_answer_form(request, *, key=None, draft=None, late=""):
    """The respond page, after any of its buttons; or what is so before its conversation opens and after it closes.

    key: of the draft that is open, if one is. draft: that draft, as long as it is stored. late: the key of a link for
    late sheets.
    """
    pressed = request.POST.get("action", "send")
    options = {
        "conversation": draft.conversation if draft else None,
        "key": key,
        "accept_language": request.headers.get("Accept-Language", ""),
        "lists_all": pressed == "lists",
    }
    if request.method != "POST":
        typed = draft.typed if draft else {"gathering": request.GET.get("gathering", ""), "late": late}
        form = ResponseForm(initial=typed, **options)
        if not form.can_be_sent:
            return redirect("my_draft", key) if draft else _not_open(request, form.conversation)
        return _page(request, form, seen=draft.fingerprint if draft else "")
    if pressed in ("switch", "lists"):
        form = ResponseForm(initial=typed_in(request.POST), **options)
        if form.can_be_sent:
            form.repeat_questions(lambda: ResponseForm(request.POST, **options))
            return _page(request, form)
    form = (DraftForm if pressed == "save" else ResponseForm)(request.POST, **options)
    if not form.can_be_sent:
        return _keep_for_later(request, DraftForm(request.POST, **options))
    if not form.is_valid() or (pressed != "save" and form.asks()):
        return _page(request, form)
    allowed = allowance(request)
    if allowed.wait:
        form.add_error(None, wait_message(allowed.wait))
        return _page(request, form, wait=allowed.wait)
    if pressed == "save":
        return _keep(request, form)
    response = form.send(seen=request.POST.get("seen", ""), is_flood=allowed.is_flood)
    if response is None:
        return _page(request, form, **_changed_meanwhile(form))
    if pressed == "send_next":
        return _page(request, form.next_sheet(), sent=response, sent_copy=form.copy_id)
    page = reverse("my_response", args=[response.key])
    is_lost = form.lost_invitation in (LostInvitation.CLOSED, LostInvitation.UNKNOWN)
    return redirect(f"{page}?invitation=closed" if is_lost else page)


def _keep_for_later(request, form):
    """The conversation has closed while somebody wrote. What is typed becomes a draft, whatever was pressed."""
    if not form.is_valid():
        return _page(request, form) if form.words.keys() - form.CHOICES else _not_open(request, form.conversation)
    allowed = allowance(request)
    if allowed.wait:
        form.add_error(None, wait_message(allowed.wait))
        return _page(request, form, wait=allowed.wait)
    return _keep(request, form)


def _keep(request, form):
    if form.keep(request.POST.get("seen", "")):
        return redirect("my_draft", form.key)
    return _page(request, form, **_changed_meanwhile(form))


def _not_open(request, conversation):
    return render(request, "responses/respond_not_open.html", standing(conversation) | kept_words())


def kept_words(key=None):
    """For `_kept_words.html`: what a browser kept of forms that cannot be opened any more, to be saved as a draft.

    key: of the draft whose page it is. Any other page has a token for words that cannot find their own draft.
    """
    submission = None if key else new_submission()
    # By these, people recognise their words. A name or an address is nobody else's to see on a device that they share.
    shown = [*Question.objects.values_list("slug", flat=True), "content_note"]
    written = ["language_name", *sorted(DraftForm.base_fields.keys() - DraftForm.CHOICES - DraftForm.NOT_KEPT)]
    copy_id = copy_id_of(key or key_of(submission))
    return {"submission": submission, "copy_id": copy_id, "shown": shown, "written": written}


def _page(request, form, *, wait=0, **more):
    affiliates = Affiliate.objects.active() if form.lists_all else ()
    context = {
        "form": form,
        "about": AboutForm(form),
        "LostInvitation": LostInvitation,
        "conversation": form.conversation,
        "affiliates": affiliates,
        "seen": request.POST.get("seen", ""),
        **more,
    }
    page = render(request, "responses/respond.html", context, status=429 if wait else 200)
    if wait:
        page.headers["Retry-After"] = str(wait)
    return page


def _changed_meanwhile(form):
    """What somebody else with the link has saved. The page shows it; pressing the button again overwrites it."""
    if not form.stored:
        return {}
    return {"stored": saved_in(form, form.stored), "seen": form.stored.fingerprint}


def saved_in(form, draft):
    """All that a draft keeps, for a template. form: one that knows the labels of its fields.

    words: [(question, text)], those to questions that are asked no more among them. details: [(label, value, language)]
    of what else is saved, with the language of the answers if it is in that too, else ""; what belongs to the link that
    led here stays out.
    """
    questions = [(each, draft.typed[each.slug]) for each in Question.objects.all() if draft.typed.get(each.slug)]
    others = form.fields.keys() - {each.slug for each, _text in questions} - {"gathering", "late"}
    names = [name for name in form.fields if name in others and name in draft.typed]
    language = draft.typed.get("language", "")
    return {
        "words": questions,
        "details": [
            (
                form.fields[name].label,
                _shown(form.fields[name], draft.typed[name]),
                language if name == "content_note" else "",
            )
            for name in names
        ],
        "language": language,
    }


def _shown(field, value):
    """What was chosen in a field, as its list calls it, or as a Region; what was typed, as it is."""
    if isinstance(field.widget, LanguageSelect):
        is_unlisted = value == UNLISTED
        return gettext("My language is not listed") if is_unlisted else language_of(value).label_in(get_language())
    if isinstance(field.widget, KeptTick):
        return gettext("Yes")
    if isinstance(field.widget, RegionSelect):
        return Region.objects.filter(slug=value).first() or value
    labels, chosen = dict(getattr(field.widget, "choices", ())), str(value).split()
    return ", ".join(str(labels[each]) for each in chosen) if all(each in labels for each in chosen) else value
