"""Conversations in public: which there are, where each stands, and what was promised."""

import re
from datetime import date

import pytest

from responses.models import Conversation, MovedPromise, Question
from tests.factories import change_current, freeze, make_conversation, make_response, submit

pytestmark = pytest.mark.django_db

ROUND = {"closes_on": date(2026, 3, 31), "results_by": date(2026, 5, 15)}


def shown(client, path="conversations/where-you-are/"):
    return " ".join(client.get(f"/en/{path}").content.decode().split())


def move_promise(conversation, **fields):
    fields = {"results_by": date(2026, 5, 1), "moved_on": date(2026, 4, 20), "reason_en": "We were <ill>.", **fields}
    return MovedPromise.objects.create(conversation=conversation, **fields)


def test_the_list_shows_all_conversations_the_newest_first(client, monkeypatch):
    freeze(monkeypatch, "2026-03-01T12:00Z")
    now = change_current(**ROUND)
    coming = make_conversation("coming", opens_on=date(2027, 1, 1))
    past = make_conversation("past", opens_on=date(2017, 12, 7), page="https://example.org/talk")

    entries = client.get("/en/conversations/").context["entries"]

    assert [each[0] for each in entries] == [coming, now, past]
    assert [each[0].stage for each in entries] == ["planned", "open", "closed"]


def first_step(html):
    """The first step of a conversation, as it reads."""
    first = html.partition('<ol class="steps">')[2].partition("</li>")[0]
    return " ".join(re.sub(r"<.*?>", " ", first).split())


def test_one_that_has_made_way_is_closed_and_names_no_last_day_that_lies_ahead(client, clock):
    change_current(closes_on=date(2026, 3, 1))
    make_conversation("after", opens_on=date(2026, 3, 2)).make_current()
    Conversation.objects.filter(slug="where-you-are").update(closes_on=date(2026, 6, 30))

    html = shown(client)

    assert first_step(html) == "Asked January 10, 2026 · Closed"
    assert "June 30" not in html


def test_one_that_has_never_been_open_does_not_say_that_it_opened(client, clock):
    change_current(closes_on=date(2026, 3, 1))
    make_conversation("slip", opens_on=date(2026, 3, 2)).make_current()
    Conversation.objects.get(slug="where-you-are").make_current()
    make_conversation("coming", opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 30))

    assert first_step(shown(client, "conversations/slip/")) == "Asked"
    assert first_step(shown(client, "conversations/coming/")) == "Asked June 1, 2026 – June 30, 2026"


@pytest.mark.parametrize("path", ["conversations/where-you-are/", "respond/"])
def test_its_links_to_what_was_made_of_the_answers_choose_this_conversation(client, clock, path):
    change_current(closes_on=date(2026, 3, 1))
    make_response()
    make_conversation("planned", opens_on=date(2026, 6, 1))

    html = shown(client, path)

    assert set(re.findall(r'"/en/((?:responses|problems|solutions)/\?[^"]*)"', html)) == {
        "responses/?conversation=where-you-are",
        "problems/?conversation=where-you-are",
        "solutions/?conversation=where-you-are",
    }
    # Lists of one that has not begun do not exist.
    assert "?conversation=" not in shown(client, "conversations/planned/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_three_queries_however_long_it_is(client, django_assert_num_queries, number):
    for each in range(number):
        conversation = make_conversation(f"c{each}", closes_on=date(2026, 3, 2), results_by=date(2026, 3, 3))
        move_promise(conversation)
        make_response(conversation=conversation)

    with django_assert_num_queries(3):  # conversations, responses, samples
        client.get("/en/conversations/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_takes_eight_queries_however_long_it_is(client, django_assert_num_queries, number):
    conversation = make_conversation(questions=["meaning", "needs", "resources"][:number], closes_on=date(2026, 3, 2))
    for each in range(number):
        move_promise(conversation, moved_on=date(2026, 4, 1 + each))
        make_response(conversation=conversation)

    # the conversation, moved promises, responses, samples, what is awaited, the next one, the one before, questions
    with django_assert_num_queries(8):
        client.get("/en/conversations/next/")


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        # In Kiribati (UTC+14) January 10 begins at 10:00 UTC of the 9th.
        ("2026-01-09T09:59:59Z", "Not open yet"),
        ("2026-01-09T10:00:00Z", "Open"),
        # On Baker Island (UTC-12) March 31 ends at noon (UTC) of April 1.
        ("2026-04-01T11:59:59Z", "Open"),
        ("2026-04-01T12:00:00Z", "Closed"),
        ("2026-05-19T09:59:59Z", "Closed"),
        ("2026-05-19T10:00:00Z", "Results are out"),
    ],
)
def test_a_day_begins_and_ends_with_the_first_and_the_last_place_on_earth(client, monkeypatch, moment, stage):
    change_current(**ROUND, results_on=date(2026, 5, 20))
    freeze(monkeypatch, moment)

    page = client.get("/en/conversations/where-you-are/")

    assert page.context["conversation"].stage.label == stage
    assert f"</a> · {stage}</p>" in page.content.decode()


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        (
            "2026-01-01T12:00Z",
            "The conversation opens on Jan. 10, 2026. You can answer until March 31, 2026 (until the day has ended "
            "everywhere on earth). Results are promised by May 15, 2026.",
        ),
        (
            "2026-03-01T12:00Z",
            "You can answer until March 31, 2026 (until the day has ended everywhere on earth). Results are promised "
            "by May 15, 2026.",
        ),
        ("2026-04-02T12:00Z", "The conversation closed on March 31, 2026. Results are promised by May 15, 2026."),
        (
            "2026-05-17T12:00Z",
            "The conversation closed on March 31, 2026. <strong>Results were promised by May 15, 2026. They are 2 "
            "days late.</strong>",
        ),
    ],
)
def test_the_page_says_the_days(client, monkeypatch, moment, days):
    change_current(**ROUND)
    freeze(monkeypatch, moment)

    assert f"<p>{days.replace('Jan.', 'January')} </p>" in shown(client)


