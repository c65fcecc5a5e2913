"""Did we understand you? Until the last day is over, what is asked about stays as it is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outcomes.models import Asked, Asking, Clause, Merge, Problem, Statement
from outcomes.news import happenings
from responses.models.mask import AuthorsText
from tests.askings import answer, ask, behind, close, make_draft, make_statement, make_version, refusal
from tests.factories import make_problem

pytestmark = pytest.mark.django_db


def test_a_day_ends_when_it_has_ended_everywhere_on_earth(clock):
    problem = make_draft()
    behind(problem)
    asking = ask(problem)
    assert asking.closes_on == date(2026, 3, 24)

    clock("2026-03-25", hour=11)
    assert (asking.is_open, list(Asking.objects.open())) == (True, [asking])
    clock("2026-03-25", hour=12)
    assert (asking.is_open, list(Asking.objects.closed())) == (False, [asking])
    assert asking.ends_at == datetime(2026, 3, 25, 12, tzinfo=UTC)


def test_what_is_asked_about_is_neither_reworded_nor_published_before_it_has_closed():
    problem = make_draft()
    behind(problem)
    asking = ask(problem)

    problem.title_sv, problem.use_when_en = "Stängda dörrar", "For coders."
    problem.store()
    problem.description_en = "Another meaning."
    assert "stop the asking" in refusal(problem.store)
    problem.refresh_from_db()
    problem.published_at = asking.ends_at - timedelta(seconds=1)
    assert "It can be published when that day has ended everywhere" in refusal(problem.store)
    problem.published_at = asking.ends_at
    problem.store()

    assert Problem.objects.get().published_at == asking.ends_at


def test_a_statement_is_not_published_while_it_or_one_of_its_clauses_is_asked_about():
    statement, one, other = make_statement()
    problem = make_problem()
    one.problems.add(problem)
    behind(problem)
    asking = ask(one)

    assert "can be published when" in refusal(Asking.objects.check_publishable, statement, timezone.now())
    assert "stop the asking" in refusal(Asking.objects.check_deletable, one)
    one.text_en = "Another clause."
    assert "stop the asking" in refusal(Asking.objects.check_stored, one)
    other.text_en = "Another clause."
    Asking.objects.check_stored(other)
    Asking.objects.check_publishable(statement, asking.ends_at)
    asking.stop()
    Asking.objects.check_publishable(statement, timezone.now())


def test_while_a_statement_is_asked_about_no_clause_is_added_changed_or_deleted():
    statement, one, _other = make_statement()
    problem = make_problem()
    one.problems.add(problem)
    behind(problem)
    ask(statement)
    Asking.objects.check_stored(one)
    Asking.objects.check_stored(statement)

    assert "stop the asking" in refusal(Asking.objects.check_deletable, one)
    one.text_en = "Another clause."
    assert "stop the asking" in refusal(Asking.objects.check_stored, one)
    added = Clause(statement=statement, position=3, text_en="One more.")
    assert "stop the asking" in refusal(Asking.objects.check_stored, added)
    statement.title_en = "Another title"
    assert "stop the asking" in refusal(Asking.objects.check_stored, statement)


def test_what_is_stopped_leaves_no_answer_and_can_be_changed():
    problem = make_draft()
    [response] = behind(problem)
    asking = ask(problem)
    [row] = answer(asking, "no")
    row.own_words = "█ yangu"
    row.save()
    AuthorsText.objects.create(response=response, place=f"outcomes_asked.{row.pk}.own_words", text="siri yangu")

    asking.stop()

    assert not Asked.objects.exists()
    assert not AuthorsText.objects.exists()
    problem.title_en = "Another title"
    problem.store()
    assert [each.kind for each in happenings(response) if each.kind == "understood"] == []


def test_what_has_closed_is_not_stopped():
    problem = make_draft()
    behind(problem)
    asking = close(ask(problem))

    assert refusal(asking.stop).startswith("This has closed meanwhile")
    assert Asked.objects.count() == 1


@pytest.mark.parametrize("part", [0, 1])
def test_a_version_is_not_published_while_authors_are_asked_about_it_or_about_a_clause(part):
    asked = make_version()
    behind(asked[1].problems.get())
    ask(asked[part])

    with pytest.raises(ValidationError, match="authors are asked about this"):
        asked[0].publish()

    assert Statement.objects.get().published_at is None


@pytest.mark.parametrize("part", [0, 1])
def test_a_clause_that_authors_are_asked_about_is_not_reworded_by_the_model(part):
    asked = make_version()
    behind(asked[1].problems.get())
    ask(asked[part])
    clause = Clause.objects.get()
    clause.text_en = "Doors are shut."

    with pytest.raises(ValidationError, match="stop the asking"):
        clause.store()

    assert Clause.objects.get().text_en == "Doors are closed."


def test_a_clause_is_not_added_while_authors_are_asked_about_the_version():
    statement, clause = make_version()
    behind(clause.problems.get())
    ask(statement)

    with pytest.raises(ValidationError, match="stop the asking"):
        Clause(statement=statement, position=2, text_en="One more.").store()


def test_a_claim_is_not_merged_away_while_its_authors_are_asked():
    gone, into = make_draft("gone"), make_draft("into")
    behind(gone)
    ask(gone)

    with pytest.raises(ValidationError, match="stop the asking"):
        Merge.objects.merge(gone, into, by=None)

    assert Problem.objects.count() == 2
