"""Organizers open and close conversations, promise results, and choose the questions."""

import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from responses.models import Conversation, MovedPromise, Question
from responses.organizer_texts import texts_of
from tests.factories import change_current, make_conversation, make_gathering, make_response, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/responses/conversation/"


@pytest.fixture
def organizer(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    return client


def typed(conversation=None, **fields):
    """What the form of a conversation sends."""
    moved = list(conversation.moved_promises.all()) if conversation else []
    rows = {"moved_promises-TOTAL_FORMS": len(moved), "moved_promises-INITIAL_FORMS": len(moved)}
    for number, each in enumerate(moved):
        rows |= {f"moved_promises-{number}-{name}": getattr(each, name) for name in ("id", "reason_en")}
        rows |= {f"moved_promises-{number}-conversation": conversation.pk}
    return rows | {
        "slug": "autumn",
        "title_en": "In autumn",
        "opens_on": "2026-09-01",
        "questions": [*Question.objects.values_list("pk", flat=True)],
        **fields,
    }


def make_current(client, conversation):
    """Press the button on the page that asks first, if there is one. Returns the page that follows."""
    page = client.post(LIST, {"action": "make_current", "_selected_action": [conversation.pk]}, follow=True)
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page.content.decode())
    if "current" in page.context:
        page = client.post(LIST, dict(hidden), follow=True)
    return page.content.decode()


def change(client, conversation, **fields):
    fields = {"slug": conversation.slug, "opens_on": conversation.opens_on, **fields}
    return client.post(f"{LIST}{conversation.pk}/change/", typed(conversation, **fields))


def faults(page):
    form = page.context["adminform"].form
    return {name: [str(each) for each in messages] for name, messages in form.errors.items()}


def test_an_organizer_makes_a_conversation_with_some_of_the_questions(organizer):
    needs = Question.objects.get(slug="needs")

    organizer.post(f"{LIST}add/", typed(questions=[needs.pk], closes_on="2026-10-31", results_by="2026-12-15"))

    made = Conversation.objects.get(slug="autumn")
    assert (made.closes_on, made.results_by, made.is_current) == (date(2026, 10, 31), date(2026, 12, 15), False)
    assert [*made.questions.all()] == [needs]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"closes_on": "2026-08-31"}, "The last day is before the first one."),
        ({"results_by": "2026-12-15"}, "Results can be promised only for a day after the last one."),
        (
            {"closes_on": "2026-10-31", "results_by": "2026-10-31"},
            "Results can be promised only for a day after the last one.",
        ),
        ({"closes_on": "2026-10-31", "results_on": "2026-10-01"}, "Results can be out only after the last day."),
    ],
)
def test_days_that_make_no_sense_are_refused_in_words(organizer, fields, message):
    page = organizer.post(f"{LIST}add/", typed(**fields))

    [(field, messages)] = faults(page).items()
    assert (field, messages) == ([*fields][-1], [message])


def test_its_address_stays_because_others_link_to_it(organizer):
    conversation = make_conversation("spring")

    change(organizer, conversation, slug="other", title_en="Otherwise")

    conversation.refresh_from_db()
    assert (conversation.slug, conversation.title_en) == ("spring", "Otherwise")


def test_a_conversation_without_questions_is_refused(organizer):
    page = organizer.post(f"{LIST}add/", typed(questions=[]))

    assert faults(page).keys() == {"questions"}


def test_a_question_that_has_answers_cannot_be_taken_out(organizer):
    conversation = make_conversation("spring")
    make_response({"needs": "Mtandao."}, conversation=conversation)
    others = Question.objects.exclude(slug="needs")

    page = change(organizer, conversation, questions=[each.pk for each in others])

    assert faults(page) == {
        "questions": [
            "This question has answers in this conversation, so it stays: "
            "What specific needs should be addressed to advance your work?"
        ]
    }
    assert conversation.questions.count() == 3


