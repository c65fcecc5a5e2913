"""The one place that says what counts, and what is not told so that nobody is singled out."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from outcomes.models import Evidence
from responses.models import Response


@dataclass(frozen=True)
class Totals:
    """What has been said so far, in published responses. Samples are counted apart: nobody said them."""

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
    shared = Q(sharing__in=(Response.Sharing.NAMED, Response.Sharing.AFFILIATE))
    counted = said.aggregate(
        responses=Count("pk"),
        languages=Count("language", distinct=True),
        shared=Sum("people", filter=shared, default=0),
        unshared=Count("pk", filter=~shared),
    )
    people = counted["shared"] + counted["unshared"]
    return Totals(counted["responses"], counted["languages"], people, published.filter(is_sample=True).count())


def with_passages(problems):
    """Problems, each with its number of published passages: `passages`, and apart from them those in `samples`."""
    published = Q(evidence__in=Evidence.objects.published())
    is_sample = Q(evidence__answer__response__is_sample=True)
    return problems.annotate(
        passages=Count("evidence", filter=published & ~is_sample),
        samples=Count("evidence", filter=published & is_sample),
    )
