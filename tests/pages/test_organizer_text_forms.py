"""Organizers write their texts in every interface language, and keep their lists, in the admin."""

import pytest
from django.forms import MultiWidget

from outcomes import conference_2017
from outcomes.models import Clause, Problem, Statement
from responses.models import Affiliate, Question
from tests.factories import make_problem, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def test_an_organizer_words_a_problem_in_every_language_and_publishes_it(client, organizer):
    typed = {
        "slug": "no-venue",
        "position": 1,
        "revision": 1,
        "source": "organizers",
        "published_at_0": "2026-01-01",
        "published_at_1": "00:00:00",
        **{f"title_{code}": f"Title {code}" for code in ("en", "ar", "es", "sv")},
    }

    page = client.post("/admin/outcomes/problem/add/", typed)

    assert page.status_code == 302, page.context["adminform"].form.errors
    assert "Title ar" in client.get("/ar/problems/no-venue/").content.decode()
    assert "Title sv" in client.get("/sv/problems/no-venue/").content.decode()


def test_each_language_of_a_text_is_written_in_its_own_direction(client, organizer):
    problem = make_problem()

    html = client.get(
        f"/admin/outcomes/problem/{problem.pk}/change/", headers={"Accept-Language": "ar"}
    ).content.decode()

    for code, direction in (("en", "ltr"), ("ar", "rtl"), ("sv", "ltr")):
        field = next(part for part in html.split("<textarea")[1:] if f'name="description_{code}"' in part).split(">")[0]
        assert f'lang="{code}"' in field
        assert f'dir="{direction}"' in field


def test_the_forms_for_texts_load_nothing_from_other_sites(client, organizer):
    conference_2017.load()

    for path in ("problem", "solution", "statement"):
        html = client.get(f"/admin/outcomes/{path}/add/").content.decode()
        assert [part for part in html.split('src="')[1:] if not part.startswith(("/static/", "/admin/jsi18n/"))] == []


def test_an_organizer_corrects_a_clause_of_the_statement(client, organizer):
    conference_2017.load()
    statement = Statement.objects.get()
    page = client.get(f"/admin/outcomes/statement/{statement.pk}/change/")
    typed = {}
    for form in [page.context["adminform"].form, *page.context["inline_admin_formsets"][0].formset.forms]:
        for field in form:
            value = field.value()
            if isinstance(field.field.widget, MultiWidget):
                typed |= {f"{field.html_name}_{n}": part for n, part in enumerate(field.field.widget.decompress(value))}
            else:
                typed[field.html_name] = "" if value is None else value
    management = page.context["inline_admin_formsets"][0].formset.management_form
    typed |= {field.html_name: field.value() for field in management}
    typed["clauses-0-text_sv"] = "Ny lydelse."

    done = client.post(f"/admin/outcomes/statement/{statement.pk}/change/", typed)

    assert done.status_code == 302, [each.errors for each in done.context["inline_admin_formsets"][0].formset.forms]
    assert Clause.objects.get(position=1).text_sv == "Ny lydelse."


def test_an_organizer_adds_an_affiliate_and_rewords_a_question(client, organizer):
    client.post(
        "/admin/responses/affiliate/add/",
        {"name": "Wikimedia Testland", "kind": "user-group", "countries": "TE ST", "is_active": "on"},
    )
    question = Question.objects.get(slug="meaning")
    prompts = {f"prompt_{code}": f"Prompt {code}?" for code in ("en", "ar", "es", "sv")}
    client.post(f"/admin/responses/question/{question.pk}/change/", {"slug": "meaning", "position": 1, **prompts})

    assert list(Affiliate.objects.values_list("name", flat=True)) == ["Wikimedia Testland"]
    assert "Prompt es?" in client.get("/es/respond/").content.decode()


@pytest.mark.parametrize("group", ["Reviewer", "Coder", "Translator"])
def test_people_with_other_tasks_cannot_change_texts(client, group):
    client.force_login(make_user("other", group, is_staff=True))
    problem = make_problem()

    typed = {"slug": "changed", "title_en": "Changed", "position": 1, "revision": 1, "source": "organizers"}
    client.post(f"/admin/outcomes/problem/{problem.pk}/change/", typed)
    client.post("/admin/outcomes/problem/add/", typed)

    assert list(Problem.objects.values_list("slug", flat=True)) == ["closed-doors"]


def test_questions_cannot_be_added_or_deleted_because_answers_depend_on_them(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    question = Question.objects.get(slug="meaning")

    assert client.get("/admin/responses/question/add/").status_code == 403
    assert client.get(f"/admin/responses/question/{question.pk}/delete/").status_code == 403
