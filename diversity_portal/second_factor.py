"""What guards the desks of staff beyond a password: a second factor, and typing the password again now and then."""

import io
import time

import segno
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, suspend_request
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Seconds after which staff show once more who they are, however long they stay signed in elsewhere.
STAFF_SESSION = 12 * 60 * 60
_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Pages of the admin that change what guards an account. A new account is not there: it has no rights yet.
_GUARDS = ("auth_", "account_", "socialaccount_", "responses_person_")
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
        return self.get_response(request)

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
    if methods := get_adapter(request).get_reauthentication_methods(request.user):
        return suspend_request(request, methods[0]["url"])
    logout(request)
    return redirect_to_login(request.get_full_path())
