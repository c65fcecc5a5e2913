"""A reviewer hides a telephone number that they have selected; readers see it nowhere, and its author reads why."""

import uuid

import pytest
from playwright.sync_api import expect

from responses.access.keys import key_of
from responses.models import Answer
from tests.factories import make_response, make_translation, make_user

from .conftest import check_accessible, in_each_look, sign_in

TEXT = "เราโทรหาที่ 081 234 5678 ทุกวัน 👩‍👩‍👧 กี่ครั้งก็ได้\n\nPiga 0700 000 000."
SELECT = """words => {
    const place = words.textContent.indexOf("081"), all = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let done = 0, node;
    while ((node = all.nextNode())) {
        if (done <= place && place < done + node.length) {
            range.setStart(node, place - done);
            range.setEnd(node, place - done + "081 234 5678".length);
            break;
        }
        done += node.length;
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def make_unread():
    submission = uuid.uuid4()
    response = make_response({"meaning": TEXT}, language="th", submission=submission)
    make_translation(response.answers.get(), language="en", text="Call 081-234-5678 every day.")
    make_translation(response.answers.get(), language="fr", text="Appelez-nous tous les jours.")
    return response, key_of(submission)


@in_each_look
def test_selected_words_are_hidden_and_their_author_reads_why(open_browser, language, width, scheme):
    make_user("reviewer", "Reviewer", is_staff=True)
    response, key = make_unread()
    page = open_browser(width=width, height=900, color_scheme=scheme)
    sign_in(page, "reviewer")
    page.goto(f"/admin/responses/response/{response.pk}/change/")

    page.locator("details.mask > summary").click()
    page.locator("[data-wording] .words").first.evaluate(SELECT)
    expect(page.locator("details.mask textarea[name$='-quote']").first).to_have_value("081 234 5678")
    page.locator("textarea[name$='-reason']").fill("It is somebody’s number.")
    check_accessible(page)
    page.locator("details.mask button").click()

    expect(page.locator(".desk .words").first).to_contain_text("████████████")
    expect(page.locator("ul.messagelist")).to_contain_text("The words are hidden")
    check_accessible(page)
    author = open_browser(width=width, height=900, color_scheme=scheme)
    author.goto(f"/{language}/my-response/{key}/")
    expect(author.locator(".hidden-for")).to_contain_text("It is somebody’s number.")
    expect(author.locator("section.answer mark")).to_have_text("081 234 5678")
    check_accessible(author)
    author.goto(f"/{language}/responses/{response.code}/")
    expect(author.locator(".hidden-words").first).to_be_visible()
    expect(author.locator("main")).not_to_contain_text("5678")
    check_accessible(author)
    assert Answer.objects.get().text == TEXT.replace("081 234 5678", "████████████")


@pytest.mark.parametrize("language", ["en"])
def test_without_scripts_words_are_pasted(open_browser, language):
    make_user("reviewer", "Reviewer", is_staff=True)
    response, _key = make_unread()
    page = open_browser(width=360, height=740, java_script_enabled=False)
    sign_in(page, "reviewer")
    page.goto(f"/admin/responses/response/{response.pk}/change/")

    page.locator("details.mask > summary").click()
    page.locator("textarea[name$='-quote']").first.fill("0700 000 000")
    page.locator("textarea[name$='-reason']").fill("A number.")
    page.locator("details.mask button").click()

    expect(page.locator(".desk .words").first).to_contain_text("Piga ████████████.")
