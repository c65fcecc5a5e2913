"""The first page of the desks, and what the pages behind it are called."""

import pytest

from tests.factories import make_answer, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("group", "has_link"), [("Translator", True), ("Reviewer", True), ("Organizer", True), ("Coder", False)]
)
def test_whoever_translates_or_reviews_translations_is_led_to_their_desk(client, group, has_link):
    client.force_login(make_user("somebody", group, is_staff=True))

    assert ('<a href="/en/translate/">For translators</a>' in client.get("/admin/").content.decode()) is has_link


@pytest.mark.parametrize(
    ("path", "title"),
    [("/admin/responses/textsource/", "Translations of texts"), ("/admin/responses/knownlanguage/", "Languages")],
)
def test_titles_begin_with_a_capital(client, path, title):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    assert client.get(path).context["title"][0] == title[0]


@pytest.mark.parametrize("path", ["/en/respond/", "/en/privacy/", "/en/how-we-review/"])
def test_it_is_said_wherever_it_matters_that_coders_read_what_is_for_the_organizers_only(client, path):
    html = client.get(path).content.decode()

    assert "reviewers and coders" in html
    assert "public number" in html


def test_the_coding_desk_does_not_claim_that_a_response_for_the_organizers_only_is_counted(client):
    answer = make_answer(sharing="organizers")
    client.force_login(make_user("coder", "Coder", is_staff=True))

    html = client.get(f"/admin/outcomes/answertocode/{answer.pk}/change/").content.decode()

    assert "For the organizers only: no reader sees it, and no public number counts it." in html
