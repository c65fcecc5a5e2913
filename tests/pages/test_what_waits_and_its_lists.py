"""The first page of the desks and the lists behind its links say the same of coding."""

import pytest
from django.test import Client

from outcomes.models import Coding, CodingPlan
from outcomes.waiting import waiting_for
from responses.models import Answer
from tests.factories import change_current, make_answer, make_evidence, make_problem, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_promised():
    change_current(results_by=None)


def staff(name, *roles):
    return make_user(name, *roles, is_staff=True)


def finish(answer, coder):
    Coding.objects.finish(answer, coder, seen=Answer.objects.get(pk=answer.pk).fingerprint)


def said_and_listed(user):
    """{kind: (number on the first page, number in the list, whether the first one opens)} of what coders do."""
    client = Client()
    client.force_login(user)
    found = {}
    for waiting in waiting_for(type(user).objects.get(pk=user.pk)):
        if waiting.kind in ("to_code", "second_readings", "lost_marks", "reworded_marks", "to_agree_on"):
            listed = client.get(waiting.everything).context["cl"].queryset.count()
            found[waiting.kind] = (waiting.number, listed, client.get(waiting.first).status_code == 200)
    return found


@pytest.fixture
def coders():
    return [staff(f"coder {n}", "Coder") for n in range(3)]


@pytest.fixture
def shared():
    CodingPlan.objects.create(pk=1, share=100)
    return [make_answer("Kila mtu ana nafasi.") for _n in range(4)]


def test_first_and_second_readings_are_listed_apart_as_they_are_counted(coders, shared):
    one, other, third = coders
    for answer in shared[:2]:
        finish(answer, one)
    finish(shared[2], other)

    assert {coder: said_and_listed(coder) for coder in coders} == {
        one: {"to_code": (1, 1, True), "second_readings": (1, 1, True)},
        other: {"to_code": (1, 1, True), "second_readings": (2, 2, True)},
        third: {"to_code": (1, 1, True), "second_readings": (3, 3, True)},
    }


def test_an_answer_that_nobody_is_done_with_any_more_waits_for_a_first_coder_again(coders, shared):
    one, other, _third = coders
    for answer in shared:
        finish(answer, one)
    Coding.objects.get(answer=shared[0]).undo()
    for answer in shared[1:3]:
        answer.response.edit({answer.question: "Maneno mengine."})
    shared[1].response.accept()

    assert said_and_listed(one) == {"to_code": (2, 2, True)}
    assert said_and_listed(other) == {"to_code": (2, 2, True), "second_readings": (1, 1, True)}


def test_an_answer_that_its_author_has_changed_is_not_to_be_agreed_on(coders, shared):
    one, other, _third = coders
    for answer in shared[:2]:
        make_evidence(answer, problem=make_problem(f"p{answer.pk}"), quote="nafasi", coder=one)
        finish(answer, one)
        finish(answer, other)
    shared[0].response.edit({shared[0].question: "Maneno mengine."})

    assert said_and_listed(one) == {"to_code": (2, 2, True), "to_agree_on": (1, 1, True)}
    assert said_and_listed(staff("organizer", "Organizer"))["to_agree_on"] == (1, 1, True)


def test_coders_are_told_of_their_own_marks_only_and_organizers_of_all(coders):
    one, other, _third = coders
    problem = make_problem()
    for coder in (one, other):
        answer = make_answer("Kila mtu ana nafasi.")
        make_evidence(answer, problem=problem, quote="nafasi", coder=coder)
        finish(answer, coder)
        answer.response.edit({answer.question: "Maneno mengine."})
        answer.response.accept()

    assert said_and_listed(one)["lost_marks"] == (1, 1, True)
    assert said_and_listed(staff("organizer", "Organizer"))["lost_marks"] == (2, 2, True)


def test_of_marks_made_under_older_words_too_coders_are_told_of_their_own_only(coders, shared):
    one, other, _third = coders
    problem = make_problem()
    # An open answer of the shared sample, of which nobody is told.
    make_evidence(shared[0], problem=problem, coder=one)
    CodingPlan.objects.update(share=0)
    for coder in (one, other):
        make_evidence(make_answer("Kila mtu ana nafasi."), problem=problem, coder=coder)
    problem.title_en = "Shut doors"
    problem.store()

    assert said_and_listed(one)["reworded_marks"] == (1, 1, True)
    assert said_and_listed(staff("organizer", "Organizer"))["reworded_marks"] == (2, 2, True)


@pytest.mark.parametrize("address", ["next/?after={long}", "{answer}/change/?done={long}"])
def test_a_number_that_nobody_can_read_is_no_answers(client, coders, address):
    answer = make_answer()
    client.force_login(coders[0])

    path = address.format(answer=answer.pk, long="9" * 5000)
    page = client.get(f"/admin/outcomes/answertocode/{path}", follow=True)

    assert page.status_code == 200
    assert page.context["answer"] == answer
