"""What counts, and what is left out so that nobody can be identified."""

from dataclasses import dataclass

from django.db.models import Case, Count, Q, Sum, When
from django.db.models.functions import Concat, Lower

from outcomes.models import Evidence
from responses.models import Response

# The responses whose size readers can see.
_SHARED = Response.SHOWING_GROUP


@dataclass(frozen=True)
class Totals:
    """What has been said so far, in published responses. Samples are counted apart, because nobody said them."""

    responses: int
    languages: int
    people: int  # at least this many
    samples: int


def totals() -> Totals:
    """Counts of what is published.

    People: the sum of the sizes that readers can see anyway, and one for each response whose author does not share
    its size. Its real size cannot be found by subtraction, because it is in no sum.
    """
    published = Response.objects.published()
    said = published.filter(is_sample=False)
    shared = Q(sharing__in=_SHARED)
    counted = said.aggregate(
        responses=Count("pk"),
        languages=Count(Lower(Concat("language", "language_name")), distinct=True),
        shared=Sum("people", filter=shared, default=0),
        unshared=Count("pk", filter=~shared),
    )
    people = counted["shared"] + counted["unshared"]
    return Totals(counted["responses"], counted["languages"], people, published.filter(is_sample=True).count())


def with_passages(problems) -> list:
    """The problems of a queryset, each with four numbers as attributes.

    passages: published passages that are not of samples, each counted once, however many coders have marked it.
    samples: those of samples. responses: the responses that the passages come from. people: at least this many people
    speak in them, counted as in `totals`.
    """
    published = Q(evidence__in=Evidence.objects.published().once())
    is_sample = Q(evidence__answer__response__is_sample=True)
    found = list(
        problems.annotate(
            passages=Count("evidence", filter=published & ~is_sample),
            samples=Count("evidence", filter=published & is_sample),
        )
    )
    # A response may have many passages for one problem. It has one size, so responses are counted for each size.
    size = Case(When(answer__response__sharing__in=_SHARED, then="answer__response__people"), default=1)
    said = Evidence.objects.published().filter(problem__in=found, answer__response__is_sample=False)
    sizes = said.order_by().values("problem", size=size).annotate(n=Count("answer__response", distinct=True))
    behind: dict[int, list[dict]] = {problem.pk: [] for problem in found}
    for row in sizes:
        behind[row["problem"]].append(row)
    for problem in found:
        problem.responses = sum(row["n"] for row in behind[problem.pk])
        problem.people = sum(row["n"] * row["size"] for row in behind[problem.pk])
    return found
