"""Questions whose slugs mean something else to a browser: in a real one, no word under them is lost."""

import pytest
from playwright.sync_api import expect

from responses.models import Answer, Draft, Response
from tests.pages.test_question_slugs import OF_BROWSERS, ORDINARY, ask

from .conftest import copies
from .test_answering import press_send
from .test_closing import close_conversation

# What Playwright itself asks a form for, before it fills a field in it.
OF_PLAYWRIGHT = {"getAttribute", "ownerDocument"}
SLUGS = [slug for slug in [*ORDINARY, *OF_BROWSERS] if slug not in OF_PLAYWRIGHT]


@pytest.fixture
def words(portal):
    return ask(*SLUGS)


def field(page, slug):
    return page.locator(f'textarea[name="{slug}"]')


def fill(page, words):
    for slug, text in words.items():
        field(page, slug).fill(text)


def wait_for_the_copy(page, words):
    """Until the browser has kept all of these words, under their slugs."""
    page.wait_for_function(
        """words => Object.keys(localStorage).filter((key) => key.startsWith("words:")).some((key) => {
            const kept = new Map(Object.entries(JSON.parse(localStorage.getItem(key)).fields));
            return words.every(([slug, text]) => kept.get(slug) === text);
        })""",
        arg=[*words.items()],
    )


def shown_in(page):
    page.wait_for_load_state()
    every = page.locator("main form textarea").evaluate_all("all => all.map((each) => [each.name, each.value])")
    return {name: text for name, text in every if text}


def stored():
    return dict(Answer.objects.values_list("question__slug", "text"))


def test_the_browser_gives_the_words_back_and_forgets_them_when_they_are_sent(open_browser, words):
    page = open_browser()
    page.goto("/en/respond/")
    fill(page, words)
    wait_for_the_copy(page, words)

    page.goto("/en/about/")
    page.goto("/en/respond/")
    page.locator("#copy-offer [value=take]").click()

    assert shown_in(page) == words
    duplicates = page.evaluate(
        "Array.from(document.querySelectorAll('[id]'), ({ id }) => id).filter((id, at, ids) => ids.indexOf(id) !== at)"
    )
    assert duplicates == []
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert stored() == words
    assert copies(page) == 0
    assert page.faults == []


def test_words_survive_a_fault_a_language_and_a_reload_and_can_be_changed(open_browser, words):
    page = open_browser()
    page.goto("/en/respond/")
    fill(page, words)
    wait_for_the_copy(page, words)
    page.reload()
    assert shown_in(page) == words
    page.locator(".languages summary").click()
    page.get_by_role("button", name="svenska").click()
    page.wait_for_url("**/sv/respond/")
    assert shown_in(page) == words
    press_send(page)
    expect(page.locator("#faults a")).to_have_attribute("href", "#agree")
    assert shown_in(page) == words
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    assert stored() == words

    edit = f"{page.url}edit/"
    changed = {slug: f"{text} Na zaidi." for slug, text in words.items()}
    page.goto(edit)
    fill(page, changed)
    wait_for_the_copy(page, changed)
    page.goto("/en/about/")
    page.goto(edit)
    page.locator("#copy-offer [value=take]").click()
    assert shown_in(page) == changed
    press_send(page)
    page.wait_for_url(lambda url: "/edit/" not in url)
    assert stored() == changed
    assert copies(page) == 0
    assert page.faults == []


def test_a_language_that_is_chosen_marks_the_words_and_warns_of_few_who_write_in_it(open_browser, words):
    page = open_browser()
    page.goto("/en/respond/")
    fill(page, words)

    page.locator("input[type=search]").first.fill("ff-adlm")

    expect(page.locator("#few-write-in .warning")).to_be_visible()
    assert {field(page, slug).get_attribute("lang") for slug in words} == {"ff-adlm"}
    assert page.faults == []


def test_a_line_that_is_down_keeps_them_on_the_page_until_it_is_back(open_browser, words):
    page = open_browser()
    page.goto("/en/respond/")
    fill(page, words)
    page.locator("#agree").check()
    page.context.set_offline(True)
    press_send(page)
    expect(page.locator("#line-down")).to_be_visible()

    page.context.set_offline(False)

    page.wait_for_url("**/my-response/**")
    assert stored() == words


def test_words_that_only_the_browser_kept_become_a_draft_after_closing(open_browser, words):
    page = open_browser()
    page.goto("/en/respond/")
    fill(page, words)
    wait_for_the_copy(page, words)
    close_conversation()

    page.goto("/en/respond/")
    expect(page.locator("#kept-words blockquote")).to_have_count(len(words))
    page.locator("#kept-words .primary").click()

    page.wait_for_url("**/my-draft/**")
    assert {**Draft.objects.get().typed, **words} == Draft.objects.get().typed
    assert Response.objects.count() == copies(page) == 0
    assert page.faults == []
