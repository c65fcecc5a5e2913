"""The respond page before its conversation opens and after it closes: what is so, and where to go from there."""

from datetime import date

import pytest

from responses.models import Question
from tests.factories import change_current, freeze, make_conversation, make_response
from tests.pages.test_respond import TYPED, send

pytestmark = pytest.mark.django_db

ROUND = {"closes_on": date(2026, 3, 31), "results_by": date(2026, 5, 15)}
ASKS = "<textarea"


def shown(client, path="/en/respond/"):
    page = client.get(path)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_before_opening_the_page_says_when_and_leads_to_the_conversation_before(client, monkeypatch):
    change_current(**ROUND)
    make_conversation("2017", title_en="In 2017", opens_on=date(2017, 12, 7), page="https://meta.example/2017")
    freeze(monkeypatch, "2026-01-09T09:59Z")

    html = shown(client)

    assert "<h1>You cannot answer yet</h1>" in html
    assert "The conversation opens on January 10, 2026." in html
    assert 'The conversation before it: <a href="/en/conversations/2017/">In 2017</a>' in html
    assert ASKS not in html


def test_after_closing_the_page_says_so_and_that_drafts_can_be_finished(client, monkeypatch):
    change_current(**ROUND)
    make_response()
    freeze(monkeypatch, "2026-04-01T12:00Z")

    html = shown(client)

    assert "<h1>The answers are being read</h1>" in html
    assert "You can no longer answer this time. The conversation closed on March 31, 2026." in html
    assert "you can finish and send it until April 7, 2026, with its secret link." in html
    assert '<a class="button primary" href="/en/responses/?conversation=where-you-are">' in html
    assert ASKS not in html


def test_after_the_last_week_drafts_can_only_be_read(client, monkeypatch):
    change_current(**ROUND)

    freeze(monkeypatch, "2026-04-08T11:59Z")
    assert "you can finish and send it until April 7, 2026" in shown(client)
    freeze(monkeypatch, "2026-04-08T12:00Z")
    assert "you can read and download your words, with its secret link." in shown(client)


def test_with_results_the_page_says_since_when(client, monkeypatch):
    change_current(**ROUND, results_on=date(2026, 5, 10))
    freeze(monkeypatch, "2026-06-01T12:00Z")

    html = shown(client)

    assert "<h1>Results are out</h1>" in html
    assert "Results have been out since May 10, 2026." in html


def test_the_page_can_be_found_by_search_engines_and_sets_no_cookie(client, monkeypatch):
    change_current(**ROUND)
    freeze(monkeypatch, "2026-06-01T12:00Z")

    page = client.get("/en/respond/")

    assert "X-Robots-Tag" not in page.headers
    assert dict(page.cookies) == {}


def test_an_old_tab_of_a_closed_conversation_leads_to_the_next_one(client, monkeypatch):
    make_conversation("before", opens_on=date(2026, 1, 1), closes_on=date(2026, 2, 1))
    change_current(opens_on=date(2026, 2, 15), **ROUND)
    freeze(monkeypatch, "2026-03-01T12:00Z")

    page = send(client, conversation="before", **dict.fromkeys(("meaning", "needs", "resources"), ""))

    html = page.content.decode()
    assert (page.status_code, ASKS in html) == (200, False)
    assert '<a class="button primary" href="/en/respond/">' in html
    assert 'The next conversation: <a href="/en/conversations/where-you-are/">' in html


# --- The form ---


def test_the_form_says_until_when_and_names_its_conversation(client, monkeypatch):
    change_current(**ROUND)
    freeze(monkeypatch, "2026-03-01T12:00Z")

    html = shown(client)

    assert "You can answer until March 31, 2026 (until the day has ended everywhere on earth)." in html
    assert "Results are promised by May 15, 2026." in html
    assert '<input type="hidden" name="conversation" value="where-you-are">' in html


def test_a_form_without_an_end_says_nothing_about_days(client):
    change_current()

    assert "You can answer until" not in shown(client)


def test_words_to_a_question_that_is_not_asked_are_kept_and_it_is_said_beforehand(client):
    conversation = change_current()
    conversation.questions.set(Question.objects.exclude(slug="needs"))

    page = client.post("/sv/respond/", TYPED | {"needs": "El.", "action": "switch", "language": "sv"})
    field = page.context["form"]["needs"]

    assert field.value() == "El."
    assert field.errors == []
    assert client.post("/en/respond/", TYPED | {"needs": "El.", "action": "switch"}).context["form"][
        "needs"
    ].help_text == (
        "This question is not asked in this conversation. Your words are kept, but cannot be sent from here."
    )
