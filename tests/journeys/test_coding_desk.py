"""A coder works with the keyboard alone: letters with signs, two marks in a row, the next answer, nothing here."""

import pytest
from playwright.sync_api import expect

from outcomes.models import Coding, Evidence
from tests.factories import DAY, make_answer, make_problem, make_user
from tests.whole import IS_WHOLE

from .conftest import check_accessible, sign_in

THAI = "เราไม่มีที่ทำงาน น้ำก็ไม่มี"
ARABIC = "لا يوجد كَهْرَباء. ولا يوجد ماء! نحتاج إلى مكان."
LIST = "/admin/outcomes/answertocode/"


@pytest.fixture
def answers():
    """Three, in the order in which they wait."""
    texts = [(ARABIC, "ar"), (THAI, "th"), ("Hakuna.", "sw")]
    return [
        make_answer(text, language=language, accepted_on=DAY.replace(day=day))
        for day, (text, language) in enumerate(texts, start=1)
    ]


@pytest.fixture
def desk(open_browser, answers):
    make_user("coder", "Coder", is_staff=True)
    make_problem("power", title="No power", position=1, use_when_en="It is dark.")
    make_problem("rooms", title="Nö room", position=2)
    page = open_browser()
    sign_in(page, "coder")
    page.goto(f"{LIST}{answers[0].pk}/change/#words")
    expect(page.locator(".wording").first).to_be_focused()
    page.loads = 0
    page.on("load", lambda _page: setattr(page, "loads", page.loads + 1))
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def selected(page):
    return page.locator(".selected bdi").inner_text()


def marks():
    return {(each.quote, each.claim.slug, each.stance) for each in Evidence.objects.all()}


def test_one_key_marks_what_is_selected_and_one_key_leads_on(desk, answers):
    check_accessible(desk)

    # The first sentence, for the first problem
    press(desk, "s", "ArrowDown", "1")
    expect(desk.locator(".said")).to_contain_text("Marked as evidence for: No power · Agrees")
    check_accessible(desk)
    # The next one, and the same again
    press(desk, "s")
    assert selected(desk) == "ولا يوجد ماء!"
    press(desk, "r")
    expect(desk.locator(".marks li")).to_have_count(2)
    assert desk.loads == 2
    assert marks() == {
        ("لا يوجد كَهْرَباء.", "power", "supports"),
        ("ولا يوجد ماء!", "power", "supports"),
    }

    # Done, with one key: the next answer
    press(desk, "n")
    desk.wait_for_url(f"**/{answers[1].pk}/change/**")
    expect(desk.locator(".said")).to_contain_text("Done:")
    expect(desk.locator(".wording").first).to_be_focused()
    assert desk.loads == 3

    # In the Thai one nothing is marked: that is said with another key
    press(desk, "n")
    expect(desk.locator(".selected")).to_contain_text("You have marked nothing here.")
    press(desk, "0")
    desk.wait_for_url(f"**/{answers[2].pk}/change/**")
    assert {each.answer_id: each.values.count() for each in Coding.objects.all()} == {
        answers[0].pk: 1,
        answers[1].pk: 0,
    }
    assert desk.faults == []


def test_a_selection_grows_and_shrinks_by_whole_letters(desk, answers):
    desk.goto(f"{LIST}{answers[1].pk}/change/#words")
    expect(desk.locator(".wording").first).to_be_focused()

    press(desk, "a")
    assert selected(desk) == THAI
    # ม, then ี on it: one letter each time, with its signs
    press(desk, "[")
    assert selected(desk) == THAI.removesuffix("มี")
    press(desk, "Shift+ArrowRight", "}")
    assert selected(desk) == THAI[1:]
    press(desk, "{", *["["] * 14)
    shown = selected(desk)
    press(desk, "ArrowDown", "3")
    expect(desk.locator(".said")).to_contain_text("Disagrees")
    (mark,) = Evidence.objects.all()
    assert (mark.quote, mark.passage.whole) == (shown, mark.passage)

    press(desk, "Escape", "1")
    expect(desk.locator(".selected")).to_contain_text("Select some words first.")
    assert Evidence.objects.count() == 1


