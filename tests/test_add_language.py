"""Adding a language is one command; tried in a copy of the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    place = tmp_path_factory.mktemp("copy") / "portal"
    left_out = shutil.ignore_patterns(
        ".venv", ".git", "var", "*.sqlite3*", ".env", ".*_cache", ".hypothesis", "__pycache__"
    )
    shutil.copytree(ROOT, place, ignore=left_out)
    return place


def run(copy, *command):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{copy}/db.sqlite3",
        "SECRET_KEY": "only for a copy of the project " + "abcdefghij" * 3,
        "DJANGO_SETTINGS_MODULE": "diversity_portal.settings",
    }
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_command_adds_a_language_with_setting_columns_and_catalogues(copy):
    told = run(copy, "manage.py", "add_language", "de")

    assert "Deutsch (German) is in the interface" in told
    run(copy, "manage.py", "makemigrations", "--check", "--dry-run")
    run(copy, "manage.py", "migrate", "--verbosity", "0")
    run(copy, "manage.py", "createcachetable")
    run(copy, "manage.py", "load_2017_outcomes")
    run(copy, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    page = run(
        copy,
        "-c",
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "from responses.models import Question\n"
        "Question.objects.filter(slug='meaning').update(prompt_de='Was bedeutet Vielfalt bei euch?')\n"
        "for path in ('/de/respond/', '/de/about/'): print(Client(SERVER_NAME='localhost').get(path).content.decode())",
    )
    assert '<html lang="de"' in page
    assert "Was bedeutet Vielfalt bei euch?" in page
    # What has no translation yet stands there in English.
    assert "Answer the questions" in page
    catalogue = polib.pofile(str(copy / "locale" / "de" / "LC_MESSAGES" / "django.po"))
    assert (len(catalogue) > 900, len(catalogue.translated_entries()) > 80) == (True, True)
    assert {len(entry.msgstr_plural) for entry in catalogue if entry.msgid_plural} == {2}


def test_a_language_that_django_does_not_know_needs_its_plural_rule(copy):
    with pytest.raises(AssertionError, match="--plural-forms"):
        run(copy, "manage.py", "add_language", "ha")

    run(copy, "manage.py", "add_language", "ha", "--plural-forms", "nplurals=2; plural=(n != 1);")

    assert "ha" in (copy / "locale" / "LINGUAS").read_text(encoding="utf-8").splitlines()
    run(copy, "manage.py", "check")


@pytest.mark.parametrize("code", ["klingon", "ar"])
def test_a_language_that_is_none_or_there_already_is_refused(code):
    with pytest.raises(CommandError):
        call_command("add_language", code)
