"""Catalogues with a fault are refused with file, line and reason."""

import subprocess
import sys
from pathlib import Path

import pytest

from diversity_portal.catalogues import check_catalogues, faults, plural_forms, reviewers

ROOT = Path(__file__).parent.parent
SWEDISH = ROOT / "locale/sv/LC_MESSAGES/django.po"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: %s\\n"\n\n'
TWO = "nplurals=2; plural=(n != 1);"


def written(tmp_path, body, rule=TWO):
    path = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER % rule + body, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('msgid "%(n)s of us"\nmsgstr "av oss"\n', "placeholders"),
        ('msgid "of us"\nmsgstr "%(n)s av oss"\n', "placeholders"),
        ('msgid "%(n)s of us"\nmsgstr "%(n) av oss"\n', "placeholders"),
        ('msgid "%(n)s of us"\nmsgstr "%(n)s 100% av oss"\n', "cannot be filled in"),
        ('msgid "Us"\nmsgstr "<script>alert(1)</script>"\n', "markup"),
        ('msgid "Us"\nmsgstr "Vi <img src=x"\n', "markup"),
        ('msgid "Us"\nmsgstr "Vi, https://example.org"\n', "addresses"),
        ('msgid "Us"\nmsgstr "Vi"\n', "control character"),
        ('msgid "Us"\nmsgstr "\u202eVi"\n', "change of direction"),
        ('msgid "Us\\n"\nmsgstr "Vi"\n', "line break"),
        ('msgid "Us"\nmsgstr "' + "Vi " * 50 + '"\n', "five times"),
        ('msgid "%(n)s"\nmsgid_plural "%(n)ss"\nmsgstr[0] "%(n)s"\n', "1 plural forms instead of 2"),
        ('msgid "%(n)s"\nmsgid_plural "%(n)ss"\nmsgstr[0] "en"\nmsgstr[1] "flera"\n', "placeholders"),
    ],
)
def test_a_bad_message_is_refused_with_file_line_and_reason(tmp_path, body, reason):
    path = written(tmp_path, body)

    found = faults(path)

    assert [(each.path, each.line) for each in found] == [(path, 6)]
    assert reason in found[0].reason


def test_a_plural_form_for_a_single_number_may_leave_the_number_out(tmp_path):
    body = 'msgid "%(n)s of us"\nmsgid_plural "%(n)s of us all"\nmsgstr[0] "en av oss"\nmsgstr[1] "%(n)s av oss"\n'

    assert faults(written(tmp_path, body)) == []


ONE = 'msgid "Us"\nmsgstr "Vi"\n'


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("", "charset=UTF-8"),
        ('msgid ""\nmsgstr ""\n"Language: sv\\n"\n\n', "charset=UTF-8"),
        (HEADER.replace("UTF-8", "CHARSET") % TWO, "charset=CHARSET"),
        (HEADER.replace("UTF-8", "ISO-8859-1") % TWO, "charset=ISO-8859-1"),
        (HEADER.replace('"Plural', '"Language: fr\\n"\n"Plural') % TWO, "in fr, not in sv"),
        (HEADER.replace('"Plural', '"Language: sv_Latn\\n"\n"Plural') % TWO, "in sv_Latn, not in sv"),
        (HEADER % "nplurals=1; plural=0;", "1 forms instead of 2"),
        (HEADER % "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);", "3 forms instead of 2"),
    ],
)
def test_a_header_that_gettext_would_read_otherwise_is_refused(tmp_path, header, reason):
    path = written(tmp_path, "")
    path.write_text(header + ONE, encoding="utf-8")

    found = faults(path)

    assert [each.line for each in found] == [1]
    assert reason in found[0].reason


@pytest.mark.parametrize("stated", ["pt_BR", "pt-br", "PT-BR"])
def test_the_language_of_the_header_may_be_written_as_gettext_or_as_the_portal_does(tmp_path, stated):
    path = tmp_path / "pt_BR" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER.replace('"Plural', f'"Language: {stated}\\n"\n"Plural') % TWO + ONE, encoding="utf-8")

    assert faults(path) == []


