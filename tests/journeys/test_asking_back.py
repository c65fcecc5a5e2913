"""A draft of a problem, those behind it who are asked whether they were understood, and the count that is published."""

from datetime import timedelta
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from outcomes.models import Asked, Asking, Problem
from responses.models import Contact
from tests.askings import behind, make_draft
from tests.factories import make_response, make_user

from .conftest import check_accessible, sign_in


def let_time_pass():
    """It was asked three weeks ago, for two weeks."""
    asked_on = timezone.localdate() - timedelta(days=21)
    days = {"asked_on": asked_on, "closes_on": asked_on + timedelta(days=14)}
    Asking.objects.update(asked_at=timezone.now() - timedelta(days=21), **days)


def answer(open_browser, response, label, words="", *, may_be_shown=False, is_looked_at=False, **options):
    page = open_browser(width=360, **options)
    page.goto(f"/en/my-response/{response.key}/")
    page.get_by_role("link", name="Read it and answer").click()
    expect(page.get_by_role("heading", name="Did we understand you?")).to_be_visible()
    expect(page.locator("mark")).to_have_text("nafasi")
    # A bar stands beside own words only: everything else in the box is the text itself.
    expect(page.locator(".asked-back .kicker").first).to_have_css("border-inline-start-width", "0px")
    if is_looked_at:
        check_accessible(page)
    if words:
        page.get_by_label("In your own words, if you like").fill(words)
    if may_be_shown:
        page.get_by_label("My words may be shown publicly with it, without my name").check()
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(label)
    return page


def test_a_whole_asking_from_the_draft_to_the_published_count(open_browser):
    make_user("organizer", "Organizer", is_staff=True)
    # Given a problem that is not published yet, and six responses behind it
    problem = make_draft(description_en="People who come for the first time find the doors closed.")
    responses = behind(problem, 6)
    make_response()
    Contact.objects.leave(responses[0], "me@example.org", "en")

    # When an organizer asks those behind it
    desk = open_browser()
    sign_in(desk, "organizer")
    desk.goto(f"/admin/outcomes/problem/{problem.pk}/change/")
    desk.get_by_role("link", name="Ask those behind it").click()
    expect(desk.locator(".desk")).to_contain_text("6 responses with passages that stand behind this")
    check_accessible(desk)
    desk.get_by_label("Last day to answer").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    desk.get_by_role("button", name="Ask them").click()
    expect(desk.locator(".messagelist")).to_contain_text("They are asked on their own pages from now on.")
    at_desk = desk.url

    # Then it cannot be published before its last day is over
    desk.goto(f"/admin/outcomes/problem/{problem.pk}/change/")
    desk.locator("#id_published_at_0").fill("2026-03-01")
    desk.locator("#id_published_at_1").fill("12:00:00")
    desk.locator("input[name=_save]").click()
    expect(desk.locator(".errornote")).to_contain_text("It can be published when that day has ended everywhere.")

    # And after an hour, who has left an address is written to
    Asking.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    call_command("housekeeping", stdout=StringIO())
    assert [each.to for each in mail.outbox if "Did we" in each.subject] == [["me@example.org"]]

    # And the authors answer: one in their own words, one without JavaScript who takes it back, one who withdraws
    answer(open_browser, responses[0], "Yes, that is what I mean")
    for row in Asked.objects.filter(response__in=responses[1:3]):
        row.answer("yes")
    answer(open_browser, responses[3], "In part", "Milango si yote.", may_be_shown=True, is_looked_at=True)
    page = answer(open_browser, responses[4], "Yes, that is what I mean", java_script_enabled=False)
    page.get_by_role("button", name="Take my answer back").click()
    expect(page.get_by_role("status")).to_have_count(0)
    answer(open_browser, responses[4], "No")
    assert Asked.objects.answered().count() == 5

    # And nobody at the desk sees anything of it
    desk.goto(at_desk)
    expect(desk.locator(".desk")).to_contain_text("Nobody sees how many have answered before the last day is over")
    expect(desk.locator(".desk")).not_to_contain_text("Milango")

    # When the last day is over, the organizer reads the words, lets them be shown, and publishes
    let_time_pass()
    desk.goto("/admin/")
    desk.get_by_role("link", name="Authors have been asked", exact=True).click()
    expect(desk.locator(".desk")).to_contain_text("From five to nine have answered.")
    check_accessible(desk)
    desk.get_by_role("button", name="Show it to readers").click()
    expect(desk.get_by_text("Readers see it.")).to_be_visible()
    desk.get_by_role("link", name="To the form of this text").click()
    desk.locator("#id_published_at_0").fill("2026-03-01")
    desk.locator("#id_published_at_1").fill("12:00:00")
    desk.locator("input[name=_save]").click()
    expect(desk.locator(".messagelist")).to_be_visible()
    assert Problem.objects.published().get() == problem

    # Then readers are told, and so are the authors
    reader = open_browser(width=360)
    reader.goto("/en/problems/closed-doors/")
    expect(reader.locator("main")).to_contain_text("6 responses stand behind this (at least 6 people).")
    expect(reader.locator("main")).to_contain_text("5 answered: 3 yes, 1 in part, 1 no.")
    expect(reader.locator("main")).to_contain_text("Milango si yote.")
    check_accessible(reader)
    page.goto(f"/en/my-response/{responses[4].key}/")
    expect(page.locator("#became")).to_contain_text("What we asked you about was published on")
    # And once somebody leaves, no figure tells what they had said
    responses[4].withdraw()
    reader.reload()
    expect(reader.locator("main")).to_contain_text("5 responses stand behind this (at least 5 people).")
    expect(reader.locator("main")).not_to_contain_text("answered:")
    expect(reader.locator("main")).not_to_contain_text("Milango")
    assert reader.context.cookies() == []
