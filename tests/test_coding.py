"""When a coder is done with an answer, what they have found is kept, and the answer leaves what is to be coded."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from outcomes.models import Coding, Evidence
from outcomes.models.evidence import OverlapError
from responses.models import Answer, Response

from .factories import (
    DAY,
    make_answer,
    make_evidence,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
)
from .test_consent import quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder():
    return make_user("coder")


def finish(answer, coder, **how):
    return Coding.objects.finish(answer, coder, **{"seen": answer.fingerprint} | how)


def to_code():
    return list(Answer.objects.to_code())


def found(coding):
    return {each.claim: each.value for each in coding.values.all()}


def test_what_a_coder_has_found_is_kept_claim_by_claim(coder):
    answer = make_answer("Hakuna umeme. Hakuna mtandao. Hakuna watu.")
    make_translation(answer, language="ar")
    power, people, rooms = make_problem("power"), make_solution("people"), make_problem("rooms")
    make_evidence(answer, problem=power, quote="umeme", coder=coder)
    make_evidence(answer, problem=power, quote="mtandao", stance="contradicts", coder=coder)
    make_evidence(answer, solution=people, quote="watu", stance="qualifies", coder=coder)
    make_evidence(answer, problem=rooms, quote="watu", coder=make_user("other"))

    coding = finish(answer, coder, read_in="ar")

    assert found(coding) == {power: "mixed", people: "qualifies"}
    assert (coding.of_text, coding.read_in) == (answer.fingerprint, "ar")
    assert to_code() == []


def test_nothing_here_is_a_coding_without_a_value(coder):
    answer = make_answer()

    coding = finish(answer, coder, is_empty=True)

    assert found(coding) == {}
    assert to_code() == []


def test_being_done_again_replaces_what_was_found(coder):
    answer, problem = make_answer(), make_problem()
    first = finish(answer, coder)
    make_evidence(answer, problem=problem, coder=coder)

    again = finish(answer, coder)

    assert list(Coding.objects.all()) == [again] == [first]
    assert found(again) == {problem: "supports"}


@pytest.mark.parametrize(("marks", "is_empty"), [(1, True), (0, False)])
def test_what_a_coder_says_and_what_they_have_marked_must_agree(coder, marks, is_empty):
    answer = make_answer()
    for _each in range(marks):
        make_evidence(answer, coder=coder)

    with pytest.raises(ValidationError):
        finish(answer, coder, is_empty=is_empty)

    assert (Coding.objects.count(), to_code()) == (0, [answer])


@pytest.mark.parametrize("read_in", ["xx", "fr", "a\x00"])
def test_nobody_has_read_a_translation_that_is_not_there(coder, read_in):
    answer = make_answer()
    make_translation(answer, language="ar")

    with pytest.raises(ValidationError):
        finish(answer, coder, read_in=read_in, is_empty=True)

    assert (Coding.objects.count(), to_code()) == (0, [answer])


def test_a_mark_that_was_edited_away_is_nothing_found(coder):
    answer = make_answer("Hawana mtandao.")
    make_evidence(answer, quote="mtandao", coder=coder)
    answer.response.edit({answer.question: "Maneno mengine."})
    answer.response.accept()

    coding = finish(Answer.objects.get(), coder, is_empty=True)

    assert found(coding) == {}


def _edit(answer):
    answer.response.edit({answer.question: "Maneno mengine."})


def _edit_and_accept(answer):
    _edit(answer)
    answer.response.accept()


@pytest.mark.parametrize(
    "leave",
    [_edit, _edit_and_accept, lambda answer: answer.response.decline("No."), lambda answer: answer.response.withdraw()],
)
def test_nobody_is_done_with_words_that_have_changed_or_gone(coder, leave):
    answer = make_answer()
    leave(answer)

    with pytest.raises(ValidationError):
        finish(answer, coder)

    assert Coding.objects.count() == 0
    assert not Answer.objects.filter(is_coded=True).exists()


def test_an_edited_answer_is_to_be_coded_again_and_one_that_stayed_is_not(coder):
    response = make_response({"meaning": "Kila mtu.", "needs": "Umeme."})
    meaning, needs = response.answers.order_by("question__position")
    for each in (meaning, needs):
        finish(each, coder)

    response.edit({meaning.question: "Kila mtu.", needs.question: "Maji."})
    response.accept()

    assert to_code() == [needs]


def test_undoing_puts_an_answer_back_unless_somebody_else_is_done_with_it(coder):
    answer = make_answer()
    mine, theirs = finish(answer, coder), finish(answer, make_user("other"))

    left = []
    for coding in (mine, mine, theirs):
        coding.undo()
        left.append((Coding.objects.count(), to_code()))

    assert left == [(1, []), (1, []), (0, [answer])]


def test_answers_to_code_are_the_accepted_ones_those_of_one_response_together():
    make_response({"meaning": "a"}, sharing="organizers", accepted_on=DAY.replace(day=3))
    for _each in range(3):
        make_response({"meaning": "a", "needs": "b", "resources": "c"})
    Response.objects.first().withdraw()

    listed = to_code()

    assert [each.accepted_on for each in listed] == sorted(each.accepted_on for each in listed)
    responses = [each.response_id for each in listed]
    runs = [each for each, before in zip(responses, [None, *responses], strict=False) if each != before]
    assert len(runs) == len(set(responses))
    assert {each.pk for each in listed} == set(Answer.objects.values_list("pk", flat=True))


def test_what_comes_behind_an_answer_and_ahead_of_it_is_all_but_itself_in_order():
    for day in (1, 1, 2):
        make_response({"meaning": "a", "needs": "b"}, accepted_on=DAY.replace(day=day))
    listed = to_code()

    for place, answer in enumerate(listed):
        behind = [each for rows in Answer.objects.behind(answer) for each in rows]
        ahead = {each for rows in Answer.objects.ahead_of(answer) for each in rows}
        assert behind == listed[place + 1 :]
        assert ahead == set(listed[:place])


# --- Marks that are changed ---


def test_a_mark_says_something_else_of_the_same_words(coder):
    mark = make_evidence(coder=coder)
    solution = make_solution(revision=4)
    Evidence.objects.update(is_example=True)

    Evidence.objects.get().change(claim=solution, stance="contradicts", note="Read on.")

    now = Evidence.objects.get()
    assert (now.pk, now.claim, now.stance, now.note, now.claim_revision, now.is_example, now.quote, now.coder) == (
        mark.pk,
        solution,
        "contradicts",
        "Read on.",
        4,
        False,
        "nafasi",
        coder,
    )


def test_a_quoted_mark_says_nothing_else_but_its_note_may_change(coder):
    mark = make_evidence(coder=coder)
    quote(mark)
    problem = mark.claim

    for claim, stance in ((problem, "contradicts"), (make_solution(), "supports")):
        with pytest.raises(ValidationError):
            mark.change(claim=claim, stance=stance, note="")
    Evidence.objects.get().change(claim=problem, stance="supports", note="Well said.")

    now = Evidence.objects.get()
    assert (now.claim, now.stance, now.note) == (problem, "supports", "Well said.")


def test_a_mark_is_not_changed_to_a_claim_for_which_its_coder_has_marked_the_same_words(coder):
    answer, problem, solution = make_answer(), make_problem(), make_solution()
    there = make_evidence(answer, solution=solution, quote="nafasi", coder=coder)
    mark = make_evidence(answer, problem=problem, quote="ana nafasi", coder=coder)
    of_another = make_evidence(answer, problem=problem, quote="ana nafasi", coder=make_user("other"))

    with pytest.raises(OverlapError) as refusal:
        mark.change(claim=solution, stance="supports", note="")
    of_another.change(claim=solution, stance="supports", note="")

    assert refusal.value.there == there
    assert {each.pk: each.claim for each in Evidence.objects.all()} == {
        there.pk: solution,
        mark.pk: problem,
        of_another.pk: solution,
    }


def test_a_mark_that_was_taken_back_is_not_changed(coder):
    mark = make_evidence(coder=coder)
    Evidence.objects.all().delete()

    with pytest.raises(ValidationError):
        mark.change(claim=mark.claim, stance="contradicts", note="")

    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("sharing", "published", "is_possible"),
    [("unnamed", True, True), ("unnamed", False, False), ("organizers", True, False)],
)
def test_only_what_readers_see_becomes_an_example(sharing, published, is_possible):
    mark = make_evidence(make_answer(sharing=sharing), problem=make_problem(published=published))

    try:
        mark.choose_as_example()
    except ValidationError:
        assert not is_possible

    assert Evidence.objects.filter(is_example=True).exists() is is_possible
    assert Evidence.objects.examples().exists() is is_possible


def test_an_example_that_readers_see_no_more_is_none_any_more():
    mark = make_evidence()
    mark.choose_as_example()

    mark.answer.response.decline("No.")

    assert list(Evidence.objects.examples()) == []


# --- Marks that were edited away ---


def test_since_when_a_mark_is_lost_is_kept_until_it_is_found_again():
    lost, standing = make_evidence(), make_evidence(problem=make_problem("other"))
    answer = lost.answer

    told = []
    for text, day in (("Maneno mengine.", 5), ("Mengine tena.", 7), (answer.text, 9)):
        Answer.objects.filter(pk=answer.pk).update(text=text)
        Evidence.objects.keep_lost(on=DAY.replace(day=day))
        told.append(Evidence.objects.values_list("lost_on", flat=True).get(pk=lost.pk))

    assert told == [DAY.replace(day=5), DAY.replace(day=5), None]
    assert list(Evidence.objects.edited_away()) == []
    assert Evidence.objects.get(pk=standing.pk).lost_on is None


def test_only_marks_that_were_asked_for_are_looked_at():
    first, second = make_evidence(), make_evidence(problem=make_problem("other"))
    Answer.objects.update(text="Maneno mengine.")

    first.answer.evidence.keep_lost()

    assert list(Evidence.objects.edited_away()) == [first]
    Evidence.objects.keep_lost()
    assert set(Evidence.objects.edited_away()) == {first, second}


def test_housekeeping_finds_marks_that_were_edited_away():
    mark = make_evidence()
    Answer.objects.update(text="Maneno mengine.")

    call_command("housekeeping", "--no-mail")

    assert list(Evidence.objects.edited_away()) == [mark]
