"""How far two coders find the same: figures of the shared sample, as both had coded it before they agreed.

The unit is answer × claim. Each coder gives it one value: a stance, "mixed" (more than one), or "" (nothing). The
claims are those that somebody has marked anywhere in the sample: others cannot tell whether coders agree. Nor can one
that was not there yet when one of the two was done with an answer: the two are not a unit.

alpha is Krippendorff's, for nominal data: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011),
https://repository.upenn.edu/handle/20.500.14332/2089. The tests check it against the nominal examples there (B: 0.692,
C: 0.743) and by hand. Positive agreement is that of D. V. Cicchetti and A. R. Feinstein, "High agreement but low kappa:
II. Resolving the paradoxes", J Clin Epidemiol 43 (1990), 551-558. The interval is a percentile bootstrap over answers,
because what one answer says to several claims is not independent.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import permutations
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from outcomes.models import CodedValue, Coding, SharedAnswer
from outcomes.models.coding import Value

NOTHING = ""
# Under so many marked units, a figure says more about chance than about coders.
FEWEST_MARKS = 10
# A category that both coders together have used less often hardly counts in alpha.
FEWEST_OF_A_VALUE = 5
# Samples of the bootstrap. Each takes as long as there are kinds of answers, not answers; so many draws at the most.
RESAMPLED, FEWEST_RESAMPLED, DRAWS = 1_000, 200, 500_000

Pair = tuple[str, str]


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal data. units: for each the values that coders have given it.

    1 is perfect, 0 what chance would give, less is worse than chance. A unit with one value tells nothing. None if
    there are no two values to compare, or if all are the same: then nothing tells agreement from chance.
    """
    coincidences: dict[tuple, float] = defaultdict(float)
    for values in units:
        for pair in permutations(values, 2):
            coincidences[pair] += 1 / (len(values) - 1)
    return _alpha(coincidences)


