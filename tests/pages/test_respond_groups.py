"""A group answers together, and a scribe types in its paper sheets."""

import uuid

import pytest
from django.utils import timezone

from responses.models import Gathering, Response
from tests.factories import make_gathering
from tests.pages.test_mistyped import broken, fullwidth
from tests.pages.test_respond import send, typed_in

pytestmark = pytest.mark.django_db

SHEET = {
    "language": "ha",
    "affiliate": "Marafiki",
    "region": "ssa",
    "people": "5",
    "method": "WikiCafé",
    "held_on": "2026-02-28",
    "place": "Maktaba",
    "spoken_languages": "Hausa, Fulfulde",
    "written_by": "Amina",
    "sharing": "named",
    "display_name": "Meza ya kwanza",
}


def test_everything_a_group_tells_about_its_conversation_is_stored(client):
    send(client, **SHEET)

    stored = Response.objects.values(*(SHEET.keys() - {"region", "affiliate"}), "region__slug", "affiliate_name").get()
    assert {name: str(value) for name, value in stored.items()} == {
        **{name: text for name, text in SHEET.items() if name not in ("region", "affiliate")},
        "region__slug": "ssa",
        "affiliate_name": "Marafiki",
    }


def test_the_scribes_name_is_stored_only_if_names_are_shown(client):
    send(client, **{**SHEET, "sharing": "affiliate"})

    assert Response.objects.values_list("written_by", "display_name").get() == ("", "")


def test_the_form_names_the_gathering_and_the_response_belongs_to_it(client):
    gathering = make_gathering()

    page = client.get(f"/en/respond/?gathering={gathering.code}")
    assert "<bdi>A &lt;café&gt;</bdi>" in page.content.decode()
    assert f'name="gathering" value="{gathering.code}"' in page.content.decode()

    send(client, gathering=gathering.code)
    assert Response.objects.get().gathering == gathering


@pytest.mark.parametrize("code", ["abcd2345", "x" * 5000, "<script>", "' or 1=1"])
def test_people_can_answer_even_if_their_invitation_does_not_exist(client, code):
    page = client.get("/en/respond/", {"gathering": code})

    html = page.content.decode()
    assert "There is no invitation with the code <bdi>" in html
    assert "The invitation that led here is closed" not in html
    assert send(client, gathering=code).status_code == 302
    assert Response.objects.get().gathering is None


@pytest.mark.parametrize("change", [str.upper, "({}).".format, " {}\u200b".format, "{}/".format, fullwidth, broken])
def test_the_code_of_an_invitation_may_be_copied_carelessly(client, change):
    gathering = make_gathering(code="abcd2345")

    page = client.get("/en/respond/", {"gathering": change("abcd2345")})

    assert 'name="gathering" value="abcd2345"' in page.content.decode()
    send(client, gathering=change("abcd2345"))
    assert Response.objects.get().gathering == gathering


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_only_of_a_closed_invitation_is_it_said_that_it_is_closed(client, change):
    make_gathering(code="abcd2345", closed_on=timezone.localdate())

    html = client.get("/en/respond/", {"gathering": change("abcd2345")}).content.decode()

    assert "The invitation that led here is closed" in html
    assert "There is no invitation" not in html


def test_a_closed_gathering_keeps_its_responses_and_gets_no_new_ones(client):
    gathering = make_gathering()
    send(client, gathering=gathering.code, meaning="Before.")
    Gathering.objects.update(closed_on=timezone.localdate())

    page = send(client, gathering=gathering.code, meaning="After.")

    # Whoever was writing when the host closed it is told.
    assert "The invitation was closed meanwhile." in client.get(page.url).content.decode()
    assert set(Response.objects.values_list("answers__text", "gathering")) == {
        ("Before.", gathering.pk),
        ("After.", None),
    }


def test_sending_twice_while_the_invitation_is_closed_stores_one_response_of_the_gathering(client):
    gathering = make_gathering()
    typed = {"submission": str(uuid.uuid4()), "gathering": gathering.code}
    first = send(client, **typed)
    Gathering.objects.update(closed_on=timezone.localdate())

    assert send(client, **typed).url == first.url
    assert Response.objects.get().gathering == gathering
    # Nobody is told that it does not count, whatever the address says.
    html = client.get(f"{first.url}?invitation=closed").content.decode()
    assert "The invitation was closed meanwhile." not in html


def test_a_scribe_is_told_when_the_invitation_has_been_closed(client):
    gathering = make_gathering(closed_on=timezone.localdate())

    html = send(client, gathering=gathering.code, action="send_next").content.decode()

    assert "is stored." in html
    assert "The invitation that led here is closed." in html


def test_the_form_for_the_next_sheet_keeps_only_what_all_sheets_share(client):
    gathering = make_gathering()

    page = send(client, **SHEET, gathering=gathering.code, action="send_next", email="me@example.org")

    stored = Response.objects.get()
    form = page.context["form"]
    assert page.status_code == 200
    assert typed_in(form) == {
        **{name: text for name, text in SHEET.items() if name not in ("people", "display_name")},
        "gathering": gathering.code,
        "agree": "yes",
        "email": "me@example.org",
    }
    html = page.content.decode()
    assert f"Response {stored.code} is stored." in html
    assert f'href="/en/my-response/{page.context["sent"].key}/"' in html


def test_a_scribe_types_in_one_sheet_after_the_other(client):
    gathering = make_gathering()
    page = send(client, **SHEET, gathering=gathering.code, action="send_next", meaning="Sheet 1.")
    for number in range(2, 6):
        typed = typed_in(page.context["form"]) | {
            "submission": str(page.context["form"].submission),
            "meaning": f"Sheet {number}.",
            "display_name": f"Table {number}",
            "people": str(number),
            "action": "send_next",
            "complete": "yes",
        }
        page = client.post("/en/respond/", typed)

    stored = Response.objects.order_by("answers__text").values_list(
        "answers__text", "people", "gathering", "language", "sharing"
    )
    assert list(stored) == [
        ("Sheet 1.", 5, gathering.pk, "ha", "named"),
        *((f"Sheet {number}.", number, gathering.pk, "ha", "named") for number in range(2, 6)),
    ]


def test_reloading_the_form_for_the_next_sheet_stores_nothing_twice(client):
    submission = str(uuid.uuid4())

    pages = [send(client, **SHEET, action="send_next", submission=submission) for _load in range(2)]

    assert pages[0].context["sent"].code == pages[1].context["sent"].code
    assert Response.objects.count() == 1


def test_a_sheet_with_a_mistake_comes_back_to_be_corrected(client):
    page = send(client, **{**SHEET, "people": "0"}, action="send_next")

    assert page.context["form"]["people"].value() == "0"
    assert page.context["form"]["meaning"].value()
    assert Response.objects.count() == 0
