"""What counts, and what is left out so that nobody can be identified."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, Sum, When

from outcomes.models import Asked, Asking, Evidence
from outcomes.models.asking import FEWEST_TOLD, FEWEST_TOLD_BEFORE_READERS, kind_of, tells_mails
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


@dataclass(frozen=True)
class Understood:
    """What may be told of an asking: did we understand you?

    Nothing while it is open, and nobody is told who has answered. The rule, so that no difference between two days
    tells what one person has said, or that they have answered:

    * After its last day nobody can answer any more, so the figures stand.
    * They stand only as long as all who were asked are still published (`is_whole`): if one of them leaves, whether
      they have answered or not, then from the same moment no figure of answers is told and no own words are shown.
      It is not said how many have answered either: otherwise, one less would tell that the one who left had answered.
      Somebody who comes back, because a change was accepted, brings the same figures back.
    * Of fewer than five answers only that is told. If all have answered alike, only how many there were: otherwise
      everybody would know of everybody.
    * Of fewer than ten answers, organizers are told no more before it is published: whoever writes some of the
      responses that they ask could otherwise learn what another author answers, without anybody noticing.
    * How many were asked by mail is told only if there were five or more with and five or more without a mail.
    """

    asking: Asking
    responses: int  # that are counted: asked, and published at this moment
    people: int  # at least this many, counted as in `responses.totals`
    mailed: int
    said: Counter[str]  # {value of `Asked.Said`: number}

    @property
    def is_whole(self) -> bool:
        return self.responses == self.asking.number_counted

    @property
    def is_of_one(self) -> bool:
        return self.responses == 1

    @property
    def mails(self) -> int | None:
        """How many were asked by mail too; None: it is not told."""
        return self.mailed if self.is_whole and tells_mails(self.mailed, self.responses) else None

    @property
    def is_few(self) -> bool:
        """Whether only this is told, that fewer than five have answered."""
        return self.is_whole and self.said.total() < FEWEST_TOLD

    @property
    def is_withheld(self) -> bool:
        """Whether it is told only once it is published."""
        has_few = self.said.total() < FEWEST_TOLD_BEFORE_READERS
        return self.tells_words and has_few and not self.asking.is_published

    @property
    def answered(self) -> int | None:
        """How many have answered; None: it is not told."""
        return self.said.total() if self.tells_words and not self.is_withheld else None

    @property
    def by_answer(self) -> dict[str, int] | None:
        """{answer: number}; None: it is not told."""
        is_told = self.answered is not None and len(+self.said) > 1
        return {value: self.said[value] for value in Asked.Said.values} if is_told else None

    @property
    def tells_words(self) -> bool:
        """Whether own words may be read: by organizers, and by others what organizers let be shown."""
        return self.is_whole and not self.is_few


def understood(askings) -> dict[int, Understood]:
    """{key of an asking: what may be told of it}, for those of these of which anything is told yet. In one query."""
    closed = [each for each in askings if each.has_figures]
    size = Case(When(response__sharing__in=_SHARED, then="response__people"), default=1)
    rows = Asked.objects.standing().filter(asking__in=closed).values("asking", "said")
    counted = rows.annotate(n=Count("pk"), people=Sum(size), mailed=Count("mailed_on")) if closed else ()
    found = {each.pk: Understood(each, 0, 0, 0, Counter()) for each in closed}
    for row in counted:
        one = found[row["asking"]]
        said = one.said + Counter({row["said"]: row["n"]} if row["said"] else {})
        totals = (one.responses + row["n"], one.people + row["people"], one.mailed + row["mailed"])
        found[row["asking"]] = Understood(one.asking, *totals, said)
    return found


def with_understood(things) -> None:
    """Give each of some things, as they are shown to readers, its `understood`: what the last asking about it came to.

    None if its authors were not asked, or none of them is published any more. `understood_words`: own words that may
    be shown. things: problems, solutions, clauses and statements, also among each other.
    """
    by_kind: dict[str, list] = {}
    for thing in things:
        by_kind.setdefault(kind_of(thing), []).append(thing)
    about = Q(*((f"{kind}__in", found) for kind, found in by_kind.items()), _connector=Q.OR)
    asked = Asking.objects.closed().filter(about, is_of_gone=False).order_by("asked_at") if things else ()
    last = {(each.kind, getattr(each, f"{each.kind}_id")): each for each in asked}
    told = understood(last.values())
    for thing in things:
        asking = last.get((kind_of(thing), thing.pk))
        found = told.get(asking.pk) if asking else None
        found = found if found and found.responses else None
        thing.understood = found
        thing.understood_words = list(asking.asked.public()) if asking and found and found.tells_words else []
        if asking:
            # Read already.
            setattr(asking, asking.kind, thing)
