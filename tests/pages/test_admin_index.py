"""The first page of the desks, and what the pages behind it are called."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from diversity_portal import desk_site
from diversity_portal.desk_names import GROUPS, PLACES
from responses.models import Flag
from tests.factories import (
    change_current,
    make_affiliate,
    make_answer,
    make_conversation,
    make_evidence,
    make_translation,
    make_user,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("group", "has_link"), [("Translator", True), ("Reviewer", True), ("Organizer", True), ("Coder", False)]
)
def test_whoever_translates_or_reviews_translations_is_led_to_their_desk(client, group, has_link):
    client.force_login(make_user("somebody", group, is_staff=True))

    assert ('<a href="/en/translate/">For translators</a>' in client.get("/admin/").content.decode()) is has_link


@pytest.mark.parametrize(
    ("path", "title"),
    [("/admin/responses/textsource/", "Translations of texts"), ("/admin/responses/knownlanguage/", "Languages")],
)
def test_titles_begin_with_a_capital(client, path, title):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    assert client.get(path).context["title"][0] == title[0]


def test_each_list_is_called_on_its_own_page_as_on_the_first_page_and_the_way_there_names_no_part_of_the_program(
    client,
):
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))
    make_conversation(title="What do you need?")

    pages = {
        model._meta.label: client.get(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), follow=True
        ).content.decode()
        for model in admin.site._registry
        if model._meta.label in PLACES
    }

    # Two lists with one row are the row itself.
    lists = {
        label: page for label, page in pages.items() if 'class="breadcrumbs"' in page and "change-form" not in page
    }
    assert len(lists) > 25
    assert {
        label
        for label, page in lists.items()
        if (re.findall("<h1>(.*?)</h1>", page), re.findall('aria-current="page">(.*?)</li>', page))
        != ([str(PLACES[label].name)], [str(PLACES[label].name)])
    } == set()
    assert {label for label, page in lists.items() if 'href="/admin/responses/"' in page} == set()
    # Filters name conversations by their titles.
    assert "What do you need?" in lists["responses.Response"]


@pytest.mark.parametrize("path", ["/en/respond/", "/en/privacy/", "/en/how-we-review/"])
def test_it_is_said_wherever_it_matters_that_coders_read_what_is_for_the_organizers_only(client, path):
    html = client.get(path).content.decode()

    assert "reviewers, coders and organizers" in html.lower()
    assert "public number" in html


def test_the_coding_desk_does_not_claim_that_a_response_for_the_organizers_only_is_counted(client):
    answer = make_answer(sharing="organizers")
    client.force_login(make_user("coder", "Coder", is_staff=True))

    html = client.get(f"/admin/outcomes/answertocode/{answer.pk}/change/").content.decode()

    assert "For the organizers only: no reader sees it, and no public number counts it." in html


def page_of(client, user):
    client.force_login(user)
    return client.get("/admin/")


def headings(page):
    """[(title, number, the address it leads to)] of what waits."""
    return [(str(title), each.number, each.first) for each, title, _what in page.context["waiting"]]


def test_every_list_has_its_place_and_no_place_is_empty():
    registered = {model._meta.label for model in admin.site._registry}

    assert registered - PLACES.keys() == set()
    assert {place.group for place in PLACES.values()} < GROUPS.keys()
    for label in PLACES:
        apps.get_model(label)


def test_a_list_that_has_no_place_is_still_shown(client, monkeypatch):
    # Taken out of the table itself, it would come back as its last row.
    places = {label: place for label, place in PLACES.items() if label != "responses.Region"}
    monkeypatch.setattr(desk_site, "PLACES", places)

    page = page_of(client, make_user("organizer", "Organizer", is_staff=True))

    assert [(group["name"], [each["name"] for each in group["models"]]) for group in page.context["app_list"]][-1] == (
        "More",
        ["Regions"],
    )


def test_the_lists_are_called_by_the_work_and_only_those_are_there_that_somebody_may_see(client):
    page = page_of(client, make_user("coder", "Coder", is_staff=True))

    named = {str(group["name"]): [str(each["name"]) for each in group["models"]] for group in page.context["app_list"]}
    assert named == {
        "Desks": ["Mark passages", "All marks", "Two readings to agree on"],
        "Texts": ["Problems", "Solutions"],
        "Settings": ["Letters to me"],
    }


def test_the_menu_beside_each_list_is_the_same(client):
    organizer = make_user("organizer", "Organizer", is_staff=True)
    first = page_of(client, organizer).context["app_list"]

    beside = client.get("/admin/responses/region/").context["available_apps"]

    names = lambda groups: [(g["name"], [each["name"] for each in g["models"]]) for g in groups]  # noqa: E731
    assert names(beside) == names(first)


def test_what_waits_stands_first_with_its_number_its_age_and_the_way_to_the_oldest(client, clock):
    change_current(results_by=None)
    oldest = submit({"meaning": "ጥያቄ"}, language="am", on=date(2026, 3, 5))
    submit(on=date(2026, 3, 10))
    answer = make_answer(accepted_on=date(2026, 3, 10))

    page = page_of(client, make_user("organizer", "Organizer", is_staff=True))

    assert headings(page) == [
        ("Answers to review", 2, f"/admin/responses/response/{oldest.pk}/change/"),
        ("Answers to mark", 1, f"/admin/outcomes/answertocode/{answer.pk}/change/#words"),
    ]
    html = " ".join(page.content.decode().split())
    assert "The oldest is in Amharic; nobody here reads it: ask for a translation" in html
    assert [said for said in ("oldest: 5 days", "oldest: today", "Nothing else waits.") if said not in html] == []


def test_the_first_link_to_the_answers_to_review_reserves_the_oldest(client):
    oldest = submit()
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    page = client.post("/admin/responses/response/next/")

    assert page.url.startswith(f"/admin/responses/response/{oldest.pk}/change/")
    assert '<form method="post" action="/admin/responses/response/next/">' in client.get("/admin/").content.decode()


def test_more_than_a_thousand_are_not_counted(client):
    response = make_answer().response
    Flag.objects.bulk_create(Flag(response=response, kind="reader", words="Look.") for _n in range(1001))

    html = page_of(client, make_user("reviewer", "Reviewer", is_staff=True)).content.decode()

    assert "<b>more than 1,000</b>" in html


def test_a_new_portal_says_what_to_do_first_until_the_first_answer_is_accepted(client):
    organizer = make_user("organizer", "Organizer", is_staff=True)
    make_user("reviewer", "Reviewer")
    change_current(closes_on=date(2026, 12, 1), results_by=date(2027, 1, 1))

    def done():
        return [step.is_done for step in page_of(client, organizer).context["steps"]]

    assert done() == [True, True, False, False, False, False, False, False]
    response = submit()
    assert done() == [True, True, False, False, False, False, True, False]
    make_answer(is_sample=True)
    assert done() == [True, True, False, False, False, True, True, False]

    response.accept()

    assert done() == []


def test_only_who_can_set_it_up_is_told_what_to_do_first(client):
    assert page_of(client, make_user("reviewer", "Reviewer", is_staff=True)).context["steps"] == []


def test_staff_without_a_right_are_told_whom_to_ask(client):
    html = page_of(client, make_user("nobody", is_staff=True)).content.decode()

    assert f"write to {settings.CONTACT_EMAIL}" in html
    assert "Nothing waits." not in html


def test_the_first_page_asks_the_same_number_of_questions_for_one_and_for_three(client, django_assert_num_queries):
    organizer = make_user("organizer", "Organizer", is_staff=True)
    change_current(results_by=None)

    def fill():
        submit()
        answer = make_answer("Come in.")
        make_translation(answer, reviewed=False)
        make_translation(answer, language="fr", text="Entrez.").refuse("No.")
        Flag.objects.create(response=answer.response, kind="reader", words="It names me.")

    for more in (1, 2):
        for _n in range(more):
            fill()
        client.force_login(organizer)
        with django_assert_num_queries(29):
            client.get("/admin/")


@pytest.mark.parametrize("path", ["/en/", "/sv/responses/", "/ar/privacy/", "/en/respond/"])
def test_each_public_page_leads_to_the_desks_and_sets_no_cookie(client, path):
    page = client.get(path)

    assert '<li><a href="/admin/">' in page.content.decode()
    assert page.cookies == {}


@pytest.mark.parametrize(
    ("group", "page", "leads_to_people"),
    [
        ("Reviewer", "responses_translation", False),
        ("Coder", "outcomes_evidence", False),
        ("Organizer", "responses_translation", True),
        ("Organizer", "outcomes_evidence", True),
    ],
)
def test_a_name_on_a_desk_leads_to_its_person_only_for_whoever_may_see_people(client, group, page, leads_to_people):
    nia = make_user("nia")
    row = make_translation(translator=nia) if page == "responses_translation" else make_evidence(coder=nia)
    client.force_login(make_user("reader", group, is_staff=True))

    html = client.get(reverse(f"admin:{page}_change", args=[row.pk])).content.decode()

    assert "nia" in html
    assert (reverse("admin:auth_user_change", args=[nia.pk]) in html) is leads_to_people


@pytest.mark.parametrize("query", ["language=xx", "user__password__startswith=a", "region__id__exact=x", "q=a&claim=1"])
def test_a_list_says_that_it_does_not_have_a_filter_and_is_shown_without(client, query):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    affiliate = make_affiliate()

    page = client.get(f"/admin/responses/affiliate/?{query}", follow=True)

    assert page.redirect_chain == [("/admin/responses/affiliate/?e=1", 302)]
    assert "The address has a filter in it that this list does not have." in page.content.decode()
    assert list(page.context["cl"].result_list) == [affiliate]


def test_no_list_takes_more_words_to_search_for_than_an_address_can_hold(client):
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))
    paths = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
    ]

    pages = [client.get(each, follow=True).content.decode() for each in paths]

    forms = [form for page in pages for form in re.findall(r'<form[^>]*method="get".*?</form>', page, re.DOTALL)]
    found = re.findall(r'<input[^>]*type="(?:text|search)"[^>]*>', "".join(forms))
    assert len(found) > 15
    assert [tag for tag in found if 'maxlength="200"' not in tag] == []
