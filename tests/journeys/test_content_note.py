"""What readers should know first: said on the form, kept by the browser, read before the words, printed with them."""

import pytest
from playwright.sync_api import expect

from responses.models import Draft, Response
from tests.factories import make_answer, make_user, submit
from tests.whole import IS_WHOLE

from .conftest import check_accessible, sign_in
from .test_answering import press_send
from .test_older_words import type_and_wait_for_the_copy

WORDS = "Maneno magumu ya vita."
FOLD = "form#respond details:has(#content_note)"


def write(page):
    page.goto("/en/respond/")
    page.locator("#language").select_option("en")
    page.locator("#meaning").fill(WORDS)
    expect(page.locator("#content_note")).to_be_hidden()
    page.locator(f"{FOLD} > summary").click()
    for kind in ("violence", "insults"):
        page.locator(f"#content_kinds-{kind}").check()


def expect_note(page, kinds, note):
    """Wait until exactly these kinds are ticked and this note is written: the page may still be loading."""
    for kind in kinds:
        expect(page.locator(f"#content_kinds-{kind}")).to_be_checked()
    expect(page.locator("[name=content_kinds]:checked")).to_have_count(len(kinds))
    expect(page.locator("#content_note")).to_have_value(note)


@pytest.mark.parametrize(
    ("with_javascript", "scheme"), [(True, "dark"), (False, "light")] + IS_WHOLE * [(True, "light")]
)
def test_a_note_survives_a_fault_another_language_and_a_draft_and_arrives(open_browser, with_javascript, scheme):
    page = open_browser(width=360, height=740, java_script_enabled=with_javascript, color_scheme=scheme)
    write(page)
    page.locator("#content_note").fill("A war")
    if with_javascript:
        check_accessible(page)

    press_send(page)
    expect(page.locator(".faults")).to_be_visible()
    expect_note(page, ["violence", "insults"], "A war")

    page.locator("button[value=save]").click()
    page.wait_for_url("**/my-draft/**")
    page.locator("main a.primary").click()
    expect_note(page, ["violence", "insults"], "A war")
    expect(page.locator("#content_note")).to_be_visible()

    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    expect(page.locator(".content-note")).to_have_text(
        "Before you read: violence · insults that are quoted · A war", use_inner_text=True
    )
    assert (Response.objects.get().content_kinds, Draft.objects.count()) == ("violence insults", 0)
    if with_javascript:
        check_accessible(page)


def test_the_browser_puts_the_ticks_back_with_the_words(open_browser):
    page = open_browser()
    write(page)
    type_and_wait_for_the_copy(page, "A war", "#content_note")

    other = page.context.new_page()
    other.goto("/en/respond/")
    expect_note(other, [], "")
    other.locator("#copy-offer button[value=take]").click()

    expect(other.locator("#content_note")).to_be_visible()
    expect_note(other, ["violence", "insults"], "A war")
    expect(other.locator("#meaning")).to_have_value(WORDS)
    # What was never ticked is not, and agreeing is done anew.
    expect(other.locator("#agree")).not_to_be_checked()


def test_the_browser_unticks_what_the_author_had_unticked_and_not_sent(open_browser):
    response = submit({"meaning": WORDS}, content_kinds="violence insults", content_note="A war")
    page = open_browser()
    page.goto(f"/en/my-response/{response.key}/edit/")
    page.locator("#content_kinds-violence").uncheck()
    type_and_wait_for_the_copy(page, "Two wars", "#content_note")

    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    other = page.context.new_page()
    other.goto(f"/en/my-response/{response.key}/edit/")
    expect_note(other, ["violence", "insults"], "A war")
    other.locator("#copy-offer button[value=take]").click()

    expect_note(other, ["insults"], "Two wars")


@pytest.mark.parametrize(("page_language", "width"), [("en", 1280), ("ar", 360)])
def test_a_reader_opens_the_words_with_the_keyboard_and_paper_has_them(open_browser, page_language, width):
    make_answer(WORDS, content_kinds="violence", content_note="Vita")
    page = open_browser(width=width)
    page.goto(f"/{page_language}/responses/")
    words, summary = page.locator("blockquote.words"), page.locator("details.noted > summary")
    expect(words).to_be_hidden()
    check_accessible(page)

    page.emulate_media(media="print")
    expect(words).to_be_visible()
    page.emulate_media(media="screen")

    summary.focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    check_accessible(page)


def test_a_coder_skips_a_noted_answer_or_opens_it(open_browser):
    make_user("coder", "Coder", is_staff=True)
    answer = make_answer(WORDS, content_kinds="violence")
    page = open_browser()
    sign_in(page, "coder")

    page.goto(f"/admin/outcomes/answertocode/{answer.pk}/change/")
    words = page.locator("blockquote.words")
    expect(words).to_be_hidden()
    page.locator("details.noted > summary").click()
    expect(words).to_be_visible()
    page.get_by_role("link", name="Skip these words").click()

    page.wait_for_url("**/admin/outcomes/answertocode/")
    # The list has them too, behind the same line.
    expect(words).to_be_hidden()
