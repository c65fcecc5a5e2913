"""Words that only the browser kept stay where they were typed, and are offered wherever their form has gone."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from responses.access.keys import key_of
from responses.models import Conversation, Draft, Response
from tests.factories import change_current, make_conversation, make_gathering

from .conftest import check_accessible, copies
from .test_answering import press_send
from .test_closing import close_conversation
from .test_older_words import type_and_wait_for_the_copy

OFFERS = "#kept-words form"


def days(number):
    return timezone.localdate() + timedelta(days=number)


def close_long_ago():
    return change_current(opens_on=days(-60), closes_on=days(-30))


def save_what_is_kept(page):
    page.locator(f"{OFFERS} button.primary").click()
    page.wait_for_url("**/my-draft/*/")


@pytest.fixture
def draft_link(portal):
    key = key_of(uuid.uuid4())
    Draft.objects.keep(key, {"language": "en", "meaning": "First words."})
    return f"/en/my-draft/{key}/"


@pytest.fixture
def late(portal):
    """A gathering in a closed conversation, and the link by which its late sheets are typed in."""
    gathering = make_gathering(conversation=close_long_ago(), title="Fika")
    return gathering, f"/en/respond/late/{gathering.take_late_sheets(days(10))}/"


def test_words_of_another_conversation_are_not_said_to_belong_to_its_gathering(open_browser, late):
    gathering, link = late
    page = open_browser()
    page.goto(link)
    type_and_wait_for_the_copy(page, "Karatasi.")
    make_conversation("next", opens_on=days(-1)).make_current()

    page.goto("/en/respond/")
    page.locator("#copy-offer [value=take]").click()

    expect(page.locator("#meaning")).to_have_value("Karatasi.")
    expect(page.locator("#gathering.warning")).to_contain_text("belongs to another conversation")
    expect(page.locator("#gathering")).not_to_contain_text("Fika")
    check_accessible(page)
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert list(Response.objects.values_list("conversation__slug", "gathering")) == [("next", None)]
    assert copies(page) == 0


def test_words_that_the_browser_kept_stay_in_their_conversation_and_can_be_sent_in_it(open_browser):
    gathering = make_gathering()
    page = open_browser()
    page.goto(f"/en/respond/?gathering={gathering.code}")
    type_and_wait_for_the_copy(page, "Sisi sote.")
    close_conversation()
    make_conversation("next", opens_on=days(20), questions=["needs"]).make_current()

    page.goto("/en/respond/")
    save_what_is_kept(page)

    expect(page.locator("main a.primary")).to_have_text("Go on writing")
    assert Draft.objects.get().conversation == gathering.conversation
    assert copies(page) == 0
    page.locator("main a.primary").click()
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert Response.objects.get().gathering == gathering


def test_late_sheets_that_the_browser_kept_can_still_be_sent(open_browser, late):
    gathering, link = late
    page = open_browser()
    page.goto(link)
    type_and_wait_for_the_copy(page, "Karatasi.")

    page.goto("/en/respond/")
    save_what_is_kept(page)
    page.locator("main a.primary").click()
    page.locator("#agree").check()
    press_send(page)

    page.wait_for_url("**/my-response/**")
    assert Response.objects.get().gathering == gathering
    assert copies(page) == 0


def test_where_a_link_for_late_sheets_has_ended_what_was_typed_by_it_is_offered(open_browser, late):
    gathering, link = late
    page = open_browser(width=320)
    page.goto(link)
    type_and_wait_for_the_copy(page, "Karatasi.")
    gathering.end_late_sheets()

    page.reload()

    expect(page.locator(f"{OFFERS} blockquote")).to_have_text(["Karatasi."])
    check_accessible(page)
    save_what_is_kept(page)
    assert copies(page) == 0
    assert (Draft.objects.get().typed["meaning"], Draft.objects.get().conversation) == (
        "Karatasi.",
        gathering.conversation,
    )


def test_the_page_of_a_draft_that_cannot_be_sent_offers_what_was_typed_after_it_was_saved(open_browser, draft_link):
    page = open_browser(width=320)
    page.goto("/en/respond/")
    type_and_wait_for_the_copy(page, "Of somebody else.")
    page.goto(f"{draft_link}write/")
    type_and_wait_for_the_copy(page, "Not saved.", "#needs")
    close_long_ago()

    page.reload()

    page.wait_for_url(f"**{draft_link}")
    expect(page.locator(f"{OFFERS} blockquote")).to_have_text(["First words.", "Not saved."])
    check_accessible(page)
    page.locator(f"{OFFERS} button.primary").click()
    expect(page.locator(".answer blockquote")).to_have_text(["First words.", "Not saved."])
    expect(page.locator(OFFERS)).to_have_count(0)
    assert Draft.objects.get().typed["needs"] == "Not saved."
    assert copies(page) == 1


def test_words_from_the_page_of_a_draft_are_saved_once_and_then_offered_no_more(open_browser, draft_link):
    page = open_browser()
    page.goto(f"{draft_link}write/")
    type_and_wait_for_the_copy(page, "Not saved.", "#needs")
    close_conversation()
    page.goto("/en/respond/")

    # They arrive, and the line goes down before the answer.
    page.route("**/respond/?send", lambda route: (route.fetch(max_redirects=0), route.abort()))
    with page.expect_event("requestfailed"):
        page.locator(f"{OFFERS} button.primary").click()
    page.unroute("**/respond/?send")
    assert Draft.objects.count() == 2
    page.goto("/en/respond/")
    save_what_is_kept(page)

    assert copies(page) == 0
    assert sorted(each.typed.get("needs", "") for each in Draft.objects.all()) == ["", "Not saved."]
    page.goto("/en/respond/")
    page.wait_for_load_state()
    expect(page.locator("#kept-words")).to_have_count(1)
    expect(page.locator(OFFERS)).to_have_count(0)


def test_words_from_the_pages_of_two_drafts_are_saved_one_after_the_other(open_browser, draft_link):
    other = key_of(uuid.uuid4())
    Draft.objects.keep(other, {"language": "en", "meaning": "Others."})
    page = open_browser()
    for link in (draft_link, f"/en/my-draft/{other}/"):
        page.goto(f"{link}write/")
        type_and_wait_for_the_copy(page, f"Not saved in {link}", "#needs")
    close_conversation()

    page.goto("/en/respond/")
    expect(page.locator(OFFERS)).to_have_count(1)
    save_what_is_kept(page)
    assert copies(page) == 1
    page.go_back()
    save_what_is_kept(page)

    assert copies(page) == 0
    assert Draft.objects.count() == 4
    assert set(Draft.objects.values_list("conversation", flat=True)) == {Conversation.objects.current().pk}


def test_whoever_deletes_words_that_are_not_theirs_is_offered_the_next_ones(open_browser, draft_link):
    other = key_of(uuid.uuid4())
    Draft.objects.keep(other, {"language": "en", "meaning": "Others."})
    page = open_browser()
    for link in (draft_link, f"/en/my-draft/{other}/"):
        page.goto(f"{link}write/")
        type_and_wait_for_the_copy(page, f"Not saved in {link}", "#needs")
    close_conversation()
    page.goto("/en/respond/")
    offer = page.locator(OFFERS)

    for hidden in (f"Not saved in /en/my-draft/{other}/", f"Not saved in {draft_link}"):
        expect(offer).to_have_count(1)
        expect(offer.locator("blockquote").filter(has_text=hidden)).to_have_count(1)
        offer.get_by_role("button", name="delete them").click()

    expect(offer).to_have_count(0)
    assert copies(page) == 0
