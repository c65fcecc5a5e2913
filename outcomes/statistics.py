"""The one place that says what counts, and hides small counts."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from responses.models import Response

# Below this many responses a number of people could be traced to one group (Wikimedia's data publication guidelines
# ask for ten at the highest risk; responses themselves are public here, and only the sum of people is not).
FEWEST = 5


@dataclass(frozen=True)
class Totals:
    """What has been said so far, in published responses."""

    responses: int
    languages: int
    people: int | None  # None: hidden, because there are fewer than FEWEST responses


def totals() -> Totals:
    counted = Response.objects.published().aggregate(
        responses=Count("pk"), languages=Count("language", distinct=True), people=Sum("people")
    )
    people = counted["people"] if counted["responses"] >= FEWEST else None
    return Totals(counted["responses"], counted["languages"], people)
