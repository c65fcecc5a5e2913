"""Numbers and days are stored as what was typed, or come back with a message that says how to write them."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from responses.forms.numbers import DayField, NumberOfPeopleField
from responses.forms.sharing import SharingForm
from responses.models import Draft, Gathering, Response
from responses.models.sharing import MOST_PEOPLE
from tests.pages.test_gatherings import announce
from tests.pages.test_respond import faults, send

people = SharingForm.base_fields["people"]
NO_NUMBER = "Write how many people speak here as a number, such as 1 or 25."
NO_DAY = "Write the date as year-month-day, such as 2026-03-31."
NO_YEAR = "Write the year of the Gregorian calendar, such as 2026."


def message_of(field, typed):
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    return refusal.value.messages[0]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", 1),
        ("  ", 1),
        ("\u200b", 1),
        ("25", 25),
        (" 007 ", 7),
        ("51\u200f", 51),
        ("\u202b51\u202c", 51),
        ("٥١", 51),
        ("۵۱", 51),
        ("५१", 51),
        ("０５", 5),
        ("1.000", 1000),
        ("1,000", 1000),
        ("1 000", 1000),
        ("1\u00a0000", 1000),
        ("1\u202f000", 1000),
        ("1’000", 1000),
        ("١٬٠٠٠", 1000),
        ("१,०००", 1000),
        ("2.500", 2500),
        ("10.000", 10_000),
        ("100.000", 100_000),
        ("1,00,000", 100_000),
        (37, 37),
    ],
)
def test_a_number_of_people_is_understood_in_every_language(language, typed, number):
    with override(language):
        assert people.clean(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "1.5",
        "1,5",
        "1.0",
        "25.00",
        "1.0000",
        "10.00",
        "1.000,0",
        "1.000 000",
        "0.500",
        "1e3",
        "5+",
        "½",
        "²",
        "五",
        "about 50",
    ]
    + ["50-60", "1..000", ".000", "1.", "1.000.", "1.00.000", "0x10", "1_000", "5 6", "inf", "NaN"],
)
def test_what_is_no_certain_number_comes_back(typed):
    assert message_of(people, typed) == NO_NUMBER


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("0", "At least 1 person speaks here."),
        ("-3", "At least 1 person speaks here."),
        ("−1.000", "At least 1 person speaks here."),
        ("1.000.000", f"At most {MOST_PEOPLE} people can speak in one response."),
        ("9" * 20_000, f"At most {MOST_PEOPLE} people can speak in one response."),
    ],
)
def test_too_few_and_too_many_people_have_messages_of_their_own(typed, message):
    assert message_of(people, typed) == message


def test_a_number_that_must_be_there_can_be_asked_for():
    assert NumberOfPeopleField(required=False).clean("3") == 3


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-31",
        "2026/03/31",
        "2026.3.31",
        "2026 - 03 - 31",
        "\u200f٢٠٢٦-٠٣-٣١",
        "۲۰۲۶/۰۳/۳۱",
        "२०२६-०३-३१",
        "２０２６－０３－３１",
    ]
    + ["2026‑03‑31", date(2026, 3, 31)],
)
def test_a_day_is_understood_in_every_language(language, typed):
    with override(language):
        assert DayField().clean(typed) == date(2026, 3, 31)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize(
    "typed",
    [
        "03/04/2026",
        "13/04/2026",
        "04-03-2026",
        "3.4.26",
        "26-03-04",
        "March 3, 2026",
        "31 mars 2026",
        "2026-02-30",
        "2026-13-01",
    ]
    + ["2026-03", "20260331", "2026-03-31 10:00", "yesterday", "2026-03-31-", "2026-٣-"],
)
def test_an_uncertain_day_comes_back_in_every_language(language, typed):
    with override(language), pytest.raises(ValidationError) as refusal:
        DayField().clean(typed)
    assert refusal.value.code == "invalid"
    assert message_of(DayField(), typed) == NO_DAY


@pytest.mark.parametrize(
    "typed", ["1405-01-11", "۱۴۰۵-۰۱-۱۱", "1447-10-12", "0026-03-31", "0115-03-31", "1948-01-10", "2000-12-31"]
)
def test_years_of_other_calendars_come_back(typed):
    assert message_of(DayField(), typed) == NO_YEAR


@pytest.mark.parametrize("ahead", [543, 57])
def test_the_present_year_of_a_calendar_that_is_ahead_comes_back(ahead):
    assert message_of(DayField(), f"{timezone.localdate().year + ahead}-03-31") == NO_YEAR


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans"])
def test_responses_and_gatherings_store_what_was_typed(client, language):
    send(client, language, people="1.000", held_on="٢٠٢٦/٠٢/٢٨")
    announce(client, language, held_on="٢٠٢٦/٠٢/٢٨")

    assert Response.objects.values_list("people", "held_on").get() == (1000, date(2026, 2, 28))
    assert Gathering.objects.values_list("held_on", flat=True).get() == date(2026, 2, 28)


@pytest.mark.django_db
def test_nothing_is_stored_of_an_uncertain_number_or_day(client):
    page = send(client, people="1.5", held_on="03/04/2026")

    assert faults(page) == {"people": [NO_NUMBER], "held_on": [NO_DAY]}
    assert {'value="1.5"', 'value="03/04/2026"'} <= set(page.content.decode().split())
    assert announce(client, held_on="03/04/2026").context["form"].errors == {"held_on": [NO_DAY]}
    assert (Response.objects.count(), Gathering.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kind"), [("last Friday, 12 Rajab", "text"), ("٢٠٢٦-٠٣-٣١", "text"), ("2026-03-31", "date"), ("", "date")]
)
def test_a_draft_keeps_a_day_as_it_was_typed_in_a_field_that_can_show_it(client, typed, kind):
    saved = send(client, action="save", held_on=typed)

    assert Draft.objects.get().typed.get("held_on", "") == typed
    html = client.get(f"{saved.url}write/").content.decode()
    tag = next(each for each in html.split("<input ") if 'name="held_on"' in each).partition(">")[0]
    assert f'type="{kind}"' in tag
    assert (f'value="{typed}"' in tag) == bool(typed)