def test_moving_a_promise_takes_a_reason_which_can_be_worded_better_later(organizer, clock):
    conversation = make_conversation("spring", closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    days = {"closes_on": "2026-03-31", "results_by": "2026-06-01"}

    page = change(organizer, conversation, **days)
    assert faults(page) == {"reason": ["Say why the promised day moves: it is shown beside the new day."]}
    change(organizer, conversation, **days, reason="Two of us are ill.")
    moved = MovedPromise.objects.get()
    assert (moved.results_by, moved.moved_on, moved.reason_en) == (
        date(2026, 5, 1),
        date(2026, 3, 10),
        "Two of us are ill.",
    )

    change(organizer, conversation, **days, **{"moved_promises-0-reason_en": "Two of us fell ill."})
    moved.refresh_from_db()
    assert moved.reason_en == "Two of us fell ill."


def test_a_promise_that_is_moved_back_on_the_same_day_takes_no_reason_and_leaves_no_row(organizer, clock):
    conversation = make_conversation("spring", closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    change(organizer, conversation, closes_on="2026-03-31", results_by="2026-05-11", reason="A slip.")
    assert MovedPromise.objects.get().reason_en == "A slip."

    back = {"closes_on": "2026-03-31", "results_by": "2026-05-01", "moved_promises-0-reason_en": "No slip."}
    page = change(organizer, conversation, **back)

    assert page.status_code == 302
    conversation.refresh_from_db()
    assert (conversation.results_by, MovedPromise.objects.count()) == (date(2026, 5, 1), 0)


def test_a_reason_that_would_be_shown_nowhere_is_not_lost_without_a_word(organizer, clock):
    conversation = make_conversation("spring", closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    refused = {"reason": ["The promised day does not move, so this reason would be shown nowhere. Empty this field."]}

    for day in ("2026-05-01", "1 May"):
        page = change(organizer, conversation, closes_on="2026-03-31", results_by=day, reason="Two of us are <ill>.")
        assert "Two of us are &lt;ill&gt;." in page.content.decode()
        assert faults(page).get("reason") == (refused["reason"] if day == "2026-05-01" else None)
    added = organizer.post(f"{LIST}add/", typed(closes_on="2026-10-31", results_by="2026-12-15", reason="At last."))

    assert faults(added) == refused


def test_a_promise_that_is_taken_back_and_given_for_another_day_takes_a_reason(organizer, clock):
    conversation = make_conversation("spring", closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    change(organizer, conversation, closes_on="2026-03-31", reason="Nobody is left.")
    later = {"closes_on": "2026-03-31", "results_by": "2026-06-01"}

    page = change(organizer, conversation, **later)
    assert faults(page) == {"reason": ["Say why the promised day moves: it is shown beside the new day."]}
    change(organizer, conversation, **later, reason="Somebody is back.")

    assert MovedPromise.objects.values_list("results_by", "reason_en").get() == (date(2026, 5, 1), "Somebody is back.")


@pytest.mark.parametrize("inline", ["A slip.", "A slip, we think."])
def test_a_reason_for_moving_once_more_on_the_same_day_wins_over_the_earlier_one_below_it(organizer, clock, inline):
    conversation = make_conversation("spring", closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    change(organizer, conversation, closes_on="2026-03-31", results_by="2026-05-11", reason="A slip.")
    assert MovedPromise.objects.get().reason_en == "A slip."

    again = {"closes_on": "2026-03-31", "results_by": "2026-06-01", "reason": "Two of us are ill."}
    below = {"moved_promises-0-reason_en": inline, "moved_promises-0-reason_ar": "زلة."}
    change(organizer, conversation, **again, **below)

    [moved] = MovedPromise.objects.all()
    assert (moved.results_by, moved.reason_en, moved.reason_ar) == (date(2026, 5, 1), "Two of us are ill.", "زلة.")
    [[reason]] = texts_of([moved])
    assert (reason.made_from["ar"], reason.state("ar")) == (inline, "older")


def test_one_conversation_can_be_made_current_when_the_present_one_is_over(organizer, clock):
    present, other = change_current(), make_conversation("next")

    assert "is still the current conversation" in make_current(organizer, other)
    assert Conversation.objects.current() == present
    change_current(closes_on=date(2026, 3, 1))

    assert "The respond page now serves “Conversation next”." in make_current(organizer, other)
    assert Conversation.objects.current() == other


def test_before_one_becomes_current_an_organizer_is_asked_whether_letters_may_go_out(organizer, clock):
    present, other = change_current(closes_on=date(2026, 3, 1)), make_conversation("next")
    chosen = {"action": "make_current", "_selected_action": [other.pk]}

    asked = organizer.post(LIST, chosen).content.decode()

    assert "“Conversation next” becomes the current conversation in place of" in asked
    assert "<bdi>March 10, 2026</bdi>" in asked
    assert "A letter that was sent cannot be called back." in asked
    assert Conversation.objects.current() == present


def test_one_is_not_made_current_in_place_of_another_than_the_organizer_has_read(organizer, clock):
    present = change_current(closes_on=date(2026, 3, 1))
    first, second = make_conversation("first"), make_conversation("second")
    make_current(organizer, first)
    read = {"action": "make_current", "_selected_action": [second.pk], "instead_of": present.pk}

    page = organizer.post(LIST, read)

    assert page.context["current"] == first
    assert Conversation.objects.current() == first


@pytest.mark.parametrize(
    "days",
    [
        {"opens_on": date(2017, 11, 10), "page": "https://meta.example/2017"},
        {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 2, 1)},
    ],
)
def test_one_that_is_closed_is_not_made_current(organizer, clock, days):
    present, old = change_current(closes_on=date(2026, 3, 1)), make_conversation("old", **days)

    assert "“Conversation old” is closed and cannot become current." in make_current(organizer, old)
    assert Conversation.objects.current() == present


def test_one_whose_last_day_is_before_today_is_refused_although_that_day_goes_on_in_the_west(organizer, clock):
    present = change_current(closes_on=date(2026, 3, 1))
    other = make_conversation("next", closes_on=date(2026, 3, 11))
    clock("2026-03-12", hour=5)

    said = "Today would become its first day, but its last day is earlier. Set a later last day."
    assert said in make_current(organizer, other)
    assert Conversation.objects.current() == present


def test_making_the_current_one_current_says_that_it_is_and_writes_nothing_into_its_history(organizer, clock):
    present = change_current(closes_on=date(2026, 3, 1))

    said = make_current(organizer, present)

    assert "“What does diversity mean where you are?” is already the current conversation." in said
    assert ("The respond page now serves" in said, LogEntry.objects.exists()) == (False, False)


def test_one_that_was_made_current_by_mistake_is_let_go_on_the_same_day(organizer, clock):
    present, slip = change_current(closes_on=date(2026, 3, 1)), make_conversation("slip")
    for each in (slip, present):
        make_current(organizer, each)

    assert Conversation.objects.current() == present


def test_two_conversations_cannot_be_made_current_at_once(organizer, clock):
    change_current(closes_on=date(2026, 3, 1))
    both = [make_conversation("one").pk, make_conversation("two").pk]

    page = organizer.post(LIST, {"action": "make_current", "_selected_action": both}, follow=True)

    assert "Choose one conversation." in page.content.decode()


def test_the_current_one_and_one_with_responses_are_not_deleted(organizer):
    current, empty, answered = Conversation.objects.current(), make_conversation("empty"), make_conversation("answered")
    make_response(conversation=answered)

    for each in (current, empty, answered):
        organizer.post(f"{LIST}{each.pk}/delete/", {"post": "yes"})

    assert {*Conversation.objects.all()} == {current, answered}


def test_a_new_question_gets_a_slug_that_is_no_other_field_of_the_form(organizer):
    add = reverse("admin:responses_question_add")
    question = {"prompt_en": "Who helps you?", "position": 4}

    for taken in ("language", "meaning", "conversation", "late", "complete", "content_note", "take_added_away"):
        assert faults(organizer.post(add, question | {"slug": taken})).keys() == {"slug"}
    organizer.post(add, question | {"slug": "helpers"})

    assert Question.objects.get(slug="helpers").prompt_en == "Who helps you?"


def test_a_slug_stays_as_it_is_because_drafts_name_their_words_by_it(organizer):
    question = Question.objects.get(slug="needs")

    organizer.post(
        reverse("admin:responses_question_change", args=[question.pk]),
        {"slug": "other", "position": question.position, "prompt_en": "Needs?"},
    )

    question.refresh_from_db()
    assert (question.slug, question.prompt_en) == ("needs", "Needs?")


# --- Days that people have acted on ---


@pytest.mark.parametrize("state", ["open", "made way"])
def test_the_first_day_is_not_moved_behind_what_people_have_done(organizer, clock, state):
    conversation = change_current(closes_on=date(2026, 3, 1 if state == "made way" else 31))
    make_response(conversation=conversation)
    if state == "made way":
        make_conversation("next").make_current()
    days = {"closes_on": "2026-03-31"}

    page = change(organizer, conversation, opens_on="2026-03-17", **days)

    said = "People could answer from January 10, 2026 on: the first day cannot be a later one."
    assert faults(page) == {"opens_on": [said]}
    assert change(organizer, conversation, opens_on="2026-01-01", **days).status_code == 302


def test_the_first_day_of_one_in_which_nobody_has_done_anything_can_be_moved(organizer, clock):
    conversation = change_current()

    assert change(organizer, conversation, opens_on="2026-03-17").status_code == 302
    assert Conversation.objects.current().stage == "planned"


def test_the_first_day_is_not_moved_behind_a_gathering(organizer, clock):
    conversation = change_current(opens_on=date(2026, 4, 1))
    make_gathering(conversation=conversation, held_on=date(2026, 4, 5))

    page = change(organizer, conversation, opens_on="2026-04-06")

    said = "A gathering is held on April 5, 2026: the first day cannot be a later one."
    assert faults(page) == {"opens_on": [said]}
    assert change(organizer, conversation, opens_on="2026-04-05").status_code == 302


OVER = "This day has ended everywhere on earth. Choose a later one."


@pytest.mark.parametrize("state", ["open", "over", "made way"])
def test_a_last_day_that_nobody_could_read_in_time_is_refused(organizer, clock, state):
    conversation = change_current(closes_on=None if state == "open" else date(2026, 3, 7))
    if state == "made way":
        make_conversation("next").make_current()

    assert faults(change(organizer, conversation, closes_on="2026-03-01")) == {"closes_on": [OVER]}
    assert faults(change(organizer, conversation, closes_on="2026-03-08")) == {"closes_on": [OVER]}
    # On March 10 at noon (UTC) the 9th has just ended everywhere.
    assert change(organizer, conversation, closes_on="2026-03-10").status_code == 302


def test_one_that_is_over_can_be_corrected_without_another_last_day(organizer, clock):
    conversation = change_current(closes_on=date(2026, 3, 1))

    assert change(organizer, conversation, closes_on="2026-03-01", title_en="Better").status_code == 302


def test_one_that_has_made_way_keeps_a_last_day(organizer, clock):
    conversation = change_current(closes_on=date(2026, 3, 1))
    make_conversation("next").make_current()

    said = "Another conversation has taken its place, so it keeps a last day."
    assert faults(change(organizer, conversation)) == {"closes_on": [said]}


def test_a_promise_is_not_moved_once_results_are_out(organizer, clock):
    conversation = change_current(closes_on=date(2026, 3, 1), results_by=date(2026, 3, 5), results_on=date(2026, 3, 8))
    days, said = {"closes_on": "2026-03-01"}, "The results are out, so the promised day does not change any more."
    later = {"results_by": "2026-09-01", "reason": "Many answers."}

    assert faults(change(organizer, conversation, **days, results_on="2026-03-08", **later)) == {"results_by": [said]}
    assert faults(change(organizer, conversation, **days, results_on="2026-03-09", **later)) == {"results_by": [said]}
    # Nothing was out after all.
    assert change(organizer, conversation, **days, **later).status_code == 302


def test_a_promise_is_not_moved_to_a_day_that_is_over(organizer, clock):
    conversation = change_current(closes_on=date(2026, 2, 1), results_by=date(2026, 3, 1))
    days = {"closes_on": "2026-02-01"}

    moved = change(organizer, conversation, **days, results_by="2026-03-07", reason="Many answers.")
    assert faults(moved) == {"results_by": [OVER]}
    # A slip, and back on the same day.
    assert change(organizer, conversation, **days, results_by="2026-06-01", reason="A slip.").status_code == 302
    assert change(organizer, conversation, **days, results_by="2026-03-01").status_code == 302


def test_a_reason_of_which_nothing_can_be_seen_is_none(organizer, clock):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))

    page = change(organizer, conversation, closes_on="2026-03-31", results_by="2026-06-01", reason="\u200b\u2060")

    assert faults(page) == {"reason": ["Say why the promised day moves: it is shown beside the new day."]}


def test_a_reason_with_a_fault_of_its_own_is_not_asked_for_once_more(organizer, clock):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))

    page = change(organizer, conversation, closes_on="2026-03-31", results_by="2026-06-01", reason="Two\x00 of us.")

    assert faults(page) == {"reason": ["Null characters are not allowed."]}


