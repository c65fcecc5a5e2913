"""How much one network may send: a room of eighty without noticing, a script until it is slowed and then refused.

A network is what accounts' limits count too: a keyed hash of an address, with another key every day.
"""

import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.utils.translation import ngettext

from responses.models import NetworkCount

# Seconds. Within one window a network may send FREE times, then once in SLOW_PAUSE seconds, up to MOST times; tries
# while it should wait count as well.
WINDOW = 600
FREE = 120
MOST = 300
SLOW_PAUSE = 10


@dataclass(frozen=True)
class Allowance:
    """What a network may do now."""

    wait: int = 0  # seconds until it may send
    is_flood: bool = False


def say_wait(seconds):
    """The message to whoever has to wait."""
    return ngettext(
        "Very much is being sent from your network just now. Wait %(seconds)s second, then press the button again: "
        "your words stay here.",
        "Very much is being sent from your network just now. Wait %(seconds)s seconds, then press the button again: "
        "your words stay here.",
        seconds,
    ) % {"seconds": seconds}


def allowance(request, now=None) -> Allowance:
    """Count one sending from the network of the request, and say whether it may go on. now: seconds since 1970."""
    try:
        network = get_adapter().get_client_ip(request)
    except PermissionDenied:
        # A server whose proxy names no addresses cannot tell networks apart. Better no limit than no answers.
        return Allowance()
    now = int(time.time() if now is None else now)
    sent = NetworkCount.objects.count_one(network, now - now % WINDOW)
    if sent <= FREE:
        return Allowance()
    if sent > MOST:
        return Allowance(wait=WINDOW - now % WINDOW, is_flood=True)
    if NetworkCount.objects.count_one(f"{network} slow", now - now % SLOW_PAUSE) > 1:
        return Allowance(wait=SLOW_PAUSE - now % SLOW_PAUSE, is_flood=True)
    return Allowance(is_flood=True)
