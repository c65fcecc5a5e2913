"""How much one network may send: a workshop of eighty never notices, a script is marked, slowed down and then refused.

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

from responses.models import Flag, RateLimitCount, Response

# Within WINDOW seconds a network may send FREE times without waiting, then once in SLOW_PAUSE seconds, and MOST times
# in all. Attempts that are told to wait count too. What is sent after the first UNMARKED, or after UNMARKED_AN_HOUR, is
# marked for the reviewer.
WINDOW = 600
UNMARKED = 80
UNMARKED_AN_HOUR = 200
FREE = 120
MOST = 300
SLOW_PAUSE = 10
# So many responses may wait for review with the flag of a flood. From then on, floods have to wait, and nobody else.
LONGEST_QUEUE = 1000
# A provider gives its customers one address or one /64, but also a /56 or a /48, and whoever rents servers gets
# addresses side by side. The networks around one may send as much as so many of it.
_PREFIXES = {4: (32, 27, 24), 6: (64, 56, 48)}
_TIMES = {"network": 1, "wider": 2, "widest": 4}

_CACHE_KEY = "network-key"


@dataclass(frozen=True)
class Allowance:
    """What a network may do now."""

    wait: int = 0  # seconds until it may send
    is_flood: bool = False


def allowance(request, now=None) -> Allowance:
    """Count one attempt to send from the network of the request. now: seconds since 1970."""
    try:
        networks = dict(zip(_TIMES, get_adapter().get_client_networks(request), strict=True))
    except PermissionDenied:
        # Behind a proxy that passes no addresses on, networks cannot be told apart. No limit is better than no answers.
        return Allowance()
    now = int(time.time() if now is None else now)
    begun = now - now % WINDOW
    counts = RateLimitCount.objects
    counts.add_one(**networks, window=begun)
    is_flood, wait = False, 0
    for name, (sent, within_an_hour) in counts.sent(begun, **networks).items():
        times = _TIMES[name]
        is_flood |= sent > UNMARKED * times or within_an_hour > UNMARKED_AN_HOUR * times
        if sent > MOST * times:
            wait = max(wait, WINDOW - now % WINDOW)
        elif sent > FREE * times and counts.count_one(f"{networks[name]} slow", now - now % SLOW_PAUSE) > times:
            wait = max(wait, SLOW_PAUSE - now % SLOW_PAUSE)
    if is_flood and _floods_waiting() >= LONGEST_QUEUE:
        wait = WINDOW - now % WINDOW
    return Allowance(wait, is_flood)


def _floods_waiting():
    return Response.objects.awaiting_review().flagged(Flag.Kind.FLOOD).count()


def wait_message(seconds: int) -> str:
    """The message for people who have to wait before they can send."""
    return ngettext(
        "Very much is being sent from your network just now. Wait %(seconds)s second, then press the button again: "
        "your words stay here.",
        "Very much is being sent from your network just now. Wait %(seconds)s seconds, then press the button again: "
        "your words stay here.",
        seconds,
    ) % {"seconds": seconds}


def networks_of(address: str) -> list[str]:
    """Hashes of the network that an address belongs to, and of the two around it, each of 32 hexadecimal digits.

    Each day's random key overwrites the key of the day before. From then on nobody can find out the address, even with
    every other secret of the portal. The key is in the database, and so in a backup of that day; the portal's secret
    key is not, and without it nobody can try out addresses.
    """
    secret = settings.SECRET_KEY + _key_of_today()
    return [
        salted_hmac("network", network, secret=secret, algorithm="sha256").hexdigest()[:32]
        for network in _around(address)
    ]


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


def _around(address):
    """The network that one connection has to itself, and the two around it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return [address] * 3
    # An IPv4 address may be written as one of IPv6.
    found = getattr(found, "ipv4_mapped", None) or found
    return [str(ipaddress.ip_network((found, size), strict=False)) for size in _PREFIXES[found.version]]
