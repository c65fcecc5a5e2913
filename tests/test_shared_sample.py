"""The shared sample: what two coders mark, what nobody else sees before they agree, and how they agree."""

import pytest
from django.core.exceptions import ValidationError

from outcomes.models import (
    AnswerToCode,
    CodedValue,
    Coding,
    CodingPlan,
    Evidence,
    JointDecision,
    Quotation,
    SharedAnswer,
)
from outcomes.models.shared_sample import Choice
from outcomes.news import happenings
from responses.models import Answer
from tests.factories import (
    freeze,
    make_answer,
    make_evidence,
    make_problem,
    make_translation,
    make_user,
)
from tests.test_objections import make_clause

pytestmark = pytest.mark.django_db

TEXT = "Kila mtu ana nafasi. Hatuna umeme. Chumba ni kidogo."
LOCKED = "Two coders are done with this answer. Its marks can be changed again when they have agreed on them."
EDITED = "The author has changed this answer since it was marked. Both coders mark it once more."


def set_share(percent):
    CodingPlan.objects.update_or_create(pk=1, defaults={"share": percent})


def finish(answer, coder, **how):
    return Coding.objects.finish(answer, coder, seen=Answer.objects.get(pk=answer.pk).fingerprint, **how)


def code(answer, coder, *marks, **how):
    """A coder marks passages, [(claim, quote, stance)], and is done."""
    for claim, quote, stance in marks:
        make_evidence(answer, **{claim.kind(): claim}, quote=quote, stance=stance, coder=coder)
    return finish(answer, coder, **how)


@pytest.fixture
def one():
    return make_user("one", "Coder", is_staff=True)


@pytest.fixture
def other():
    return make_user("other", "Coder", is_staff=True)


@pytest.fixture
def answer():
    set_share(100)
    return make_answer(TEXT)


@pytest.fixture
def doors():
    return make_problem("doors", title="Doors")


@pytest.fixture
def power():
    return make_problem("power", title="Power")


def agree(answer, by, **choices):
    """choices: {slug of the claim: choice}"""
    shared = SharedAnswer.objects.get(answer=answer)
    units = shared.units()
    decisions = {unit.key: (choices[unit.claim.slug], "") for unit in units if unit.claim.slug in choices}
    shared.agree(decisions, by=by, seen=shared.fingerprint(units))
    return shared


def quotes():
    return sorted((mark.claim.slug, mark.quote, mark.stance, mark.coder.username) for mark in Evidence.objects.all())


# What is drawn


def test_an_answer_is_drawn_when_the_first_coder_marks_something_in_it(answer, one):
    make_evidence(answer, coder=one)

    assert [each.answer for each in SharedAnswer.objects.all()] == [answer]


def test_an_answer_is_drawn_when_the_first_coder_finds_nothing_in_it(answer, one):
    finish(answer, one)

    assert [each.answer for each in SharedAnswer.objects.all()] == [answer]


def test_the_same_answers_are_drawn_again_and_a_larger_share_takes_them_in():
    answers = [Answer(pk=number * 7919) for number in range(1_000)]

    def drawn(share):
        return {answer.pk for answer in answers if CodingPlan(share=share).takes(answer)}

    assert drawn(0) == set()
    assert 150 < len(drawn(20)) < 250
    assert drawn(20) == drawn(20) < drawn(60) < drawn(100) == {answer.pk for answer in answers}


@pytest.mark.parametrize("begin", [make_evidence, finish])
def test_what_somebody_has_begun_before_stays_outside_for_good(begin, one, other):
    answer = make_answer(TEXT)
    begin(answer, coder=one)

    set_share(100)
    make_evidence(answer, problem=make_problem("doors"), quote="umeme", coder=other)
    finish(answer, other)

    assert not SharedAnswer.objects.exists()


def test_a_lower_share_takes_nothing_out(answer, one):
    make_evidence(answer, coder=one)

    set_share(0)

    assert list(Evidence.objects.settled()) == []


def test_samples_are_not_drawn(one):
    set_share(100)

    make_evidence(make_answer(TEXT, is_sample=True), coder=one)

    assert not SharedAnswer.objects.exists()


# What others see


def test_only_its_coder_sees_a_mark_before_the_two_have_agreed(answer, one, other, doors):
    set_share(0)
    settled = make_evidence(make_answer("Hatuna nafasi."), problem=doors, coder=other)
    set_share(100)
    mark = make_evidence(answer, problem=doors, coder=one)
    users = [one, other, make_user("organizer", "Organizer", is_staff=True), make_user("root", is_superuser=True)]

    seen = {user.username: set(Evidence.objects.visible_to(user)) for user in users}

    assert seen == {
        "one": {settled, mark},
        "other": {settled},
        "organizer": {settled},
        "root": {settled},
    }
    assert list(Evidence.objects.published()) == list(Evidence.objects.settled()) == [settled]


