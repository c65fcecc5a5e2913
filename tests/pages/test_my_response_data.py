"""All that the portal holds about a response, to take along."""

import pytest

from responses.exchange.data_export import author_data
from responses.models import Contact, Response
from tests.factories import make_response, make_translation, make_user

pytestmark = pytest.mark.django_db

# What is no fact about the response: keys of the database, fingerprints of secrets and words, and whose account it is.
LEFT_OUT = {"id", "key_hash", "duplicate_key", "user", "affiliate_name"}


def full():
    response = make_response(
        {"meaning": "Maneno <yangu> & “yako”.\n\nMstari."}, sharing="named", display_name="Amina", people=3, place="Mji"
    )
    make_translation(response.answers.get(), translator=make_user("translator"))
    Contact.objects.leave(response, "me@example.org", "en")
    return response


def test_nothing_that_is_stored_is_left_out():
    told = author_data(full())

    fields = {field.name for field in Response._meta.get_fields() if field.concrete}
    assert fields - LEFT_OUT - told.keys() == set()


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
    assert "-- Translation: العربية (Arabic) · A person · Reviewed --" in text
    assert "Amina" in text


@pytest.mark.parametrize("kind", ["json", "txt"])
def test_files_are_kept_nowhere_and_open_with_the_secret_link_alone(client, kind):
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
def test_of_a_withdrawn_response_nothing_but_the_tombstone_is_left(client, kind):
    response = full()
    response.withdraw()

    page = client.get(f"/en/my-response/{response.key}/data.{kind}")

    assert page.status_code == 200
    for gone in ("Maneno", "Amina", "example.org", "Mji"):
        assert gone not in page.content.decode()
