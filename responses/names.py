"""What people with an account are called."""

from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext

# The user name that stands in the log for all whose account is gone. Nobody can choose it: names begin otherwise.
GONE = "(gone)"


def shown_name(user) -> str:
    """The name that somebody goes by: that of their Wikimedia account as it is there, or else their user name."""
    if user.get_username() == GONE:
        return gettext("Somebody whose account is gone")
    return user.first_name or user.get_username()


def wikimedia_page(user) -> str:
    """The address of somebody's user page, which tells them from namesakes; "" without a Wikimedia account here."""
    if not user.first_name:
        return ""
    return f"{settings.MEDIAWIKI_ORIGIN}/wiki/User:{quote(user.first_name.replace(' ', '_'))}"
