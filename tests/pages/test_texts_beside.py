"""The form of an organizers' text shows the English and one language side by side, and folds all others."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse
from modeltranslation.utils import build_localized_fieldname

from outcomes.models import Clause, Problem, Statement
from responses import organizer_texts
from responses.admin.organizer_texts import OrganizersTextAdmin
from responses.models import TextSource
from responses.organizer_texts import OTHERS
from tests.factories import make_problem, make_user, store
from tests.pages.test_stored_meanwhile import address, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    return client


def make_statement():
    statement = Statement.objects.create(version="1", title_en="What we say", announced_on="2017-11-05")
    for number in (1, 2):
        Clause.objects.create(statement=statement, position=number, text_en=f"Clause {number}.")
    return statement


def make_older(**fields):
    """A problem whose English title has been worded anew since it was translated into Swedish."""
    problem = make_problem(title="Doors closed to all", title_sv="Stängda", **fields)
    organizer_texts.note_source(problem, "title", "sv", "Doors closed")
    return problem


def titles_but_in(*lacking):
    return {build_localized_fieldname("title", code): "x" for code in OTHERS if code not in lacking}


def codes(page, state="open"):
    """The languages of the folds of a page, in its own row; only those that are open."""
    row = page.context["adminform"]
    folds = page.context["texts"].lay_out(row).folds
    return [fold.language.code for fold in folds if state == "all" or fold.is_open]


def state(row, language="sv"):
    return {text.field: text.state(language) for [*texts] in organizer_texts.texts_of([row]) for text in texts}


def folded_names(html):
    """The names of the fields that are in a closed fold."""
    names, depth_of_closed, depth = set(), [], 0
    for tag in re.finditer(r"<details[^>]*>|</details>|<(?:input|textarea|select)\b[^>]*>", html):
        if tag[0].startswith("<details"):
            depth += 1
            depth_of_closed += [] if " open" in tag[0] else [depth]
        elif tag[0] == "</details>":
            depth_of_closed = [each for each in depth_of_closed if each != depth]
            depth -= 1
        elif depth_of_closed and (name := re.search(r'name="([^"]+)"', tag[0])):
            names.add(name[1])
    return names


def test_every_form_of_texts_shows_two_languages_and_folds_the_others(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    desks = [model for model, desk in admin.site._registry.items() if isinstance(desk, OrganizersTextAdmin)]
    in_sight, folded = {}, {}
    for model in desks:
        page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add") + "?beside=sv")
        hidden = folded_names(page.content.decode())
        columns = {each.name for each in model._meta.fields if getattr(each, "language", "")}
        in_sight[model] = {model._meta.get_field(name).language for name in columns - hidden}
        folded[model] = {model._meta.get_field(name).language for name in columns & hidden}

    assert {Problem, Statement} < {*desks}
    assert in_sight == dict.fromkeys(desks, {"en", "sv"})
    assert folded == dict.fromkeys(desks, {*OTHERS} - {"sv"})


def test_of_a_clause_too_only_two_languages_are_in_sight(organizer):
    html = organizer.get(address(make_statement()) + "?beside=sv").content.decode()

    for prefix in ("clauses-0", "clauses-1", "clauses-__prefix__"):
        texts = {f"{prefix}-{build_localized_fieldname('text', code)}" for code in ("en", *OTHERS)}
        assert texts - folded_names(html) == {f"{prefix}-text_en", f"{prefix}-text_sv"}
        assert {f"{prefix}-quotation"} <= folded_names(html)


def test_the_language_of_the_reader_stands_beside_the_english_else_that_in_which_something_is_left_to_do(organizer):
    problem = make_problem(**titles_but_in("ru"))
    older = make_problem("other", title="A", **titles_but_in())
    organizer_texts.note_source(older, "title", "hi", "Before")

    def beside(row, asked="", reads="en"):
        return organizer.get(address(row) + asked, headers={"Accept-Language": reads}).context["texts"].code

    assert beside(problem) == "ru"
    assert beside(older) == "hi"
    assert beside(problem, reads="sv") == "sv"
    assert beside(problem, "?beside=es", reads="sv") == "es"
    assert [beside(problem, f"?beside={odd}") for odd in ("en", "xx", "")] == ["ru", "ru", "ru"]


def test_saving_and_going_on_keeps_the_language_beside(organizer):
    problem = make_problem()
    page = organizer.get(address(problem) + "?beside=sw&_changelist_filters=q%3Da")
    kept = page.context["form_url"]

    done = organizer.post(address(problem) + kept, opened(organizer, problem) | {"_continue": "yes"})
    refused = organizer.post(address(problem) + kept, opened(organizer, problem) | {"title_en": ""})

    assert "beside=sw" in kept
    assert "_changelist_filters=q%3Da" in kept
    assert "beside=sw" in done["Location"]
    assert refused.context["texts"].code == "sw"
    assert f'action="{kept.replace("&", "&amp;")}"' in refused.content.decode()


def test_showing_another_language_stores_nothing_and_keeps_every_word(organizer):
    statement = make_statement()
    typed = opened(organizer, statement) | {
        "title_en": "",
        "title_sv": "Skrivet",
        "announced_on": "soon",
        "clauses-0-text_sv": "Första",
        "clauses-0-DELETE": "on",
        "clauses-2-text_en": "A third, not stored",
        "clauses-TOTAL_FORMS": 3,
        "_switch": "es",
    }

    page = organizer.post(address(statement) + "?beside=es", typed)

    html = page.content.decode()
    assert (page.status_code, page.context["texts"].code, page.context["texts"].faults) == (200, "es", [])
    assert 'class="errorlist"' not in html
    shown = {
        **{name: page.context["adminform"].form[name].value() for name in ("title_en", "title_sv", "announced_on")}
    }
    assert shown == {"title_en": "", "title_sv": "Skrivet", "announced_on": "soon"}
    [formset] = [each.formset for each in page.context["inline_admin_formsets"]]
    assert [form["text_en"].value() for form in formset] == ["Clause 1.", "Clause 2.", "A third, not stored"]
    assert (formset[0]["text_sv"].value(), formset[0]["DELETE"].value()) == ("Första", True)
    assert codes(page) == ["sv"]
    statement.refresh_from_db()
    assert (statement.title_sv, Clause.objects.count()) == (None, 2)
    assert page.context["adminform"].form["seen"].value() == typed["seen"]


def test_who_saves_after_another_language_was_shown_does_not_undo_what_was_stored_meanwhile(organizer):
    problem = make_problem()
    typed = opened(organizer, problem) | {"title_sv": "Stängda"}
    store(problem, title_en="By another")

    shown = organizer.post(address(problem) + "?beside=es", typed | {"_switch": "es"})
    seen = {"seen": shown.context["adminform"].form["seen"].value()}
    page = organizer.post(address(problem) + "?beside=es", typed | seen)

    assert page.context["adminform"].form.errors["title_en"] == ["Stored now: By another"]
    assert Problem.objects.get().title_sv is None


def test_who_may_only_read_is_led_to_other_languages_by_links(client):
    client.force_login(make_user("coder", "Coder", is_staff=True))
    problem = make_problem(title_sv="Stängda dörrar")

    page = client.get(address(problem) + "?beside=sv")

    html = page.content.decode()
    assert 'href="?beside=es"' in html
    assert 'name="_switch"' not in html
    assert '<div class="readonly" lang="sv" dir="ltr">Stängda dörrar</div>' in html
    assert client.post(address(problem), {"_switch": "es"}).status_code == 403


def test_an_older_text_shows_what_has_changed_in_its_english_and_a_box(organizer):
    problem = make_older()

    html = organizer.get(address(problem) + "?beside=sv").content.decode()

    assert "Doors closed<ins> to all</ins>" in html
    assert html.count('name="still_right_title_sv"') == 1
    assert "still_right" not in organizer.get(address(make_problem("other", title_sv="x"))).content.decode()


def test_of_a_long_english_text_only_the_words_beside_a_change_are_shown_again(organizer):
    long = "Doors are closed to everybody who has not been here before. " * 4
    problem = make_problem(description=f"{long}Nobody. {long}", description_sv="Stängda dörrar")
    organizer_texts.note_source(problem, "description", "sv", f"{long}Somebody. {long}")

    html = organizer.get(address(problem) + "?beside=sv").content.decode()

    [shown] = re.findall(r'class="words changes"[^>]*>(.*?)</div>', html)
    assert shown == (
        "… who has not been here before. <del>Somebody</del><ins>Nobody</ins>. Doors are closed to everybody who has …"
    )


def test_a_text_that_is_still_right_becomes_current_without_changing_a_letter(organizer):
    problem = make_older()

    organizer.post(address(problem), opened(organizer, problem))
    assert state(problem) == {"title": "older"}
    organizer.post(address(problem), opened(organizer, problem) | {"still_right_title_sv": "yes"})

    assert (state(problem), Problem.objects.get().title_sv) == ({"title": "current"}, "Stängda")
    assert TextSource.objects.get(language="sv").english == "Doors closed to all"


def test_so_does_that_of_a_clause(organizer):
    statement = make_statement()
    clause = statement.clauses.get(position=2)
    Clause.objects.filter(pk=clause.pk).update(text_sv="Två.")
    clause.refresh_from_db()
    organizer_texts.note_source(clause, "text", "sv", "Before.")

    typed = opened(organizer, statement) | {"clauses-1-still_right_text_sv": "yes"}
    assert organizer.post(address(statement), typed).status_code == 302

    assert state(clause) == {"text": "current"}


def test_nothing_is_still_right_where_nothing_is_written(organizer):
    problem = make_problem()

    organizer.post(address(problem), opened(organizer, problem) | {"still_right_title_sv": "yes"})

    assert (state(problem), TextSource.objects.count()) == ({"title": "missing"}, 0)


def test_what_was_still_right_is_asked_again_if_another_organizer_has_changed_the_english_meanwhile(organizer):
    problem = make_older()
    typed = opened(organizer, problem) | {"still_right_title_sv": "yes"}
    store(problem, title_en="Doors open")

    page = organizer.post(address(problem) + "?beside=sv", typed)

    html = page.content.decode()
    assert re.findall(r'name="still_right_title_sv" value="yes"[^>]*>', html) == [
        'name="still_right_title_sv" value="yes">'
    ]
    assert state(Problem.objects.get()) == {"title": "older"}


def test_a_refused_text_opens_its_fold_and_the_summary_leads_to_it_and_names_the_language(organizer):
    statement = make_statement()
    typed = opened(organizer, statement) | {"title_sw": "x" * 200, "clauses-1-quotation": "x", "clauses-1-position": ""}
    typed |= {"clauses-0-text_en": ""}

    page = organizer.post(address(statement) + "?beside=sv", typed)

    faults = dict(page.context["texts"].faults)
    assert {*faults} == {"id_title_sw", "id_clauses-0-text_en", "id_clauses-1-position"}
    assert faults["id_title_sw"].startswith("Title · Kiswahili: Ensure this value has at most 190")
    assert faults["id_clauses-0-text_en"] == "Text · English: This field is required."
    assert codes(page) == ["sw"]
    html = page.content.decode()
    assert '<a href="#id_title_sw">' in html
    assert "title_sw" not in folded_names(html)
    assert html.split("<title>")[1].strip().startswith("Error:")


def test_without_scripts_a_clause_is_added_by_a_button(organizer):
    statement = make_statement()
    typed = opened(organizer, statement) | {"title_sv": "Skrivet", "_switch": "clauses"}

    page = organizer.post(address(statement), typed)

    [formset] = [each.formset for each in page.context["inline_admin_formsets"]]
    assert [form["text_en"].value() for form in formset] == ["Clause 1.", "Clause 2.", None]
    assert page.context["adminform"].form["title_sv"].value() == "Skrivet"


def test_a_number_of_clauses_that_nobody_could_have_typed_breaks_nothing(organizer):
    statement = make_statement()
    typed = opened(organizer, statement) | {"_switch": "clauses", "clauses-TOTAL_FORMS": "9" * 5_000}

    page = organizer.post(address(statement), typed)

    assert (page.status_code, statement.clauses.count()) == (200, 2)


def test_what_is_still_to_translate_leads_to_the_form_with_that_language(organizer):
    problem = make_older(**titles_but_in("sv", "es"))

    html = organizer.get("/admin/outcomes/problem/?q=doors").content.decode()

    cell = html.split('<td class="field-languages_left">')[1].split("</td>")[0]
    assert re.findall(r'href="([^"]+)"', cell) == [
        f"{address(problem)}?_changelist_filters=q%3Ddoors&amp;beside={code}" for code in OTHERS if code in ("sv", "es")
    ]
    assert "svenska</a> (older)" in cell


def test_many_languages_that_are_still_to_come_are_folded_in_a_list(organizer):
    make_problem()

    html = organizer.get("/admin/outcomes/problem/?q=doors").content.decode()

    cell = html.split('<td class="field-languages_left">')[1].split("</td>")[0]
    assert cell.startswith("<details><summary>11 languages</summary><a ")
    assert cell.count("<a ") == len(OTHERS)


def test_the_buttons_say_what_is_left_in_the_language_beside(organizer):
    problem = make_older(description_en="All of them.")

    said = organizer.get(address(problem) + "?beside=sv").content.decode().split('class="save-row"')[1]
    new = organizer.get("/admin/outcomes/problem/add/").content.decode().split('class="save-row"')[1]

    assert "1 missing, 1 older than the English." in said
    assert "<p>" not in new.split('class="submit-row"')[0]


def test_a_browser_fills_in_the_form_again_only_where_every_row_is_as_it_was_seen(organizer):
    statement = make_statement()

    def name():
        html = organizer.get(address(statement)).content.decode()
        [found] = re.findall(r'<form[^>]* name="(page-\w+)"', html)
        assert f'<input type="hidden" name="{found}">' in html
        return found

    before = name()
    assert name() == before
    Clause.objects.filter(position=2).update(text_en="Two, better.")
    assert name() != before
