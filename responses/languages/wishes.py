"""The languages that a browser asks for."""

import re

_WISH = re.compile(r"\s*(?P<code>[a-z]{2,3}(-[a-z0-9]{2,8})*)\s*(;\s*q=(?P<likes>[01](\.\d{0,3})?)\s*)?", re.IGNORECASE)
# Browsers ask for a few; more than these are not read.
MOST = 20


def wishes(accept_language: str) -> dict[str, float]:
    """{code: how much it is wanted, up to 1} of the header Accept-Language. Parts that cannot be read are left out."""
    found = map(_WISH.fullmatch, accept_language.split(",")[:MOST])
    return {wish["code"].lower(): float(wish["likes"] or 1) for wish in found if wish and wish["likes"] != "0"}
