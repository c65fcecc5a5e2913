"""A page that was opened earlier never makes newer words give way to older ones unseen."""

import re
import uuid

import pytest

from responses.models import Contact, Draft, Response
from tests.factories import submit
from tests.pages.test_my_draft import key_in, save, write
from tests.pages.test_respond import TYPED, send
from tests.pages.test_review_desk import path_of, reviewer  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", ["send", "send_next"])
def test_sending_from_an_older_tab_neither_deletes_nor_passes_over_a_newer_draft(client, action):
    key = key_in(save(client, meaning="Short.", email="me@example.org"))
    seen = Draft.objects.get().fingerprint
    write(client, key, action="save", meaning="Short, and two hours of work.", needs="More.", seen=seen)

    page = write(client, key, action=action, meaning="Short.", email="me@example.org", seen=seen)

    html = page.content.decode()
    assert page.status_code == 200
    assert "This draft has been changed since you opened it." in html
    assert "\nShort.</textarea>" in html
    assert "Short, and two hours of work.</p></blockquote>" in html
    assert (Response.objects.count(), Contact.objects.count()) == (0, 0)
    assert Draft.objects.get().typed["needs"] == "More."
    # Pressed again, after comparing, it is sent.
    assert write(client, key, meaning="Both.", seen=page.context["seen"]).status_code == 302
    assert (Response.objects.get().answers.get().text, Draft.objects.count()) == ("Both.", 0)


def test_going_back_to_the_first_page_and_sending_it_does_not_delete_what_was_written_since(client):
    submission = str(uuid.uuid4())
    key = key_in(save(client, submission=submission, meaning="Short."))
    write(client, key, action="save", meaning="Long.", seen=Draft.objects.get().fingerprint)

    page = send(client, submission=submission, meaning="Short.")

    assert (page.status_code, Response.objects.count()) == (200, 0)
    assert Draft.objects.get().typed["meaning"] == "Long."


def test_sending_the_words_of_the_draft_needs_no_comparison_whatever_was_seen(client):
    submission = str(uuid.uuid4())
    typed = {**TYPED, "meaning": "One\r\ntwo", "place": "  ", "submission": submission}
    send(client, **{**typed, "action": "save"})

    pages = [send(client, **typed) for _click in range(2)]

    assert [page.status_code for page in pages] == [302, 302]
    assert (Response.objects.count(), Draft.objects.count()) == (1, 0)


def names(client, path, form):
    """The name of a form, and that of its first field."""
    html = client.get(f"/en/{path}").content.decode().split(f'<form id="{form}"')[1]
    return re.search(r'name="([^"]*)".*?<input type="hidden" name="([^"]*)"', html, re.DOTALL).groups()


def test_a_browser_is_told_whether_the_same_was_seen(client):
    response = submit()
    edit, sharing = (
        (f"my-response/{response.key}/edit/", "edit"),
        (f"my-response/{response.key}/sharing/", "sharing-form"),
    )
    first, second = ([names(client, *page) for page in (edit, sharing)] for _time in range(2))

    assert all(name == field for name, field in first + second)
    # Words come back as long as nobody has changed what is stored.
    assert first[0] == second[0]
    # Where people agree to terms, nothing comes back by itself.
    assert first[1] != second[1]
    response.edit({response.answers.get().question: "Changed."})
    assert names(client, *edit) != first[0]


@pytest.mark.parametrize("path", ["respond/", "gatherings/new/"])
def test_a_new_page_is_never_filled_in_with_the_words_of_an_earlier_one(client, path):
    form = "respond" if path == "respond/" else "gathering-form"

    first, second = (names(client, path, form) for _time in range(2))

    assert first != second
    assert first[0] == first[1]


def test_a_draft_that_was_deleted_meanwhile_can_still_be_sent(client):
    key = key_in(save(client))
    seen = Draft.objects.get().fingerprint
    Draft.objects.all().delete()

    assert write(client, key, seen=seen).status_code == 302


def test_deleting_a_draft_deletes_nothing_that_was_not_seen(client):
    key = key_in(save(client, meaning="Short."))
    seen = Draft.objects.get().fingerprint
    assert f'name="seen" value="{seen}"' in client.get(f"/en/my-draft/{key}/delete/").content.decode()
    write(client, key, action="save", meaning="Long.", seen=seen)

    page = client.post(f"/en/my-draft/{key}/delete/", {"seen": seen})

    assert "This draft has been changed since you opened it." in page.content.decode()
    changed = Draft.objects.get()
    assert changed.typed["meaning"] == "Long."
    assert f'name="seen" value="{changed.fingerprint}"' in page.content.decode()
    assert client.post(f"/en/my-draft/{key}/delete/", {"seen": changed.fingerprint}).url == "/en/respond/"
    assert Draft.objects.count() == 0


def test_a_note_does_not_take_the_place_of_one_that_was_not_seen(client, reviewer):  # noqa: F811
    response = submit()
    other = submit({"meaning": "Another."})
    before = client.get(path_of(response, "change")).context["seen"]
    client.post(path_of(response, "note"), {"note": "First.", "seen": before})

    page = client.post(path_of(response, "note"), {"note": "Second.", "seen": before})

    html = page.content.decode()
    assert "Second.</textarea>" in html
    assert '<dd dir="auto">First.</dd>' in html
    assert Response.objects.get(pk=response.pk).note_to_author == "First."
    client.post(path_of(response, "note"), {"note": "Both.", "seen": page.context["seen"]})
    assert Response.objects.get(pk=response.pk).note_to_author == "Both."
    assert Response.objects.get(pk=other.pk).note_to_author == ""


def test_a_note_that_cannot_be_stored_comes_back(client, reviewer):  # noqa: F811
    response = submit()
    response.note("Before.")

    page = client.post(path_of(response, "note"), {"note": "x" * 20_001})

    assert "This text is 1 character too long" in page.content.decode()
    assert "x" * 20_001 in page.content.decode()
    assert Response.objects.get().note_to_author == "Before."
