"""Who may open a page, how it may be posted to, and what its headers say.

Most pages name a manner (`private_page`, `form_page`, `confirm_page`, `post_page`, `account_page`, `account_post`)
and a key (`by_secret_link`, `by_hosts_link`). The single guards are for the few pages that need something else.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from responses.erasure import empty_log
from responses.languages import languages
from responses.models import Answer, Conversation, Draft, Gathering, Response

# --- Single guards -------------------------------------------------------------------------------------------

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
no_store = cache_control(private=True, no_store=True)
# For pages with a form: somebody who goes back after a failed sending must find their words.
kept_for_going_back = cache_control(private=True, no_cache=True)


def same_site_post(view):
    """For pages that nobody signs in to: no CSRF token and so no cookie, but no posts from other sites either.

    Every browser of today says in Sec-Fetch-Site where a post comes from, older ones in Origin. A program that sends
    neither is not a browser, and no other site can make it send anything.
    """

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.method == "POST" and not _is_from_here(request):
            # So do pages that somebody has saved to write in them without a connection: they can send from here.
            return _words_back(request, "other_site.html", status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(checked)


def _is_from_here(request):
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False


def gives_words_back(view):
    """If the database is away or full, a post comes back with every word in it and a button to try again.

    That page needs no database. Its form posts the same fields to the same address.
    """

    @wraps(view)
    def kept(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            page = _words_back(request, "not_now.html", status=503)
            page.headers["Retry-After"] = "10"
            return page

    return kept


def _words_back(request, template, *, status):
    """A page with all that was sent, in a form that sends it again to the same address."""
    # "complete" stays the last field: it tells whether the whole form has arrived.
    fields = [(name, typed) for name, each in request.POST.lists() for typed in each]
    fields.sort(key=lambda field: field[0] == "complete")
    has_words = bool(request.POST.keys() - {"seen"})
    page = render(request, template, {"fields": fields, "has_words": has_words}, status=status)
    # The address may be a secret link, whatever guards it from here on.
    page.headers["Referrer-Policy"] = "strict-origin"
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def unlisted(view):
    """Keeps a page out of search engines."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        page = view(request, *args, **kwargs)
        page.headers["X-Robots-Tag"] = "noindex"
        return page

    return kept


def secret_address(view):
    """For pages whose address is a secret link: no other site and no search engine is told the address."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        page = view(request, *args, **kwargs)
        if request.method == "POST":
            # Words may have been taken back.
            empty_log()
        # Not "no-referrer": with it a browser hides the origin of the forms here, and they would be refused.
        page.headers["Referrer-Policy"] = "strict-origin"
        return page

    return unlisted(kept)


def by_conversation(view):
    """Gives the view the `conversations` to choose from, and the `conversation` that its address names, or None."""

    @wraps(view)
    def chosen(request, *args, **kwargs):
        try:
            conversations, conversation = Conversation.objects.to_choose_from(request.GET.get("conversation", ""))
        except Conversation.DoesNotExist as none:
            raise Http404("No such conversation.") from none
        return view(request, *args, conversations=conversations, conversation=conversation, **kwargs)

    return chosen


# --- The manner of a page ------------------------------------------------------------------------------------


def private_page(view):
    """A page of one person's own, to read: no cache keeps it."""
    return no_store(require_safe(view))


def form_page(view):
    """A page with a form, posted to itself, by people who are not signed in."""
    return kept_for_going_back(read_or_post(same_site_post(gives_words_back(view))))


def confirm_page(view):
    """A page that asks once before it does something. No words are typed here, so going back need not find any.

    What it takes away, the browser shows no more either: Chromium keeps pages for going back in spite of "no-store".
    """

    @wraps(view)
    def confirmed(request, *args, **kwargs):
        page = view(request, *args, **kwargs)
        if request.method == "POST":
            page.headers["Clear-Site-Data"] = '"cache"'
        return page

    return no_store(read_or_post(same_site_post(gives_words_back(confirmed))))


