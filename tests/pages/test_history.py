"""The pages that say who did what: at the address of Django's own history."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from outcomes.models import Statement
from responses.history import PAGE_OF_MANY, Deed
from responses.models import Recusal, Response
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_user, submit
from tests.test_consent import quote
from tests.test_mask import TEXT, mask

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    user = make_user("boss", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def address_of(row, kind=None):
    label = kind or f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{label}_history", args=[row.pk])


def rows(page):
    """[(who, what)] as a page says it, the latest first."""
    table = page.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    cells = re.findall('<th scope="row">(.*?)</th><td>(.*?)</td></tr>', table, re.S)
    return [tuple(" ".join(unescape(re.sub("<.*?>", "", each)).split()) for each in row) for row in cells]


def press(client, response, verb, **more):
    address = reverse(f"admin:responses_response_{verb}", args=[response.pk])
    return client.post(address, {"seen": Response.objects.get(pk=response.pk).fingerprint, **more})


def test_the_page_of_a_response_says_in_words_who_did_what(client, organizer):
    response = submit({"meaning": "Kila mtu."}, on="2026-03-01")
    press(client, response, "decline", reason="Line 2.")
    press(client, response, "undo")
    press(client, response, "note", note="Thank you.")
    response.edit({response.answers.get().question: "Kila mtu ana nafasi."}, on="2026-03-05")

    page = client.get(address_of(response))

    found = rows(page)
    assert set(found) == {
        ("boss", "Declined it Line 2."),
        ("boss", next(what for _who, what in found if what.startswith("Undid"))),
        ("boss", "Change · Note to the author"),
        ("Its author", "Changed the answer to meaning: 9 signs before, 20 after"),
        ("Its author", "Sent it"),
    }
    assert "Undid “Declined” of " in page.content.decode()


def test_long_answers_are_told_with_readable_numbers(client, organizer):
    response = submit({"meaning": "Neno " * 250})
    response.edit({response.answers.get().question: "Neno " * 300})

    assert ("Its author", "Changed the answer to meaning: 1,250 signs before, 1,500 after") in rows(
        client.get(address_of(response))
    )


def test_the_review_page_and_the_coding_desk_lead_there(client, organizer):
    answer = make_answer()
    pages = {
        reverse("admin:responses_response_change", args=[answer.response.pk]): address_of(answer.response),
        reverse("admin:outcomes_answertocode_change", args=[answer.pk]): address_of(answer, "outcomes_answertocode"),
    }

    for page, history in pages.items():
        assert f'href="{history}"' in client.get(page).content.decode()
        assert client.get(history).status_code == 200


@pytest.mark.parametrize("make", [make_problem, make_solution, lambda: quote().clause.statement])
def test_the_form_leads_there_by_the_link_that_django_has(client, organizer, make):
    row = make()
    label = f"admin:{row._meta.app_label}_{row._meta.model_name}"

    html = client.get(reverse(f"{label}_change", args=[row.pk])).content.decode()

    assert f'href="{address_of(row)}"' in html
    page = client.get(address_of(row))
    assert (page.status_code, page.templates[0].name) == (200, "admin/history.html")


def test_the_page_of_a_claim_leads_to_the_answers_and_says_its_former_addresses(client, organizer):
    problem = make_problem("before")
    mark = make_evidence(problem=problem, coder=organizer)
    problem.slug = "after"
    problem.store(by=organizer)

    page = client.get(address_of(problem))

    html = page.content.decode()
    assert f'href="{address_of(mark.answer, "outcomes_answertocode")}"' in html
    assert 'Links with these earlier addresses still lead here: <bdi translate="no">before</bdi></p>' in html
    assert ("boss", f"Marked a passage of {mark.answer}: Agrees · Closed doors · History of this answer") in rows(page)


def test_the_page_of_a_statement_says_what_was_quoted(client, organizer):
    quotation = quote()
    statement = Statement.objects.get()

    found = rows(client.get(address_of(statement)))

    answer, clause = quotation.evidence.answer, quotation.clause
    assert ("Somebody whose account is gone", f"Quoted a passage of {answer} beside clause {clause}") in found


def test_older_deeds_are_on_further_pages(client, organizer):
    problem = make_problem()
    LogEntry.objects.log_actions(organizer.pk, [problem] * (PAGE_OF_MANY + 3), CHANGE, change_message="Read")

    first = client.get(address_of(problem))
    older = client.get(f"{address_of(problem)}?before={first.context['older']}")

    assert [len(page.context["deeds"]) for page in (first, older)] == [PAGE_OF_MANY, 4]
    assert ("Newest" in first.content.decode(), "Newest" in older.content.decode()) == (False, True)
    assert older.context["older"] == ""
    assert len(client.get(f"{address_of(problem)}?before=<b>").context["deeds"]) == PAGE_OF_MANY


def test_hidden_words_are_not_there_but_the_reason_is(client, organizer):
    response = submit({"meaning": TEXT})
    mask(response.answers.get(), "Juma Otieno", reason="A name of somebody else.", by=organizer)

    html = client.get(address_of(response)).content.decode()

    assert ("A name of somebody else." in html, "Juma" in html, "Otieno" in html) == (True, False, False)


def test_of_a_withdrawn_response_the_page_has_the_day_only(client, organizer):
    response = submit(on="2026-03-01")
    press(client, response, "decline", reason="Line 2.")

    response.withdraw(on="2026-04-02")

    assert rows(client.get(address_of(response))) == [("Its author", "Withdrew it. No more is kept of it.")]


def test_reasons_and_names_that_look_like_markup_are_text(client, organizer):
    response = submit()
    response.decline("<b>No</b>", by=organizer)
    LogEntry.objects.log_actions(organizer.pk, [response], CHANGE, change_message="<i>Odd</i>")

    html = client.get(address_of(response)).content.decode()

    assert ("<b>No" in html, "<i>Odd" in html, "&lt;i&gt;Odd" in html) == (False, False, True)


# --- Who may see it -------------------------------------------------------------------------------------------------


def addresses():
    answer = make_answer()
    mark = make_evidence(answer, solution=make_solution())
    return {
        "response": address_of(answer.response),
        "answer": address_of(answer, "outcomes_answertocode"),
        "problem": address_of(make_problem("other")),
        "solution": address_of(mark.solution),
        "statement": address_of(quote(mark).clause.statement),
    }


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("Organizer", {"response", "answer", "problem", "solution", "statement"}),
        ("Reviewer", {"response"}),
        ("Coder", {"answer", "problem", "solution"}),
        ("Translator", set()),
    ],
)
def test_it_takes_the_right_to_see_the_row(client, role, seen):
    client.force_login(make_user("somebody", role, is_staff=True))

    statuses = {name: client.get(address).status_code for name, address in addresses().items()}

    assert statuses == {name: 200 if name in seen else 403 for name in statuses}


def test_nobody_sees_it_without_signing_in(client):
    assert {client.get(address).status_code for address in addresses().values()} == {302}


def test_whoever_has_put_a_response_away_does_not_see_it(client, organizer):
    answer = make_answer()
    pages = [address_of(answer.response), address_of(answer, "outcomes_answertocode")]
    Recusal.objects.recuse(organizer, answer.response)

    for each in pages:
        page = client.get(each)
        assert (page.status_code, page.headers["Location"]) == (302, reverse("admin:index"))


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_of_what_is_not_there_it_leads_to_the_first_page(client, organizer, key):
    page = client.get(f"/admin/responses/response/{key}/history/")

    assert (page.status_code, page.headers["Location"]) == (302, reverse("admin:index"))


def test_nobody_posts_to_it(client, organizer):
    assert client.post(address_of(submit())).status_code == 405
    assert client.post(address_of(make_problem())).status_code == 405


def test_each_flag_that_was_looked_at_at_once_stands_by_itself():
    deed = Deed("looked_at", timezone.now(), 1, about=["Many links", "Sent in haste"])

    assert "Many links · Sent in haste" in render_to_string("admin/_deed.html", {"each": deed})
