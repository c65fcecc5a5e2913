"""What is odd about how a response was sent is flagged for the reviewer; nothing is dropped."""

import time
import uuid

import pytest
from django.core.signing import Signer, b62_encode

from responses.languages.text_matching import duplicate_key
from responses.models import Flag, Response
from responses.models.flag import CONTACT_KINDS
from tests.factories import make_response, make_user
from tests.pages.test_respond import send

pytestmark = pytest.mark.django_db


def opened(seconds_ago):
    """The hidden field of a form that was opened this many seconds ago."""
    return Signer(salt="the respond page was opened").sign(f"opened:{b62_encode(int(time.time()) - seconds_ago)}")


def suspicions(client, **typed):
    """The kinds of flags that it gets for how it was sent, with spaces between."""
    Flag.objects.all().delete()
    typed = {"submission": str(uuid.uuid4()), "opened": opened(60), "meaning": "Nobody else says this.", **typed}
    page = send(client, **typed)
    if page.status_code == 200:
        # The form asks about links before it sends them.
        page = send(client, **typed, asked=page.context["form"].asked)
    assert page.status_code == 302
    return " ".join(Flag.objects.exclude(kind__in=CONTACT_KINDS).values_list("kind", flat=True))


def test_a_response_written_in_a_minute_or_longer_is_not_suspicious(client):
    assert suspicions(client) == ""
    # A page may stay open overnight, or come from a draft.
    assert suspicions(client, meaning="A week later.", opened=opened(7 * 24 * 60 * 60)) == ""


def test_the_form_notes_when_it_was_opened(client):
    page = client.get("/en/respond/")

    assert suspicions(client, opened=page.context["form"].opened) == "haste"


@pytest.mark.parametrize(
    ("typed", "suspicion"),
    [
        ({"website": "https://buy.example"}, "trap"),
        ({"opened": ""}, "unopened"),
        ({"opened": "opened:1tPq0A:forged"}, "unopened"),
        ({"opened": "\u0661" * 5000}, "unopened"),
        ({"meaning": "See http://a.example and https://b.example", "needs": "and WWW.c.example"}, "links"),
    ],
)
def test_each_reason_for_suspicion_is_marked(client, typed, suspicion):
    assert suspicions(client, **typed) == suspicion


def test_two_links_are_not_suspicious(client):
    assert suspicions(client, meaning="https://www.a.example, https://www.b.example") == ""


@pytest.mark.parametrize(("language", "suspicion"), [("bfi", ""), ("ils", ""), ("en", "links")])
def test_a_video_for_each_answer_in_a_sign_language_is_not_suspicious(client, language, suspicion):
    videos = {
        "meaning": "https://video.example/1",
        "needs": "Here: https://www.video.example/2.",
        "resources": "https://video.example/3",
    }

    assert suspicions(client, language=language, language_told=language, **videos) == suspicion


def test_many_links_in_one_answer_in_a_sign_language_are_suspicious(client):
    typed = {"language": "bfi", "language_told": "bfi"}

    assert suspicions(client, **typed, meaning="https://a.example https://b.example www.c.example") == "links"


@pytest.mark.parametrize(
    "again", ["Watu wote, na lugha zote!", "WATU  WOTE na\nlugha zote", "“Watu wote” — na lugha zote."]
)
def test_repeated_words_are_marked_whatever_their_capitals_spaces_and_punctuation(client, again):
    make_response({"meaning": "Watu wote na lugha zote."})

    assert suspicions(client, meaning=again) == "repeated"


def test_words_that_differ_only_by_a_vowel_sign_are_not_a_repetition():
    assert duplicate_key(["كَتَبَ"]) != duplicate_key(["كُتُب"])
    assert duplicate_key(["ab", "c"]) != duplicate_key(["a", "bc"])


# Two texts in SignWriting with the same modifiers, and two emoji with the same variation selector.
@pytest.mark.parametrize(
    ("one", "other"), [("\U0001d800\U0001da9b", "\U0001d90f\U0001da9b"), ("❤\ufe0f", "☀\ufe0f"), ("👍", "👎")]
)
def test_answers_without_a_letter_are_repetitions_only_if_they_are_the_same(client, one, other):
    make_response({"meaning": one})

    assert suspicions(client, meaning=other) == ""
    assert suspicions(client, meaning=one) == "repeated"


def test_answers_of_which_nothing_can_be_compared_are_no_repetitions(client):
    make_response({"meaning": "…"})
    make_response({"meaning": "Watu wote."}).withdraw()

    assert suspicions(client, meaning="?!") == ""


def test_words_of_a_withdrawn_response_can_be_sent_again_without_suspicion(client):
    make_response({"meaning": "Watu wote."}).withdraw()

    assert suspicions(client, meaning="Watu wote.") == ""


def test_sending_the_same_form_twice_is_not_a_repetition(client):
    submission = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f"

    assert suspicions(client, submission=submission) == ""
    assert suspicions(client, submission=submission) == ""
    assert Response.objects.count() == 1


def test_the_reviewer_reads_why_a_response_is_suspicious_and_its_author_does_not(client):
    send(client, opened=opened(60), meaning="Plain.")
    page = send(client, opened=opened(1), website="x", meaning="Odd.")
    odd = Response.objects.flagged().get()
    author_page = client.get(page.url).content.decode()
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    found = client.get("/admin/responses/response/?flag=any").context["cl"].result_list
    desk = client.get(f"/admin/responses/response/{odd.pk}/change/").content.decode()

    assert list(found) == [odd]
    for suspicion in (Flag.Kind.TRAP, Flag.Kind.HASTE):
        assert str(suspicion.label) in desk
        assert str(suspicion.label) not in author_page


def test_the_trap_is_hidden_from_keyboards_and_screen_readers(client):
    html = client.get("/en/respond/").content.decode()

    assert '<div class="trap" aria-hidden="true">' in html
    assert '<input id="website" name="website" tabindex="-1" autocomplete="off">' in html
