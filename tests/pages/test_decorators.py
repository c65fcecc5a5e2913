"""While the database is unreachable or full, every word comes back with a button to send it again."""

import html
import re
import uuid

import pytest
from django.db import InterfaceError, OperationalError, connection

from responses.models import Draft, Response
from tests.factories import make_response
from tests.pages.test_respond import TYPED

pytestmark = pytest.mark.django_db

WORDS = '\r\nMstari wa kwanza.\r\n\r\n<b>Wa pili</b> & "wa tatu" \u200d🌍' * 3


def away(error):
    def refuse(execute, sql, parameters, many, context):
        raise error("the database is away")

    return connection.execute_wrapper(refuse)


def fields_of(page):
    """What a browser would send from the page: {name: value}."""
    text = page.content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text)
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    return {name: html.unescape(value) for name, value in hidden + areas}


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("action", ["send", "save", "switch", "send_next"])
def test_every_word_comes_back_and_can_be_sent_again_from_there(client, error, action):
    typed = {**TYPED, "meaning": WORDS, "action": action, "submission": str(uuid.uuid4())}

    with away(error):
        page = client.post("/ar/respond/?send", typed)

    assert (page.status_code, page.headers["Retry-After"]) == (503, "10")
    assert fields_of(page) == typed
    # It stays the last field: if it arrives, all before it have arrived.
    assert re.findall(r' name="(\w+)"', page.content.decode())[-1] == "complete"
    assert 'action="/ar/respond/?send"' in page.content.decode()
    assert client.post("/ar/respond/?send", fields_of(page)).status_code in (200, 302)
    assert Response.objects.count() + Draft.objects.count() == (action != "switch")


def test_a_page_that_needs_the_database_asks_to_be_loaded_again_later(client):
    with away(OperationalError):
        page = client.get("/en/respond/")

    assert page.status_code == 503
    assert "load the page anew" in page.content.decode()


def test_the_words_of_an_edit_come_back_too(client):
    response = make_response({"meaning": "Before."})
    typed = {"meaning": WORDS, "needs": "", "seen": response.fingerprint, "complete": "yes"}

    with away(OperationalError):
        page = client.post(f"/en/my-response/{response.key}/edit/", typed)

    assert page.status_code == 503
    assert fields_of(page) == typed


def test_what_somebody_saw_goes_along_and_is_not_shown_as_their_words(client):
    response = make_response()
    seen = response.fingerprint

    with away(OperationalError):
        edit = client.post(f"/en/my-response/{response.key}/edit/", {"meaning": WORDS, "seen": seen}).content.decode()
        deletion = client.post(f"/en/my-draft/{response.key}/delete/", {"seen": seen}).content.decode()

    for page in (edit, deletion):
        assert page.count(seen) == page.count(f'<input type="hidden" name="seen" value="{seen}">') == 1
    assert "your words are below" in edit
    assert "Nothing was changed" in deletion


def test_a_bug_of_ours_is_not_mistaken_for_an_unreachable_database(client):
    with away(ZeroDivisionError), pytest.raises(ZeroDivisionError):
        client.post("/en/respond/", TYPED)


@pytest.mark.parametrize("path", ["withdraw/", "versions/delete/"])
def test_a_deed_without_words_says_that_it_was_not_done_and_offers_it_again(client, path):
    response = make_response()
    address = f"/en/my-response/{response.key}/{path}"

    with away(OperationalError):
        page = client.post(address)

    text = page.content.decode()
    assert page.status_code == 503
    assert "Nothing was changed" in text
    assert f'<form method="post" action="{address}">' in text
    assert Response.objects.get().status == "accepted"


@pytest.mark.parametrize("path", ["my-response/{key}/edit/", "my-draft/{key}/write/", "my-draft/{key}/delete/"])
def test_a_secret_address_is_kept_while_the_database_is_away(client, path):
    address = "/en/" + path.format(key=make_response().key)

    with away(OperationalError):
        page = client.post(address, {"meaning": WORDS})

    assert (page.status_code, page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == (
        503,
        "strict-origin",
        "noindex",
    )
