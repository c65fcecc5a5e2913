"""Which languages somebody means who types their names or codes, with commas between."""

import re
from functools import cache

from .registry import _names, languages

# Of all scripts, and lines.
_BETWEEN = re.compile(r"[,;/\n،؛、，；·|]+")


def typed_languages(text: str, interface: str) -> tuple[list[str], list[str]]:
    """(codes of the languages that were recognized, what was not recognized), in the order in which they were typed.

    A name may be that of the language itself, the English one, or that of any interface language. Where two languages
    have the same, the one that is called so on the page (interface) is meant.
    """
    codes: dict[str, None] = {}
    unknown = []
    for typed in filter(None, (each.strip(" .\t\r") for each in _BETWEEN.split(text))):
        found = _by_name(interface).get(typed.casefold())
        if found:
            codes[found] = None
        else:
            unknown.append(typed)
    return list(codes), unknown


@cache
def _by_name(interface: str) -> dict[str, str]:
    """{name or code in small letters: code}. The later ones in the list below never take the place of earlier ones."""
    every = list(languages().values())
    known: dict[str, str] = {}
    for names in (
        ((each.name_in(interface), each.code) for each in every),
        ((each.autonym, each.code) for each in every),
        ((each.english_name, each.code) for each in every),
        ((each.code, each.code) for each in every),
        ((name, each.code) for each in every for name in each.other_names),
        ((name, code) for code, row in _names().items() if code in languages() for name in row.values()),
    ):
        for name, code in names:
            known.setdefault(name.casefold(), code)
    return known
