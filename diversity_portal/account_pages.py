"""Links in mails about accounts. Whoever follows one again reads that it is done, wherever and however often."""

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.account.utils import url_str_to_user_pk
from allauth.account.views import INTERNAL_RESET_SESSION_KEY, confirm_email, password_reset_from_key
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.shortcuts import redirect, render

from responses.access.keys import sha256_of

# What allauth puts into the address in place of the token, which it keeps in the session.
_CHOOSE = "set-password"


def account_confirm_email(request, key):
    """allauth's page, which calls the link invalid as soon as the address is confirmed."""
    if address := _confirmed_address(key):
        return render(request, "account/email_confirmed.html", {"email": address.email})
    return confirm_email(request, key=key)


def account_reset_password_from_key(request, uidb36, key):
    """allauth's page. A used token looks like a bad one; so what was used is remembered for as long as it was good."""
    token = request.session.get(INTERNAL_RESET_SESSION_KEY, "") if key == _CHOOSE else key
    used = f"used-password-link-{sha256_of(f'{uidb36}-{token}')}"
    if token and cache.get(used):
        return redirect("account_reset_password_from_key_done")
    page = password_reset_from_key(request, uidb36=uidb36, key=key)
    if request.method == "POST" and key == _CHOOSE and page.status_code == 302:
        cache.set(used, True, settings.PASSWORD_RESET_TIMEOUT)
        # The link came by mail. To which of several addresses, it does not say.
        addresses = EmailAddress.objects.filter(user=url_str_to_user_pk(uidb36))
        if len(addresses) == 1:
            addresses[0].set_verified()
    return page


def _confirmed_address(key):
    try:
        pk = signing.loads(key, salt=app_settings.SALT)
    except signing.BadSignature:
        return None
    return EmailAddress.objects.filter(pk=pk, verified=True).first()
