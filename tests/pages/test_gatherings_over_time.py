"""What the pages of a gathering, and the sheet of paper, say before, during and after its conversation."""

import re
import uuid
from datetime import date

import pytest
from django.conf import settings
from django.utils import translation

from responses.models import Conversation, Gathering, Question
from tests.factories import freeze, make_conversation, make_gathering, make_response
from tests.pages.test_gatherings import TYPED, announce, with_key

pytestmark = pytest.mark.django_db

BEFORE, DURING, AFTER = "2026-02-20T12:00Z", "2026-09-30T12:00Z", "2026-10-02T12:00Z"
OPEN_UNTIL = (
    "You can answer until September 30, 2026 (until the day has ended everywhere on earth). "
    "Results are promised by December 15, 2026."
)
OPENS = f"The conversation opens on March 1, 2026. {OPEN_UNTIL}"
CLOSED = "The conversation closed on September 30, 2026. Results are promised by December 15, 2026."
LATE = "Sheets of paper that arrive late can be typed in until October 31, 2026."


@pytest.fixture
def at(monkeypatch):
    """Moves the clock. The current conversation is open from 1 March to 30 September."""
    Conversation.objects.update(
        opens_on=date(2026, 3, 1), closes_on=date(2026, 9, 30), results_by=date(2026, 12, 15), is_current=True
    )
    return lambda moment: freeze(monkeypatch, moment)


