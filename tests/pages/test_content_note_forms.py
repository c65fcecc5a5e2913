"""The fields for what readers should know first: optional, folded, and kept through whatever happens to a form."""

import re
import uuid
from html import unescape

import pytest
from django.db import OperationalError

from responses.models import Draft, Response
from tests.factories import make_response
from tests.pages.test_my_draft import key_in, write
from tests.pages.test_respond import faults, send

pytestmark = pytest.mark.django_db

NOTED = {"content_kinds": ["insults", "violence"], "content_note": " Vita\u200b vya  mtaani "}
KEPT = {"content_kinds": "violence insults", "content_note": "Vita\u200b vya mtaani"}
NOBODY_ASKS = {"added_kinds": "", "added_note": ""}


def shown(page):
    """(the kinds that are ticked, the own words, whether the fold is open), as the page has them."""
    html = unescape(page.content.decode())
    boxes = re.findall(r'<input type="checkbox" name="content_kinds" value="([^"]*)"([^>]*)>', html)
    assert [value for value, _rest in boxes] == ["violence", "abuse", "self-harm", "insults"]
    line = re.search(r'<input type="text" name="content_note"[^>]*>', html)[0]
    fold = re.search(r'<details class="group"( open)?>\s*<summary>[^<]*</summary>\s*<p class="hint"', html)
    written = re.search(r' value="([^"]*)"', line)
    return {value for value, rest in boxes if "checked" in rest}, written[1] if written else "", bool(fold[1])


def test_the_fields_are_folded_and_nothing_is_chosen(client):
    assert shown(client.get("/en/respond/")) == (set(), "", False)


def test_what_is_chosen_and_written_is_stored_with_the_response(client):
    send(client, **NOTED)

    assert Response.objects.get().content == KEPT | NOBODY_ASKS


def test_without_a_note_a_response_is_as_it_was(client):
    send(client)

    assert Response.objects.get().content == dict.fromkeys(KEPT, "") | NOBODY_ASKS


def test_a_program_that_sends_the_kinds_as_one_text_is_understood(client):
    send(client, content_kinds="insults violence", content_note="")

    assert Response.objects.get().content_kinds == "violence insults"


@pytest.mark.parametrize("action", ["switch", "lists"])
def test_the_other_language_of_the_page_has_all_of_it(client, action):
    page = send(client, "ar", **NOTED, action=action)

    assert shown(page) == ({"violence", "insults"}, NOTED["content_note"], True)


def test_a_fault_elsewhere_takes_nothing_of_it_away(client):
    page = send(client, **NOTED, agree="")

    assert Response.objects.count() == 0
    assert shown(page) == ({"violence", "insults"}, NOTED["content_note"], True)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"content_kinds": ["violence", "war<b>"]}, {"content_kinds": ["Choose from the list."]}),
        (
            {"content_note": "x" * 191},
            {"content_note": ["This text is 1 character too long: 190 are possible. Nothing was cut off."]},
        ),
        (
            {"content_note": "x\0y"},
            {"content_note": ["The text has an invisible NUL character in it, which cannot be stored. Remove it."]},
        ),
    ],
)
def test_what_cannot_be_stored_comes_back_with_the_fold_open(client, typed, fault):
    page = send(client, **NOTED | typed)

    assert faults(page) == fault
    ticked, written, is_open = shown(page)
    assert (ticked, is_open) == ({"violence", *({"insults"} if "war<b>" not in str(typed) else ())}, True)
    assert written == typed.get("content_note", NOTED["content_note"])
    assert Response.objects.count() == 0


def test_a_note_of_which_nothing_can_be_seen_is_none(client):
    send(client, content_note="\u200b \u2800")

    assert Response.objects.get().is_noted is False


def test_a_draft_keeps_it_and_the_sent_response_has_it(client):
    key = key_in(send(client, **NOTED, action="save"))
    assert {name: Draft.objects.get().typed[name] for name in KEPT} == {
        "content_kinds": "insults violence",
        "content_note": NOTED["content_note"],
    }

    page = client.get(f"/en/my-draft/{key}/write/")
    assert shown(page) == ({"violence", "insults"}, NOTED["content_note"], True)
    write(client, key, **NOTED, seen=page.context["seen"])

    assert Response.objects.get().content == KEPT | NOBODY_ASKS


def test_own_words_in_a_saved_draft_have_the_language_of_its_answers(client):
    key = key_in(send(client, language="ar", meaning="كلمات", content_note="حرب", action="save"))

    assert '<bdi lang="ar" dir="rtl">حرب</bdi>' in client.get(f"/en/my-draft/{key}/").content.decode()


def test_kinds_alone_make_no_draft_and_own_words_do(client):
    empty = {"meaning": "", "action": "save"}

    assert send(client, **empty, content_kinds=["abuse"]).status_code == 200
    assert send(client, **empty, content_note="Kifo").status_code == 302
    assert [draft.typed["content_note"] for draft in Draft.objects.all()] == ["Kifo"]


def test_it_is_not_the_same_on_the_next_paper_sheet(client):
    page = send(client, **NOTED, action="send_next")

    assert Response.objects.get().content == KEPT | NOBODY_ASKS
    assert shown(page) == (set(), "", False)


