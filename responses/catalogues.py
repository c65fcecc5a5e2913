"""The interface's gettext catalogues: what a bad one is refused for, and how the portal outlives one all the same.

A translator's slip can break more than a sentence: a placeholder that was renamed is a KeyError, markup is printed as
markup, a plural rule can divide by zero, and a file that was cut off fails on every page of its language. So a
catalogue is read through before it is compiled, with `manage.py check --deploy`, and once more when the portal starts.
"""

import gettext
import logging
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.core.checks import Error
from django.utils.translation import to_locale, trans_real

from responses.languages import language
from responses.po import unfinished_line

logger = logging.getLogger(__name__)

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
_TAG = re.compile(r"<[^<>]*>?")
_URL = re.compile(r"https?://[^\s\"'<>]+")
_ISOLATES, _EMBEDDINGS = ("\u2066\u2067\u2068", "\u2069"), ("\u202a\u202b\u202d\u202e", "\u202c")


@dataclass(frozen=True)
class Fault:
    """Why a catalogue is refused."""

    path: Path
    line: int
    reason: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.reason}"


def faults(path: Path) -> list[Fault]:
    """All that is wrong with a .po file; an empty list if it may be compiled."""
    try:
        if line := unfinished_line(path.read_text(encoding="utf-8")):
            return [Fault(path, line, "it cannot be read: the line does not end")]
        po = polib.pofile(str(path))
    except (OSError, UnicodeDecodeError) as fault:
        line = re.search(r"line (\d+)", str(fault))
        return [Fault(path, int(line[1]) if line else 1, f"it cannot be read: {fault}")]
    has_plurals = any(entry.msgid_plural for entry in po)
    try:
        forms = plural_forms(po.metadata.get("Plural-Forms", "")) if has_plurals else {}
    except (ValueError, ArithmeticError) as fault:
        return [Fault(path, 1, f"its plural rule fails: {fault}")]
    found = []
    for entry in po:
        if not entry.obsolete and not entry.fuzzy and entry.translated():
            found += [Fault(path, entry.linenum, reason) for reason in _reasons(entry, forms)]
    return found


