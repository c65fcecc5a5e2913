"""What became of a response and of its conversation: told to its author, day by day, and to those who wait for it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from outcomes.models import Asked, Evidence, Quotation
from outcomes.models.asking import publishing_of
from responses.models import (
    Contact,
    Conversation,
    Decision,
    Inquiry,
    Mask,
    MovedPromise,
    Response,
    Subscription,
    Translation,
)
from responses.models.contact import id_of_news

# What happened to a conversation, and not to one response. "open" is for people without a response only.
_OF_CONVERSATION = ("moved", "results", "open", "next")


@dataclass(frozen=True)
class Happening:
    """One thing that became of a response. The templates word it by its kind."""

    # received, changed, asked, declined, accepted, hidden, translated, evidence, quoted, understood (asked back),
    # published (what was asked), note, moved, results, open, next
    kind: str
    day: date
    about: Inquiry | Mask | Translation | Evidence | Quotation | Asked | MovedPromise | Conversation | None = None
    moved_to: date | None = None  # of a promise that has moved: the day that was promised then

    @property
    def id(self) -> str:
        # The row of a mask is another one after each edit.
        about = self.about.masked_at if isinstance(self.about, Mask) else self.about
        return id_of_news(self.kind, about or self.day)

    @property
    def is_news(self) -> bool:
        """Whether somebody else did it: authors know what they did themselves, and what they have replied to."""
        if isinstance(self.about, Inquiry):
            return self.about.is_open
        return self.kind not in ("received", "changed")

    @property
    def is_of_conversation(self) -> bool:
        return self.kind in _OF_CONVERSATION


def happenings(response: Response) -> list[Happening]:
    """All that became of a response since it was received, oldest first. Empty if it was withdrawn."""
    if response.is_withdrawn:
        return []
    days = {
        "received": response.started_on,
        "declined": response.declined_on,
        "note": response.noted_on,
        "accepted": response.accepted_on,
    }
    found = [Happening(kind, day) for kind, day in days.items() if day]
    changed = {version.replaced_on for version in response.versions.all()}
    if response.submitted_on and response.submitted_on != response.started_on:
        changed.add(response.submitted_on)
    found += [Happening("changed", day) for day in changed]
    found += [Happening("asked", each.asked_on, each) for each in response.inquiries.all()]
    # What was hidden at once, maybe in several places.
    hidden = {each.masked_at: each for each in Mask.objects.filter(answer__response=response)}
    found += [Happening("hidden", timezone.localdate(at), each) for at, each in hidden.items()]
    if response.is_published:
        found += [
            Happening("translated", timezone.localdate(each.reviewed_at or each.created_at), each)
            for each in translations_of(response)
        ]
        found += [Happening("evidence", timezone.localdate(each.settled_at), each) for each in evidence_of(response)]
        found += [Happening("quoted", timezone.localdate(each.quoted_at), each) for each in quotations_of(response)]
    found += _of_askings(response)
    found += _of_conversation(response)
    order = (
        "received",
        "changed",
        "asked",
        "declined",
        "accepted",
        "hidden",
        "translated",
        "evidence",
        "quoted",
        "understood",
        "published",
        "note",
        *_OF_CONVERSATION,
    )
    # A sheet of paper may arrive late: what happened to its conversation before is told after "received".
    received = response.started_on or date.min
    return sorted(found, key=lambda each: (max(each.day, received), order.index(each.kind)))


def _of_askings(response):
    """That its author was asked back, and that what was asked was published."""
    for each in asked_back(response):
        yield Happening("understood", each.asking.asked_on, each)
        if each.asking.is_published:
            published = timezone.localdate(publishing_of(each.asking.thing))
            yield Happening("published", published, each)


def asked_back(response):
    """All that an author was asked back, the latest first."""
    return Asked.objects.filter(response=response).with_things().order_by("-asking__asked_at", "pk")


def _of_conversation(response):
    """What happened to its conversation since it was sent, and the conversation after that."""
    conversation = response.conversation
    for moved, moved_to in conversation.moves:
        # On the day of sending, its author may have been promised the new day already.
        is_known = moved.moved_on == response.started_on and moved_to == response.results_by
        # Once the results are out, no day promises them any more.
        is_idle = conversation.has_results and moved.moved_on >= conversation.results_on
        if moved.moved_on >= response.started_on and not is_known and not is_idle:
            yield Happening("moved", moved.moved_on, moved, moved_to)
    if conversation.has_results:
        yield _results_of(conversation)
    if following := conversation.open_successor:
        yield _opening_of(following)


def _results_of(conversation):
    return Happening("results", conversation.results_on, conversation)


def _opening_of(following):
    return Happening("next", following.opens_on, following)


def happenings_untold(contact: Contact) -> list[Happening]:
    """What its reader was not told by mail, and had not seen on the page of the response when they left the address.

    What happens to a conversation is known by its id and never by its day, which organizers may enter later. As long as
    a decision about the response can be undone, nothing of the response is told; nor are hidden words that can be shown
    again. That its author is asked back has a mail of its own (`outcomes.asking_mail`).
    """
    found = [each for each in happenings(contact.response) if each.is_news and each.kind != "understood"]
    found = [each for each in found if not contact.knows(each.id)]
    found = [each for each in found if not (isinstance(each.about, Mask) and each.about.can_be_taken_back)]
    can_be_undone = Decision.objects.undoable().filter(response=contact.pk).exists()
    return [each for each in found if each.is_of_conversation or (each.day >= contact.left_on and not can_be_undone)]


def results_taken_back(contact: Contact) -> list[str]:
    """The ids of results that its reader has heard of and that are out no longer: their conversation goes on."""
    conversation = contact.response.conversation
    results = id_of_news("results", conversation)
    return [results] if contact.knows(results) and not conversation.has_results else []


@dataclass(frozen=True)
class PromiseMoved:
    """The day by which results are promised has moved since its reader was promised `before`."""

    before: date
    moves: list[MovedPromise]

    @property
    def conversation(self) -> Conversation:
        return self.moves[0].conversation

    def is_news(self, today: date) -> bool:
        """Whether there is something to tell: what was moved to and fro comes to nothing.

        A slip that is mended on the same day moves no promised day, and nothing is promised once results are out.
        """
        is_certain = all(each.moved_on < today for each in self.moves)
        return is_certain and self.before != self.conversation.results_by and not self.conversation.has_results


def promises_moved(told: list[tuple[Happening, Response]], today: date) -> list[PromiseMoved]:
    """What moves of promised days come to, by conversation. told: those of all responses of one reader."""
    found: dict[int, dict[MovedPromise, date]] = {}
    for each, response in told:
        if isinstance(each.about, MovedPromise):
            before = each.about.results_by
            # Of that day, its author may have been promised what was a slip.
            if each.about.moved_on == response.started_on and response.results_by:
                before = response.results_by
            found.setdefault(each.about.conversation.pk, {}).setdefault(each.about, before)
    promises = []
    for days in found.values():
        moves = sorted(days, key=lambda each: each.moved_on)
        promises.append(PromiseMoved(days[moves[0]], moves))
    return [each for each in promises if each.is_news(today)]


def happenings_awaited(subscription: Subscription) -> list[Happening]:
    """What somebody without a response waits for, and has happened. Its kinds are values of `Awaited`."""
    conversation = subscription.conversation
    found = [_results_of(conversation)] if conversation.has_results else []
    if conversation.is_open:
        found.append(Happening("open", conversation.opens_on, conversation))
    if following := conversation.open_successor:
        found.append(_opening_of(following))
    return [each for each in found if each.kind in subscription.awaits]


def translations_of(response):
    """Translations of the present answers that are public, will be, or that the author has objected to."""
    found = Translation.objects.for_author().filter(answer__response=response).with_credit()
    return found.select_related("answer__question", "answer__response").order_by("created_at", "pk")


def evidence_of(response):
    return (
        Evidence.objects.published()
        .once()
        .filter(answer__response=response)
        .select_related("problem", "solution", "answer__response")
        .with_settled_at()
        .order_by("created_at", "pk")
        .with_wordings()
    )


def quotations_of(response):
    """Quotations whose passage is still in the answer, public or not yet."""
    found = Quotation.objects.filter(evidence__in=Evidence.objects.published().filter(answer__response=response))
    return found.select_related(
        "clause__statement", "evidence__answer__response", "evidence__translation__answer"
    ).order_by("quoted_at", "pk")