def test_sending_twice_stores_it_once(client):
    typed = NOTED | {"submission": str(uuid.uuid4())}

    assert [send(client, **typed).status_code for _click in range(2)] == [302, 302]
    assert Response.objects.count() == 1


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}])
def test_words_that_come_back_from_another_site_have_every_tick(client, headers):
    html = send(client, headers=headers, **NOTED).content.decode()

    assert re.findall(r'name="content_kinds" value="([^"]*)"', html) == ["insults", "violence"]


def test_words_that_come_back_without_a_database_have_every_tick(client, monkeypatch):
    def away(*_args, **_options):
        raise OperationalError("away")

    monkeypatch.setattr(Response.objects, "submit", away)

    page = send(client, **NOTED)

    assert page.status_code == 503
    assert re.findall(r'name="content_kinds" value="([^"]*)"', page.content.decode()) == ["insults", "violence"]


# --- The author's own page ----------------------------------------------------------------------------------


def edit(client, response, page_language="en", **typed):
    path = f"/{page_language}/my-response/{response.key}/edit/"
    seen = Response.objects.get(pk=response.pk).fingerprint
    return client.post(
        path, {"meaning": "Kila mtu ana nafasi.", "seen": seen, "action": "send", "complete": "yes", **typed}
    )


def edit_page(client, response):
    return client.get(f"/en/my-response/{response.key}/edit/")


def test_the_author_changes_it_where_they_change_their_words(client):
    response = make_response(**KEPT)
    assert shown(edit_page(client, response)) == ({"violence", "insults"}, KEPT["content_note"], True)

    edit(client, response, content_kinds=["abuse"], content_note="")

    assert Response.objects.get().content == {"content_kinds": "abuse", "content_note": ""} | NOBODY_ASKS
    assert Response.objects.get().status == "submitted"


def test_unticking_every_kind_and_changing_the_language_of_the_page_brings_none_of_them_back(client):
    response = make_response(**KEPT)

    page = edit(client, response, "fr", content_note="", action="switch")

    assert shown(page)[:2] == (set(), "")
    assert Response.objects.get().content == KEPT | NOBODY_ASKS


def test_a_page_from_before_there_were_notes_leaves_it_as_it_is(client):
    response = make_response(**KEPT)

    edit(client, response, meaning="Maneno mengine.")

    assert Response.objects.get().content == KEPT | NOBODY_ASKS
    assert Response.objects.get().answers.get().text == "Maneno mengine."


def test_the_author_reads_what_the_organizers_added_and_takes_it_away(client):
    response = make_response(**KEPT)
    response.tell_readers("self-harm", "Kifo <b>")
    added = 'An organizer has added, for readers: self-harm · <bdi lang="sw" dir="ltr">Kifo &lt;b&gt;</bdi>'
    own = " ".join(client.get(f"/en/my-response/{response.key}/").content.decode().split())
    assert added in own
    assert added in " ".join(edit_page(client, response).content.decode().split())

    edit(client, response, **KEPT, take_added_away="yes")

    assert Response.objects.get().content == KEPT | NOBODY_ASKS
    assert Response.objects.get().status == "submitted"


def test_what_the_organizers_added_stays_unless_it_is_taken_away(client):
    response = make_response()
    response.tell_readers("self-harm", "")

    edit(client, response, meaning="Maneno mengine.", content_note="", added_kinds="violence", added_note="Mine")

    assert Response.objects.get().content == dict.fromkeys(KEPT, "") | {"added_kinds": "self-harm", "added_note": ""}


def test_nothing_can_be_taken_away_where_nothing_was_added(client):
    assert b"take_added_away" not in edit_page(client, make_response(**KEPT)).content


def test_own_words_come_back_if_the_response_was_withdrawn_meanwhile(client):
    response = make_response(**KEPT)
    response.withdraw()

    page = client.post(
        f"/en/my-response/{response.key}/edit/", {"meaning": "Maneno.", "content_note": "Kifo", "complete": "yes"}
    )

    assert page.context["typed"] == ["Maneno.", "Kifo"]


def test_the_authors_page_and_both_files_have_it(client):
    response = make_response(**KEPT)
    response.tell_readers("abuse", "Kifo")
    response.edit(
        {answer.question: "Maneno mengine." for answer in response.answers.all()}, content={"content_note": ""}
    )

    told = client.get(f"/en/my-response/{response.key}/data.json").json()
    text = client.get(f"/en/my-response/{response.key}/data.txt").content.decode()

    noted = {"content_kinds": ["violence", "insults"], "added_kinds": ["abuse"], "added_note": "Kifo"}
    assert {name: told[name] for name in (*noted, "content_note")} == noted | {"content_note": ""}
    [version] = told["earlier_versions"]
    assert {name: version[name] for name in (*noted, "content_note")} == noted | {"content_note": KEPT["content_note"]}
    assert "Before you read: violence · abuse · insults that are quoted · Kifo\n" in text
    assert f"Before you read: violence · abuse · insults that are quoted · {KEPT['content_note']} · Kifo\n" in text
