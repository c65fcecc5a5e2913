"""The form on which people without a response leave an address for news of a conversation."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import translation

from responses.models import Contact, RateLimitCount, Subscription
from tests.factories import make_conversation, make_march, submit
from tests.pages.test_decorators import away, fields_of

pytestmark = pytest.mark.django_db

ADDRESS = "/{}/conversations/where-you-are/news/"
TYPED = {"email": "me@example.org", "complete": "yes", "action": "leave"}


@pytest.fixture(autouse=True)
def conversation(clock):
    return make_march()


def leave(client, language="en", headers=None, **changes):
    return client.post(ADDRESS.format(language), TYPED | changes, headers=headers)


def words_of(page):
    """What a reader sees of the page, without the address that was typed."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub("<[^>]*>|me@example.org", " ", main, flags=re.IGNORECASE).split())


def kept():
    return list(Subscription.objects.values_list("email", "language", "awaits"))


@pytest.mark.parametrize(
    ("day", "offer", "promise", "awaits"),
    [
        (
            "2026-02-20",
            "We can write to you when this conversation is open.",
            "We will write to this address when this conversation is open:",
            ["open"],
        ),
        (
            "2026-04-02",
            "We can write to you when the results are out, and when the next conversation is open.",
            "We will write to this address when the results are out, and when the next conversation is open:",
            ["results", "next"],
        ),
        (
            "2026-04-20",
            "We can write to you when the next conversation is open.",
            "We will write to this address when the next conversation is open:",
            ["next"],
        ),
    ],
)
def test_the_page_says_what_we_write_when_and_keeps_the_address(
    client, clock, conversation, day, offer, promise, awaits
):
    if awaits == ["next"]:
        conversation.results_on = date(2026, 4, 20)
        conversation.store()
    clock(day)

    asked = client.get(ADDRESS.format("en"))
    page = leave(client)

    assert (asked.status_code, page.status_code) == (200, 200)
    assert offer in words_of(asked)
    assert promise in words_of(page)
    assert "me@example.org" in page.content.decode()
    for each in (asked, page):
        assert "for 365 days at most" in words_of(each)
        assert "A link in every message deletes it earlier." in words_of(each)
        assert "What do you need?" in words_of(each)
    assert kept() == [("me@example.org", "en", awaits)]


def test_when_results_are_awaited_and_the_next_one_is_open_only_the_results_are_promised(client, clock):
    clock("2026-04-02")
    following = make_conversation("third", opens_on=date(2026, 4, 5))
    following.make_current()
    clock("2026-04-06")

    page = leave(client)

    assert "We will write to this address when the results are out:" in words_of(page)
    assert kept() == [("me@example.org", "en", ["results"])]


@pytest.mark.parametrize(
    ("day", "results_on", "following", "awaits"),
    [
        ("2026-02-20", None, None, True),
        ("2026-03-10", None, None, True),
        ("2026-04-10", None, None, True),
        ("2026-04-10", None, "planned", True),
        ("2026-04-20", date(2026, 4, 20), "planned", True),
        ("2026-04-10", None, "open", True),
        ("2026-04-20", date(2026, 4, 20), "open", False),
    ],
)
def test_the_form_is_offered_wherever_there_is_something_to_wait_for(
    client, clock, conversation, day, results_on, following, awaits
):
    conversation.results_on = results_on
    conversation.store()
    clock(day)
    if following:
        opens_on = date.fromisoformat(day) if following == "open" else date(2026, 6, 1)
        made = make_conversation("following", opens_on=opens_on)
        if following == "open":
            made.make_current()
    link = f'href="{ADDRESS.format("en")}"'

    assert (link in client.get("/en/conversations/where-you-are/").content.decode()) == awaits
    respond = client.get("/en/respond/").content.decode()
    if 'id="kept-words"' in respond:
        assert (link in respond) == awaits


def test_of_a_conversation_held_elsewhere_only_the_next_one_is_awaited(client, clock):
    make_conversation("elsewhere", opens_on=date(2017, 1, 1), page="https://example.org/")
    clock("2026-02-20")
    link = 'href="/en/conversations/elsewhere/news/"'
    before = client.get("/en/conversations/elsewhere/").content.decode()
    clock("2026-03-10")

    assert [link in html for html in (before, client.get("/en/conversations/elsewhere/").content.decode())] == [
        True,
        False,
    ]


