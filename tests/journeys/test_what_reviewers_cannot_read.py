"""A reviewer who cannot read a response gets a translation that nobody else sees."""

import re

from playwright.sync_api import expect

from responses.models import ReadingAid, Response
from tests.factories import make_answer, make_translation, make_user, submit

from .conftest import check_accessible, in_a_look, sign_in


@in_a_look
def test_a_translator_who_was_let_in_translates_for_a_reviewer(open_browser, portal, language, width, scheme):
    make_user("reviewer", "Reviewer", is_staff=True)
    make_user("translator", "Translator", "Translator of unread words")
    response = submit({"meaning": "Tunakutana katika ukumbi wa kanisa. Piga 0700 000 000."}, content_kinds="violence")
    desk = f"/admin/responses/response/{response.pk}/change/"

    reviewing = open_browser(width=width, color_scheme=scheme, locale=language)
    sign_in(reviewing, "reviewer")
    reviewing.goto(desk)
    reviewing.locator(".cannot-read summary").click()
    reviewing.locator("#into").select_option("en")
    reviewing.locator(".cannot-read button").click()
    expect(reviewing.locator(".messagelist, .success").first).to_be_visible()
    check_accessible(reviewing)

    translating = open_browser(width=width, color_scheme=scheme, locale=language)
    sign_in(translating, "translator")
    translating.goto(f"/{language}/translate/")
    translating.locator(f'a[href="/{language}/translate/unread/"]').click()
    check_accessible(translating)
    translating.locator("ol.work a").click()
    translating.locator("summary").last.click()
    translating.locator("#text").fill("We meet in a church hall. Call 0700 000 000.")
    check_accessible(translating)
    translating.locator('button[value="send"].primary').click()
    expect(translating).to_have_url(re.compile("/translate/unread/$"))

    reviewing.goto(desk)
    below = reviewing.locator(".reading-aid")
    expect(below.locator("blockquote")).to_have_text("We meet in a church hall. Call 0700 000 000.")
    assert ReadingAid.objects.count() == 1


@in_a_look
def test_hints_stand_beside_a_translation(open_browser, portal, language, width, scheme):
    make_user("translator", "Translator")
    answer = make_answer("Watu 25 wanahitaji chumba. Hakuna umeme katika jengo letu la zamani.")
    make_translation(answer, text="52 people need a room.", language="en", reviewed=False)
    page = open_browser(width=width, color_scheme=scheme, locale=language)
    sign_in(page, "translator")

    page.goto(f"/{language}/answers/{answer.pk}/translate/en/")
    expect(page.locator(".noticed li")).to_have_count(3)
    check_accessible(page)

    page.locator("#text").fill("25 people need a room. There is no power in our old building.")
    page.locator('button[value="check"]').click()
    expect(page.locator("#translation .noticed")).to_have_count(1)
    expect(page.locator("#translation .noticed li")).to_have_count(0)
    expect(page.locator("#text")).to_have_value("25 people need a room. There is no power in our old building.")
    check_accessible(page)


@in_a_look
def test_the_tick_is_shown_with_the_choice_that_it_belongs_to(open_browser, portal, language, width, scheme):
    page = open_browser(width=width, color_scheme=scheme)
    page.goto(f"/{language}/respond/")
    expect(page.locator("#may_be_translated")).to_be_hidden()

    page.locator("#sharing-organizers").check()
    page.locator("#may_be_translated").check()
    check_accessible(page)
    page.locator("#meaning").fill("Maneno.")
    page.locator("#agree").check()
    page.locator('.actions button[value="send"]').click()
    page.wait_for_url("**/my-response/**")

    assert Response.objects.values_list("sharing", "may_be_translated").get() == ("organizers", True)
