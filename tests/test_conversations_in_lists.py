"""Lists, figures and what an author reads, by conversation."""

import json
import uuid
from datetime import date

import pytest
from django.core.cache import cache

from responses.access.keys import key_of
from responses.language_statistics import numbers_by_language
from responses.models import Conversation, Region
from responses.totals import totals
from responses.views.responses import PAGE_LENGTH
from tests.factories import (
    DAY,
    change_current,
    freeze,
    make_conversation,
    make_evidence,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
)

pytestmark = pytest.mark.django_db

ROUND = {"closes_on": date(2026, 3, 31), "results_by": date(2026, 5, 15)}


def listed(page):
    return [response for response, readings in page.context["entries"]]


def test_the_list_shows_the_responses_of_one_conversation_only(client):
    older = make_conversation("older", closes_on=DAY)
    of_older = make_response(conversation=older)
    of_current = make_response()

    assert listed(client.get("/en/responses/?conversation=older")) == [of_older]
    assert listed(client.get("/en/responses/?conversation=where-you-are")) == [of_current]
    assert set(listed(client.get("/en/responses/?conversation="))) == {of_older, of_current}


@pytest.mark.parametrize("path", ["responses", "languages"])
def test_one_without_public_responses_does_not_say_that_nothing_is_published_anywhere(client, path):
    make_conversation("older", closes_on=DAY)
    make_response()

    html = client.get(f"/en/{path}/?conversation=older").content.decode()

    assert "<p>Nothing fits what you have chosen.</p>" in html
    assert "Nothing has been published yet." not in html


