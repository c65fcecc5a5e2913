"""Leads from an address that was copied by hand, or that a chat or a mail has changed, to the one that was meant."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import is_valid_path, resolve
from django.utils import translation

from responses.access.keys import mended_code, mended_key, plain
from responses.models import Draft, Gathering, Response

# The parts of an address that a key or a code follows.
_BEFORE_A_KEY = {"r", "my-response", "my-draft", "my-gathering", "late"}
_BEFORE_A_CODE = {"responses", "gatherings", "my-responses"}


def _mended(part: str, before: str) -> str:
    """One part of an address. before: the part before it."""
    if before in _BEFORE_A_KEY:
        return mended_key(part)
    if before in _BEFORE_A_CODE:
        return mended_code(part)
    if before in ("stop-news", "stop-letters"):
        # Here capitals count.
        return re.sub("[^A-Za-z0-9_:-]", "", part)
    return re.sub(r"^[\W_]+|[\W_]+$", "", plain(part))


def meant_path(path: str, language: str) -> str | None:
    """The path that a path without a page is likely to mean, or None. language: that of the page, if none is named."""
    if "\0" in path:
        return None
    parts: list[str] = []
    for part in filter(None, re.split("[/\uff0f]", unquote(path))):
        before = parts[-1] if parts else ""
        if found := _mended(part, before):
            parts.append(found)
        elif before in _BEFORE_A_KEY | _BEFORE_A_CODE:
            return None
    if parts[:1] == ["r"]:
        parts[0] = "my-response"
    if not parts or parts[0] not in dict(settings.LANGUAGES):
        parts.insert(0, language)
    joined = "/" + "/".join(parts)
    # Django knows the addresses in the current language only.
    with translation.override(parts[0]):
        return next((each for each in (joined + "/", joined) if each != path and is_valid_path(each)), None)


def _leads_somewhere(match) -> bool:
    # A link for late sheets that has ended says so.
    return match.url_name == "respond_late" or _is_there(**match.kwargs)


def _is_there(key: str = "", code: str = "", **others: str) -> bool:
    """Whether there is what an address with this key or code is about. A wrong one leads nowhere."""
    if key:
        return any(model.objects.with_key(key).exists() for model in (Response, Draft, Gathering))
    return not code or any(model.objects.filter(code=code).exists() for model in (Response, Gathering))


class MistypedAddresses:
    """Redirects once where there is no page, to the page that was meant."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        page = self.get_response(request)
        if page.status_code != 404 or request.method not in ("GET", "HEAD"):
            return page
        meant = meant_path(request.path_info, request.LANGUAGE_CODE)
        if meant is None or not _leads_somewhere(resolve(meant)):
            return page
        query = request.META.get("QUERY_STRING", "")
        redirect = HttpResponseRedirect(f"{meant}?{query}" if query else meant)
        redirect.headers["Cache-Control"] = "private, no-store"
        redirect.headers["X-Robots-Tag"] = "noindex"
        return redirect
