"""A Swahili response is sent on a phone-sized screen, accepted, translated into Arabic, reviewed, coded to a problem,
and read on the Arabic problem page."""

import re

import pytest
from playwright.sync_api import expect

from outcomes import conference_2017
from tests.factories import make_user

from .conftest import check_accessible, sign_in_by_form

WORDS = "Kwetu utofauti ni lugha zote.\n\nWakulima hawana mtandao wa intaneti kijijini."


@pytest.mark.every_database
def test_a_swahili_response_becomes_evidence_on_the_arabic_problem_page(open_browser):
    conference_2017.load()
    make_user("reviewer", "Reviewer", is_staff=True)
    make_user("coder", "Coder", is_staff=True)
    make_user("translator", "Translator")
    make_user("colleague", "Translator")

    # Given a response sent from a phone
    phone = open_browser(width=360, height=740, locale="sw")
    phone.goto("/en/respond/")
    check_accessible(phone)
    phone.get_by_label("Search for a language").fill("kiswahili")
    expect(phone.locator("#language")).to_have_value("sw")
    phone.get_by_label("What does diversity mean in your context?").fill(WORDS)
    phone.get_by_label("I have read this, and I agree").check()
    phone.get_by_role("button", name="Send", exact=True).last.click()
    expect(phone.get_by_text("Waiting to be read")).to_be_visible()
    check_accessible(phone)
    assert phone.context.cookies() == []
    receipt = phone.url
    code = phone.locator("h1 .code").inner_text()

    # When a reviewer accepts it
    reviewer = open_browser()
    sign_in_by_form(reviewer, "reviewer")
    reviewer.goto("/admin/responses/response/")
    reviewer.get_by_role("link", name=code).click()
    words = reviewer.locator("blockquote[lang=sw][dir=ltr]")
    expect(words).to_have_text(WORDS)
    # A quick machine sends the form sooner than people do, and the portal notes that.
    for noted in reviewer.get_by_role("group", name="I have looked at it:").get_by_role("checkbox").all():
        noted.check()
    reviewer.get_by_role("button", name="Accept").click()
    expect(reviewer.get_by_text(f"{code}: Accepted")).to_be_visible()

    # And a translator translates it into Arabic, and a colleague reviews the translation
    translator = open_browser()
    sign_in_by_form(translator, "translator")
    translator.goto("/en/translate/ar/")
    translator.get_by_role("link", name=code).click()
    translator.get_by_label("Your translation").fill("التنوّع عندنا هو كل اللغات.\n\nالمزارعون بلا إنترنت في القرية.")
    check_accessible(translator)
    translator.get_by_role("button", name="Send the translation").click()
    expect(translator.get_by_text("waits for somebody else")).to_be_visible()
    colleague = open_browser()
    sign_in_by_form(colleague, "colleague")
    colleague.goto("/en/translate/ar/")
    colleague.get_by_role("link", name=code).click()
    colleague.get_by_role("button", name="mark as reviewed").click()
    expect(colleague.get_by_text(re.compile("Readers see it on .*, unless its author objects."))).to_be_visible()

    # And its author agrees, so that it is public at once
    phone.goto(receipt)
    expect(phone.locator(".said")).to_contain_text("If you say nothing, it becomes public on")
    check_accessible(phone)
    phone.get_by_role("button", name="It is right, and may be published").click()
    expect(phone.locator(".said")).to_contain_text("Public since")

    # And a coder selects a passage as evidence for a problem
    coder = open_browser()
    sign_in_by_form(coder, "coder")
    coder.goto("/admin/outcomes/answertocode/")
    coder.get_by_role("link", name=code).click()
    expect(coder.locator("[data-wording=''] .words")).to_be_visible()
    coder.evaluate("""() => {
        const words = document.querySelector("[data-wording=''] .words p:last-child").firstChild;
        const start = words.data.indexOf("hawana mtandao");
        document.getSelection().setBaseAndExtent(words, start, words, start + "hawana mtandao wa intaneti".length);
    }""")
    expect(coder.locator(".selected bdi")).to_have_text("hawana mtandao wa intaneti")
    coder.get_by_label("Lack of access").check()
    coder.get_by_role("button", name="Agrees 1", exact=True).click()
    expect(coder.get_by_text("Marked as evidence for: Lack of access")).to_be_visible()

    # Then the Arabic page of the problem shows the passage, in Arabic with the Swahili original beside it
    reader = open_browser(width=360, height=740)
    reader.goto("/ar/problems/access/")
    expect(reader.locator("html")).to_have_attribute("dir", "rtl")
    expect(reader.locator("blockquote[lang=ar][dir=rtl]")).to_contain_text("المزارعون بلا إنترنت في القرية.")
    expect(reader.locator("blockquote[lang=sw][dir=ltr]")).to_have_text(WORDS)
    expect(reader.locator("blockquote[lang=sw] mark")).to_have_text("hawana mtandao wa intaneti")
    expect(reader.locator(".credit").first).to_contain_text("translator")
    check_accessible(reader)
    assert reader.context.cookies() == []

    # And the author sees what became of their words
    phone.goto(receipt)
    expect(phone.get_by_role("link", name="Lack of access")).to_be_visible()
    expect(phone.locator(".progress")).to_contain_text(re.compile("العربية"))
    check_accessible(phone)
