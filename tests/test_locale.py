"""The catalogues of the interface are complete, with the right plural forms and every placeholder."""

import ast
import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from diversity_portal.catalogues import begin, faults, plural_forms
from outcomes.conference_2017 import catalogue as catalogue_of_2017
from outcomes.conference_2017 import english as english_of_2017
from responses.languages import language_of
from scripts.list_desk_messages import is_at_desks
from tests.wording import DESK_MESSAGES

ROOT = Path(__file__).parent.parent
LANGUAGES = [code for code, name in settings.LANGUAGES if code != "en"]
PLURALS = {
    # Numbers, and for each the plural form that CLDR asks for.
    "ar": ([0, 1, 2, 3, 10, 11, 99, 100, 102], [0, 1, 2, 3, 3, 4, 4, 5, 5]),
    "es": ([0, 1, 2, 1_000_000, 1_000_001], [2, 0, 2, 1, 2]),
    "fa": ([0, 1, 2, 21], [0, 0, 1, 1]),
    "fr": ([0, 1, 2, 1_000_000, 1_000_001], [0, 0, 2, 1, 2]),
    "hi": ([0, 1, 2, 21], [0, 0, 1, 1]),
    "id": ([0, 1, 2, 21], [0, 0, 0, 0]),
    "pt-br": ([0, 1, 2, 21], [0, 0, 1, 1]),
    "ru": ([0, 1, 2, 5, 11, 21, 22, 25, 111], [2, 0, 1, 2, 2, 0, 1, 2, 2]),
    "sv": ([0, 1, 2, 21], [1, 0, 1, 1]),
    "sw": ([0, 1, 2, 21], [1, 0, 1, 1]),
    "zh-hans": ([0, 1, 2, 21], [0, 0, 0, 0]),
}


QQQ = "locale/qqq/LC_MESSAGES/django.po"


def catalogue(code):
    return polib.pofile(str(ROOT / "locale" / translation.to_locale(code) / "LC_MESSAGES" / "django.po"))


@cache
def translated(code):
    return {entry.msgid: entry.translated() for entry in catalogue(code)}


def placeholders(text):
    return sorted(set(re.findall(r"%\(\w+\)[sd]", text)))


def tags(text):
    return sorted(re.findall(r"<[^>]+>", text))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_message_is_translated_and_none_is_fuzzy(code):
    entries = catalogue(code)

    lacking = {entry.msgid for entry in entries if entry.fuzzy or not entry.translated()}
    assert lacking - DESK_MESSAGES == set()
    assert len(entries) > 300


def test_only_messages_that_no_one_else_reads_are_english_at_the_desks():
    entries = {entry.msgid: entry for entry in catalogue("sv")}

    assert [each for each in DESK_MESSAGES if not is_at_desks(entries[each])] == []
    assert [each for each in DESK_MESSAGES if all(translated(code)[each] for code in LANGUAGES)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_keep_placeholders_and_tags(code):
    wrong = []
    for entry in catalogue(code):
        source = entry.msgid_plural or entry.msgid
        for number, text in (entry.msgstr_plural or {0: entry.msgstr}).items():
            if not text and entry.msgid in DESK_MESSAGES:
                continue
            # A form for a single number, such as "two people", may leave the number out, but not add a placeholder.
            left_out = set(placeholders(source)) - set(placeholders(text))
            allowed = 1 if entry.msgid_plural and code == "ar" and number in (0, 1, 2) else 0
            if len(left_out) > allowed or set(placeholders(text)) - set(placeholders(source)):
                wrong.append((entry.msgid, text))
            if not left_out and tags(text) != tags(source):
                wrong.append((entry.msgid, text))

    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_number_gets_the_plural_form_that_cldr_asks_for(code):
    numbers, forms = PLURALS[code]
    entries = [entry for entry in catalogue(code) if entry.msgid_plural and entry.msgid not in DESK_MESSAGES]
    with translation.override(code):
        shown = [[translation.ngettext(entry.msgid, entry.msgid_plural, n) for n in numbers] for entry in entries]

    assert shown == [[entry.msgstr_plural[form] for form in forms] for entry in entries]
    assert len(entries) > 20


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_plural_form_is_translated(code):
    forms = set(plural_forms(catalogue(code).metadata["Plural-Forms"]))

    assert set(PLURALS[code][1]) <= forms
    assert [
        entry.msgid
        for entry in catalogue(code)
        if entry.msgid not in DESK_MESSAGES
        and entry.msgid_plural
        and (set(entry.msgstr_plural) != forms or not all(entry.msgstr_plural.values()))
    ] == []


CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}


