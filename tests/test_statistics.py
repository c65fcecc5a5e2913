"""Responses and people are both counted, and both counts agree with a recount row by row."""

import random

import pytest

from outcomes.models import Evidence, Problem
from outcomes.statistics import with_passages
from responses.models import Answer
from tests.factories import make_problem, make_response

pytestmark = pytest.mark.django_db

SHARINGS = ["named", "affiliate", "unnamed", "organizers"]


def by_hand(problem):
    """The same counts, made one mark after the other."""
    published = [each for each in Evidence.objects.filter(problem=problem) if each.answer.response.is_published]
    said = {each.answer.response for each in published if not each.answer.response.is_sample}
    return (
        sum(not each.answer.response.is_sample for each in published),
        len(said),
        sum(response.people if response.shows_group else 1 for response in said),
        sum(each.answer.response.is_sample for each in published),
    )


@pytest.mark.parametrize("seed", range(5))
def test_passages_responses_and_people_of_each_problem_agree_with_a_recount(seed):
    chance = random.Random(seed)
    problems = [make_problem(f"problem-{number}") for number in range(4)]
    for _response in range(25):
        response = make_response(
            {"meaning": "one two three", "needs": "one two three"},
            sharing=chance.choice(SHARINGS),
            display_name="A. Name",
            affiliate_name="A group",
            people=chance.randint(1, 60),
            is_sample=chance.random() < 0.2,
        )
        if chance.random() < 0.2:
            response.decline("Why?")
        for answer in Answer.objects.filter(response=response):
            for problem in chance.sample(problems, chance.randint(0, 3)):
                for start, end in chance.sample([(0, 3), (4, 7), (8, 13)], chance.randint(1, 3)):
                    quote, before, after = answer.text[start:end], answer.text[:start], answer.text[end:]
                    Evidence.objects.create(
                        problem=problem,
                        answer=answer,
                        start=start,
                        end=end,
                        quote=quote,
                        before=before,
                        after=after,
                        stance="supports",
                    )

    counted = {
        problem: (problem.passages, problem.responses, problem.people, problem.samples)
        for problem in with_passages(Problem.objects.published())
    }
    assert counted == {problem: by_hand(problem) for problem in problems}


def test_no_sum_contains_the_size_of_a_group_that_does_not_share_it():
    problem = make_problem()
    for sharing, people in (("unnamed", 51), ("named", 3)):
        response = make_response({"meaning": "one two"}, sharing=sharing, display_name="N", people=people)
        answer = response.answers.get()
        Evidence.objects.create(
            problem=problem, answer=answer, start=0, end=3, quote="one", after=" two", stance="supports"
        )

    assert [problem.people for problem in with_passages(Problem.objects.all())] == [4]


def test_the_pages_show_the_numbers_of_responses_and_of_people(client):
    problem = make_problem()
    answer = make_response({"meaning": "one two"}, sharing="named", display_name="N", people=51).answers.get()
    for start, end, quote, before, after in ((0, 3, "one", "", " two"), (4, 7, "two", "one ", "")):
        Evidence.objects.create(
            problem=problem,
            answer=answer,
            start=start,
            end=end,
            quote=quote,
            before=before,
            after=after,
            stance="supports",
        )

    for path in ("problems/", "problems/closed-doors/"):
        html = client.get(f"/en/{path}").content.decode()
        assert "2 passages marked by coders · from 1 response · at least 51 people behind them" in html
