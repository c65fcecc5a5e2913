"""Dates and numbers as readers of each language write them, and codes that stay whole between right-to-left words.

cldr.json is what CLDR 48 (by Babel 2.19) has of our languages: long dates, names of months and days, two numbers.
"""

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import formats, translation
from django.utils.dates import MONTHS, WEEKDAYS

from responses.templatetags.languages import strong, unbroken
from tests.factories import make_full_response

ROOT = Path(__file__).parent.parent
CLDR = json.loads((Path(__file__).parent / "cldr.json").read_text(encoding="utf-8"))
LANGUAGES = [code for code, _name in settings.LANGUAGES]
RIGHT_TO_LEFT = ["ar", "fa"]


def test_cldr_is_asked_for_each_language_of_the_interface():
    assert sorted(CLDR) == sorted(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_dates_months_days_and_numbers_are_those_of_cldr(code):
    with translation.override(code):
        shown = {
            "dates": [formats.date_format(date(2026, month, 26)) for month in MONTHS],
            "months": [str(month) for month in MONTHS.values()],
            "weekdays": [str(day) for day in WEEKDAYS.values()],
            "numbers": {number: formats.localize(int(number)) for number in CLDR[code]["numbers"]},
        }

    assert shown == CLDR[code]


# Hausa, Yoruba and Central Kurdish are unknown to Django, or as good as: what a language gets when it is added.
@pytest.mark.parametrize("code", [*LANGUAGES, "ha", "yo", "ckb", "de", "ja"])
def test_a_moment_says_which_half_of_the_day_it_is_in(code):
    with translation.override(code):
        day, night = (formats.date_format(datetime(2026, 11, 26, hour, 5), "DATETIME_FORMAT") for hour in (14, 2))

    assert re.search(r"(?<!\d)14[:.]05\b", day)
    assert re.search(r"(?<!\d)0?2[:.]05\b", night)
    assert not re.search(r"[ap]\.?m\b", day + night)


def test_a_language_that_django_does_not_know_gets_the_order_that_most_languages_have():
    with translation.override("ha"):
        assert formats.date_format(date(2026, 11, 26)) == "26 November 2026"
        assert formats.localize(20000) == "20,000"


def test_the_number_that_a_sentence_is_about_is_grouped_like_all_others():
    with translation.override("sv"):
        assert strong(20000) == "<strong>20\u00a0000</strong>"


def test_no_address_and_no_value_of_a_field_has_a_number_as_readers_write_it():
    """Numbers in texts are grouped, "1,234"; in an attribute that would be the key of no row."""
    bare = [
        (path.name, found[0])
        for path in (ROOT / "templates").rglob("*.html")
        for found in re.finditer(
            r"<[^<>]*=\"[^\"]*\{\{ *[\w.]*\b(?:pk|id|position) *\}\}[^>]*>", path.read_text("utf-8")
        )
        if "attrs.id" not in found[0]
    ]

    assert bare == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Licence: CC0 1.0.", 'Licence: <bdi class="unbroken" dir="ltr">CC0 1.0</bdi>.'),
        ("CC BY-SA 4.0؛", '<bdi class="unbroken" dir="ltr">CC BY-SA 4.0</bdi>؛'),
        ("مثل 2026-03-31.", 'مثل <bdi class="unbroken" dir="ltr">2026-03-31</bdi>.'),
        ("3 to 5, <b>", "3 to 5, &lt;b&gt;"),
    ],
)
def test_licences_and_numeric_dates_stay_whole_and_read_from_left_to_right(text, shown):
    assert unbroken(text) == shown


def test_what_is_markup_already_stays_so():
    html = Template("{% load i18n %}{{ link|safe|unbroken }}").render(
        Context({"link": '<a href="/2026-03-31/">2026-03-31</a>'})
    )

    assert html == '<a href="/2026-03-31/"><bdi class="unbroken" dir="ltr">2026-03-31</bdi></a>'


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_no_page_shows_a_licence_or_a_numeric_date_bare(client, db, code):
    response = make_full_response()
    addresses = ["respond/", "sheet/", "gatherings/new/", f"responses/{response.code}/", f"my-response/{response.key}/"]
    addresses += [f"my-response/{response.key}/sharing/", f"my-response/{response.key}/edit/"]
    pages = [client.get(f"/{code}/{path}").content.decode() for path in addresses]
    pages.append(client.post(f"/{code}/respond/", {"action": "send", "held_on": "31.3.2026"}).content.decode())
    pattern = r"CC(?:0| BY-SA) \d\.\d|\b\d{4}-\d\d-\d\d"

    marked = rf'<bdi class="unbroken" dir="ltr">(?:{pattern})</bdi>'
    pages = [re.sub(r"<(textarea|script|style|option).*?</\1>", "", page, flags=re.S) for page in pages]
    bare = [re.findall(rf".{{20}}(?:{pattern})", re.sub(rf"{marked}|<[^>]*>", "", page)) for page in pages]
    assert bare == [[]] * len(pages)
    assert sum(len(re.findall(marked, page)) for page in pages) > 15


def test_the_secret_link_begins_where_the_lines_of_its_page_begin():
    """A paragraph with a direction of its own would be aligned to the wrong side of a right-to-left page."""
    turned = [
        (path.name, found)
        for path in (ROOT / "templates").rglob("*.html")
        for found in re.findall(r"<(?:p|h\d|li|dd|td|div)\b[^>]*dir=\"ltr\"[^>]*>", path.read_text("utf-8"))
    ]

    assert turned == []
