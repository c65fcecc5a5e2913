import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.models import Evidence, Problem
from responses.languages.passages import Passage, find_passage
from responses.models import Answer, Translation
from responses.validators import is_blank

from .factories import make_answer, make_evidence, make_problem, make_translation, make_user

pytestmark = pytest.mark.django_db


def test_a_mark_keeps_the_passage_with_its_place_and_context():
    answer = make_answer("Kwetu wakulima hawana mtandao wa intaneti.")
    problem = make_problem(revision=3)

    mark = make_evidence(answer, problem=problem, quote="hawana mtandao", stance="qualifies")

    assert (mark.start, mark.end, mark.quote, mark.before, mark.after, mark.stance, mark.claim_revision) == (
        15,
        29,
        "hawana mtandao",
        "Kwetu wakulima ",
        " wa intaneti.",
        "qualifies",
        3,
    )


def test_a_pasted_passage_is_found_even_if_its_white_space_has_changed():
    text = "One line,\nand  another."

    assert find_passage(text, " line, and another. \r\n") == Passage(text, 4, 23)


@pytest.mark.parametrize("quote", ["", " \n", "not there", "again"])
def test_a_passage_that_is_missing_or_ambiguous_is_refused(quote):
    with pytest.raises(ValidationError):
        find_passage("again and again", quote)


def test_a_selected_passage_is_found_at_its_position():
    assert find_passage("again and again", "again", start=10) == Passage("again and again", 10, 15)


def test_offsets_count_code_points():
    text = "🌍🌍 ulimwengu"

    assert find_passage(text, "ulimwengu").start == 3


@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=80),
    data=st.data(),
)
def test_any_selected_passage_is_found_where_it_was_selected(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    if is_blank(quote):
        return
    start += len(quote) - len(quote.lstrip())

    assert find_passage(text, quote, start=start).quote == quote.strip()


def test_a_passage_is_still_found_after_an_edit_before_it():
    mark = make_evidence(make_answer("Hawana mtandao."), quote="mtandao")

    Answer.objects.update(text="Kwanza: watu wa kijijini hawana mtandao.")

    mark = Evidence.objects.get(pk=mark.pk)
    assert mark.passage.quote == "mtandao"
    assert list(Evidence.objects.found()) == [mark]


def test_if_a_passage_occurs_twice_the_one_in_the_same_context_is_found():
    mark = make_evidence(make_answer("red door, blue roof"), quote="blue")

    Answer.objects.update(text="a blue sky over the red door, blue roof")

    assert Evidence.objects.get(pk=mark.pk).passage.start == 30


def test_a_passage_is_lost_if_its_words_stand_in_another_context():
    mark = make_evidence(make_answer("We think: I agree. Nothing else."), quote="I agree")

    Answer.objects.update(text="It is not true that I agree with any of this.")

    assert Evidence.objects.get(pk=mark.pk).is_lost
    assert list(Evidence.objects.found()) == []


def test_a_passage_that_was_a_whole_text_is_found_while_it_begins_or_ends_the_text():
    mark = make_evidence(make_answer("I agree"), quote="I agree")

    for text, is_found in (
        ("I agree", True),
        ("I agree with none", True),
        ("So I agree", True),
        ("Do I agree?", False),
    ):
        Answer.objects.update(text=text)
        assert Evidence.objects.get(pk=mark.pk).is_lost is not is_found
        assert Evidence.objects.found().exists() is is_found


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_database_and_the_page_find_the_same_passages(data):
    words = st.lists(st.sampled_from(["a", "b", "ab", " ", "%", "_", "é", "İ", "\U0001f30d"]), min_size=1, max_size=12)
    before, after = "".join(data.draw(words)), "".join(data.draw(words))
    start = data.draw(st.integers(0, len(before) - 1))
    quote = before[start : data.draw(st.integers(start + 1, len(before)))]
    if not before.strip() or not quote.strip() or not after.strip():
        return
    with transaction.atomic():
        answer = make_answer(before)
        problem = make_problem(f"p{answer.pk}")
        passage = Passage(before, start, start + len(quote))
        mark = Evidence.objects.mark(problem, answer, passage, stance="supports", coder=None)
        Answer.objects.filter(pk=answer.pk).update(text=after)

        is_found = Evidence.objects.found().filter(pk=mark.pk).exists()

        assert is_found is not Evidence.objects.get(pk=mark.pk).is_lost
        transaction.set_rollback(True)


def test_evidence_in_a_translation_that_was_replaced_is_not_published():
    answer = make_answer("Hawana mtandao.")
    translation = make_translation(answer, text="بلا إنترنت.")
    make_evidence(answer, quote="إنترنت", translation=translation)

    Translation.objects.update(status="replaced")

    assert list(Evidence.objects.published()) == []
    assert Evidence.objects.get().is_lost


def test_a_passage_that_was_edited_away_is_lost_and_no_longer_published():
    mark = make_evidence(make_answer("Hawana mtandao."), quote="mtandao")

    Answer.objects.update(text="Maneno mengine.")

    mark = Evidence.objects.get(pk=mark.pk)
    assert mark.is_lost
    assert list(Evidence.objects.lost()) == [mark]
    assert list(Evidence.objects.published()) == []


def test_a_passage_whose_capitals_changed_is_lost_on_every_database():
    mark = make_evidence(make_answer("Hawana mtandao."), quote="mtandao")

    Answer.objects.update(text="Hawana MTANDAO.")

    assert Evidence.objects.get(pk=mark.pk).is_lost
    assert list(Evidence.objects.lost()) == [mark]


def test_a_passage_marked_in_a_translation_is_looked_for_there():
    answer = make_answer("Hawana mtandao.")
    translation = make_translation(answer, text="بلا إنترنت.")
    mark = make_evidence(answer, quote="إنترنت", translation=translation)

    assert list(Evidence.objects.found()) == [mark]
    assert (mark.passage.start, mark.wording_language) == (4, "ar")

    Translation.objects.update(text="شيء آخر.")

    assert list(Evidence.objects.lost()) == [mark]


def test_only_evidence_for_published_problems_from_published_answers_is_public():
    public = make_evidence()
    make_evidence(make_answer(sharing="organizers"), problem=public.problem)
    make_evidence(make_answer(), problem=make_problem("draft", published=False))

    assert list(Evidence.objects.published()) == [public]


def test_a_coder_can_mark_a_passage_for_a_problem_only_once():
    coder, answer, problem = make_user("coder"), make_answer(), make_problem()
    make_evidence(answer, problem=problem, coder=coder)

    with pytest.raises(ValidationError):
        make_evidence(answer, problem=problem, coder=coder)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(
            problem=problem,
            answer=answer,
            start=13,
            end=19,
            before="Kila mtu ana ",
            quote="nafasi",
            after=".",
            stance="contradicts",
            coder=coder,
        )

    make_evidence(answer, problem=problem, coder=make_user("second-coder"))
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("evidence_ends_after_its_start", {"start": 5, "end": 5}),
        ("evidence_quotes_words", {"quote": " "}),
        ("evidence_stance_is_known", {"stance": "likes"}),
    ],
)
def test_the_database_refuses_invalid_evidence(constraint, fields):
    make_evidence()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Evidence.objects.update(**fields)


