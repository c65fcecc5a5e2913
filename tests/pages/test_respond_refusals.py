"""A form that cannot be stored comes back with every word and with the reason at each field."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from responses.forms.respond import ResponseForm
from responses.forms.sharing import latest_today
from responses.models import Response
from responses.models.answer import LONGEST_ANSWER

from .test_respond import TYPED, faults, send

pytestmark = pytest.mark.django_db


def test_today_in_the_easternmost_time_zone_is_not_in_the_future():
    late_in_greenwich = datetime(2026, 2, 28, 10, 0, tzinfo=UTC)

    assert latest_today(late_in_greenwich) == date(2026, 3, 1)
    assert latest_today(late_in_greenwich - timedelta(minutes=1)) == date(2026, 2, 28)


def test_any_one_of_the_three_answers_is_enough(client):
    nothing = send(client, meaning=" \n ", needs="", resources="")
    one = send(client, meaning="", resources="Muda.")

    assert faults(nothing) == {"__all__": ["Answer at least one of the questions."]}
    assert one.status_code == 302


def test_a_missing_name_is_reported_even_if_no_question_is_answered(client):
    page = send(client, meaning="", sharing="named")
    other = send(client, meaning="", sharing="affiliate")

    assert (set(faults(page)), set(faults(other))) == ({"__all__", "display_name"}, {"__all__", "affiliate"})


def test_every_mistake_is_reported_and_every_typed_word_kept(client):
    typed = {
        "meaning": "Maneno yangu",
        "language": "klingon",
        "affiliate": "",
        "region": "atlantis",
        "people": "0",
        "held_on": str(latest_today() + timedelta(days=1)),
        "place": "Maktaba",
        "sharing": "named",
        "display_name": "",
        "agree": "",
    }

    page = send(client, **typed)

    assert set(faults(page)) == {"language", "region", "people", "held_on", "display_name", "agree"}
    assert Response.objects.count() == 0
    html = page.content.decode()
    assert "Maneno yangu</textarea>" in html
    assert 'value="Maktaba"' in html
    assert f'value="{typed["held_on"]}"' in html
    assert [name for name in faults(page) if f'href="#{name}"' not in html or f'id="{name}_error"' not in html] == []


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("people", "0", "At least 1 person speaks here."),
        ("people", str(10**9), "At most 100000 people can speak in one response."),
        ("people", "many", "Write how many people speak here as a number, such as 1 or 25."),
        ("held_on", "yesterday", "Write the date as year-month-day, such as 2026-03-31."),
        ("held_on", "9999-12-31", "This day is in the future."),
        ("language", "", "Choose the language you write in."),
        ("language", "xx-unknown", "Choose the language you write in from the list."),
        ("sharing", "everybody", "Choose how your response may be shared."),
        ("meaning", "a\x00b", "The text has an invisible NUL character in it, which cannot be stored. Remove it."),
        ("place", "a\x00b", "The text has an invisible NUL character in it, which cannot be stored. Remove it."),
        (
            "needs",
            "x" * (LONGEST_ANSWER + 2),
            "This text is 2 characters too long: 20,000 are possible. Nothing was cut off.",
        ),
    ],
)
def test_a_value_that_cannot_be_stored_is_reported_at_its_field(client, field, typed, message):
    page = send(client, **{field: typed})

    assert (page.status_code, faults(page)) == (200, {field: [message]})
    assert page.context["form"][field].value() == typed


@pytest.mark.parametrize("action", ["send", "save", "switch"])
@pytest.mark.parametrize("name", ["conversation", "gathering", "late"])
def test_a_nul_in_what_nobody_types_loses_no_word_and_is_gone_from_the_page(client, name, action):
    page = send(client, action=action, **{name: "where-you-are\x00"})

    assert (page.status_code, page.context["form"]["meaning"].value()) == (200, TYPED["meaning"])
    assert 'value="where-you-are\x00' not in page.content.decode()


def test_a_megabyte_in_one_field_comes_back_whole(client):
    text = "å" * 1_000_000

    page = send(client, meaning=text)

    assert set(faults(page)) == {"meaning"}
    assert f"\n{text}</textarea>" in page.content.decode()


def test_a_form_that_is_too_large_is_refused_with_an_explanation(client):
    page = send(client, meaning="x" * (17 * 1024 * 1024))

    assert page.status_code == 400
    assert "go back one page" in page.content.decode()


def test_half_a_character_is_reported_at_its_field():
    form = ResponseForm(TYPED | {"meaning": "\ud83d", "display_name": "\udc00"})

    message = "The text has half a character in it, which cannot be stored. Type that place again."
    assert {name: list(messages) for name, messages in form.errors.items()} == {
        "meaning": [message],
        "display_name": [message],
    }


def test_bytes_that_are_not_text_cause_no_error(client):
    body = b"meaning=%ED%A0%80%FF&language=sw&sharing=unnamed&agree=yes&complete=yes"

    page = client.post("/en/respond/", body, content_type="application/x-www-form-urlencoded")

    assert page.status_code == 302


@pytest.mark.parametrize("charset", ["rot13", "hex", "utf-7", "unicode_escape", "undefined", "nonsense"])
def test_a_form_in_another_charset_is_refused(client, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    assert client.generic("POST", "/en/respond/", b"meaning=a", content_type=kind).status_code == 400


def test_an_uploaded_file_is_ignored(client):
    page = send(client, website=SimpleUploadedFile("x.txt", b"x" * 3_000_000))

    assert page.status_code == 302


def test_faults_are_listed_in_the_order_of_the_page_and_the_summary_gets_the_focus(client):
    page = send(client, meaning="", sharing="named", display_name="", email="no address", agree="", people="x")

    assert [name for name, _message in page.context["form"].faults] == [
        "meaning",
        "people",
        "display_name",
        "email",
        "agree",
    ]
    html = page.content.decode()
    assert '<div class="faults" role="alert" id="faults" tabindex="-1" autofocus>' in html
    for question in ("meaning", "needs", "resources"):
        assert re.search(rf'<textarea name="{question}"[^>]* aria-invalid="true"', html)
