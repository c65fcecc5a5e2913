"""Adding a language is one command; tried in a copy of the project."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import to_locale

from diversity_portal import languages_for_django
from diversity_portal.catalogues import begin, faults, plural_forms
from diversity_portal.management.commands.add_language import _PLURAL_RULES, Command
from responses.languages import languages

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
from django.core.management import CommandError, call_command
try:
    call_command("add_language", "ha", plural_forms="n != 1")
except CommandError as refusal:
    print(refusal, flush=True)  # before what the processes print that the next command starts
call_command("add_language", "ha")
"""
ADD_ANOTHER = """
from django.core.management import call_command
call_command("add_language", "de")
"""
# A database is made as `make run` makes it, and the new languages are read there as a person would read them: German on
# public pages, Hausa, which Django does not know, in every form of the admin that has texts in the languages.
USE = """
import re
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from modeltranslation.translator import translator
from responses.models import Question
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("prepare", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
Question.objects.filter(slug="meaning").update(prompt_de="Was bedeutet Vielfalt bei euch?")
for path in ("/de/respond/", "/de/about/"):
    print(Client(SERVER_NAME="localhost").get(path).content.decode())
client = Client(SERVER_NAME="localhost", headers={"accept-language": "ha"})
client.force_login(User.objects.create_superuser("who looks at all forms"))
for model in admin.site._registry.keys() & set(translator.get_registered_models(abstract=False)):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    rows = [reverse(f"{name}_change", args=[row.pk]) for row in model.objects.all()[:1]]
    for path in [reverse(f"{name}_changelist"), reverse(f"{name}_add"), *rows]:
        if (page := client.get(path)).status_code == 403 and path.endswith("/add/"):
            continue  # nobody adds questions
        print(path, page.status_code, re.search('<html lang="([^"]*)"', page.content.decode())[1])
"""


def test_one_command_adds_a_language_whether_django_knows_it_or_not(copy):
    told = run(copy, ADD)

    assert told.splitlines()[0] == "--plural-forms: not a rule: 'n != 1'"
    assert "Deutsch (German) is in the interface" in run(copy, ADD_ANOTHER)
    catalogue = polib.pofile(str(copy / "locale" / "de" / "LC_MESSAGES" / "django.po"))
    assert (len(catalogue) > 900, len(catalogue.translated_entries()) > 80) == (True, True)
    assert {len(entry.msgstr_plural) for entry in catalogue if entry.msgid_plural} == {2}
    assert (copy / "locale" / "LINGUAS").read_text(encoding="utf-8").splitlines().count("ha") == 1
    seen = run(copy, USE)
    assert '<html lang="de"' in seen
    assert "Was bedeutet Vielfalt bei euch?" in seen
    # What has no translation yet stands there in English.
    assert "Answer the questions" in seen
    pages = re.findall(r"^(/admin/\S+) (\d+) (\S+)$", seen, re.MULTILINE)
    assert len(pages) >= 12
    assert [page for page in pages if page[1:] != ("200", "ha")] == []


RIGHT_TO_LEFT = ["ar", "ku-arab", "ha-arab", "ff-adlm", "skr-arab"]
LEFT_TO_RIGHT = ["ha", "yo", "ku-latn", "az", "ug-latn", "ase", "und", "nan-latn-pehoeji"]


@pytest.mark.parametrize("code", RIGHT_TO_LEFT + LEFT_TO_RIGHT)
def test_the_admin_runs_in_the_direction_of_its_language_also_where_django_does_not_know_it(code):
    with translation.override(code):
        assert translation.get_language_bidi() is (code in RIGHT_TO_LEFT)


def test_django_knows_every_language_of_the_registry_once_it_is_told(monkeypatch):
    monkeypatch.setattr(languages_for_django, "LANG_INFO", known := {})

    languages_for_django.tell_django(languages())

    assert {code: (info["name_local"], info["bidi"]) for code, info in known.items()} == {
        each.code: (each.autonym, each.direction == "rtl") for each in languages().values()
    }


@pytest.mark.parametrize(
    ("code", "rule", "told"),
    [
        ("ga", "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4);", ""),  # Django's
        ("yo", "nplurals=1; plural=(0);", ""),
        ("ku-arab", "nplurals=2; plural=(((n == 1)) ? 0 : 1);", ""),
        ("sr-cyrl", None, ""),
        ("ase", "nplurals=2; plural=(n != 1);", "CLDR does not know the plural forms of ase"),
    ],
)
def test_the_plural_rule_is_that_of_django_or_of_cldr_or_the_usual_one_which_is_said(code, rule, told):
    command = Command(stdout=io.StringIO())

    found = command._rule(code, None)

    assert (found == rule or rule is None, command.stdout.getvalue()[: len(told) or None]) == (True, told)


def test_every_plural_rule_of_cldr_has_forms_that_whole_numbers_have():
    with _PLURAL_RULES.open(encoding="utf-8", newline="") as file:
        rules = {row["code"]: row["rule"] for row in csv.DictReader(file)}

    assert (set(rules) <= set(languages()), len(rules) > 200) == (True, True)
    # A million is another form in some.
    unused = {code for code, rule in rules.items() for numbers in plural_forms(rule).values() if not numbers}
    assert {code.partition("-")[0] for code in unused} <= {"br", "ca", "es", "fr", "it", "lld", "pt", "scn", "vec"}


@pytest.mark.parametrize("code", ["klingon", "ar"])
def test_a_language_that_is_none_or_there_already_is_refused(code):
    with pytest.raises(CommandError):
        call_command("add_language", code)


@pytest.mark.parametrize("code", ["nan-latn-pehoeji", "es-419", "ku-arab", "be-tarask", "ase"])
def test_the_catalogue_that_is_laid_out_for_a_language_has_no_fault(tmp_path, code):
    path = tmp_path / to_locale(code) / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()

    begin(catalogue, code)
    catalogue.save(str(path))

    assert faults(path) == []
