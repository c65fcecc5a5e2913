"""Words arrive from wherever they are sent, and whoever sends them goes on where they were."""

import re
import uuid

import pytest

from responses.models import Contact, Draft, Gathering, Response
from tests.factories import make_response, submit
from tests.pages.test_decorators import WORDS, fields_of
from tests.pages.test_gatherings import TYPED as GATHERING
from tests.pages.test_respond import TYPED, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/respond/", "/respond", "/en/respond", "/sw/respond", "/respond?send"])
@pytest.mark.parametrize(("action", "stored"), [("send", (1, 0)), ("save", (0, 1))])
def test_words_sent_to_an_address_without_language_or_slash_arrive(client, path, action, stored):
    typed = {**TYPED, "meaning": WORDS, "submission": str(uuid.uuid4()), "action": action}

    page = client.post(path, typed, follow=True)

    assert page.status_code == 200
    assert {status for _address, status in page.redirect_chain} <= {307, 308, 302}
    assert page.redirect_chain[0][1] in (307, 308)
    assert (Response.objects.count(), Draft.objects.count()) == stored
    if stored == (1, 0):
        assert Response.objects.get().answers.get().text == WORDS.replace("\r\n", "\n")


def test_the_same_goes_for_every_page_that_is_posted_to(client):
    response = make_response()
    Contact.objects.leave(response, "me@example.org", "en")
    stop = f"/stop-news/{Contact.objects.get().stop_token}"
    anew = {"meaning": "Other words.", "complete": "yes", "seen": response.fingerprint}

    client.post("/gatherings/new", GATHERING | {"submission": str(uuid.uuid4())}, follow=True)
    client.post(f"/my-response/{response.key}/edit", anew, follow=True)
    client.post(stop, {"List-Unsubscribe": "One-Click"}, follow=True)

    assert Gathering.objects.count() == 1
    assert response.answers.get().text == "Other words."
    assert Contact.objects.count() == 0


@pytest.mark.parametrize("path", ["/respond/", "/en/respond"])
def test_readers_are_led_as_before(client, path):
    page = client.get(path)

    assert (page.status_code, page.url) == (302, "/en/respond/")


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "null"}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_what_a_saved_page_sends_comes_back_and_can_be_sent_from_there(csrf_client, headers):
    typed = {**TYPED, "meaning": WORDS, "submission": str(uuid.uuid4())}

    page = csrf_client.post("/ar/respond/?send", typed, headers=headers)

    assert page.status_code == 403
    assert Response.objects.count() == 0
    assert fields_of(page) == typed
    assert 'action="/ar/respond/?send"' in page.content.decode()
    here = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert csrf_client.post("/ar/respond/?send", fields_of(page), headers=here).status_code == 302
    assert Response.objects.get().answers.get().text == WORDS.replace("\r\n", "\n")


def test_a_page_of_a_secret_link_tells_nobody_its_address_when_it_gives_words_back(csrf_client):
    response = submit()

    page = csrf_client.post(f"/en/my-response/{response.key}/edit/", {"meaning": WORDS}, headers={"Origin": "null"})

    assert (page.status_code, page.headers["Referrer-Policy"]) == (403, "strict-origin")
    assert fields_of(page)["meaning"] == WORDS
    assert response.answers.get().text == "Kila mtu ana nafasi."


def test_a_withdrawn_response_cannot_be_changed_and_says_that_it_was_withdrawn(client):
    response = make_response({"meaning": "Before."})
    path, seen = f"/en/my-response/{response.key}/edit/", response.fingerprint
    response.withdraw()

    assert "This response was withdrawn." in client.get(path).content.decode()
    for action in ({}, {"action": "switch"}):
        page = client.post(path, {"meaning": "Long <new> words.", "complete": "yes", "seen": seen, **action})
        html = page.content.decode()
        assert "This response was withdrawn." in html
        assert "Long &lt;new&gt; words." in html
        assert "<form" not in html.partition("<main")[2].partition("</main>")[0]
    assert response.answers.count() == 0


def test_a_scribe_goes_on_at_the_first_question_of_the_next_sheet(client):
    fresh = client.get("/en/respond/").content.decode()
    html = send(client, action="send_next").content.decode()

    assert "autofocus" not in fresh
    assert re.findall(r'name="(\w+)"[^>]*autofocus', html) == ["meaning"]
    # What is to be written on the sheet stands right above.
    assert "is stored." in html.partition('name="meaning"')[0].rpartition('id="copy-choice"')[2]


def test_only_a_scribes_address_is_kept_for_the_next_sheet(client):
    email = {"email": "me@example.org", "action": "send_next"}

    assert send(client, **email).context["form"]["email"].value() is None
    scribed = send(client, **email, sharing="named", display_name="Table 1", written_by="Ada")
    assert scribed.context["form"]["email"].value() == "me@example.org"
