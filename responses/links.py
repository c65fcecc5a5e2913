"""Links in people's words: how many there are, and which one can be followed."""

import re
import unicodedata
from urllib.parse import urlsplit

_LINK = re.compile(r"https?://(?:www\.)?|www\.", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
# What ends a sentence does not belong to the address in it.
_CLOSING = ".,;:!?)]}'’،؛؟。，！？）।"


def number_of_links(text: str) -> int:
    return len(_LINK.findall(text))


def only_link(text: str) -> str:
    """The address in a text that has one link; "" if there are several, or if it might lead elsewhere than it seems."""
    if number_of_links(text) != 1 or not (found := _ADDRESS.search(text)):
        return ""
    address = found[0].rstrip(_CLOSING)
    if any(unicodedata.category(each)[0] == "C" for each in address) or "\\" in address:
        return ""
    try:
        host, _port = urlsplit(address).hostname or "", urlsplit(address).port
    except ValueError:
        return ""
    # "https://video.example@elsewhere.example", and letters that look like others.
    return address if "." in host and host.isascii() and "@" not in urlsplit(address).netloc else ""
