"""One short journey in Firefox, WebKitGTK and a Chromium of 2019: write, save, reload, send, go back, send again."""

import pytest

from responses.models import Draft, Response

from .other_browsers import Firefox, OldChromium, WebKit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

FIRST = "Ina so a ji kowa."
ON_THE_LAPTOP = "Ina so a ji kowa, a kowane yare."
LAST = " Wannan shi ne duka."


@pytest.fixture(params=[Firefox, WebKit, OldChromium], ids=lambda engine: engine.__name__)
def browser(request, tmp_path, portal):
    engine = request.param
    if engine.program is None:
        pytest.skip(f"no {engine.__name__} here")
    opened = engine(tmp_path)
    yield opened
    opened.close()


def typed_in(browser):
    return browser.run("return document.getElementById('meaning').value")


def press(browser, value):
    browser.press(f"form p.actions button[value={value}]")


def test_an_answer_is_sent_once_as_it_was_written_and_only_when_send_is_pressed(browser, portal):
    browser.open(f"{portal}/en/respond/")
    browser.wait_for("return Boolean(document.querySelector('input[type=search]'))")
    browser.type("input[type=search]", "Hausa")
    browser.wait_for("return document.getElementById('language').value === 'ha'")
    browser.type("#meaning", FIRST)
    # The buttons of the languages are closed away; a person opens them first.
    browser.press("nav.languages summary")
    browser.press("button[value=switch][lang=sw]")
    browser.wait_for_page("/sw/respond/")
    assert typed_in(browser) == FIRST
    assert browser.run("return document.getElementById('language').value") == "ha"

    press(browser, "save")
    browser.wait_for_page("/my-draft/")
    assert (Draft.objects.count(), Response.objects.count()) == (1, 0)
    browser.press("main a.button.primary")
    browser.wait_for_page("/write/")

    # The same draft on another device, which is saved later; then this page is loaded again and saved.
    draft = Draft.objects.get()
    draft.typed["meaning"] = ON_THE_LAPTOP
    draft.save()
    browser.reload()
    browser.wait_for_page("/write/")
    press(browser, "save")
    browser.wait_for("return document.readyState === 'complete' && !location.href.endsWith('/write/')")
    assert Draft.objects.get().typed["meaning"] == ON_THE_LAPTOP

    browser.open(f"{portal}/sw/my-draft/{browser.run('return location.pathname').split('/')[3]}/write/")
    browser.wait_for("return Boolean(document.getElementById('meaning'))")
    browser.type("#meaning", LAST)
    browser.press("#agree")
    press(browser, "send")
    browser.wait_for_page("/my-response/")
    assert Response.objects.get().answers.get().text == ON_THE_LAPTOP + LAST
    assert Draft.objects.count() == 0

    browser.back()
    browser.wait_for("return document.readyState === 'complete'")
    if browser.run("return Boolean(document.getElementById('meaning'))"):
        browser.run("document.getElementById('agree').checked = true")
        press(browser, "send")
        browser.wait_for("return document.readyState === 'complete' && !location.href.endsWith('/write/')")
    assert Response.objects.get().answers.get().text == ON_THE_LAPTOP + LAST
