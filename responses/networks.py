"""What stands for the network of a visitor, in the counters that limit guessing and flooding."""

import datetime
import ipaddress
import secrets

from django.core.cache import cache
from django.utils.crypto import salted_hmac

_KEY = "network-key"


def network_of(address: str) -> str:
    """A hash of the network under a random key, 32 hexadecimal digits.

    The key is another one every day and overwrites the one before: afterwards nobody can find the address again, not
    even with all other secrets of the portal.
    """
    return salted_hmac("network", _network(address), secret=_key_of_today(), algorithm="sha256").hexdigest()[:32]


def forget_earlier_networks() -> None:
    """Throw yesterday's key away, on a day that has seen no visitor yet."""
    day, _key = cache.get(_KEY) or ("", "")
    if day != str(datetime.date.today()):
        cache.delete(_KEY)


def _key_of_today():
    today = str(datetime.date.today())
    day, key = cache.get(_KEY) or ("", "")
    if day != today:
        key = secrets.token_hex(32)
        cache.set(_KEY, (today, key), timeout=24 * 60 * 60)
    return key


def _network(address):
    """An IPv4 address, or the /64 that one line of IPv6 has all to itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
