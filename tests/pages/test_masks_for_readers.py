"""The author sees what organizers hide and why; everybody else sees █ and learns what it means."""

import uuid

import pytest

from responses.access.keys import key_of
from responses.models import Answer, Mask
from tests.factories import make_evidence, make_response, make_translation, make_user
from tests.test_mask import TEXT, mask

pytestmark = pytest.mark.django_db

MEANING = "Where █ stands, organizers have hidden words that could harm somebody."


@pytest.fixture
def key():
    submission = uuid.uuid4()
    response = make_response({"meaning": TEXT, "needs": "Umeme."}, submission=submission)
    answer = response.answers.get(question__slug="meaning")
    make_translation(answer, language="en", text="Call 0700 000 000 every day.")
    make_evidence(answer, quote="000 000 kwa")
    mask(answer, "0700 000 000", reason="It is a <number>.\nOf somebody.")
    return key_of(submission)


def test_readers_see_nothing_of_it_on_any_page_and_read_what_it_means(client, key):
    code = Answer.objects.first().response.code
    pages = [
        client.get(path).content.decode()
        for path in (f"/en/responses/{code}/", "/en/responses/", "/en/problems/closed-doors/", f"/sv/responses/{code}/")
    ]

    assert [MEANING in page for page in pages[:3]] == [True] * 3
    assert [each for page in pages for each in ("0700", "000 000", "number") if each in page] == []
    assert pages[0].count('<span class="hidden-words" role="img" lang="en" aria-label="hidden by organizers">') >= 2


def test_a_response_without_hidden_words_says_nothing_of_them(client):
    response = make_response({"meaning": TEXT})

    assert MEANING not in client.get(response.get_absolute_url()).content.decode()


def test_the_author_reads_their_own_words_with_the_place_and_the_reason(client, key):
    page = client.get(f"/en/my-response/{key}/").content.decode()

    assert "Organizers hide these words from everybody but you:" in page
    assert "It is a &lt;number&gt;.<br>Of somebody." in page
    assert "<mark>0700 000 000</mark>" in page


@pytest.mark.parametrize("kind", ["json", "txt"])
def test_what_the_author_takes_along_has_their_own_words_and_the_reason(client, key, kind):
    told = client.get(f"/en/my-response/{key}/data.{kind}").content.decode()

    assert TEXT in told
    assert "It is a <number>." in told


def test_the_author_changes_their_own_words_and_what_is_hidden_stays_so(client, key):
    page = client.get(f"/en/my-response/{key}/edit/")
    assert page.context["form"]["meaning"].value() == TEXT
    assert "They stay hidden as long as you leave them in." in page.content.decode()
    sent = {"meaning": f"{TEXT} Sasa.", "needs": "Umeme.", "language": "sw", "seen": page.context["seen"]}

    saved = client.post(f"/en/my-response/{key}/edit/?send", sent | {"action": "send", "complete": "yes"})

    assert saved.status_code == 302
    answer = Answer.objects.get(question__slug="meaning")
    assert (answer.text, answer.authors_text) == (
        "Piga ████████████ kwa Juma Otieno kila siku. Sasa.",
        f"{TEXT} Sasa.",
    )
    page = client.get(f"/en/my-response/{key}/").content.decode()
    assert page.count("<mark>0700 000 000</mark>") == 1
    assert page.count("0700 000 000") >= 2  # In the earlier version too.


def test_the_author_who_opened_the_form_before_is_stopped_by_no_mask(client, key):
    page = client.get(f"/en/my-response/{key}/edit/")
    mask(Answer.objects.get(question__slug="meaning"), "Juma Otieno", by=make_user("another"))
    sent = {"meaning": TEXT, "needs": "Maji.", "language": "sw", "seen": page.context["seen"]}

    saved = client.post(f"/en/my-response/{key}/edit/?send", sent | {"action": "send", "complete": "yes"})

    assert saved.status_code == 302
    assert Answer.objects.get(question__slug="needs").text == "Maji."
    assert Mask.objects.count() == 2