def _alpha(coincidences) -> float | None:
    """coincidences: {(value, other value): how often they meet in a unit, in either order}, as in the paper."""
    totals: dict[Hashable, float] = defaultdict(float)
    for (value, _other), number in coincidences.items():
        totals[value] += number
    if sum(number > 0 for number in totals.values()) < 2:
        return None
    every = sum(totals.values())
    expected = every**2 - sum(number**2 for number in totals.values())
    observed = sum(number for (value, other), number in coincidences.items() if value != other)
    return 1 - (every - 1) * observed / expected


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree. answers: for each answer {(one's value, the other's): number of its units}.

    In no order: who of the two found what is not asked.
    """

    answers: tuple[Counter, ...]

    @cached_property
    def pairs(self) -> Counter:
        """{(value, value): number of units}"""
        return sum(self.answers, Counter())

    @property
    def n(self) -> int:
        """Units that both have coded."""
        return self.pairs.total()

    @property
    def either(self) -> int:
        """Units that either of the two has marked."""
        return self.n - self.pairs[NOTHING, NOTHING]

    @property
    def both(self) -> int:
        """Those that both have marked, with whatever stance."""
        return sum(number for pair, number in self.pairs.items() if all(pair))

    @property
    def alike(self) -> int:
        """Those that both have marked with the same value."""
        return sum(number for pair, number in self.pairs.items() if all(pair) and pair[0] == pair[1])

    @property
    def same(self) -> int:
        """Units of which both have found the same, and be it nothing."""
        return self.alike + self.pairs[NOTHING, NOTHING]

    @property
    def is_too_small(self) -> bool:
        return self.either < FEWEST_MARKS

    @property
    def totals(self) -> Counter:
        """{value: how often either coder has given it}"""
        found: Counter = Counter()
        for pair, number in self.pairs.items():
            for value in pair:
                found[value] += number
        return found

    @property
    def positive(self) -> list[tuple[Value, float]]:
        """[(value, positive agreement)]: how often the other coder gave it too when one did. Of values that occur."""
        totals = self.totals
        return [(value, 2 * self.pairs[value, value] / totals[value]) for value in Value if totals[value]]

    @property
    def rare(self) -> list[tuple[Value, int]]:
        """[(value, how often)] of values that hardly occur."""
        totals = self.totals
        return [(value, totals[value]) for value in Value if 0 < totals[value] < FEWEST_OF_A_VALUE]

    @cached_property
    def alpha(self) -> float | None:
        return _alpha(_both_ways(self.pairs))

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """In which 95 of 100 samples of as many answers have their alpha. The same at each call."""
        kinds = Counter(tuple(sorted(each.items())) for each in self.answers)
        chance = random.Random(2017)  # noqa: S311  (no secret: the same figures for everybody)
        found = []
        for _each in range(max(FEWEST_RESAMPLED, min(RESAMPLED, DRAWS // max(1, len(kinds))))):
            resampled: Counter = Counter()
            for kind, number in _drawn(kinds, len(self.answers), chance):
                for pair, of_pair in kind:
                    resampled[pair] += number * of_pair
            if (value := _alpha(_both_ways(resampled))) is not None:
                found.append(value)
        found.sort()
        return (found[int(len(found) * 0.025)], found[int(len(found) * 0.975)]) if found else None


def _both_ways(pairs: Counter) -> Counter:
    coincidences: Counter = Counter()
    for (one, other), number in pairs.items():
        coincidences[one, other] += number
        coincidences[other, one] += number
    return coincidences


def _drawn(kinds: Counter, answers: int, chance: random.Random):
    """So many answers drawn with replacement: how many of each kind there are. One draw a kind, not one an answer."""
    left = kinds.total()
    for kind, number in kinds.items():
        drawn = chance.binomialvariate(answers, number / left) if left > number else answers
        if drawn:
            yield kind, drawn
        answers, left = answers - drawn, left - number


@dataclass
class CodedTwice:
    """One answer that two coders are done with: the languages that they read it in, and what each has found."""

    written_in: str
    read_in: tuple[str, str]
    # None: the account is gone, and nobody can tell whose it was.
    coders: tuple[Any, Any]
    finished_at: tuple[datetime, datetime]
    # {claim: when it was made}, the same for all answers.
    made_at: dict[Any, datetime]
    found: tuple[dict, dict] = field(default_factory=lambda: ({}, {}))

    def is_unit(self, claim) -> bool:
        """Whether both could have found the claim. Whoever is done first can still mark until the other one is."""
        return all(
            self.made_at[claim] <= at or claim in found for at, found in zip(self.finished_at, self.found, strict=True)
        )

    def pair(self, claim) -> Pair:
        one, other = (each.get(claim, NOTHING) for each in self.found)
        return min(one, other), max(one, other)


def coded_twice(sample=None) -> list[CodedTwice]:
    """All of the shared sample that two coders are done with, as they had coded it before they agreed, in two queries.

    sample: only these of its answers. What somebody has coded anew afterwards, because its author has changed it, is
    not blind any more.
    """
    codings: dict[tuple, list] = {}
    sample = SharedAnswer.objects.all() if sample is None else sample
    shared = sample.filter(both_finished_at__isnull=False)
    rows = Coding.objects.filter(answer__shared__in=shared).order_by("pk")
    fields = "pk", "answer", "of_text", "read_in", "coder", "answer__response__language", "finished_at"
    for row in rows.values(*fields, "answer__shared__agreed_at"):
        if (agreed := row["answer__shared__agreed_at"]) is None or row["finished_at"] <= agreed:
            codings.setdefault((row["answer"], row["of_text"]), []).append(row)
    found: list[CodedTwice] = []
    made_at: dict[tuple, datetime] = {}
    places: dict[int, dict] = {}
    for pair in codings.values():
        if len(pair) != 2:
            continue
        one, other = pair
        twice = CodedTwice(
            one["answer__response__language"],
            (one["read_in"], other["read_in"]),
            (one["coder"], other["coder"]),
            (one["finished_at"], other["finished_at"]),
            made_at,
        )
        found.append(twice)
        places |= {one["pk"]: twice.found[0], other["pk"]: twice.found[1]}
    values = CodedValue.objects.filter(coding__answer__shared__in=shared)
    made = Coalesce("problem__made_at", "solution__made_at")
    for coding, problem, solution, value, at in values.values_list("coding", "problem", "solution", "value", made):
        if coding in places:
            claim = ("problem" if problem else "solution", problem or solution)
            places[coding][claim], made_at[claim] = value, at
    return found


def agreement_of(twice: Iterable[CodedTwice], claims: Iterable) -> Agreement:
    claims = list(claims)
    return Agreement(tuple(Counter(each.pair(claim) for claim in claims if each.is_unit(claim)) for each in twice))


def claims_of(twice: Iterable[CodedTwice]) -> set:
    """The claims that either coder has marked in any of them, as (kind, id)."""
    return {claim for each in twice for found in each.found for claim in found}


def by_languages(twice: Iterable[CodedTwice]) -> dict[tuple[str, str], list[CodedTwice]]:
    """{(language of the original, of the translation): answers that one coder read in each}, the most first."""
    found: dict[tuple[str, str], list[CodedTwice]] = {}
    for each in twice:
        if each.read_in[0] != each.read_in[1] and "" in each.read_in:
            found.setdefault((each.written_in, "".join(each.read_in)), []).append(each)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def without_marks(twice: Iterable[CodedTwice]) -> int:
    """How many coders have marked nothing at all, in how many answers they ever had."""
    found: Counter = Counter()
    for each in twice:
        for coder, values in zip(each.coders, each.found, strict=True):
            found[coder] += len(values)
    return sum(number == 0 for coder, number in found.items() if coder is not None)


def one_sided(twice: Iterable[CodedTwice], claim) -> bool:
    """Whether all marks of a claim are one coder's, though there are several."""
    marked = [coder for each in twice for coder, found in zip(each.coders, each.found, strict=True) if claim in found]
    return len(marked) > 1 and len(set(marked)) == 1 and None not in marked
