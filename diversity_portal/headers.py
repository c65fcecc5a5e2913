"""Checks of the headers of requests, and headers that every page gets."""

import hashlib
from base64 import b64encode
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpResponseNotAllowed
from django.middleware.common import CommonMiddleware

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_DENIED = """
accelerometer autoplay browsing-topics camera display-capture encrypted-media fullscreen gamepad geolocation gyroscope
hid identity-credentials-get idle-detection local-fonts magnetometer microphone midi payment picture-in-picture
screen-wake-lock serial usb xr-spatial-tracking
"""
_PERMISSIONS = ", ".join(f"{feature}=()" for feature in _DENIED.split())


def style_hash(path: Path) -> str:
    """The part of a Content-Security-Policy that allows exactly this style sheet inside a page."""
    return f"'sha256-{b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()}'"


class IsolationHeaders:
    """Keeps other sites from embedding our pages, and our pages from using the device."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        page = self.get_response(request)
        page.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        page.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        return page


def keeping_what_was_sent(request, page, before):
    """A redirect to the right address makes a browser send the same again there, and not open an empty page."""
    if page is not before and request.method not in ("GET", "HEAD"):
        page.status_code = {301: 308, 302: 307}.get(page.status_code, page.status_code)
    return page


class SlashOfAddress(CommonMiddleware):
    """Leads from an address without its last slash to the one with it."""

    def process_response(self, request, response):
        return keeping_what_was_sent(request, super().process_response(request, response), response)


class PlainRequests:
    """Refuses, as bad requests, what no browser sends and what Django or a library cannot handle."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Some views of the administration and of accounts would take any other method for GET.
        return self.get_response(request) if request.method in _METHODS else HttpResponseNotAllowed(_METHODS)

    def process_view(self, request, view, arguments, keywords):
        charset = request.content_params.get("charset", "utf-8")
        if charset.lower().strip("\"'") not in ("utf-8", "utf8"):
            raise BadRequest("The portal reads UTF-8.")
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("An address cannot contain NUL.")
        onward = request.GET.getlist("next")
        public = f"/{request.LANGUAGE_CODE}/"
        if request.method == "POST" and (
            request.path.startswith(f"{public}accounts/") or not request.path.startswith(("/admin/", public))
        ):
            onward += request.POST.getlist("next")
        for address in onward:
            try:
                urlsplit(address)
            except ValueError:
                raise BadRequest("The address to go on to cannot be read.") from None
