"""What is different in a later version of the statement, clause by clause."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch
from modeltranslation.utils import build_localized_fieldname

from outcomes.models import Clause, Problem, Statement
from responses.languages.text_diff import TextChange
from responses.organizer_texts import SOURCE


class Kind(StrEnum):
    """What became of the words of a clause. It is decided by its English: a translation may be mended at any time."""

    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class ClauseChange:
    """A clause in both versions. If it is new or gone, one of the two is None."""

    earlier: Clause | None
    later: Clause | None
    kind: Kind
    text: TextChange
    quotation: TextChange
    problems_added: list[Problem]
    problems_removed: list[Problem]

    @property
    def is_moved(self) -> bool:
        """Whether it has another number now."""
        return bool(self.earlier and self.later and self.earlier.position != self.later.position)

    @property
    def is_unchanged(self) -> bool:
        changed = self.is_moved or self.problems_added or self.problems_removed
        return self.kind == Kind.SAME and not changed


@dataclass(frozen=True)
class StatementChanges:
    """All differences between two versions."""

    earlier: Statement
    later: Statement
    title: TextChange
    clauses: list[ClauseChange]

    @property
    def is_any(self) -> bool:
        return self.title.is_change or not all(each.is_unchanged for each in self.clauses)


def changes(earlier: Statement, later: Statement, language: str) -> StatementChanges:
    """The differences, with the words in a language of the interface, or in English where it does not show them.

    The clauses are in the order of the later version; those that are gone stand where they were. Only the published
    problems are compared.
    """
    problems = Prefetch("problems", queryset=Problem.objects.published())
    before = list(earlier.clauses.prefetch_related(problems))
    after = list(later.clauses.prefetch_related(problems))
    pairs = _pairs(before, after)
    found = [_clause(pairs.get(each), each, language) for each in after]
    kept = {each.pk for each in pairs.values()}
    found += [_clause(each, None, language) for each in before if each.pk not in kept]
    found.sort(key=lambda each: (each.later or each.earlier).position)  # type: ignore[union-attr]
    return StatementChanges(earlier, later, _text(earlier, later, "title", language), found)


def _pairs(before: list[Clause], after: list[Clause]) -> dict[Clause, Clause]:
    """{clause: the earlier one that it comes from}.

    If none comes from any, as in versions that were typed, those with the same English belong together, and of the
    others those with the same number.
    """
    by_key = {each.pk: each for each in before}
    lines = Clause.objects.filter(pk__in=[each.pk for each in after]).lineages()
    pairs: dict[Clause, Clause] = {}
    for clause in after:
        if (pk := next((each for each in lines[clause.pk] if each in by_key), None)) is not None:
            pairs[clause] = by_key[pk]
    if pairs:
        return pairs
    left = list(before)
    for is_pair in (lambda one, other: one.says() == other.says(), lambda one, other: one.position == other.position):
        for clause in after:
            found = next((each for each in left if is_pair(each, clause)), None) if clause not in pairs else None
            if found is not None:
                pairs[clause] = found
                left.remove(found)
    return pairs


def _clause(earlier: Clause | None, later: Clause | None, language: str) -> ClauseChange:
    if earlier is None:
        kind = Kind.NEW
    elif later is None:
        kind = Kind.GONE
    else:
        kind = Kind.SAME if earlier.says() == later.says() else Kind.REWORDED
    linked = {each: None for each in earlier.problems.all()} if earlier else {}
    links = {each: None for each in later.problems.all()} if later else {}
    quoted = [each.quotation if each else "" for each in (earlier, later)]
    return ClauseChange(
        earlier,
        later,
        kind,
        _text(earlier, later, "text", language),
        TextChange.between(SOURCE, *quoted),
        # Of a clause that is new or gone, all problems are; nobody needs to be told.
        [each for each in links if each not in linked] if earlier and later else [],
        [each for each in linked if each not in links] if earlier and later else [],
    )


def _text(earlier: Statement | Clause | None, later: Statement | Clause | None, name: str, language: str) -> TextChange:
    rows = [each for each in (earlier, later) if each is not None]
    english = [_in(each, name, SOURCE) for each in rows]
    translated = [_in(each, name, language) for each in rows]
    is_translated = all(translated)
    if len(rows) == 2 and is_translated:
        # If only the English was changed so far, or only the translation, the other language shows no change of words.
        is_translated = (english[0] == english[1]) == (translated[0] == translated[1])
    shown = language if is_translated else SOURCE
    before, after = (_in(each, name, shown) if each else "" for each in (earlier, later))
    return TextChange.between(shown, before, after)


def _in(row: Statement | Clause, name: str, language: str) -> str:
    return getattr(row, build_localized_fieldname(name, language)) or ""
