"""What became of a response: told to its author, day by day."""

from dataclasses import dataclass
from datetime import date

from outcomes.models import Evidence, Quotation
from responses.models import Response, Translation


@dataclass(frozen=True)
class Happening:
    """One thing that became of a response. The templates word it by its kind."""

    kind: str  # received, changed, declined, accepted, translated, evidence, quoted, note
    day: date
    about: Translation | Evidence | Quotation | None = None

    @property
    def id(self) -> str:
        """Identifies the happening in `Contact.told`, so it must never change."""
        return f"{self.kind}:{self.about.pk if self.about else self.day}"

    @property
    def is_news(self) -> bool:
        """Whether somebody else did it: authors know what they did themselves."""
        return self.kind not in ("received", "changed")


def happenings(response: Response) -> list[Happening]:
    """All that became of a response so far, oldest first. Empty if it was withdrawn."""
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
    if response.is_published:
        found += [
            Happening("translated", (each.reviewed_at or each.created_at).date(), each)
            for each in translations_of(response)
        ]
        found += [Happening("evidence", each.created_at.date(), each) for each in evidence_of(response)]
        found += [Happening("quoted", each.quoted_at.date(), each) for each in quotations_of(response)]
    order = ("received", "changed", "declined", "accepted", "translated", "evidence", "quoted", "note")
    return sorted(found, key=lambda each: (each.day, order.index(each.kind)))


def translations_of(response):
    """Translations of the present answers that are public, will be, or that the author has objected to."""
    found = Translation.objects.for_author().filter(answer__response=response).with_credit()
    return found.select_related("answer__question", "answer__response").order_by("created_at", "pk")


def evidence_of(response):
    return (
        Evidence.objects.published()
        .once()
        .filter(answer__response=response)
        .select_related("problem", "answer__response")
        .order_by("created_at", "pk")
        .with_wordings()
    )


def quotations_of(response):
    """Quotations whose passage is still in the answer, public or not yet."""
    found = Quotation.objects.filter(evidence__in=Evidence.objects.published().filter(answer__response=response))
    return found.select_related(
        "clause__statement", "evidence__answer__response", "evidence__translation__answer"
    ).order_by("quoted_at", "pk")
