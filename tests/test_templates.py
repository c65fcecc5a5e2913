"""What holds in every template: words are translated whole, people's words go through one fragment, nothing inline."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static").rglob("*.css"))


@pytest.fixture(params=TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def template(request):
    return request.param.read_text(encoding="utf-8")


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 30
    assert len(STYLES) == 3


def test_nothing_is_inline(template):
    """The content security policy would block it, but for the style sheet itself, which it knows by its hash."""
    template = template.replace("<style>{% portal_css %}</style>", "")
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", template) == []


def test_nothing_is_printed_unescaped(template):
    assert re.findall(r"\|\s*safe|autoescape\s+off", template) == []


def test_no_field_is_written_out_by_hand(template):
    """Its form renders it, with what a screen reader needs."""
    assert re.findall(r"aria-invalid", template) == []


# What a form says that somebody saw, or which form it is.
SAYS = re.compile(r'name="(?:seen|submission)"|form\.source_text')
FIELDS = re.compile(r"as_field_group|_fields\.html|{{ \w*form\.(?:text|note|reason)|<textarea")


def forms_to_fill_in(template):
    forms = re.findall(r"<form\b.*?</form>", template, flags=re.S)
    return [form for form in forms if SAYS.search(form) and FIELDS.search(form)]


def test_a_browser_fills_in_a_form_again_only_where_the_same_was_seen(template):
    """It knows a form by its name (Firefox) or by the names of its first fields (Chromium, WebKit)."""
    for form in forms_to_fill_in(template):
        name = re.match(r'<form[^>]* name="(page-{{ [\w.]+ }})"', form)
        assert name, form[:200]
        assert re.search(r"<(?:input|select|textarea)[^>]*>", form)[0] == f'<input type="hidden" name="{name[1]}">'


def test_forms_that_say_what_was_seen_are_looked_at():
    found = {path.name: len(forms_to_fill_in(path.read_text(encoding="utf-8"))) for path in TEMPLATES}

    assert {name: number for name, number in found.items() if number} == {
        "my_response_asked.html": 1,
        "my_response_edit.html": 1,
        "my_response_sharing.html": 1,
        "new_gathering.html": 1,
        "_verbs.html": 1,
        "agree.html": 1,
        "roles.html": 1,
        "look_again.html": 2,
        "respond.html": 1,
        "translate_answer.html": 1,
        "translate_for_reviewers.html": 1,
    }


def test_nothing_that_only_a_script_shows_is_in_the_page(template):
    """A text browser shows what is hidden, and what is in a template."""
    bare = re.sub(r"{%\s*comment.*?endcomment\s*%}", " ", template, flags=re.S)

    assert re.findall(r"<template|<\w+[^>]*\shidden[\s>]", bare) == []


def test_long_messages_are_trimmed(template):
    blocks = re.findall(r"{%\s*blocktranslate[^%]*%}", template)

    assert [block for block in blocks if "trimmed" not in block] == []


def test_every_word_of_ours_can_be_translated(template):
    bare = re.sub(r"{%\s*comment.*?endcomment\s*%}", " ", template, flags=re.S)
    bare = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", " ", bare, flags=re.S)
    bare = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", bare, flags=re.S)
    shown = re.sub(r"<[^>]*>", " ", bare)
    attributes = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', bare)

    words = [word for text in (shown, *attributes) for word in re.findall(r"[^\W\d_]{2,}", text)]
    assert [word for word in words if word not in ("DOCTYPE", "colM")] == []


def _without_fields(template):
    """What stands in a field is typed there, not printed."""
    return re.sub(r"<textarea.*?</textarea>", "", template, flags=re.S)


def test_people_s_words_are_printed_by_one_fragment():
    printed = {
        str(path.relative_to(ROOT / "templates"))
        for path in TEMPLATES
        if re.search(r"{{\s*(\w+\.)*(text|quote)\s*[|}]", _without_fields(path.read_text(encoding="utf-8")))
    }

    # What organizers write to an author can be in any language.
    assert printed == {"responses/_answer.html", "responses/_organizers_words.html"}


def test_that_fragment_marks_language_and_direction():
    fragment = (ROOT / "templates/responses/_answer.html").read_text(encoding="utf-8")

    assert fragment.startswith('<blockquote class="words" lang="{{ language }}" dir="{{ language|direction }}">')


def test_templates_decide_nothing(template):
    """No query, no arithmetic."""
    assert re.findall(r"\.objects\b|\.filter\b|\|add:|widthratio", template) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_know_no_left_and_right(path):
    physical = r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|float:|[^-\w](?:left|right):"

    assert re.findall(physical, path.read_text(encoding="utf-8")) == []


def test_nothing_is_loaded_from_elsewhere(template):
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', template) == []


def test_numbers_that_name_something_are_not_written_as_people_write_numbers(template):
    """A number in an address or an id is "12345"; as readers see numbers it would be "12,345"."""
    in_attributes = re.findall(
        r'(?:id|href|value|name|for|min|max|action)="[^"]*{{\s*(?:\w+\.)*(?:pk|position)\s*}}', template
    )
    assert in_attributes == []
    assert re.findall(r"{{\s*(?:\w+\.)*pk\s*}}", template) == []


def test_a_browser_leaves_it_to_the_portal_to_say_what_is_missing(template):
    """It would say it in its own language, and keep a draft from being saved. A screen reader says what is required."""
    for form in re.findall(r"<form\b.*?</form>", template, flags=re.S):
        if "as_field_group" in form and "csrf_token" not in form:
            assert "novalidate" in form[: form.index(">")]
