"""What guards the desks of staff beyond a password: a second factor, and typing the password again now and then."""

import io
import re
import time

import segno
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, did_recently_reauthenticate
from allauth.core.internal.httpkit import serialize_request
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext as _

# Seconds after which staff show once more who they are, however long they stay signed in elsewhere.
STAFF_SESSION = 12 * 60 * 60
_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Pages of the admin that change what guards an account, or what it may do. A new account is not there: it has no rights
# yet.
_GUARDS = ("auth_", "account_", "socialaccount_", "responses_person_", "responses_translatorrequest_")
_FORM_WITHOUT_ADDRESS = re.compile(rb'<form\b(?=[^>]*\bmethod="post")(?![^>]*\baction=)')
_OPEN = ("login", "logout", "jsi18n")


class SecondFactorAdapter(DefaultMFAAdapter):
    def build_totp_svg(self, url):
        """allauth would need another library for it."""
        drawn = io.BytesIO()
        segno.make(url).save(drawn, kind="svg", scale=5, light="white")
        return drawn.getvalue().decode()


class StaffGuard:
    """Stands before the pages of the admin, for people who may open them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = request.path
        page = self.get_response(request)
        if request.path != asked and page.get("Content-Type", "").startswith("text/html") and not page.streaming:
            # What was posted has gone on behind the password, and its page came back, at the address of the password.
            # A form without an address of its own would go there, and all that was typed would be lost.
            to = f' action="{escape(request.get_full_path())}"'.encode()
            page.content = _FORM_WITHOUT_ADDRESS.sub(lambda form: form[0] + to, page.content)
        return page

    def process_view(self, request, view, arguments, keywords):
        page = request.resolver_match
        if "admin" not in page.app_names or page.url_name in _OPEN or not request.user.is_staff:
            return None
        if settings.STAFF_NEED_SECOND_FACTOR and not has_second_factor(request.user):
            messages.warning(request, _("The desks open when your account has a second factor. Set one up here."))
            return redirect("mfa_index")
        name = page.url_name or ""
        touches_accounts = name == "auth_user_password_change" or (
            request.method == "POST" and name.startswith(_GUARDS) and name != "auth_user_add"
        )
        if time.time() - _shown_at(request) > STAFF_SESSION or (
            touches_accounts and not did_recently_reauthenticate(request)
        ):
            return _show_again(request)
        return None


def has_second_factor(user) -> bool:
    return Authenticator.objects.filter(user=user, type__in=_FACTORS).exists()


def _shown_at(request):
    """When somebody last showed who they are, in this session, in seconds since 1970. allauth notes each time."""
    return max((each["at"] for each in get_authentication_records(request, request.user)), default=time.time())


def _show_again(request):
    """Asks for the password or second factor; what was posted goes on afterwards. Without either, signs in anew."""
    is_post = request.method == "POST"
    if methods := get_adapter(request).get_reauthentication_methods(request.user):
        if is_post:
            request.session[STATE_SESSION_KEY] = {"request": serialize_request(request)}
        # allauth goes on with what was posted only if the address to go on to is that of the page and no more.
        onward = urlencode({REDIRECT_FIELD_NAME: request.path if is_post else request.get_full_path()})
        return redirect(f"{methods[0]['url']}?{onward}")
    logout(request)
    # The desks give what was typed back to whoever is not signed in.
    return None if is_post else redirect_to_login(request.get_full_path())
