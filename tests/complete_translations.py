"""The complete translations that the project has, to measure on: what is said of them is a false alarm."""

import json
import re
from functools import cache
from pathlib import Path

import polib

ROOT = Path(__file__).parents[1]
# What stands for something else, and what is no text but a part of one.
_NO_PLAIN_TEXT = re.compile(r"[%{<\\]|https?:|^\W|[^.?!]$")
# Messages of one page that stand in one text.
_MESSAGES = 12


@cache
def catalogue(language: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """{file that has the messages: [(English, translation)]}, the plain sentences among them in their order."""
    code = {"pt-br": "pt_BR", "zh-hans": "zh_Hans"}.get(language, language)
    found: dict = {}
    for entry in polib.pofile(str(ROOT / "locale" / code / "LC_MESSAGES" / "django.po")):
        if entry.msgstr and not entry.msgid_plural and not entry.obsolete and not _NO_PLAIN_TEXT.search(entry.msgid):
            found.setdefault(entry.occurrences[0][0], []).append((entry.msgid, entry.msgstr))
    return found


LANGUAGES = ("ar", "es", "fa", "fr", "hi", "id", "pt-br", "ru", "sv", "sw", "zh-hans")


def messages(source: str, target: str) -> list[tuple[str, str]]:
    """[(text, translation)] of the messages with a sentence or more."""
    return [pair for page in _pages(source, target) for pair in page]


def _pages(source, target):
    either = target if source == "en" else source
    for name, pairs in catalogue(either).items():
        if source == "en":
            yield pairs
        elif target == "en":
            yield [(theirs, english) for english, theirs in pairs]
        else:
            others = dict(catalogue(target).get(name, []))
            yield [(theirs, others[english]) for english, theirs in pairs if english in others]


def pages(source: str, target: str) -> list[tuple[str, str]]:
    """[(text, translation)] of several messages in two paragraphs, as answers are."""
    made = []
    for page in _pages(source, target):
        for begin in range(0, len(page), _MESSAGES):
            part = page[begin : begin + _MESSAGES]
            if len(part) > 1:
                middle = len(part) // 2
                made.append(
                    tuple(f"{_joined(each[:middle])}\n\n{_joined(each[middle:])}" for each in zip(*part, strict=True))
                )
    return made


def _sides(halves):
    return [[[pair[side] for pair in half] for half in halves] for side in (0, 1)]


def _joined(texts):
    spaced = not texts or texts[0].isascii() or not re.search("[一-鿿]", texts[0])
    return (" " if spaced else "").join(texts)


@cache
def samples() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """{(language, language): [(answer, translation)]}"""
    found: dict = {}
    for response in json.loads((ROOT / "outcomes" / "samples.json").read_text(encoding="utf-8")):
        for question, translations in response.get("translations", {}).items():
            for language, text in translations.items():
                text = text if isinstance(text, str) else text["text"]
                found.setdefault((response["language"], language), []).append((response["answers"][question], text))
    return found
