"""A conversation, its days, and the promise of results."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from responses.models import Conversation, Draft, Question

from .factories import change_current, make_conversation, make_gathering, make_response, submit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "name"),
    [
        ({"closes_on": date(2026, 2, 28)}, "conversation_closes_after_it_opens"),
        ({"results_by": date(2026, 6, 1)}, "conversation_promises_results_after_closing"),
        (
            {"closes_on": date(2026, 5, 1), "results_by": date(2026, 5, 1)},
            "conversation_promises_results_after_closing",
        ),
        ({"results_on": date(2026, 6, 1)}, "conversation_has_results_after_closing"),
        ({"closes_on": date(2026, 5, 1), "results_on": date(2026, 4, 30)}, "conversation_has_results_after_closing"),
    ],
)
def test_days_that_make_no_sense_are_not_stored_and_a_form_says_why(days, name):
    conversation = make_conversation(opens_on=date(2026, 3, 1))

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk).update(**days)
    for field, day in days.items():
        setattr(conversation, field, day)
    with pytest.raises(ValidationError) as refusal:
        conversation.validate_constraints()

    assert [message.endswith(".") and "Constraint" not in message for message in refusal.value.messages] == [True]


def test_a_conversation_of_one_day_is_possible():
    make_conversation(opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 1), results_by=date(2026, 3, 2))


def test_two_conversations_are_never_current():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_conversation(is_current=True)


@pytest.mark.parametrize("closes_on", [None, date(2026, 3, 9), date(2026, 3, 10)])
def test_the_next_one_becomes_current_only_when_the_present_one_is_over(clock, closes_on):
    present, other = change_current(closes_on=closes_on), make_conversation("next")
    is_over = closes_on == date(2026, 3, 9)
    clock("2026-03-10")

    if is_over:
        clock("2026-03-11")
        other.make_current()
    else:
        with pytest.raises(ValidationError, match="still the current"):
            other.make_current()

    assert Conversation.objects.current() == (other if is_over else present)


def touch(conversation, how):
    if how == "draft":
        Draft.objects.keep("a" * 26, {"meaning": "Watu."}, conversation=conversation)
    elif how == "gathering":
        make_gathering(conversation=conversation)
    elif how:
        response = make_response(conversation=conversation)
        if how == "withdrawn":
            response.withdraw()


@pytest.mark.parametrize("first_day", ["past", "2026-03-10", "2026-04-01"])
@pytest.mark.parametrize("touched", [None, "gathering", "response", "withdrawn", "draft"])
def test_one_that_was_made_current_by_mistake_makes_way_as_long_as_nobody_has_done_anything_in_it(
    clock, touched, first_day
):
    change_current(closes_on=date(2026, 3, 1))
    # Its first day has passed already, so that today becomes its first day.
    opens_on = date(2026, 3, 2) if first_day == "past" else date.fromisoformat(first_day)
    slip, other = make_conversation("slip", opens_on=opens_on), make_conversation("other")
    slip.make_current()
    touch(slip, touched)

    if touched:
        with pytest.raises(ValidationError, match="still the current"):
            other.make_current()
    else:
        other.make_current()

    assert Conversation.objects.current() == (slip if touched else other)


def test_on_the_day_after_its_first_one_people_have_relied_on_its_last_day(clock):
    change_current(closes_on=date(2026, 3, 1))
    slip, other = make_conversation("slip", opens_on=date(2026, 3, 10)), make_conversation("other")
    slip.make_current()
    clock("2026-03-11")

    with pytest.raises(ValidationError, match="still the current"):
        other.make_current()

    assert Conversation.objects.current() == slip


@pytest.mark.parametrize(("hour", "is_in_time"), [(11, True), (12, False)])
def test_its_first_day_ends_when_it_has_ended_everywhere(clock, hour, is_in_time):
    change_current(closes_on=date(2026, 3, 1))
    make_conversation("slip", opens_on=date(2026, 3, 10)).make_current()
    clock("2026-03-11", hour)

    assert Conversation.objects.current().is_slip == is_in_time


def test_one_whose_last_day_is_before_the_first_day_that_it_would_get_does_not_become_current(clock):
    present = change_current(closes_on=date(2026, 3, 1))
    # By UTC it is the 12th; in the west the 11th goes on.
    other = make_conversation("next", opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 11))
    clock("2026-03-12", hour=5)

    with pytest.raises(ValidationError, match="Today would become its first day, but its last day is earlier"):
        other.make_current()

    assert (Conversation.objects.current(), other.stage) == (present, "planned")


@pytest.mark.parametrize(("hour", "opens_on"), [(11, date(2026, 3, 11)), (12, date(2026, 3, 12))])
def test_a_first_day_that_has_not_ended_everywhere_stays(clock, hour, opens_on):
    change_current(closes_on=date(2026, 3, 1))
    other = make_conversation("next", opens_on=date(2026, 3, 11))
    clock("2026-03-12", hour)

    other.make_current()

    assert Conversation.objects.current().opens_on == opens_on


def test_the_earlier_one_is_current_again_as_it_was_and_opens_only_with_a_later_last_day(clock):
    before = change_current(closes_on=date(2026, 3, 8), results_by=date(2026, 5, 1))
    response = make_response(conversation=before)
    Draft.objects.keep("a" * 26, {"meaning": "Watu."}, conversation=before)
    slip = make_conversation("slip", opens_on=date(2026, 3, 2))
    as_it_was = Conversation.objects.values().get(pk=before.pk)
    slip.make_current()

    before.refresh_from_db()
    before.make_current()

    assert Conversation.objects.values().get(pk=before.pk) == as_it_was
    now = Conversation.objects.current()
    assert (now.stage, now.takes_drafts, [*now.responses.all()]) == ("closed", True, [response])
    Conversation.objects.filter(pk=now.pk).update(closes_on=date(2026, 3, 20))
    assert Conversation.objects.current().stage == "open"


def test_one_that_was_open_before_keeps_its_first_day_even_if_nobody_has_sent_anything_yet(clock):
    before = change_current(closes_on=date(2026, 3, 8))
    Draft.objects.keep("a" * 26, {"meaning": "Watu."}, conversation=before)
    make_conversation("slip", opens_on=date(2026, 3, 2)).make_current()
    Conversation.objects.filter(pk=before.pk).update(closes_on=date(2026, 3, 20))

    before = Conversation.objects.get(pk=before.pk)
    before.make_current()

    assert Conversation.objects.current().opens_on == date(2026, 1, 10)


@pytest.mark.parametrize("opens_on", ["2026-02-01", "2026-03-10", "2026-03-11"])
def test_one_that_was_made_current_by_mistake_has_not_had_its_turn_whatever_opens_in_its_place(clock, opens_on):
    before = change_current(closes_on=date(2026, 3, 1))
    slip = make_conversation("slip", opens_on=date(2026, 3, 2))
    slip.make_current()
    other = make_conversation("other", opens_on=date.fromisoformat(opens_on))
    touch(other, "response" if opens_on == "2026-02-01" else None)

    other.make_current()

    slip, before = Conversation.objects.get(pk=slip.pk), Conversation.objects.get(pk=before.pk)
    assert (slip.opens_on, slip.stage, slip.is_open, slip.takes_drafts) == (date(2026, 3, 10), "planned", False, False)
    assert (before.next, other.previous, slip.has_made_way) == (other, before, False)


def test_words_that_are_sent_while_it_makes_way_are_kept_and_can_be_taken_to_the_current_one(client, clock):
    change_current(closes_on=date(2026, 3, 1))
    slip, other = make_conversation("slip", opens_on=date(2026, 3, 2)), make_conversation("other")
    slip.make_current()
    typed = {"conversation": "slip", "submission": "6b1f0a52-7d7e-4a3f-9d6e-1e6b8f1f7c55", "complete": "yes"}
    other.make_current()

    kept = client.post("/en/respond/?send", typed | {"language": "sw", "meaning": "Watu.", "action": "send"})

    draft = Draft.objects.get()
    assert kept.url.startswith("/en/my-draft/")
    assert (draft.conversation, draft.typed["meaning"], draft.next_conversation) == (slip, "Watu.", other)


def test_no_form_belongs_to_a_conversation_that_was_held_elsewhere(client, clock):
    elsewhere = make_conversation("elsewhere", page="https://example.org/", opens_on=date(2017, 11, 3))
    typed = {"conversation": "elsewhere", "submission": "6b1f0a52-7d7e-4a3f-9d6e-1e6b8f1f7c55", "complete": "yes"}

    client.post("/en/respond/?send", typed | {"language": "sw", "meaning": "Watu.", "action": "save"})

    assert Draft.objects.get().conversation == Conversation.objects.current()
    assert elsewhere.is_untouched


def test_a_draft_in_one_that_has_never_been_current_does_not_say_that_people_could_answer_in_it(clock):
    change_current(closes_on=date(2026, 3, 1))
    other = make_conversation("other", opens_on=date(2026, 3, 2))
    touch(other, "draft")

    other.make_current()

    assert Conversation.objects.current().opens_on == date(2026, 3, 10)


def test_one_that_asks_nothing_does_not_become_current(clock):
    change_current(closes_on=date(2026, 3, 1))

    with pytest.raises(ValidationError):
        make_conversation("empty", questions=()).make_current()


@pytest.mark.parametrize(
    ("days", "answered", "opens_on"),
    [
        ({"opens_on": date(2026, 3, 2)}, False, date(2026, 3, 10)),
        ({"opens_on": date(2026, 3, 2), "closes_on": date(2026, 3, 10)}, False, date(2026, 3, 10)),
        ({"opens_on": date(2026, 3, 2)}, True, date(2026, 3, 2)),
        ({"opens_on": date(2026, 3, 20)}, False, date(2026, 3, 20)),
    ],
)
def test_one_that_is_made_current_after_its_first_day_opens_today_unless_people_have_answered(
    clock, days, answered, opens_on
):
    change_current(closes_on=date(2026, 3, 1))
    other = make_conversation("next", **days)
    if answered:
        make_response(conversation=other)

    other.make_current()

    assert (other.opens_on, Conversation.objects.current().opens_on) == (opens_on, opens_on)


def test_drafts_can_be_finished_until_a_later_last_day_also_when_another_is_current(clock):
    before = change_current(closes_on=date(2026, 3, 1))
    make_conversation("next", opens_on=date(2026, 3, 9)).make_current()
    takes = {}
    for day in (date(2026, 3, 2), date(2026, 3, 3), date(2026, 4, 1)):
        Conversation.objects.filter(pk=before.pk).update(closes_on=day)
        takes[day] = Conversation.objects.get(pk=before.pk).takes_drafts

    assert takes == {date(2026, 3, 2): False, date(2026, 3, 3): True, date(2026, 4, 1): True}


def test_making_the_current_one_current_changes_nothing():
    current = Conversation.objects.current()

    current.make_current()

    assert Conversation.objects.current() == current


def test_a_question_with_answers_stays_and_others_can_be_taken_out():
    conversation = make_conversation("next")
    make_response({"needs": "Mtandao."}, conversation=conversation)
    make_response({"meaning": "Watu."})
    Draft.objects.keep("a" * 26, {"resources": "Vitabu."}, conversation=conversation)

    conversation.check_questions(Question.objects.filter(slug="needs"))
    with pytest.raises(ValidationError, match="What specific needs"):
        conversation.check_questions(Question.objects.exclude(slug="needs"))


def test_questions_of_withdrawn_answers_can_be_taken_out():
    make_response({"needs": "Mtandao."}).withdraw()

    Conversation.objects.current().check_questions(Question.objects.filter(slug="meaning"))


def test_a_conversation_that_was_deleted_meanwhile_is_not_stored_once_more():
    conversation = make_conversation("next")
    Conversation.objects.get(pk=conversation.pk).delete()

    with pytest.raises(ValidationError, match="Somebody else has deleted this meanwhile, so it was not saved."):
        conversation.store()

    assert not Conversation.objects.filter(slug="next").exists()


def promise(conversation, day, **how):
    conversation.results_by = date.fromisoformat(day) if day else None
    conversation.store(**how)


def moved(conversation):
    return list(conversation.moved_promises.values_list("results_by", "moved_on", "reason_en"))


def test_a_promise_that_moves_is_kept_with_the_day_and_the_reason(clock):
    conversation = change_current(closes_on=date(2026, 3, 31))
    promise(conversation, "2026-05-01")
    assert moved(conversation) == []

    clock("2026-04-02")
    promise(conversation, "2026-06-01", reason="Two of us are ill.")
    clock("2026-05-20")
    promise(conversation, None, reason="Nobody is left.")

    assert moved(conversation) == [
        (date(2026, 5, 1), date(2026, 4, 2), "Two of us are ill."),
        (date(2026, 6, 1), date(2026, 5, 20), "Nobody is left."),
    ]


def test_a_promise_does_not_move_without_a_reason(clock):
    conversation = change_current(closes_on=date(2026, 3, 31))
    promise(conversation, "2026-05-01")
    clock("2026-03-11")

    with pytest.raises(ValidationError, match="Say why"):
        promise(conversation, "2026-06-01")

    conversation.refresh_from_db()
    assert (conversation.results_by, moved(conversation)) == (date(2026, 5, 1), [])


def test_a_slip_that_is_mended_on_the_same_day_is_no_moved_promise(clock):
    conversation = change_current(closes_on=date(2026, 3, 31))
    promise(conversation, "2026-05-01")
    clock("2026-04-02")

    promise(conversation, "2062-05-01", reason="A slip.")
    promise(conversation, "2026-05-11", reason="One of us is ill.")
    assert moved(conversation) == [(date(2026, 5, 1), date(2026, 4, 2), "One of us is ill.")]
    promise(conversation, "2026-05-01", reason="As it was.")

    assert moved(conversation) == []


def test_so_is_a_slip_in_the_first_promise_and_in_the_first_one_after_it_was_taken_back(clock):
    made = Conversation(slug="made", title="Made", opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 31))
    for conversation in (change_current(closes_on=date(2026, 3, 31)), made):
        promise(conversation, "2062-05-01")
        promise(conversation, None)
        promise(conversation, "2026-05-01")
        assert moved(conversation) == []

    clock("2026-04-02")
    promise(conversation, None, reason="Nobody is left.")
    clock("2026-04-03")
    promise(conversation, "2062-06-01")
    promise(conversation, "2026-06-01")

    assert moved(conversation) == [(date(2026, 5, 1), date(2026, 4, 2), "Nobody is left.")]


def test_a_first_promise_that_was_given_to_somebody_with_a_response_is_no_slip(clock):
    conversation = change_current(closes_on=date(2026, 3, 31))
    promise(conversation, "2062-05-01")
    submit(conversation=conversation)

    with pytest.raises(ValidationError, match="Say why"):
        promise(conversation, "2026-05-01")
    promise(conversation, "2026-05-01", reason="A slip.")

    assert moved(conversation) == [(date(2062, 5, 1), date(2026, 3, 10), "A slip.")]


def test_a_moved_day_that_somebody_was_promised_is_moved_back_only_the_next_day_and_with_a_reason(clock):
    conversation = change_current(closes_on=date(2026, 3, 31))
    promise(conversation, "2026-05-01")
    submit(conversation=conversation)
    clock("2026-03-11")
    promise(conversation, "2026-06-01", reason="A slip.")
    submit(conversation=conversation, on=date(2026, 3, 11))

    with pytest.raises(ValidationError, match="Wait until tomorrow"):
        promise(conversation, "2026-05-01")
    for third in ("2026-07-01", None):
        promise(conversation, third, reason="Once more.")
        with pytest.raises(ValidationError, match="Wait until tomorrow"):
            promise(conversation, "2026-05-01")
        conversation.refresh_from_db()
    promise(conversation, "2026-06-01", reason="A slip.")
    clock("2026-03-12")
    with pytest.raises(ValidationError, match="Say why"):
        promise(conversation, "2026-05-01")
    promise(conversation, "2026-05-01", reason="It was a slip.")

    assert moved(conversation) == [
        (date(2026, 5, 1), date(2026, 3, 11), "A slip."),
        (date(2026, 6, 1), date(2026, 3, 12), "It was a slip."),
    ]


def test_a_day_that_moved_to_and_fro_today_does_not_become_a_first_promise(clock):
    conversation = change_current(closes_on=date(2026, 3, 31))
    promise(conversation, "2026-05-01")
    clock("2026-04-02")
    promise(conversation, "2062-05-01", reason="A slip.")
    promise(conversation, "2026-05-01")

    with pytest.raises(ValidationError, match="Say why"):
        promise(conversation, "2026-06-01")


def test_a_promise_that_is_taken_back_and_given_again_on_the_same_day_has_not_moved(clock):
    conversation = change_current(closes_on=date(2026, 3, 31))
    promise(conversation, "2026-05-01")
    clock("2026-04-02")

    promise(conversation, None, reason="No day any more.")
    promise(conversation, "2026-05-01")

    assert moved(conversation) == []


def test_what_was_promised_on_the_day_of_sending_stays_with_the_response(clock):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    early = submit(conversation=conversation)
    promise(conversation, "2026-06-01", reason="Two of us are ill.")
    late = submit(conversation=conversation)

    for response in (early, late):
        response.edit(dict.fromkeys(Question.objects.filter(slug="meaning"), "Otherwise."))
        response.refresh_from_db()

    assert [early.results_by, late.results_by] == [date(2026, 5, 1), date(2026, 6, 1)]


def test_sending_again_after_the_promise_has_moved_finds_the_response_that_is_stored(clock):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    submission = "6b1f0a52-7d7e-4a3f-9d6e-1e6b8f1f7c55"
    first = submit(conversation=conversation, submission=UUID(submission))
    promise(conversation, "2026-06-01", reason="Two of us are ill.")

    assert submit(conversation=conversation, submission=UUID(submission)) == first


def test_the_order_of_conversations_does_not_hang_on_days_that_organizers_change_later(clock):
    first = change_current(closes_on=date(2026, 3, 1))
    make_response(conversation=first)
    second = make_conversation("second", opens_on=date(2026, 3, 2))
    second.make_current()
    first.refresh_from_db()
    second.opens_on = date(2026, 1, 1)
    second.store()
    first.closes_on = date(2026, 12, 31)
    first.store()

    first, second = Conversation.objects.get(pk=first.pk), Conversation.objects.get(pk=second.pk)

    assert (first.stage, first.takes_drafts, first.next, first.open_successor) == ("closed", True, second, second)
    assert (second.stage, second.previous, second.next) == ("open", first, None)


def test_one_that_has_had_its_turn_does_not_become_current_again(clock):
    first = change_current(closes_on=date(2026, 3, 1))
    second = make_conversation("second", opens_on=date(2026, 3, 2), closes_on=date(2026, 3, 11))
    second.make_current()
    make_response(conversation=second)
    Conversation.objects.filter(pk=first.pk).update(closes_on=date(2026, 12, 31))
    clock("2026-03-20")

    with pytest.raises(ValidationError, match="is closed and cannot become current"):
        Conversation.objects.get(pk=first.pk).make_current()
    make_conversation("third", opens_on=date(2026, 3, 20)).make_current()

    # The third one was a mistake: the second comes back, and not the first.
    with pytest.raises(ValidationError, match="is closed and cannot become current"):
        Conversation.objects.get(pk=first.pk).make_current()
    Conversation.objects.get(pk=second.pk).make_current()
    assert (Conversation.objects.current(), Conversation.objects.current().has_made_way) == (second, False)


def test_storing_one_that_was_read_earlier_does_not_undo_that_it_was_made_current(clock):
    change_current(closes_on=date(2026, 3, 1))
    read_earlier = make_conversation("next", opens_on=date(2026, 3, 10))
    Conversation.objects.get(pk=read_earlier.pk).make_current()

    read_earlier.title_en = "Better"
    read_earlier.store()

    assert (Conversation.objects.current(), Conversation.objects.current().title_en) == (read_earlier, "Better")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"closes_on": None}, "conversation_that_made_way_has_a_last_day"),
        ({"is_current": True}, "conversation_that_made_way_is_not_current"),
    ],
)
def test_one_that_has_made_way_has_a_last_day_and_is_not_current(clock, fields, name):
    first = change_current(closes_on=date(2026, 3, 1))
    make_conversation().make_current()
    Conversation.objects.filter(is_current=True).update(is_current=False)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Conversation.objects.filter(pk=first.pk).update(**fields)


def test_a_promise_does_not_move_for_a_reason_that_nobody_can_see(clock):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))

    with pytest.raises(ValidationError, match="Say why"):
        promise(conversation, "2026-06-01", reason="\u200b\u2060")
    with pytest.raises(IntegrityError, match="moved_promise_has_a_reason"), transaction.atomic():
        conversation.moved_promises.create(results_by=date(2026, 4, 1), moved_on=date(2026, 3, 9), reason_en="\u200b")
