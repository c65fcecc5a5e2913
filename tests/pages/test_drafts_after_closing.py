"""The page of a draft once its conversation is closed: nothing is lost, and it says what can still be done."""

from datetime import date

import pytest

from responses.access.keys import sha256_of
from responses.models import Conversation, Draft, Gathering, Question, Region
from tests.factories import change_current, freeze, make_conversation, make_gathering, make_response
from tests.pages.test_my_draft import key_in, save
from tests.pages.test_respond import TYPED, send

pytestmark = pytest.mark.django_db

ROUND = {"closes_on": date(2026, 3, 31), "results_by": date(2026, 5, 15)}
OPEN, FINISHING, OVER = "2026-03-31T12:00Z", "2026-04-08T11:59Z", "2026-04-08T12:00Z"
LAST_LINE = "\n\nمن الفم <b>إلى</b> الأذن"


@pytest.fixture
def key(client, monkeypatch):
    """The key of a draft that was saved on the last day."""
    change_current(**ROUND)
    freeze(monkeypatch, OPEN)
    return key_in(save(client, language="ar", meaning=f"كلمات{LAST_LINE}", region="ssa", sharing="named"))


def shown(client, key, tail=""):
    return client.get(f"/en/my-draft/{key}/{tail}").content.decode()


def next_round(**fields):
    """Another conversation has taken the place of the current one."""
    Conversation.objects.filter(is_current=True).update(is_current=False)
    fields = {"opens_on": date(2026, 4, 5), "is_current": True, "title_en": "Round two", **fields}
    return make_conversation("two", **fields)


def test_while_it_is_open_the_page_says_until_when(client, key):
    html = shown(client, key)

    assert "<h1>Your draft is saved</h1>" in html
    assert "You can answer until March 31, 2026" in html
    assert "A draft can be finished and sent until April 7, 2026." in html
    assert "Go on writing" in html


def test_whoever_pressed_send_after_closing_reads_that_nothing_was_sent_and_until_when_it_can_be(client, monkeypatch):
    change_current(**ROUND)
    freeze(monkeypatch, "2026-04-01T12:00Z")

    page = client.get(send(client).url)

    html = page.content.decode()
    assert "<h1>Your words are kept</h1>" in html
    assert "The conversation closed on March 31, 2026." in html
    assert "Nothing is sent yet. You can still send your words until April 7, 2026" in html
    assert "Go on writing" in html
    assert "Kila mtu ana nafasi." in html


def test_until_the_last_day_it_can_be_finished_and_afterwards_not(client, key, monkeypatch):
    freeze(monkeypatch, FINISHING)
    assert "Go on writing" in shown(client, key)
    assert client.get(f"/en/my-draft/{key}/write/").status_code == 200

    freeze(monkeypatch, OVER)
    html = shown(client, key)
    assert "Go on writing" not in html
    assert "can no longer be sent in this conversation. They are not lost" in html
    assert client.get(f"/en/my-draft/{key}/write/").url == f"/en/my-draft/{key}/"


def test_a_draft_of_a_late_sheet_can_be_finished_as_long_as_its_link_is_valid(client, key, monkeypatch):
    make_gathering()
    Gathering.objects.update(late_key_hash=sha256_of("b" * 26), late_until=date(2026, 5, 30))
    Draft.objects.update(typed={"meaning": "Late.", "late": "b" * 26})

    freeze(monkeypatch, "2026-05-30T12:00Z")
    html = shown(client, key)
    assert "You can still send your words until May 30, 2026" in html
    assert "Go on writing" in html
    assert "b" * 26 not in html
    freeze(monkeypatch, "2026-06-01T12:00Z")
    assert "b" * 26 not in shown(client, key, "draft.txt")


def test_a_draft_of_a_late_sheet_can_be_finished_as_long_as_any_other_draft(client, key):
    make_gathering()
    Gathering.objects.update(late_key_hash=sha256_of("b" * 26), late_until=date(2026, 4, 2))
    Draft.objects.update(typed={"meaning": "Late.", "late": "b" * 26})

    assert "A draft can be finished and sent until April 7, 2026." in shown(client, key)


@pytest.mark.parametrize("moment", [OPEN, FINISHING, OVER])
def test_the_words_can_always_be_read_in_their_own_language_and_direction(client, key, monkeypatch, moment):
    freeze(monkeypatch, moment)

    html = shown(client, key)

    assert '<blockquote class="words" lang="ar" dir="rtl"><p>كلمات</p>' in html
    assert "<p>من الفم &lt;b&gt;إلى&lt;/b&gt; الأذن</p></blockquote>" in html
    assert "<dd>Sub-Saharan Africa</dd>" in html
    assert "<dd><bdi>not yet an address</bdi></dd>" in html


def test_words_to_a_question_that_is_asked_no_more_are_shown_and_downloaded_too(client, key):
    Conversation.objects.current().questions.set(Question.objects.filter(slug="needs"))

    assert "What does diversity mean in your context?" in shown(client, key)
    assert "What does diversity mean in your context?" in shown(client, key, "draft.txt")


