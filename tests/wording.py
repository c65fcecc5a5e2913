"""Reads what translators have agreed on: locale/*/terms.csv and locale/*/avoid.csv, as CONTRIBUTING tells."""

import csv
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.utils.translation import to_locale

ROOT = Path(__file__).parent.parent
# What only desks say, in English so far: made by scripts/list_desk_messages.py.
DESK_MESSAGES = frozenset(json.loads((ROOT / "locale" / "desk-messages.json").read_text(encoding="utf-8")))
_FILLED_IN = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^<>]*>")
# Arabic short vowels: optional, and no part of a stem.
_VOWELS = re.compile("[\u064b-\u0652]")


@dataclass(frozen=True)
class Message:
    """A message and one of its translations: what fills it in, and markup, are left out of `words` and `text`."""

    msgid: str
    words: str  # the English
    translation: str
    text: str
    is_of_zero: bool  # Arabic's form for nothing: "no passages"


def _rows(code, name):
    path = ROOT / "locale" / to_locale(code) / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def words():
    """{a word of ours: the pattern that finds it in English}"""
    return {row["word"]: re.compile(rf"(?<![\w-]){row['pattern']}(?![\w-])", re.I) for row in _rows("en", "terms.csv")}


@cache
def terms(code):
    """({word: pattern of its translations}, {(word, beginning of a message that may do without): reason})"""
    rows = _rows(code, "terms.csv")
    stems = {row["word"]: re.compile(row["stems"], re.I) for row in rows if row["stems"]}
    return stems, {(row["word"], row["except"]): row["reason"] for row in rows if row["except"]}


@cache
def avoided(code):
    """[(pattern of what is not to be said, reason)]"""
    return [(re.compile(row["pattern"]), row["reason"]) for row in _rows(code, "avoid.csv")]


def bare(text):
    return _FILLED_IN.sub("￼", text)


def lacking_terms(code, message):
    """The words of ours that a translation should have, and has not."""
    stems, exceptions = terms(code)
    without_vowels = _VOWELS.sub("", message.text)
    return [
        word
        for word, pattern in words().items()
        if pattern.search(message.words)
        and not stems[word].search(message.text)
        and not stems[word].search(without_vowels)
        and not any(word == of and message.msgid.startswith(begin) for of, begin in exceptions)
    ]


def avoidable(code, text):
    """[reason] of what should be said otherwise in a translation, whoever made it."""
    return [reason for pattern, reason in avoided(code) if pattern.search(bare(text))]


@cache
def messages(code, *names):
    """Every translation of our catalogues of these names (django.po has those that we took over from libraries)."""
    found = []
    for name in names:
        for entry in polib.pofile(str(ROOT / "locale" / to_locale(code) / "LC_MESSAGES" / name)):
            for form, text in (entry.msgstr_plural or {0: entry.msgstr}).items():
                if not text and entry.msgid in DESK_MESSAGES:
                    continue
                english = entry.msgid_plural or entry.msgid
                is_of_zero = code == "ar" and bool(entry.msgid_plural) and form == 0
                found.append(Message(entry.msgid, bare(english), text, bare(text), is_of_zero))
    return found
