"""Finds what looks like a way to reach or to name somebody in people's words, in every script.

It only ever leads to a question: an author is asked before they send, and a reviewer looks before they accept.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from .normal_forms import normalized
from .telephone_numbers import telephone_numbers


class ContactKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    USER_PAGE = "user_page"
    HANDLE = "handle"


class Place(NamedTuple):
    """Where in a text it stands: code points, the end exclusive."""

    start: int
    end: int
    kind: ContactKind


# Left of an @, and between the full stops of a name on the internet: as much as the standards allow (RFC 5321, 1035).
_LOCAL, _LABEL = 64, 63
_LOCAL_SIGNS = frozenset(".+-_%'")
# What ends a name or an address in running text.
_ENDS = '\\s<>"“”«»„‚‘()\\[\\]{}|,;:!?،؛؟。，、；：！？（）「」『』【】《》।'
_HOST = rf"(?:[^{_ENDS}.@/#_'’]{{1,{_LABEL}}}\.){{1,8}}"
_PATH = r"(?:[/?#][^\s<>\"“”«»„|\[\]{}。，、；！？（）「」『』【】《》]*)?"

with (Path(__file__).parent / "domain_endings.csv").open(encoding="utf-8", newline="") as file:
    _NAMES = {row["kind"]: frozenset(row["names"].split()) for row in csv.DictReader(file)}
# The last part of a name on the internet that people write without "www." or "https://".
_LONGER = _NAMES["common"] | _NAMES["other scripts"]

_WEB = re.compile(rf"(?:https?://|ftp://|www\.)[^{_ENDS}/?#]{{1,255}}(?::\d{{1,5}})?{_PATH}", re.IGNORECASE)
_BARE = re.compile(
    rf"(?<![\w@.-]){_HOST}(?P<last>{'|'.join(sorted(_LONGER))}|[a-z]{{2}})(?![\w@-])(?P<path>{_PATH})",
    re.IGNORECASE,
)
_ASCII_HOST = re.compile(rf"(?:[a-z0-9-]{{1,{_LABEL}}}\.){{1,8}}[a-z][a-z0-9-]{{1,23}}", re.IGNORECASE)
_ANY_HOST = re.compile(rf"{_HOST}[^{_ENDS}.@/#_'’]{{2,{_LABEL}}}")
_HANDLE = re.compile(
    rf"(?<![\w.@/+-])@(?:[a-z_]\w{{1,29}}|[^\W\d_][^{_ENDS}@/#.'’]{{1,29}})"
    rf"(?:\.\w{{1,29}})?(?:@(?:[a-z0-9-]{{1,{_LABEL}}}\.){{1,8}}[a-z]{{2,24}})?",
    re.IGNORECASE,
)
# "name (at) place.org", and in words: "name at place dot org". (at, full stop) of several languages.
_SPELLED = [
    ("at", "dot"),
    ("arroba", "punto|ponto|dot"),
    ("arobase|arrobase", "point"),
    ("ät|snabel-?a", "punkt"),
    ("собака", "точка"),
    ("chiocciola", "punto"),
    ("آت|ات|ایت", "دوت|نقطة|نقطه|دات"),
    ("ऐट|एट", "डॉट|डाट"),
]
_AT = "|".join(dict.fromkeys("|".join(at for at, _dot in _SPELLED).split("|")))
_DOT = "|".join(dict.fromkeys("|".join(dot for _at, dot in _SPELLED).split("|")))
_NAME = r"[^\s()\[\]{}<>@,;:!?]{1,64}"
_PART = rf"[^\s()\[\]{{}}<>@,;:!?./]{{1,{_LABEL}}}"
_LAST = r"[^\W\d_]{2,24}"
_OBFUSCATED = re.compile(
    rf"(?<![^\s(\[<:،,]){_NAME}[ ]?[(\[{{<][ ]?(?:{_AT}|@)[ ]?[)\]}}>][ ]?{_PART}"
    rf"(?:(?:\.|[ ]?[(\[{{<][ ]?(?:{_DOT}|\.)[ ]?[)\]}}>][ ]?|[ ](?:{_DOT})[ ]){_PART}){{1,6}}"
    + "".join(
        rf"|(?<![^\s(\[<:،,]){_NAME}[ ](?:{at})[ ]{_PART}(?:[ ](?:{dot})[ ]{_PART}){{0,4}}[ ](?:{dot})[ ]{_LAST}"
        for at, dot in _SPELLED
    ),
    re.IGNORECASE,
)
# What belongs to the sentence around an address.
_CLOSING = ".,;:!?'’\"”»)]}…-"


def contact_details(text: str, *, is_signed: bool = False) -> list[Place]:
    """What looks like an e-mail address, telephone number, link, user page of a wiki or account of a network.

    In the order of the text, without overlaps. is_signed: whether it answers in a sign language, so that its only link
    is the answer itself. Takes time in proportion to the length of the text.
    """
    folded, origin = _folded(text)
    taken = bytearray(len(folded))
    found = []
    for kind, start, end in _all(folded):
        if end > start and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(Place(origin[start], origin[end - 1] + 1, kind))
    # Last, where nothing else stands: digits of an address are no telephone number.
    rest = "".join("\n" if is_taken else letter for letter, is_taken in zip(folded, taken, strict=True))
    found += [Place(origin[start], origin[end - 1] + 1, ContactKind.PHONE) for start, end in telephone_numbers(rest)]
    links = [each for each in found if each.kind == ContactKind.LINK]
    return sorted(each for each in found if not (is_signed and len(links) == 1 and each in links))


def _all(folded: str) -> Iterator[tuple[ContactKind, int, int]]:
    yield from ((ContactKind.EMAIL, *span) for span in _addresses(folded))
    yield from ((ContactKind.EMAIL, *each.span()) for each in _OBFUSCATED.finditer(folded))
    links = [*_links(folded)]
    for start, end in links:
        names_user = _user_in_address().search(unquote(folded[start:end]).replace("_", " "))
        yield ContactKind.USER_PAGE if names_user else ContactKind.LINK, start, end
    for pattern in _user_pages():
        yield from ((ContactKind.USER_PAGE, each.start(), _trimmed(folded, each)) for each in pattern.finditer(folded))
    yield from ((ContactKind.HANDLE, each.start(), _trimmed(folded, each)) for each in _HANDLE.finditer(folded))


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with every digit, wide letter and space as ASCII, without what is invisible; and where each stood."""
    letters, origin = [], []
    for at, letter in enumerate(text):
        if plain := _plain(letter):
            letters.append(plain)
            origin.append(at)
    return "".join(letters), origin


