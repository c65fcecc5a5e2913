"""A conversation from before its first day to its results and the next one, as people and an organizer live it."""

from datetime import date

from playwright.sync_api import expect

from responses.models import Conversation
from tests.factories import make_user

from .conftest import check_accessible, sign_in

EARLY, LATE, NEVER = "Kila mtu ana nafasi.", "Tunahitaji mtandao.", "Vitabu kwa lugha yetu."


def change(open_browser, what, fields):
    """An organizer changes a conversation at the desk."""
    desk = open_browser()
    sign_in(desk, "organizer")
    desk.goto("/admin/responses/conversation/")
    desk.get_by_role("link", name=what).first.click()
    for name, value in fields.items():
        desk.locator(f"[name={name}]").fill(value)
    desk.locator("[name=_save]").click()
    expect(desk.locator(".success")).to_be_visible()


def begin_to_write(open_browser, words):
    page = open_browser(width=360, height=740, locale="sw")
    page.goto("/en/respond/")
    expect(page.get_by_text("You can answer until March 31, 2026")).to_be_visible()
    page.locator("#language").select_option("sw")
    page.get_by_label("What does diversity mean in your context?").fill(words)
    return page


def send(page):
    page.get_by_label("I have read this, and I agree").check()
    page.get_by_role("button", name="Send", exact=True).last.click()


def test_a_conversation_opens_closes_promises_and_goes_on(open_browser, clock):
    make_user("organizer", "Organizer", is_staff=True)
    title = "What does diversity mean where you are?"

    # Given a conversation that an organizer has announced
    clock("2026-03-01")
    days = {"opens_on": "2026-03-10", "closes_on": "2026-03-31", "results_by": "2026-05-01"}
    change(open_browser, title, days)
    visitor = open_browser(width=360, height=740)
    visitor.goto("/en/respond/")
    expect(visitor.get_by_role("heading", name="You cannot answer yet")).to_be_visible()
    expect(visitor.get_by_text("The conversation opens on March 10, 2026.").first).to_be_visible()
    check_accessible(visitor)
    visitor.get_by_role("link", name="Tell me by mail").click()
    visitor.get_by_label("E-mail").fill("visitor@example.org")
    visitor.locator("main").get_by_role("button").last.click()
    expect(visitor.locator("main")).to_contain_text("visitor@example.org")
    check_accessible(visitor)

    # When it is open, somebody sends, somebody saves, and somebody is still writing when it closes
    clock("2026-03-10")
    early = begin_to_write(open_browser, EARLY)
    check_accessible(early)
    send(early)
    expect(early.get_by_text("Waiting to be read")).to_be_visible()
    receipt = early.url
    clock("2026-03-31")
    never = begin_to_write(open_browser, NEVER)
    never.get_by_role("button", name="Save and finish later").click()
    expect(never.get_by_role("heading", name="Your draft is saved")).to_be_visible()
    draft = never.url
    late = begin_to_write(open_browser, LATE)
    clock("2026-04-02")
    send(late)

    # Then nothing is lost: what was being written is kept, and can be finished for a week
    expect(late.get_by_role("heading", name="Your words are kept")).to_be_visible()
    expect(late.get_by_text(LATE)).to_be_visible()
    check_accessible(late)
    late.get_by_role("link", name="Go on writing").click()
    send(late)
    expect(late.get_by_text("Waiting to be read")).to_be_visible()
    visitor.goto("/en/respond/")
    expect(visitor.get_by_role("heading", name="The answers are being read")).to_be_visible()
    check_accessible(visitor)

    # When the promised day moves, and is missed all the same, everybody can read it
    clock("2026-04-20")
    change(open_browser, title, {"results_by": "2026-06-01", "reason": "Two of us are ill."})
    visitor.goto("/en/conversations/")
    visitor.get_by_role("link", name=title).first.click()
    expect(visitor.get_by_text("from May 1, 2026 to June 1, 2026")).to_be_visible()
    expect(visitor.get_by_text("Two of us are ill.")).to_be_visible()
    check_accessible(visitor)
    never.goto(draft)
    expect(never.get_by_text(NEVER)).to_be_visible()
    expect(never.get_by_role("link", name="Go on writing")).to_have_count(0)
    check_accessible(never)
    clock("2026-06-05")
    early.goto(receipt)
    expect(early.get_by_text("When you sent this response, results were promised by May 1, 2026.")).to_be_visible()
    visitor.goto("/en/")
    expect(visitor.get_by_text("They are 4 days late.")).to_be_visible()
    check_accessible(visitor)

    # When results are out and the next conversation opens, the draft can be taken along and sent
    change(open_browser, title, {"results_on": "2026-06-05"})
    early.goto(receipt)
    expect(early.get_by_text("Results are out").first).to_be_visible()
    check_accessible(early)
    following = Conversation.objects.create(slug="next", title_en="The next one", opens_on=date(2026, 6, 5))
    following.questions.set(Conversation.objects.current().questions.all())
    following.make_current()
    never.goto(draft)
    never.get_by_role("button", name="Take your words to the next conversation").click()
    never.get_by_role("link", name="Go on writing").click()
    expect(never.get_by_label("What does diversity mean in your context?")).to_have_value(NEVER)
    send(never)
    expect(never.get_by_text("Waiting to be read")).to_be_visible()
    check_accessible(never)

    told = {each.slug: {*each.responses.values_list("answers__text", flat=True)} for each in Conversation.objects.all()}
    assert told == {"where-you-are": {EARLY, LATE}, "next": {NEVER}}