def test_the_language_of_the_header_may_have_a_country(tmp_path):
    path = written(tmp_path, "")
    path.write_text(HEADER.replace('"Plural', '"Language: sv_SE\\n"\n"Plural') % TWO + ONE, encoding="utf-8")

    assert faults(path) == []


@pytest.mark.parametrize("escape", ["h\\303\\251", "h\\q", "h\\xc3", "\\\\\\u00e9", "a\\n\\0"])
def test_an_escape_that_polib_takes_for_letters_is_refused_in_its_line(tmp_path, escape):
    found = faults(written(tmp_path, f'msgid "Us"\nmsgstr ""\n"{escape}"\n'))

    assert [each.line for each in found if "not an escape" in each.reason] == [8]


def test_escapes_that_are_read_are_taken(tmp_path):
    assert faults(written(tmp_path, 'msgid "Us \\"q\\" \\\\303"\nmsgstr "Vi \\"q\\"\\t\\\\303"\n')) == []


def test_two_translations_of_one_message_are_refused_but_not_those_of_two_contexts(tmp_path):
    found = faults(written(tmp_path, ONE + "\n" + ONE.replace("Vi", "Oss")))
    assert [(each.line, each.reason) for each in found] == [(9, "the same message is in line 6")]

    assert faults(written(tmp_path, f'{ONE}\nmsgctxt "who"\n{ONE}\n#~ msgid "Us"\n#~ msgstr "Oss"\n')) == []


@pytest.mark.parametrize("rule", ["nplurals=2; plural=n/0;", "nplurals=2; plural=__import__;", "nplurals=2; plural=n;"])
def test_an_invalid_plural_rule_is_refused(tmp_path, rule):
    found = faults(written(tmp_path, 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n', rule))

    assert [each.line for each in found] == [1]
    assert "plural rule" in found[0].reason


def test_each_plural_form_lists_the_numbers_it_stands_for():
    forms = plural_forms("nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);")

    assert (forms[0], forms[1], forms[2][:3]) == ([1], [2], [0, 3, 4])


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text + b"\n<<<<<<< HEAD\n",
        lambda text: text[: len(text) // 2].rsplit(b'"', 1)[0],
        lambda text: text.replace("å".encode(), b"\xe5"),
    ],
)
def test_a_truncated_or_damaged_catalogue_is_not_compiled(tmp_path, damage):
    path = tmp_path / "django.po"
    path.write_bytes(damage(SWEDISH.read_bytes()))

    compiled = subprocess.run(
        [sys.executable, "-m", "scripts.compile_messages", path], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert compiled.returncode == 1
    assert compiled.stderr.startswith(f"{path}:")
    assert "it cannot be read" in compiled.stderr
    assert not path.with_suffix(".mo").exists()


def test_the_deployment_check_names_the_fault(tmp_path, settings):
    path = written(tmp_path, 'msgid "Us"\nmsgstr "<b>Vi</b>"\n')
    settings.LOCALE_PATHS = [tmp_path]

    assert [each.msg for each in check_catalogues(None)] == [f"{path}:6: its markup is not that of the source"]
    settings.LOCALE_PATHS = [ROOT / "locale"]
    assert check_catalogues(None) == []


def test_the_header_of_a_catalogue_names_its_reviewers(tmp_path):
    written(tmp_path, "")
    assert reviewers("sv", tmp_path) == ""
    text = HEADER % TWO
    (tmp_path / "sv/LC_MESSAGES/django.po").write_text(text[:-1] + '"X-Reviewed-By: Åsa, Bo\\n"\n', encoding="utf-8")

    assert reviewers("sv", tmp_path) == "Åsa, Bo"
    assert reviewers("nothing", tmp_path) == ""
