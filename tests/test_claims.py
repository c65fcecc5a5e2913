"""Evidence speaks to a problem or to a solution; nobody marks the same words twice; a new claim can be proposed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from outcomes.models import Evidence, Problem, Solution
from outcomes.models.evidence import OverlapError
from outcomes.models.stance import STANCE_LABELS, Stance
from responses.languages.passages import find_passage
from responses.models import Translation
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_translation, make_user

pytestmark = pytest.mark.django_db

TEXT = "Kwetu wakulima hawana mtandao wa intaneti kijijini."


def edit(answer, text):
    answer.response.edit({answer.question: text})
    answer.response.accept()
    answer.refresh_from_db()


def stored():
    return set(Evidence.objects.values_list("quote", "stance"))


def test_evidence_speaks_to_a_solution_as_it_does_to_a_problem():
    problem, solution = make_problem(revision=2), make_solution(revision=5)

    marks = [make_evidence(problem=problem), make_evidence(solution=solution)]

    assert [(mark.claim, mark.claim_revision) for mark in marks] == [(problem, 2), (solution, 5)]
    assert [str(mark).partition(" → ")[2] for mark in marks] == ["closed-doors", "open-doors"]
    assert set(Evidence.objects.published()) == set(marks)
    assert list(solution.evidence.all()) == [marks[1]]


@pytest.mark.parametrize("claims", [{}, {"problem": make_problem, "solution": make_solution}])
def test_evidence_speaks_to_exactly_one_claim(claims):
    about = {name: make() for name, make in claims.items()}

    with pytest.raises(IntegrityError, match="evidence_of_one_claim"), transaction.atomic():
        Evidence.objects.create(answer=make_answer(), start=0, end=4, quote="Kila", stance="supports", **about)


def test_evidence_for_a_solution_that_is_not_published_is_not_public():
    make_evidence(solution=make_solution("draft", published=False))
    make_evidence(make_answer(sharing="organizers"), solution=make_solution())

    assert list(Evidence.objects.published()) == []


def test_a_solution_with_evidence_cannot_be_deleted():
    solution = make_evidence(solution=make_solution()).claim

    with pytest.raises(IntegrityError):
        solution.delete()


def test_the_same_words_are_shown_once_for_each_claim():
    answer, solution = make_answer(), make_solution()
    first = make_evidence(answer, solution=solution, coder=make_user("first"))
    make_evidence(answer, solution=solution, coder=make_user("second"))
    others = [make_evidence(answer, solution=make_solution("other")), make_evidence(answer)]

    assert set(Evidence.objects.published().once()) == {first, *others}


def test_every_stance_has_a_label_for_each_kind_of_claim():
    assert {kind: list(labels) for kind, labels in STANCE_LABELS.items()} == {
        kind.kind(): list(Stance) for kind in (Problem, Solution)
    }


@pytest.mark.parametrize(
    ("stance", "to_a_problem", "to_a_solution"),
    [
        ("supports", "Agrees", "Would help"),
        ("qualifies", "Agrees in part", "Would help in part"),
        ("contradicts", "Disagrees", "Would not help"),
    ],
)
def test_a_mark_says_its_stance_in_words_that_fit_the_claim(stance, to_a_problem, to_a_solution):
    marks = make_evidence(stance=stance), make_evidence(solution=make_solution(), stance=stance)

    assert [mark.stance_label for mark in marks] == [to_a_problem, to_a_solution]


@pytest.mark.parametrize("quote", ["hawana mtandao", "wakulima hawana", "mtandao wa", TEXT, "mtandao"])
@pytest.mark.parametrize("stance", ["supports", "contradicts"])
def test_a_coder_does_not_mark_words_that_they_have_marked_for_the_same_claim(quote, stance):
    answer, solution, coder = make_answer(TEXT), make_solution(), make_user("coder")
    there = make_evidence(answer, solution=solution, quote="hawana mtandao", coder=coder)

    with pytest.raises(OverlapError) as refused:
        make_evidence(answer, solution=solution, quote=quote, coder=coder, stance=stance)

    assert (refused.value.there, refused.value.passage.quote) == (there, quote)
    assert stored() == {("hawana mtandao", "supports")}


def test_words_beside_them_other_claims_other_coders_and_other_wordings_may_be_marked():
    answer, problem, coder = make_answer(TEXT), make_problem(), make_user("coder")
    translation = make_translation(answer, language="en", text="hawana mtandao")
    about = {"problem": problem, "quote": "hawana mtandao", "coder": coder}
    make_evidence(answer, **about)

    make_evidence(answer, **about | {"quote": "wakulima"})
    make_evidence(answer, **about | {"problem": make_problem("other")})
    make_evidence(answer, **about | {"problem": None, "solution": make_solution()})
    make_evidence(answer, **about | {"coder": make_user("second")})
    make_evidence(answer, **about | {"translation": translation})
    make_evidence(make_answer(TEXT), **about)

    assert Evidence.objects.count() == 7


def test_words_that_an_edit_has_moved_are_compared_where_they_are_now():
    answer, problem, coder = make_answer(TEXT), make_problem(), make_user("coder")
    make_evidence(answer, problem=problem, quote="hawana mtandao", coder=coder)
    edit(answer, f"Naam, ni kweli kabisa. {TEXT}")

    with pytest.raises(OverlapError):
        make_evidence(answer, problem=problem, quote="mtandao wa", coder=coder)

    # The first mark has stood here.
    old_place = find_passage(answer.text, "kabisa. Kwetu")
    make_evidence(answer, problem=problem, quote="kabisa. Kwetu", coder=coder)
    assert (old_place.start, stored()) == (15, {("hawana mtandao", "supports"), ("kabisa. Kwetu", "supports")})


def test_other_words_may_be_marked_at_the_very_place_where_a_mark_has_stood():
    answer, problem, coder = make_answer("nafasi. Kila mtu."), make_problem(), make_user("coder")
    moved = make_evidence(answer, problem=problem, quote="nafasi", coder=coder)
    edit(answer, "Vitabu, nafasi. Kila mtu.")

    mark = make_evidence(answer, problem=problem, quote="Vitabu", coder=coder)

    assert (mark.start, mark.end) == (moved.start, moved.end)
    assert Evidence.objects.get(pk=moved.pk).passage.start == 8


def test_the_same_words_may_be_marked_at_the_very_place_where_a_mark_on_others_has_stood():
    answer, problem, coder = make_answer("A nafasi kwa wote."), make_problem(), make_user("coder")
    make_evidence(answer, problem=problem, quote="nafasi", coder=coder)
    edit(answer, "B nafasi hakuna. Tunataka A nafasi kwa wote.")

    first = find_passage(answer.text, "nafasi", start=2)
    Evidence.objects.mark(problem, answer, first, stance="contradicts", coder=coder)

    assert {(mark.stance, mark.passage.start) for mark in Evidence.objects.all()} == {
        ("supports", 28),
        ("contradicts", 2),
    }


def test_the_same_words_in_two_places_are_shown_twice_though_both_were_marked_at_one_offset():
    answer, problem = make_answer("A nafasi kwa wote."), make_problem()
    moved = make_evidence(answer, problem=problem, quote="nafasi", coder=make_user("first"))
    edit(answer, "B nafasi hakuna. Tunataka A nafasi kwa wote.")
    passage = find_passage(answer.text, "nafasi", start=2)
    mark = Evidence.objects.mark(problem, answer, passage, stance="supports", coder=make_user("second"))

    assert mark.start == moved.start
    assert set(Evidence.objects.published().once()) == {moved, mark}


def test_a_mark_whose_words_were_edited_away_is_in_the_way_of_the_words_that_took_their_place_only():
    answer, problem, coder = make_answer("Kila mtu ana nafasi."), make_problem(), make_user("coder")
    lost = make_evidence(answer, problem=problem, quote="nafasi", coder=coder)
    edit(answer, "Kila mtu ana vitabu.")

    with pytest.raises(OverlapError) as refused:
        make_evidence(answer, problem=problem, quote="vitabu", coder=coder)

    assert refused.value.there == lost
    assert make_evidence(answer, problem=problem, quote="ana vitabu", coder=coder).passage


def test_words_of_a_corrected_translation_count_as_the_same_wording():
    answer, problem, coder = make_answer("now"), make_problem(), make_user("coder")
    older = make_translation(answer, language="en", text="We need cheaper internet.")
    make_evidence(answer, problem=problem, quote="cheaper internet", translation=older, coder=coder)
    Translation.objects.filter(pk=older.pk).update(status="replaced")
    newer = make_translation(answer, language="en", text="Here we need cheaper internet.")

    with pytest.raises(OverlapError):
        make_evidence(answer, problem=problem, quote="internet", translation=newer, coder=coder)


@pytest.mark.parametrize("kind", [Problem, Solution])
def test_a_coder_proposes_a_new_claim_with_a_passage_and_it_is_not_public(kind):
    make_problem(position=14), make_solution(position=12)
    answer, coder = make_answer(), make_user("coder")

    mark = Evidence.objects.propose(
        kind, "No seats", answer, find_passage(answer.text, "nafasi"), stance="supports", coder=coder
    )

    made = kind.objects.proposed().get()
    assert (mark.claim, made.title, made.source, made.is_published) == (made, "No seats", "organizers", False)
    assert made.position == {Problem: 15, Solution: 13}[kind]
    assert list(kind.objects.published().filter(pk=made.pk)) == []
    assert list(Evidence.objects.published()) == []


@pytest.mark.parametrize("published", [True, False])
def test_a_title_that_is_there_already_means_the_claim_that_has_it(published):
    problem = make_problem(title="No seats", published=published)
    answer = make_answer()

    Evidence.objects.propose(
        Problem, "no Seats", answer, find_passage(answer.text, "nafasi"), stance="supports", coder=None
    )

    assert [mark.claim for mark in Evidence.objects.all()] == [problem]
    assert list(Problem.objects.all()) == [problem]


@pytest.mark.parametrize("kind", [Problem, Solution])
@pytest.mark.parametrize(
    ("there", "proposed"),
    [
        ("Égalité", "ÉGALITÉ"),
        ("равенство", "РАВЕНСТВО"),
        ("Les  écoles", "les écoles"),
        ("E\u0301galite\u0301", "égalité"),
        ("No_seats", "no_seats"),
    ],
)
def test_a_title_in_other_capitals_is_the_same_in_every_script(kind, there, proposed):
    first = kind.objects.propose(there)

    assert kind.objects.propose(proposed) == first
    assert list(kind.objects.all()) == [first]


@pytest.mark.parametrize("other", ["No seats!", "Noxseats", "%"])
def test_a_title_in_other_letters_is_another(other):
    first = Problem.objects.propose("No_seats")

    assert Problem.objects.propose(other) != first


@pytest.mark.parametrize("kind", [Problem, Solution])
def test_behind_the_last_place_that_a_database_can_store_a_proposal_shares_that_place(kind):
    make_problem(position=32767), make_solution(position=32767)

    made = kind.objects.propose("No seats")

    made.refresh_from_db()
    assert made.position == 32767


def test_no_claim_is_proposed_with_a_mark_that_is_refused():
    answer = make_answer()
    passage = find_passage(answer.text, "nafasi")
    answer.response.withdraw()

    with pytest.raises(ValidationError):
        Evidence.objects.propose(Problem, "No seats", answer, passage, stance="supports", coder=None)

    assert list(Problem.objects.all()) == []


def test_what_organizers_have_published_is_a_proposal_no_more():
    answer = make_answer()
    Evidence.objects.propose(
        Problem, "No seats", answer, find_passage(answer.text, "nafasi"), stance="supports", coder=None
    )
    make_problem("draft", published=False)
    assert [problem.title for problem in Problem.objects.proposed()] == ["No seats"]

    problem = Problem.objects.proposed().get()
    problem.slug, problem.published_at = "seats", problem.proposed_at
    problem.store()

    assert list(Problem.objects.proposed()) == []
    # Nobody has seen its first slug.
    assert list(problem.formerslugs.all()) == []
