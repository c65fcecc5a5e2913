"""The form asks once about contact details; then it sends what its author wants to send."""

import re
import uuid

import pytest

from responses.models import Draft, Question, Response
from tests.factories import make_gathering, make_response, submit
from tests.pages.test_respond import TYPED, send, typed_in

pytestmark = pytest.mark.django_db

WORDS = "Piga 0700 000 000 kwa Mama J."


def notes(page):
    """{id of what stands at a field: the question, as a reader sees it}"""
    found = re.findall(r'<div class="asked" id="([^"]*)">(.*?)</div>', page.content.decode(), re.DOTALL)
    return {name: " ".join(re.sub("<[^>]*>", " ", html).split()) for name, html in found}


def summary(page):
    found = re.search(
        r'<div class="notice warning" role="status" id="asked".*?</div>', page.content.decode(), re.DOTALL
    )
    return re.findall(r'<a href="#([^"]*)">([^<]*)</a>', found[0]) if found else []


def asked(page):
    return re.search(r'<input type="hidden" name="asked" value="([^"]*)">', page.content.decode())[1]


def test_the_first_press_brings_the_question_with_everything_kept_and_the_second_one_sends(client):
    typed = {"submission": str(uuid.uuid4()), "meaning": WORDS, "place": "Mji"}

    page = send(client, **typed)

    assert page.status_code == 200
    assert Response.objects.count() == 0
    assert notes(page) == {"meaning_asked": "Your words seem to have a telephone number in them: 0700 000 000"}
    assert summary(page) == [("meaning", "Your words seem to have a telephone number in them")]
    html = page.content.decode()
    assert ('class="faults"' in html, 'class="fault"' in html, 'aria-invalid="true"' in html) == (False, False, False)
    assert 'aria-describedby="meaning_asked"' in html
    assert typed_in(page.context["form"])["meaning"] == WORDS
    assert re.search("<title>\\s*One question before you send", html)

    assert send(client, **typed, asked=asked(page)).status_code == 302
    assert Response.objects.get().answers.get().text == WORDS


def test_words_that_were_taken_out_are_not_asked_about_and_new_ones_are(client):
    typed = {"submission": str(uuid.uuid4())}
    page = send(client, **typed, meaning=WORDS)

    page = send(client, **typed, meaning="Andika me@example.org.", asked=asked(page))
    assert notes(page) == {"meaning_asked": "Your words seem to have an e-mail address in them: me@example.org"}

    page = send(client, **typed, meaning="Kila mtu.", asked=asked(page))
    assert page.status_code == 302


def test_all_is_asked_in_one_go_at_its_field_in_the_order_of_the_page(client):
    page = send(
        client,
        meaning=f"{WORDS} Na example.org.",
        resources="@mama_j",
        content_note="me@example.org",
        sharing="affiliate",
        affiliate="[[User:Mama]]",
    )

    assert [name for name, _sentence in summary(page)] == [
        "meaning",
        "meaning",
        "resources",
        "content_note",
        "affiliate",
    ]
    assert notes(page).keys() == {"meaning_asked", "resources_asked", "content_note_asked", "affiliate_asked"}
    assert 'aria-describedby="content_note_helptext content_note_asked"' in page.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"meaning": WORDS, "sharing": "organizers"},
        {"meaning": "Kila mtu.", "place": "example.org"},
        {"meaning": "Kila mtu.", "sharing": "named", "display_name": "@mama_j"},
        {"meaning": "https://video.example/1", "language": "ils", "language_told": "ils"},
    ],
)
def test_what_readers_do_not_see_or_are_meant_to_see_is_not_asked_about(client, typed):
    assert send(client, **typed).status_code == 302


def test_a_fault_comes_before_the_question(client):
    page = send(client, meaning=WORDS, agree="")

    assert (list(page.context["form"].errors), notes(page)) == (["agree"], {})