def plural_forms(rule: str) -> dict[int, list[int]]:
    """The numbers from 0 to 1000 that each plural form stands for.

    rule: the header's "nplurals=2; plural=(n != 1);". Raises ValueError or ArithmeticError when it cannot be followed.
    """
    parts = re.fullmatch(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*(.+?)\s*;?\s*", rule)
    if not parts:
        raise ValueError(f"not a rule: {rule!r}")
    form_of = gettext.c2py(parts[2])
    forms: dict[int, list[int]] = {form: [] for form in range(int(parts[1]))}
    for number in range(1001):
        if (form := form_of(number)) not in forms:
            raise ValueError(f"{number} has form {form} of {parts[1]}")
        forms[form].append(number)
    return forms


def _reasons(entry: polib.POEntry, forms: dict[int, list[int]]) -> list[str]:
    if not entry.msgid_plural:
        return _wrong(entry.msgid, entry.msgstr)
    if set(entry.msgstr_plural) != set(forms):
        return [f"it has {len(entry.msgstr_plural)} plural forms instead of {len(forms)}"]
    # "Two people": a form that stands for one number may leave it out.
    return [
        reason
        for form, text in entry.msgstr_plural.items()
        for reason in _wrong(entry.msgid_plural, text, may_leave_out=len(forms[form]) == 1)
    ]


def _wrong(source: str, text: str, *, may_leave_out: bool = False) -> list[str]:
    """What is wrong with one translation of one message."""
    wrong = []
    wanted, there = set(_PLACEHOLDER.findall(source)), set(_PLACEHOLDER.findall(text))
    if there - wanted or (wanted - there and not may_leave_out):
        wrong.append(f"its placeholders are {sorted(there)} instead of {sorted(wanted)}")
    elif any(each.startswith("%(") for each in there):
        try:
            text % defaultdict(int)
        except (ValueError, TypeError, KeyError) as fault:
            wrong.append(f"it cannot be filled in: {fault}")
    if sorted(_TAG.findall(text)) != sorted(_TAG.findall(source)):
        wrong.append("its markup is not that of the source")
    if set(_URL.findall(text)) != set(_URL.findall(source)):
        wrong.append("its addresses are not those of the source")
    if any(unicodedata.category(each) == "Cc" and each not in "\n\t" for each in text):
        wrong.append("it has a control character")
    if any(sum(map(text.count, begin)) != text.count(end) for begin, end in (_ISOLATES, _EMBEDDINGS)):
        wrong.append("a change of direction in it does not end")
    if [text.startswith("\n"), text.endswith("\n")] != [source.startswith("\n"), source.endswith("\n")]:
        wrong.append("it does not begin and end with a line break as the source does")
    if len(text) > 100 + 5 * len(source):
        wrong.append("it is more than five times as long as the source")
    return wrong


def check_catalogues(app_configs, **options):
    """What `manage.py check --deploy` says of the catalogues."""
    # "qqq" is no language: it tells translators about the messages.
    found = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
    paths = sorted(path for path in found if path.parts[-3] != "qqq")
    return [Error(str(fault), id="responses.E001") for path in paths for fault in faults(path)]


def outlive_bad_ones(languages: list[str], folder: Path) -> None:
    """Load what is deployed. Without a message that is bad, or a catalogue that cannot be read, English stands in.

    Called once, when the portal starts: later, the same fault would be an error on every page of the language.
    """
    for code in languages:
        path = folder / to_locale(code) / "LC_MESSAGES" / "django.mo"
        if not path.exists():
            continue
        try:
            bad = _bad_messages(path)
        except Exception as fault:  # whatever is wrong with the file, the site stays up
            logger.error("%s cannot be read and is left out: %s", path, fault)
            kept, settings.LOCALE_PATHS = settings.LOCALE_PATHS, []
            try:
                trans_real.translation(code)
            finally:
                settings.LOCALE_PATHS = kept
            continue
        for message, reason in bad:
            logger.error("%s: %r is left out: %s", path, message, reason)
            for catalogue in trans_real.translation(code)._catalog._catalogs:
                for key in [key for key in catalogue if message in (key, key[0] if isinstance(key, tuple) else key)]:
                    del catalogue[key]


def _bad_messages(path: Path) -> list[tuple[str, str]]:
    """The keys of a compiled catalogue's bad messages, with reasons. Raises whatever a broken file raises."""
    with path.open("rb") as file:
        gettext.GNUTranslations(file)
    mo = polib.mofile(str(path))
    plural = [entry for entry in mo if entry.msgid_plural]
    forms = plural_forms(mo.metadata.get("Plural-Forms", "")) if plural else {}
    return [
        (f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid, reason)
        for entry in mo
        if entry.msgstr or entry.msgstr_plural
        for reason in _reasons(entry, forms)[:1]
    ]


def begin(catalogue: polib.POFile, code: str) -> None:
    """Give a language's file the beginning that says what it is. Lines "Author: …" (translatewiki.net's) are kept."""
    lines = [
        f"Diversity portal: {language(code).english_name}",
        "Distributed under the portal's licence, GPL-3.0-or-later.",
    ]
    there = catalogue.metadata
    catalogue.metadata = {
        "Project-Id-Version": "diversity-portal",
        "Report-Msgid-Bugs-To": "",
        "Language": to_locale(code),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if "Plural-Forms" in there:
        catalogue.metadata["Plural-Forms"] = there["Plural-Forms"]
    if code != settings.LANGUAGE_CODE:
        lines.append("Drafted without review by a native speaker, until the name of one stands behind X-Reviewed-By.")
        catalogue.metadata["X-Reviewed-By"] = there.get("X-Reviewed-By", "")
    lines += [line.strip() for line in catalogue.header.splitlines() if line.strip().startswith("Author:")]
    catalogue.header, catalogue.metadata_is_fuzzy = "\n".join(lines), False


def reviewers(code: str, folder: Path) -> str:
    """Who signed a catalogue off as a native reader: its header X-Reviewed-By. Empty while nobody has."""
    path = folder / to_locale(code) / "LC_MESSAGES" / "django.po"
    for line in path.read_text(encoding="utf-8").split("\n\n")[0].splitlines() if path.exists() else []:
        if line.startswith('"X-Reviewed-By: '):
            return line.removeprefix('"X-Reviewed-By: ').removesuffix('\\n"').strip()
    return ""
