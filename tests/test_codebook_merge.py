"""Two problems, or two solutions, that mean the same become one: all that belongs to either belongs to that."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outcomes.models import (
    Asking,
    CodedValue,
    Evidence,
    FormerSlug,
    JointDecision,
    Merge,
    Place,
    Problem,
    Quotation,
    Revision,
    SharedAnswer,
    Solution,
    Topic,
)
from outcomes.models.merge import Moves, both
from responses.models import Recusal
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_translation, make_user
from tests.test_codebook import reword, sign_off, waiting
from tests.test_objections import make_clause, quote
from tests.test_shared_sample import agree, code, set_share

pytestmark = pytest.mark.django_db

TEXT = "Kila mtu ana nafasi. Hatuna umeme. Chumba ni kidogo."


def merge(gone, into, by=None):
    kind = type(gone).objects
    return Merge.objects.merge(kind.get(pk=gone.pk), kind.get(pk=into.pk), by=by)


@pytest.fixture
def gone():
    return make_problem("shut", title="Shut doors", title_sv="Stängda dörrar")


@pytest.fixture
def into():
    return make_problem("closed", title="Closed doors", revision=3)


def test_marks_follow_and_hold_for_the_present_words(gone, into):
    old, new = make_evidence(problem=gone, coder=make_user("one")), make_evidence(problem=into)
    Evidence.objects.filter(pk=old.pk).update(is_example=True)

    merge(gone, into)

    assert list(Problem.objects.all()) == [into]
    assert set(into.evidence.values_list("pk", "claim_revision", "is_example")) == {
        (old.pk, 3, True),
        (new.pk, 3, False),
    }


def test_marks_of_older_words_still_wait_to_be_looked_at(gone, into):
    boss, mark = make_user("boss", "Organizer"), make_evidence(problem=gone)
    reword(gone, "Barred doors")
    fresh = make_evidence(problem=gone)

    merge(gone, into)

    assert waiting(boss) == {mark}
    assert set(Evidence.objects.values_list("pk", "claim_revision")) == {(mark.pk, 0), (fresh.pk, 3)}


def test_of_two_marks_of_a_coder_on_some_of_the_same_words_the_earliest_stays(gone, into):
    answer, one, other = make_answer(TEXT), make_user("one"), make_user("other")
    first = make_evidence(answer, problem=gone, quote="ana nafasi", coder=one, note="First")
    later = make_evidence(answer, problem=into, quote="nafasi", coder=one, note="Later", stance="contradicts")
    beside = make_evidence(answer, problem=into, quote="umeme", coder=one)
    others = make_evidence(answer, problem=into, quote="nafasi", coder=other)
    nobodys = [make_evidence(answer, problem=each, quote="Chumba") for each in (gone, into)]

    done = merge(gone, into)

    assert [mark.pk for mark in done.became_one] == [later.pk]
    assert set(into.evidence.all()) == {first, beside, others, *nobodys}
    assert Evidence.objects.get(pk=first.pk).note == "First\nLater"


def test_what_hangs_on_a_mark_that_is_given_up_hangs_on_the_one_that_stays(gone, into):
    answer, one = make_answer(TEXT), make_user("one")
    translation = make_translation(answer, language="en", text="Everybody has a place.")
    first = make_evidence(answer, problem=into, coder=one)
    later = make_evidence(answer, problem=gone, coder=one)
    Evidence.objects.filter(pk=later.pk).update(is_example=True)
    quotation = quote(later, make_clause())
    place = Place.objects.create(evidence=later, translation=translation, start=0, end=5, of_text="x", in_text="y")

    merge(gone, into)

    assert list(Quotation.objects.values_list("pk", "evidence")) == [(quotation.pk, first.pk)]
    assert list(Place.objects.values_list("pk", "evidence")) == [(place.pk, first.pk)]
    assert Evidence.objects.get().is_example


@pytest.mark.parametrize("differs", [{"quote": "ana nafasi"}, {"stance": "contradicts"}])
def test_a_quotation_never_says_something_else_than_its_author_was_shown(gone, into, differs):
    answer, one = make_answer(TEXT), make_user("one")
    make_evidence(answer, problem=into, quote="nafasi", coder=one)
    later = make_evidence(answer, problem=gone, **{"quote": "nafasi", "coder": one, **differs})
    quote(later, make_clause())

    with pytest.raises(ValidationError, match="this passage is quoted beside a clause"):
        merge(gone, into)

    assert (Evidence.objects.count(), Problem.objects.count(), Merge.objects.count()) == (2, 2, 0)


DAY = date(2026, 3, 1)
AGREED, WAITS, ASKS = {"public_on": DAY}, {"public_on": DAY + timedelta(days=30)}, {"public_on": None}
OBJECTS = {"public_on": None, "objected_on": DAY}
SAYS_WHY = OBJECTS | {"objected_on": DAY + timedelta(days=1), "objection": "Not beside this."}


@pytest.mark.parametrize(
    ("one", "other", "stays"),
    [
        (AGREED, WAITS, AGREED),
        (AGREED, ASKS, AGREED),
        (WAITS, ASKS, WAITS),
        (OBJECTS, AGREED, OBJECTS),
        (SAYS_WHY, AGREED, SAYS_WHY),
        (SAYS_WHY, OBJECTS, SAYS_WHY),
    ],
)
@pytest.mark.parametrize("is_later", [False, True])
def test_of_two_quotations_in_a_clause_that_become_one_what_the_author_has_said_stays(
    gone, into, one, other, stays, is_later
):
    answer, coder, clause = make_answer(TEXT), make_user("one"), make_clause()
    for claim, said in zip((into, gone), (other, one) if is_later else (one, other), strict=True):
        mark = make_evidence(answer, problem=claim, coder=coder)
        Quotation.objects.create(clause=clause, evidence=mark, **said)

    merge(gone, into)

    [left] = Quotation.objects.all()
    assert {name: getattr(left, name) for name in stays} == stays
    assert left.evidence == Evidence.objects.get()


@pytest.mark.parametrize("is_later", [False, True])
def test_of_two_places_that_were_confirmed_the_latest_stays(gone, into, is_later):
    answer, coder = make_answer(TEXT), make_user("one")
    translation = make_translation(answer, language="en", text="Everybody has a place.")
    there = {"translation": translation, "start": 0, "of_text": "x", "in_text": "y"}
    for claim, hours in ((into, 1), (gone, 2 if is_later else 0)):
        mark, at = make_evidence(answer, problem=claim, coder=coder), timezone.now() + timedelta(hours=hours)
        Place.objects.create(evidence=mark, confirmed_at=at, end=5 + hours, **there)

    merge(gone, into)

    assert list(Place.objects.values_list("evidence", "end")) == [(Evidence.objects.get().pk, 7 if is_later else 6)]


def test_who_has_put_a_response_away_is_not_told_which_quotation_is_in_the_way(gone, into):
    answer, one = make_answer(TEXT), make_user("one")
    away, other = (make_user(name, "Organizer") for name in ("away", "other"))
    make_evidence(answer, problem=into, quote="nafasi", coder=one)
    quote(make_evidence(answer, problem=gone, quote="ana nafasi", coder=one), make_clause())
    Recusal.objects.recuse(away, answer.response)

    told = {}
    for user in (away, other):
        with pytest.raises(ValidationError) as refused:
            merge(gone, into, by=user)
        told[user] = refused.value.messages

    assert told[away] == [
        "A passage is quoted beside a clause, and its coder has marked some of its words for the other one before. "
        "Ask another organizer to merge the two."
    ]
    assert told[other][0].startswith(f"{answer} → shut: this passage is quoted")
    assert Problem.objects.count() == 2


def test_a_quotation_of_a_mark_that_stays_follows_it(gone, into):
    quotation = quote(make_evidence(problem=gone), make_clause())

    merge(gone, into)

    quotation.refresh_from_db()
    assert quotation.evidence.claim == into


def test_clauses_solutions_and_topics_of_a_problem_follow(gone, into):
    clause, second = make_clause(), make_clause(2)
    clause.problems.set([gone])
    second.problems.set([gone, into])
    solution, other = make_solution("one"), make_solution("two")
    solution.problems.set([gone])
    other.problems.set([gone, into])
    topic = Topic.objects.create(slug="t", name_en="Doors", source="cafe", problem=gone)

    merge(gone, into)

    topic.refresh_from_db()
    assert set(into.clauses.all()) == {clause, second}
    assert set(into.solutions.all()) == {solution, other}
    assert topic.problem == into


def test_problems_of_a_solution_follow():
    gone, into = make_solution("gone"), make_solution("into")
    problem = make_problem()
    gone.problems.set([problem])
    make_evidence(solution=gone)

    done = merge(gone, into)

    assert (list(Solution.objects.all()), list(into.problems.all()), done.claim) == ([into], [problem], into)
    assert [mark.claim for mark in Evidence.objects.all()] == [into]


def test_the_old_address_and_those_before_it_lead_on(client, gone, into):
    reword(gone, "Shut doors", slug="barred")

    merge(gone, into)

    for former in ("shut", "barred"):
        assert client.get(f"/en/problems/{former}/").url == "/en/problems/closed/"
    third = make_problem("third")
    merge(into, third)
    assert client.get("/en/problems/shut/").url == "/en/problems/third/"
    assert set(FormerSlug.objects.values_list("slug", "problem")) == {
        (slug, third.pk) for slug in ("shut", "barred", "closed")
    }


def test_an_address_that_readers_never_saw_leads_nowhere(into):
    merge(make_problem("draft", published=False), into)

    assert not FormerSlug.objects.exists()


def test_its_words_and_their_revisions_stay_readable_through_further_merges(gone, into):
    boss = make_user("boss")
    reword(gone, "Barred doors")
    first = merge(gone, into, by=boss)
    third = make_problem("third")

    merge(into, third)

    first.refresh_from_db()
    assert (first.claim, first.slug, first.revision, first.merged_by) == (third, "shut", 2, boss)
    assert (first.title, first.words["title_sv"]) == ("Barred doors", "Stängda dörrar")
    assert [(each["number"], each["words"]["title_en"]) for each in first.earlier] == [(1, "Shut doors")]
    assert not Revision.objects.exists()


def test_the_words_of_the_one_that_stays_and_its_sign_off_stay(gone, into):
    signed = sign_off(into)
    sign_off(gone)

    merge(gone, into)

    assert Problem.objects.get().sign_off == signed
    assert Problem.objects.get().revision == 3


# --- What two coders had found before they agreed ---


@pytest.fixture
def coders():
    return make_user("one", "Coder"), make_user("other", "Coder")


def values():
    found = CodedValue.objects.values_list("coding__coder__username", "problem__slug", "value")
    return sorted(found)


def test_what_coders_had_found_about_either_counts_as_found_about_the_one(gone, into, coders):
    set_share(100)
    one, other = coders
    answer = make_answer(TEXT)
    code(answer, one, (gone, "nafasi", "supports"), (into, "umeme", "supports"))
    code(answer, other, (gone, "nafasi", "supports"), (into, "umeme", "contradicts"))

    merge(gone, into)

    assert values() == [("one", "closed", "supports"), ("other", "closed", "mixed")]
    [unit] = SharedAnswer.objects.get().units()
    assert (unit.claim, unit.is_alike) == (into, False)
    assert sorted(unit.values) == ["mixed", "supports"]
    assert sorted(len(marks) for marks in unit.marks) == [2, 2]


def test_two_who_had_marked_the_same_as_two_problems_are_alike_and_agree_by_one_button(gone, into, coders):
    set_share(100)
    answer = make_answer(TEXT)
    code(answer, coders[0], (gone, "nafasi", "supports"))
    code(answer, coders[1], (into, "nafasi", "supports"))

    merge(gone, into)

    agree(answer, coders[0])
    assert values() == [("one", "closed", "supports"), ("other", "closed", "supports")]
    assert Evidence.objects.settled().count() == 2


def test_giving_up_one_of_two_marks_does_not_change_what_was_found(gone, into, coders):
    set_share(100)
    answer = make_answer(TEXT)
    code(answer, coders[0], (gone, "nafasi", "supports"), (into, "ana nafasi", "contradicts"))
    code(answer, coders[1])

    merge(gone, into)

    assert values() == [("one", "closed", "mixed")]
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("about_gone", "about_into", "found"),
    [("first", "first", "supports"), ("first", "second", "mixed"), ("nothing", "second", "contradicts")],
)
def test_what_was_decided_about_either_counts_as_decided_about_the_one(
    gone, into, coders, about_gone, about_into, found
):
    set_share(100)
    answer = make_answer(TEXT)
    reading = {0: "supports", 1: "contradicts"}
    codings = [code(answer, coders[n], (gone, "nafasi", reading[n]), (into, "umeme", reading[n])) for n in range(2)]
    # Readings come in an order that tells nothing of who made them.
    swapped = codings[0].pk > codings[1].pk
    swap = {"first": "second", "second": "first"} if swapped else {}
    agree(answer, coders[0], shut=swap.get(about_gone, about_gone), closed=swap.get(about_into, about_into))

    merge(gone, into)

    assert list(JointDecision.objects.values_list("problem", "value")) == [(into.pk, found)]
    assert values() == [("one", "closed", "supports"), ("other", "closed", "contradicts")]


def test_where_both_had_found_the_same_about_the_other_one_that_counts_too(gone, into, coders):
    set_share(100)
    answer = make_answer(TEXT)
    code(answer, coders[0], (gone, "nafasi", "supports"), (into, "umeme", "contradicts"))
    code(answer, coders[1], (into, "umeme", "contradicts"))
    shared = SharedAnswer.objects.get()
    about_gone = next(each for each in shared.units() if each.claim == gone)
    kept = "first" if about_gone.values[0] else "second"
    agree(answer, coders[0], shut=kept)

    merge(gone, into)

    assert list(JointDecision.objects.values_list("problem", "value")) == [(into.pk, "mixed")]


def test_whoever_was_done_before_either_was_there_could_not_find_it(gone, into):
    before = timezone.now() - timedelta(days=9)
    Problem.objects.filter(pk=gone.pk).update(made_at=before)

    merge(gone, into)

    assert Problem.objects.get().made_at == before


# --- What is refused ---


def test_what_cannot_be_one_is_refused_in_words(gone, into):
    solution = make_solution()

    for one, other, why in (
        (gone, gone, "Choose another one"),
        (gone, solution, "A problem can be merged only with a problem"),
        (solution, gone, "A problem can be merged only with a problem"),
    ):
        with pytest.raises(ValidationError, match=why):
            Merge.objects.merge(one, other, by=None)

    assert Problem.objects.count() == 2


def test_words_that_were_changed_meanwhile_are_not_merged(gone, into):
    seen = both(gone, into)
    reword(into, "Locked doors")

    with pytest.raises(ValidationError, match="One of the two was reworded"):
        Merge.objects.merge(gone, into, by=None, seen=seen)

    assert Problem.objects.count() == 2


def test_what_was_merged_or_deleted_meanwhile_is_refused_in_words(gone, into):
    third = make_problem("third")
    merge(gone, into)
    told = "An organizer has merged “Shut doors” into “Closed doors” meanwhile. Nothing was changed."

    for one, other in ((gone, third), (third, gone)):
        with pytest.raises(ValidationError, match=told):
            Merge.objects.merge(one, other, by=None)
    Problem.objects.get(pk=third.pk).delete()
    with pytest.raises(ValidationError, match="An organizer has deleted this problem or solution meanwhile"):
        Merge.objects.merge(into, third, by=None)


def test_the_numbers_say_what_would_move_without_what_is_not_agreed_on(gone, into):
    marks = [make_evidence(problem=gone) for _n in range(3)]
    reword(gone, "Barred doors")
    marks.append(make_evidence(problem=gone))
    Evidence.objects.filter(pk=marks[0].pk).update(is_example=True)
    clause = make_clause()
    quote(marks[1], clause)
    clause.problems.set([gone])
    make_solution().problems.set([gone])
    Topic.objects.create(slug="t", name_en="Doors", source="cafe", problem=gone)
    clause.statement.problems_behind.add(gone)
    Asking.objects.create(problem=gone, closes_on=timezone.localdate() + timedelta(days=14), words=[], number=1)
    set_share(100)
    make_evidence(make_answer(), problem=gone, coder=make_user("one"))

    assert Merge.objects.moves(gone) == Moves(4, 3, 1, 1, 1, 1, 1, 1, 1)


@pytest.mark.parametrize("kind", [Problem, Solution])
def test_nothing_that_leads_to_a_claim_is_forgotten_when_it_is_merged(kind):
    # Each of these follows the claim, or is kept in the merge itself, as a test above says.
    followed = ["evidence", "codedvalues", "jointdecisions", "formerslugs", "merges", "askings", "statements_behind"]
    followed += ["clauses", "solutions", "topics"] if kind is Problem else ["problems"]
    kept_in_the_merge = ["revisions", "signoffs"]

    relations = {each.related_name for each in kind._meta.related_objects}
    relations |= {each.name for each in kind._meta.many_to_many}

    assert {each.replace("%(class)s", "") for each in relations} == {*followed, *kept_in_the_merge}
