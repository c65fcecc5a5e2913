"""What waits at the desks for one person: only what their rights let them deal with, in numbers and days.

The first page of the desks and the letters to organizers say the same. They cost the same for a thousand rows and for a
hundred thousand: an index has everything that a number asks for, and no more than `COUNTED_AT_MOST` are counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from outcomes.models import AnswerToCode, Asking, Evidence, Quotation, SharedAnswer
from responses.access.reviewers import reviewers
from responses.models import (
    Conversation,
    Flag,
    KnownLanguage,
    ReadingRequest,
    Recusal,
    Response,
    Translation,
    TranslatorRequest,
)
from responses.models.answer import TO_CODE
from responses.models.recusal import AboutResponses

# The results of a conversation begin to wait so many days before the day by which they are promised.
PROMISE_DAYS = 14
# Rows. Of more it is only said that they are more.
COUNTED_AT_MOST = 1_000


@dataclass(frozen=True)
class Waiting:
    """So much of one kind waits. The templates word it by its kind."""

    kind: str
    number: int  # of rows, at most one more than `COUNTED_AT_MOST`; of the days until the promised day, or since it
    day: date | None = None  # on which the oldest arrived; the promised day
    first: str = ""  # the address of what has waited longest
    everything: str = ""  # the address of their list
    conversation: Conversation | None = None
    unread: str = ""  # the name of the language of the oldest, if nobody who reviews has said that they read it

    @property
    def is_pressing(self) -> bool:
        """Whether it is a reason to write to somebody."""
        return self.number <= PROMISE_DAYS if self.kind == "promise" else self.number > 0

    @property
    def is_more(self) -> bool:
        return self.number > COUNTED_AT_MOST

    @property
    def counted(self) -> int:
        return min(self.number, COUNTED_AT_MOST)

    @property
    def days(self) -> int:
        """For how many days the oldest has waited."""
        return max(0, (timezone.localdate() - self.day).days) if self.day else 0


@dataclass(frozen=True)
class Kind:
    """Something that waits in rows."""

    name: str
    right: str  # that lets somebody deal with it
    rows: Callable[[Any], Any]  # for a user
    day: str  # the field that has the day or moment since when a row waits
    first: Callable[[Any], str]  # the address of a row
    everything: Callable[[Any], str]  # the address of the list, in which a row is the oldest
    then: tuple[str, ...] = ("pk",)  # the order of those that wait since the same day, as an index has it


def _at(name, path="pk", *, query=""):
    """The address of this name for a row. path: attributes of the row whose values stand in it."""
    return lambda row: reverse(name, args=[getattr(row, each) for each in path.split()]) + query


def _list(name, query=""):
    return lambda _row: reverse(name) + query


# In the order in which they are shown.
KINDS = (
    Kind(
        "responses",
        "responses.review_response",
        lambda user: Response.objects.awaiting_review(),
        "submitted_on",
        _at("admin:responses_response_change"),
        _list("admin:responses_response_changelist"),
    ),
    Kind(
        "told_by_readers",
        "responses.review_response",
        lambda user: Flag.objects.open().filter(kind=Flag.Kind.READER),
        "raised_on",
        _at("admin:responses_response_change", "response_id"),
        _list("admin:responses_response_changelist", "?status=all&flag=reader"),
    ),
    Kind(
        "reading_requests",
        "responses.translate_unread",
        lambda user: ReadingRequest.objects.exclude(waits_since=None),
        "waits_since",
        _list("translate_unread"),
        _list("translate_unread"),
    ),
    Kind(
        "translator_requests",
        "responses.change_translatorrequest",
        lambda user: TranslatorRequest.objects.all(),
        "asked_on",
        _at("admin:responses_translatorrequest_change"),
        _list("admin:responses_translatorrequest_changelist"),
    ),
    Kind(
        "translations",
        "responses.review_translation",
        # Nobody reviews what they have translated themselves.
        lambda user: Translation.objects.exclude(to_review_since=None).exclude(translator=user),
        "to_review_since",
        _at("translate_answer", "answer_id language"),
        _at("translate_language", "language"),
    ),
    Kind(
        "to_code",
        "outcomes.add_evidence",
        lambda user: AnswerToCode.objects.to_code(),
        "accepted_on",
        # There the keys work in the words.
        _at("admin:outcomes_answertocode_change", query="#words"),
        _list("admin:outcomes_answertocode_changelist"),
        TO_CODE[1:],
    ),
    Kind(
        "second_readings",
        "outcomes.add_evidence",
        lambda user: SharedAnswer.objects.half_read().not_first_read_by(user),
        "first_finished_at",
        _at("admin:outcomes_answertocode_change", "answer_id", query="#words"),
        _list("admin:outcomes_answertocode_changelist", "?coding=second"),
    ),
    Kind(
        "refused_translations",
        "responses.review_translation",
        lambda user: Translation.objects.exclude(to_replace_since=None),
        "to_replace_since",
        _at("translate_answer", "answer_id language"),
        _at("translate_language", "language"),
    ),
    Kind(
        "refused_quotations",
        "outcomes.delete_quotation",
        lambda user: Quotation.objects.objected(),
        "objected_on",
        _at("admin:outcomes_quotation_change"),
        _list("admin:outcomes_quotation_changelist", "?state=refused"),
    ),
    Kind(
        "lost_marks",
        "outcomes.delete_evidence",
        lambda user: Evidence.objects.to_look_at_by(user),
        "lost_on",
        _at("admin:outcomes_answertocode_change", "answer_id"),
        _list("admin:outcomes_evidence_changelist", "?state=lost"),
    ),
    Kind(
        "reworded_marks",
        "outcomes.delete_evidence",
        lambda user: Evidence.objects.settled().reworded_for(user),
        "reworded_on",
        _at("admin:outcomes_evidence_look_again"),
        _list("admin:outcomes_evidence_changelist", "?revision=again"),
    ),
    Kind(
        "to_agree_on",
        "outcomes.add_evidence",
        lambda user: SharedAnswer.objects.to_agree_on().agreeable_by(user),
        "both_finished_at",
        _at("admin:outcomes_sharedanswer_change"),
        _list("admin:outcomes_sharedanswer_changelist"),
    ),
    Kind(
        "askings",
        "outcomes.change_asking",
        lambda user: Asking.objects.to_act_on(),
        "closes_on",
        _at("admin:outcomes_asking_change"),
        _list("admin:outcomes_asking_changelist", "?state=waits"),
    ),
)
# Each of these lets somebody deal with something that waits.
RIGHTS = (*dict.fromkeys(kind.right for kind in KINDS), "responses.change_conversation", "responses.view_recusal")


def waiting_for(user) -> list[Waiting]:
    """What waits for somebody, in the order in which it is shown. What they have put away is not among it."""
    found = []
    for kind in KINDS:
        if user.has_perm(kind.right) and (waiting := _look(kind, user)):
            found.append(waiting)
        if kind.name == "responses" and user.has_perm("responses.view_recusal"):
            found += _for_nobody()
    if user.has_perm("responses.change_conversation"):
        promised = Conversation.objects.exclude(results_by=None).order_by("results_by")
        found += [_promise(each) for each in promised if not each.has_results]
    return found


def _look(kind, user) -> Waiting | None:
    rows = kind.rows(user)
    if isinstance(rows, AboutResponses):
        rows = rows.not_recused_by(user)
    number = rows.order_by().values(kind.day)[: COUNTED_AT_MOST + 1].count()
    # It may have been dealt with at this very moment.
    first = rows.order_by(kind.day, *kind.then).first() if number else None
    if first is None:
        return None
    since = getattr(first, kind.day)
    return Waiting(
        kind.name,
        number,
        timezone.localdate(since) if isinstance(since, datetime) else since,
        kind.first(first),
        kind.everything(first),
        unread=_unread(first) if kind.name == "responses" else "",
    )


def _unread(response) -> str:
    """The language of a response, if nobody can be expected to read it and no translation was asked for."""
    here = get_language() or ""
    read = KnownLanguage.objects.filter(user__in=reviewers(), reads=True, language=response.language)
    is_read = response.language == here or read.exists() or response.reading_requests.exists()
    return "" if is_read else response.written_in.name_in(here)


def _for_nobody() -> list[Waiting]:
    """What everybody who could review it has put away."""
    waiting = Response.objects.awaiting_review().without_reader(reviewers())
    number = waiting.values("submitted_on")[: COUNTED_AT_MOST + 1].count()
    address = reverse(f"admin:{Recusal._meta.app_label}_{Recusal._meta.model_name}_changelist")
    return [Waiting("for_nobody", number, first=address, everything=address)] if number else []


def _promise(conversation) -> Waiting:
    address = reverse("admin:responses_conversation_change", args=[conversation.pk])
    where = {"first": address, "everything": reverse("admin:responses_conversation_changelist")}
    if late := conversation.days_late:
        return Waiting("broken_promise", late, conversation.results_by, conversation=conversation, **where)
    left = max(0, (conversation.results_by - timezone.localdate()).days)
    return Waiting("promise", left, conversation.results_by, conversation=conversation, **where)
