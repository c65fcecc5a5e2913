"""When an author is told of a decision by mail: once, after an hour, and never of what was undone."""

from datetime import date

import pytest
from django.core import mail

from outcomes.news import happenings
from outcomes.news_mail import send_news
from responses.models import Contact, Response
from tests.factories import freeze, make_user, submit
from tests.test_decisions import worded
from tests.test_undoing import ACCEPT, ASK, DECLINE, NOON, with_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make_user("reviewer", "Reviewer", is_staff=True)


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
