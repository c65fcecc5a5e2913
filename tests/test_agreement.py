"""How far two coders agree: the figures, against published examples, and what they are computed from."""

from collections import Counter

import pytest

from outcomes.agreement import Agreement, agreement_of, alpha, by_languages, claims_of, coded_twice, one_sided
from outcomes.agreement import without_marks as coders_without_marks
from outcomes.models import SharedAnswer
from outcomes.models.shared_sample import Choice
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_translation, make_user
from tests.test_shared_sample import TEXT, agree, code, finish, set_share
from tests.yardstick import timed, yardstick

YES, NO = "supports", "contradicts"


def columns(*coders):
    """The units of a table that has a row for each coder. A dot: this coder has not coded the unit."""
    return [[value for value in unit if value != "."] for unit in zip(*coders, strict=True)]


def test_alpha_of_two_coders_is_that_of_the_paper():
    """Krippendorff (2011), example B: nominal data, two observers, no missing data."""
    assert alpha(columns("aabbdcccedda", "babbbccceddd")) == pytest.approx(0.692, abs=0.0005)


def test_alpha_of_four_coders_with_gaps_is_that_of_the_paper():
    """Krippendorff (2011), example C: any number of observers, missing data; its nominal alpha."""
    table = columns("123321412...", "1233224125.3", ".3332342251.", "12332441251.")

    assert alpha(table) == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_three_coders_is_that_of_the_other_published_example():
    """“Krippendorff's alpha” in the English Wikipedia: three coders, 15 units."""
    table = columns(".....34121133.3", "1.213343.......", "..21344.21133.4")

    assert alpha(table) == pytest.approx(0.691, abs=0.0005)


def test_alpha_of_two_units_by_hand():
    """Values a a / a b: o_ab = o_ba = 1, n_a = 3, n_b = 1, n = 4: 1 - 3 * 2 / (2 * 3 * 1) = 0."""
    assert alpha(["aa", "ab"]) == 0
    # a b / a b: worse than chance. n_a = n_b = 2: 1 - 3 * 4 / (2 * 2 * 2) = -0.5.
    assert alpha(["ab", "ab"]) == -0.5
    assert alpha(["aa", "bb"]) == 1


def test_coders_who_find_the_same_in_98_of_100_cases_can_have_an_alpha_of_74_hundredths():
    found = Agreement((Counter({("", ""): 95, (YES, YES): 3, ("", YES): 2}),))

    assert (found.same, found.n) == (98, 100)
    assert found.alpha == pytest.approx(0.74, abs=0.005)


def test_one_lone_mark_is_an_alpha_of_nought():
    assert Agreement((Counter({("", ""): 99, ("", YES): 1}),)).alpha == 0


@pytest.mark.parametrize("answers", [(), (Counter({("", ""): 100}),), (Counter({(YES, YES): 100}),)])
def test_where_all_is_alike_there_is_no_number(answers):
    found = Agreement(answers)

    assert (found.alpha, found.interval) == (None, None)


def test_what_is_said_in_words_counts_marks_and_not_blanks():
    found = Agreement((Counter({("", ""): 50, (YES, YES): 7, (NO, YES): 2, ("", YES): 2, ("", NO): 1}),))

    assert (found.either, found.both, found.alike, found.same, found.n) == (12, 9, 7, 57, 62)


def test_positive_agreement_of_a_value_is_how_often_the_other_gave_it_too():
    """Cicchetti and Feinstein (1990): twice what both gave, among all that either gave."""
    found = Agreement((Counter({("", ""): 50, (YES, YES): 6, (NO, YES): 2, ("", NO): 1}),))

    assert found.positive == [(YES, 12 / 14), (NO, 0)]


def test_a_value_that_is_hardly_ever_given_is_named():
    found = Agreement((Counter({(YES, YES): 6, (NO, YES): 2, ("", "mixed"): 1}),))

    assert found.rare == [(NO, 2), ("mixed", 1)]


@pytest.mark.parametrize(("marks", "too_small"), [(9, True), (10, False)])
def test_under_ten_marks_there_is_too_little_to_say(marks, too_small):
    assert Agreement((Counter({(YES, YES): marks, ("", ""): 100}),)).is_too_small is too_small


def test_the_interval_is_the_same_at_each_call_and_holds_the_figure():
    answers = tuple(Counter({(YES, YES): n % 3, ("", YES): n % 2, ("", ""): 4}) for n in range(40))

    intervals = {Agreement(answers).interval for _each in range(3)}

    assert len(intervals) == 1
    lowest, highest = intervals.pop()
    assert lowest < Agreement(answers).alpha < highest
    assert 0.1 < highest - lowest < 0.6


def test_the_interval_is_over_answers_and_not_over_what_one_answer_says_to_several_claims():
    alike, unlike = Counter({(YES, YES): 10, ("", ""): 10}), Counter({("", YES): 10, ("", ""): 10})
    few = Agreement((alike, unlike) * 4)
    apart = (Counter({(YES, YES): 1, ("", ""): 1}), Counter({("", YES): 1, ("", ""): 1}))
    many = Agreement(apart * 40)

    assert few.pairs == many.pairs
    assert few.interval[1] - few.interval[0] > 2 * (many.interval[1] - many.interval[0])


def test_the_interval_of_many_answers_is_computed_fast():
    kinds = [(YES, YES), ("", YES), ("", NO), (NO, NO), (NO, YES), ("", "")]
    answers = tuple(Counter(kinds[(n * step) % 6] for step in range(1, 24)) for n in range(20_000))

    seconds, interval = timed(lambda: Agreement(answers).interval)

    assert interval
    assert seconds < 60 * yardstick()


