"""Did we understand you? What authors answered is not deleted with what they were asked about, and is about the words
that they saw."""

import html

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from outcomes.models import Asked, Asking, Clause, Problem, Quotation, Statement
from tests.askings import ask, behind, close, make_draft, make_version, refusal
from tests.factories import make_evidence, make_problem, make_response, make_solution, make_user

pytestmark = pytest.mark.django_db

WAS_ASKED = "Authors were asked about this. What they answered is theirs"


def read(page):
    return html.unescape(page.content.decode())


def page_of(response, asking, language="en"):
    return f"/{language}/my-response/{response.key}/asked/{asking.pk}/"


# --- What they answered --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["problem", "solution", "statement", "clause of a statement"])
@pytest.mark.parametrize("is_open", [True, False])
def test_what_authors_were_asked_about_is_not_deleted(kind, is_open):
    statement, clause = make_version()
    problem, solution = clause.problems.get(), make_solution(published=False)
    [response] = behind(problem)
    make_evidence(response.answers.get(), solution=solution)
    things = {"problem": problem, "solution": solution, "statement": statement, "clause of a statement": clause}
    asking = ask(things[kind])
    asking.asked.get().answer("no", "Sivyo.")
    if not is_open:
        close(asking)
    problem.evidence.all().delete()
    solution.evidence.all().delete()
    gone = statement if kind == "clause of a statement" else things[kind]

    with pytest.raises(ProtectedError):
        gone.delete()
    with pytest.raises(ProtectedError):
        type(gone).objects.filter(pk=gone.pk).delete()

    assert list(Asked.objects.values_list("said", "own_words")) == [("no", "Sivyo.")]


@pytest.mark.parametrize("kind", ["problem", "solution", "statement", "clause of a statement"])
def test_the_desk_says_why_it_is_not_deleted(client, kind):
    statement, clause = make_version()
    problem, solution = clause.problems.get(), make_solution(published=False)
    [response] = behind(problem)
    make_evidence(response.answers.get(), solution=solution)
    things = {"problem": problem, "solution": solution, "statement": statement, "clause of a statement": clause}
    close(ask(things[kind]))
    problem.evidence.all().delete()
    solution.evidence.all().delete()
    gone = statement if kind == "clause of a statement" else things[kind]
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    address = f"/admin/outcomes/{gone._meta.model_name}/{gone.pk}/delete/"

    assert WAS_ASKED in read(client.get(address))
    client.post(address, {"post": "yes"})

    assert type(gone).objects.filter(pk=gone.pk).exists()
    assert Asking.objects.count() == Asked.objects.count() == 1


def test_a_clause_that_its_authors_were_asked_about_can_be_dropped_and_their_answers_stay_theirs(client):
    statement, clause = make_version()
    statement.clauses.create(position=2, text_en="Another clause.")
    [response] = behind(clause.problems.get())
    asking = ask(clause)
    asking.asked.get().answer("no", "Sivyo.")
    close(asking)

    clause.delete()

    kept = Asking.objects.get()
    assert (kept.thing, kept.kind_asked, kept.is_reworded, kept.is_published) == (statement, "clause", True, False)
    text = read(client.get(page_of(response, asking)))
    assert "Clause 1, as it is meant to read" in text
    assert "Doors are closed." in text
    assert ("Another clause." in text, "Sivyo." in text) == (False, True)
    assert f'<a href="{page_of(response, asking)}">Clause 1' in read(client.get(f"/en/my-response/{response.key}/"))
    assert list(Asking.objects.all().to_act_on()) == []


def test_a_clause_is_dropped_at_the_desk_and_the_answers_stay(client):
    statement, clause = make_version()
    other = statement.clauses.create(position=2, text_en="Another clause.")
    behind(clause.problems.get())
    asking = ask(clause)
    asking.asked.get().answer("no", "Sivyo.")
    close(asking)
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    address = f"/admin/outcomes/statement/{statement.pk}/change/"
    shown = client.get(address).context
    form, formset = shown["adminform"].form, shown["inline_admin_formsets"][0].formset
    typed = {each.html_name: each.value() for one in (form, *formset.initial_forms) for each in one}
    typed |= {each.html_name: each.value() for each in formset.management_form}
    typed = {name: value for name, value in typed.items() if value not in (None, False)}

    page = client.post(address, typed | {"clauses-0-DELETE": "on"})

    assert page.status_code == 302
    assert list(Clause.objects.all()) == [other]
    assert Asking.objects.get().thing == statement
    assert list(Asked.objects.values_list("said", "own_words")) == [("no", "Sivyo.")]


