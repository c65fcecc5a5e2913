"""What a code of a language means that a translator's file has, such as gettext's "sr@latin" and Poedit's "zh_CN"."""

import csv
import re
from functools import cache
from pathlib import Path

from .registry import languages

# What stands behind "@" in names of locales, where it is a script.
_SCRIPTS = {"latin": "latn", "cyrillic": "cyrl", "arabic": "arab", "devanagari": "deva", "hebrew": "hebr"}


@cache
def _other_codes() -> dict[str, str]:
    """{code: the code of the registry that CLDR takes it for}, written by scripts/cldr_tables.py"""
    with (Path(__file__).parent / "other_codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["meant"] for row in csv.DictReader(file)}


def meant_in_file(stated: str) -> list[str]:
    """The codes of the registry that a file may mean by one of its own, the likeliest first; none if it is not known.

    "pt_BR" is "pt-br", or Portuguese as such; "zh_CN.UTF-8" is "zh-hans" rather than the registry's "zh-cn", which
    nobody reads a page in; "cmn_Hans_CN" is "zh-hans" too. "sr_Latn" is never "sr-cyrl".
    """
    name, _at, modifier = stated.strip().lower().partition("@")
    parts = re.split(r"[-_]", name.partition(".")[0])
    if modifier:
        parts.insert(1, _SCRIPTS.get(modifier, modifier))
    other = _other_codes()
    # "srp" is Serbian, "cmn" Chinese.
    language, rest = other.get(parts[0], parts[0]).partition("-")[0], parts[1:]
    script = rest[0] if rest and len(rest[0]) == 4 else ""
    further = "-".join([parts[0], *rest]), "-".join([language, *rest])
    if script:
        region = "-".join([language, *rest[1:2]])
        found = [*further, f"{language}-{script}", region if other.get(region) == f"{language}-{script}" else ""]
        # The registry names no script where there is only one, as in "fr", and in "uz" beside "uz-cyrl".
        found += [language] if f"{language}-{script}" not in languages() else []
    else:
        region = "-".join([language, *rest[:1]])
        by_region = [other.get(region, ""), *further, region]
        found = by_region if rest else [*further]
        found += [language, "" if rest and region in other else other.get(parts[0], other.get(language, ""))]
    return [code for code in dict.fromkeys(found) if code in languages()]


def is_meant(code: str, stated: str) -> bool:
    """Whether a file may mean a language of the registry. "pt" may be any Portuguese; "sr" is not "sr-latn"."""
    language, _hyphen, rest = code.partition("-")
    if code in meant_in_file(stated):
        return True
    return stated.strip().lower() == language and (len(rest) != 4 or language not in _other_codes())