def test_where_there_is_nothing_to_wait_for_no_address_is_asked_for_or_kept(client, clock, conversation):
    conversation.results_on = date(2026, 4, 20)
    conversation.store()
    clock("2026-04-20")
    make_conversation("next", opens_on=date(2026, 4, 20)).make_current()

    asked, page = client.get(ADDRESS.format("en")), leave(client)

    for each in (asked, page):
        assert "We have nothing more to tell of this conversation by mail." in words_of(each)
        assert 'name="email"' not in each.content.decode()
    assert kept() == []


def test_the_answer_is_the_same_whether_the_address_was_there_or_not(client, conversation):
    response = submit()
    Contact.objects.leave(response, "me@example.org", "en")

    pages = [leave(client), leave(client), leave(client, email="ME@example.org")]

    assert len(set(map(words_of, pages))) == 1
    assert {page.status_code for page in pages} == {200}
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Write an e-mail address first."),
        ("no address", "This is no e-mail address. Correct it, or leave it out."),
        ("josé@example.org", "We cannot send to this address:"),
        ("me@example.org\r\nBcc: all@example.org", "This is no e-mail address. Correct it, or leave it out."),
        (f"{'x' * 250}@example.org", "This is no e-mail address. Correct it, or leave it out."),
        ('"><script>alert(1)</script>@example.org', "This is no e-mail address. Correct it, or leave it out."),
    ],
)
def test_a_mistake_brings_the_form_back_with_what_was_typed(client, email, message):
    page = leave(client, email=email)

    assert page.status_code == 200
    assert [each.startswith(message) for each in page.context["news_form"].errors["email"]] == [True]
    assert page.context["news_form"]["email"].value() == email
    assert "<script>alert" not in page.content.decode()
    assert kept() == []


def test_a_form_that_did_not_arrive_whole_keeps_nothing(client):
    page = leave(client, email="me@example.or", complete="")

    assert "the line dropped on the way" in words_of(page)
    assert kept() == []


def test_an_address_is_read_as_it_was_meant(client):
    leave(client, email=" ｍｅ＠example。org ")

    assert kept() == [("me@example.org", "en", ["results", "next"])]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_switching_the_language_keeps_what_is_typed_and_stores_nothing(client, language):
    page = leave(client, language, action="switch", email="<me>")

    assert page.status_code == 200
    assert page.context["news_form"]["email"].value() == "<me>"
    assert page.context["news_form"].errors == {}
    with translation.override(language):
        assert translation.gettext("Tell me by mail") in page.content.decode()
    assert kept() == []


def test_the_language_of_the_page_is_that_of_the_mails(client):
    leave(client, "ar")

    assert kept() == [("me@example.org", "ar", ["results", "next"])]


def test_a_network_that_sends_too_much_has_to_wait_and_keeps_what_it_typed(client):
    leave(client)
    RateLimitCount.objects.update(n=1000)

    page = leave(client, email="you@example.org")

    assert page.status_code == 429
    assert page.context["news_form"]["email"].value() == "you@example.org"
    assert [each[0] for each in kept()] == ["me@example.org"]


def test_while_the_database_is_away_the_address_comes_back(client):
    with away(OperationalError):
        page = leave(client)

    assert (page.status_code, fields_of(page)) == (503, TYPED)


def test_no_other_site_can_post_here(csrf_client):
    page = leave(csrf_client, headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})

    assert (page.status_code, kept()) == (403, [])
    assert leave(csrf_client, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_the_page_sets_no_cookie_and_its_address_tells_nothing(client):
    pages = [client.get(ADDRESS.format("en")), leave(client)]

    assert [page.cookies for page in pages] == [{}, {}]
    assert "private" in pages[1].headers["Cache-Control"]


def test_there_is_no_page_for_a_conversation_that_does_not_exist(client):
    path = "/en/conversations/nowhere/news/"

    assert client.get(path).status_code == 404
    assert client.post(path, TYPED).status_code == 404


def test_another_method_is_refused(client):
    assert client.put(ADDRESS.format("en")).status_code == 405