# Letters of several code points and of two UTF-16 units, points, tabs, double spaces, line ends: twice the same words.
LETTERS = "👩‍👩‍👧 𑄟𑄳𑄦  क्षत्रिय\tבְּרֵא,\n\n𝒳 कि.  "
SELECT = """([from, to]) => {
    const words = document.querySelector(".wording .words"), range = document.createRange();
    const all = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    for (let node, at = 0; (node = all.nextNode()); at += node.length) {
        if (at <= from && from < at + node.length) range.setStart(node, from - at);
        if (at < to && to <= at + node.length) range.setEnd(node, to - at);
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def test_browser_and_server_count_the_same_letters(desk, answers):
    answer = make_answer("A" * 10_000 + ". " + LETTERS * 2, language="hi")
    first, last = answer.text.rindex("𝒳"), answer.text.rindex("कि")
    units = [len(answer.text[:each].encode("utf-16-le")) // 2 for each in (first, last + 1)]
    desk.goto(f"{LIST}{answer.pk}/change/#words")

    # It begins in the middle of a letter of two units, and ends in the middle of one with a vowel sign.
    desk.evaluate(SELECT, [units[0] + 1, units[1]])
    expect(desk.locator(".selected bdi")).to_have_text("𝒳 कि")
    desk.locator(".wording").first.focus()
    press(desk, "ArrowDown", "1")

    expect(desk.locator(".said")).to_be_visible()
    (mark,) = Evidence.objects.all()
    assert (mark.quote, mark.start) == ("𝒳 कि", first)


def test_a_claim_is_found_by_typing_without_its_accents(desk, answers):
    press(desk, "s", "/")
    expect(desk.locator("#search-codebook")).to_be_focused()

    desk.keyboard.type("no room")
    expect(desk.locator(".claims .claim:visible")).to_have_count(1)
    check_accessible(desk)
    press(desk, "Enter", "2")

    expect(desk.locator(".said")).to_contain_text("Nö room")
    assert marks() == {("لا يوجد كَهْرَباء.", "rooms", "qualifies")}


# What a browser tells of the keys of a German and of a French keyboard.
SLASH, ONE = {"key": "/", "code": "Digit7", "shiftKey": True}, {"key": "&", "code": "Digit1"}
SHIFTED_TWO = {"key": "2", "code": "Digit2", "shiftKey": True}


def test_signs_and_digits_stand_elsewhere_on_other_keyboards(desk, answers):
    def press_there(key):
        event = "(area, key) => area.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, ...key}))"
        desk.locator(".wording").first.evaluate(event, key)

    press_there(SLASH)
    expect(desk.locator("#search-codebook")).to_be_focused()
    press(desk, "Enter", "ArrowDown", "s")
    press_there(ONE)
    expect(desk.locator(".said")).to_contain_text("Agrees")
    press(desk, "s")
    press_there(SHIFTED_TWO)
    expect(desk.locator(".said")).to_contain_text("Agrees in part")


def test_keys_work_in_the_answer_only_and_can_be_switched_off(desk, answers):
    desk.locator("#search-codebook").focus()
    press(desk, "n", "0")
    assert (Coding.objects.count(), desk.locator("#search-codebook").input_value()) == (0, "n0")

    desk.locator("details.keys > summary").click()
    desk.locator("#use-keys").uncheck()
    desk.reload()
    expect(desk.locator(".wording").first).to_be_focused()
    press(desk, "s", "k", "0")

    expect(desk.locator("#use-keys")).not_to_be_checked()
    expect(desk.locator(".selected bdi")).to_have_count(0)
    assert (desk.url.count(str(answers[0].pk)), Coding.objects.count()) == (1, 0)
    # The buttons do the same.
    desk.get_by_role("button", name="Whole answer").click()
    assert selected(desk) == ARABIC


def test_words_that_are_refused_come_back_and_the_reason_is_in_view(desk):
    press(desk, "s", "ArrowDown", "1")
    expect(desk.locator(".said")).to_be_visible()
    press(desk, "a", "1")

    expect(desk.locator("#errors")).to_be_focused()
    expect(desk).to_have_title("Error: " + desk.title().removeprefix("Error: "))
    assert desk.evaluate("document.getElementById('errors').getBoundingClientRect().top >= 0")
    check_accessible(desk)


@pytest.mark.parametrize(("language", "width"), [("ar", 390)] + IS_WHOLE * [("en", 1440), ("en", 768), ("ar", 1440)])
def test_the_desk_is_used_by_touch_too(open_browser, answers, language, width):
    make_user("coder", "Coder", is_staff=True)
    make_problem()
    page = open_browser(width=width, locale=language, has_touch=True)
    sign_in(page, "coder")
    page.goto(f"{LIST}{answers[0].pk}/change/")

    page.locator("[data-select=sentence]").tap()
    page.locator(".claims .claim label").first.tap()
    page.locator(".claims [data-key='1']").first.tap()

    expect(page.locator(".said")).to_be_visible()
    assert [each.quote for each in Evidence.objects.all()] == ["لا يوجد كَهْرَباء."]
    check_accessible(page)


def test_without_javascript_words_are_pasted_and_a_button_marks_them(open_browser, answers):
    make_user("coder", "Coder", is_staff=True)
    make_problem()
    page = open_browser(java_script_enabled=False)
    sign_in(page, "coder")
    page.goto(f"{LIST}{answers[0].pk}/change/")

    page.locator("#id_quote").fill("ماء")
    page.locator(".claims .claim label").first.click()
    page.locator(".claims [data-key='3']").first.click()

    expect(page.locator(".said")).to_contain_text("Disagrees")
    assert [(each.quote, each.stance) for each in Evidence.objects.all()] == [("ماء", "contradicts")]
