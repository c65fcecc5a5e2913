"""An organizer's form that was opened before somebody else has stored something does not undo it."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.contrib import admin
from django.forms import MultiWidget
from django.urls import reverse
from django.utils import timezone

from outcomes.models import Clause, Problem, Statement
from responses.admin.organizer_texts import OrganizersTextAdmin
from responses.admin.stored_meanwhile import StoredMeanwhile
from responses.models import Affiliate, Conversation, Question, Region, Term
from tests.factories import make_affiliate, make_conversation, make_problem, make_user, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    return client


def address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row):
    """What the form of a row sends if nothing is typed."""
    page = client.get(address(row))
    sent = {}
    formsets = [each.formset for each in page.context["inline_admin_formsets"]]
    every = [page.context["adminform"].form, *(form for each in formsets for form in [each.management_form, *each])]
    for field in [field for form in every for field in form]:
        value = field.value()
        if isinstance(field.field.widget, MultiWidget):
            sent |= {f"{field.html_name}_{n}": part for n, part in enumerate(field.field.widget.decompress(value))}
        else:
            sent[field.html_name] = "" if value is None or value is False else value
    return {name: "" if value is None else value for name, value in sent.items()}


def errors(page):
    return {name: [str(each) for each in said] for name, said in page.context["adminform"].form.errors.items()}


ROWS = {
    "problem": (make_problem, "title_en", "title_sv"),
    "question": (lambda: Question.objects.get(slug="needs"), "prompt_en", "prompt_sv"),
    "region": (lambda: Region.objects.get(slug="nwe"), "name_en", "name_sv"),
    "affiliate": (make_affiliate, "name", "countries"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_what_another_organizer_has_stored_meanwhile_stays_and_is_shown_beside_what_was_typed(organizer, kind):
    make, first, second = ROWS[kind]
    row = make()
    typed = opened(organizer, row) | {second: "SE"}
    other = type(row).objects.get(pk=row.pk)
    setattr(other, first, "By <another>")
    other.save()

    page = organizer.post(address(row), typed)

    said = errors(page)
    assert [message[:33] for message in said.pop("__all__")] == ["Somebody else has changed this si"]
    assert said[first] == ["Stored now: By <another>"]
    assert "SE" in page.content.decode()
    row.refresh_from_db()
    assert (getattr(row, first), getattr(row, second) == "SE") == ("By <another>", False)
    again = typed | {first: "By <another>", "seen": page.context["adminform"].form["seen"].value()}
    assert organizer.post(address(row), again).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, first), getattr(row, second)) == ("By <another>", "SE")


def test_of_two_who_type_the_same_nobody_is_asked_to_compare(organizer):
    problem = make_problem()
    typed = opened(organizer, problem) | {"title_sv": "Stängda"}

    assert [organizer.post(address(problem), typed).status_code for _organizer in range(2)] == [302, 302]
    assert Problem.objects.get().title_sv == "Stängda"


def test_a_form_that_nobody_has_overtaken_is_stored(organizer):
    problem = make_problem()

    assert organizer.post(address(problem), opened(organizer, problem) | {"title_sv": "Stängda"}).status_code == 302
    assert Problem.objects.get().title_sv == "Stängda"


def test_a_clause_that_another_organizer_has_worded_anew_is_not_undone(organizer):
    statement = Statement.objects.create(version="1", title_en="What we say", announced_on="2017-11-05")
    clauses = [
        Clause.objects.create(statement=statement, position=number, text_en=f"Clause {number}.") for number in (1, 2)
    ]
    typed = opened(organizer, statement) | {"clauses-1-text_en": "Two, better."}
    Clause.objects.filter(pk=clauses[0].pk).update(text_en="One, better.")

    page = organizer.post(address(statement), typed)

    [formset] = [each.formset for each in page.context["inline_admin_formsets"]]
    assert [{*form.errors} for form in formset.forms] == [{"__all__", "text_en"}, set()]
    assert formset.forms[0].errors["text_en"] == ["Stored now: One, better."]
    assert "Two, better." in page.content.decode()
    assert [*Clause.objects.order_by("position").values_list("text_en", flat=True)] == ["One, better.", "Clause 2."]


@pytest.mark.parametrize("rows", ["clauses", "wordings"])
def test_what_another_organizer_has_worded_anew_is_not_deleted_before_it_was_seen(organizer, rows):
    if rows == "clauses":
        above = Statement.objects.create(version="1", title_en="What we say", announced_on="2017-11-05")
        row, name = Clause.objects.create(statement=above, position=1, text_en="One."), "text_en"
    else:
        above = Term.objects.create(slug="word", name_en="A word")
        row, name = above.wordings.create(language="wo", wording="One."), "wording"
    typed = opened(organizer, above)
    [prefix] = {each.split("-")[0] for each in typed if each.endswith("-INITIAL_FORMS")}
    [number] = [each.split("-")[1] for each in typed if each.endswith(f"-{name}") and typed[each] == "One."]
    typed |= {f"{prefix}-{number}-DELETE": "on"}
    type(row).objects.filter(pk=row.pk).update(**{name: "One, better."})

    page = organizer.post(address(above), typed)

    [formset] = [each.formset for each in page.context["inline_admin_formsets"]]
    assert "Somebody else has changed this" in str(formset.non_form_errors())
    assert "Stored now: One, better." in page.content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()
    typed[f"{prefix}-{number}-seen"] = formset.forms[int(number)]["seen"].value()
    assert organizer.post(address(above), typed).status_code == 302
    assert not type(row).objects.filter(pk=row.pk).exists()


def test_a_moment_that_nobody_has_changed_is_not_shown_as_changed(organizer):
    problem = make_problem()
    Problem.objects.update(published_at=timezone.now().replace(microsecond=123456))
    typed = opened(organizer, problem)
    store(problem, title_en="Closed to many")

    page = organizer.post(address(problem), typed)

    assert {*errors(page)} == {"__all__", "title_en"}


def test_a_moment_that_somebody_has_changed_is_shown_as_the_form_has_it(organizer, settings):
    settings.TIME_ZONE = "Africa/Kampala"
    problem = make_problem()
    typed = opened(organizer, problem)
    Problem.objects.update(published_at=datetime(2026, 3, 1, 12, 30, 5, 123456, tzinfo=UTC))

    page = organizer.post(address(problem), typed)

    assert errors(page)["published_at"] == ["Stored now: 2026-03-01 15:30:05"]


def test_what_was_typed_about_one_that_another_organizer_has_deleted_comes_back_and_is_not_stored(organizer):
    affiliate = make_affiliate()
    where, typed = address(affiliate), opened(organizer, affiliate) | {"name": "Typed <here>"}
    affiliate.delete()

    for _press in range(2):
        page = organizer.post(where, typed)

        assert errors(page) == {"__all__": ["Somebody else has deleted this meanwhile, so it was not saved."]}
        assert "Typed &lt;here&gt;" in page.content.decode()
        assert Affiliate.objects.count() == 0


def test_so_does_what_was_typed_about_a_statement_with_clauses(organizer):
    statement = Statement.objects.create(version="1", title_en="What we say", announced_on="2017-11-05")
    Clause.objects.create(statement=statement, position=1, text_en="Clause 1.")
    where, typed = address(statement), opened(organizer, statement) | {"clauses-0-text_en": "One, better."}
    statement.delete()

    page = organizer.post(where, typed)

    assert errors(page) == {"__all__": ["Somebody else has deleted this meanwhile, so it was not saved."]}
    assert "One, better." in page.content.decode()
    assert not Statement.objects.filter(version="1").exists()
    assert not Clause.objects.filter(text_en="One, better.").exists()


def test_what_the_form_does_not_show_is_not_compared(organizer):
    problem, conversation = make_problem(), make_conversation("other", opens_on=timezone.localdate())
    sent = {row: opened(organizer, row) | {"title_sv": "Stängda"} for row in (problem, conversation)}
    Problem.objects.update(revision=7)
    conversation.make_current()

    assert [organizer.post(address(row), typed).status_code for row, typed in sent.items()] == [302, 302]
    assert [Problem.objects.get().title_sv, Conversation.objects.current().title_sv] == ["Stängda", "Stängda"]


def test_every_form_of_organizers_says_what_it_shows_and_reads_texts_as_they_are_seen(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    desks = {model: desk for model, desk in admin.site._registry.items() if isinstance(desk, StoredMeanwhile)}
    assert {model for model, desk in admin.site._registry.items() if isinstance(desk, OrganizersTextAdmin)} < {*desks}
    assert {Affiliate, Term} <= {*desks}
    without, unseen = [], []
    for model in desks:
        page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
        formsets = [each.formset for each in page.context["inline_admin_formsets"]]
        for form in [page.context["adminform"].form, *(each.empty_form for each in formsets)]:
            without += [] if "seen" in form.fields else [model]
            texts = {name: each for name, each in form.fields.items() if type(each) is forms.CharField}
            unseen += [
                (model, name) for name, each in texts.items() if each.to_python("\u200b\u2060") not in ("", None)
            ]

    assert (without, unseen) == ([], [])


# What is typed, and what is refused beside it.
NAMED = {
    "statement": (lambda: Statement.objects.create(version="stored", title_en="We say"), "version", "announced_on"),
    "affiliate": (lambda: make_affiliate(name="stored"), "name", "kind"),
    "problem": (lambda: make_problem(title="stored"), "title_en", "position"),
}


@pytest.mark.parametrize("kind", NAMED)
def test_after_a_refusal_the_page_is_still_named_as_the_row_is_stored(organizer, kind):
    make, name, refused = NAMED[kind]
    row = make()

    page = organizer.post(address(row), opened(organizer, row) | {name: "typed", refused: "nonsense"})

    html = page.content.decode()
    assert (list(errors(page)), 'value="typed"' in html) == ([refused], True)
    assert ("<h1><bdi>stored</bdi></h1>" in html, '<li aria-current="page">stored</li>' in html) == (True, True)


def test_after_a_refusal_a_clause_is_still_named_by_its_stored_number(organizer):
    statement = Statement.objects.create(version="stored", title_en="We say")
    Clause.objects.create(statement=statement, position=1, text_en="One.")
    typed = opened(organizer, statement) | {"version": "typed", "clauses-0-position": 7, "announced_on": "never"}

    html = organizer.post(address(statement), typed).content.decode()

    assert '<span class="inline_label">stored/1</span>' in html