def test_the_download_has_every_word_as_it_was_saved(client, key):
    page = client.get(f"/en/my-draft/{key}/draft.txt")

    text = page.content.decode()
    assert f"كلمات{LAST_LINE}\n" in text
    for told in ("Sub-Saharan Africa", "many", "2999", "Amina", "not yet an address", "With my name"):
        assert told in text
    kept = [page.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control", "X-Robots-Tag")]
    assert kept == [
        "text/plain; charset=utf-8",
        'attachment; filename="draft.txt"',
        "private, no-store",
        "noindex",
    ]


def test_what_was_ticked_is_told_as_the_form_calls_it(client, key):
    Draft.objects.update(typed={"content_kinds": "violence abuse", "content_note": "own <words>", "region": "no such"})

    text = shown(client, key, "draft.txt")

    assert "The words speak of: violence, abuse\n" in text
    assert "In your own words: own <words>\n" in text
    assert "Part of the world: no such\n" in text


def test_the_words_can_be_taken_to_the_next_conversation_and_sent_there(client, key, monkeypatch):
    following = next_round(questions=["meaning"])
    freeze(monkeypatch, OVER)
    assert "Take your words to the next conversation" in shown(client, key)
    before = Draft.objects.get().typed

    page = client.post(f"/en/my-draft/{key}/move/")

    assert page.url == f"/en/my-draft/{key}/"
    assert Draft.objects.values_list("conversation", "typed").get() == (following.pk, before)
    html = shown(client, key)
    assert "Go on writing" in html
    assert "Take your words" not in html


def test_a_draft_that_has_left_its_gathering_says_that_the_invitation_was_to_another_conversation(
    client, key, monkeypatch
):
    make_gathering(code="bcdfghjk")
    Draft.objects.update(typed={"meaning": "Maneno.", "language": "sw", "gathering": "bcdfghjk"})
    next_round()
    freeze(monkeypatch, OVER)
    client.post(f"/en/my-draft/{key}/move/")

    html = shown(client, key, "write/")
    assert "The invitation that led here belongs to another conversation." in html
    assert "is closed. You can answer" not in html
    seen = Draft.objects.get().fingerprint
    sent = client.post(f"/en/my-draft/{key}/write/", TYPED | {"gathering": "bcdfghjk", "seen": seen})
    assert sent.url == f"/en/my-response/{key}/"


def test_a_last_day_at_the_end_of_time_does_no_harm(client, key):
    change_current(closes_on=date.max, results_by=None)

    assert client.get(f"/en/my-draft/{key}/").status_code == 200


def test_taking_them_twice_does_no_harm(client, key, monkeypatch):
    following = next_round()
    freeze(monkeypatch, OVER)

    pages = [client.post(f"/en/my-draft/{key}/move/") for _click in range(2)]

    assert [page.url for page in pages] == [f"/en/my-draft/{key}/"] * 2
    assert Draft.objects.get().conversation == following


def test_while_it_can_be_sent_it_is_not_taken_away(client, key, monkeypatch):
    asked = Draft.objects.get().conversation
    next_round()
    freeze(monkeypatch, FINISHING)

    assert "Take your words" not in shown(client, key)
    client.post(f"/en/my-draft/{key}/move/")

    assert Draft.objects.get().conversation == asked


def test_a_draft_in_a_conversation_that_is_not_open_yet_waits(client, key, monkeypatch):
    next_round(opens_on=date(2026, 9, 1))
    freeze(monkeypatch, OVER)
    client.post(f"/en/my-draft/{key}/move/")

    html = shown(client, key)

    assert "The conversation opens on September 1, 2026." in html
    assert "When the conversation is open, you can go on writing and send your words." in html
    assert "Go on writing" not in html


def test_asking_for_the_address_of_moving_leads_to_the_draft(client, key):
    assert client.get(f"/en/my-draft/{key}/move/", follow=True).request["PATH_INFO"] == f"/en/my-draft/{key}/"


def test_a_post_from_another_site_moves_nothing(csrf_client, key, monkeypatch):
    asked = Draft.objects.get().conversation
    next_round()
    freeze(monkeypatch, OVER)

    page = csrf_client.post(f"/en/my-draft/{key}/move/", headers={"Sec-Fetch-Site": "cross-site"})

    assert page.status_code == 403
    assert Draft.objects.get().conversation == asked


def test_a_region_that_is_not_worded_in_the_language_of_the_page_says_so(client, key):
    Region.objects.filter(slug="ssa").update(name_fr="")

    html = client.get(f"/fr/my-draft/{key}/").content.decode()

    assert (
        '<dd><span lang="en" dir="ltr">Sub-Saharan Africa <small class="instead">(English)</small></span></dd>' in html
    )
    assert ": Sub-Saharan Africa\n" in client.get(f"/fr/my-draft/{key}/draft.txt").content.decode()


@pytest.mark.parametrize("tail", ["draft.txt", "move/"])
def test_a_forged_link_leads_nowhere(client, key, tail):
    assert client.get(f"/en/my-draft/{'a' * 26}/draft.txt").status_code == 404
    assert client.post(f"/en/my-draft/{'a' * 26}/move/").status_code == 404


def test_sending_a_response_leaves_no_draft_to_download(client, key):
    make_response()
    Draft.objects.all().delete()

    assert client.get(f"/en/my-draft/{key}/draft.txt").status_code == 404


@pytest.mark.parametrize("language", ["", "und", "nothing-like-it"])
def test_a_draft_in_no_language_that_we_know_can_be_read(client, key, language):
    Draft.objects.update(typed={"meaning": "Words.", "language": language, "held_on": ["odd"]})

    assert "<p>Words.</p>" in shown(client, key)
    assert "Words." in shown(client, key, "draft.txt")