def test_a_passage_that_is_not_agreed_on_cannot_be_quoted(answer, one):
    mark, clause = make_evidence(answer, coder=one), make_clause()

    with pytest.raises(ValidationError):
        Quotation.objects.quote(clause, mark, by=one)

    assert not Quotation.objects.exists()


# Being done


def test_being_done_once_more_after_agreeing_leaves_what_was_found_before(answer, one, other, doors):
    finish(answer, one)
    finish(answer, other)

    code(answer, one, (doors, "nafasi", "supports"))

    assert not CodedValue.objects.exists()


def test_a_coder_takes_back_being_done_until_the_other_is_done_too(answer, one, other):
    finish(answer, one).undo()
    assert [each.pk for each in AnswerToCode.objects.to_code()] == [answer.pk]

    finish(answer, other)
    with pytest.raises(ValidationError, match="cannot be undone any more"):
        finish(answer, one).undo()

    assert Coding.objects.count() == 2


def test_an_answer_waits_for_a_second_coder_who_is_not_the_first(answer, one, other):
    finish(answer, one)

    assert list(AnswerToCode.objects.to_code()) == list(AnswerToCode.objects.to_code_second(one)) == []
    assert [each.pk for each in AnswerToCode.objects.to_code_second(other)] == [answer.pk]


def test_an_answer_that_two_are_done_with_is_not_offered_to_a_third(answer, one, other):
    finish(answer, one)
    finish(answer, other)

    third = make_user("third")
    assert list(AnswerToCode.objects.to_code()) == list(AnswerToCode.objects.to_code_second(third)) == []


def test_an_answer_outside_of_the_sample_is_coded_by_one(one, other):
    answer = make_answer(TEXT)
    assert [each.pk for each in AnswerToCode.objects.to_code()] == [answer.pk]

    finish(answer, one)

    assert list(AnswerToCode.objects.to_code()) == list(AnswerToCode.objects.to_code_second(other)) == []


# Two who have found the same


def test_two_who_have_found_the_same_have_agreed_at_once(answer, one, other, doors):
    code(answer, one, (doors, "Kila mtu", "supports"))
    code(answer, other, (doors, "nafasi", "supports"))

    shared = SharedAnswer.objects.get()
    assert (shared.is_agreed, shared.agreed_by) == (True, None)
    assert len(Evidence.objects.published()) == 2
    assert list(SharedAnswer.objects.to_agree_on()) == []


def test_two_who_have_found_nothing_have_agreed_at_once(answer, one, other):
    finish(answer, one)
    finish(answer, other)

    assert SharedAnswer.objects.get().is_agreed
    assert Answer.objects.get().is_coded


def test_who_is_done_first_can_still_change_their_marks(answer, one, other, doors):
    finish(answer, one)
    make_evidence(answer, problem=doors, coder=one)

    code(answer, other, (doors, "nafasi", "supports"))

    assert SharedAnswer.objects.get().is_agreed


# Two who differ


def test_two_who_differ_have_to_agree_and_nobody_sees_their_marks_before(answer, one, other, doors):
    code(answer, one, (doors, "nafasi", "supports"))
    code(answer, other, (doors, "nafasi", "contradicts"))

    assert [each.answer for each in SharedAnswer.objects.to_agree_on()] == [answer]
    assert list(Evidence.objects.settled()) == []


def test_what_waits_longest_comes_first(monkeypatch, one, other, doors):
    set_share(100)
    answers = [make_answer(TEXT) for _each in range(3)]
    for hour, each in zip((2, 1, 3), answers, strict=True):
        freeze(monkeypatch, f"2026-03-01T0{hour}:00Z")
        finish(each, one)
        code(each, other, (doors, "nafasi", "supports"))

    waiting = [each.answer for each in SharedAnswer.objects.to_agree_on()]

    assert waiting == [answers[1], answers[0], answers[2]]


def test_only_its_coders_and_organizers_agree_on_an_answer(answer, one, other, doors):
    finish(answer, one)
    code(answer, other, (doors, "nafasi", "supports"))
    third, organizer = make_user("third", "Coder"), make_user("organizer", "Organizer")

    may = {user.username: SharedAnswer.objects.agreeable_by(user).count() for user in (one, other, third, organizer)}

    assert may == {"one": 1, "other": 1, "third": 0, "organizer": 1}