def test_a_promise_is_missed_only_when_its_day_has_ended_everywhere(client, monkeypatch):
    change_current(**ROUND)

    freeze(monkeypatch, "2026-05-16T11:59Z")
    assert "late.</strong>" not in shown(client)
    freeze(monkeypatch, "2026-05-16T12:00Z")
    assert "Results were promised by May 15, 2026. They are 1 day late." in shown(client)


def test_a_promise_that_was_moved_is_shown_with_both_days_and_the_reason(client, monkeypatch):
    conversation = change_current(**ROUND)
    freeze(monkeypatch, "2026-04-25T12:00Z")
    move_promise(conversation, results_by=date(2026, 4, 10), moved_on=date(2026, 3, 1), reason_en="First.")
    move_promise(conversation)

    html = shown(client)

    assert (
        "The day by which the results are promised was moved on March 1, 2026, from April 10, 2026 to May 1, 2026."
        in html
    )
    assert (
        "The day by which the results are promised was moved on April 20, 2026, from May 1, 2026 to May 15, 2026."
        in html
    )
    assert "We were &lt;ill&gt;." in html


def test_a_promise_that_was_taken_back_is_shown(client, monkeypatch):
    conversation = change_current(closes_on=ROUND["closes_on"])
    freeze(monkeypatch, "2026-04-25T12:00Z")
    move_promise(conversation)

    assert "The promise of results by May 1, 2026 was taken back on April 20, 2026." in shown(client)


def test_a_conversation_without_an_end_says_so(client, monkeypatch):
    change_current()
    freeze(monkeypatch, "2026-03-01T12:00Z")

    assert "The conversation has no end yet." in shown(client)


def test_one_that_was_held_elsewhere_is_closed_on_a_day_that_nobody_knows(client):
    make_conversation("2017", opens_on=date(2017, 12, 7), page="https://example.org/talk")

    html = shown(client, "conversations/2017/")

    assert "The conversation is closed; on which day is not known." in html
    assert '<a href="https://example.org/talk" rel="noopener">' in html
    assert "steps" not in html


def test_one_whose_place_was_taken_stays_closed_whatever_its_last_day_is_now(client, clock):
    before = change_current(closes_on=date(2026, 3, 1))
    make_conversation("after", opens_on=date(2026, 3, 9)).make_current()
    Conversation.objects.filter(pk=before.pk).update(closes_on=date(2026, 12, 31))

    html = shown(client, "conversations/where-you-are/")

    assert "The conversation is closed." in html
    assert "You can answer until" not in html
    entries = client.get("/en/conversations/").context["entries"]
    assert {each.slug: each.stage for each, *_numbers in entries} == {
        "where-you-are": "closed",
        "after": "open",
    }


def test_results_are_not_out_while_people_can_answer(client, clock):
    change_current(closes_on=date(2026, 3, 10), results_on=date(2026, 3, 11))

    html = shown(client, "conversations/where-you-are/")

    # The 11th has begun in the east.
    assert "Results have been out" not in html
    assert Conversation.objects.current().stage == "open"


