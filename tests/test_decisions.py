"""What reviewers decide about a response, and ask its author."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from responses.models import Answer, Decision, DeclineReason, Inquiry, Question, Response
from tests.factories import DAY, make_response, make_user, submit

pytestmark = pytest.mark.django_db

NOT_NOW = "This cannot be done now: the response has changed since you opened it."


@pytest.fixture
def by():
    return make_user("reviewer", "Reviewer", is_staff=True)


def reason(slug="attacks-somebody"):
    return DeclineReason.objects.get(slug=slug)


def refused(verb, *args, **how):
    with pytest.raises(ValidationError) as refusal:
        verb(*args, **how)
    return " ".join(refusal.value.messages)


def worded(text):
    return {Question.objects.get(slug="meaning"): text}


# --- Declining ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "slug"), [("It names a child.", None), ("", "attacks-somebody"), ("Line 2.", "attacks-somebody")]
)
def test_a_response_is_declined_in_own_words_for_a_standard_reason_or_both(words, slug):
    response = submit()

    response.decline(words, declined_for=slug and reason(slug))

    stored = Response.objects.get()
    assert (stored.status, stored.decline_reason) == ("declined", words)
    assert (stored.declined_for and stored.declined_for.slug) == slug


def test_nothing_is_declined_without_a_reason():
    response = submit()

    assert refused(response.decline) == "Say why: the author reads the reason."
    assert refused(response.decline, " \n") == "Say why: the author reads the reason."
    assert Response.objects.get().status == "submitted"


def test_a_reason_that_is_offered_no_more_is_refused_and_keeps_the_responses_that_were_declined_for_it():
    before, response = submit(), submit()
    before.decline(declined_for=reason())
    DeclineReason.objects.filter(slug="attacks-somebody").update(is_offered=False)

    assert (
        refused(response.decline, declined_for=reason()) == "This reason is not offered any more. Choose another one."
    )
    assert list(Response.objects.exclude(declined_for=None)) == [before]


def test_accepting_or_editing_takes_the_standard_reason_away():
    accepted, edited = submit(), submit()
    for response in (accepted, edited):
        response.decline(declined_for=reason())

    accepted.accept()
    edited.edit(worded("Anew."))

    assert list(Response.objects.values_list("declined_for", flat=True)) == [None, None]


@pytest.mark.parametrize("change", ["reason", "question", "reply"])
def test_a_reviewer_vouches_for_the_reason_and_for_what_the_author_was_asked_and_replied(change):
    response = submit()
    if change == "reply":
        response.ask("Who?")
        seen = response.fingerprint
        response.inquiries.update(reply="We.")
    elif change == "question":
        seen = response.fingerprint
        response.ask("Who?")
        Response.objects.update(status="submitted")
    else:
        response.decline(declined_for=reason())
        seen = Response.objects.get().fingerprint
        Response.objects.update(declined_for=reason("sent-before"))

    assert Response.objects.get().fingerprint != seen


# --- Asking ------------------------------------------------------------------------------------------------------


def test_whoever_is_asked_replies_and_the_response_waits_again_where_it_stood():
    response, later = submit(on=DAY), submit(on=date(2026, 3, 2))

    response.ask("Who is meant?")
    assert list(Response.objects.awaiting_review()) == [later]
    response.reply("Our readers.", on=date(2026, 3, 9))

    assert list(Response.objects.awaiting_review().oldest_first()) == [response, later]
    assert Response.objects.get(pk=response.pk).submitted_on == DAY
    assert list(Inquiry.objects.values_list("text", "reply", "replied_on")) == [
        ("Who is meant?", "Our readers.", date(2026, 3, 9))
    ]


@pytest.mark.parametrize("decide", [lambda row: row.accept(), lambda row: row.decline("No."), Response.withdraw])
def test_only_what_waits_for_review_is_asked_about(decide):
    response = submit()
    decide(response)

    assert refused(response.ask, "Who?") == NOT_NOW
    assert list(Inquiry.objects.all()) == []


def test_a_blank_question_or_reply_is_refused():
    response = submit()

    assert refused(response.ask, " ") == "Write your question: the author reads it."
    response.ask("Who?")
    assert refused(response.reply, "\u200b ") == "Write your reply first."
    assert (Response.objects.get().status, Inquiry.objects.get().reply) == ("asked", "")


def test_nobody_replies_twice_or_to_another_question_than_they_have_read():
    response = submit()
    response.ask("Who?")
    first = Inquiry.objects.get()
    response.reply("We.")

    gone = "The organizers do not wait for a reply to this question any more."
    assert refused(response.reply, "They.", to=first.pk) == gone
    response.ask("Where?")
    assert refused(response.reply, "They.", to=first.pk) == gone
    assert sorted(Inquiry.objects.values_list("text", "reply")) == [("Where?", ""), ("Who?", "We.")]


@pytest.mark.parametrize("decide", [lambda row: row.accept(), lambda row: row.decline("No.")])
def test_it_can_be_decided_without_waiting_for_the_reply(decide):
    response = submit()
    response.ask("Who?")

    decide(response)

    assert refused(response.reply, "We.") == "The organizers do not wait for a reply to this question any more."
    assert response.open_inquiry is None


def test_changing_the_words_is_a_reply_too():
    response = submit()
    response.ask("Who?")

    response.edit(worded("Our readers have a place."), on=date(2026, 3, 9))

    assert list(Response.objects.awaiting_review()) == [response]
    assert list(Inquiry.objects.values_list("reply", "replied_on")) == [("", date(2026, 3, 9))]
    response.ask("Where?")
    assert response.open_inquiry.text == "Where?"


def test_sharing_it_otherwise_is_no_reply():
    response = submit()
    response.ask("May we name you?")

    response.share(sharing="named", display_name="Amina")

    assert (Response.objects.get().status, response.open_inquiry.text) == ("asked", "May we name you?")


def test_withdrawing_deletes_what_was_asked_and_replied(by):
    response = submit()
    response.ask("Who?", by=by)
    response.reply("We.")
    response.ask("Where?", by=by)

    response.withdraw()

    assert [model.objects.count() for model in (Inquiry, Decision)] == [0, 0]


def test_what_is_asked_is_neither_public_nor_counted_as_waiting():
    make_response()
    response = submit()
    response.ask("Who?")

    assert response not in Response.objects.published()
    assert list(Response.objects.awaiting_review()) == []
    assert list(Answer.objects.accepted().filter(response=response)) == []


def test_the_database_keeps_one_open_question_a_response():
    response = submit()
    response.ask("Who?")

    with pytest.raises(IntegrityError, match="one_open_inquiry|responses_inquiry.response_id"), transaction.atomic():
        response.inquiries.create(text="Where?")
    with pytest.raises(IntegrityError, match="inquiry_is_not_blank"), transaction.atomic():
        response.inquiries.update(text=" ")
