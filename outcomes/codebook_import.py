"""What a codebook from another program would change in the problems and solutions, and taking over what is chosen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from outcomes.exports.codebook_reader import MOST_CODES, FileCode
from outcomes.exports.codes import (
    GROUPS,
    claim_guid,
    claims,
    described,
    english,
    names,
    stance_guid,
    stance_labels,
    texts_in,
)
from outcomes.exports.refi_xml import guid_of, in_xml
from outcomes.models import Merge, Problem, Solution
from outcomes.models.claim import LONGEST_TITLE
from outcomes.models.stance import Stance
from responses.access.keys import sha256_of
from responses.exchange.csv_tables import is_formula
from responses.languages.text_matching import copy_key, name_key
from responses.organizer_texts import SOURCE, note_saved
from responses.validators import organizers_text

KINDS = {"problem": Problem, "solution": Solution}


class ChangedMeanwhileError(ValidationError):
    """The problems and solutions are not what the preview has shown any more."""


class RefusedError(ValidationError):
    """Some of what was chosen cannot be stored at present. refused: {number of the code: why, with its name}."""

    def __init__(self, refused: dict[int, str]):
        super().__init__([*refused.values()])
        self.refused = refused


@dataclass(frozen=True)
class Words:
    """A text of a claim: as it reads now ("" in a new one), and as the file has it."""

    name: str
    before: str
    now: str


@dataclass(frozen=True)
class Difference:
    """A code of the file that is new, or has other words than its claim. number: its place in the file."""

    number: int
    name: str
    words: list[Words]
    claim: Any = None
    # For a new one: what its group in the file says it is, "" if nothing does.
    kind: str = ""
    # The one that it became one with, if it was here before.
    merged_into: Any = None

    @property
    def fingerprint(self) -> str:
        """Changes with everything that a preview shows of it. It begins with its number."""
        about = [self.claim.key, self.claim.is_published] if self.claim else [self.kind]
        merged = self.merged_into and (self.merged_into.key, str(self.merged_into))
        return f"{self.number}:{sha256_of(f'{self.words} {about} {merged}')[:32]}"


@dataclass(frozen=True)
class Comparison:
    new: list[Difference] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    same: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.new and not self.changed

    @property
    def fingerprint(self) -> str:
        """Changes with everything that a preview shows. In it are those of its differences, with spaces between."""
        return " ".join([*(each.fingerprint for each in (*self.new, *self.changed)), f"same:{self.same}"])


def compare(codes: list[FileCode]) -> Comparison:
    """What is in a file, beside what is stored.

    A code is known by its identifier, or else by its name. Those for stances, and groups, are passed over. Raises
    ValidationError with all that is in the way: nothing of such a file is taken.
    """
    known = _Known(claims())
    decided = [number for number, code in enumerate(codes) if not known.passes_over(codes, number)]
    found = known.found([codes[number] for number in decided])
    new, changed, same = [], [], 0
    for number, claim in zip(decided, found, strict=True):
        code = codes[number]
        words = known.words(code, claim)
        if claim is None:
            merged_into = known.merged_into(code)
            kind = "" if merged_into else known.kind_of(codes, number)
            new.append(Difference(number, code.name, words, kind=kind, merged_into=merged_into))
        elif words:
            changed.append(Difference(number, known.names[claim.key], words, claim))
        else:
            same += 1
    _check([codes[number] for number in decided], [*new, *changed], known)
    return Comparison(new, changed, same)


class _Known:
    """The problems and solutions that there are, as a file may name them."""

    def __init__(self, claims: list[Any]):
        self.claims = claims
        self.names = names(claims)
        self._labels = {kind: stance_labels(kind) for kind in GROUPS}
        self._by_guid = {claim_guid(each.kind(), each.pk): each for each in claims}
        self._groups = {guid_of(kind): kind for kind in GROUPS}
        self._stances = {stance_guid(each.kind(), each.pk, stance) for each in claims for stance in Stance}
        self._by_name: dict[str, Any] = {}
        for each in claims:
            self._by_name.setdefault(name_key(self.names[each.key]), each)
        for each in claims:
            self._by_name.setdefault(name_key(english(each, "title")), each)
        self._by_name.pop("", None)
        self._merged: dict[str, Any] = {}
        for merge in Merge.objects.select_related(*KINDS):
            self._merged.setdefault(name_key(merge.title), merge.claim)
            self._merged[claim_guid(merge.claim.kind(), merge.old_id)] = merge.claim

    def passes_over(self, codes: list[FileCode], number: int) -> bool:
        """Whether a code is a group, or a stance below its claim. Programs may have given it another identifier."""
        code = codes[number]
        if code.guid in self._by_guid:
            return False
        ending = name_key(code.name).rpartition(": ")[2]
        stances = {name_key(label) for labels in self._labels.values() for label in labels.values()}
        is_stance = code.guid in self._stances or (code.parent is not None and ": " in code.name and ending in stances)
        return is_stance or not code.is_codable or bool(self._group(code))

    def _group(self, code: FileCode) -> str:
        by_name = {name_key(title): kind for kind, title in GROUPS.items()}
        return self._groups.get(code.guid) or by_name.get(name_key(code.name), "")

    def merged_into(self, code: FileCode) -> Any:
        """What a code that nothing here has any more became one with, or None: the file is older than that."""
        return self._merged.get(code.guid) or self._merged.get(name_key(code.name))

    def kind_of(self, codes: list[FileCode], number: int) -> str:
        """ "problem" or "solution", as the nearest code above says that is a group or a claim; "" if none does."""
        above = codes[number].parent
        while above is not None:
            claim = self._by_guid.get(codes[above].guid)
            if kind := claim.kind() if claim else self._group(codes[above]):
                return kind
            above = codes[above].parent
        return ""

    def found(self, codes: list[FileCode]) -> list[Any]:
        """The claim of each code, or None. No two have the same: an identifier goes before a name, then the first."""
        found, taken = [None] * len(codes), set()
        for claim_of in (
            lambda code: self._by_guid.get(code.guid),
            lambda code: self._by_name.get(name_key(code.name)),
        ):
            for number, code in enumerate(codes):
                claim = claim_of(code)
                if claim and found[number] is None and claim.key not in taken:
                    found[number] = claim
                    taken.add(claim.key)
        return found

    def words(self, code: FileCode, claim) -> list[Words]:
        """The texts in which a code differs from its claim: all that it has, if there is none yet.

        Programs trim texts, wrap them, and change white space; that alone is no difference. What the description of a
        code says nothing about stays as it is.
        """
        told = texts_in(code.description) if code.description.strip() else {}
        told["title"] = code.name
        stored = {name: in_xml(english(claim, name)) if claim else "" for name in Problem.MEANING}
        if claim and copy_key(code.name) == copy_key(in_xml(self.names[claim.key])):
            del told["title"]
        if claim and copy_key(code.description) == copy_key(in_xml(described(claim))):
            told = {name: text for name, text in told.items() if name == "title"}
        texts = {name: organizers_text(told[name], is_line=name == "title") for name in Problem.MEANING if name in told}
        return [
            Words(name, stored[name], text) for name, text in texts.items() if copy_key(text) != copy_key(stored[name])
        ]


def _check(codes: list[FileCode], differences: list[Difference], known: _Known) -> None:
    """Raises ValidationError with everything about the names of a file that is in the way."""
    told = []
    if len(codes) > MOST_CODES:
        raise ValidationError(_("The file has more than %(most)s codes.") % {"most": MOST_CODES})
    times = Counter(name_key(each.name) for each in codes)
    told += [(_("Two codes have the name “%(name)s”."), each.name) for each in codes if times[name_key(each.name)] > 1]
    titles = {name_key(english(each, "title")): each for each in known.claims}
    for each in differences:
        title = next((words.now for words in each.words if words.name == "title"), None)
        if title is None and each.claim:
            continue
        if not title:
            told.append((_("The name of a code is empty, or nothing of it can be seen."), ""))
        elif len(title) > LONGEST_TITLE:
            told.append((_("The name “%(name)s” is longer than %(longest)s characters."), title))
        elif is_formula(title):
            told.append((_("The name “%(name)s” begins like a formula of a spreadsheet."), title))
        elif titles.get(name_key(title), each.claim) != each.claim:
            told.append((_("There is a problem or a solution already with the name “%(name)s”."), title))
    if told:
        sentences = dict.fromkeys(said % {"name": _short(name), "longest": LONGEST_TITLE} for said, name in told)
        raise ValidationError([*sentences][:20])


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"


@dataclass(frozen=True)
class Taken:
    """A claim that was made or changed. names: of its texts that were stored."""

    claim: Any
    is_new: bool
    names: list[str]


@transaction.atomic
def take(codes: list[FileCode], *, new: dict[int, str], changed: Iterable[int], seen: str, by) -> list[Taken]:
    """Store what somebody has chosen after a preview: all of it, or nothing.

    new: {number: "problem" or "solution"}, proposals from now on, which are not public. changed: numbers of codes whose
    words replace those of their claims. seen: the fingerprint of the preview. Raises ChangedMeanwhileError if a preview
    would show something else now, RefusedError if authors are asked about words that would change, and ValidationError
    as `compare` does.
    """
    # Until this is done, nobody else makes or changes one, and whoever takes over another file waits.
    for kind in KINDS.values():
        kind.objects.lock_titles()
    for kind in KINDS.values():
        kind.objects.lock()
    comparison = compare(codes)
    if comparison.fingerprint != seen:
        raise ChangedMeanwhileError(
            _(
                "Somebody has changed a problem or a solution since you opened this page. Nothing was stored: look "
                "again."
            )
        )
    wanted = set(changed)
    taken, refused = [], {}
    for each in comparison.changed:
        if each.number in wanted:
            try:
                taken.append(_store(each.claim, each.words, by))
            except ValidationError as refusal:
                told = {"name": each.name, "why": " ".join(refusal.messages)}
                refused[each.number] = _("“%(name)s” cannot be changed now. %(why)s") % told
    if refused:
        raise RefusedError(refused)
    for each in comparison.new:
        if each.number in new:
            # `compare` has found none with its title, and none can be made meanwhile.
            made = KINDS[new[each.number]].objects.propose_new(**_columns(each.words))
            taken.append(Taken(made, True, [words.name for words in each.words]))
    return taken


def _columns(words: list[Words]) -> dict[str, str]:
    return {build_localized_fieldname(each.name, SOURCE): each.now for each in words}


def _store(claim, words: list[Words], by) -> Taken:
    columns = _columns(words)
    before = {column: getattr(claim, column) or "" for column in columns}
    for column, text in columns.items():
        setattr(claim, column, text)
    claim.store(by=by)
    # So that translations of the earlier words count as older.
    note_saved(claim, [*columns], before)
    return Taken(claim, False, [each.name for each in words])
