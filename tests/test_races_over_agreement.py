"""Two coders at the same moment: both are done, both agree, one agrees while the author changes the words."""

import pytest
from django.test import Client

from outcomes.models import Coding, CodingPlan, Evidence, JointDecision, SharedAnswer
from outcomes.models.shared_sample import Choice
from responses.models import Answer
from tests.factories import make_answer, make_evidence, make_problem, make_user
from tests.races import overtake, race
from tests.test_shared_sample import EDITED, LOCKED, TEXT, code, finish, set_share

pytestmark = race


@pytest.fixture
def shared():
    """Two coders differ about one claim."""
    answer = begun()
    doors = make_problem("doors")
    code(answer, make_user("one"), (doors, "nafasi", "supports"))
    code(answer, make_user("other"), (doors, "nafasi", "contradicts"))
    return SharedAnswer.objects.get()


def begun():
    set_share(100)
    return make_answer(TEXT)


def agreeing(shared, choice):
    units = shared.units()
    by, seen = make_user(str(choice)), shared.fingerprint(units)
    return lambda: shared.agree({units[0].key: (choice, "")}, by=by, seen=seen)


def test_two_who_are_done_at_once_have_agreed():
    answer, one, other = begun(), make_user("one"), make_user("other")

    overtake(lambda: finish(answer, one), lambda: finish(answer, other))

    assert SharedAnswer.objects.get().is_agreed
    assert Coding.objects.count() == 2
    assert Answer.objects.get().is_coded


def test_of_three_who_are_done_at_once_two_are_the_pair():
    answer, users = begun(), [make_user(name) for name in ("one", "other", "third")]
    make_evidence(answer, coder=users[0])
    finish(answer, users[0])

    _done, refusal = overtake(lambda: finish(answer, users[1]), lambda: finish(answer, users[2]))

    assert refusal == LOCKED
    assert Coding.objects.count() == 2
    assert [each.answer for each in SharedAnswer.objects.to_agree_on()] == [answer]


def test_two_who_begin_with_an_answer_at_once_draw_it_once():
    answer, doors = begun(), make_problem("doors")
    one, other = make_user("one"), make_user("other")

    overtake(
        lambda: make_evidence(answer, problem=doors, coder=one),
        lambda: make_evidence(answer, problem=doors, quote="umeme", coder=other),
    )

    assert SharedAnswer.objects.count() == 1
    assert list(Evidence.objects.settled()) == []


def test_a_mark_that_is_made_while_the_second_coder_is_done_is_refused():
    answer, one, other, doors = begun(), make_user("one"), make_user("other"), make_problem("doors")
    code(answer, one, (doors, "nafasi", "supports"))

    _done, refusal = overtake(
        lambda: finish(answer, other), lambda: make_evidence(answer, problem=doors, quote="umeme", coder=one)
    )

    assert refusal == LOCKED


def test_of_two_who_agree_at_once_one_has_decided(shared):
    first, second = agreeing(shared, Choice.FIRST), agreeing(shared, Choice.NOTHING)

    _agreed, refusal = overtake(first, second)

    assert refusal == "Somebody else has agreed on this answer a moment before. Nothing was changed."
    assert JointDecision.objects.count() == 1
    assert Evidence.objects.published().count() == 1


def test_words_that_change_while_somebody_agrees_are_coded_again(shared):
    answer = Answer.objects.select_related("response", "question").get()

    _edited, refusal = overtake(
        lambda: answer.response.edit({answer.question: "Sina la kusema."}), agreeing(shared, Choice.FIRST)
    )

    assert refusal == EDITED
    assert not SharedAnswer.objects.get().is_agreed


def test_of_two_organizers_who_set_the_first_share_at_once_the_second_has_decided():
    def storing(share):
        client = Client()
        client.force_login(make_user(f"organizer-{share}", "Organizer", is_staff=True))
        return lambda: client.post("/admin/outcomes/codingplan/1/change/", {"share": share}).status_code

    assert overtake(storing(10), storing(20)) == (302, 302)
    assert CodingPlan.objects.get().share == 20


def test_words_that_are_withdrawn_while_somebody_agrees_are_gone(shared):
    response, read = Answer.objects.select_related("response").get().response, agreeing(shared, Choice.FIRST)

    _withdrawn, refusal = overtake(response.withdraw, read)

    assert refusal == "The author has just withdrawn this answer."
