"""On a shared computer nothing is left behind for whoever comes next."""

import re

import pytest

from responses.models import Draft, Gathering, Response
from tests.factories import make_response
from tests.pages.test_respond import TYPED

pytestmark = pytest.mark.django_db

KEY = "a" * 26


def inputs(html):
    """{name: its tag} of the fields of one line that the browser would remember."""
    tags = re.findall(r"<input[^>]*>", html)
    typed = [tag for tag in tags if re.search(r'type="(?:text|email|date)"', tag)]
    return {re.search(r'name="([^"]*)"', tag)[1]: tag for tag in typed}


def is_remembered(tag):
    return 'autocomplete="off"' not in tag


@pytest.mark.parametrize("path", ["respond/", f"my-draft/{KEY}/write/"])
def test_the_browser_remembers_no_field_of_a_response(client, path):
    Draft.objects.keep(KEY, {"meaning": "Mine.", "display_name": "Amina"})

    found = inputs(client.get(f"/en/{path}").content.decode())

    asked = {
        "language_name",
        "affiliate",
        "people",
        "method",
        "held_on",
        "place",
        "spoken_languages",
        "written_by",
        "display_name",
        "content_note",
    }
    assert found.keys() == asked | {"email"}
    assert [name for name, tag in found.items() if is_remembered(tag)] == []


@pytest.mark.parametrize("path", ["", "sharing/", "edit/"])
def test_nor_any_on_the_authors_own_pages(client, path):
    response = make_response(sharing="named", display_name="Amina")

    found = inputs(client.get(f"/en/my-response/{response.key}/{path}").content.decode())

    # The link itself is for copying, and nobody types in it.
    assert [name for name, tag in found.items() if is_remembered(tag)] == []


def test_no_browser_keeps_a_page_about_what_was_sent_not_even_for_going_back(client):
    response = make_response({"meaning": "Mine."})
    Draft.objects.keep(KEY, {"meaning": "Mine."})
    Gathering.objects.announce("b" * 26, title="A café")
    of_response = ["", "edit/", "sharing/", "withdraw/", "data.json", "data.txt", "attach/"]
    pages = [f"my-response/{response.key}/{page}" for page in of_response]
    pages += [f"my-draft/{KEY}/{page}" for page in ("", "delete/")]
    pages += [f"my-gathering/{'b' * 26}/{page}" for page in ("", "close/")]

    for path in pages:
        page = client.get(f"/en/{path}")
        assert page.status_code == 200
        assert "no-store" in page.headers["Cache-Control"], path
    # Words that were sent with a mistake stand in the page that comes back.
    edited = client.post(f"/en/my-response/{response.key}/edit/", {"meaning": "Mine."})
    assert (edited.status_code, "no-store" in edited.headers["Cache-Control"]) == (200, True)


def test_the_page_where_people_begin_is_kept_for_going_back(client):
    assert "no-store" not in client.get("/en/respond/").headers["Cache-Control"]
    assert "no-store" not in client.post("/en/respond/", TYPED | {"agree": ""}).headers["Cache-Control"]


def test_the_browser_forgets_what_is_taken_away(client):
    response = make_response({"meaning": "Mine."})
    Draft.objects.keep(KEY, {"meaning": "Mine."})

    for path in (f"my-response/{response.key}/withdraw/", f"my-draft/{KEY}/delete/"):
        assert "Clear-Site-Data" not in client.get(f"/en/{path}").headers
        assert client.post(f"/en/{path}").headers["Clear-Site-Data"] == '"cache"'
    assert (Response.objects.get().is_withdrawn, Draft.objects.count()) == (True, 0)
