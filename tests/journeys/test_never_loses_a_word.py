"""Crashes, lost connections, two tabs, no cookies: in a real browser every word stays and is stored once."""

import os
import signal
import time
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import expect

from responses.access.keys import key_of
from responses.models import Draft, RateLimitCount, Response

from .conftest import CHROMIUM, FLAGS, check_accessible, copies, in_each_look
from .test_answering import WORDS, press_send


def stored():
    return sorted(Response.objects.values_list("answers__text", flat=True))


@pytest.mark.parametrize(("with_javascript", "language"), [(True, "en"), (False, "ar")])
def test_a_draft_is_saved_on_one_device_and_finished_on_another(open_browser, with_javascript, language):
    page = open_browser(width=360, height=740, java_script_enabled=with_javascript)
    page.goto(f"/{language}/respond/")
    page.locator("#meaning").fill(WORDS)
    page.locator("fieldset details.group summary").click()
    page.locator("#people").fill("fifty or so")
    page.locator("button[value=save]").click()
    page.wait_for_url("**/my-draft/**")
    link = page.locator("#link").input_value()
    if with_javascript:
        check_accessible(page)
        assert copies(page) == 0

    other = open_browser(width=360, height=740, locale=language, java_script_enabled=with_javascript)
    other.goto(link)
    other.locator("main a.primary").click()
    expect(other.locator("#meaning")).to_have_value(WORDS)
    expect(other.locator("#people")).to_have_value("fifty or so")
    other.locator("#people").fill("50")
    other.locator("#agree").check()
    press_send(other)

    expect(other.locator("blockquote").first).to_be_visible()
    assert stored() == [WORDS]
    assert Draft.objects.count() == 0
    # The link on paper still leads there.
    page.goto(link)
    expect(page.locator("blockquote").first).to_be_visible()


def open_profile(chromium, portal, folder):
    """A browser with a profile of its own on the disk, as people have them."""
    return chromium.browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=FLAGS, base_url=portal, viewport={"width": 360, "height": 740}
    )


