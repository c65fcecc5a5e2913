"""Organizers write their texts in every interface language, and keep their lists, in the admin."""

import pytest
from django.contrib import admin
from django.forms import MultiWidget
from django.urls import reverse

from outcomes import conference_2017
from outcomes.models import Clause, Problem, Solution, Statement
from responses.admin.organizer_texts import OrganizersTextAdmin
from responses.models import Affiliate, Conversation, Question
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


def test_an_address_fills_in_no_form(client, organizer):
    page = client.get("/admin/outcomes/problem/add/?published_at=soon&slug=made-up")

    assert page.status_code == 200
    assert page.context["adminform"].form["slug"].value() is None


def test_each_language_of_a_text_is_written_in_its_own_direction(client, organizer):
    problem = make_problem()

    html = client.get(
        f"/admin/outcomes/problem/{problem.pk}/change/", headers={"Accept-Language": "ar"}
    ).content.decode()

    for code, direction in (("en", "ltr"), ("ar", "rtl"), ("sv", "ltr")):
        field = next(part for part in html.split("<textarea")[1:] if f'name="description_{code}"' in part).split(">")[0]
        assert f'lang="{code}"' in field
        assert f'dir="{direction}"' in field
    assert (" · العربية:" in html, "[ar]" in html) == (True, False)


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
        {"name": "Wikimedia Testland", "kind": "user-group", "countries": "SE NO", "is_active": "on"},
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


def test_control_characters_of_other_programs_fall_out_of_every_text_and_line_ends_and_tabs_stay(client, organizer):
    question = {
        "slug": "other",
        "position": 9,
        "prompt_en": "Who\x08 helps\x0byou?\x1b",
        "hint_en": "One\n\x7f\ttwo\x85three",
    }
    client.post(reverse("admin:responses_question_add"), question)
    conversation = Conversation.objects.current()
    typed = {
        "slug": conversation.slug,
        "title_en": "\x1bWhat\x08 now?",
        "invitation_sv": "Kom\x0c hit\x9b",
        "opens_on": conversation.opens_on,
        "questions": [*Question.objects.values_list("pk", flat=True)],
        "moved_promises-TOTAL_FORMS": 0,
        "moved_promises-INITIAL_FORMS": 0,
    }
    client.post(reverse("admin:responses_conversation_change", args=[conversation.pk]), typed)

    made = Question.objects.get(slug="other")
    conversation.refresh_from_db()
    assert (made.prompt_en, made.hint_en) == ("Who helps you?", "One\n\ttwo three")
    assert (conversation.title_en, conversation.invitation_sv) == ("What now?", "Kom  hit")


def test_questions_cannot_be_deleted_because_answers_depend_on_them(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    question = Question.objects.get(slug="meaning")

    assert client.get(f"/admin/responses/question/{question.pk}/delete/").status_code == 403


def test_each_form_shows_all_its_fields_those_that_lead_to_many_rows_too(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    laid_out, wanted = {}, {}
    for model, desk in admin.site._registry.items():
        if isinstance(desk, OrganizersTextAdmin):
            page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
            form = page.context["adminform"]
            laid_out[model] = sorted(name for each in form for line in each for name in line.fields)
            wanted[model] = sorted({*form.form.fields, *desk.get_readonly_fields(page.wsgi_request)})

    assert {model: {*names} ^ {*wanted[model]} for model, names in laid_out.items() if names != wanted[model]} == {}
    assert {"problems"} <= {*laid_out[Solution]}
    assert {"questions", "reason"} <= {*laid_out[Conversation]}
