"""How much has been said, counted so that nobody can be identified."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from responses.languages.text_matching import name_key
from responses.models import Response


@dataclass(frozen=True)
class Totals:
    """What has been said so far, in published responses. Samples are counted apart, because nobody said them."""

    responses: int
    languages: int
    people: int  # at least this many
    samples: int


def totals(conversation=None) -> Totals:
    """Counts of what is published, in one conversation or in all.

    People: the sum of the sizes that readers can see anyway, and one for each response whose author does not share
    its size. Its real size cannot be found by subtraction, because it is in no sum.
    """
    published = Response.objects.published()
    if conversation:
        published = published.filter(conversation=conversation)
    said = published.filter(is_sample=False)
    shared = Q(sharing__in=Response.SHOWING_GROUP)
    by_language = said.order_by().values_list("language", "language_name")
    counted = by_language.annotate(
        Count("pk"), shared=Sum("people", filter=shared, default=0), unshared=Count("pk", filter=~shared)
    )
    names, responses, people = set(), 0, 0
    for language, name, number, named, unnamed in counted:
        # Compared here: no database treats spaces, invisible characters and the encoding of letters as `name_key` does.
        names.add((language, name_key(name)))
        responses, people = responses + number, people + named + unnamed
    return Totals(responses, len(names), people, published.filter(is_sample=True).count())
