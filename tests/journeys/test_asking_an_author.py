"""A reviewer asks, and its author replies, also without JavaScript and in Arabic; a refusal is undone."""

from playwright.sync_api import expect

from responses.models import Inquiry, Response
from tests.factories import make_user, submit

from .conftest import check_accessible, copies, in_each_look, sign_in
from .test_author import send

QUESTION = "Who is meant by “we”?"


def at_desk(page, response):
    page.goto(f"/admin/responses/response/{response.pk}/change/")


def reviewer_in(open_browser, **options):
    make_user("reviewer", "Reviewer", is_staff=True)
    page = open_browser(**options)
    sign_in(page, "reviewer")
    return page


def ask(page, response, question=QUESTION):
    at_desk(page, response)
    page.locator("a[href='#ask']").click()
    page.locator("#id_question").fill(question)
    page.locator("#ask button").click()
    expect(page.locator(".messagelist")).to_contain_text(response.code)


@in_each_look
def test_an_author_without_javascript_replies_in_their_language_and_is_read_again(
    open_browser, language, width, scheme
):
    author = open_browser(width=width, java_script_enabled=False, color_scheme=scheme)
    receipt = send(author, language)
    response = Response.objects.get()
    reviewer = reviewer_in(open_browser)
    ask(reviewer, response)

    author.goto(receipt)
    expect(author.locator("#inquiry .words")).to_have_text(QUESTION)
    author.locator("#reply").fill("Wasomaji wetu.")
    # The reply goes along into another language of the page, and back.
    for code in ("sv", language):
        author.locator("nav.languages summary").click()
        author.locator(f"nav.languages button[value=switch][lang={code}]").click()
        expect(author.locator("html")).to_have_attribute("lang", code)
        expect(author.locator("#reply")).to_have_value("Wasomaji wetu.")
    looking = open_browser(width=width, color_scheme=scheme)
    looking.goto(receipt)
    check_accessible(looking)
    author.locator("#reply-form button.primary").click()
    author.wait_for_url("**/my-response/*/")

    expect(author.locator("#became")).to_contain_text("Wasomaji wetu.")
    assert list(Response.objects.awaiting_review()) == [response]
    at_desk(reviewer, response)
    expect(reviewer.locator("aside.margin")).to_contain_text("Wasomaji wetu.")
    looking.goto(receipt)
    check_accessible(looking)


def test_an_author_gets_back_a_reply_that_was_lost_with_the_page_and_no_copy_is_left_when_it_has_arrived(open_browser):
    author = open_browser()
    receipt = send(author)
    response = Response.objects.get()
    response.ask(QUESTION)
    author.goto(receipt)
    author.locator("#reply").fill("Wasomaji wetu.")
    author.locator("#reply").blur()
    assert copies(author) == 1

    author.goto("/en/about/")
    author.goto(receipt)
    author.locator("#copy-offer button[value=take]").click()
    expect(author.locator("#reply")).to_have_value("Wasomaji wetu.")
    author.locator("#reply-form button.primary").click()
    expect(author.locator("#became")).to_contain_text("Wasomaji wetu.")

    assert copies(author) == 0
    assert Inquiry.objects.get().reply == "Wasomaji wetu."


def test_a_reviewer_declines_for_a_standard_reason_with_three_keys_and_undoes_it(open_browser):
    page = reviewer_in(open_browser)
    response = submit()
    at_desk(page, response)

    page.keyboard.press("d")
    expect(page.locator("input[name=declined_for]").first).to_be_focused()
    page.keyboard.press("2")
    check_accessible(page)
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text(f"Response {response.code}: Declined")
    assert Response.objects.get().declined_for.slug == "attacks-somebody"
    page.locator(".messagelist button").click()
    expect(page.locator(".messagelist")).to_contain_text("It is as it was before.")
    assert Response.objects.get().status == "submitted"


def test_the_enter_key_in_a_box_publishes_nothing(open_browser):
    page = reviewer_in(open_browser)
    response = submit()
    at_desk(page, response)

    page.locator("#content-note input[type=checkbox]").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#decline .errorlist")).to_have_text("Say why: the author reads the reason.")
    assert Response.objects.get().status == "submitted"
