"""An author comes back: reads what became of their words, corrects or objects, edits, and downloads everything."""

import json

import pytest
from playwright.sync_api import expect

from outcomes import conference_2017
from outcomes.models import Clause, Problem, Quotation
from responses.models import Response, Translation
from tests.factories import make_evidence, make_response, make_user
from tests.test_consent import review

from .conftest import check_accessible, in_each_look, sign_in
from .test_answering import press_send


def send(page, language="en", words="Kila mtu ana nafasi yake."):
    page.goto(f"/{language}/respond/")
    page.locator("#language").select_option("sw")
    page.locator("#meaning").fill(words)
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url("**/my-response/**")
    return page.url


def became_something():
    """The response is accepted, translated, coded and quoted. Returns the translation and the quotation."""
    response = Response.objects.get()
    response.accept()
    answer = response.answers.select_related("response", "question").get()
    translation = review(answer, "لكل شخص مكانه.")
    evidence = make_evidence(answer, problem=Problem.objects.get(slug="access"))
    quotation = Quotation.objects.quote(Clause.objects.get(position=1), evidence, by=None)
    return translation, quotation


@in_each_look
def test_an_author_without_javascript_corrects_a_translation_and_objects_to_a_quotation(
    open_browser, language, width, scheme
):
    conference_2017.load()
    page = open_browser(width=width, height=740, java_script_enabled=False, color_scheme=scheme)
    receipt = send(page, language)
    translation, quotation = became_something()
    page.goto(receipt)
    looking = open_browser(width=width, color_scheme=scheme)
    looking.goto(receipt)
    check_accessible(looking)

    page.locator(f"#translation-{translation.pk} summary").click()
    page.locator(f"#text-translation-{translation.pk}").fill("كما أقولها أنا.")
    page.locator(f"#translation-{translation.pk} button[value=correct]").click()
    page.locator(f"#quotation-{quotation.pk} summary").click()
    page.locator(f"#objection-quotation-{quotation.pk}").fill("Out of context.")
    page.locator(f"#objection-quotation-{quotation.pk}").press("Enter")

    expect(page.locator(f"#quotation-{quotation.pk} .objected")).to_be_visible()
    assert Quotation.objects.get().objection == "Out of context."
    assert Translation.objects.suggested().get().text == "كما أقولها أنا."
    looking.goto(page.url)
    check_accessible(looking)


def test_pressing_enter_in_the_field_for_an_objection_sends_the_objection(open_browser):
    conference_2017.load()
    page = open_browser()
    receipt = send(page)
    translation, _quotation = became_something()
    page.goto(receipt)

    page.locator(f"#translation-{translation.pk} summary").click()
    page.locator(f"#objection-translation-{translation.pk}").fill("Not what I said.")
    page.locator(f"#objection-translation-{translation.pk}").press("Enter")

    expect(page.locator(f"#translation-{translation.pk} .objected")).to_be_visible()
    translation.refresh_from_db()
    assert (translation.objection, translation.public_on) == ("Not what I said.", None)


def test_an_author_without_javascript_shares_less_and_reads_earlier_versions(open_browser):
    page = open_browser(width=360, height=740, java_script_enabled=False)
    receipt = send(page, "sv")
    Response.objects.get().accept()
    page.locator("a[href$='/sharing/']").click()
    page.locator("#sharing-organizers").check()
    page.locator("#agree").check()
    press_send(page)
    page.wait_for_url(receipt)
    page.locator("a[href$='/edit/']").click()
    page.locator("#meaning").fill("Maneno mapya.")
    press_send(page)

    page.locator("details.group summary").first.click()
    expect(page.locator(".version blockquote").first).to_have_text("Kila mtu ana nafasi yake.")
    assert Response.objects.values_list("sharing", "status").get() == ("organizers", "submitted")


def test_authors_can_download_everything_copy_their_link_and_print_the_page(open_browser, tmp_path):
    page = open_browser(permissions=["clipboard-read", "clipboard-write"])
    send(page)
    with page.expect_download() as download:
        page.locator("a[href$='data.json']").click()
    told = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert told["answers"][0]["text"] == "Kila mtu ana nafasi yake."

    page.locator("#link + button").click()
    expect(page.locator("[role=status]").first).to_have_text(" Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    expect(page.locator("blockquote").first).to_have_text("Kila mtu ana nafasi yake.")

    page.emulate_media(media="print")
    expect(page.locator("svg.qr")).to_be_visible()
    expect(page.locator("header.site nav").first).to_be_hidden()


def test_somebody_with_an_account_finds_their_response_there_without_its_link(open_browser):
    make_user("amina")
    page = open_browser(width=360, height=740)
    send(page)
    page.locator("a[href$='/attach/']").click()
    check_accessible(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in (opens in a new tab)").click()
    tab = opened.value
    tab.locator("#id_login").fill("amina")
    tab.locator("#id_password").fill("a long password")
    tab.locator("main button.primary").click()
    tab.wait_for_url("**/my-responses/")
    page.get_by_role("link", name="I have signed in, go on").click()
    page.locator("main button.primary").click()
    page.wait_for_url("**/my-responses/")
    check_accessible(page)

    other = open_browser(locale="ar", width=360, height=740)
    sign_in(other, "amina")
    other.goto("/ar/my-responses/")
    check_accessible(other)
    other.locator(".work button").first.click()
    expect(other.locator("blockquote").first).to_have_text("Kila mtu ana nafasi yake.")
    check_accessible(other)
    other.goto("/ar/my-account/delete/")
    check_accessible(other)


@in_each_look
def test_the_authors_pages_are_accessible(open_browser, language, width, scheme):
    page = open_browser(width=width, color_scheme=scheme)
    receipt = send(page, language)

    for tail in ("", "edit/", "sharing/", "withdraw/"):
        page.goto(receipt + tail)
        check_accessible(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_going_back_after_withdrawing_shows_no_word_of_it(open_browser, javascript):
    response = make_response({"meaning": "Only for a while."}, sharing="named", display_name="Amina of Nowhere")
    page = open_browser(java_script_enabled=javascript)
    address = f"/en/my-response/{response.key}/"
    for tail in ("", "edit/", "sharing/", "", "withdraw/"):
        page.goto(address + tail)
    page.locator("main button.destructive").click()
    expect(page.get_by_text("You withdrew this response on")).to_be_visible()

    for _step in range(4):
        page.go_back()
        assert "Only for a while." not in page.content()
        assert "Amina of Nowhere" not in page.content()
