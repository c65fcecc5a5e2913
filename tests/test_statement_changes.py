"""Two versions of the statement, clause by clause."""

import pytest

from outcomes.models import Clause, Statement
from outcomes.statement_changes import changes
from tests.factories import make_problem
from tests.test_statement_versions import begin, make_version

pytestmark = pytest.mark.django_db


def shown(earlier, later, language="en"):
    return [
        (each.earlier and each.earlier.position, each.later and each.later.position, each.kind)
        for each in changes(earlier, later, language).clauses
    ]


def test_clauses_are_unchanged_reworded_new_gone_and_moved():
    earlier = make_version(clauses=("One.", "Two.", "Three.", "Four."))
    later = begin(earlier)
    later.clauses.get(position=2).delete()
    later.clauses.filter(position=1).update(text_en="The one.")
    later.clauses.filter(position=4).update(position=2)
    Clause.objects.create(statement=later, position=5, text_en="Five.")

    assert shown(earlier, later) == [
        (1, 1, "reworded"),
        (4, 2, "same"),
        (2, None, "gone"),
        (3, 3, "same"),
        (None, 5, "new"),
    ]
    found = changes(earlier, later, "en").clauses
    assert [each.is_moved for each in found] == [False, True, False, False, False]
    assert [each.is_unchanged for each in found] == [False, False, False, True, False]
    assert found[0].text.before == [("gone", "One"), ("same", ".")]
    assert found[0].text.after == [("new", "The one"), ("same", ".")]


def test_problems_that_were_added_or_removed_are_named_if_readers_see_them():
    earlier = make_version()
    [old, new, hidden] = [make_problem("old"), make_problem("new"), make_problem("hidden", published=False)]
    earlier.clauses.first().problems.add(old)
    later = begin(earlier)
    later.clauses.first().problems.set([new, hidden])

    change = changes(earlier, later, "en").clauses[0]

    assert (change.kind, change.problems_added, change.problems_removed) == ("same", [new], [old])
    assert not change.is_unchanged


def test_words_are_compared_in_the_readers_language_where_it_shows_the_change():
    earlier = make_version(clauses=("One.", "Two."), title_sv="Vi säger")
    earlier.clauses.filter(position=1).update(text_sv="Ett.")
    earlier.clauses.filter(position=2).update(text_sv="Två.")
    later = begin(earlier)
    later.clauses.filter(position=1).update(text_en="The one.", text_sv="Det ena.")
    later.clauses.filter(position=2).update(text_en="The two.")

    first, second = changes(earlier, later, "sv").clauses

    assert (first.text.language, "".join(words for _kind, words in first.text.after)) == ("sv", "Det ena.")
    assert (second.text.language, "".join(words for _kind, words in second.text.after)) == ("en", "The two.")


def test_a_better_translation_is_no_change_of_the_clause():
    earlier = make_version(clauses=("One.",))
    earlier.clauses.update(text_sv="Ett.")
    later = begin(earlier)
    later.clauses.update(text_sv="Etta.")

    found = changes(earlier, later, "sv")

    assert (found.is_any, found.clauses[0].text.is_change) == (False, False)


def test_a_clause_is_followed_over_several_versions():
    first = make_version(clauses=("One.", "Two."))
    second = begin(first)
    second.clauses.filter(position=1).update(text_en="The one.")
    second.publish()
    third = begin(second, "2028")
    third.clauses.get(position=2).delete()

    assert shown(first, third) == [(1, 1, "reworded"), (2, None, "gone")]


def test_clauses_that_come_from_each_other_in_a_circle_are_compared_all_the_same():
    # Nothing makes them; no constraint can keep them away.
    first, second, third = (make_version(name, clauses=("One.",)) for name in ("2017", "2027", "2028"))
    one, two = first.clauses.get(), second.clauses.get()
    one.earlier, two.earlier = two, one
    one.save(), two.save()

    assert shown(second, first) == [(1, 1, "same")]
    assert shown(third, first) == [(1, 1, "same")]


@pytest.mark.parametrize("number", [1, 3])
def test_a_draft_follows_in_the_same_number_of_queries_for_each_clause(number, django_assert_num_queries):
    earlier = make_version(clauses=[f"Clause {n}." for n in range(number)])
    latest = begin(earlier)
    latest.publish()
    draft = begin(earlier, "2028")

    with django_assert_num_queries(10 + number):
        draft.follow(latest)

    assert [each.earlier for each in draft.clauses.all()] == list(latest.clauses.all())


def test_versions_that_were_typed_are_compared_by_words_and_then_by_numbers():
    earlier = make_version(clauses=("One.", "Two.", "Three."))
    later = make_version("2027", clauses=("Three.", "The two.", "Four.", "Five."), published=False)

    assert shown(earlier, later) == [
        (3, 1, "same"),
        (1, None, "gone"),
        (2, 2, "reworded"),
        (None, 3, "new"),
        (None, 4, "new"),
    ]


def test_titles_and_the_conferences_own_words_are_compared_too():
    earlier = make_version(clauses=("One.",))
    later = begin(earlier, title_en="We all say")
    later.clauses.update(quotation="so it was said")

    found = changes(earlier, Statement.objects.get(pk=later.pk), "en")

    assert found.title.after == [("same", "We "), ("new", "all "), ("same", "say")]
    assert found.clauses[0].kind == "reworded"
    assert found.clauses[0].quotation.after == [("new", "so it was said")]
