import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from outcomes import conference_2017
from outcomes.models import Clause, Problem, Solution, Statement, Topic
from responses.models import Affiliate, Draft, Term, TextSource
from tests.factories import make_user, store

pytestmark = pytest.mark.django_db

# Rows made (twelve are glossary terms), and translated texts filled in.
MADE = (59, 109)

MODELS = (Statement, Clause, Problem, Topic, Solution, Affiliate)


def rows():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_loading_the_outcomes_of_2017_twice_changes_nothing():
    assert conference_2017.load() == MADE
    before = rows()

    assert conference_2017.load() == (0, 0)
    assert rows() == before
    assert {name: len(found) for name, found in before.items()} == {
        "Statement": 1,
        "Clause": 5,
        "Problem": 14,
        "Topic": 9,
        "Solution": 12,
        "Affiliate": 5,
    }


def test_loading_the_outcomes_again_keeps_every_change_by_the_organizers():
    conference_2017.load()
    store(Problem.objects.get(slug="access"), title_en="Ours", title_ar="", published_at=None)
    store(Problem.objects.get(slug="people"), description_en="", description_ar="")
    Term.objects.get(slug="equity").delete()
    store(Problem.objects.get(slug="weak-outreach"), slug="outreach")
    Problem.objects.get(slug="harassment-safety").delete()
    Topic.objects.get(slug="lgbt").delete()
    Topic.objects.filter(slug="youth").update(name_en="Those who are young")
    Solution.objects.get(slug="collaborate").problems.clear()
    Affiliate.objects.filter(name="Wikimedia Norge").update(name="Wikimedia Norway")
    before = rows()

    assert conference_2017.load() == (0, 0)
    assert rows() == before


def test_loading_the_outcomes_again_fills_languages_that_are_empty():
    conference_2017.load()
    arabic = Problem.objects.get(slug="access").title_ar
    Problem.objects.filter(slug="access").update(title_ar="")
    # As in a language that was added later: nobody has worded anything in it.
    TextSource.objects.filter(language="ar", model="outcomes.problem", field="title").delete()

    assert conference_2017.load() == (0, 1)
    assert Problem.objects.get(slug="access").title_ar == arabic


def test_every_problem_has_a_source_and_every_solution_and_clause_has_a_problem():
    conference_2017.load()

    assert list(Problem.objects.filter(source="organizers")) == []
    assert list(Solution.objects.filter(problems__isnull=True)) == []
    assert list(Clause.objects.filter(problems__isnull=True)) == []


def test_the_first_organizer_gets_a_password_that_is_printed_once(capsys, client):
    call_command("make_organizer")
    password = re.search(r"password (\S+)\n", capsys.readouterr().out)[1]
    call_command("make_organizer")

    assert capsys.readouterr().out == ""
    client.post("/accounts/login/", {"login": "organizer", "password": password})
    assert client.get("/admin/").status_code == 200
    assert User.objects.count() == 1


def test_no_organizer_is_made_if_there_is_one_already():
    make_user("root", is_superuser=True)

    call_command("make_organizer")

    assert list(User.objects.values_list("username", flat=True)) == ["root"]


def test_preparing_the_database_again_changes_nothing():
    call_command("prepare")
    before = rows()

    call_command("prepare")

    assert rows() == before


@pytest.mark.once
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_housekeeping_outlives_a_database_that_does_not_answer_and_stops_when_it_is_told_to(tmp_path, number):
    environment = {"DJANGO_SETTINGS_MODULE": "diversity_portal.settings", "DATABASE_URL": f"sqlite:///{tmp_path}/none"}
    command = [sys.executable, "manage.py", "housekeeping", "--every", "60", "--no-mail"]

    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True
    ) as process:
        told = process.stderr.readline()
        process.send_signal(number)

    assert told == "No database (OperationalError). Trying again in 60 minutes.\n"
    assert process.returncode == 0


def housekeeping_without_pause(database, **more):
    """A process that does it again and again. What it says, whether as a fault or not, comes line by line."""
    own = {"DJANGO_SETTINGS_MODULE": "diversity_portal.settings", "DATABASE_URL": database, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "housekeeping", "--every", "0", "--no-mail"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **own, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


DONE = "Expired and deleted: drafts, 1.\n"


@pytest.mark.once
def test_housekeeping_goes_on_when_the_database_is_there_at_last_and_ends_when_it_is_told_to(tmp_path):
    path = tmp_path / "portal.sqlite3"
    own = {"DJANGO_SETTINGS_MODULE": "diversity_portal.settings", "DATABASE_URL": f"sqlite:///{path}"}
    prepare = [sys.executable, "manage.py", "prepare"]

    with housekeeping_without_pause(own["DATABASE_URL"]) as process:
        told = [process.stdout.readline()]
        subprocess.run(prepare, cwd=settings.BASE_DIR, env={**os.environ, **own}, capture_output=True, check=True)
        with closing(sqlite3.connect(path)) as database:
            database.execute(
                "INSERT INTO responses_draft (key_hash, typed, saved_on, conversation_id)"
                " SELECT 'k', '{}', '2020-01-01', id FROM responses_conversation WHERE is_current"
            )
            database.commit()
        while told[-1] not in ("", DONE):
            told.append(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        after = process.stdout.read()

    assert set(told) == {"No database (OperationalError). Trying again in 0 minutes.\n", DONE}
    assert (process.returncode, after) == (0, "")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_housekeeping_connects_anew_when_the_database_has_ended_its_connection():
    ours = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    ended = 0

    with housekeeping_without_pause(ours, PGAPPNAME="housekeeping") as process:
        with connection.cursor() as cursor:
            while not ended:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE application_name = 'housekeeping' AND datname = current_database()"
                )
                ended = cursor.fetchone()[0]
        told = [process.stdout.readline()]
        Draft.objects.keep("a key", {}, on=date(2020, 1, 1))
        # One that never connects anew would say so for ever.
        while told[-1] not in ("", DONE) and len(told) < 100:
            told.append(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        process.stdout.read()

    assert told[0].startswith("No database (")
    assert (told[-1], process.returncode) == (DONE, 0)
