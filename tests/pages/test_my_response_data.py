"""All that the portal holds about a response, to take along."""

import html
import uuid
from datetime import date

import pytest

from responses.access.keys import key_of
from responses.exchange.data_export import author_data
from responses.models import Contact, Region, Response
from tests.factories import (
    change_current,
    make_full_response,
    make_response,
    make_translation,
    make_user,
    submit,
)

pytestmark = pytest.mark.django_db

DESK = "/admin/responses/response/{pk}/change/"
# These are not facts about the response: keys of the database, hashes of secrets and words, and whose account it is.
LEFT_OUT = {"id", "key_hash", "duplicate_key", "user", "affiliate_name"}


def full():
    response = make_response(
        {"meaning": "Maneno <yangu> & “yako”.\n\nMstari."}, sharing="named", display_name="Amina", people=3, place="Mji"
    )
    make_translation(response.answers.get(), translator=make_user("translator"))
    Contact.objects.leave(response, "me@example.org", "en")
    return response


def test_nothing_that_is_stored_is_left_out():
    response = make_full_response()

    told = author_data(response)

    stored = {field.name: getattr(response, field.name) for field in Response._meta.concrete_fields}
    dates = {name: value.isoformat() for name, value in stored.items() if isinstance(value, date)}
    named_otherwise = {
        "affiliate": response.affiliate_name,
        "conversation": "where-you-are",
        "region": "nwe",
        "gathering": response.gathering.code,
        "declined_for": {"slug": "attacks-somebody", "text": response.declined_for.text},
        "content_kinds": ["violence"],
        "added_kinds": ["abuse", "insults"],
    }
    expected = {name: value for name, value in (stored | dates | named_otherwise).items() if name not in LEFT_OUT}
    assert {name: told[name] for name in expected} == expected
    assert told["is_in_an_account"] is True


@pytest.mark.parametrize("page", ["/en/my-response/{key}/", "/en/my-response/{key}/data.txt", DESK])
def test_the_author_and_the_organizers_read_every_detail(client, page):
    submission = uuid.uuid4()
    response = make_full_response(submission=submission)
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    read = html.unescape(client.get(page.format(key=key_of(submission), pk=response.pk)).content.decode())

    words = ["display_name!", "affiliate_name!", "37", "method!", "place!", "spoken_languages!", "written_by!"]
    words += ["Northern & Western Europe", "A <café>", "March 1, 2026"]
    assert [word for word in words if word not in read] == []


def test_the_file_for_programs_has_every_letter(client):
    response = full()

    page = client.get(f"/en/my-response/{response.key}/data.json")

    told = page.json()
    assert page.headers["Content-Disposition"] == f'attachment; filename="response-{response.code}.json"'
    assert told["answers"][0]["text"] == "Maneno <yangu> & “yako”.\n\nMstari."
    assert told["answers"][0]["translations"][0]["translator"] == "translator"
    assert told["news"]["email"] == "me@example.org"
    assert (told["display_name"], told["people"], told["licence"]) == ("Amina", 3, "CC BY-SA 4.0")
    assert "“yako”" in page.content.decode()


def test_the_file_for_people_has_the_words_as_they_are(client):
    response = full()

    page = client.get(f"/en/my-response/{response.key}/data.txt")

    text = page.content.decode()
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Maneno <yangu> & “yako”.\n\nMstari." in text
    assert "لكل شخص مكان." in text
    # Nobody takes a suggestion or a machine's draft for a reviewed translation.
    assert "-- Translation: العربية (Arabic) · A person · Reviewed · Translator: translator --" in text
    assert "Amina" in text


@pytest.mark.parametrize("kind", ["json", "txt"])
def test_the_files_are_not_cached_and_open_with_the_secret_link_only(client, kind):
    response = full()

    page = client.get(f"/en/my-response/{response.key}/data.{kind}")

    assert [page.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "private, no-store",
        "strict-origin",
        "noindex",
    ]
    assert client.get(f"/en/my-response/{'a' * 26}/data.{kind}").status_code == 404
    assert client.post(f"/en/my-response/{response.key}/data.{kind}").status_code == 405


@pytest.mark.parametrize("kind", ["json", "txt"])
def test_only_the_tombstone_is_left_of_a_withdrawn_response(client, kind):
    response = full()
    response.withdraw()

    page = client.get(f"/en/my-response/{response.key}/data.{kind}")

    assert page.status_code == 200
    for gone in ("Maneno", "Amina", "example.org", "Mji"):
        assert gone not in page.content.decode()


def test_the_file_for_programs_begins_with_what_it_is():
    assert list(author_data(full()))[:4] == ["code", "address", "status", "language"]


def test_a_region_that_is_not_worded_in_the_language_of_the_page_says_so(client):
    Region.objects.filter(slug="nwe").update(name_fr="")
    response = make_response(region=Region.objects.get(slug="nwe"))

    page = client.get(f"/fr/my-response/{response.key}/").content.decode()

    assert (
        '<span lang="en" dir="ltr">Northern &amp; Western Europe <small class="instead">(English)</small></span>'
        in page
    )


def test_the_file_for_people_names_the_day_that_is_promised_now_and_the_one_of_then(client, clock):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    address = f"/en/my-response/{submit(conversation=conversation).key}/data.txt"
    then = "When you sent this response, results were promised by"
    conversation.results_by = date(2026, 7, 1)
    clock("2026-04-02")
    conversation.store(reason="One of us is ill.")

    text = client.get(address).content.decode()
    assert "Results promised by: July 1, 2026" in text
    assert f"{then} May 1, 2026." in text

    change_current(results_on=date(2026, 4, 2))
    text = client.get(address).content.decode()
    assert "Results out on: April 2, 2026" in text
    assert "Results promised by: " not in text
