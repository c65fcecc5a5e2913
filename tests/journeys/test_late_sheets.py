"""Organizers give a host a link, by which a scribe types in sheets of paper after the conversation is closed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from responses.models import Conversation, Draft, Response
from tests.factories import make_gathering, make_user

from .conftest import check_accessible, in_each_look, sign_in


def close_conversation():
    today = timezone.localdate()
    Conversation.objects.filter(is_current=True).update(
        opens_on=today - timedelta(days=90),
        closes_on=today - timedelta(days=30),
        results_by=today + timedelta(days=30),
    )


def write(page, words):
    page.locator("#language").select_option("sw")
    page.locator("#meaning").fill(words)
    page.locator("#agree").check()


@pytest.mark.parametrize("with_javascript", [True, False])
def test_late_sheets_are_typed_in_one_after_the_other_by_a_link(open_browser, with_javascript):
    gathering = make_gathering(title="Café")
    close_conversation()
    make_user("organizer", "Organizer", is_staff=True)
    organizer = open_browser()
    sign_in(organizer, "organizer")
    organizer.goto(f"/admin/responses/gathering/{gathering.pk}/change/")
    check_accessible(organizer)
    organizer.locator("#id_until").fill(str(timezone.localdate() + timedelta(days=7)))
    organizer.locator("main button.default").click()
    link = organizer.locator("#link").input_value()
    check_accessible(organizer)

    scribe = open_browser(width=360, height=740, java_script_enabled=with_javascript)
    scribe.goto(link)
    expect(scribe.locator("#gathering")).to_contain_text("Café")
    if with_javascript:
        check_accessible(scribe)
    scribe.locator("nav.languages summary").click()
    scribe.locator("nav.languages button[lang=sv]").click()
    expect(scribe.locator("html")).to_have_attribute("lang", "sv")
    write(scribe, "Karatasi ya kwanza.")
    scribe.locator("main button[value=send_next]").click()
    expect(scribe.locator(".notice.success")).to_be_visible()
    write(scribe, "Karatasi ya pili.")
    scribe.locator("main button[value=save]").click()
    scribe.wait_for_url("**/my-draft/**")
    scribe.locator("a[href$='/write/']").click()
    scribe.locator("#agree").check()
    scribe.locator("main button[value=send]").click()
    scribe.wait_for_url("**/my-response/**")

    told = Response.objects.order_by("pk").values_list("answers__text", "gathering")
    assert sorted(told) == [("Karatasi ya kwanza.", gathering.pk), ("Karatasi ya pili.", gathering.pk)]
    assert Draft.objects.count() == 0
    organizer.goto(f"/admin/responses/gathering/{gathering.pk}/change/")
    organizer.locator("form[action$='/end_late_sheets/'] button").click()
    scribe.goto(link)
    expect(scribe.locator("main")).to_contain_text("@")
    if with_javascript:
        check_accessible(scribe)


@in_each_look
def test_what_is_so_after_the_conversation_can_be_read_by_everybody(open_browser, language, width, scheme):
    gathering = make_gathering(title="Café " * 30)
    gathering.take_late_sheets(timezone.localdate())
    close_conversation()
    page = open_browser(width=width, color_scheme=scheme)

    for path in (f"gatherings/{gathering.code}/", f"gatherings/{gathering.code}/sheet/", "gatherings/new/", "sheet/"):
        page.goto(f"/{language}/{path}")
        check_accessible(page)