def words_of(page):
    """What a page says, without markup, line breaks and texts to copy."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    seen = re.sub("<svg.*?</svg>|<textarea.*?</textarea>|<[^>]*>", "", main, flags=re.DOTALL)
    return " ".join(seen.split())


def pages(client, gathering, key):
    paths = [f"gatherings/{gathering.code}/", f"my-gathering/{key}/", f"my-gathering/{key}/close/", "gatherings/new/"]
    paths += [f"gatherings/{gathering.code}/sheet/", "sheet/"]
    return {path: client.get(f"/en/{path}") for path in paths}


@pytest.mark.parametrize(("moment", "said"), [(BEFORE, OPENS), (DURING, OPEN_UNTIL), (AFTER, CLOSED)])
def test_every_page_about_a_gathering_says_where_its_conversation_stands(client, at, moment, said):
    at(BEFORE)
    gathering, key = with_key()
    at(moment)

    for path, page in pages(client, gathering, key).items():
        assert page.status_code == 200
        assert words_of(page).count(said) == 1, path


def test_a_conversation_without_an_end_says_nothing_about_days(client):
    gathering, key = with_key()

    for path, page in pages(client, gathering, key).items():
        assert page.status_code == 200
        assert ("can answer until" in words_of(page), "<p></p>" in page.content.decode()) == (False, False), path


def test_before_the_conversation_opens_people_are_invited_and_cannot_answer_yet(client, at):
    at(BEFORE)
    host = client.get(announce(client).url)
    gathering = Gathering.objects.get()

    html = client.get(gathering.get_absolute_url()).content.decode()

    assert host.status_code == 200
    assert f"respond/?gathering={gathering.code}" not in html
    assert "<textarea" in html


def test_an_invitation_that_was_closed_before_its_conversation_opens_offers_no_form_yet(client, at):
    at(BEFORE)
    gathering = make_gathering()
    gathering.close()

    page = client.get(gathering.get_absolute_url())

    assert page.status_code == 410
    assert words_of(page).endswith(f"> This invitation is closed {OPENS} {gathering.conversation.title}")
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert re.findall('href="([^"]*)"', main) == ["/en/conversations/where-you-are/"]


@pytest.mark.parametrize("moment", [BEFORE, DURING])
def test_the_texts_to_copy_say_until_when_in_their_language(client, at, moment):
    at(moment)
    gathering = make_gathering()

    page = client.get(gathering.get_absolute_url())

    said = {}
    for each in page.context["invitations"]:
        with translation.override(each.language.code):
            said[each.language.code] = [
                translation.gettext("You can answer until %(day)s (until the day has ended everywhere on earth).")
                .partition("%(day)s")[0]
                .strip()
                in text
                for text in (each.message, each.talk_page)
            ]
        assert "\n\n\n" not in each.message + each.talk_page
    assert said == {code: [True, True] for code, _name in settings.LANGUAGES}
    english = next(each for each in page.context["invitations"] if each.language.code == "en")
    assert f"\n{OPENS if moment == BEFORE else OPEN_UNTIL}\n" in english.message


def test_the_link_of_a_gathering_of_a_closed_conversation_says_what_is_so_and_where_to_go_on(client, at):
    at(AFTER)
    gathering = make_gathering(title="A <café>")

    page = client.get(gathering.get_absolute_url())

    html = page.content.decode()
    assert (page.status_code, page.headers["X-Robots-Tag"]) == (200, "noindex")
    assert "<h1><bdi>A &lt;café&gt;</bdi></h1>" in html
    assert "You can no longer answer this time." in html
    assert 'href="/en/responses/?conversation=where-you-are"' in html
    assert 'href="/en/conversations/where-you-are/"' in html
    assert ("respond/?gathering" in html, "<textarea" in html, "sheet/" in html) == (False, False, False)


@pytest.mark.parametrize("verb", ["", "sheet/"])
def test_it_leads_to_the_next_conversation_in_which_people_can_answer(client, at, verb):
    at(AFTER)
    gathering = make_gathering()
    make_conversation("over", opens_on=date(2026, 3, 2), closes_on=date(2026, 9, 1))
    make_conversation("last", opens_on=date(2026, 12, 1))
    make_conversation("soon", title="What <next>?", opens_on=date(2026, 11, 1))

    html = client.get(f"{gathering.get_absolute_url()}{verb}").content.decode()

    assert re.findall(r'href="(/en/conversations/[a-z-]+/)"', html.partition("<main")[2]) == [
        "/en/conversations/where-you-are/",
        "/en/conversations/soon/",
    ]
    assert "What &lt;next&gt;?" in html
    assert "The conversation opens on November 1, 2026." in html


def test_an_invitation_that_its_host_has_closed_offers_no_form_that_is_closed(client, at):
    at(DURING)
    gathering = make_gathering(title="Secret café")
    gathering.close()
    answer = 'href="/en/respond/"'
    during = client.get(gathering.get_absolute_url())
    at(AFTER)
    after = client.get(gathering.get_absolute_url())

    assert [page.status_code for page in (during, after)] == [410, 410]
    found = [page.content.decode().partition("<main")[2] for page in (during, after)]
    assert [answer in html for html in found] == [True, False]
    assert ["Secret" in html for html in found] == [False, False]


def test_no_gathering_is_announced_after_the_conversation_and_the_words_come_back(client, at):
    at(AFTER)
    asked = client.get("/en/gatherings/new/")
    page = announce(client)

    assert ("<form" in asked.content.decode().partition("<main")[2], asked.status_code) == (False, 200)
    form = page.context["form"]
    assert form.errors == {"__all__": ["The conversation is closed, so no gathering can be announced for it."]}
    assert form["host_note"].value() == TYPED["host_note"]
    assert Gathering.objects.count() == 0


def test_announcing_once_more_after_the_conversation_leads_to_the_stored_gathering(client, at):
    at(DURING)
    submission = str(uuid.uuid4())
    first = announce(client, submission=submission)
    at(AFTER)

    assert announce(client, submission=submission).url == first.url
    assert Gathering.objects.count() == 1


def test_after_the_conversation_the_hosts_page_still_counts_and_invites_nobody(client, at):
    at(DURING)
    gathering, key = with_key()
    make_response(gathering=gathering)
    at(AFTER)

    html = client.get(f"/en/my-gathering/{key}/").content.decode()

    assert "<strong>1</strong> response" in html
    assert "nobody can answer by it any more" in html
    assert "the organizers can make a link to type them in" in html
    assert (gathering.get_absolute_url() in html, 'id="invitation"' in html) == (False, False)


def test_the_hosts_page_says_until_when_late_sheets_are_taken_and_not_by_which_link(client, at):
    at(DURING)
    gathering, key = with_key()
    at(AFTER)
    late_key = gathering.take_late_sheets(date(2026, 10, 31))

    html = client.get(f"/en/my-gathering/{key}/").content.decode()

    assert LATE in html
    assert f'href="{gathering.get_absolute_url()}sheet/"' in html
    assert (late_key in html, "the organizers can make a link" in html) == (False, False)


def test_a_sheet_of_a_closed_conversation_is_not_printed(client, at):
    at(AFTER)
    gathering = make_gathering()

    for path in ("sheet/", f"gatherings/{gathering.code}/sheet/"):
        html = client.get(f"/en/{path}").content.decode()
        assert "Sheets of paper are no longer typed in." in html
        assert ('class="sheet"' in html, "<svg" in html.partition("<main")[2]) == (False, False)


@pytest.mark.parametrize("is_closed", [False, True])
def test_as_long_as_late_sheets_are_taken_the_sheet_says_so_and_asks_nobody_to_answer_online(client, at, is_closed):
    at(AFTER)
    gathering = make_gathering()
    gathering.take_late_sheets(date(2026, 10, 31))
    if is_closed:
        gathering.close()

    page = client.get(f"{gathering.get_absolute_url()}sheet/")

    html = page.content.decode()
    assert 'class="sheet"' in html
    assert LATE in html
    assert "http://testserver/en/conversations/where-you-are/" in html
    assert "answer yourself at" not in html


def test_while_the_conversation_is_open_the_sheet_says_both_days(client, at):
    at(DURING)
    gathering = make_gathering()
    gathering.take_late_sheets(date(2026, 10, 31))

    words = words_of(client.get(f"{gathering.get_absolute_url()}sheet/"))

    assert words.count(OPEN_UNTIL) == words.count(LATE) == 1
    assert "answer yourself at: http://testserver/en/gatherings/" in words


def test_the_sheet_asks_the_questions_of_its_conversation(client, at):
    at(DURING)
    question = Question.objects.create(slug="future", position=4, prompt_en="And <then>?")
    other = make_conversation(opens_on=date(2026, 3, 2), questions=["future", "needs"])
    Conversation.objects.filter(slug="where-you-are").update(is_current=False)
    Conversation.objects.filter(pk=other.pk).update(is_current=True)
    earlier = make_gathering(conversation=Conversation.objects.get(slug="where-you-are"))
    earlier.take_late_sheets(date(2026, 10, 31))

    sheets = [client.get(path) for path in ("/en/sheet/", f"{earlier.get_absolute_url()}sheet/")]

    asked = [[each.slug for each in sheet.context["questions"]] for sheet in sheets]
    assert asked == [["needs", question.slug], ["meaning", "needs", "resources"]]
    assert "2. And &lt;then&gt;?" in sheets[0].content.decode()


def test_the_invitation_and_the_guide_for_its_host_speak_of_the_questions_of_its_conversation(client, at):
    at(DURING)
    Question.objects.create(slug="future", position=4, prompt_en="And [[then]] <b>?", prompt_sv="Och sedan?")
    other = make_conversation(opens_on=date(2026, 3, 2), questions=["future"], title_en="What {{now}}?")
    gathering = make_gathering(conversation=other)

    page = client.get(gathering.get_absolute_url())
    sheet = client.get(f"{gathering.get_absolute_url()}sheet/").content.decode()

    html = page.content.decode().partition("<textarea")[0]
    assert "What {{now}}?" in html
    assert "<li>And [[then]] &lt;b&gt;?</li>" in html
    texts = {each.language.code: each for each in page.context["invitations"]}
    assert "\nWhat {{now}}?\n1. And [[then]] <b>?\n\nWe talk about it" in texts["en"].message
    plain = "\n<nowiki>What {{now}}?</nowiki>\n# <nowiki>And [[then]] &lt;b>?</nowiki>\n\nWe talk about it"
    assert plain in texts["en"].talk_page
    assert "\n1. Och sedan?\n" in texts["sv"].message
    asked_in_2017 = "What does diversity mean where you are?"
    assert [asked_in_2017 in each for each in (html, texts["en"].message, texts["en"].talk_page)] == [False] * 3
    guide = sheet.partition('class="guide"')[2]
    assert re.findall("<td>(Round .*?)</td>", guide) == ["Round 1, twice: And [[then]] &lt;b&gt;?"]
    assert "specific needs" not in guide


def test_the_invitation_and_its_sheet_take_two_queries(client, at, django_assert_num_queries):
    at(DURING)
    gathering = make_gathering()

    with django_assert_num_queries(2):
        client.get(gathering.get_absolute_url())
    with django_assert_num_queries(2):
        client.get(f"{gathering.get_absolute_url()}sheet/")