def test_a_coder_of_words_that_were_changed_since_has_no_part_in_it(answer, one, other, doors):
    finish(answer, one)
    answer.response.edit({answer.question: "Hatuna nafasi."})
    answer.response.accept()
    answer.refresh_from_db()

    finish(answer, other)
    code(answer, make_user("third", "Coder"), (doors, "nafasi", "supports"))

    waiting = SharedAnswer.objects.to_agree_on()
    assert [waiting.agreeable_by(user).count() for user in (one, other)] == [0, 1]


def test_nobody_changes_marks_while_they_are_to_be_agreed_on(answer, one, other, doors, power):
    finish(answer, one)
    code(answer, other, (doors, "nafasi", "supports"))
    before = quotes()

    for coder in (one, make_user("third")):
        with pytest.raises(ValidationError, match=LOCKED):
            make_evidence(answer, problem=power, quote="umeme", coder=coder)
    with pytest.raises(ValidationError, match=LOCKED):
        Evidence.objects.get().take_back()
    with pytest.raises(ValidationError, match=LOCKED):
        Evidence.objects.get().change(claim=doors, stance="contradicts", note="")
    with pytest.raises(ValidationError, match=LOCKED):
        finish(answer, make_user("fourth"))

    assert quotes() == before


@pytest.mark.parametrize(
    ("choice", "kept", "decided"),
    [
        (Choice.FIRST, {"first"}, {"first"}),
        (Choice.SECOND, {"second"}, {"second"}),
        (Choice.BOTH, {"first", "second"}, {"mixed"}),
        (Choice.NOTHING, set(), {""}),
    ],
)
def test_a_joint_decision_keeps_the_marks_of_what_was_chosen(answer, one, other, doors, choice, kept, decided):
    code(answer, one, (doors, "nafasi", "supports"))
    code(answer, other, (doors, "nafasi", "contradicts"))
    names = dict(zip(("first", "second"), (each.coder for each in SharedAnswer.objects.get().readings()), strict=True))
    stances = {one: "supports", other: "contradicts"}

    agree(answer, one, doors=choice)

    assert {mark.coder for mark in Evidence.objects.published()} == {names[each] for each in kept}
    assert {each.value for each in JointDecision.objects.all()} == {
        stances[names[each]] if each in names else each for each in decided
    }
    shared = SharedAnswer.objects.get()
    assert (shared.is_agreed, shared.agreed_by) == (True, one)


def test_what_both_have_found_stays_without_a_decision(answer, one, other, doors, power):
    code(answer, one, (doors, "nafasi", "supports"), (power, "umeme", "supports"))
    code(answer, other, (doors, "Kila mtu", "supports"))

    agree(answer, other, power=Choice.NOTHING)

    assert quotes() == [("doors", "Kila mtu", "supports", "other"), ("doors", "nafasi", "supports", "one")]


@pytest.mark.parametrize("decisions", [{}, {"doors": "second thoughts"}, {"doors": Choice.BOTH}])
def test_a_decision_that_is_missing_or_makes_no_sense_changes_nothing(answer, one, other, doors, decisions):
    finish(answer, one)
    code(answer, other, (doors, "nafasi", "supports"))

    with pytest.raises(ValidationError, match="Decide about each"):
        agree(answer, one, **decisions)

    assert not SharedAnswer.objects.get().is_agreed
    assert Evidence.objects.count() == 1


def test_a_second_decision_changes_nothing(answer, one, other, doors):
    finish(answer, one)
    code(answer, other, (doors, "nafasi", "supports"))
    shared = SharedAnswer.objects.get()
    units = shared.units()
    agree(answer, one, doors=Choice.NOTHING)

    with pytest.raises(ValidationError, match="a moment before"):
        shared.agree({units[0].key: (Choice.FIRST, "")}, by=other, seen=shared.fingerprint(units))

    assert SharedAnswer.objects.get().agreed_by == one
    assert JointDecision.objects.count() == 1


def test_an_answer_that_its_author_has_changed_is_coded_by_both_again(answer, one, other, doors):
    finish(answer, one)
    code(answer, other, (doors, "nafasi", "supports"))
    shared = SharedAnswer.objects.get()
    units = shared.units()
    seen = shared.fingerprint(units)
    answer.response.edit({answer.question: "Kila mtu ana nafasi ndogo."})
    answer.response.accept()

    with pytest.raises(ValidationError, match=EDITED):
        shared.agree({units[0].key: (Choice.NOTHING, "")}, by=one, seen=seen)

    assert list(SharedAnswer.objects.to_agree_on()) == []
    assert [each.pk for each in AnswerToCode.objects.to_code()] == [answer.pk]
    finish(answer, one)
    finish(answer, other)
    assert [each.answer for each in SharedAnswer.objects.to_agree_on()] == [answer]


