"""“It may be translated so that organizers can read it”: a tick that only counts with “For the organizers only”."""

import pytest

from responses.forms.respond import ResponseForm
from responses.models import Draft, ReadingAid, Response
from tests.factories import make_response, submit

pytestmark = pytest.mark.django_db


def form(**fields):
    typed = {"meaning": "Maneno.", "language": "sw", "sharing": "organizers", "agree": "yes", "complete": "yes"}
    return typed | {"action": "send"} | fields


@pytest.mark.parametrize(
    ("sharing", "ticked", "kept"),
    [("organizers", "yes", True), ("organizers", None, False), ("unnamed", "yes", False)],
)
def test_the_tick_is_kept_with_the_choice_that_it_belongs_to(client, sharing, ticked, kept):
    client.post("/en/respond/?send", form(sharing=sharing, **({"may_be_translated": ticked} if ticked else {})))

    assert list(Response.objects.values_list("sharing", "may_be_translated")) == [(sharing, kept)]


def test_another_language_of_the_page_keeps_the_tick(client):
    page = client.post("/sv/respond/", form(action="switch", may_be_translated="yes"))

    assert page.context["form"]["may_be_translated"].subwidgets[0].data["attrs"].get("checked") is True


def test_a_draft_keeps_the_tick_and_alone_it_makes_none(client):
    client.post("/en/respond/?send", form(action="save", meaning="", may_be_translated="yes", agree=""))
    assert not Draft.objects.exists()

    client.post("/en/respond/?send", form(action="save", may_be_translated="yes"))

    draft = Draft.objects.get()
    assert draft.typed["may_be_translated"] == "yes"
    assert " checked" in str(ResponseForm(initial=draft.typed)["may_be_translated"])


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"sharing": "organizers", "may_be_translated": "yes"}, ("organizers", True)),
        ({"sharing": "organizers"}, ("organizers", False)),
        ({"sharing": "unnamed", "may_be_translated": "yes"}, ("unnamed", False)),
    ],
)
def test_an_author_changes_it_where_they_change_how_it_is_shared(client, fields, kept):
    response = make_response(sharing="organizers", may_be_translated=True)
    path = f"/en/my-response/{response.key}/sharing/"
    assert " checked" in str(client.get(path).context["form"]["may_be_translated"])

    sent = {"agree": "yes", "complete": "yes", "action": "send", "seen": response.fingerprint, "people": "1"}
    client.post(path, sent | fields)

    assert Response.objects.values_list("sharing", "may_be_translated").get() == kept


def test_the_tick_stands_right_behind_the_choices_so_that_styles_can_hide_it(client):
    page = client.get("/en/respond/").content.decode()

    behind = page.partition('<fieldset id="sharing"')[2].partition("</fieldset>")[2]
    assert behind.strip().startswith('<div class="for-organizers"><div class="choice">')


def test_the_choice_says_who_reads_it(client):
    for path in ("/en/respond/", f"/en/my-response/{make_response().key}/sharing/"):
        assert "Reviewers, coders and organizers read it, and nobody else." in client.get(path).content.decode()


def test_the_author_reads_what_they_have_ticked(client):
    response = submit(sharing="organizers", may_be_translated=True)

    pages = [client.get(f"/en/my-response/{response.key}/{each}").content.decode() for each in ("", "data.txt")]
    told = client.get(f"/en/my-response/{response.key}/data.json").json()

    assert ["It may be translated so that organizers can read it" in page for page in pages] == [True, True]
    assert told["may_be_translated"] is True


def test_the_authors_data_has_what_was_translated_for_reviewers(client):
    response = submit()
    answer = response.answers.get()
    ReadingAid.objects.create(answer=answer, language="en", text="Place.", source_text=answer.text, by_machine=True)

    told = client.get(f"/en/my-response/{response.key}/data.json").json()

    aid = {"language": "en", "text": "Place.", "by_machine": True}
    assert told["answers"][0]["translations_for_reviewers"] == [aid]
