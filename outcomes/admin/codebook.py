"""The codebook: what each problem and solution means, when to use it, and passages that show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from outcomes.models import Evidence, Problem, Solution
from outcomes.models.stance import STANCE_LABELS

from .coding_forms import title_of

# Of one claim. More would push the buttons off the screen.
MOST_EXAMPLES = 3


@dataclass(frozen=True)
class Entry:
    """A claim, as coders read it."""

    claim: Problem | Solution
    examples: list[Evidence]

    @property
    def title(self) -> str:
        return title_of(self.claim)

    @property
    def stances(self):
        """[(number of the key, value, label)]"""
        labels = STANCE_LABELS[self.claim.kind()]
        return [(number, value, label) for number, (value, label) in enumerate(labels.items(), start=1)]


@dataclass(frozen=True)
class WordsThen:
    """How a claim read until a moment, and what changed in its English words after that."""

    # With those words; it is not stored.
    claim: Any
    until: datetime
    changes: list[tuple[str, list[tuple[str, str]]]]
    # The revision of which it is; None if it is of a claim that was merged.
    revision: Any = None


def claims():
    """All of them, also those that are not published yet: the problems first."""
    return [*Problem.objects.all(), *Solution.objects.all()]


def former_slugs(row) -> list[str]:
    """With which links still lead to a problem or solution, in the order in which it had them. Nothing else has any."""
    return [each.slug for each in row.formerslugs.order_by("pk")] if hasattr(row, "formerslugs") else []


def codebook(claims, user) -> list[Entry]:
    """An entry for each of these claims, with its sign-off and the examples that the user may see."""
    claims = list(claims)
    for kind in (Problem, Solution):
        prefetch_related_objects([each for each in claims if isinstance(each, kind)], "signoffs__signed_by")
    found: dict[str, list[Evidence]] = {}
    examples = Evidence.objects.examples().not_recused_by(user).order_by("created_at", "pk")
    for mark in examples.select_related("problem", "solution", "answer__response").with_wordings():
        found.setdefault(mark.claim.key, []).append(mark)
    return [Entry(each, found.get(each.key, [])[:MOST_EXAMPLES]) for each in claims]