@pytest.mark.parametrize("part", [0, 1])
def test_a_clause_is_not_dropped_while_authors_are_asked(part):
    asked = make_version()
    behind(asked[1].problems.get())
    ask(asked[part])

    assert "stop the asking" in refusal(asked[1].delete)

    assert Clause.objects.count() == 1


def test_a_draft_that_nobody_was_asked_about_is_deleted():
    statement, clause = make_version()
    problem = clause.problems.get()

    clause.delete()
    statement.delete()
    problem.delete()

    assert (Statement.objects.count(), Problem.objects.count()) == (0, 0)


# --- The words that they saw ---------------------------------------------------------------------------------


def seen_on(client, address):
    return client.get(address).context["seen"]


def test_an_answer_is_not_stored_if_a_translation_was_changed_since_the_page_was_opened(client):
    problem = make_draft(title_sv="Stängda dörrar")
    [response] = behind(problem)
    asking = ask(problem)
    address = page_of(response, asking, "sv")
    typed = {"action": "yes", "own_words": "Maneno yangu.", "complete": "yes", "seen": seen_on(client, address)}
    english = seen_on(client, page_of(response, asking))
    problem.title_sv = "Inga dörrar"
    problem.store()

    page = client.post(address, typed)

    assert page.status_code == 200
    assert not Asked.objects.answered().exists()
    assert ("Inga dörrar" in read(page), "Maneno yangu." in read(page)) == (True, True)
    assert page.context["form"].non_field_errors()
    # Nobody else's page has changed; and what they see now, they can answer.
    assert seen_on(client, page_of(response, asking)) == english
    client.post(address, typed | {"seen": page.context["seen"]})
    assert Asked.objects.get().said == "yes"


def test_a_form_that_comes_back_for_another_fault_does_not_forget_what_its_author_saw(client):
    problem = make_draft()
    [response] = behind(problem)
    address = page_of(response, ask(problem))
    typed = {"action": "yes", "own_words": "x" * 2001, "complete": "yes", "seen": "of an earlier wording"}

    assert client.post(address, typed).context["seen"] == "of an earlier wording"


def quoted():
    statement, clause = make_version()
    response = make_response()
    evidence = make_evidence(response.answers.get(), problem=make_problem("quoted"))
    return Quotation.objects.quote(clause, evidence, by=None), clause, response


@pytest.mark.parametrize("name", ["text_en", "text_sv", "position"])
def test_an_author_does_not_agree_to_be_quoted_beside_words_that_they_have_not_seen(client, name):
    quotation, clause, response = quoted()
    page = f"/sv/my-response/{response.key}/"
    html_before = client.get(page).content.decode()
    seen = quotation_seen(html_before)
    setattr(clause, name, 7 if name == "position" else "Doors are shut.")
    clause.store()
    address = f"{page}quotations/{quotation.pk}/"
    said = {"action": "agree", "complete": "yes", "seen": seen}

    back = client.post(address, said)

    quotation.refresh_from_db()
    assert (back.status_code, quotation.is_public) == (200, False)
    client.post(address, said | {"seen": quotation_seen(back.content.decode())})
    quotation.refresh_from_db()
    assert quotation.is_public


def quotation_seen(page):
    [form] = [each for each in page.split("<form ") if 'value="agree"' in each]
    return form.partition('name="seen" value="')[2].partition('"')[0]


def test_an_author_who_objects_need_not_have_seen_the_latest_words():
    quotation, clause, _response = quoted()
    clause.text_en = "Doors are shut."
    clause.store()

    quotation.refuse("Not these.")

    assert Quotation.objects.get().is_objected_to


def test_an_author_does_not_agree_after_an_objection():
    quotation, _clause, _response = quoted()
    quotation.refuse()

    with pytest.raises(ValidationError, match="objected to this before"):
        quotation.agree(seen=quotation.fingerprint)
