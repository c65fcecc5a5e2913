"""A language that few have written in can tell who wrote: authors hear of it before they send, once."""

import re
import uuid

import pytest

from responses.language_statistics import SMALLEST_SHOWN, singles_out
from responses.models import Draft, Response
from tests.factories import make_response
from tests.pages.test_respond import send, typed_in

pytestmark = pytest.mark.django_db

ASKED = "Nothing has been sent yet. How shall it be sent?"
TOLD = "So far, few people have written in"
RARE = {"language": "smn", "meaning": "Sanij anarâškielân.", "needs": "Eres sääni.", "display_name": ""}


def fill(language, number, **fields):
    for each in range(number):
        make_response({"meaning": f"Words {each}."}, language=language, **fields)


def told(page):
    found = re.search(r'name="language_told" value="([^"]*)"', page.content.decode())
    return found[1] if found else None


@pytest.mark.parametrize("action", ["send", "send_next"])
def test_the_first_press_asks_with_every_word_kept_and_the_second_one_sends(client, action):
    typed = RARE | {"action": action, "submission": str(uuid.uuid4())}

    page = send(client, **typed)
    html = page.content.decode()

    assert page.status_code == 200
    assert (TOLD in html, ASKED in html, Response.objects.count()) == (True, True, 0)
    assert typed_in(page.context["form"]).items() >= {name: typed[name] for name in ("meaning", "needs")}.items()
    assert f'<button name="action" value="{action}">' in html
    sent = send(client, **typed, language_told=told(page))
    assert sent.status_code == (302 if action == "send" else 200)
    words = set(Response.objects.values_list("sharing", "answers__text"))
    assert words == {("unnamed", RARE["meaning"]), ("unnamed", RARE["needs"])}


def test_one_button_sends_it_for_the_organizers_only(client):
    submission = str(uuid.uuid4())
    page = send(client, **RARE, submission=submission)
    assert 'value="send_to_organizers">Send for the organizers only<' in page.content.decode()

    send(client, **RARE, submission=submission, language_told="smn", action="send_to_organizers")

    words = set(Response.objects.values_list("sharing", "answers__text"))
    assert words == {("organizers", RARE["meaning"]), ("organizers", RARE["needs"])}


@pytest.mark.parametrize(
    "typed",
    [
        {"language": "sw"},
        {"language": "zh-hans"},
        {"sharing": "organizers"},
        {"sharing": "named", "display_name": "Aanaar"},
        {"sharing": "affiliate", "affiliate": "Marafiki"},
        {"people": "17"},
    ],
)
def test_for_everybody_else_nothing_changes(client, typed):
    assert send(client, **RARE | typed).status_code == 302


def test_once_five_public_responses_are_in_a_language_nobody_is_asked(client):
    fill("smn", SMALLEST_SHOWN - 1)
    fill("smn", 3, sharing="organizers")
    fill("smn", 3, is_sample=True)
    fill("se", SMALLEST_SHOWN)
    assert (singles_out("smn"), singles_out("se")) == (True, False)
    assert send(client, **RARE).status_code == 200

    fill("smn", 1)

    assert not singles_out("smn")
    assert send(client, **RARE).status_code == 302


def test_somebody_who_then_chooses_another_rare_language_is_asked_about_that_one(client):
    page = send(client, **RARE, language_told="sms")

    assert (ASKED in page.content.decode(), told(page)) == (True, "smn")


def test_a_draft_says_so_from_the_start_and_is_sent_without_a_question(client):
    draft = send(client, **RARE, action="save").url

    page = client.get(f"{draft}write/")

    html = page.content.decode()
    assert (TOLD in html, ASKED in html, told(page)) == (True, False, "smn")
    assert "language_told" not in Draft.objects.get().typed


def test_the_blank_form_does_not_speak_of_it(client):
    html = client.get("/en/respond/").content.decode()

    assert (TOLD in html, "language_told" in html) == (False, False)


def test_the_next_sheet_in_the_same_language_is_not_asked_about_again(client):
    page = send(client, **RARE, action="send_next", language_told="smn")

    assert told(page) == "smn"
    assert ASKED not in page.content.decode()


def test_a_mistake_is_told_first_and_the_question_comes_when_all_is_right(client):
    page = send(client, **RARE, agree="")

    assert ASKED not in page.content.decode()
    # What the page has said already is not asked.
    assert told(page) == "smn"


def test_a_double_click_is_not_asked_about_what_is_stored(client):
    submission = str(uuid.uuid4())
    send(client, **RARE, submission=submission, language_told="smn")

    assert send(client, **RARE, submission=submission).status_code == 302
    assert Response.objects.count() == 1


@pytest.mark.parametrize("page", ["", "sharing/"])
@pytest.mark.parametrize(
    ("language", "sharing", "is_told"),
    [("smn", "unnamed", True), ("smn", "affiliate", True), ("sw", "unnamed", False), ("se", "unnamed", False)],
)
def test_the_authors_own_pages_say_so_as_long_as_it_is_so(client, page, language, sharing, is_told):
    fill("se", SMALLEST_SHOWN)
    response = make_response(language=language, sharing=sharing, affiliate_name="Marafiki")

    assert (TOLD in client.get(f"/en/my-response/{response.key}/{page}").content.decode()) == is_told


@pytest.mark.parametrize("sharing", ["named", "organizers"])
def test_not_to_an_author_who_shows_their_name_or_is_read_by_organizers_only(client, sharing):
    response = make_response(language="smn", sharing=sharing, display_name="Aanaar")

    assert TOLD not in client.get(f"/en/my-response/{response.key}/").content.decode()
