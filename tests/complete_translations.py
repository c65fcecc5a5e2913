"""The complete translations that the project has, to measure on: what is said of them is a false alarm."""

import json
import random
import re
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

import polib

from responses.languages.sentence_alignment import align
from responses.languages.sentences import sentences
from responses.translation_checks import MISSING, check

ROOT = Path(__file__).parents[1]
# Placeholders, and what is only a part of a text.
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


@dataclass
class Measured:
    """What the checks say of complete translations, and of the same with one sentence taken out of each."""

    sentences: int = 0
    false_alarms: int = 0
    left_out: int = 0
    found: int = 0  # that a sentence is missing
    right_there: int = 0  # which one, or the one beside it

    def __add__(self, other):
        return Measured(*(sum(each) for each in zip(astuple(self), astuple(other), strict=True)))


def measured(source: str, target: str, *, every: int = 1, terms=()) -> Measured:
    """every: take each n-th text only. terms: the glossary for a text."""
    chance, found = random.Random(f"{source} {target}"), Measured()
    texts = [*messages(source, target)[::every], *pages(source, target)[:: 3 * every]]
    for text, translation in [*texts, *samples().get((source, target), [])]:
        hints = check(text, translation, source, target, terms(text) if terms else ()).hints
        found.sentences += len(sentences(text, source))
        found.false_alarms += len(hints)
        aligned = align(text, translation, source, target)
        sure = [pair for pair in aligned.pairs if len(pair.source) == len(pair.target) == 1]
        if len(aligned.pairs) > 1 and sure and not any(hint.said == MISSING for hint in hints):
            _leave_out(found, text, translation, aligned, chance.choice(sure), (source, target))
    return found


def _leave_out(found, text, translation, aligned, pair, languages):
    (begin, end), number = aligned.target[pair.target[0]], pair.source[0]
    hints = check(text, translation[:begin] + translation[end:], *languages).hints
    named = [hint.passages[0][0] for hint in hints if hint.said == MISSING]
    beside = [text[start:stop].strip() for start, stop in aligned.source[max(0, number - 1) : number + 2]]
    found.left_out += 1
    found.found += bool(named)
    found.right_there += any(each in beside for each in named)