def messages_of(source):
    """The messages that a Python source has translated: in calls with a context, the text after it.

    A call that has no text of its own looks up one that stands elsewhere.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if texts:
                yield texts[1] if node.func.id.startswith("pgettext") else texts[0]


def test_the_catalogues_hold_every_message_of_the_code_and_the_templates():
    """Fails if scripts/collect-messages was forgotten. Templates are read as Django's own makemessages reads them."""
    used = set()
    for app in ("responses", "outcomes", "diversity_portal"):
        for path in (ROOT / app).rglob("*.py"):
            used.update(messages_of(path.read_text(encoding="utf-8")))
    for path in (each for kind in ("html", "txt", "wiki") for each in (ROOT / "templates").rglob(f"*.{kind}")):
        python_like = templatize(path.read_text(encoding="utf-8"))
        for call in re.findall(
            r"\b(?:_|n?gettext)\((?:u?'(?:[^'\\\\]|\\\\.)*'|u?\"(?:[^\"\\\\]|\\\\.)*\")", python_like
        ):
            used.update(messages_of(call.replace("ngettext(", "gettext(") + ")"))

    missing = {code: used - {entry.msgid for entry in catalogue(code)} for code in LANGUAGES}
    assert missing == dict.fromkeys(LANGUAGES, set())
    assert len(used) > 400


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_outcomes_of_2017_are_translated_into_every_language(code):
    po = polib.pofile(str(catalogue_of_2017(code)))

    assert {entry.msgctxt: entry.msgid for entry in po} == english_of_2017()
    # A short word may be the same in both languages.
    same = [entry.msgctxt for entry in po if entry.msgstr == entry.msgid and len(entry.msgid) > 10]
    assert [entry.msgctxt for entry in po if entry.fuzzy or not entry.msgstr.strip()] + same == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_catalogue_has_a_fault(code):
    assert faults(ROOT / "locale" / translation.to_locale(code) / "LC_MESSAGES" / "django.po") == []
    assert faults(catalogue_of_2017(code)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_file_says_that_no_native_speaker_has_reviewed_it_yet(code):
    for po in (catalogue(code), polib.pofile(str(catalogue_of_2017(code)))):
        assert po.header.splitlines()[0] == f"Diversity portal: {language_of(code).english_name}"
        assert "Drafted without review by a native speaker" in po.header
        assert po.metadata["X-Reviewed-By"] == ""
        assert po.metadata["Language"] == translation.to_locale(code)


def test_a_new_header_keeps_the_authors_and_reviewers_of_a_catalogue():
    po = polib.POFile()
    po.header = "Somebody else's line\nAuthor: Amina"
    po.metadata = {"Plural-Forms": "nplurals=1; plural=0;", "X-Reviewed-By": "Amina", "Language-Team": "LANGUAGE"}

    begin(po, "id")
    begin(po, "id")

    assert po.header.splitlines()[-1] == "Author: Amina"
    assert len(po.header.splitlines()) == 4
    assert (po.metadata["Language"], po.metadata["X-Reviewed-By"]) == ("id", "Amina")
    assert "Language-Team" not in po.metadata


def test_every_message_with_a_placeholder_or_a_context_is_explained_to_translators():
    told = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(str(ROOT / QQQ))}
    for code in ("en", *LANGUAGES):
        entries = catalogue(code)
        assert {(entry.msgctxt, entry.msgid): entry.comment for entry in entries if entry.comment} == told
        # Gettext's own references say where a message is.
        assert [entry.msgid for entry in entries if not entry.occurrences] == []
    needed = {
        (entry.msgctxt, entry.msgid): {*placeholders(entry.msgid), *placeholders(entry.msgid_plural)}
        for entry in catalogue("en")
        if entry.msgctxt or placeholders(entry.msgid + entry.msgid_plural)
    }
    assert [key for key, names in needed.items() if names - set(placeholders(told.get(key, "")))] == []
    assert [key for key in needed if not told.get(key)] == []
    for code in ("en", *LANGUAGES):
        assert [entry.msgctxt for entry in polib.pofile(str(catalogue_of_2017(code))) if not entry.comment] == []


def test_the_about_page_says_that_no_native_speaker_has_reviewed_a_language_yet(client, db):
    html = client.get("/en/about/").content.decode()

    assert html.count("drafted without review by a native speaker") == len(LANGUAGES)
    assert html.count("the language that they were written in") == 1