def post_page(view):
    """An address below an author's page that is only posted to, without signing in.

    It may answer with a page, for example one with a fault in it. So it is asked for too: by a reload, a bookmark, a
    link to the same page in another language. All of these lead to the author's page.
    """
    posted = require_POST(same_site_post(gives_words_back(view)))

    @wraps(posted)
    def opened(request, key, **kwargs):
        if request.method in ("GET", "HEAD"):
            return redirect("my_response", key)
        return posted(request, key=key, **kwargs)

    return no_store(opened)


def stop_page(view):
    """The page behind the link that stops mails of one kind. It asks first, because mail scanners follow links.

    Mail providers post here on their readers' behalf, from their own site. The token alone authorises it.
    """
    return csrf_exempt(no_store(read_or_post(secret_address(view))))


def account_page(view):
    """A page of somebody who is signed in. Posts to it need Django's CSRF token."""
    return no_store(login_required(view))


def account_post(view):
    """An address that somebody who is signed in posts to. Whoever has to sign in first is led to their responses."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(reverse("my_responses"))
        return view(request, *args, **kwargs)

    return no_store(require_POST(opened))


# --- The key of a page ---------------------------------------------------------------------------------------


def by_secret_link(view):
    """Gives the view the response of the key in its address. If there is only a draft, leads to that.

    No browser keeps the page, not even for going back: on a shared computer, it would still show what was withdrawn.
    """

    @wraps(view)
    @secret_address
    def opened(request, key, **kwargs):
        found = Response.objects.with_key(key).select_related("affiliate", "region", "gathering", "conversation")
        response = found.first()
        if response is None:
            get_object_or_404(Draft.objects.with_key(key))
            return redirect("my_draft", key)
        response.key = key
        page = view(request, response, **kwargs)
        patch_cache_control(page, private=True, no_store=True)
        return page

    return opened


def by_hosts_link(view):
    """Gives the view the gathering of the key in its address."""

    @wraps(view)
    @secret_address
    def opened(request, key):
        gathering = get_object_or_404(Gathering.objects.with_key(key).select_related("affiliate", "conversation"))
        return view(request, gathering, key)

    return opened


def translators_only(view):
    """For people who are signed in and may translate or review translations; in a language that exists.

    Anybody else gets back the words that they had typed.
    """

    @wraps(view)
    def opened(request, *args, language=None, **kwargs):
        user = request.user
        if not user.is_authenticated:
            page = translation_back(request, "responses/translate_signed_out.html", status=403)
            # Nobody can be led back to an address that is only posted to.
            asked = request.method in ("GET", "HEAD")
            return page or redirect_to_login(request.get_full_path() if asked else reverse("translate"))
        if not (user.has_perm("responses.add_translation") or user.has_perm("responses.review_translation")):
            page = translation_back(request, "responses/translate_signed_out.html", status=403)
            return page or render(request, "responses/translate_newcomer.html", status=403)
        if language is not None:
            if language not in languages():
                raise Http404("No such language.")
            kwargs["language"] = language
        return view(request, *args, **kwargs)

    return kept_for_going_back(opened)


def translation_back(request, template, *, status):
    """A page that gives back what a translator typed and we cannot store; None if nothing was typed."""
    typed = {name: request.POST.get(name, "") for name in ("text", "note")}
    return render(request, template, typed, status=status) if any(typed.values()) else None


def not_at_the_desk(request, pk):
    """Gives a translator's words back with the reason. Raises Http404 if nothing was typed.

    Perhaps the author of the answer is changing it, or the translator has put it away in another window.
    """
    put_away = Answer.objects.recused_by(request.user).filter(pk=pk).exists()
    template = "responses/recused.html" if put_away else "responses/translate_not_now.html"
    if page := translation_back(request, template, status=409):
        return page
    raise Http404("No such answer to translate.")
