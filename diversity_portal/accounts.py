"""What we keep of people's accounts, and what we leave."""

import datetime
import ipaddress
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.crypto import salted_hmac


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request):
        """Stands for the network in the counters that limit guessing and flooding.

        A hash under a random key, which is another one every day and forgotten with it: afterwards nobody can find the
        address again, not even with all other secrets of the portal.
        """
        network = _network(super().get_client_ip(request))
        day = f"network-key-{datetime.date.today()}"
        key = cache.get_or_set(day, lambda: secrets.token_hex(32), timeout=24 * 60 * 60)
        return salted_hmac(day, network, secret=key, algorithm="sha256").hexdigest()[:32]


def _network(address):
    """An IPv4 address, or the /64 that one line of IPv6 has all to itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


class ShortLoginForm(LoginForm):
    """No user name or address is longer; SQLite fails at comparing some that are."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["login"].max_length = 254
        self.fields["login"].validators.append(MaxLengthValidator(254))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """Keep the user name; drop the real name and address that MediaWiki sends along.

        This runs before the account is looked up, because looking up already stores what is in it.
        """
        username = data.get("username") or ""
        sociallogin.account.extra_data = {"username": username}
        sociallogin.email_addresses = []
        return super().populate_user(request, sociallogin, {"username": username})
