"""Organizers make, replace and end the link by which late sheets of one gathering are typed in."""

import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from responses.access.keys import sha256_of
from responses.models import Conversation, Gathering
from tests.factories import freeze, make_affiliate, make_conversation, make_gathering, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(monkeypatch):
    Conversation.objects.update(opens_on=date(2026, 3, 1), closes_on=date(2026, 9, 30))
    freeze(monkeypatch, "2026-10-02T12:00Z")
    return make_gathering(title="A <café>")


@pytest.fixture
def organizer(client, gathering):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    return client


def address(gathering, verb):
    return f"/admin/responses/gathering/{gathering.pk}/{verb}/"


def make_link(client, gathering, until="2026-10-31"):
    return client.post(address(gathering, "take_late_sheets"), {"until": until})


def link_on(page):
    return re.search(r'id="link"[^>]* value="([^"]*)"', page.content.decode())


def test_the_link_is_made_until_a_day_and_shown_once(organizer, gathering):
    page = make_link(organizer, gathering)

    link = link_on(page)[1]
    key = link.split("/")[-2]
    made = Gathering.objects.get()
    assert link == f"http://testserver/en/respond/late/{key}/"
    assert (made.late_key_hash, made.late_until) == (sha256_of(key), date(2026, 10, 31))
    assert "QR code of the link for late sheets" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    later = organizer.get(address(gathering, "change"))
    assert (link_on(later), key in later.content.decode()) == (None, False)
    assert "Sheets of paper that arrive late can be typed in until October 31, 2026." in later.content.decode()


def test_a_new_link_replaces_the_earlier_one_and_can_have_another_day(organizer, gathering):
    first, second = (link_on(make_link(organizer, gathering, day))[1] for day in ("2026-10-31", "2026-12-01"))

    assert (organizer.get(first).status_code, organizer.get(second).status_code) == (410, 200)
    assert Gathering.objects.get().late_until == date(2026, 12, 1)


def test_a_link_that_is_kept_works_until_another_day_also_if_its_own_was_over(organizer, gathering, monkeypatch):
    link = link_on(make_link(organizer, gathering, "2026-10-03"))[1]
    freeze(monkeypatch, "2026-10-06T12:00Z")
    assert organizer.get(link).status_code == 410

    page = organizer.post(address(gathering, "take_late_sheets"), {"until": "2026-12-01", "keep": "yes"})

    assert page.url == address(gathering, "change")
    assert organizer.get(link).status_code == 200
    assert LogEntry.objects.order_by("-pk")[0].change_message == "Link for late sheets kept, until 2026-12-01"


def test_where_there_is_no_link_to_keep_one_is_made(organizer, gathering):
    assert link_on(organizer.post(address(gathering, "take_late_sheets"), {"until": "2026-12-01", "keep": "yes"}))


@pytest.mark.parametrize("until", ["", "soon", "2026-02-30", "2026-10-01", "2001-01-01", "2569-10-31"])
def test_a_day_that_is_over_or_is_no_day_makes_no_link(organizer, gathering, until):
    page = make_link(organizer, gathering, until)

    assert (page.status_code, link_on(page)) == (200, None)
    assert set(page.context["form"].errors) == {"until"}
    assert Gathering.objects.get().late_until is None
    assert LogEntry.objects.count() == 0


def test_a_day_that_has_not_ended_everywhere_can_be_chosen(organizer, gathering, monkeypatch):
    freeze(monkeypatch, "2026-10-03T11:59Z")

    assert link_on(make_link(organizer, gathering, "2026-10-02"))


def test_the_link_is_ended_at_once(organizer, gathering):
    link = link_on(make_link(organizer, gathering))[1]

    for _click in range(2):
        page = organizer.post(address(gathering, "end_late_sheets"))
        assert page.url == address(gathering, "change")

    assert organizer.get(link).status_code == 410
    ended = Gathering.objects.get()
    assert (ended.late_key_hash, ended.late_until) == (None, None)


def test_what_was_done_is_logged_without_the_key(organizer, gathering):
    link = link_on(make_link(organizer, gathering))[1]
    organizer.post(address(gathering, "end_late_sheets"))

    logged = list(LogEntry.objects.order_by("pk").values_list("object_repr", "change_message"))
    assert logged == [
        (gathering.code, "Link for late sheets made, until 2026-10-31"),
        (gathering.code, "Link for late sheets ended"),
    ]
    history = organizer.get(address(gathering, "history")).content.decode()
    assert link.split("/")[-2] not in history


@pytest.mark.parametrize("groups", [[], ["Reviewer"], ["Translator"], ["Coder"]])
@pytest.mark.parametrize("verb", ["take_late_sheets", "end_late_sheets"])
def test_nobody_without_the_right_makes_or_ends_a_link(client, gathering, groups, verb):
    gathering.take_late_sheets(date(2026, 10, 31))
    before = Gathering.objects.values().get()
    client.force_login(make_user("somebody", *groups, is_staff=True))

    assert client.post(address(gathering, verb), {"until": "2026-12-31"}).status_code == 403
    assert Gathering.objects.values().get() == before


def test_a_link_is_made_and_ended_by_a_post_of_this_site_only(organizer, gathering, csrf_client):
    csrf_client.cookies = organizer.cookies
    gathering.take_late_sheets(date(2026, 10, 31))
    before = Gathering.objects.values().get()

    for verb in ("take_late_sheets", "end_late_sheets"):
        assert organizer.get(address(gathering, verb)).status_code == 405
        assert csrf_client.post(address(gathering, verb), {"until": "2026-12-31"}).status_code == 403
    assert Gathering.objects.values().get() == before


def test_strangers_are_asked_to_sign_in(client, gathering):
    for verb in ("take_late_sheets", "end_late_sheets", "change"):
        page = client.post(address(gathering, verb), {"until": "2026-12-31"})
        assert (page.status_code, "Sign in" in page.content.decode()) == (403, True)
    assert Gathering.objects.get().late_until is None


def test_a_gathering_that_does_not_exist_has_no_link(organizer):
    assert organizer.post("/admin/responses/gathering/77/take_late_sheets/", {"until": "2026-12-31"}).status_code == 404


def test_the_page_of_a_gathering_changes_nothing_when_it_is_posted_to(organizer, gathering):
    page = organizer.post(address(gathering, "change"), {"title": "Mine", "until": "2026-12-31"})

    assert page.status_code == 200
    assert list(Gathering.objects.values_list("title", "late_until")) == [("A <café>", None)]


def test_the_list_says_the_conversation_and_is_filtered_by_it(organizer, gathering):
    other = make_gathering(conversation=make_conversation(), title="Another")

    found = [
        list(organizer.get("/admin/responses/gathering/", query).context["cl"].result_list)
        for query in ({}, {"conversation__id__exact": other.conversation_id})
    ]

    assert [{each.code for each in rows} for rows in found] == [{gathering.code, other.code}, {other.code}]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_seven_queries(organizer, gathering, number, django_assert_num_queries):
    for each in range(number - 1):
        make_gathering(
            affiliate=make_affiliate(name=f"Affiliate {each}"), conversation=make_conversation(slug=f"other-{each}")
        )

    with django_assert_num_queries(7):
        organizer.get("/admin/responses/gathering/")