def test_a_problem_with_evidence_cannot_be_deleted():
    problem = make_evidence().problem

    with pytest.raises(IntegrityError):
        problem.delete()

    assert list(Problem.objects.all()) == [problem]


def test_the_string_of_a_mark_contains_none_of_its_words():
    mark = make_evidence()

    assert str(mark) == f"{mark.answer.response.code}/meaning → closed-doors"


def test_of_two_equal_passages_in_the_same_context_the_nearest_one_is_found():
    text = "Sema: wote pia. Sema: wote pia."
    second = text.rindex("wote")
    answer = make_answer(text)
    passage = find_passage(text, "wote", start=second)

    evidence = Evidence.objects.mark(make_problem(), answer, passage, stance="supports", coder=None)

    assert evidence.passage.start == second
    answer.text = "Naam. " + text
    assert evidence.passage.start == second + len("Naam. ")


def test_the_nearest_passage_may_also_stand_before_the_place_of_the_mark():
    # Long enough that the mark has stood between the two.
    other, same = "Hapo zamani palikuwa na mengine mengi. " * 3, "Sema: wote pia."
    answer = make_answer(other + same)
    evidence = make_evidence(answer, quote="wote")

    answer.text = same + other + other + same

    assert evidence.passage.start == answer.text.index("wote")
    answer.text = same + other + same
    assert evidence.passage.start == answer.text.rindex("wote")


def test_the_newest_marks_come_first():
    problem = make_problem()
    first, second, third = (make_evidence(problem=problem) for _ in range(3))

    assert list(Evidence.objects.newest_first()) == [third, second, first]
