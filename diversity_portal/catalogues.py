"""The interface's gettext catalogues, and why a bad one is refused.

A translator's mistake can break more than a sentence: a renamed placeholder raises a KeyError, markup is printed as
markup, a plural rule can divide by zero, and a file that was cut off fails on every page of its language. So every
catalogue is checked before it is compiled, and by `manage.py check --deploy`.
"""

import gettext
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.checks import Error
from django.utils.translation import to_locale

from responses.languages import language_of
from responses.validators import with_contained_direction

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
_TAG = re.compile(r"<[^<>]*>?")
_URL = re.compile(r"https?://[^\s\"'<>]+")
# gettext reads octal and hexadecimal escapes, of bytes, and refuses others; polib takes both for letters.
_ODD_ESCAPE = re.compile(r'^[^#"]*"(?:[^"\\]|\\[\\"ntrvbf])*(\\[^\\"ntrvbf])')


@dataclass(frozen=True)
class Fault:
    """Why a catalogue is refused."""

    path: Path
    line: int
    reason: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.reason}"


def faults(path: Path) -> list[Fault]:
    """All that is wrong with a .po file; an empty list means that it may be compiled."""
    try:
        text = path.read_text(encoding="utf-8")
        if line := unfinished_line(text):
            return [Fault(path, line, "it cannot be read: the text in this line has no closing quotation mark")]
        po = polib.pofile(str(path), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        stated = re.search(r"line (\d+)", str(fault))
        return [Fault(path, int(stated[1]) if stated else 1, f"it cannot be read: {fault}")]
    found = [Fault(path, 1, reason) for reason in _wrong_header(path, po.metadata)]
    for number, written in enumerate(text.split("\n"), start=1):
        if odd := _ODD_ESCAPE.match(written):
            found.append(Fault(path, number, f"{odd[1]} is not an escape that is read here: write the letter itself"))
    has_plurals = any(entry.msgid_plural for entry in po)
    try:
        forms = plural_forms(po.metadata.get("Plural-Forms", "")) if has_plurals else {}
    except (ValueError, ArithmeticError) as fault:
        return [*found, Fault(path, 1, f"its plural rule fails: {fault}")]
    first: dict[tuple, int] = {}
    for entry in po:
        if entry.obsolete:
            continue
        # A text has its context as a key; of two translations of one message the later would win, silently.
        if (line := first.setdefault((entry.msgctxt, entry.msgid), entry.linenum)) != entry.linenum:
            found.append(Fault(path, entry.linenum, f"the same message is in line {line}"))
        if not entry.fuzzy and entry.translated():
            found += [Fault(path, entry.linenum, reason) for reason in _reasons(entry, forms)]
    return found


def unfinished_line(text: str) -> int:
    """The number of the first line whose text has no closing quotation mark, which polib would accept; 0 if none."""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if line and not line.startswith("#") and not re.fullmatch(r'[^"]*"(?:[^"\\]|\\.)*"', line):
            return number
    return 0


def _wrong_header(path: Path, header: dict[str, str]) -> list[str]:
    """What is wrong with the header of the catalogue of the language whose folder the path names."""
    wrong = []
    if not re.search(r"charset=utf-?8\s*$", content := header.get("Content-Type", ""), re.IGNORECASE):
        wrong.append(f"its header does not say charset=UTF-8, but {content!r}")
    if path.parent.name != "LC_MESSAGES":
        return wrong
    locale, stated = path.parent.parent.name, header.get("Language", "")
    # Poedit adds the country: sv_SE, zh_Hans_CN.
    if stated and not re.fullmatch(
        f"{locale.replace('-', '_')}(_[a-z]{{2}})?", stated.replace("-", "_"), re.IGNORECASE
    ):
        wrong.append(f"its header says that it is in {stated}, not in {locale}")
    rule, usual = header.get("Plural-Forms", ""), _number_of_forms(_rule_of_django(locale))
    if rule and usual and _number_of_forms(rule) not in (None, usual):
        wrong.append(f"its plural rule has {_number_of_forms(rule)} forms instead of {usual}")
    return wrong


def _number_of_forms(rule: str) -> int | None:
    stated = re.match(r"\s*nplurals\s*=\s*(\d+)", rule)
    return int(stated[1]) if stated else None


def _rule_of_django(locale: str) -> str:
    """The beginning of the plural rule that Django has for a language; "" if it does not know the language."""
    path = Path(django.__file__).parent / "conf" / "locale" / locale / "LC_MESSAGES" / "django.po"
    stated = re.search(r'"Plural-Forms: ([^"]*)', path.read_text(encoding="utf-8")) if path.exists() else None
    return stated[1] if stated else ""


def plural_forms(rule: str) -> dict[int, list[int]]:
    """The numbers from 0 to 1000 that each plural form stands for.

    rule: the header's "nplurals=2; plural=(n != 1);". Raises ValueError or ArithmeticError if it is not a rule.
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
    # "Two people": a form for one number only may leave the number out.
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
    if with_contained_direction(text) != text:
        wrong.append("it turns letters around, or a change of direction in it has no end or no beginning")
    if [text.startswith("\n"), text.endswith("\n")] != [source.startswith("\n"), source.endswith("\n")]:
        wrong.append("it does not begin and end with a line break as the source does")
    if len(text) > 100 + 5 * len(source):
        wrong.append("it is more than five times as long as the source")
    return wrong


def check_catalogues(app_configs, **options):
    """The errors that `manage.py check --deploy` reports in the catalogues."""
    # "qqq" is not a language: it tells translators about the messages.
    found = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
    paths = sorted(path for path in found if path.parts[-3] != "qqq")
    return [Error(str(fault), id="diversity_portal.E001") for path in paths for fault in faults(path)]


def begin(catalogue: polib.POFile, code: str) -> None:
    """Write the header of a language's catalogue. Lines "Author: …" (by translatewiki.net) are kept."""
    lines = [
        f"Diversity portal: {language_of(code).english_name}",
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
        lines.append("Drafted without review by a native speaker, until the name of one is in X-Reviewed-By.")
        catalogue.metadata["X-Reviewed-By"] = there.get("X-Reviewed-By", "")
    lines += [line.strip() for line in catalogue.header.splitlines() if line.strip().startswith("Author:")]
    catalogue.header, catalogue.metadata_is_fuzzy = "\n".join(lines), False


def reviewers(code: str, folder: Path) -> str:
    """The native readers who have reviewed a catalogue: its header X-Reviewed-By. Empty if nobody has."""
    path = folder / to_locale(code) / "LC_MESSAGES" / "django.po"
    for line in path.read_text(encoding="utf-8").split("\n\n")[0].splitlines() if path.exists() else []:
        if line.startswith('"X-Reviewed-By: '):
            return line.removeprefix('"X-Reviewed-By: ').removesuffix('\\n"').strip()
    return ""
