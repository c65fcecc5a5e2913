"""Voices, responses and people are counted, and the counts agree with a recount row by row."""

import random

import pytest

from outcomes.models import Evidence, Problem, Solution
from outcomes.statistics import Voices, with_voices
from responses.models import Answer
from tests.factories import make_answer, make_evidence, make_problem, make_response, make_solution, make_user

pytestmark = pytest.mark.django_db

SHARINGS = ["named", "affiliate", "unnamed", "organizers"]
STANCES = ["supports", "qualifies", "contradicts"]


def by_hand(claim):
    """The same counts, made one mark after the other."""
    published = [each for each in claim.evidence.all() if each.answer.response.is_published]
    said = [each for each in published if not each.answer.response.is_sample]
    voices = {(each.answer_id, each.stance) for each in said}
    responses = {each.answer.response for each in said}
    return Voices(
        **{stance: sum(said == stance for _answer, said in voices) for stance in STANCES},
        responses=len(responses),
        people=sum(response.people if response.shows_group else 1 for response in responses),
        samples=len({(each.answer_id, each.stance) for each in published} - voices),
    )


@pytest.mark.parametrize("seed", range(5))
def test_voices_responses_and_people_of_each_claim_agree_with_a_recount(seed):
    chance = random.Random(seed)
    problems = [make_problem(f"problem-{number}") for number in range(3)]
    solutions = [make_solution(f"solution-{number}") for number in range(3)]
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
        for answer in Answer.objects.filter(response=response).select_related("response"):
            for claim in chance.sample([*problems, *solutions], chance.randint(0, 4)):
                for start, end in chance.sample([(0, 3), (4, 7), (8, 13)], chance.randint(1, 3)):
                    Evidence.objects.create(
                        **{claim.kind(): claim},
                        answer=answer,
                        start=start,
                        end=end,
                        quote=answer.text[start:end],
                        before=answer.text[:start],
                        after=answer.text[end:],
                        stance=chance.choice(STANCES),
                    )

    counted = {claim: claim.voices for kind in (Problem, Solution) for claim in with_voices(kind.objects.published())}
    assert counted == {claim: by_hand(claim) for claim in [*problems, *solutions]}


def test_an_answer_is_one_voice_however_many_of_its_passages_are_marked_by_however_many_coders():
    solution, answer = make_solution(), make_answer("one two three")
    for coder in (make_user("first"), make_user("second")):
        for quote in ("one", "three"):
            make_evidence(answer, solution=solution, quote=quote, coder=coder)

    [counted] = with_voices(Solution.objects.all())

    assert counted.voices == Voices(supports=1, responses=1, people=1)


def test_an_answer_that_agrees_and_disagrees_is_two_voices_of_one_response():
    problem, answer = make_problem(), make_answer("one two three")
    make_evidence(answer, problem=problem, quote="one", stance="supports")
    make_evidence(answer, problem=problem, quote="three", stance="contradicts")

    [counted] = with_voices(Problem.objects.all())

    assert counted.voices == Voices(supports=1, contradicts=1, responses=1, people=1)
    assert counted.voices.number == 2


def test_a_problem_and_a_solution_with_the_same_key_are_counted_apart():
    problem, solution = make_problem(pk=7), make_solution(pk=7)
    make_evidence(problem=problem)
    make_evidence(solution=solution, stance="qualifies")

    assert [claim.voices for claim in with_voices(Problem.objects.all())] == [Voices(1, responses=1, people=1)]
    assert [claim.voices for claim in with_voices(Solution.objects.all())] == [Voices(0, 1, responses=1, people=1)]


def test_no_sum_contains_the_size_of_a_group_that_does_not_share_it():
    problem = make_problem()
    for sharing, people in (("unnamed", 51), ("named", 3)):
        make_evidence(make_answer(sharing=sharing, display_name="N", people=people), problem=problem)

    assert [problem.voices.people for problem in with_voices(Problem.objects.all())] == [4]


@pytest.mark.parametrize(
    ("claim", "pages", "said"),
    [
        (
            {"problem": make_problem},
            ["problems/", "problems/closed-doors/"],
            "3 voices: 2 agree, 0 in part, 1 disagrees",
        ),
        (
            {"solution": make_solution},
            ["solutions/", "solutions/open-doors/"],
            "3 voices: 2 say it would help, 0 in part, 1 says it would not",
        ),
    ],
)
def test_the_pages_show_the_numbers_of_voices_of_responses_and_of_people(client, claim, pages, said):
    [(kind, make)] = claim.items()
    about = {kind: make()}
    answer = make_answer("one two", sharing="named", display_name="N", people=51)
    make_evidence(answer, quote="one", **about)
    make_evidence(answer, quote="two", stance="contradicts", **about)
    make_evidence(**about)
    make_evidence(make_answer(is_sample=True), **about)

    for path in pages:
        html = client.get(f"/en/{path}").content.decode()
        assert f"{said} · from 2 responses · at least 52 people behind them · 1 in a sample" in html
