"""Who did what with a response, when and why, for the desks. Nothing in it is anybody's words about the questions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone

from responses.models import Flag, Mask, ReadingAid, Translation, Verdict
from responses.models.mask import as_author_wrote
from responses.models.sharing import Sharing
from responses.numbers_no_row_has import is_id

# Deeds on one page; and of what may have many, because the database looks up what each of them is about.
PAGE, PAGE_OF_MANY = 50, 15
# What one request stores is stored within so short a time.
_AT_ONCE = timedelta(seconds=10)
# The rights that it takes to be told of a deed, beside that to see the row. Who translated is told to everybody there.
REVIEW = "responses.view_response"

# Where a deed stands in a list: (moment, kind, key).
type Cursor = tuple[datetime, str, int]


@dataclass(frozen=True)
class Deed:
    """Something that somebody did. The templates word it by its kind."""

    # received, changed, replied, withdrawn, accepted, declined, asked, undone, masked, unmasked, flagged, looked_at,
    # read_for, translated, translation_reviewed, translation_refused, logged; those of `outcomes.history`
    kind: str
    at: datetime  # of what respondents do, the beginning of the day: no more is kept
    key: int  # of the row, so that no two deeds have one place
    who: Any = None  # the user; None if the account is gone, or if it was none of the staff
    by: str = ""  # who, if not a user: author, reader, machine, portal
    why: str = ""  # in own words of whoever did it
    about: Any = None
    right: str = ""  # see `REVIEW`
    answers: frozenset[int] = frozenset()  # the keys of those that it concerns; empty: the whole response

    @property
    def place(self) -> Cursor:
        return self.at, self.kind, self.key

    @property
    def is_day(self) -> bool:
        """Whether only its day is known."""
        return self.by in ("author", "reader", "portal")


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def page_of(deeds: Iterable[Deed], before: Cursor | None, size: int = PAGE) -> tuple[list[Deed], str]:
    """The newest deeds before a place, and the place of the last of them for an address; "" if none are older."""
    found = sorted((each for each in deeds if before is None or each.place < before), key=lambda each: each.place)
    shown = found[::-1][:size]
    return shown, _as_text(shown[-1].place) if len(found) > size else ""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _as_text(place: Cursor) -> str:
    at, kind, key = place
    return f"{(at - _EPOCH) // timedelta(microseconds=1)}.{kind}.{key}"


def place_in(address: str) -> Cursor | None:
    """The place that an address says; None if it says none, so that the page begins with the newest."""
    moment, _dot, rest = address.partition(".")
    kind, _dot, key = rest.partition(".")
    try:
        return (_EPOCH + timedelta(microseconds=int(moment)), kind, int(key)) if is_id(key) else None
    except (ValueError, OverflowError):
        return None


def deeds_about(response) -> list[Deed]:
    """All that its author, reviewers and translators did. Of a withdrawn response, only that and when it was."""
    if response.is_withdrawn:
        return [Deed("withdrawn", start_of(response.withdrawn_on), response.pk, by="author")]
    answers = {each.question.slug: each for each in response.answers.select_related("question", "authors_words")}
    return [
        *_of_author(response, answers),
        *_decisions(response),
        *_masks(response),
        *_flags(response),
        *_translations(response),
    ]


def are_at_once(one: datetime, other: datetime) -> bool:
    return abs(one - other) <= _AT_ONCE


# --- Its author ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """How its author changed a response: by lengths, in characters, and never by words."""

    # [(slug of the question, length before, length after)]; 0: there was no answer, or there is none any more.
    lengths: list[tuple[str, int, int]] = field(default_factory=list)
    sharing: tuple[str, str] | None = None  # (before, after), as people choose it
    language: tuple[str, str] | None = None  # codes
    is_noted_otherwise: bool = False  # the content note


def _of_author(response, answers):
    if response.started_on:
        yield Deed("received", start_of(response.started_on), response.pk, by="author")
    versions = sorted(response.versions.all(), key=lambda each: each.number)
    states = [*map(_state_of_version, versions), _present_state(response, answers)]
    for version, (before, after) in zip(versions, pairwise(states), strict=True):
        change, slugs = _change(before, after), {slug for slug, *_lengths in _lengths(before, after)}
        about = frozenset(answers[slug].pk for slug in slugs if slug in answers)
        yield Deed("changed", start_of(version.replaced_on), version.pk, by="author", about=change, answers=about)
    for each in response.inquiries.all():
        if each.reply and each.replied_on:
            yield Deed("replied", start_of(each.replied_on), each.pk, by="author", right=REVIEW)


def _state_of_version(version):
    own = version.authors_answers
    told = {slug: own.get(slug, text) for slug, text in version.answers.items()}
    note = (version.content_kinds, own.get("content_note", version.content_note))
    return told, version.sharing, version.language, note


def _present_state(response, answers):
    told = {slug: each.authors_text for slug, each in answers.items()}
    note = (response.content_kinds, as_author_wrote(response, "content_note"))
    return told, response.sharing, response.language, note


def _lengths(before, after) -> list[tuple[str, int, int]]:
    was, now = before[0], after[0]
    slugs = sorted({*was, *now})
    return [(slug, len(was.get(slug, "")), len(now.get(slug, ""))) for slug in slugs if was.get(slug) != now.get(slug)]


def _change(before, after) -> Change:
    _told, sharing, language, note = before
    _told, sharing_now, language_now, note_now = after
    labels = str(Sharing(sharing).label), str(Sharing(sharing_now).label)
    return Change(
        _lengths(before, after),
        labels if sharing != sharing_now else None,
        (language, language_now) if language != language_now else None,
        note != note_now,
    )


# --- Reviewers ----------------------------------------------------------------------------------------------------


def _decisions(response):
    verdicts = list(Verdict.objects.filter(response=response).select_related("declined_for", "made_by", "undone_by"))
    for each in verdicts:
        why = {"why": each.decline_reason, "about": each, "right": REVIEW}
        yield Deed(each.status, each.made_at, each.pk, each.made_by, **why)
        if each.undone_at:
            yield Deed("undone", each.undone_at, each.pk, each.undone_by, about=each, right=REVIEW)
    # A command decides without a reviewer.
    days = {"accepted": response.accepted_on, "declined": response.declined_on}
    for kind, day in days.items():
        if day and not any(each.status == kind and not each.undone_at for each in verdicts):
            why = {"why": response.decline_reason, "about": response} if kind == "declined" else {}
            yield Deed(kind, start_of(day), response.pk, by="portal", right=REVIEW, **why)


def _masks(response):
    """What was hidden at once, maybe in several places, is one deed."""
    masks = Mask.objects.filter(answer__response=response).select_related("masked_by")

    def at_once(mask):
        return mask.masked_at, mask.reason, mask.masked_by_id or 0

    for (at, reason, _by), group in groupby(sorted(masks, key=at_once), at_once):
        places = sorted(group, key=lambda each: each.pk)
        answers = frozenset(each.answer_id for each in places)
        yield Deed("masked", at, places[0].pk, places[0].masked_by, why=reason, right=REVIEW, answers=answers)
    for each in response.masks_taken_back.select_related("masked_by"):
        yield Deed("masked", each.masked_at, each.pk, each.masked_by, why=each.reason, right=REVIEW)
        yield Deed("unmasked", each.taken_back_at, each.pk, each.masked_by, right=REVIEW)


def _flags(response):
    flags = list(response.flags.select_related("ticked_off_by"))
    for each in flags:
        by = "reader" if each.kind == Flag.Kind.READER else "portal"
        yield Deed("flagged", start_of(each.raised_on), each.pk, by=by, about=each, right=REVIEW)

    def at_once(flag):
        return flag.ticked_off_at, flag.ticked_off_by_id or 0

    for (at, _by), group in groupby(sorted((each for each in flags if each.ticked_off_at), key=at_once), at_once):
        looked_at = list(group)
        kinds = list(dict.fromkeys(each.get_kind_display() for each in looked_at))
        first = looked_at[0]
        yield Deed("looked_at", at, first.pk, first.ticked_off_by, about=kinds, right=REVIEW)


# --- Translators --------------------------------------------------------------------------------------------------


def _translations(response):
    made = Translation.objects.filter(answer__response=response).defer("text", "source_text", "note", "objection")
    for each in made.select_related("translator", "reviewer", "answer__question"):
        of = {"about": each, "answers": frozenset([each.answer_id])}
        by = {Translation.Origin.MACHINE: "machine", Translation.Origin.AUTHOR: "author"}.get(each.origin, "")
        yield Deed("translated", each.created_at, each.pk, each.translator, by=by, **of)
        # One in which words were hidden has a moment, and nobody has reviewed it.
        if each.reviewed_at and (each.reviewer or each.is_reviewed):
            yield Deed("translation_reviewed", each.reviewed_at, each.pk, each.reviewer, **of)
        if each.objected_on:
            yield Deed("translation_refused", start_of(each.objected_on), each.pk, by="author", **of)
    aids = ReadingAid.objects.filter(answer__response=response).defer("text", "source_text")
    for each in aids.select_related("translator", "answer__question"):
        of = {"about": each, "answers": frozenset([each.answer_id]), "right": REVIEW}
        by = "machine" if each.by_machine else ""
        yield Deed("read_for", each.created_at, each.pk, each.translator, by=by, **of)
