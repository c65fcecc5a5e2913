"""Accounts that organizers make for somebody: a mail with a link to choose a password."""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings


def invite(user, request) -> None:
    """Send a new user the link. The address counts as theirs once they have used it, and not before."""
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    adapter = get_adapter(request)
    told = {
        "user": user,
        "link": adapter.get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{key}"),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    }
    adapter.send_mail("account/email/invitation", user.email, told)
