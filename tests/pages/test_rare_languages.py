"""A language that few have written in can tell who wrote: authors hear of it before they send."""

import pytest
from django.conf import settings

from responses.language_statistics import SMALLEST_SHOWN, singles_out
from responses.models import Conversation, Response
from tests.factories import make_conversation, make_response
from tests.pages.test_respond import send

pytestmark = pytest.mark.django_db

TOLD = "So far, few people have written in"
RARE = {"language": "smn", "meaning": "Sanij anarâškielân.", "needs": "Eres sääni.", "display_name": ""}


def fill(language, number, **fields):
    for each in range(number):
        make_response({"meaning": f"Words {each}."}, language=language, **fields)


def said_of(client, language, conversation="where-you-are"):
    page = client.get("/en/respond/few-write-in/", {"conversation": conversation, "language": language})
    assert page.status_code in (200, 204)
    return page.content.decode()


def test_everybody_reads_it_at_the_choice_before_they_send(client):
    html = client.get("/en/respond/").content.decode()

    assert "If few people write in your language, it can tell who you are" in html
    assert TOLD not in html


def test_one_press_sends_it_and_the_authors_page_says_it_before_anybody_reads_the_words(client):
    sent = send(client, **RARE)

    assert sent.status_code == 302
    html = client.get(sent.url).content.decode()
    assert (TOLD in html, "Change how it is shared" in html) == (True, True)
    assert Response.objects.get().is_waiting


@pytest.mark.parametrize("also", [{"agree": ""}, {"action": "lists"}, {"action": "switch"}])
def test_the_form_says_so_as_soon_as_the_portal_knows_the_language(client, also):
    assert TOLD in send(client, **RARE | also).content.decode()


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
    assert TOLD not in send(client, **RARE | typed, agree="").content.decode()


def test_once_five_public_responses_are_in_a_language_nobody_hears_of_it(client):
    fill("smn", SMALLEST_SHOWN - 1)
    fill("smn", 3, sharing="organizers")
    fill("smn", 3, is_sample=True)
    fill("se", SMALLEST_SHOWN)
    current = Conversation.objects.current()
    assert [singles_out(each, conversation=current) for each in ("smn", "se")] == [True, False]
    assert (TOLD in said_of(client, "smn"), said_of(client, "se")) == (True, "")

    fill("smn", 1)

    assert not singles_out("smn", conversation=current)
    assert said_of(client, "smn") == ""


def test_the_first_in_a_later_conversation_hear_of_it_whatever_was_said_in_the_one_before(client):
    fill("smn", SMALLEST_SHOWN)
    following = make_conversation("following")
    response = make_response(conversation=following, language="smn", sharing="affiliate", affiliate_name="Marafiki")

    own = [client.get(f"/en/my-response/{response.key}/{page}").content.decode() for page in ("", "sharing/")]
    assert [TOLD in html for html in own] == [True, True]
    assert [TOLD in said_of(client, "smn", each) for each in ("following", "where-you-are", "")] == [True, False, False]
    assert TOLD not in send(client, **RARE, agree="").content.decode()

    following.is_current = True
    Conversation.objects.update(is_current=False)
    following.save()
    html = send(client, **RARE, agree="").content.decode()

    assert "So far, few people have written in" in html
    assert 'data-address="/en/respond/few-write-in/?conversation=following"' in html


def test_a_language_that_is_not_listed_is_spoken_of_by_its_name_which_is_in_no_address(client):
    html = send(client, **RARE | {"language": "und", "language_name": "<b>Livvin</b>"}, agree="").content.decode()

    assert TOLD in html
    assert "&lt;b&gt;Livvin&lt;/b&gt;" in html
    assert (said_of(client, "und"), said_of(client, "nonsense"), said_of(client, "")) == ("", "", "")
    script = (settings.BASE_DIR / "static/js/few-write-in.js").read_text(encoding="utf-8")
    assert "language_name" not in script


def test_a_draft_says_so_from_the_start(client):
    draft = send(client, **RARE, action="save").url

    assert TOLD in client.get(f"{draft}write/").content.decode()


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