def test_a_first_promise_can_be_mended_on_the_same_day_without_a_reason(organizer, clock):
    organizer.post(f"{LIST}add/", typed(closes_on="2026-10-31", results_by="2026-12-15"))
    made = Conversation.objects.get(slug="autumn")

    assert change(organizer, made, closes_on="2026-10-31", results_by="2026-12-16").status_code == 302
    clock("2026-03-11")
    page = change(organizer, made, closes_on="2026-10-31", results_by="2026-12-17")

    assert faults(page) == {"reason": ["Say why the promised day moves: it is shown beside the new day."]}


def test_an_organizer_who_opened_the_form_before_another_moved_the_promise_does_not_move_it_back(organizer, clock):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    seen = organizer.get(f"{LIST}{conversation.pk}/change/").context["adminform"].form.initial["seen"]
    days = {"closes_on": "2026-03-31", "title_en": "Better <words>"}
    change(
        organizer, conversation, **days | {"title_en": "First"}, results_by="2026-06-01", reason="Two of us are ill."
    )
    rows = {"moved_promises-TOTAL_FORMS": 0, "moved_promises-INITIAL_FORMS": 0}

    page = change(organizer, conversation, **days, **rows, results_by="2026-05-01", seen=seen)

    found = faults(page)
    assert [message[:33] for message in found.pop("__all__")] == ["Somebody else has changed this si"]
    assert found == {
        "results_by": ["Stored now: 2026-06-01"],
        "title_en": ["Stored now: First"],
        "reason": ["Stored now: Two of us are ill."],
    }
    assert "Better &lt;words&gt;" in page.content.decode()
    assert MovedPromise.objects.get().reason_en == "Two of us are ill."
    # What was seen now can be put right, and saved.
    seen = page.context["adminform"].form["seen"].value()
    saved = change(organizer, conversation, **days, results_by="2026-06-01", seen=seen)
    assert saved.status_code == 302
    now = Conversation.objects.current()
    assert (now.title_en, now.results_by, MovedPromise.objects.count()) == ("Better <words>", date(2026, 6, 1), 1)
