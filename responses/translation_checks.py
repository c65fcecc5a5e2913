"""What a machine can honestly notice about a translation: hints, each with its place. They never stop anybody.

Nothing here understands words: a "not" that was left out is not found. tests/test_translation_checks.py measures how
many hints are false alarms on complete translations, and how many left-out sentences are found.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import sqrt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from responses.languages import language_of
from responses.languages.sentence_alignment import Alignment, align, size, usual_ratio
from responses.languages.sentences import can_split
from responses.models.organizer_text import TermInText

# Of one kind, so that a translation of another text altogether does not bring a hundred.
_MOST_OF_A_KIND = 5
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()\[\]{}«»“”]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_USER = re.compile(r"(?<!\w)@(\w[\w.-]{2,})|\b[Uu]ser(?:[ _]talk)?:([^\W\d_][\w .'-]*\w)")
_DATE = re.compile(r"(?<![\d./-])\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?![\d/-])")
_NUMBER = re.compile(r"\d+(?:[.,'’٫٬\u00a0\u202f ]\d{3}(?!\d))*(?:[.,٫]\d+)?")
_LATIN = re.compile(r"(?<![\w@/.:-])(?![A-ZÀ-Þ]+\b)[A-Za-zÀ-ɏ]{4,}(?![\w@/:-])")
_MIXED = re.compile(r"(?<![\w@/.:-])(?=\w*[a-zß-ɏ][A-Z])\w{4,}(?![\w@/:-])")
_MOST_SEARCHED = 200
# Up to here a number is often written as a word.
_WORDED = 12
# Words in a row that no two languages have in common by chance.
_RUN = 6


@dataclass(frozen=True)
class Hint:
    said: str | Promise
    # What it is about, with the codes of their languages.
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Checked:
    hints: list[Hint]
    # Whether sentences were compared: in some languages no sign says where they end, and some texts have too many.
    by_sentence: bool


@dataclass(frozen=True)
class _Texts:
    text: str
    translation: str
    source: str
    target: str


def check(text: str, translation: str, source: str, target: str, terms: Iterable[TermInText] = ()) -> Checked:
    """source, target: codes of the languages. terms: the glossary for the text, as `glossary` returns it."""
    both = _Texts(text, translation, source, target)
    told = [*_numbers(both), *_addresses(both), *_names(both), *_terms(both, terms), *_copied(both)]
    is_split = can_split(source) and can_split(target)
    found = align(text, translation, source, target, stays_as_it_is) if is_split else None
    if found and found.pairs:
        told = [*_partners(both, found), *told]
    if not any(hint.said in (MISSING, ADDED) for hint in told):
        told = [*told, *_length(both)]
    many: Counter = Counter()
    hints = []
    for hint in told:
        many[hint.said] += 1
        if many[hint.said] <= _MOST_OF_A_KIND:
            hints.append(hint)
    return Checked(hints, bool(found and found.pairs))


MISSING = _("The translation seems to lack a sentence, this one or one beside it:")
ADDED = _("The translation seems to have a sentence too many, this one or one beside it:")
_NUMBER_MISSING = _("This number is in the original only:")
_NUMBER_ADDED = _("This number is in the translation only:")
_DATE_MISSING = _("The translation has another date, or none:")
_LINK_MISSING = _("The translation does not have this link or address as it is:")
_USER_MISSING = _("The translation does not have this user name as it is:")
_NAME_MISSING = _("The translation does not have this name as it is:")
_SHORT = _("The translation is much shorter than usual between these two languages.")
_LONG = _("The translation is much longer than usual between these two languages.")
_TERM_MISSING = _("The glossary has another word for this:")
_COPIED = _("This seems to be in the language of the original still:")


def stays_as_it_is(piece: str) -> Iterator[str]:
    """What of a sentence should stand in its translation as it is."""
    yield from (digits for digits, _shown in _numbers_of(piece))
    yield from (match[0].casefold() for match in _LINK.finditer(piece))


def _partners(both: _Texts, found: Alignment) -> Iterator[Hint]:
    for pair in found.pairs:
        if not pair.target:
            start, end = found.source[pair.source[0]]
            yield Hint(MISSING, ((both.text[start:end].strip(), both.source),))
        elif not pair.source:
            start, end = found.target[pair.target[0]]
            yield Hint(ADDED, ((both.translation[start:end].strip(), both.target),))


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in text)


def _numbers_of(text: str) -> list[tuple[str, str]]:
    """[(digits, as it is written)]. Signs between digits are left out: in one language 1.000 is what 1,000 is here."""
    plain = _LINK.sub(" ", _ascii_digits(text))
    found = [match[0] for match in _NUMBER.finditer(_DATE.sub(lambda date: re.sub(r"\D", " ", date[0]), plain))]
    return [(re.sub(r"\D", "", each).lstrip("0") or "0", each) for each in found]


def _numbers(both: _Texts) -> Iterator[Hint]:
    # Each once: a translation may say again what the original says with a pronoun.
    ours, theirs = dict(_numbers_of(both.text)), dict(_numbers_of(both.translation))
    missing = {digits: shown for digits, shown in ours.items() if digits not in theirs}
    added = {digits: shown for digits, shown in theirs.items() if digits not in ours}
    # 10,000 is 1 and a word in Chinese, and 2 million are 2,000,000 elsewhere.
    short = {each.rstrip("0") for each in missing} & {each.rstrip("0") for each in added}
    missing = {digits: shown for digits, shown in missing.items() if digits.rstrip("0") not in short}
    added = {digits: shown for digits, shown in added.items() if digits.rstrip("0") not in short}
    for match in _DATE.finditer(_ascii_digits(both.text)):
        parts = [each.lstrip("0") for each in re.findall(r"\d+", match[0])]
        # The month may be a word in the translation.
        if sum(each not in theirs for each in parts) > 1:
            yield Hint(_DATE_MISSING, ((match[0], both.source),))
        for each in parts:
            missing.pop(each, None)
    differ = bool(missing and added)
    for said, found, language in ((_NUMBER_MISSING, missing, both.source), (_NUMBER_ADDED, added, both.target)):
        for digits, shown in found.items():
            if differ or len(digits) > 9 or int(digits) > _WORDED:
                yield Hint(said, ((shown, language),))


def _addresses(both: _Texts) -> Iterator[Hint]:
    letters = both.translation.casefold()
    for link in _first(match[0].rstrip(".,;:!?…。、؟") for match in _LINK.finditer(both.text)):
        if link.casefold() not in letters:
            yield Hint(_LINK_MISSING, ((link, both.source),))
    plain = _LINK.sub(" ", both.text)
    letters = letters.replace("_", " ")
    for name in _first((match[1] or match[2]).rstrip(".-") for match in _USER.finditer(plain)):
        if name.casefold().replace("_", " ") not in letters:
            yield Hint(_USER_MISSING, ((name, both.source),))


def _first(found: Iterable[str]) -> list[str]:
    """Each once, and no more than anybody reads: the whole translation is searched for each."""
    return list(islice(dict.fromkeys(found), _MOST_SEARCHED))


def _script(code: str) -> str:
    return language_of(code).script


def _names(both: _Texts) -> Iterator[Hint]:
    """Only what hardly anybody translates: Latin words in a text of another script, and words such as WikiCafé."""
    if _script(both.target) != "Latn":
        return
    pattern = _MIXED if _script(both.source) == "Latn" else _LATIN
    letters, plain = both.translation.casefold(), _USER.sub(" ", _LINK.sub(" ", both.text))
    for name in _first(match[0] for match in pattern.finditer(plain)):
        if name.casefold() not in letters:
            yield Hint(_NAME_MISSING, ((name, both.source),))


def _length(both: _Texts) -> Iterator[Hint]:
    expected, found = size(both.text) * usual_ratio(both.source, both.target), size(both.translation)
    off = (found - expected) / sqrt(2 * max(expected, found) + 6)
    # Both far beyond chance and far beyond what a wordy translator does.
    if off < -5 and found < expected * 0.55:
        yield Hint(_SHORT, ())
    elif off > 5 and found > expected * 1.9:
        yield Hint(_LONG, ())


def _terms(both: _Texts, terms: Iterable[TermInText]) -> Iterator[Hint]:
    letters = both.translation.casefold()
    for term in terms:
        if term.occurs and term.in_target and _is_word(term.in_source, both.text) and not _has(term.in_target, letters):
            yield Hint(_TERM_MISSING, ((term.in_source, both.source), (term.in_target, both.target)))


def _is_word(term: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(term)}", text, re.IGNORECASE)) or not term[:1].isascii()


def _has(wording: str, letters: str) -> bool:
    """Whether a text has these words in any form: the beginning of each, perhaps behind another one."""
    words = re.findall(r"\w+", wording.casefold())
    return all(each[: max(3, len(each) * 3 // 5)] in letters for each in words)


def _copied(both: _Texts) -> Iterator[Hint]:
    """Words in a row that both texts have, and that are not the name of something."""
    if both.source.partition("-")[0] == both.target.partition("-")[0]:
        return
    ours, theirs = _words(both.text), _words(both.translation)
    runs = set(_runs(ours))
    begin = end = -1
    for at, run in enumerate(_runs(theirs)):
        if run not in runs:
            continue
        if at > end:
            yield from _copy(both, theirs, begin, end)
            begin = at
        end = at + _RUN
    yield from _copy(both, theirs, begin, end)


def _runs(words) -> list[tuple[str, ...]]:
    """All that many words in a row."""
    letters = [both.casefold() for both, _place in words]
    return [tuple(letters[at : at + _RUN]) for at in range(len(letters) - _RUN + 1)]


def _copy(both: _Texts, words, begin: int, end: int) -> Iterator[Hint]:
    plain = [word for word, _place in words[begin:end] if not word[0].isupper() and word[0].isalpha()]
    if begin >= 0 and len(plain) >= _RUN - 2:
        passage = both.translation[words[begin][1] : words[end - 1][1] + len(words[end - 1][0])]
        yield Hint(_COPIED, ((passage, both.target),))


_WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> list[tuple[str, int]]:
    """[(word, place)] outside of links; ideographs one by one, because nothing stands between words."""
    found = []
    for match in _WORD.finditer(_LINK.sub(lambda link: " " * len(link[0]), text)):
        if "\u3040" <= match[0][0] <= "\u9fff":
            found += [(sign, match.start() + at) for at, sign in enumerate(match[0])]
        else:
            found.append((match[0], match.start()))
    return found
