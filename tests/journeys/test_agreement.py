"""Two coders mark one answer, differ, and agree; a reader sees nothing before, and all of it afterwards."""

import pytest
from playwright.sync_api import expect

from outcomes.models import CodingPlan, Evidence, SharedAnswer
from tests.factories import make_answer, make_problem, make_user

from .conftest import check_accessible, sign_in

ARABIC = "لا يوجد كَهْرَباء. ولا يوجد ماء! نحتاج إلى مكان."
LIST = "/admin/outcomes/sharedanswer/"


@pytest.fixture
def answer():
    CodingPlan.objects.create(pk=1, share=100)
    make_problem("power", title="No power", position=1)
    return make_answer(ARABIC, language="ar")


def coder(open_browser, name, *roles):
    make_user(name, *(roles or ["Coder"]), is_staff=True)
    page = open_browser()
    sign_in(page, name)
    return page


def mark_first_sentence(page, answer, stance):
    page.goto(f"/admin/outcomes/answertocode/{answer.pk}/change/#words")
    expect(page.locator(".wording").first).to_be_focused()
    for key in ("s", "ArrowDown", stance):
        page.keyboard.press(key)
    expect(page.locator(".said")).to_contain_text("Marked as evidence for: No power")
    page.locator("#finish button").first.click()
    expect(page.locator("body")).to_contain_text("Nothing else in this list is left to mark.")


def test_two_coders_differ_and_agree_and_only_then_readers_see_it(open_browser, answer):
    one, other = coder(open_browser, "asha"), coder(open_browser, "zoltan")
    reader = open_browser()

    # Given two coders who have read the same sentence differently
    mark_first_sentence(one, answer, "1")
    mark_first_sentence(other, answer, "3")
    reader.goto("/en/problems/power/")
    expect(reader.locator("mark")).to_have_count(0)

    # When one of them opens what is to be agreed on
    one.goto(LIST)
    one.locator("#result_list tbody a").first.click()
    expect(one.get_by_role("heading", name="Reading 1", exact=True)).to_be_visible()
    expect(one.locator(".wordings mark")).to_have_count(2)
    expect(one.locator("#content")).not_to_contain_text("zoltan")
    check_accessible(one)
    # and forgets to choose
    one.get_by_role("button", name="Agree, next answer").click()
    expect(one.get_by_role("alert")).to_contain_text("Choose what stays.")
    check_accessible(one)
    # and then chooses one of the readings
    one.get_by_role("radio", name="Reading 1").check()
    one.get_by_role("button", name="Agree, next answer").click()
    expect(one.locator("body")).to_contain_text("Agreed.")

    # Then the other one, who had the page open too late, is told, and readers see the marks that stay
    other.goto(f"{LIST}{SharedAnswer.objects.get().pk}/change/")
    expect(other.locator("#content")).to_contain_text("by asha")
    kept = Evidence.objects.get()
    reader.goto("/en/problems/power/")
    expect(reader.locator("mark")).to_have_text([kept.quote])
    one.goto(f"{LIST}agreement/")
    expect(one.locator("#content")).to_contain_text("In 1 case, either coder marked an answer")
    check_accessible(one)
