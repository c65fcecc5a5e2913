"""Somebody is asked about contact details in their words before they send them, and sends what they want to send."""

import pytest
from playwright.sync_api import expect

from responses.models import Response
from tests.factories import make_user

from .conftest import check_accessible, sign_in
from .test_answering import press_send

WORDS = "Piga 0700 000 000 kwa Mama J."


@pytest.mark.parametrize(
    ("language", "width", "with_javascript"), [("ar", 360, True), ("en", 1280, True), ("en", 360, False)]
)
def test_the_form_asks_once_and_then_sends(open_browser, language, width, with_javascript):
    page = open_browser(width=width, height=740, java_script_enabled=with_javascript)
    page.goto(f"/{language}/respond/")
    page.locator("#language").select_option("sw")
    page.locator("#meaning").fill(WORDS)
    page.locator("#agree").check()

    press_send(page)
    question = page.locator("#asked")
    expect(question).to_be_visible()
    if with_javascript:
        expect(question).to_be_focused()
        check_accessible(page)
    question.get_by_role("link").click()
    expect(page.locator("#meaning_asked bdi")).to_have_text("0700 000 000")
    expect(page.locator("#meaning")).to_have_value(WORDS)
    expect(page.locator("#agree")).to_be_checked()

    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert Response.objects.get().answers.get().text == WORDS


def test_a_reviewer_is_led_to_it_ticks_it_off_and_accepts(open_browser):
    author = open_browser(width=360, height=740)
    author.goto("/en/respond/")
    author.locator("#language").select_option("sw")
    author.locator("#meaning").fill(WORDS)
    author.locator("#agree").check()
    press_send(author)
    expect(author.locator("#asked")).to_be_visible()
    press_send(author)
    author.wait_for_url("**/my-response/**")
    make_user("reviewer", "Reviewer", is_staff=True)
    page = open_browser(width=1280, height=900)
    sign_in(page, "reviewer")
    response = Response.objects.get()
    page.goto(f"/admin/responses/response/{response.pk}/change/")

    expect(page.locator(".words mark")).to_have_text("0700 000 000")
    check_accessible(page)
    page.get_by_role("button", name="Accept, next (A)").click()
    expect(page.locator(".messagelist")).to_contain_text("Look at this first, and tick it off")
    expect(page.get_by_label("It seems to have a telephone number in it.")).to_be_visible()
    # A browser that is driven sends in no time, which is flagged too.
    for box in page.locator("[name=looked_at]").all():
        box.check()
    page.get_by_role("button", name="Accept, next (A)").click()

    expect(page.locator(".messagelist")).to_contain_text("Accepted")
    assert Response.objects.get().is_published
    page.goto(f"/en/responses/{response.code}/")
    page.get_by_role("link", name="Tell the organizers about this response").click()
    check_accessible(page)
    page.locator("#words").fill("It names my neighbour.")
    page.get_by_role("button", name="Tell the organizers").click()
    expect(page.locator(".notice.success")).to_be_visible()
    check_accessible(page)
    assert response.flags.open().get().words == "It names my neighbour."