def test_one_that_was_never_made_current_is_not_said_to_be_closed(client, monkeypatch):
    change_current()
    make_conversation("forgotten", opens_on=date(2026, 3, 1), closes_on=date(2026, 6, 1), page="https://example.org/")
    freeze(monkeypatch, "2026-03-05T12:00Z")

    html = shown(client, "conversations/forgotten/")

    assert "Not open yet" in html
    assert "closed" not in html
    assert "You can answer until" not in html


def test_one_that_waits_although_its_first_day_has_come_says_that_its_day_is_not_decided(client, clock):
    make_conversation("waiting", opens_on=date(2026, 3, 10), closes_on=date(2026, 6, 1), results_by=date(2026, 7, 1))

    html = shown(client, "conversations/waiting/")

    said = "The day on which the conversation opens is not decided yet. Results are promised by July 1, 2026."
    assert f"<p>{said} </p>" in html
    assert ("Nothing has been published yet." in html, "?conversation=" in html) == (False, False)


def test_published_responses_of_the_conversation_are_counted_and_nothing_else(client, monkeypatch):
    other = make_conversation("other")
    for _each in range(2):
        make_response()
    submit()
    make_response(sharing="organizers")
    make_response().withdraw()
    make_response(conversation=other)
    make_response(is_sample=True)

    for path in ("conversations/", "conversations/where-you-are/"):
        html = shown(client, path)
        link = '<a href="/en/responses/?conversation=where-you-are"><strong>2</strong> published responses · 1 sample'
        assert link in html


def test_the_page_shows_its_own_questions_in_their_order(client):
    Question.objects.create(slug="hope", position=0, prompt_en="What do you hope for?")
    make_conversation(questions=["resources", "hope"])

    page = client.get("/en/conversations/next/")

    assert [each.slug for each in page.context["questions"]] == ["hope", "resources"]


def test_one_that_is_over_leads_to_the_one_that_took_its_place(client):
    make_conversation("before", opens_on=date(2017, 1, 1), closes_on=date(2017, 2, 1))

    html = shown(client, "conversations/before/")

    assert 'The next conversation: <a href="/en/conversations/where-you-are/">' in html


def test_organizers_words_that_are_not_worded_yet_are_shown_in_english_and_marked_so(client):
    make_conversation(title="Round two", title_en="Round two", invitation_en="Come & speak.")

    html = client.get("/ar/conversations/next/").content.decode()

    assert '<span lang="en" dir="ltr">Round two <small' in html
    assert '<span lang="en" dir="ltr">Come &amp; speak. <small' in html


@pytest.mark.parametrize("path", ["", "where-you-are/"])
def test_the_pages_set_no_cookie_and_take_no_post(client, path):
    page = client.get(f"/en/conversations/{path}")

    assert (page.status_code, dict(page.cookies)) == (200, {})
    assert client.post(f"/en/conversations/{path}").status_code == 405


def test_an_unknown_conversation_is_not_found(client):
    assert client.get("/en/conversations/nothing/").status_code == 404
    assert client.get("/en/conversations/%00/").status_code == 404


def test_every_page_leads_to_the_conversations(client):
    assert '<a href="/en/conversations/">Conversations</a>' in client.get("/en/about/").content.decode()


# --- The first page ---


def test_home_invites_with_the_words_of_the_current_conversation(client, monkeypatch):
    change_current(**ROUND, title_en="What now?", invitation_en="Tell us.", asked_by_en="Wikimedia <Testland>")
    Conversation.objects.current().questions.set(Question.objects.filter(slug="needs"))
    freeze(monkeypatch, "2026-03-01T12:00Z")

    page = client.get("/en/")

    html = page.content.decode()
    assert "<h1>What now?</h1>" in html
    assert "<title>What now? – " in html
    assert "Who asks: Wikimedia &lt;Testland&gt;" in html
    assert "You can answer until March 31, 2026" in html
    assert [each.slug for each in page.context["questions"]] == ["needs"]
    assert '<a class="button primary" href="/en/respond/">' in html


def test_home_leads_to_what_was_said_once_the_conversation_is_closed(client, monkeypatch):
    change_current(**ROUND)
    freeze(monkeypatch, "2026-04-02T12:00Z")

    html = client.get("/en/").content.decode()

    assert '<a class="button primary" href="/en/responses/">' in html
    assert "The conversation closed on March 31, 2026." in html
    assert '<a href="/en/conversations/where-you-are/">Where the conversation stands</a>' in html