def test_an_answer_that_reads_as_before_again_is_coded_by_two_again(answer, one, other, doors):
    finish(answer, one)
    code(answer, other, (doors, "nafasi", "supports"))
    for text in ("Sina la kusema.", TEXT):
        answer.response.edit({answer.question: text})
        answer.response.accept()
    assert list(SharedAnswer.objects.to_agree_on()) == []
    assert [each.pk for each in AnswerToCode.objects.to_code()] == [answer.pk]

    answer.refresh_from_db()
    code(answer, make_user("third", "Coder"), (doors, "Kila mtu", "supports"))
    assert list(SharedAnswer.objects.to_agree_on()) == []
    finish(answer, one)

    assert [each.answer for each in SharedAnswer.objects.to_agree_on()] == [answer]


def test_an_answer_that_is_withdrawn_cannot_be_agreed_on(answer, one, other, doors):
    finish(answer, one)
    code(answer, other, (doors, "nafasi", "supports"))
    shared = SharedAnswer.objects.get()
    units = shared.units()
    seen = shared.fingerprint(units)
    answer.response.withdraw()

    with pytest.raises(ValidationError, match="The author has just withdrawn this answer."):
        shared.agree({units[0].key: (Choice.NOTHING, "")}, by=one, seen=seen)


def test_a_coder_whose_account_is_gone_has_a_reading_still(answer, one, other, doors, power):
    code(answer, one, (doors, "nafasi", "supports"))
    code(answer, other, (power, "umeme", "supports"))
    one.delete()
    organizer = make_user("organizer", "Organizer")
    gone = next(n for n, each in enumerate(SharedAnswer.objects.get().readings()) if each.coder is None)

    agree(answer, organizer, doors=list(Choice)[gone], power=Choice.NOTHING)

    assert [(mark.claim, mark.quote) for mark in Evidence.objects.published()] == [(doors, "nafasi")]


def test_two_coders_whose_accounts_are_gone_have_their_readings_still(answer, one, other, doors):
    code(answer, one, (doors, "nafasi", "supports"))
    code(answer, other, (doors, "nafasi", "contradicts"))
    one.delete()
    other.delete()
    unit = SharedAnswer.objects.get().units()[0]

    agree(answer, make_user("organizer", "Organizer"), doors=Choice.SECOND)

    assert [mark.stance for mark in Evidence.objects.published()] == [unit.values[1]]


def test_who_has_begun_and_was_not_one_of_the_two_has_no_part_in_it(answer, one, other, doors, power):
    make_evidence(answer, problem=power, quote="umeme", coder=make_user("third"))
    code(answer, one, (doors, "nafasi", "supports"))

    code(answer, other, (doors, "nafasi", "supports"))

    assert {mark[3] for mark in quotes()} == {"one", "other"}


def test_after_that_its_marks_are_those_of_any_other_answer(answer, one, other, power):
    finish(answer, one)
    finish(answer, other)

    make_evidence(answer, problem=power, quote="umeme", coder=one).take_back()
    mark = make_evidence(answer, problem=power, quote="umeme", coder=make_user("third"))

    assert list(Evidence.objects.published()) == [mark]


def test_a_mark_in_a_translation_belongs_to_its_reading(answer, one, other, doors):
    translation = make_translation(answer, language="en", text="Everybody has a place.")
    make_evidence(answer, problem=doors, quote="a place", coder=one, translation=translation)
    finish(answer, one, read_in="en")
    code(answer, other, (doors, "nafasi", "supports"))

    assert SharedAnswer.objects.get().is_agreed


def test_the_author_hears_of_a_mark_on_the_day_on_which_the_coders_agree(monkeypatch, answer, one, other, doors):
    freeze(monkeypatch, "2027-03-02T12:00Z")
    code(answer, one, (doors, "nafasi", "supports"))
    freeze(monkeypatch, "2027-03-09T12:00Z")
    finish(answer, other)

    freeze(monkeypatch, "2027-03-20T12:00Z")
    before = [each.kind for each in happenings(answer.response)]
    agree(
        answer,
        one,
        doors=next(c for c in (Choice.FIRST, Choice.SECOND) if SharedAnswer.objects.get().units()[0].kept(c)),
    )

    told = [str(each.day) for each in happenings(answer.response) if each.kind == "evidence"]
    assert "evidence" not in before
    assert told == ["2027-03-20"]