# What they are computed from


@pytest.fixture
def coders(db):
    set_share(100)
    return [make_user(name, "Coder") for name in ("one", "other")]


@pytest.fixture
def doors(coders):
    return make_problem("doors", title="Doors")


def key(claim):
    return claim.kind(), claim.pk


def test_only_answers_that_two_are_done_with_are_compared(coders, doors):
    one, other = coders
    both, alone = make_answer(TEXT), make_answer(TEXT)
    code(both, one, (doors, "nafasi", YES))
    code(alone, one, (doors, "nafasi", YES))
    finish(both, other)

    assert agreement_of(coded_twice(), [key(doors)]).pairs == {("", YES): 1}


def test_it_is_computed_from_what_was_found_before_the_two_agreed(coders, doors):
    one, other = coders
    answer = make_answer(TEXT)
    code(answer, one, (doors, "nafasi", YES))
    code(answer, other, (doors, "nafasi", NO))

    agree(answer, one, doors=Choice.NOTHING)

    assert agreement_of(coded_twice(), [key(doors)]).pairs == {(NO, YES): 1}


def test_what_is_coded_anew_after_agreeing_is_not_compared(coders, doors):
    one, other = coders
    answer = make_answer(TEXT)
    code(answer, one, (doors, "nafasi", YES))
    code(answer, other, (doors, "nafasi", YES))
    answer.response.edit({answer.question: "Kila mtu ana nafasi hapa."})
    answer.response.accept()

    for coder in coders:
        finish(answer, coder)

    assert coded_twice() == []


def test_a_claim_that_was_made_after_somebody_was_done_is_no_unit_of_that_answer(coders, doors):
    one, other = coders
    before, between, after = (make_answer(TEXT) for _each in range(3))
    code(before, one, (doors, "nafasi", YES))
    code(before, other, (doors, "nafasi", YES))
    finish(between, one)
    late = make_solution("late")
    code(between, other, (doors, "nafasi", YES), (late, "Chumba", YES))
    code(after, one, (late, "Chumba", YES))
    finish(after, other)

    twice = coded_twice()

    assert agreement_of(twice, [key(late)]).pairs == {("", YES): 1}
    assert agreement_of(twice, claims_of(twice)).pairs == {(YES, YES): 1, ("", YES): 2, ("", ""): 1}


def test_whoever_is_done_first_and_marks_on_has_found_a_claim_that_was_made_later(coders, doors):
    one, other = coders
    answer = make_answer(TEXT)
    finish(answer, one)
    late = make_solution("late")
    make_evidence(answer, solution=late, quote="Chumba", coder=one)
    finish(answer, other)

    assert agreement_of(coded_twice(), [key(late)]).pairs == {("", YES): 1}


def test_of_accounts_that_are_gone_nobody_says_that_all_marks_are_one_coders(coders, doors):
    one, other = coders
    for each in range(2):
        answer = make_answer(TEXT)
        code(answer, one, (doors, "nafasi", YES))
        code(answer, other, *[(doors, "nafasi", YES)] * each)
    for coder in coders:
        coder.delete()

    assert (one_sided(coded_twice(), key(doors)), coders_without_marks(coded_twice())) == (False, 0)


def test_answers_outside_of_the_sample_are_not_compared(coders, doors):
    set_share(0)
    answer = make_answer(TEXT)
    for coder in coders:
        code(answer, coder, (doors, "nafasi", YES))

    assert coded_twice() == []


def test_claims_that_nobody_has_marked_are_left_out(coders, doors):
    one, other = coders
    solution = make_solution("rooms")
    make_problem("unused")
    answer = make_answer(TEXT)
    code(answer, one, (doors, "nafasi", YES))
    code(answer, other, (solution, "Chumba", YES))

    assert claims_of(coded_twice()) == {key(doors), key(solution)}


def test_original_against_translation_is_compared_by_languages(coders, doors):
    one, other = coders
    read_in = [("", "en"), ("fr", ""), ("en", ""), ("", ""), ("en", "en"), ("en", "fr")]
    for ones, others in read_in:
        answer = make_answer(TEXT)
        for language in {ones, others} - {""}:
            make_translation(answer, language=language, text="Room.")
        finish(answer, one, read_in=ones)
        finish(answer, other, read_in=others)

    found = by_languages(coded_twice())

    assert {pair: len(twice) for pair, twice in found.items()} == {("sw", "en"): 2, ("sw", "fr"): 1}
    assert list(found) == [("sw", "en"), ("sw", "fr")]


def test_a_coder_who_has_marked_nothing_is_counted(coders, doors):
    one, other = coders
    for _each in range(2):
        answer = make_answer(TEXT)
        code(answer, one, (doors, "nafasi", YES))
        finish(answer, other)

    assert coders_without_marks(coded_twice()) == 1
    assert one_sided(coded_twice(), key(doors))


def test_withdrawn_answers_are_in_no_figure(coders, doors):
    answer = make_answer(TEXT)
    for coder in coders:
        finish(answer, coder)

    answer.response.withdraw()

    assert coded_twice() == []
    assert not SharedAnswer.objects.exists()


def test_the_figures_take_two_queries(coders, doors, django_assert_num_queries):
    for _each in range(3):
        answer = make_answer(TEXT)
        for coder in coders:
            code(answer, coder, (doors, "nafasi", YES))

    with django_assert_num_queries(2):
        assert len(coded_twice()) == 3
