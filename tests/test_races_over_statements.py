"""Two organizers with the statement at the same moment."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from outcomes.models import Clause, Quotation, Statement
from tests.factories import make_evidence
from tests.races import overtake, race
from tests.test_objections import quote
from tests.test_statement_versions import KEPT, PUBLISHED, begin, make_version

pytestmark = race


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_of_two_organizers_who_publish_at_once_exactly_one_succeeds():
    earlier = make_version()
    first, second = begin(earlier), begin(earlier, "2028")

    published, refusal = overtake(first.publish, second.publish)

    assert published is None
    assert refusal.startswith("Version 2027 has been published since this one was begun.")
    assert set(Statement.objects.published()) == {earlier, first}


def test_a_version_that_is_published_by_two_clicks_is_published_once():
    draft = begin(make_version())
    other = again(draft)

    assert overtake(draft.publish, other.publish) == (None, "It is published already.")


def test_a_new_version_that_is_begun_by_two_clicks_is_begun_once():
    earlier = make_version()

    draft, refusal = overtake(
        lambda: Statement.objects.begin(earlier, "2027"), lambda: Statement.objects.begin(earlier, "2027")
    )

    assert refusal == "There is a version of this name already."
    assert set(Statement.objects.all()) == {earlier, draft}


@pytest.mark.parametrize(
    "delete",
    [
        lambda draft: draft.delete(),
        lambda draft: Statement.objects.filter(pk=draft.pk).delete(),
        lambda draft: draft.clauses.all().delete(),
        lambda draft: draft.clauses.first().delete(),
    ],
)
def test_what_is_published_at_this_moment_is_not_deleted(delete):
    draft = begin(make_version())
    other = again(draft)

    def press():
        try:
            return delete(other)
        except ProtectedError as refusal:
            raise ValidationError(refusal.args[0]) from refusal

    assert overtake(draft.publish, press) == (None, KEPT)
    assert draft.clauses.count() == 2


def test_words_of_a_version_that_is_published_at_this_moment_are_not_changed():
    draft = begin(make_version())
    clause = draft.clauses.first()
    clause.text_en = "Something else."

    assert overtake(draft.publish, clause.store) == (None, PUBLISHED)
    assert Clause.objects.get(pk=clause.pk).text_en == "One."


def test_who_publishes_a_draft_and_who_lets_another_follow_do_not_wait_for_each_other():
    earlier = make_version()
    # Whoever publishes locks all versions in this order.
    latest, draft = sorted((begin(earlier), begin(earlier, "2028")), key=lambda version: version.pk)
    latest.publish()

    _held, followed = overtake(latest.locked, lambda: again(draft).follow(latest), then=again(draft).locked)

    assert followed is None
    assert again(draft).made_from == latest


def test_who_rewords_clauses_and_an_author_who_objects_to_both_quotations_do_not_wait_for_each_other():
    draft, evidence = make_version(published=False), make_evidence()
    clauses = list(draft.clauses.all())
    quotations = [quote(evidence, clause) for clause in clauses]
    for clause in clauses:
        clause.text_en = "Something else."

    overtake(clauses[0].store, again(quotations[1]).refuse, then=clauses[1].store)

    assert [each.is_objected_to for each in Quotation.objects.all()] == [True, True]


def test_of_two_versions_of_one_name_that_are_begun_from_different_ones_one_is_refused_in_words():
    earlier = make_version()
    later = begin(earlier)
    later.publish()

    draft, refusal = overtake(
        lambda: Statement.objects.begin(earlier, "2028"), lambda: Statement.objects.begin(later, "2028")
    )

    assert refusal == "There is a version of this name already."
    assert set(Statement.objects.all()) == {earlier, later, draft}


@pytest.mark.parametrize("of", [lambda draft: draft, lambda draft: draft.clauses.first()])
def test_what_is_deleted_at_this_moment_is_not_stored_once_more(of):
    draft = begin(make_version())
    row = of(draft)

    _deleted, refusal = overtake(again(row).delete, row.store)

    assert refusal == f"An organizer has deleted this {'version' if row == draft else 'clause'} meanwhile."
    assert not type(row).objects.filter(pk=row.pk).exists()


def test_a_clause_of_a_version_that_is_deleted_at_this_moment_is_not_stored_once_more():
    draft = begin(make_version())
    clause = draft.clauses.first()

    assert overtake(again(draft).delete, clause.store)[1] == "An organizer has deleted this version meanwhile."
    assert Clause.objects.filter(statement=draft.pk).count() == 0
