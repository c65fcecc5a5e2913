"""A reader tells the organizers about a published response: a few words, no account, nothing kept of the reader."""

import re

import pytest
from django.db import OperationalError

from responses.models import Flag, RateLimitCount
from tests.factories import make_response, submit
from tests.pages.test_decorators import away, fields_of

pytestmark = pytest.mark.django_db

WORDS = "Inamtaja <jirani> yangu.\r\n\r\nTafadhali!"


def address(response, language="en"):
    return f"/{language}/responses/{response.code}/tell/"


def tell(client, response, language="en", headers=None, **changes):
    typed = {"words": WORDS, "action": "send", "complete": "yes", **changes}
    return client.post(address(response, language), typed, headers=headers)


def told():
    return list(Flag.objects.values_list("response", "kind", "words"))


def test_a_public_response_leads_to_the_page_and_the_page_says_what_happens(client):
    response = make_response()

    read = client.get(response.get_absolute_url()).content.decode()
    page = client.get(address(response)).content.decode()

    assert f'href="{address(response)}" rel="nofollow"' in read
    assert "The author does not learn who told them." in page
    assert "We ask for no name and no address" in page
    assert re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', page) == ["words", "website", "complete"]


def test_what_a_reader_tells_reaches_the_organizers_and_nobody_else(client):
    response = make_response()

    page = tell(client, response)

    assert "Thank you. The organizers will read it." in page.content.decode()
    assert told() == [(response.pk, "reader", "Inamtaja <jirani> yangu.\n\nTafadhali!")]
    assert page.cookies == {}
    assert page.headers["X-Robots-Tag"] == "noindex"
    mine = f"/en/my-response/{response.key}/"
    for shown in (response.get_absolute_url(), mine, f"{mine}data.json"):
        html = client.get(shown).content.decode()
        assert ("jirani" in html, '"reader"' in html) == (False, False)


def test_pressing_twice_tells_it_once(client):
    response = make_response()

    tell(client, response)
    page = tell(client, response)

    assert (page.status_code, len(told())) == (200, 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"words": " \r\n"}, "Write a few words first."),
        ({"words": "a" * 1001}, "This text is 1 character too long: 1,000 are possible. Nothing was cut off."),
        ({"complete": ""}, "Not all of it arrived: the line dropped on the way. Compare your words, then send again."),
        ({"website": "x"}, "A field that people do not see was filled in, perhaps by your browser."),
        ({"words": "a\x00b"}, None),
    ],
)
def test_what_cannot_be_sent_comes_back_with_the_reason(client, changes, message):
    page = tell(client, make_response(), **changes)

    assert (page.status_code, told()) == (200, [])
    assert message is None or message in page.content.decode()
    assert '<div class="faults"' in page.content.decode()
    if "words" not in changes:
        assert " ".join(fields_of(page)["words"].split()) == " ".join(WORDS.split())


def test_the_language_of_the_page_can_be_changed_with_the_words_kept(client):
    response = make_response()

    page = tell(client, response, "ar", action="switch")

    assert " ".join(fields_of(page)["words"].split()) == " ".join(WORDS.split())
    assert (page.status_code, told()) == (200, [])
    assert '<div class="faults"' not in page.content.decode()


@pytest.mark.parametrize("hide", [lambda each: each.withdraw(), lambda each: each.decline("No.")])
def test_about_a_response_that_is_public_no_more_nothing_is_told_and_the_words_come_back(client, hide):
    response = make_response()
    hide(response)

    page = tell(client, response)

    assert (page.status_code, told()) == (410, [])
    assert "Inamtaja &lt;jirani&gt; yangu." in page.content.decode()
    assert client.get(address(response)).status_code == 404


def test_a_stranger_learns_nothing_about_what_is_not_public(client):
    hidden, waiting = make_response(sharing="organizers"), submit()

    pages = [client.get(address(each)).status_code for each in (hidden, waiting)]

    assert [*pages, client.get("/en/responses/nobody22/tell/").status_code] == [404, 404, 404]
    assert tell(client, waiting).status_code == 410
    assert told() == []


def test_other_sites_cannot_post_here_and_no_token_is_needed(csrf_client):
    response = make_response()

    assert tell(csrf_client, response, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert tell(csrf_client, response, headers={"Origin": "https://evil.example"}).status_code == 403
    assert told() == []
    assert tell(csrf_client, response).status_code == 200
    assert len(told()) == 1


def test_a_script_has_to_wait_and_its_words_stay(client):
    response = make_response()
    tell(client, response)
    RateLimitCount.objects.update(n=1000)

    page = tell(client, response, words="Once more.")

    assert (page.status_code, int(page.headers["Retry-After"]) > 0, len(told())) == (429, True, 1)
    assert fields_of(page)["words"] == "Once more."


def test_while_the_database_is_away_the_words_come_back(client):
    response = make_response()

    with away(OperationalError):
        page = tell(client, response)

    assert (page.status_code, fields_of(page)["words"]) == (503, WORDS)


def test_the_page_is_asked_for_or_posted_to_and_nothing_else(client):
    assert client.put(address(make_response())).status_code == 405