def kill(folder):
    """Kills every process of the browser with this profile, as a crash or an empty battery does."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"--user-data-dir={folder}" in (process / "cmdline").read_text(encoding="utf-8"):
                os.kill(int(process.name), signal.SIGKILL)
        except (OSError, UnicodeDecodeError):
            continue


def wait_for_the_disk(folder, text):
    """Waits until the browser has written this text to the disk, which usually takes some seconds."""
    deadline = time.monotonic() + 60
    sought = text.encode("utf-16-le")
    while not any(sought in log.read_bytes() for log in folder.glob("Default/Local Storage/leveldb/*.log")):
        assert time.monotonic() < deadline, "The browser never wrote down what it keeps."
        time.sleep(0.05)


def test_a_browser_that_was_killed_gives_the_words_back(chromium, portal, tmp_path):
    context = open_profile(chromium, portal, tmp_path)
    page = context.pages[0]
    page.goto("/en/respond/")
    page.locator("#meaning").fill(WORDS)
    page.locator("#affiliate").fill("Kikundi")
    page.locator("#sharing-affiliate").check()
    page.locator("input[type=search]").fill("ff-adlm")
    expect(page.locator("#language")).to_have_value("ff-adlm")
    page.locator("fieldset details.group summary").click()
    page.locator("#people").fill("7")
    wait_for_the_disk(tmp_path, '"people":"7"')
    kill(tmp_path)

    context = open_profile(chromium, portal, tmp_path)
    page = context.pages[0]
    page.faults = []
    page.goto("/en/respond/")
    expect(page.locator("#copy-offer")).to_be_visible()
    check_accessible(page)
    page.locator("#copy-offer [value=take]").click()

    expect(page.locator("#meaning")).to_have_value(WORDS)
    for field, text in {"#affiliate": "Kikundi", "#language": "ff-adlm", "#people": "7"}.items():
        expect(page.locator(field)).to_have_value(text)
    expect(page.locator("#sharing-affiliate")).to_be_checked()
    expect(page.locator("#people")).to_be_visible()
    expect(page.locator("#agree")).not_to_be_checked()
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert stored() == [WORDS]
    assert copies(page) == 0
    context.close()


def test_on_a_shared_computer_nobody_finds_words_of_which_no_copy_was_wanted(open_browser):
    page = open_browser()
    page.clock.install()
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Not for the next visitor.")
    page.clock.run_for(1500)
    assert copies(page) == 1

    page.locator("#no-copy").check()
    page.locator("#needs").fill("And not this.")
    page.clock.run_for(1500)
    assert copies(page) == 0
    page.goto("/en/respond/")

    expect(page.locator("#no-copy")).to_be_checked()
    expect(page.locator("#copy-offer")).to_be_hidden()
    assert "visitor" not in page.evaluate("JSON.stringify(localStorage)")


def test_a_copy_that_is_not_wanted_is_deleted_and_so_is_one_of_yesterday(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.evaluate("""() => {
        const copy = (at, meaning) => JSON.stringify({at, fields: {meaning}, language: "English"});
        localStorage.setItem("words:today", copy(Date.now() - 1000, "Of today."));
        localStorage.setItem("words:yesterday", copy(Date.now() - 25 * 60 * 60 * 1000, "Of yesterday."));
        localStorage.setItem("words:broken", "{");
    }""")

    page.reload()
    expect(page.locator("#copy-offer")).to_be_visible()
    assert copies(page) == 1
    page.locator("#copy-offer [value=delete]").click()

    expect(page.locator("#copy-offer")).to_be_hidden()
    assert copies(page) == 0
    expect(page.locator("#meaning")).to_have_value("")


def test_sending_without_a_connection_warns_and_sends_when_the_connection_is_back(open_browser):
    page = open_browser(width=360, height=740)
    page.goto("/ar/respond/")
    page.locator("#meaning").fill(WORDS)
    page.locator("#agree").check()
    page.context.set_offline(True)

    press_send(page)
    expect(page.locator("#line-down")).to_be_visible()
    expect(page.locator("#meaning")).to_have_value(WORDS)
    press_send(page)
    assert Response.objects.count() == 0
    page.faults = []
    check_accessible(page)

    page.context.set_offline(False)
    page.wait_for_url("**/my-response/**", timeout=20_000)
    assert stored() == [WORDS]


def test_words_that_never_left_are_kept_even_if_the_draft_is_changed_elsewhere_meanwhile(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#meaning").fill("At first.")
    page.locator("button[value=save]").click()
    page.wait_for_url("**/my-draft/**")
    draft = page.url
    page.goto(f"{draft}write/")
    page.locator("#meaning").fill(WORDS)
    page.context.set_offline(True)
    page.locator("button[value=save]").click()
    expect(page.locator("#line-down")).to_be_visible()
    page.close()
    Draft.objects.update(typed={"language": "en", "meaning": "From another device."})

    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(draft)
    page.goto(f"{draft}write/")

    expect(page.locator("#meaning")).to_have_value("From another device.")
    page.locator("#copy-offer button[value=take]").click()
    expect(page.locator("#meaning")).to_have_value(WORDS)


def test_words_are_not_sent_while_somebody_goes_on_writing_without_a_connection(open_browser):
    page = open_browser()
    page.clock.install()
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Half a sent")
    page.locator("#agree").check()
    page.context.set_offline(True)
    press_send(page)
    expect(page.locator("#line-down")).to_be_visible()

    page.locator("#meaning").fill("Half a sentence, and the ot")
    expect(page.locator("#line-down")).to_be_hidden()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(False)
    page.wait_for_function("navigator.onLine")
    # The script looks for the line every ten seconds, while something waits to be sent.
    page.clock.run_for(30_000)
    assert (asked, Response.objects.count()) == ([], 0)
    page.locator("#meaning").fill("Half a sentence, and the other half.")
    press_send(page)

    page.wait_for_url("**/my-response/**")
    assert stored() == ["Half a sentence, and the other half."]


@pytest.mark.every_database
def test_a_connection_that_breaks_after_sending_stores_once(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#meaning").fill(WORDS)
    page.locator("#agree").check()
    lost = []

    def lose_the_answer(route):
        # The portal gets the post; its answer never reaches the browser.
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0))
            route.abort()
        else:
            route.continue_()

    page.route("**/respond/**", lose_the_answer)
    with page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-error:")):
        press_send(page)
    assert (len(lost), Response.objects.count()) == (1, 1)

    page.goto("/en/respond/")
    page.locator("#copy-offer [value=take]").click()
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")

    assert stored() == [WORDS]


@pytest.mark.every_database
def test_the_same_form_sent_from_two_tabs_at_once_is_stored_once(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    submission = page.locator("[name=submission]").input_value()
    other = page.context.new_page()
    other.goto("/en/respond/")
    other.evaluate("(value) => { document.querySelector('[name=submission]').value = value }", submission)
    for tab in (page, other):
        tab.locator("#meaning").fill("Once.")
        tab.locator("#agree").check()

    for tab in (page, other):
        tab.evaluate("document.querySelector('button.primary').click()")
    for tab in (page, other):
        tab.wait_for_url("**/my-response/**")

    assert page.url == other.url
    assert stored() == ["Once."]


def test_a_browser_that_blocks_cookies_and_storage_can_answer(chromium, portal, tmp_path):
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(
        '{"profile": {"default_content_setting_values": {"cookies": 2}}}', encoding="utf-8"
    )
    context = open_profile(chromium, portal, tmp_path)
    page = context.pages[0]
    page.goto("/en/respond/")
    # The setting is at work: the browser refuses the page its store.
    assert page.evaluate("() => { try { return !!localStorage } catch (refusal) { return refusal.name } }") == (
        "SecurityError"
    )
    expect(page.locator("#copy-choice")).to_be_hidden()
    page.locator("#meaning").fill(WORDS)
    page.locator("#agree").check()
    press_send(page)

    page.wait_for_url("**/my-response/**")
    assert stored() == [WORDS]
    assert context.cookies() == []
    context.close()


def test_somebody_who_has_to_wait_keeps_every_word(open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto("/ar/respond/")
    page.locator("#meaning").fill("First.")
    page.locator("#agree").check()
    press_send(page)
    RateLimitCount.objects.update(n=1000)

    page.goto("/ar/respond/")
    page.locator("#meaning").fill(WORDS)
    page.locator("#agree").check()
    press_send(page)
    expect(page.locator("#faults")).to_be_visible()
    expect(page.locator("#meaning")).to_have_value(WORDS)
    expect(page.locator("#agree")).to_be_checked()
    RateLimitCount.objects.update(window=0)
    press_send(page)

    page.wait_for_url("**/my-response/**")
    assert stored() == sorted(["First.", WORDS])


@pytest.mark.parametrize("with_javascript", [True, False])
def test_all_languages_are_one_step_away(open_browser, with_javascript):
    page = open_browser(width=360, height=740, java_script_enabled=with_javascript)
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Half a sentence")
    expect(page.locator("#language option[value=aa]")).to_have_count(0)

    page.locator("button[value=lists]").click()
    expect(page.locator("#language option[value=aa]")).to_have_count(1)
    page.locator("#language").select_option("aa")

    expect(page.locator("#meaning")).to_have_value("Half a sentence")
    if with_javascript:
        assert page.locator("#meaning").get_attribute("lang") == "aa"
        check_accessible(page)


@pytest.mark.every_database
def test_a_scribe_types_in_sheet_after_sheet(open_browser):
    page = open_browser(width=360, height=740, java_script_enabled=False)
    page.goto("/en/respond/")
    page.locator("#language").select_option("ha")
    page.locator("fieldset details.group summary").click()
    page.locator("#method").fill("WikiCafé")
    page.locator("#agree").check()
    for number in range(3):
        page.locator("#meaning").fill(f"Sheet {number}")
        page.locator("#people").fill("17")
        page.locator("button[value=send_next]").click()
        expect(page.locator(".notice.success")).to_be_visible()
        expect(page.locator("#meaning")).to_have_value("")
        expect(page.locator("#meaning")).to_be_focused()
        expect(page.locator(".notice.success")).to_be_in_viewport()

    assert list(
        Response.objects.order_by("answers__text").values_list("answers__text", "people", "language", "method")
    ) == [(f"Sheet {number}", 17, "ha", "WikiCafé") for number in range(3)]


def test_a_day_that_no_field_for_days_can_show_is_there_when_the_draft_is_opened(open_browser):
    key = key_of(uuid.uuid4())
    Draft.objects.keep(key, {"meaning": "Maneno.", "held_on": "last Friday, 12 Rajab"})
    page = open_browser()

    for _time in range(2):
        page.goto(f"/en/my-draft/{key}/write/")
        expect(page.locator("#held_on")).to_have_value("last Friday, 12 Rajab")
        page.locator("button[value=save]").click()
        page.wait_for_url(f"**/my-draft/{key}/")

    assert Draft.objects.get().typed["held_on"] == "last Friday, 12 Rajab"


@in_each_look
def test_the_pages_of_a_draft_are_accessible(open_browser, language, width, scheme):
    page = open_browser(width=width, color_scheme=scheme)
    page.goto(f"/{language}/respond/")
    page.locator("#meaning").fill(WORDS)
    page.locator("button[value=save]").click()
    page.wait_for_url("**/my-draft/**")
    draft = page.url

    for tail in ("", "write/", "delete/"):
        page.goto(draft + tail)
        check_accessible(page)
