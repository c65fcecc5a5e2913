"""Reviewing by keyboard alone, by two reviewers at once, in Arabic and on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from responses.models import Flag, Response
from tests.factories import make_response, make_user, submit

from .conftest import check_accessible, in_each_look, sign_in

LIST = "/admin/responses/response/"
HEADING = "#content h1"


@pytest.fixture
def reviewer(portal):
    return make_user("reviewer", "Reviewer", is_staff=True)


def begin(page, name="reviewer"):
    sign_in(page, name)
    page.goto(f"{LIST}?language=sw")
    button = page.locator("form[action$='/next/'] button")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/?_changelist_filters=language%3Dsw")


def press_and_wait(page, key, code):
    """Press a key on the page of a response, and wait until the page of another one has come."""
    page.keyboard.press(key)
    expect(page.locator(".breadcrumbs [aria-current]")).not_to_have_text(code)
    page.wait_for_load_state()


def code_on(page):
    return page.locator(".breadcrumbs [aria-current]").inner_text()


def test_three_are_accepted_by_keyboard_with_one_key_each(open_browser, reviewer):
    responses = [submit({"meaning": f"Maneno {n}."}, on=date(2026, 1, n)) for n in (1, 2, 3)]
    other_language = submit(language="ha", on=date(2026, 1, 1))
    page = open_browser()
    begin(page)

    for each in responses:
        assert code_on(page) == each.code
        expect(page.locator(HEADING)).to_be_focused()
        press_and_wait(page, "a", each.code)

    page.wait_for_url(f"**{LIST}?language=sw")
    assert set(Response.objects.published()) == set(responses)
    assert list(Response.objects.awaiting_review()) == [other_language]
    assert page.faults == []


def test_what_is_typed_goes_along_into_another_language_and_the_enter_key_still_declines(open_browser, reviewer):
    first, _second = (submit(on=date(2026, 1, n)) for n in (1, 2))
    page = open_browser()
    begin(page)
    page.locator("#decline textarea").fill("Matangazo.")

    page.locator(".languages summary").click()
    page.locator("button[name=page_language][value=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.locator("#decline textarea").input_value() == "Matangazo."
    # It is there for the Enter key alone.
    assert page.locator(".default-button").bounding_box()["width"] == 1
    page.locator("#decline input[type=radio]").first.focus()
    press_and_wait(page, "Enter", first.code)

    assert Response.objects.get(pk=first.pk).decline_reason == "Matangazo."
    assert "language%3Dsw" in page.url
    assert page.faults == []


def test_one_is_skipped_and_one_declined_by_keyboard(open_browser, reviewer):
    first, second, third = (submit(on=date(2026, 1, n)) for n in (1, 2, 3))
    page = open_browser()
    begin(page)

    press_and_wait(page, "s", first.code)
    page.keyboard.press("d")
    expect(page.locator("#decline").locator("textarea, select, input").first).to_be_focused()
    # In a field the keys are letters.
    page.locator("#decline textarea").focus()
    page.keyboard.type("Sad ads.")
    assert page.locator("#decline textarea").input_value() == "Sad ads."
    assert code_on(page) == second.code
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".breadcrumbs [aria-current]")).to_have_text(third.code)

    statuses = dict(Response.objects.values_list("code", "status"))
    assert statuses == {first.code: "submitted", second.code: "declined", third.code: "submitted"}


def test_a_letter_decides_nothing_while_something_is_chosen(open_browser, reviewer):
    response = submit({"meaning": "Piga 0700 000 000."}, language="sw")
    page = open_browser()
    begin(page)

    for field in (
        "#decline input[type=radio] >> nth=0",
        "input[name=looked_at]",
        "input[name=added_kinds] >> nth=0",
        "select[name=into]",
    ):
        if "into" in field:
            page.locator(".cannot-read summary").click()
        page.locator(field).focus()
        for key in ("a", "s", "d"):
            page.keyboard.press(key)
        expect(page.locator(field)).to_be_focused()

    assert code_on(page) == response.code
    assert not Response.objects.exclude(status="submitted").exists()
    assert page.faults == []


def test_undoing_the_one_before_keeps_what_is_typed_without_scripts_too(open_browser, reviewer):
    first, second = (submit(on=date(2026, 1, n)) for n in (1, 2))
    page = open_browser(java_script_enabled=False)
    begin(page)
    page.get_by_role("button", name="Accept, next (A)").click()
    expect(page.locator(".breadcrumbs [aria-current]")).to_have_text(second.code)
    page.locator("#ask textarea").fill("Who is meant?")

    page.locator(".messagelist").get_by_role("button", name="Undo").click()

    expect(page.locator(".messagelist")).to_contain_text(f"Response {first.code}: It is as it was before.")
    assert page.locator("#ask textarea").input_value() == "Who is meant?"
    assert code_on(page) == second.code
    assert not Response.objects.published().exists()
    # From the list, when nothing is left to review, it leads to the response.
    page.locator("#ask textarea").fill("")
    Response.objects.filter(pk=first.pk).update(status="withdrawn", withdrawn_on=date(2026, 1, 3))
    page.get_by_role("button", name="Accept, next (A)").click()
    page.wait_for_url(f"**{LIST}?language=sw")
    page.locator(".messagelist").get_by_role("button", name="Undo").click()
    expect(page.locator(".breadcrumbs [aria-current]")).to_have_text(second.code)
    assert "language%3Dsw" in page.url


def test_the_keys_can_be_switched_off_for_good(open_browser, reviewer):
    response = submit()
    page = open_browser()
    begin(page)

    page.locator("#desk-keys").uncheck()
    page.locator(HEADING).focus()
    page.keyboard.press("a")
    page.reload()
    expect(page.locator("#desk-keys")).not_to_be_checked()
    page.keyboard.press("a")
    page.keyboard.press("s")

    assert code_on(page) == response.code
    assert not Response.objects.published().exists()


def test_a_keyboard_with_other_letters_has_the_keys_in_the_same_place(open_browser, reviewer):
    response = submit(on=date(2026, 1, 1))
    submit(on=date(2026, 1, 2))
    page = open_browser(locale="ar")
    begin(page)

    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ش', code: 'KeyA', bubbles: true}))")
    expect(page.locator(".breadcrumbs [aria-current]")).not_to_have_text(response.code)

    assert list(Response.objects.published()) == [response]


def test_two_reviewers_at_once_get_different_responses_and_are_told_of_each_other(open_browser, reviewer):
    make_user("second", "Reviewer", is_staff=True)
    first, second = submit(on=date(2026, 1, 1)), submit(on=date(2026, 1, 2))
    one, two = open_browser(), open_browser()

    begin(one)
    begin(two, "second")

    assert (code_on(one), code_on(two)) == (first.code, second.code)
    two.goto(f"{LIST}{first.pk}/change/")
    expect(two.locator(".notice")).to_contain_text("is reading this until")
    two.keyboard.press("a")
    # What the first one does then is refused: it was decided meanwhile.
    expect(two.locator(".breadcrumbs [aria-current]")).not_to_have_text(first.code)
    one.keyboard.press("a")
    expect(one.locator(".messagelist .error")).to_contain_text("has changed since you opened it")


def test_without_scripts_the_buttons_do_the_same(open_browser, reviewer):
    first, second = submit(on=date(2026, 1, 1)), submit(on=date(2026, 1, 2))
    page = open_browser(java_script_enabled=False)
    begin(page)

    assert page.locator("#desk-keys").count() == 0
    page.locator("[data-key=s]").click()
    page.locator("[data-key=a]").click()

    expect(page.locator(".breadcrumbs [aria-current]")).to_have_text(first.code)
    assert list(Response.objects.published()) == [second]


@in_each_look
def test_the_list_and_the_page_are_accessible_in_each_look(open_browser, reviewer, language, width, scheme):
    arabic = submit({"meaning": "كُلُّ شَخْصٍ لَهُ مَكَانٌ.", "needs": "<b>"}, language="ar", affiliate_name="Friends")
    noted = submit({"meaning": "คำที่นี่"}, language="th", content_kinds="violence", flags=["links"])
    Flag.objects.create(response=arabic, kind="alike", other=make_response())
    page = open_browser(width=width, locale=language, color_scheme=scheme)
    sign_in(page, "reviewer")

    page.goto(LIST)
    check_accessible(page)
    for response in (arabic, noted):
        page.goto(f"{LIST}{response.pk}/change/")
        check_accessible(page)
        # Words first, in one column on a phone.
        words, margin = page.locator(".main-column").bounding_box(), page.locator("aside.margin").bounding_box()
        assert (words["y"] < margin["y"]) == (width < 1024)
    assert re.search("CC.BY-SA|CC0", page.locator("aside.margin").inner_text())
