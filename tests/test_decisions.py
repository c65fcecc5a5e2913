"""What reviewers decide, ask, and undo within an hour; and when its author is told of it by mail."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from outcomes.news import happenings
from outcomes.news_mail import send_news
from responses.models import Answer, Contact, Decision, DeclineReason, Inquiry, Question, Response
from tests.factories import DAY, freeze, make_response, make_user, submit

pytestmark = pytest.mark.django_db

NOON = "2026-03-10T12:00Z"
NOT_NOW = "This cannot be done now: the response has changed since you opened it."
TOO_LATE = "This cannot be undone: an hour has passed, or its author has changed it since."


@pytest.fixture
def by():
    return make_user("reviewer", "Reviewer", is_staff=True)


def reason(slug="attacks-somebody"):
    return DeclineReason.objects.get(slug=slug)


def state(response):
    return Response.objects.values(*Response.DECIDED, "submitted_on").get(pk=response.pk)


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


# --- Undoing -----------------------------------------------------------------------------------------------------


def waiting(by):
    return submit()


def asked(by):
    response = submit()
    response.ask("Who?", by=by)
    return response


def accepted(by):
    response = submit()
    response.accept(by=by, on=DAY)
    return response


def declined(by):
    response = submit()
    response.decline("Why?", declined_for=reason(), by=by, on=DAY)
    return response


ACCEPT = lambda row, by: row.accept(by=by)  # noqa: E731
DECLINE = lambda row, by: row.decline(declined_for=reason("sent-before"), by=by)  # noqa: E731
ASK = lambda row, by: row.ask("Where?", by=by)  # noqa: E731


@pytest.mark.parametrize(
    ("make", "decide"),
    [
        (waiting, ACCEPT),
        (waiting, DECLINE),
        (waiting, ASK),
        (asked, ACCEPT),
        (asked, DECLINE),
        (accepted, DECLINE),
        (declined, ACCEPT),
    ],
)
def test_undoing_puts_everything_back_as_it_was(monkeypatch, by, make, decide):
    freeze(monkeypatch, NOON)
    response = make(by)
    before, inquiries = state(response), list(Inquiry.objects.values("pk", "reply"))
    decisions = list(Decision.objects.values())
    decide(response, by)
    freeze(monkeypatch, "2026-03-10T12:59Z")

    response.undo()

    assert state(response) == before
    assert list(Inquiry.objects.values("pk", "reply")) == inquiries
    assert list(Answer.objects.values_list("accepted_on", flat=True)) == [before["accepted_on"]]
    assert list(Decision.objects.values()) == decisions


def test_what_was_accepted_is_hidden_at_once_when_that_is_undone(client, by):
    response = submit({"meaning": "Maneno yangu"})
    response.accept(by=by)
    assert client.get(f"/en/responses/{response.code}/").status_code == 200

    response.undo()

    assert list(Response.objects.published()) == []
    assert client.get(f"/en/responses/{response.code}/").status_code == 404
    assert "Maneno yangu" not in client.get("/en/responses/?q=maneno").content.decode()
    # Readers could see it for a while: that stays true.
    assert Response.objects.get().was_published


def test_after_an_hour_nothing_is_undone(monkeypatch, by):
    freeze(monkeypatch, NOON)
    response = submit()
    response.accept(by=by)
    freeze(monkeypatch, "2026-03-10T13:00Z")

    assert response.undoable_decision is None
    assert refused(response.undo) == TOO_LATE
    assert Response.objects.get().status == "accepted"


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.edit(worded("Anew.")),
        lambda row: row.share(sharing="organizers"),
        Response.withdraw,
    ],
)
def test_what_its_author_has_changed_since_is_not_undone(by, change):
    response = make_response(sharing="unnamed")
    response.decline("No.", by=by)
    response.accept(by=by)
    change(response)
    now = state(response)

    assert refused(response.undo) == TOO_LATE
    assert (state(response), Decision.objects.count()) == (now, 0)


def test_a_question_that_was_replied_to_is_not_taken_back(by):
    response = asked(by)
    response.reply("We.")

    assert refused(response.undo) == TOO_LATE
    assert Inquiry.objects.get().reply == "We."


def test_undoing_leads_back_to_the_earlier_decision_with_what_is_left_of_its_hour(monkeypatch, by):
    freeze(monkeypatch, NOON)
    response = with_address(submit(on=date(2026, 3, 10)))
    response.accept(by=by)
    freeze(monkeypatch, "2026-03-10T12:30Z")
    other = make_user("other")
    response.decline("No.", by=other)

    response.undo()

    left = response.undoable_decision
    assert (left.decided_by, left.undoable_until.isoformat()) == (by, "2026-03-10T13:00:00+00:00")
    assert (Response.objects.get().status, send_news()) == ("accepted", 0)
    response.undo()
    assert (Response.objects.get().status, response.undoable_decision) == ("submitted", None)
    assert refused(response.undo) == TOO_LATE


def test_a_decision_of_an_hour_ago_is_not_undone_with_a_later_one_and_its_mail_goes(monkeypatch, by):
    freeze(monkeypatch, NOON)
    response = with_address(submit(on=date(2026, 3, 10)))
    response.accept(by=by)
    freeze(monkeypatch, "2026-03-10T12:59Z")
    response.decline("No.", by=by)
    freeze(monkeypatch, "2026-03-10T13:01Z")

    response.undo()

    assert refused(response.undo) == TOO_LATE
    assert (Response.objects.get().status, send_news()) == ("accepted", 1)


def test_nobody_undoes_what_they_have_not_seen(by):
    response = submit()
    response.accept(by=by)
    seen = Response.objects.get().fingerprint
    response.decline("No.", by=make_user("other"))

    assert refused(response.undo, seen=seen) == NOT_NOW
    assert Response.objects.get().status == "declined"


def test_what_no_reviewer_decided_is_final():
    response = make_response()

    assert refused(response.undo) == TOO_LATE
    assert list(Decision.objects.all()) == []


def test_a_decline_is_not_put_back_for_a_reason_that_was_deleted_meanwhile(by):
    response = submit()
    response.decline(declined_for=reason(), by=by)
    response.accept(by=by)
    reason().delete()

    said = "This cannot be undone: the reason that it was declined for has been deleted."
    assert refused(response.undo) == said
    assert Response.objects.get().status == "accepted"


@pytest.mark.parametrize("word", ["declined", "2026-03-01"])
def test_hiding_words_that_look_like_a_status_or_a_day_hinders_no_undoing(by, word):
    response = submit({"meaning": f"Jana {word} hapa."})
    response.decline("No.", on=DAY)
    before = state(response)
    response.accept(by=by)
    response.answers.get().mask(5, 5 + len(word), "A name.", by=by, seen=response.answers.get().fingerprint)

    response.undo()

    assert state(response) == before


def test_a_decision_keeps_who_and_when_and_names_no_words(monkeypatch, by):
    freeze(monkeypatch, NOON)
    response = submit({"meaning": "Maneno yangu"})
    response.accept(by=by)

    decision = Decision.objects.get()
    assert (decision.decided_by, decision.decided_at.isoformat()) == (by, "2026-03-10T12:00:00+00:00")
    assert (str(decision), str(Inquiry(response=response, text="Who?"))) == (response.code, response.code)


# --- Mail --------------------------------------------------------------------------------------------------------


def with_address(response):
    Contact.objects.leave(response, "me@example.org", "en")
    return response


@pytest.mark.parametrize(
    ("decide", "line"),
    [
        (ACCEPT, "* It was read and accepted."),
        (DECLINE, "* It was read and declined; your page says why."),
        (ASK, "* The organizers ask you something before they decide; you can reply on your page."),
    ],
)
def test_a_decision_is_mailed_once_and_after_an_hour(monkeypatch, by, decide, line):
    freeze(monkeypatch, NOON)
    response = with_address(submit(on=date(2026, 3, 10)))
    decide(response, by)

    freeze(monkeypatch, "2026-03-10T12:59Z")
    assert send_news() == 0
    freeze(monkeypatch, "2026-03-10T13:00Z")
    assert send_news() == 1
    freeze(monkeypatch, "2026-03-11T13:00Z")
    assert send_news() == 0

    [message] = mail.outbox
    assert [each for each in message.body.split("\n") if each.startswith("*")] == [line]


@pytest.mark.parametrize("decide", [ACCEPT, DECLINE, ASK])
def test_what_was_undone_is_never_mailed(monkeypatch, by, decide):
    freeze(monkeypatch, NOON)
    response = with_address(submit(on=date(2026, 3, 10)))
    decide(response, by)
    response.undo()

    for moment in ("2026-03-10T12:01Z", "2026-03-10T13:01Z", "2026-03-12T13:01Z"):
        freeze(monkeypatch, moment)
        assert send_news() == 0


def test_a_question_that_was_replied_to_or_decided_without_is_not_mailed_any_more(monkeypatch, by):
    freeze(monkeypatch, NOON)
    replied, decided = with_address(submit(on=date(2026, 3, 10))), submit(on=date(2026, 3, 10))
    Contact.objects.leave(decided, "other@example.org", "en")
    for response in (replied, decided):
        response.ask("Who?", by=by)
    replied.reply("We.")
    decided.decline("No.", by=by)
    freeze(monkeypatch, "2026-03-10T14:00Z")

    assert send_news() == 1

    [message] = mail.outbox
    assert message.to == ["other@example.org"]
    assert "The organizers ask you" not in message.body


def test_its_page_tells_of_a_decision_at_once(by):
    response = submit()

    response.ask("Who?", by=by)

    assert [each.kind for each in happenings(Response.objects.get())] == ["received", "asked"]


CHANGES = (
    lambda row: row.edit(worded("Anew.")),
    lambda row: row.share(sharing="named", display_name="Amina"),
)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("decide", [ACCEPT, DECLINE])
def test_what_is_decided_about_a_changed_response_is_mailed_even_if_it_is_the_same_on_the_same_day(
    monkeypatch, by, decide, change
):
    freeze(monkeypatch, "2026-03-10T08:00Z")
    response = with_address(submit(on=date(2026, 3, 10)))
    decide(response, by)
    freeze(monkeypatch, "2026-03-10T09:00Z")
    assert send_news() == 1
    change(response)
    decide(response, by)

    sent = []
    for moment in ("2026-03-10T10:00Z", "2026-03-11T10:00Z", "2026-03-12T10:00Z"):
        freeze(monkeypatch, moment)
        sent.append(send_news())

    # At most one a day.
    assert sent == [0, 1, 0]


def test_another_note_on_the_same_day_is_mailed_too(monkeypatch):
    freeze(monkeypatch, "2026-03-10T08:00Z")
    response = with_address(submit(on=date(2026, 3, 10)))
    sent = []
    for moment, text in (("2026-03-10T09:00Z", "One."), ("2026-03-10T10:00Z", "Two."), ("2026-03-11T10:00Z", None)):
        freeze(monkeypatch, moment)
        if text:
            response.note(text)
        sent.append(send_news())

    # At most one a day.
    assert sent == [1, 0, 1]
    response.note("Two.", on=date(2026, 3, 10))
    freeze(monkeypatch, "2026-03-12T10:00Z")
    assert send_news() == 0
