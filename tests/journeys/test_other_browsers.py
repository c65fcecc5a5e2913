"""Firefox, WebKitGTK and a Chromium of 2019: write, save, reload, send, go back, send again. Desks in Firefox."""

import pytest

from outcomes.models import Coding, Evidence
from responses.models import Draft, Response
from tests.factories import DAY, make_answer, make_problem, make_user, submit

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


ENTER, DOWN = "\ue007", "\ue015"


@pytest.mark.skipif(Firefox.program is None, reason="no Firefox here")
def test_the_desks_are_used_by_keyboard_alone(tmp_path, portal):
    make_user("organizer", "Reviewer", "Coder", is_staff=True)
    make_problem("power", title="No power")
    accepted, declined = submit(on=DAY.replace(day=1)), submit(on=DAY.replace(day=2))
    answer = make_answer("Hatuna umeme. Chumba ni kidogo.", accepted_on=DAY.replace(day=3))
    browser = Firefox(tmp_path)
    focused = "return document.readyState === 'complete' && document.activeElement.matches(arguments[0])"
    try:
        browser.open(f"{portal}/en/accounts/login/?next=/admin/")
        browser.type("#id_login", "organizer")
        browser.type("#id_password", "a long password")
        browser.press_keys(ENTER)
        browser.wait_for_page(f"{portal}/admin/")

        # The first one is accepted with one key, the second one declined with three.
        browser.run("document.querySelector('.waiting button').focus()")
        browser.press_keys(ENTER)
        browser.wait_for_page(f"/{accepted.pk}/change/")
        browser.wait_for(focused, "h1")
        browser.press_keys("a")
        browser.wait_for_page(f"/{declined.pk}/change/")
        browser.wait_for(focused, "h1")
        browser.press_keys("d")
        browser.wait_for(focused, "#decline input")
        browser.press_keys("2", ENTER)
        gone = "return document.readyState === 'complete' && !location.href.includes(arguments[0])"
        browser.wait_for(gone, f"/{declined.pk}/")
        assert dict(Response.objects.values_list("pk", "status")) == {
            accepted.pk: "accepted",
            declined.pk: "declined",
            answer.response_id: "accepted",
        }

        # From the first page to the oldest answer; one key marks what is selected, one key leads on.
        browser.open(f"{portal}/admin/")
        browser.run("document.querySelector('.waiting a[href*=answertocode]').focus()")
        browser.press_keys(ENTER)
        browser.wait_for(focused, ".wording")
        browser.press_keys("s", DOWN, "1")
        browser.wait_for("return document.querySelector('.said')")
        browser.wait_for(focused, ".wording")
        browser.press_keys("n")
        browser.wait_for(gone, f"/{answer.pk}/")
    finally:
        browser.close()
    assert (Evidence.objects.count(), Coding.objects.count()) == (1, 1)