_DASHES = frozenset("‐‑‒–—―−﹘﹣－")
# Wide signs that end a sentence, and say nothing of an address.
_KEPT = frozenset("：；，！？（）")


@cache
def _plain(letter: str) -> str:
    """One letter, or "" for an invisible one."""
    if letter in "\n\t":
        return letter
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if category == "Cf":
        return ""
    if category == "Zs":
        return " "
    if letter in _DASHES:
        return "-"
    if letter in _KEPT:
        return letter
    wide = normalized("NFKC", letter)
    return wide if len(wide) == 1 else letter


def _trimmed(folded: str, found: re.Match) -> int:
    """The end of what was found, without what belongs to the sentence around it."""
    if found[0].startswith("[["):
        return found.end()
    end, unopened = found.end(), found[0].count(")") - found[0].count("(")
    while end > found.start() and folded[end - 1] in _CLOSING:
        if folded[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return end


def _addresses(folded: str) -> Iterator[tuple[int, int]]:
    for each in re.finditer("@", folded):
        at = each.start()
        begins = _begin_of_local(folded, at)
        if begins == at or folded[begins - 1 : begins] == "@":
            # Nothing stands before it, or it is an account: @name@place.org.
            continue
        host = _ASCII_HOST if folded[at + 1 : at + 2].isascii() else _ANY_HOST
        if found := host.match(folded, at + 1):
            yield begins, found.end()


def _begin_of_local(folded: str, at: int) -> int:
    """Where the name left of an @ begins. In a script without spaces, Latin letters are taken for themselves."""
    begins, is_ascii = at, folded[at - 1 : at].isascii()
    while begins > max(0, at - _LOCAL):
        letter = folded[begins - 1]
        if not (letter in _LOCAL_SIGNS or letter.isalnum() or unicodedata.category(letter)[0] == "M"):
            break
        if is_ascii and not letter.isascii():
            break
        begins -= 1
    while begins < at and folded[begins] in ".'-":
        begins += 1
    return begins


def _links(folded: str) -> Iterator[tuple[int, int]]:
    for each in _WEB.finditer(folded):
        if "." in each[0] or "localhost" in each[0]:
            yield each.start(), _trimmed(folded, each)
    for each in _BARE.finditer(folded):
        if _is_name(each):
            yield each.start(), _trimmed(folded, each)


def _is_name(found: re.Match) -> bool:
    """Whether it is the name of a site, and not two sentences without a space between them."""
    last, path = found["last"], found["path"]
    labels = found[0][: len(found[0]) - len(path)].split(".")[:-1]
    if not all(labels) or (len(labels[-1]) < 2 and not path):
        return False
    if last.lower() not in _NAMES["countries"]:
        # "Internet.Info", "work.Net": a sentence begins with a capital.
        is_sentence = last[0].isupper() and not (last.isupper() and found[0].isupper())
        return last.lower() in _LONGER and not is_sentence
    # There are words among the endings of countries, and people leave out the space after a full stop.
    if last != last.lower() or labels[-1].lower() in _NAMES["abbreviations"]:
        return False
    if len(path) > 1 or (len(labels) > 1 and labels[-1].lower() in _NAMES["second level"]):
        return True
    if last in _NAMES["words"]:
        return "wiki" in found[0].lower() or (len(labels) > 1 and all(len(each) > 1 for each in labels))
    return len(labels[-1]) > 2


# --- User pages ----------------------------------------------------------------------------------------------

# Scripts that are written without spaces between words: there a name may follow any letter.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@cache
def _namespaces() -> list[str]:
    """What wikis call the pages of users and of the talk with them."""
    with (Path(__file__).parent / "user_namespaces.csv").open(encoding="utf-8", newline="") as file:
        names = {name for row in csv.DictReader(file) for name in row["names"].split("|")}
    return sorted((_folded(name)[0] for name in names), key=lambda name: (-len(name), name))


def _any_of(names: list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", "[ _]") for name in names)


@cache
def _user_pages() -> list[re.Pattern]:
    spaced = [name for name in _namespaces() if not _UNSPACED.search(name)]
    unspaced = [name for name in _namespaces() if _UNSPACED.search(name)]
    page = rf"[^{_ENDS}#/]{{1,85}}"
    return [
        re.compile(
            rf"\[\[[ :]{{0,3}}(?:[a-z-]{{1,12}}:){{0,2}}[ ]?(?:{_any_of(_namespaces())})[ ]?[:：][ ]?"
            rf"[^\[\]|\n#/]{{1,85}}(?:[|/#][^\[\]\n]{{0,200}})?\]\]",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<![\w-])(?:{_any_of(spaced)}):{page}", re.IGNORECASE),
        re.compile(rf"(?:{_any_of(unspaced)}):{page}"),
    ]


@cache
def _user_in_address() -> re.Pattern:
    return re.compile(rf"[/=:?](?:{_any_of(_namespaces())}):[^\s]", re.IGNORECASE)
