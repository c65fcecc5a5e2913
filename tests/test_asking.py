"""Did we understand you? Who is asked, about what, and how much time they have."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from outcomes.models import Asking, Problem, Quotation
from tests.askings import ask, behind, close, make_draft, make_statement, refusal
from tests.factories import make_answer, make_evidence, make_problem, make_solution

pytestmark = pytest.mark.django_db


def test_those_whose_published_words_stand_behind_a_problem_are_asked_whatever_they_say_to_it():
    problem = make_draft()
    asked = behind(problem, 2)
    against = make_answer("Hakuna nafasi.")
    make_evidence(against, problem=problem, stance="contradicts")
    behind(make_problem("other"))
    hidden = make_answer(sharing="organizers")
    make_evidence(hidden, problem=problem)
    sample = make_answer(is_sample=True)
    make_evidence(sample, problem=problem)
    waiting, lost = make_answer(), make_answer()
    for each in (waiting, lost):
        make_evidence(each, problem=problem)
        each.response.edit({each.question: "Maneno mengine."})
    lost.response.accept()

    asking = ask(problem)

    assert {each.response for each in asking.asked.all()} == {*asked, against.response}
    assert asking.number == 3


def test_a_solution_is_asked_about_too():
    solution, given = make_solution(published=False), make_answer()
    make_evidence(given, solution=solution)

    assert [each.response for each in ask(solution).asked.all()] == [given.response]


def test_behind_a_clause_stand_its_problems_and_quotations_and_behind_a_statement_all_its_clauses():
    statement, one, other = make_statement()
    problem, second = make_problem(), make_problem("second")
    one.problems.add(problem)
    other.problems.add(second)
    [marked], [elsewhere] = behind(problem), behind(second)
    quoted = make_answer()
    evidence = make_evidence(quoted, problem=make_problem("third"))
    Quotation.objects.quote(one, evidence, by=None)

    asked_of_clause = {each.response for each in ask(one).asked.all()}
    Asking.objects.get().stop()

    assert asked_of_clause == {marked, quoted.response}
    assert {each.response for each in ask(statement).asked.all()} == {marked, quoted.response, elsewhere}


def test_nobody_is_asked_about_two_things_at_once():
    problem, other = make_draft(), make_draft("other")
    [busy, free] = behind(problem, 2)
    first = ask(problem)
    make_evidence(busy.answers.get(), problem=other)
    [new] = behind(other)
    assert Asking.objects.prospect(other).busy == 1

    second = ask(other)

    assert [each.response for each in second.asked.all()] == [new]
    assert (first.leaves_out, second.leaves_out) == (False, True)
    close(first)
    assert Asking.objects.prospect(other).busy == 1
    assert free not in {each.response for each in second.asked.all()}


def test_asking_nobody_is_refused():
    problem, other = make_draft(), make_draft("other")
    [busy] = behind(problem)
    make_evidence(busy.answers.get(), problem=other)

    assert refusal(ask, make_draft("nobody")).startswith("No published answer stands behind this yet")
    ask(problem)
    assert refusal(ask, other).startswith("All whose words stand behind this are being asked")
    assert Asking.objects.count() == 1


def test_a_thing_is_asked_about_once_at_a_time():
    problem = make_draft()
    behind(problem)
    first = ask(problem)

    assert refusal(ask, problem).startswith("Its authors are being asked about this already")
    close(first)
    ask(problem)
    assert Asking.objects.about(problem).count() == 2


def test_what_is_published_or_will_be_before_they_can_answer_is_not_asked_about():
    published, soon = make_problem(), make_draft("soon")
    Problem.objects.filter(pk=soon.pk).update(published_at=timezone.now() + timedelta(days=10))
    later = make_draft("later")
    Problem.objects.filter(pk=later.pk).update(published_at=timezone.now() + timedelta(days=20))
    for each in (published, soon, later):
        behind(each)

    assert refusal(ask, published) == refusal(ask, soon)
    assert ask(later).number == 1


@pytest.mark.parametrize("days", [13, 91, 10_000, -1])
def test_people_have_two_weeks_at_least_and_not_for_ever(days):
    problem = make_draft()
    behind(problem)

    assert refusal(ask, problem, days=days).startswith("Choose a last day from")
    assert not Asking.objects.exists()


def test_the_database_refuses_less_than_two_weeks_and_things_that_are_none_or_two():
    problem, solution = make_draft(), make_solution(published=False)
    fields = {"words": [], "number": 1, "asked_on": date(2026, 3, 1)}
    refused = [
        {"problem": problem, "closes_on": date(2026, 3, 14)},
        {"closes_on": date(2026, 4, 1)},
        {"problem": problem, "solution": solution, "closes_on": date(2026, 4, 1)},
    ]

    for each in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            Asking.objects.create(**fields | each)

    Asking.objects.create(problem=problem, closes_on=date(2026, 3, 15), **fields)
