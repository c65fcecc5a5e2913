"""The page of a solution, with the voices behind it; where it is linked from; and the translators' desk for it."""

import pytest

from outcomes.models import Clause, Evidence, Quotation, Statement
from outcomes.views.claims import PAGE_LENGTH
from responses.languages.passages import find_passage
from tests.factories import (
    make_answer,
    make_evidence,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
)

pytestmark = pytest.mark.django_db

PATH = "/en/solutions/open-doors/"


def test_a_solution_shows_what_it_is_against_and_what_people_said_to_it(client):
    solution = make_solution(description_en="Open them.", progress="started", is_next_step=True)
    solution.problems.add(make_problem(), make_problem("draft", title="SECRET", published=False))
    for stance in ("supports", "qualifies", "contradicts"):
        make_evidence(solution=solution, stance=stance)

    page = client.get(PATH)
    html = page.content.decode()

    assert '<h1>Open doors</h1>\n<p class="lead">Open them.</p>' in html
    assert "Started" in html
    assert "A most critical next step" in html
    assert '<a href="/en/problems/closed-doors/">Closed doors</a>' in html
    assert "SECRET" not in html
    assert [marked.evidence.stance for marked in page.context["passages"]] == ["contradicts", "qualifies", "supports"]
    for stance, label in (
        ("supports", "Would help"),
        ("qualifies", "Would help in part"),
        ("contradicts", "Would not help"),
    ):
        assert f'<span class="label {stance}">{label}</span>' in html


def test_the_page_sets_no_cookie_and_takes_no_post(client):
    make_solution()

    page = client.get(PATH)

    assert (dict(page.cookies), "Cookie" in page.get("Vary", "")) == ({}, False)
    assert client.post(PATH).status_code == 405


def test_a_solution_without_a_passage_says_so_and_asks_for_answers(client):
    make_solution()

    html = client.get(PATH).content.decode()

    assert "No passage has been marked as evidence for this solution yet." in html
    assert '<a class="button" href="/en/respond/">' in html
    assert "No voices yet" in client.get("/en/solutions/").content.decode()


@pytest.mark.parametrize(
    "path", ["solutions/nope/", "solutions/draft/", "solutions/%00/", "solutions/open-doors/?after=x"]
)
def test_what_is_not_there_is_not_found(client, path):
    make_solution()
    make_evidence(solution=make_solution("draft", published=False))

    assert client.get(f"/en/{path}").status_code == 404


def test_nothing_of_it_is_shown_that_is_not_public(client):
    solution = make_solution()
    make_evidence(make_answer("Secret words.", sharing="organizers"), solution=solution, quote="Secret")
    withdrawn = make_evidence(make_answer("Other words."), solution=solution, quote="Other")
    withdrawn.answer.response.withdraw()

    page = client.get(PATH)

    assert page.context["passages"] == []
    assert page.context["solution"].voices.number == 0
    assert "words" not in page.content.decode().partition("<h1>")[2].partition("<footer")[0]


def test_passages_are_shown_in_the_readers_language_and_in_the_original(client):
    answer = make_answer("Kwetu hawana mtandao.")
    make_translation(answer, language="ar", text="عندنا بلا إنترنت.")
    make_evidence(answer, solution=make_solution(title_ar="أبواب مفتوحة"), quote="hawana mtandao")

    arabic = client.get("/ar/solutions/open-doors/").content.decode()
    originals = client.get("/ar/solutions/open-doors/?show=originals").content.decode()

    assert "<h1>أبواب مفتوحة</h1>" in arabic
    assert '<blockquote class="words" lang="ar" dir="rtl"><p>عندنا بلا إنترنت.</p></blockquote>' in arabic
    assert "<mark>hawana mtandao</mark>" in arabic
    assert "عندنا بلا إنترنت." not in originals


def test_every_passage_can_be_reached_page_by_page(client):
    solution, answer = make_solution(), make_answer("neno " * (PAGE_LENGTH + 3))
    marks = [
        Evidence.objects.mark(
            solution, answer, find_passage(answer.text, "neno", start=5 * n), stance="supports", coder=None
        )
        for n in range(PAGE_LENGTH + 3)
    ]

    first = client.get(PATH)
    second = client.get(f"{PATH}?after={first.context['next'].evidence.pk}")

    assert [marked.evidence for page in (first, second) for marked in page.context["passages"]] == marks[::-1]
    assert first.context["solution"].voices.number == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_number_of_queries_however_long_it_is(client, django_assert_num_queries, number):
    solution = make_solution()
    for each in range(number):
        answer = make_answer()
        translation = make_translation(answer, language="en", text="nafasi")
        make_evidence(answer, solution=solution, translation=translation)
        solution.problems.add(make_problem(f"p{each}"))

    # solution, who was asked, its voices, who is behind these, evidence, answers, translations, problems
    with django_assert_num_queries(10):  # one for the conversations
        client.get(PATH)


def test_lists_problems_and_responses_link_to_the_page(client):
    solution, problem = make_solution(), make_problem()
    solution.problems.add(problem)
    answer = make_evidence(solution=solution).answer
    make_evidence(answer, problem=problem, quote="mtu", stance="contradicts")

    link = '<a href="/en/solutions/open-doors/">Open doors</a>'
    assert f'<li id="open-doors"><h2>{link}</h2>' in client.get("/en/solutions/").content.decode()
    assert link in client.get("/en/problems/closed-doors/").content.decode()
    html = client.get(answer.response.get_absolute_url()).content.decode()
    became = html.partition("Evidence for problems and solutions")[2]
    # The problems first.
    assert became.index("Disagrees") < became.index(f'{link} <span class="label supports">Would help</span>')


def test_the_author_is_told_and_sees_what_the_words_are_evidence_for(client):
    response = make_response({"meaning": "Kila mtu ana nafasi."})
    make_evidence(response.answers.get(), solution=make_solution(), stance="contradicts")

    html = client.get(f"/en/my-response/{response.key}/").content.decode()

    assert "as evidence for a solution:" in html
    assert (
        '<a href="/en/solutions/open-doors/">Open doors</a> <span class="label contradicts">Would not help</span>'
        in html
    )


def test_a_quotation_beside_a_clause_says_what_it_says_to_which_solution(client):
    statement = Statement.objects.create(
        version="draft", title_en="S", announced_on="2026-12-07", published_at=make_problem().published_at
    )
    clause = Clause.objects.create(statement=statement, position=1, text_en="C")
    Quotation.objects.quote(clause, make_evidence(solution=make_solution(), stance="qualifies"), by=None).agree()

    html = client.get("/en/statement/").content.decode()

    label = '<span class="label qualifies">Would help in part</span>'
    assert f'{label} <a href="/en/solutions/open-doors/">Open doors</a>' in html


def test_translators_find_the_voices_behind_a_solution(client):
    lacking, solution = make_answer("Kila mtu ana nafasi."), make_solution()
    make_evidence(lacking, solution=solution)
    make_answer("Something else.")
    desk = "/en/solutions/open-doors/translate/ar/"
    assert client.get(desk).status_code == 302
    client.force_login(make_user("translator", "Translator"))

    page = client.get(desk)

    assert [answer for answer, _changes, _taken in page.context["desk"].lacking] == [lacking]
    assert desk in client.get("/en/translate/ar/").content.decode()
    assert client.get("/en/solutions/nothing/translate/ar/").status_code == 404
    solution.slug = "doors"
    solution.store()
    assert client.get(f"{desk}?from=sw").url == "/en/solutions/doors/translate/ar/?from=sw"
    assert client.get(f"{PATH}?show=originals").url == "/en/solutions/doors/?show=originals"