def test_an_empty_list_invites_to_answer_only_in_the_conversation_that_was_chosen(client):
    make_conversation("older", closes_on=DAY)

    def invites(query):
        main = client.get(f"/en/responses/{query}").content.decode().partition("<main")[2].partition("</main>")[0]
        return 'href="/en/respond/"' in main

    assert [invites(query) for query in ("", "?conversation=where-you-are", "?conversation=older")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("slug", ["nothing", "9" * 5000, "planned"])
def test_a_conversation_that_does_not_exist_or_has_not_begun_has_no_list(client, slug):
    make_conversation("planned", opens_on=date(2999, 1, 1))

    assert client.get(f"/en/responses/?conversation={slug}").status_code == 404
    assert client.get(f"/en/languages/?conversation={slug}").status_code == 404


def test_the_choice_is_kept_over_pages_and_originals_and_searching(client):
    older = make_conversation("older", closes_on=DAY)
    for _number in range(PAGE_LENGTH + 1):
        make_response({"meaning": "nafasi"}, conversation=older)

    page = client.get("/en/responses/?conversation=older&q=nafasi")

    html = page.content.decode()
    assert f"?conversation=older&amp;q=nafasi&amp;after={page.context['next'].cursor}" in html
    assert "?conversation=older&amp;q=nafasi&amp;show=originals" in html
    assert '<option value="older" selected>' in html


def test_nobody_is_asked_to_choose_between_one_conversation(client):
    for path in ("responses", "languages", "problems", "solutions"):
        assert 'name="conversation"' not in client.get(f"/en/{path}/").content.decode()


def test_languages_are_counted_by_conversation(client):
    cache.clear()
    older = make_conversation("older", closes_on=DAY)
    make_response(conversation=older, language="ha")
    make_translation(make_response(language="sw").answers.get(), language="ar", translator=make_user("translator"))

    numbers = client.get("/en/languages/?conversation=older").context["numbers"]

    assert [(each.language.code, each.written, each.translated) for each in numbers] == [("ha", 1, 0)]
    assert {each.language.code for each in client.get("/en/languages/").context["numbers"]} == {"ha", "sw", "ar"}


def test_translators_are_counted_over_all_conversations_only(client):
    cache.clear()
    make_conversation("older", closes_on=DAY)
    make_translation(translator=make_user("translator"))

    html = client.get("/en/languages/?conversation=where-you-are").content.decode()

    assert "People who translate into it" not in html
    assert {each.translators for each in numbers_by_language(make_response().conversation)} == {0}


def test_totals_can_be_those_of_one_conversation():
    older = make_conversation("older", closes_on=DAY)
    make_response(conversation=older, sharing="affiliate", affiliate_name="A group", people=7)
    make_response(language="ha")
    make_response(language="ar", is_sample=True)

    assert (totals(older).responses, totals(older).people, totals(older).samples) == (1, 7, 0)
    assert (totals().responses, totals().languages, totals().people, totals().samples) == (2, 2, 8, 1)


def test_the_page_of_a_conversation_counts_what_was_said_in_it(client):
    older = make_conversation("older", closes_on=DAY)
    make_response(conversation=older, language="ha", sharing="affiliate", affiliate_name="A group", people=7)
    make_response(conversation=older, language="ha", is_sample=True)
    make_response(language="ar")

    page = client.get("/en/conversations/older/")

    counted = page.context["totals"]
    assert (counted.responses, counted.languages, counted.people, counted.samples) == (1, 1, 7, 1)
    html = page.content.decode()
    assert "at least <strong>7</strong> people behind them" in html
    assert html.count("published response") == 1


def test_a_conversation_in_which_nothing_is_published_counts_nobody(client):
    make_conversation("older", closes_on=DAY)
    make_response()

    html = client.get("/en/conversations/older/").content.decode()
    assert ("by their own account" in html, 'class="totals"' in html) == (False, False)


@pytest.mark.parametrize("kind", ["problem", "solution"])
def test_the_lists_of_claims_count_the_voices_of_one_conversation(client, kind):
    older = make_conversation("older", closes_on=DAY)
    make_conversation("planned", opens_on=date(2999, 1, 1))
    claim = {"problem": make_problem("p"), "solution": make_solution("s")}[kind]
    make_evidence(make_response(conversation=older).answers.get(), stance="contradicts", **{kind: claim})
    make_evidence(make_response().answers.get(), **{kind: claim})

    pages = {slug: client.get(f"/en/{kind}s/?conversation={slug}") for slug in ("", "older", "where-you-are")}

    counted = {slug: page.context[f"{kind}s"][0].voices for slug, page in pages.items()}
    assert {slug: (each.supports, each.contradicts) for slug, each in counted.items()} == {
        "": (1, 1),
        "older": (0, 1),
        "where-you-are": (1, 0),
    }
    html = pages["older"].content.decode()
    assert '<option value="older" selected>' in html
    assert f'href="{claim.get_absolute_url()}?conversation=older"' in html
    assert f'href="{claim.get_absolute_url()}"' in pages[""].content.decode()
    assert [client.get(f"/en/{kind}s/?conversation={slug}").status_code for slug in ("planned", "no")] == [404, 404]


@pytest.mark.parametrize("path", ["responses", "languages", "problems", "solutions"])
def test_a_title_that_is_not_worded_yet_is_marked_in_the_list_to_choose_from(client, path):
    make_conversation("older", closes_on=DAY, title="Old <times>")
    make_conversation("worded", closes_on=DAY, title="Worded", title_ar="حوار")

    html = client.get(f"/ar/{path}/").content.decode()

    assert '<option value="older" dir="ltr" lang="en">Old &lt;times&gt;</option>' in html
    assert '<option value="worded">حوار</option>' in html
    assert 'lang="en">Old' not in client.get(f"/en/{path}/").content.decode()


def test_so_is_a_region_in_the_form(client):
    Region.objects.create(slug="new", position=99, name_en="New & far")

    html = client.get("/ar/respond/").content.decode()

    assert html.count('<option value="new" lang="en" dir="ltr">New &amp; far</option>') == 1


@pytest.mark.parametrize(("path", "kind"), [("problems/p/", "problem"), ("solutions/s/", "solution")])
def test_the_passages_for_a_claim_can_be_those_of_one_conversation(client, path, kind):
    older, empty = (make_conversation(each, closes_on=DAY) for each in ("older", "empty"))
    claim = {"problem": make_problem("p"), "solution": make_solution("s")}[kind]
    there = make_evidence(make_response(conversation=older).answers.get(), stance="contradicts", **{kind: claim})
    elsewhere = make_evidence(make_response().answers.get(), **{kind: claim})

    def passages(query):
        page = client.get(f"/en/{path}{query}")
        marks = {marked.evidence for marked in page.context["passages"]}
        assert page.context["claim"].voices.number == len({(mark.answer_id, mark.stance) for mark in marks})
        return marks

    assert passages("?conversation=older") == {there}
    assert passages(f"?conversation={empty.slug}") == set()
    assert passages("") == {there, elsewhere}
    assert client.get(f"/en/{path}?conversation=nothing").status_code == 404


def test_from_one_claim_to_another_the_chosen_conversation_goes_along(client):
    make_conversation("older", closes_on=DAY)
    make_solution("s").problems.add(make_problem("p"))

    links = [("problems/p/", "solutions/s/"), ("solutions/s/", "problems/p/"), ("solutions/", "problems/p/")]
    for path, other in links:
        assert f'href="/en/{other}?conversation=older"' in client.get(f"/en/{path}?conversation=older").content.decode()
        assert f'href="/en/{other}"' in client.get(f"/en/{path}").content.decode()


@pytest.mark.parametrize("opens_on", [date(2026, 3, 1), date(2026, 3, 11)])
def test_a_conversation_that_has_not_begun_cannot_be_chosen(clock, opens_on):
    current, older = change_current(), make_conversation("older", closes_on=DAY)
    # It waits for its turn, whatever its first day.
    make_conversation("waiting", opens_on=opens_on)

    begun, chosen = Conversation.objects.to_choose_from("older")

    assert (chosen, begun) == (older, [older, current])
    with pytest.raises(Conversation.DoesNotExist):
        Conversation.objects.to_choose_from("waiting")


# --- The author's own page ---


def author_page(client, tail="", **fields):
    submission = uuid.uuid4()
    make_response(submission=submission, **fields)
    return client.get(f"/en/my-response/{key_of(submission)}/{tail}")


def test_the_author_reads_where_the_conversation_stands(client, monkeypatch):
    change_current(**ROUND)
    freeze(monkeypatch, "2026-05-20T12:00Z")

    html = " ".join(author_page(client).content.decode().split())

    assert '<a href="/en/conversations/where-you-are/">What does diversity mean where you are?</a> · Closed' in html
    assert "Results were promised by May 15, 2026. They are 5 days late." in html
    assert "When you sent this response" not in html


def test_the_author_reads_what_was_promised_when_they_sent_it_if_that_has_changed(client):
    change_current(**ROUND)
    submission = uuid.uuid4()
    make_response(submission=submission)
    change_current(closes_on=ROUND["closes_on"], results_by=date(2026, 6, 30))

    html = client.get(f"/en/my-response/{key_of(submission)}/").content.decode()

    assert "When you sent this response, results were promised by May 15, 2026." in html


def test_the_downloads_tell_the_conversation_and_the_promised_day(client):
    change_current(**ROUND)

    told = json.loads(author_page(client, "data.json").content)
    text = author_page(client, "data.txt").content.decode()

    assert (told["conversation"], told["results_by"]) == ("where-you-are", "2026-05-15")
    assert "Conversation: What does diversity mean where you are?" in text
    assert "Results promised by: May 15, 2026" in text


# --- Desks ---


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("responses/response/?status=all&conversation__id__exact={pk}", "Reviewer"),
        ("outcomes/answertocode/?conversation__id__exact={pk}", "Coder"),
    ],
)
def test_desks_can_be_filtered_by_conversation(client, path, role):
    older = make_conversation("older", closes_on=DAY)
    there, elsewhere = make_response(conversation=older, accepted_on=DAY), make_response()
    client.force_login(make_user("organizer", role, is_staff=True))

    html = client.get(f"/admin/{path.format(pk=older.pk)}").content.decode()

    assert there.code in html
    assert elsewhere.code not in html


@pytest.mark.parametrize("desk", ["responses/response", "responses/gathering", "outcomes/answertocode"])
def test_the_desks_call_a_conversation_as_organizers_do(client, desk):
    make_conversation("rooms-2027", title="Who has a room?")
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))

    page = client.get(f"/admin/{desk}/").content.decode()

    assert ("Who has a room?" in page, ">rooms-2027<" in page) == (True, False)
