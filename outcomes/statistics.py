"""What counts, and what is left out so that nobody can be identified."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, F, When

from outcomes.models import Evidence
from responses.models import Response

# The responses whose size readers can see.
_SHARED = Response.SHOWING_GROUP


@dataclass(frozen=True)
class Voices:
    """What has been said to one claim in public. A voice is one answer with one stance towards the claim.

    However many passages of the answer are marked, and however many coders have marked them, it is one voice. Samples
    are counted apart.
    """

    supports: int = 0
    qualifies: int = 0
    contradicts: int = 0
    responses: int = 0  # that the voices come from
    people: int = 0  # at least this many, counted as in `responses.totals`
    samples: int = 0  # voices in samples

    @property
    def number(self) -> int:
        return self.supports + self.qualifies + self.contradicts


def with_voices(claims, conversation=None) -> list:
    """The problems or the solutions of a queryset, each with its `voices` in one conversation or in all."""
    found = list(claims)
    kind = claims.model.kind()
    public = Evidence.objects.published().filter(**{f"{kind}__in": found}).order_by()
    if conversation:
        public = public.filter(answer__response__conversation=conversation)
    is_sample = F("answer__response__is_sample")
    by_stance = public.values(kind, "stance", sample=is_sample).annotate(n=Count("answer", distinct=True))
    # A response may have many passages for one claim. It has one size, so responses are counted for each size.
    size = Case(When(answer__response__sharing__in=_SHARED, then="answer__response__people"), default=1)
    said = public.filter(answer__response__is_sample=False)
    by_size = said.values(kind, size=size).annotate(n=Count("answer__response", distinct=True))
    counted: dict[int, Counter[str]] = {claim.pk: Counter() for claim in found}
    for row in by_stance:
        counted[row[kind]]["samples" if row["sample"] else row["stance"]] += row["n"]
    for row in by_size:
        counted[row[kind]] += Counter(responses=row["n"], people=row["n"] * row["size"])
    for claim in found:
        claim.voices = Voices(**counted[claim.pk])
    return found