def test_saving_asks_nothing_and_sending_the_draft_does(client):
    page = send(client, meaning=WORDS, action="save")
    assert (page.status_code, Draft.objects.count()) == (302, 1)
    key = page.url.rstrip("/").rpartition("/")[2]

    page = client.post(f"/en/my-draft/{key}/write/", {**TYPED, "meaning": WORDS})
    assert notes(page).keys() == {"meaning_asked"}

    page = client.post(f"/en/my-draft/{key}/write/", {**TYPED, "meaning": WORDS, "asked": asked(page)})
    assert Response.objects.get().answers.get().text == WORDS


def test_somebody_who_reads_the_question_in_another_language_is_not_asked_again(client):
    typed = {**TYPED, "submission": str(uuid.uuid4()), "meaning": WORDS}
    page = client.post("/sw/respond/", typed)

    page = client.post("/sv/respond/", {**typed, "asked": asked(page), "action": "switch"})
    assert typed_in(page.context["form"])["meaning"] == WORDS
    assert (notes(page).keys(), len(summary(page))) == ({"meaning_asked"}, 1)

    assert client.post("/sv/respond/", typed | {"asked": asked(page)}).status_code == 302


def test_switching_the_language_asks_nothing_that_was_not_asked_before(client):
    typed = {**TYPED, "submission": str(uuid.uuid4()), "meaning": WORDS}

    page = client.post("/sv/respond/", typed | {"action": "switch"})

    assert (notes(page), summary(page), asked(page)) == ({}, [], "")
    assert notes(client.post("/sv/respond/", typed | {"asked": asked(page)})).keys() == {"meaning_asked"}


def test_an_edit_is_asked_about_once_in_two_languages(client):
    response = make_response({"meaning": "Kila mtu."})
    question = asked(edit(client, response, WORDS))
    typed = {"meaning": WORDS, "complete": "yes", "seen": response.fingerprint, "asked": question}

    page = client.post(f"/sv/my-response/{response.key}/edit/", typed | {"action": "switch"})

    assert notes(page).keys() == {"meaning_asked"}
    assert edit(client, response, WORDS, asked=asked(page)).status_code == 302


def test_a_host_who_types_in_sheets_is_asked_for_each(client):
    gathering = make_gathering()
    typed = {"submission": str(uuid.uuid4()), "meaning": WORDS, "gathering": gathering.code, "action": "send_next"}
    page = send(client, **typed)
    assert notes(page).keys() == {"meaning_asked"}

    page = send(client, **typed, asked=asked(page))
    assert (Response.objects.count(), notes(page), asked(page)) == (1, {}, "")

    page = send(client, meaning=WORDS, gathering=gathering.code, action="send_next")
    assert notes(page).keys() == {"meaning_asked"}


def edit(client, response, text, **more):
    typed = {"meaning": text, "complete": "yes", "seen": response.fingerprint, "action": "send", **more}
    return client.post(f"/en/my-response/{response.key}/edit/?send", typed)


def test_an_edit_asks_about_what_is_new_in_it(client):
    response = make_response({"meaning": WORDS})
    mine = Question.objects.get(slug="meaning")

    page = edit(client, response, f"{WORDS} Na me@example.org.")

    assert page.status_code == 200
    assert notes(page) == {"meaning_asked": "Your words seem to have an e-mail address in them: me@example.org"}
    assert response.says({mine: WORDS})
    assert edit(client, response, f"{WORDS} Na me@example.org.", asked=asked(page)).status_code == 302
    assert response.says({mine: f"{WORDS} Na me@example.org."})


def test_an_edit_for_organizers_only_asks_nothing(client):
    response = submit(sharing="organizers")

    assert edit(client, response, WORDS).status_code == 302


def test_hidden_fields_tell_nothing_of_the_words(client):
    page = send(client, meaning=WORDS)

    assert re.fullmatch("[0-9a-f]{16}", asked(page))
    # Whatever is sent in it is compared, and nothing else.
    assert send(client, meaning=WORDS, asked="\x00 " + "x" * 9000).status_code == 200
