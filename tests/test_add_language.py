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


def run(copy, code):
    """Runs Python code in the copy, in a process that reads the list of languages anew."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{copy}/db.sqlite3",
        "SECRET_KEY": "only for a copy of the project " + "abcdefghij" * 3,
        "DJANGO_SETTINGS_MODULE": "diversity_portal.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


ADD = """
from django.core.management import call_command
call_command("add_language", "de")
"""
# A database is made as `make run` makes it, and the new language is read there as a person would read it.
USE = """
from django.core.management import call_command
from django.test import Client
from responses.models import Question
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("prepare", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
Question.objects.filter(slug="meaning").update(prompt_de="Was bedeutet Vielfalt bei euch?")
for path in ("/de/respond/", "/de/about/"):
    print(Client(SERVER_NAME="localhost").get(path).content.decode())
"""


def test_one_command_adds_a_language_with_setting_columns_and_catalogues(copy):
    told = run(copy, ADD)

    assert "Deutsch (German) is in the interface" in told
    page = run(copy, USE)
    assert '<html lang="de"' in page
    assert "Was bedeutet Vielfalt bei euch?" in page
    # What has no translation yet stands there in English.
    assert "Answer the questions" in page
    catalogue = polib.pofile(str(copy / "locale" / "de" / "LC_MESSAGES" / "django.po"))
    assert (len(catalogue) > 900, len(catalogue.translated_entries()) > 80) == (True, True)
    assert {len(entry.msgstr_plural) for entry in catalogue if entry.msgid_plural} == {2}


WITHOUT_AND_WITH_A_RULE = """
from django.core.management import CommandError, call_command
try:
    call_command("add_language", "ha")
except CommandError as refusal:
    print(refusal, flush=True)  # before what the processes print that the next command starts
call_command("add_language", "ha", plural_forms="nplurals=2; plural=(n != 1);")
"""


def test_a_language_that_django_does_not_know_needs_its_plural_rule(copy):
    told = run(copy, WITHOUT_AND_WITH_A_RULE)

    assert told.splitlines()[0] == "Django does not know the plural forms of ha: give --plural-forms."
    assert (copy / "locale" / "LINGUAS").read_text(encoding="utf-8").splitlines().count("ha") == 1
    run(copy, 'from django.core.management import call_command; call_command("check")')


@pytest.mark.parametrize("code", ["klingon", "ar"])
def test_a_language_that_is_none_or_there_already_is_refused(code):
    with pytest.raises(CommandError):
        call_command("add_language", code)
