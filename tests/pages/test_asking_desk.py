"""Organizers ask those behind a text, and stop it."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.utils import timezone

from outcomes.models import Asked, Asking, Problem, Statement
from responses.models import Contact
from tests.askings import LIST, answer, ask, behind, close, make_closed, make_draft, make_statement, text_of
from tests.factories import change_current, make_answer, make_evidence, make_problem, make_solution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_promised():
    change_current(results_by=None)


@pytest.fixture
def organizer(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    return client


@pytest.fixture
def closed():
    return make_closed()


def ask_page(thing):
    return f"{LIST}ask/{thing._meta.model_name}/{thing.pk}/"


def day(days=14):
    return {"closes_on": (timezone.localdate() + timedelta(days=days)).isoformat()}


def logged():
    return list(LogEntry.objects.order_by("pk").values_list("change_message", flat=True))


def test_the_page_says_who_is_asked_and_what_happens_before_anybody_is_asked(organizer):
    problem, other = make_draft(title="Closed <doors>"), make_draft("other")
    busy, *_free = behind(problem, 3)
    make_evidence(busy.answers.get(), problem=other)
    ask(other)

    page = organizer.get(ask_page(problem))

    text = text_of(page)
    assert "Closed <doors>" in text
    assert "2 responses with passages that stand behind this" in text
    assert "1 more is being asked about something else, and is not asked" in text
    assert "Nobody is asked about anything else before the last day is over." in text
    assert "How many answered is told if five or more did" in text
    assert Asking.objects.count() == 1


def test_the_page_does_not_change_with_the_addresses_that_authors_have_left(organizer):
    # With every response that comes in, organizers could learn whether its author has left one.
    problem = make_draft()
    responses = behind(problem, 12)
    for n, each in enumerate(responses[:5]):
        Contact.objects.leave(each, f"somebody{n}@example.org", "en")
    before = text_of(organizer.get(ask_page(problem)))

    Contact.objects.leave(responses[5], "another@example.org", "en")

    assert text_of(organizer.get(ask_page(problem))) == before


def test_an_organizer_asks_from_the_form_of_a_problem(organizer):
    problem = make_draft()
    behind(problem, 2)
    assert (
        f'href="{ask_page(problem)}"' in organizer.get(f"/admin/outcomes/problem/{problem.pk}/change/").content.decode()
    )

    page = organizer.post(ask_page(problem), day(), follow=True)

    [asking] = Asking.objects.all()
    assert (asking.number, asking.asked_by.username) == (2, "organizer")
    assert page.redirect_chain == [(f"{LIST}{asking.pk}/change/", 302)]
    assert "They are asked on their own pages from now on." in text_of(page)
    assert logged() == ["Asked"]
    assert organizer.get(ask_page(problem)).url == f"{LIST}{asking.pk}/change/"


@pytest.mark.parametrize("kind", ["solution", "clause", "statement"])
def test_they_ask_about_solutions_clauses_and_statements(organizer, kind):
    statement, clause, _other = make_statement()
    problem, solution, given = make_problem(), make_solution(published=False), make_answer()
    clause.problems.add(problem)
    make_evidence(given, problem=problem)
    make_evidence(given, solution=solution)
    things = {"solution": solution, "clause": clause, "statement": statement}

    organizer.post(ask_page(things[kind]), day())

    assert [each.thing for each in Asking.objects.all()] == [things[kind]]


def test_a_statement_leads_to_itself_and_to_its_clauses(organizer):
    statement, one, other = make_statement()
    form = organizer.get(f"/admin/outcomes/statement/{statement.pk}/change/").content.decode()
    assert f'href="{LIST}of-statement/{statement.pk}/"' in form

    page = organizer.get(f"{LIST}of-statement/{statement.pk}/").content.decode()

    assert [each for each in re.findall(rf'href="({LIST}ask/[^"]+)"', page)] == [
        ask_page(each) for each in (statement, one, other)
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (day(13), "Choose a last day from"),
        ({"closes_on": "soon"}, "Write the date as year-month-day"),
        ({}, "Choose a last day."),
    ],
)
def test_a_day_that_cannot_be_is_refused(organizer, typed, message):
    problem = make_draft()
    behind(problem)

    page = organizer.post(ask_page(problem), typed)

    assert message in text_of(page)
    assert not Asking.objects.exists()


@pytest.mark.parametrize(("by", "is_told"), [("organizer", False), ("other", True)])
def test_of_two_who_ask_about_the_same_the_second_is_told_that_their_last_day_does_not_count(organizer, by, is_told):
    problem = make_draft()
    behind(problem)
    make_user("other", "Organizer", is_staff=True)
    organizer.post(ask_page(problem), day(20))
    Asking.objects.update(asked_by=User.objects.get(username=by))

    page = organizer.post(ask_page(problem), day(30), follow=True)

    told = [str(each) for each in page.context["messages"]]
    said = "Somebody else has asked about this meanwhile. The last day that you chose was not stored."
    assert (said in told) is is_told
    assert [timezone.localdate() + timedelta(days=20)] == list(Asking.objects.values_list("closes_on", flat=True))


def test_nobody_behind_it_is_nobody_to_ask(organizer):
    problem = make_draft()

    shown, sent = organizer.get(ask_page(problem)), organizer.post(ask_page(problem), day())

    for page in (shown, sent):
        assert "there is nobody to ask" in text_of(page)
        assert "<button>Ask them" not in page.content.decode()
    assert not Asking.objects.exists()


def form_of(client, address, **changed):
    """What the form of a row sends, with some of it changed."""
    page = client.get(address)
    form = page.context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    for each in page.context["inline_admin_formsets"]:
        for part in (each.formset.management_form, *each.formset.forms):
            typed |= {part.add_prefix(name): part[name].value() for name in part.fields}
    sent = {}
    for name, value in typed.items():
        if hasattr(value, "year") and name == "published_at":
            sent |= {f"{name}_0": value.date().isoformat(), f"{name}_1": value.time().isoformat("seconds")}
        elif value not in (None, []) and value is not False:
            sent[name] = value
    return sent | changed


def test_the_form_of_a_problem_refuses_other_words_and_publishing_with_a_message(organizer):
    problem = make_draft()
    behind(problem)
    ask(problem)
    address = f"/admin/outcomes/problem/{problem.pk}/change/"

    reworded = organizer.post(address, form_of(organizer, address, title_en="Another title"))
    published = organizer.post(
        address, form_of(organizer, address, published_at_0="2026-03-01", published_at_1="12:00:00")
    )
    translated = organizer.post(address, form_of(organizer, address, title_sv="Stängda dörrar"))

    assert "stop the asking" in text_of(reworded)
    assert 'value="Another title"' in reworded.content.decode()
    assert "It can be published when that day has ended everywhere" in text_of(published)
    # The way to stop it.
    assert f'href="{ask_page(problem)}"' in published.content.decode()
    assert translated.status_code == 302
    assert list(Problem.objects.values_list("title_en", "title_sv", "published_at")) == [
        ("Closed doors", "Stängda dörrar", None)
    ]


def test_the_form_of_a_statement_refuses_other_words_of_a_clause_and_deleting_it(organizer):
    statement, one, other = make_statement()
    problem = make_problem()
    one.problems.add(problem)
    behind(problem)
    ask(one)
    address = f"/admin/outcomes/statement/{statement.pk}/change/"

    reworded = organizer.post(address, form_of(organizer, address, **{"clauses-0-text_en": "Another clause."}))
    deleted = organizer.post(address, form_of(organizer, address, **{"clauses-0-DELETE": "on"}))
    elsewhere = organizer.post(address, form_of(organizer, address, **{"clauses-1-text_en": "Another clause."}))

    assert "stop the asking" in text_of(reworded)
    assert "stop the asking" in text_of(deleted)
    assert elsewhere.status_code == 302
    assert list(statement.clauses.values_list("text_en", flat=True)) == ["Clause 1.", "Another clause."]
    other.refresh_from_db()


def test_what_is_asked_about_is_not_deleted(organizer):
    statement, *_clauses = make_statement()
    problem = make_draft()
    statement.clauses.get(position=1).problems.add(problem)
    behind(problem)
    ask(statement)

    page = organizer.post(f"/admin/outcomes/statement/{statement.pk}/delete/", {"post": "yes"})

    assert "stop the asking" in text_of(page)
    assert Statement.objects.count() == 1


def test_an_organizer_stops_it_after_a_question(organizer):
    problem = make_draft()
    behind(problem)
    asking = ask(problem)
    answer(asking, "no")
    address = f"{LIST}{asking.pk}/stop/"

    asked = organizer.get(address)
    assert "All answers are deleted, unread." in text_of(asked)
    assert Asking.objects.count() == 1
    page = organizer.post(address, follow=True)
    again = organizer.post(address, follow=True)

    assert "Nobody is asked any more, and the answers are deleted." in text_of(page)
    assert "Somebody else has stopped this meanwhile." in text_of(again)
    assert (Asking.objects.count(), Asked.objects.count()) == (0, 0)
    assert logged() == ["Stopped"]


def test_the_desk_says_how_many_are_asked_whoever_leaves(organizer):
    problem = make_draft()
    [first, second, _third] = behind(problem, 3)
    Contact.objects.leave(first, "me@example.org", "en")
    asking = ask(problem)
    address = f"{LIST}{asking.pk}/change/"
    before = text_of(organizer.get(address))
    assert "3 responses are asked." in before

    Contact.objects.all().delete()
    first.withdraw()
    second.share(sharing="organizers")

    assert text_of(organizer.get(address)) == before


def test_what_has_closed_is_not_stopped(organizer):
    problem = make_draft()
    behind(problem)
    asking = close(ask(problem))

    page = organizer.get(f"{LIST}{asking.pk}/stop/", follow=True)

    assert "This has closed meanwhile." in text_of(page)
    assert Asking.objects.count() == 1


def test_while_it_is_open_no_page_of_the_desk_changes_with_an_answer(organizer):
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    pages = [LIST, f"{LIST}{asking.pk}/change/", "/admin/", f"/admin/outcomes/problem/{problem.pk}/change/"]
    pages += [f"/admin/outcomes/problem/{problem.pk}/delete/", f"{LIST}{asking.pk}/stop/"]
    before = [text_of(organizer.get(each)) for each in pages]

    for row in answer(asking, "yes", "yes", "no", "part", "yes"):
        row.answer("no", "Maneno ya siri.", may_be_public=True)

    assert [text_of(organizer.get(each)) for each in pages] == before
    assert "Maneno ya siri." not in " ".join(before)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_number_of_queries(organizer, django_assert_num_queries, number):
    for n in range(number):
        problem = make_draft(f"p{n}")
        behind(problem)
        ask(problem)
    organizer.get(LIST)

    # Session, user, rights (2), the number of rows twice, the rows.
    with django_assert_num_queries(7):
        organizer.get(LIST)


@pytest.mark.parametrize("role", ["Coder", "Reviewer", "Translator"])
def test_nobody_but_organizers_asks_stops_or_reads(client, closed, role):
    client.force_login(make_user("somebody", role, is_staff=True))
    problem = make_draft("other")
    behind(problem)
    asking = ask(problem)

    pages = [LIST, ask_page(problem), f"{LIST}{asking.pk}/stop/", f"{LIST}{closed.pk}/change/"]
    pages += [f"{LIST}of-statement/1/", f"{LIST}add/", f"{LIST}{asking.pk}/delete/"]

    assert {client.get(each).status_code for each in pages} == {403}
    assert {client.post(each, {"post": "yes"}).status_code for each in pages} == {403}
    assert "Ask those behind it" not in text_of(client.get(f"/admin/outcomes/problem/{problem.pk}/change/"))
    assert Asking.objects.count() == 2


@pytest.mark.parametrize("address", ["ask/topic/1/", f"ask/problem/{10**40}/", "of-statement/1/"])
def test_nothing_else_is_asked_about(organizer, address):
    assert organizer.get(f"{LIST}{address}").status_code == 404


def test_organizers_neither_add_change_nor_delete_rows_by_hand(organizer, closed):
    assert organizer.get(f"{LIST}add/").status_code == 403
    assert organizer.post(f"{LIST}{closed.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Asking.objects.count() == 1
