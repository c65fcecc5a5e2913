"""A conversation closes while people write: in a real browser every word stays, and the page says what is so."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from responses.models import Draft, Response
from tests.factories import change_current, make_conversation

from .conftest import check_accessible, copies, in_each_look
from .test_answering import WORDS, press_send


def close_conversation():
    """Its last day was three days ago."""
    today = timezone.localdate()
    change_current(opens_on=today - timedelta(days=60), closes_on=today - timedelta(days=3))


def write(page, language):
    page.goto(f"/{language}/respond/")
    page.locator("#meaning").fill(WORDS)
    page.locator("#agree").check()


@pytest.mark.parametrize(("with_javascript", "language"), [(True, "ar"), (False, "en")])
def test_whoever_sends_after_closing_finds_their_words_and_can_still_send_them(open_browser, with_javascript, language):
    page = open_browser(width=360, height=740, locale=language, java_script_enabled=with_javascript)
    write(page, language)
    close_conversation()

    press_send(page)

    page.wait_for_url("**/my-draft/**")
    assert (Draft.objects.count(), Response.objects.count()) == (1, 0)
    if with_javascript:
        check_accessible(page)
        assert copies(page) == 0
    page.locator("main a.primary").click()
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert list(Response.objects.values_list("answers__text", flat=True)) == [WORDS]


def test_words_that_only_the_browser_kept_can_be_saved_after_closing(open_browser):
    page = open_browser(width=360, height=740)
    write(page, "en")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('words:'))")
    close_conversation()

    page.reload()

    expect(page.locator("#kept-words time")).to_be_visible()
    expect(page.locator("#kept-words blockquote")).to_be_hidden()
    check_accessible(page)
    page.locator("#kept-words summary").click()
    expect(page.locator("#kept-words blockquote")).to_be_visible()
    expect(page.locator("#kept-words blockquote")).to_contain_text(WORDS.split("\n")[0])
    check_accessible(page)
    page.locator("#kept-words button.primary").click()
    page.wait_for_url("**/my-draft/**")
    assert Draft.objects.get().typed["meaning"] == WORDS
    page.reload()
    assert copies(page) == 0


def test_so_can_words_in_any_other_field(open_browser):
    page = open_browser(width=360, height=740)
    page.goto("/en/respond/")
    page.locator("details.group summary", has_text="What readers should know").click()
    page.locator("#content_note").fill("Vita vya mtaani")
    page.keyboard.press("Tab")
    close_conversation()

    page.reload()

    expect(page.locator("#kept-words blockquote")).to_have_text(["Vita vya mtaani"])
    page.locator("#kept-words button.primary").click()
    page.wait_for_url("**/my-draft/**")
    assert Draft.objects.get().typed["content_note"] == "Vita vya mtaani"


def test_an_address_is_shown_to_nobody_else_who_uses_the_device_and_is_kept_all_the_same(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#email").fill("me@example.org")
    page.keyboard.press("Tab")
    close_conversation()

    page.reload()

    expect(page.locator("#kept-words time")).to_be_visible()
    expect(page.locator("#kept-words :is(summary, blockquote)")).to_have_count(0)
    assert "me@example.org" not in page.locator("body").inner_text()
    page.locator("#kept-words button.primary").click()
    page.wait_for_url("**/my-draft/**")
    assert Draft.objects.get().typed["email"] == "me@example.org"


def test_a_copy_that_is_damaged_hides_no_other(open_browser):
    page = open_browser()
    write(page, "en")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('words:'))")
    close_conversation()
    page.goto("/en/about/")
    page.evaluate("for (const id of '!~') localStorage.setItem(`words:${id}`, '{')")

    page.goto("/en/respond/")

    expect(page.locator("#kept-words blockquote")).to_have_count(1)


def test_words_to_a_question_that_is_asked_no_more_come_back_and_are_shown(open_browser):
    page = open_browser(width=360, height=740)
    write(page, "en")
    page.locator("#needs").fill("Mtandao.")
    close_conversation()
    following = make_conversation("next", questions=["meaning"], opens_on=timezone.localdate() - timedelta(days=1))
    following.make_current()

    page.goto("/en/respond/")
    page.locator("#keep-words button").first.click()
    expect(page.locator("#meaning")).to_have_value(WORDS)
    page.locator("#agree").check()
    press_send(page)

    expect(page.locator("#needs")).to_have_value("Mtandao.")
    expect(page.locator("#needs_error")).to_contain_text("not asked in this conversation")
    assert Response.objects.count() == 0


def test_words_that_are_not_theirs_are_deleted_from_the_browser(open_browser):
    page = open_browser()
    write(page, "en")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('words:'))")
    close_conversation()
    page.reload()

    page.locator("#kept-words button.quiet").click()

    expect(page.locator("#kept-words blockquote")).to_have_count(0)
    assert copies(page) == 0


@in_each_look
def test_the_pages_of_conversations_are_accessible(open_browser, language, width, scheme):
    page = open_browser(width=width, height=800, color_scheme=scheme)

    for path in ("conversations/", "conversations/where-you-are/", ""):
        page.goto(f"/{language}/{path}")
        check_accessible(page)
    close_conversation()
    for path in ("conversations/where-you-are/", "respond/", ""):
        page.goto(f"/{language}/{path}")
        check_accessible(page)
