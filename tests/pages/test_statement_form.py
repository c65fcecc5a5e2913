"""The form in which organizers word a statement and its clauses."""

from datetime import date

import pytest

from outcomes.models import Clause, Statement
from tests.factories import make_problem, make_user

pytestmark = pytest.mark.django_db


def make_statement(clauses):
    statement = Statement.objects.create(version="2030", title_en="Statement", announced_on=date(2030, 1, 1))
    for position in range(1, clauses + 1):
        clause = Clause.objects.create(statement=statement, position=position, text_en=f"Clause {position}.")
        clause.problems.add(make_problem(f"problem-{position}", title=f"Problem {position}"))
    return statement


@pytest.mark.parametrize("clauses", [1, 3, 10])
def test_the_form_takes_the_same_number_of_queries_for_one_clause_and_for_many(
    client, django_assert_num_queries, clauses
):
    statement = make_statement(clauses)
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    address = f"/admin/outcomes/statement/{statement.pk}/change/"
    client.get(address)

    # Session, user, statement, permissions (2), clauses, their problems; and all problems, once for each time that
    # Django asks for the formset (3). From which English the texts of both were made (2).
    with django_assert_num_queries(12):
        page = client.get(address)

    assert page.content.decode().count(" checked") >= clauses


def test_the_problems_of_a_clause_can_be_changed(client):
    statement = make_statement(1)
    clause, other = statement.clauses.get(), make_problem("other", title="Other")
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    address = f"/admin/outcomes/statement/{statement.pk}/change/"
    form = client.get(address).context["adminform"].form
    formset = client.get(address).context["inline_admin_formsets"][0].formset
    typed = {f"{form.prefix or ''}{name}": form[name].value() or "" for name in form.fields}
    for each in (formset.management_form, *formset.forms):
        typed |= {each.add_prefix(name): each[name].value() or "" for name in each.fields}

    page = client.post(address, typed | {formset.forms[0].add_prefix("problems"): [other.pk]})

    assert page.status_code == 302
    assert list(clause.problems.all()) == [other]
