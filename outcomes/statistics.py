"""The one place that says what counts, and what is not told so that nobody is singled out."""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

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
    """Problems, each with its number of published passages: `passages`, and apart from them those in `samples`.

    And with what is behind the passages: `responses`, and `people`, at least so many (counted as in `totals`).
    """
    published = Q(evidence__in=Evidence.objects.published())
    is_sample = Q(evidence__answer__response__is_sample=True)
    return problems.annotate(
        passages=Count("evidence", filter=published & ~is_sample),
        samples=Count("evidence", filter=published & is_sample),
        responses=Count("evidence__answer__response", filter=published & ~is_sample, distinct=True),
        people=Coalesce(Subquery(_people_behind(OuterRef(OuterRef("pk")))), 0),
    )


def _people_behind(problem):
    """The number of people, at least, in the responses that have a published passage for a problem.

    problem: a reference from within two queries.
    """
    evidence = Evidence.objects.published().filter(problem=problem, answer__response=OuterRef("pk"))
    said = Response.objects.published().filter(Exists(evidence), is_sample=False)
    shared = Q(sharing__in=(Response.Sharing.NAMED, Response.Sharing.AFFILIATE))
    counted = said.order_by().values("is_sample").annotate(n=Sum(Case(When(shared, then="people"), default=1)))
    return counted.values("n")
