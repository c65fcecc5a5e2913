"""Somebody asks to become a translator, with or without an account; nobody learns whether an address is known."""

import pytest
from django.core.management import call_command
from django.test import Client

from responses.access import rate_limits
from responses.languages.typed_names import typed_languages
from responses.models import TranslatorRequest, translator_request
from responses.models.translator_request import REQUEST_DAYS
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PAGE = "/en/ask-to-translate/"
TYPED = {
    "email": "nia@example.org",
    "name": "Nia",
    "reads": "Kiswahili, English",
    "writes": "Kiswahili",
    "words": "Nimetafsiri.",
    "agree": "yes",
    "complete": "yes",
}


def kept():
    fields = ("email", "name", "reads", "writes", "words", "language", "account__username")
    return list(TranslatorRequest.objects.values_list(*fields))


def test_anybody_can_ask_and_no_cookie_is_set(client):
    page = client.post("/sw/ask-to-translate/", TYPED)

    assert page.status_code == 200
    assert page.context["is_sent"]
    assert kept() == [("nia@example.org", "Nia", "Kiswahili, English", "Kiswahili", "Nimetafsiri.", "sw", None)]
    assert page.cookies == {}


def test_asking_again_with_the_same_address_is_one_request_that_keeps_its_place(client, clock):
    client.post(PAGE, TYPED)
    clock("2026-03-20")
    client.post(PAGE, TYPED | {"email": "NIA@example.org", "words": "Tena."})

    request = TranslatorRequest.objects.get()
    assert (request.words, str(request.asked_on), str(request.delete_on)) == ("Tena.", "2026-03-10", "2026-05-19")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"email": ""}, "email"),
        ({"email": "nowhere"}, "email"),
        ({"name": " "}, "name"),
        ({"reads": ""}, "reads"),
        ({"writes": "x" * 301}, "writes"),
        ({"agree": ""}, "agree"),
        ({"website": "https://example.com"}, "__all__"),
        ({"complete": ""}, "complete"),
    ],
)
def test_what_is_missing_is_said_and_every_word_stays(client, typed, fault):
    page = client.post(PAGE, TYPED | typed)

    assert page.context["form"].errors.keys() == {fault}
    assert "Nimetafsiri." in page.content.decode()
    assert kept() == []


def test_another_language_of_the_page_keeps_what_was_typed(client):
    page = client.post("/sw/ask-to-translate/", TYPED | {"action": "switch"})

    assert "Nimetafsiri." in page.content.decode()
    assert kept() == []


def test_no_other_site_sends_the_form(client):
    page = client.post(PAGE, TYPED, headers={"Sec-Fetch-Site": "cross-site"})

    assert page.status_code == 403
    assert kept() == []


def test_a_network_that_sends_very_much_has_to_wait(client, monkeypatch):
    monkeypatch.setattr(rate_limits, "MOST", 0)

    page = client.post(PAGE, TYPED)

    assert (page.status_code, kept()) == (429, [])
    assert "Retry-After" in page.headers


def test_a_flood_of_requests_has_to_wait_while_others_do_not(client, monkeypatch):
    monkeypatch.setattr(translator_request, "MANY", 2)
    monkeypatch.setattr(rate_limits, "UNMARKED", 1)

    sent = [client.post(PAGE, TYPED | {"email": f"{n}@example.org"}).status_code for n in range(3)]
    elsewhere = client.post(PAGE, TYPED | {"email": "ada@example.org"}, REMOTE_ADDR="203.0.113.9").status_code

    assert (sent, elsewhere, len(kept())) == ([200, 200, 429], 200, 3)


def test_whoever_is_signed_in_finds_their_name_and_is_known_by_their_account(client):
    client.force_login(make_user("amina"))
    form = client.get(PAGE).context["form"]

    client.post(PAGE, TYPED | form.initial)

    assert [(each[0], each[1], each[-1]) for each in kept()] == [("amina@example.org", "amina", "amina")]


def test_nobody_asks_in_the_name_of_somebody_elses_account(client):
    client.force_login(make_user("amina"))

    # A post carries no authority: the session alone says nothing, and a number is no signature.
    client.post(PAGE, TYPED)
    client.post(PAGE, TYPED | {"email": "other@example.org", "account": "1"})

    assert [each[-1] for each in kept()] == [None, None]


def test_an_unanswered_request_is_deleted_after_the_stated_days(client, clock):
    client.post(PAGE, TYPED)
    assert f"{REQUEST_DAYS} days" in client.get(PAGE).content.decode()
    assert f"for {REQUEST_DAYS} days at most. Organizers do not see" in client.get("/en/privacy/").content.decode()

    clock("2026-05-08")
    call_command("housekeeping", no_mail=True)
    before = len(kept())
    clock("2026-05-09")
    call_command("housekeeping", no_mail=True)

    assert (before, kept()) == (1, [])


@pytest.mark.parametrize("path", ["/en/", "/en/about/"])
def test_pages_lead_to_the_form(client, path):
    assert f'href="{PAGE}"' in client.get(path).content.decode()


def test_whoever_may_not_translate_yet_is_led_to_the_form():
    newcomer = Client()
    newcomer.force_login(make_user("amina"))

    page = newcomer.get("/en/translate/")

    assert page.status_code == 403
    assert f'class="button primary" href="{PAGE}"' in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "codes", "unknown"),
    [
        ("Kiswahili, English", ["sw", "en"], []),
        ("schwedisch; svenska / SV", ["sv"], ["schwedisch"]),
        ("суахили، العربية\nha", ["sw", "ar", "ha"], []),
        ("Klingon.", [], ["Klingon"]),
        (" , ;", [], []),
    ],
)
def test_languages_are_recognized_by_their_names_and_codes(typed, codes, unknown):
    assert typed_languages(typed, "en") == (codes, unknown)
