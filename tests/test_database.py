"""The suite runs on SQLite and with both drivers of PostgreSQL: the one that was asked for must be the one in use.

What is asked of the database has the same answer in each of them.
"""

import os
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.urls import reverse

from outcomes.organizer_mail import is_reachable
from responses.models import Affiliate
from tests.factories import make_affiliate, make_user


def test_the_tests_run_with_the_driver_that_was_asked_for():
    address = os.environ["DATABASE_URL"]
    driver = os.environ.get("POSTGRESQL_DRIVER") or "psycopg"

    used = connection.Database.__name__.partition(".")[0]

    assert used == ("sqlite3" if address.startswith("sqlite") else driver)


def test_psycopg_3_sends_words_apart_from_statements():
    is_psycopg_3 = connection.Database.__name__ == "psycopg"

    assert connection.settings_dict["OPTIONS"].get("server_side_binding", False) == is_psycopg_3


@pytest.mark.django_db
@pytest.mark.parametrize("look_up", ["iexact", "icontains", "istartswith", "iendswith"])
@pytest.mark.parametrize(("stored", "asked"), [("Égalité", "ÉGALITÉ"), ("РАВЕНСТВО", "равенство"), ("Ada", "aDA")])
def test_a_look_up_regardless_of_capitals_knows_those_of_every_script(look_up, stored, asked):
    found, _other = make_affiliate(name=stored), make_affiliate(name="Another")

    assert list(Affiliate.objects.filter(**{f"name__{look_up}": asked})) == [found]
    assert list(Affiliate.objects.filter(**{f"name__{look_up}": F("name")}).exclude(name="Another")) == [found]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["É_alité", "%", "É\\galité"])
def test_what_was_typed_is_no_pattern(asked):
    make_affiliate(name="Égalité")

    assert list(Affiliate.objects.filter(name__icontains=asked)) == []


@pytest.mark.django_db
def test_organizers_find_a_name_in_other_capitals(client):
    found = make_affiliate(name="Égalité"), make_affiliate(name="Another")
    client.force_login(make_user("organizer", "Organizer", is_staff=True, is_superuser=True))

    page = client.get(reverse("admin:responses_affiliate_changelist"), {"q": "éGALITÉ"})

    assert list(page.context["cl"].result_list) == [found[0]]


@pytest.mark.django_db
def test_an_address_in_other_capitals_waits_for_its_confirmation_too():
    user = make_user("organizer", is_staff=True)
    User.objects.filter(pk=user.pk).update(email="É@example.org")
    EmailAddress.objects.filter(user=user).update(email="é@example.org", verified=False)

    assert not is_reachable(User.objects.get(pk=user.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["region", "question", "problem", "solution"])
def test_a_place_in_a_list_that_another_database_could_not_store_is_refused(client, name):
    client.force_login(make_user("organizer", "Organizer", is_staff=True, is_superuser=True))
    app = "responses" if name in ("region", "question") else "outcomes"

    page = client.post(reverse(f"admin:{app}_{name}_add"), {"position": "32768"})

    assert page.context["adminform"].form.errors["position"] == ["Ensure this value is less than or equal to 32767."]


@pytest.mark.django_db
def test_a_user_name_in_other_capitals_signs_in(client):
    user = make_user("Élodie")

    client.post(reverse("account_login"), {"login": "éLODIE", "password": "a long password"})

    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("app", ["responses", "outcomes"])
def test_each_table_is_made_at_once_with_its_references_indexes_and_constraints(app):
    """For each that is added later, Django makes all models anew: a first start would take four times as long."""
    steps = import_module(f"{app}.migrations.0001_initial").Migration.operations

    assert {type(each).__name__ for each in steps} == {"CreateModel"}
