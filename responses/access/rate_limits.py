"""How much one network may send: a workshop of eighty never notices, a script is slowed down and then refused.

A network is identified by a hash of its address under the portal's secret key and a random key that changes every day;
allauth counts log-ins under the same hash. The address itself is stored nowhere.
"""

import datetime
import ipaddress
import secrets
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from responses.models import RateLimitCount

# Within WINDOW seconds a network may send FREE times without waiting, then once in SLOW_PAUSE seconds, and MOST times
# in all. Attempts that are told to wait count too.
WINDOW = 600
FREE = 120
MOST = 300
SLOW_PAUSE = 10

_CACHE_KEY = "network-key"


@dataclass(frozen=True)
class Allowance:
    """What a network may do now."""

    wait: int = 0  # seconds until it may send
    is_flood: bool = False


def allowance(request, now=None) -> Allowance:
    """Count one attempt to send from the network of the request. now: seconds since 1970."""
    try:
        network = get_adapter().get_client_ip(request)
    except PermissionDenied:
        # Behind a proxy that passes no addresses on, networks cannot be told apart. No limit is better than no answers.
        return Allowance()
    now = int(time.time() if now is None else now)
    sent = RateLimitCount.objects.count_one(network, now - now % WINDOW)
    if sent <= FREE:
        return Allowance()
    if sent > MOST:
        return Allowance(wait=WINDOW - now % WINDOW, is_flood=True)
    if RateLimitCount.objects.count_one(f"{network} slow", now - now % SLOW_PAUSE) > 1:
        return Allowance(wait=SLOW_PAUSE - now % SLOW_PAUSE, is_flood=True)
    return Allowance(is_flood=True)


def wait_message(seconds: int) -> str:
    """The message for people who have to wait before they can send."""
    return ngettext(
        "Very much is being sent from your network just now. Wait %(seconds)s second, then press the button again: "
        "your words stay here.",
        "Very much is being sent from your network just now. Wait %(seconds)s seconds, then press the button again: "
        "your words stay here.",
        seconds,
    ) % {"seconds": seconds}


def network_of(address: str) -> str:
    """A hash of the network that an address belongs to, 32 hexadecimal digits.

    Each day's random key overwrites the key of the day before. From then on nobody can find out the address, even with
    every other secret of the portal. The key is in the database, and so in a backup of that day; the portal's secret
    key is not, and without it nobody can try out addresses.
    """
    secret = settings.SECRET_KEY + _key_of_today()
    return salted_hmac("network", _network(address), secret=secret, algorithm="sha256").hexdigest()[:32]


def forget_earlier_networks() -> None:
    """Delete the key of an earlier day, even if nobody has visited today."""
    day, _key = cache.get(_CACHE_KEY) or ("", "")
    if day != str(datetime.date.today()):
        cache.delete(_CACHE_KEY)


def _key_of_today():
    today = str(datetime.date.today())
    day, key = cache.get(_CACHE_KEY) or ("", "")
    if day != today:
        key = secrets.token_hex(32)
        cache.set(_CACHE_KEY, (today, key), timeout=24 * 60 * 60)
    return key


def _network(address):
    """An IPv4 address, or the /64 that one connection with IPv6 has to itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
