"""What readers are told of what those behind a text have answered."""

import pytest
from django.utils import timezone

from outcomes.models import Problem, Solution, Statement
from tests.askings import (
    answer,
    ask,
    asked_on,
    behind,
    close,
    make_closed,
    make_draft,
    make_statement,
    notice,
    publish,
    text_of,
)
from tests.factories import change_current, make_answer, make_evidence, make_problem, make_solution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_promised():
    change_current(results_by=None)


@pytest.fixture
def closed():
    return make_closed()


def test_what_was_asked_is_published_with_what_was_answered_in_whole_sentences(client, closed):
    publish(closed.problem)

    assert notice(client.get("/en/problems/closed-doors/")) == (
        f"{asked_on(closed)} "
        "6 responses stand behind this (at least 6 people). All were asked on their own pages, and by mail where that "
        "was possible. 5 answered: 3 yes, 1 in part, 1 no."
    )


def test_readers_are_told_that_the_question_was_about_an_earlier_wording(client, closed):
    publish(closed.problem)
    problem = Problem.objects.get()
    problem.description_en = "Another meaning."
    problem.store()

    assert notice(client.get("/en/problems/closed-doors/")).endswith("They were asked about an earlier wording.")


def test_readers_are_told_who_was_not_asked_and_nothing_is_said_of_them_in_between(client):
    problem, other = make_draft(), make_draft("other")
    busy, *_asked = behind(problem, 6)
    make_evidence(busy.answers.get(), problem=other)
    ask(other)
    asking = ask(problem)
    answer(asking, "yes", "yes", "part", "no", "no")
    close(asking)
    publish(problem)

    assert notice(client.get("/en/problems/closed-doors/")) == (
        f"{asked_on(asking)} "
        "We asked those behind 5 of the responses that this builds on (at least 5 people). All were asked on their own "
        "pages, and by mail where that was possible. 5 answered: 2 yes, 1 in part, 2 no. Those behind the other "
        "responses were being asked about something else."
    )


def test_solutions_statements_and_their_clauses_say_it_too(client):
    statement, one, _other = make_statement()
    problem, solution, given = make_problem(), make_solution(published=False), make_answer()
    one.problems.add(problem)
    make_evidence(given, problem=problem)
    make_evidence(given, solution=solution)
    askings = [close(ask(each)) for each in (solution, one, statement)]
    Statement.objects.update(published_at=timezone.now())
    Solution.objects.update(published_at=timezone.now())

    told = notice(client.get("/en/solutions/open-doors/"))
    page = text_of(client.get("/en/statement/"))

    assert told == (
        f"{asked_on(askings[0])} "
        "1 response stands behind this (at least 1 person). Its author was asked on their own page, and by mail if "
        "that was possible. Fewer than five answered."
    )
    assert page.count("1 response stands behind this") == 2


def test_nothing_is_said_where_nobody_was_asked(client):
    make_problem()

    assert notice(client.get("/en/problems/closed-doors/")) is None
