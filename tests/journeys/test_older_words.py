"""Older words never take the place of newer ones unseen, and what was pressed is what happens, in a real browser."""

import pytest
from playwright.sync_api import expect

from responses.models import Draft, Response, Translation
from tests.factories import make_answer, make_gathering, make_user, submit

from .conftest import copies, sign_in
from .test_answering import press_send

LONG = "Two hours of work."


def type_and_wait_for_the_copy(page, words, field="#meaning"):
    page.locator(field).fill(words)
    page.wait_for_function("words => Object.values(localStorage).some((copy) => copy.includes(words))", arg=words)


def empty_the_cache(page):
    """As a phone does that is short of memory: a page that is gone back to is fetched anew."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def save(page):
    page.locator("button[value=save]").click()
    page.wait_for_url(lambda url: url.endswith("/") and "/my-draft/" in url and "/write/" not in url)


@pytest.mark.parametrize(("with_javascript", "cached"), [(True, True), (False, False)])
def test_going_back_twice_and_sending_never_deletes_the_longer_draft(open_browser, with_javascript, cached):
    page = open_browser(java_script_enabled=with_javascript)
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Short.")
    save(page)
    page.locator("main a.primary").click()
    page.locator("#meaning").fill(LONG)
    save(page)

    for _press in range(3):
        cached or empty_the_cache(page)
        page.wait_for_load_state()
        page.go_back()
    assert page.url.endswith("/en/respond/")
    expect(page.locator("#meaning")).to_have_value("Short." if cached else "")
    page.locator("#meaning").fill("Short.")
    page.locator("#agree").check()
    press_send(page)

    page.wait_for_load_state()
    assert Draft.objects.get().typed["meaning"] == LONG
    if cached or with_javascript:
        expect(page.locator("blockquote")).to_have_text(LONG)
        assert Response.objects.count() == 0


@pytest.mark.parametrize(("with_javascript", "cached"), [(True, True), (False, False)])
def test_going_back_to_an_older_edit_never_stores_it_over_the_newer_one(open_browser, with_javascript, cached):
    response = submit()
    page = open_browser(java_script_enabled=with_javascript)
    for words in ("First.", LONG):
        page.goto(f"/en/my-response/{response.key}/edit/")
        page.locator("#meaning").fill(words)
        press_send(page)
        expect(page.locator(".answer blockquote").first).to_have_text(words)

    for _press in range(3):
        cached or empty_the_cache(page)
        page.wait_for_load_state()
        page.go_back()
    assert page.url.endswith("/edit/")
    # Nothing keeps a page behind a secret link, so it is fetched anew in any case.
    expect(page.locator("#meaning")).to_have_value(LONG)
    press_send(page)

    page.wait_for_load_state()
    assert response.answers.get().text == LONG


@pytest.mark.parametrize("with_javascript", [True, False])
def test_going_back_to_a_page_that_is_fetched_anew_stores_no_second_response(open_browser, with_javascript):
    page = open_browser(java_script_enabled=with_javascript)
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Once.")
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")

    empty_the_cache(page)
    page.go_back()
    page.wait_for_url("**/respond/")

    expect(page.locator("#meaning")).to_have_value("")
    expect(page.locator("#agree")).not_to_be_checked()
    if with_javascript:
        assert copies(page) == 0
        page.locator("#meaning").fill("Changed.")
        page.locator("#agree").check()
        press_send(page)
        expect(page.locator("#faults")).to_contain_text("You have already sent a response from this page.")
    assert Response.objects.count() == 1


@pytest.mark.parametrize("lacking", ["submitter", "requestSubmit"])
def test_in_an_older_browser_every_button_does_what_it_says(open_browser, lacking):
    page = open_browser()
    owner = "SubmitEvent" if lacking == "submitter" else "HTMLFormElement"
    page.add_init_script(f"delete {owner}.prototype.{lacking}")
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Not for the public yet.")
    page.locator("#agree").check()

    page.locator(".languages summary").click()
    page.get_by_role("button", name="svenska").click()
    page.wait_for_url("**/sv/respond/")
    expect(page.locator("#meaning")).to_have_value("Not for the public yet.")
    save(page)

    assert (Response.objects.count(), Draft.objects.count(), copies(page)) == (0, 1, 0)


def test_a_reload_gives_the_words_back_and_leaves_no_second_copy(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    type_and_wait_for_the_copy(page, "Typed once.")
    page.locator("#agree").check()

    page.reload()

    expect(page.locator("#meaning")).to_have_value("Typed once.")
    expect(page.locator("#agree")).not_to_be_checked()
    expect(page.locator("#copy-offer")).to_be_hidden()
    assert copies(page) == 1
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert copies(page) == 0
    # Whoever looks at the page once more leaves no copy of what was sent.
    page.go_back()
    expect(page.locator("#meaning")).to_have_value("Typed once.")
    page.goto("/en/about/")
    assert copies(page) == 0


@pytest.mark.parametrize("kind", ["draft", "edit"])
def test_the_secret_link_leaves_words_that_were_not_sent_in_the_browser(open_browser, kind):
    page = open_browser()
    if kind == "draft":
        page.goto("/en/respond/")
        page.locator("#meaning").fill("Stored.")
        save(page)
        link, form = page.url, f"{page.url}write/"
    else:
        link = f"/en/my-response/{submit({'meaning': 'Stored.'}).key}/"
        form = f"{link}edit/"
    page.goto(form)
    type_and_wait_for_the_copy(page, "An hour of words.")

    other = page.context.new_page()
    page.close()
    other.goto(link)
    assert copies(other) == 1
    other.goto(form)
    expect(other.locator("#meaning")).to_have_value("Stored.")
    # It is no status with buttons in it.
    expect(other.get_by_role("group", name="On this device there are words")).to_be_visible()
    other.locator("#copy-offer [value=take]").click()

    expect(other.locator("#meaning")).to_have_value("An hour of words.")
    save(other) if kind == "draft" else press_send(other)
    other.wait_for_url(lambda url: url.endswith(link))
    assert copies(other) == 0


def test_a_translators_words_are_kept_until_they_are_stored(open_browser):
    answer = make_answer(text="Kila mtu.")
    make_user("translator", "Translator")
    page = open_browser()
    sign_in(page, "translator")
    desk = f"/en/answers/{answer.pk}/translate/ar/"
    page.goto(desk)
    type_and_wait_for_the_copy(page, "كل شخص.", "#text")

    answer.response.keep_version()
    type(answer).objects.update(text="Kila mtu, na kila lugha.")
    page.goto("/en/translate/ar/")
    assert copies(page) == 1
    page.goto("/en/respond/")
    expect(page.locator("#copy-offer")).to_be_hidden()
    page.goto(desk)
    page.locator("#copy-offer [value=take]").click()
    expect(page.locator("#text")).to_have_value("كل شخص.")
    press_send(page)

    expect(page.locator(".message")).to_be_visible()
    assert Translation.objects.get().is_outdated
    assert copies(page) == 0


@pytest.mark.parametrize("at_gathering", [True, False])
def test_words_that_are_put_back_belong_to_the_gathering_where_they_were_typed(open_browser, at_gathering):
    gathering = make_gathering()
    with_it, without = f"/en/respond/?gathering={gathering.code}", "/en/respond/"
    page = open_browser()
    page.goto(with_it if at_gathering else without)
    type_and_wait_for_the_copy(page, "Sisi sote.")

    page.goto(without if at_gathering else with_it)
    page.locator("#copy-offer [value=take]").click()

    if at_gathering:
        expect(page.locator("#gathering")).to_have_text(f"You answer at a gathering: {gathering.title}")
    else:
        expect(page.locator("#gathering")).to_be_empty()
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert Response.objects.get().gathering == (gathering if at_gathering else None)


def test_putting_words_back_keeps_those_that_have_been_typed_meanwhile(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    type_and_wait_for_the_copy(page, "Of the morning.")
    page.goto("/en/about/")
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Of the evening.")

    page.locator("#copy-offer [value=take]").click()
    expect(page.locator("#meaning")).to_have_value("Of the morning.")
    page.locator("#copy-offer [value=take]").click()

    expect(page.locator("#meaning")).to_have_value("Of the evening.")
    assert copies(page) == 2


def test_a_form_in_which_nothing_is_written_is_not_offered(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#region").select_option("ssa")
    page.locator(".languages summary").click()
    page.get_by_role("button", name="svenska").click()
    page.wait_for_url("**/sv/respond/")
    expect(page.locator("#region")).to_have_value("ssa")

    page.goto("/en/respond/")

    expect(page.locator("#copy-choice")).to_be_visible()
    expect(page.locator("#copy-offer")).to_be_hidden()
    assert copies(page) == 0
