"""Answering in a real browser: without JavaScript, through mistakes and changes of mind, on a small screen."""

import pytest
from playwright.sync_api import expect

from responses.models import Response

from .conftest import check_accessible, in_each_look

WORDS = "\nMstari wa kwanza uko wazi.\n\n  Na nafasi mbele.\u200d🌍"


def press_send(page):
    page.locator("main button.primary").click()


@pytest.mark.parametrize("with_javascript", [True, False])
def test_every_typed_word_survives_mistakes_and_three_changes_of_language(open_browser, with_javascript):
    page = open_browser(width=360, height=740, java_script_enabled=with_javascript)
    page.goto("/en/respond/")
    page.locator("#needs").fill(WORDS)
    page.locator("#language").select_option("sw")
    page.locator("fieldset details.group summary").click()
    page.locator("#people").fill("0")
    page.locator("#affiliate").fill("Kikundi <chetu>")
    page.locator("#sharing-affiliate").check()

    for language, code in (("العربية", "ar"), ("svenska", "sv"), ("español", "es")):
        page.locator(".languages summary").click()
        page.get_by_role("button", name=language).click()
        page.wait_for_url(f"**/{code}/respond/")
        expect(page.locator("#needs")).to_have_value(WORDS)
    assert page.url.endswith("/es/respond/")
    press_send(page)

    expect(page.locator("#faults")).to_be_visible()
    expect(page.locator("#needs")).to_have_value(WORDS)
    expect(page.locator("#language")).to_have_value("sw")
    expect(page.locator("#affiliate")).to_have_value("Kikundi <chetu>")
    expect(page.locator("#sharing-affiliate")).to_be_checked()
    expect(page.locator("#people")).to_be_visible()
    page.locator("#people").fill("12")
    page.locator("#agree").check()
    press_send(page)
    expect(page.locator("blockquote[lang=sw]")).to_be_visible()

    response = Response.objects.get()
    assert (response.answers.get().text, response.people, response.affiliate_name) == (WORDS, 12, "Kikundi <chetu>")
    assert page.locator("blockquote[lang=sw]").evaluate("words => words.textContent") == WORDS
    assert page.context.cookies() == []


def test_the_enter_key_sends_and_does_not_change_the_language(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Everybody.")
    page.locator("#agree").check()
    page.locator("#affiliate").press("Enter")

    expect(page.get_by_text("Waiting to be read")).to_be_visible()


def test_after_a_refusal_for_size_going_back_shows_the_words_again(open_browser, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#needs").fill("Typed with care.")
    page.evaluate("""() => {
        const field = document.createElement("textarea");
        field.name = "much";
        field.hidden = true;
        field.value = "x".repeat(40_000);
        document.getElementById("respond").append(field);
    }""")
    page.locator("#agree").check()
    press_send(page)
    expect(page.get_by_role("heading", name="This could not be read")).to_be_visible()

    page.go_back()

    expect(page.locator("#needs")).to_have_value("Typed with care.")


def test_going_back_shows_every_choice_as_it_was(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#language").select_option("sw")
    page.locator("#meaning").fill("Watu.")
    page.locator("#region").select_option("ssa")
    page.locator("fieldset details.group summary").click()
    typed = {"#affiliate": "Kikundi", "#people": "51", "#method": "Warsha", "#held_on": "2026-01-02", "#place": "Mji"}
    for field, text in (typed | {"#display_name": "Amina"}).items():
        page.locator(field).fill(text)
    page.locator("#sharing-named").check()
    page.locator("#agree").check()
    press_send(page)
    expect(page.get_by_text("Waiting to be read")).to_be_visible()

    page.go_back()

    for field, text in (typed | {"#language": "sw", "#region": "ssa", "#display_name": "Amina"}).items():
        expect(page.locator(field)).to_have_value(text)
    expect(page.locator("#sharing-named")).to_be_checked()


def test_sending_again_after_going_back_leads_to_the_same_receipt(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Once.")
    page.locator("#agree").check()
    press_send(page)
    expect(page.get_by_text("Waiting to be read")).to_be_visible()
    receipt = page.url

    page.go_back()
    press_send(page)

    page.wait_for_url(receipt)
    assert Response.objects.count() == 1


def test_direction_characters_in_the_words_do_not_turn_the_text_after_them(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#meaning").fill("safe \u202etxt.exe \u2067 \u2066")
    page.locator("#sharing-affiliate").check()
    page.locator("#affiliate").fill("Group \u202e")
    page.locator("#agree").check()
    press_send(page)

    # The letters of our own label still run from left to right.
    places = (
        page.locator("dt", has_text="Part of the world")
        .or_(page.locator("dt", has_text="Licence"))
        .last.evaluate(
            """label => Array.from(label.firstChild.data, (_letter, at) => {
            const range = document.createRange();
            range.setStart(label.firstChild, at);
            range.setEnd(label.firstChild, at + 1);
            return range.getBoundingClientRect().left;
        })"""
        )
    )
    assert places == sorted(places)
    for words in page.locator(".words, bdi").all():
        assert words.evaluate("words => getComputedStyle(words).unicodeBidi") in ("isolate", "isolate-override")


def test_an_author_edits_and_withdraws_a_response_without_javascript(open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto("/sv/respond/")
    page.locator("#meaning").fill("Alla.")
    page.locator("#agree").check()
    press_send(page)
    page.locator("a[href$='/edit/']").click()
    expect(page.locator("#meaning")).to_have_value("Alla.")
    page.locator("#meaning").fill("Alla språk.")
    press_send(page)
    expect(page.locator(".answer blockquote")).to_have_text("Alla språk.")
    page.locator("a[href$='/withdraw/']").click()
    page.locator("main button.destructive").click()

    expect(page.locator("blockquote")).to_have_count(0)
    assert Response.objects.get().is_withdrawn


@in_each_look
def test_the_form_is_accessible_with_and_without_errors(open_browser, language, width, scheme):
    page = open_browser(width=width, color_scheme=scheme)
    page.goto(f"/{language}/respond/")
    check_accessible(page)
    page.locator("fieldset details.group summary").click()
    page.locator("#people").fill("0")
    page.locator("#held_on").fill("2999-01-01")
    page.locator("#sharing-named").check()
    press_send(page)

    expect(page.locator("#faults")).to_be_visible()
    check_accessible(page)
