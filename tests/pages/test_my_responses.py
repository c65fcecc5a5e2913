"""Responses in an account: added after they were sent, opened without the secret link, removed again."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from responses.models import AccountLink, Draft, Gathering, Response, Translation
from tests.factories import make_answer, make_response, make_translation, make_user, show_again, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(client):
    user = make_user("amina")
    client.force_login(user)
    return user


def test_an_anonymous_visitor_has_no_responses():
    submit()

    assert list(Response.objects.of(AnonymousUser())) == []


def test_sending_while_signed_in_leaves_no_trace_of_the_account(client, amina):
    page = client.get("/en/respond/")
    client.post(
        "/en/respond/",
        {
            "meaning": "Mine.",
            "language": "sw",
            "sharing": "unnamed",
            "agree": "yes",
            "complete": "yes",
            "submission": str(page.context["form"].submission),
        },
    )

    assert Response.objects.get().user is None
    assert list(Response.objects.of(amina)) == []


def test_adding_a_response_to_an_account_asks_for_confirmation(client, amina):
    response = make_response()
    address = f"/en/my-response/{response.key}/attach/"

    assert "The portal knows from there on that it is yours" in client.get(address).content.decode()
    assert list(Response.objects.of(amina)) == []
    assert client.post(address).url == "/en/my-responses/"
    assert list(Response.objects.of(amina)) == [response]


def links_of(page):
    return [unescape(address) for address in re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())]


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_not_signed_in_is_asked_to_sign_in_first_and_nothing_is_kept_of_the_link(client, method):
    response = make_response()
    address = f"/en/my-response/{response.key}/attach/"

    page = getattr(client, method)(address)

    assert page.status_code == 200
    assert [each for each in links_of(page) if each.startswith("/en/accounts/")] == [
        "/en/accounts/login/?next=/en/my-responses/"
    ]
    assert address in links_of(page)
    assert (page.cookies, Session.objects.count()) == ({}, 0)
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert Response.objects.get().user is None


@pytest.mark.parametrize("page", ["", "edit/", "withdraw/", "sharing/", "attach/", "data.json", "news/"])
@pytest.mark.parametrize("kind", ["my-response", "my-draft", "my-gathering"])
def test_no_secret_link_leads_through_the_log_in_page(client, kind, page):
    key = {
        "my-response": lambda: make_response().key,
        "my-draft": lambda: Draft.objects.keep("a" * 26, {"meaning": "Mine."}) and "a" * 26,
        "my-gathering": lambda: Gathering.objects.announce("b" * 26, title="A café") and "b" * 26,
    }[kind]()

    for answer in (client.get(f"/en/{kind}/{key}/{page}"), client.post(f"/en/{kind}/{key}/{page}")):
        assert not answer.headers.get("Location", "").startswith("/en/accounts/")
        assert [each for each in links_of(answer) if "/accounts/" in each and key in each] == []
    assert Session.objects.count() == 0


def test_housekeeping_deletes_the_sessions_that_have_expired(client, amina):
    kept = client.session.session_key
    expired = SessionStore()
    expired["account_login"] = "half way"
    expired.set_expiry(-60)
    expired.save()

    call_command("housekeeping", no_mail=True)

    assert list(Session.objects.values_list("session_key", flat=True)) == [kept]


def test_a_response_in_one_account_cannot_be_added_to_another(client, amina):
    response = make_response()
    response.attach(make_user("juma"))

    page = client.post(f"/en/my-response/{response.key}/attach/", follow=True)

    assert "it is in another account" in page.content.decode()
    assert Response.objects.get().user.username == "juma"


def test_the_list_shows_only_the_users_own_responses(client, amina):
    mine, theirs, nobodys = make_response(), make_response(), make_response()
    mine.attach(amina)
    theirs.attach(make_user("juma"))

    html = client.get("/en/my-responses/").content.decode()

    assert [response.code in html for response in (mine, theirs, nobodys)] == [True, False, False]


def test_a_response_is_opened_by_a_link_that_works_until_tomorrow(client, amina):
    response = make_response({"meaning": "Mine."})
    response.attach(amina)

    page = client.post(f"/en/my-responses/{response.code}/open/")
    html = client.get(page.url).content.decode()

    assert response.key not in page.url
    assert "Mine." in html
    assert "This link was made for your account" in html
    # The portal does not know the secret link, so it cannot show it.
    assert response.key not in html
    AccountLink.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert client.get(page.url).status_code == 404


def test_a_response_opened_from_the_account_can_be_edited_and_withdrawn(client, amina):
    response = make_response({"meaning": "Mine."})
    response.attach(amina)
    address = client.post(f"/en/my-responses/{response.code}/open/").url

    page = client.post(f"{address}edit/", {"meaning": "New.", "seen": response.fingerprint, "complete": "yes"})
    assert page.url == address
    client.post(f"{address}withdraw/")

    assert Response.objects.get().is_withdrawn
    assert AccountLink.objects.count() == 0


@pytest.mark.parametrize("verb", ["open", "detach"])
def test_users_cannot_open_or_remove_responses_of_others(client, amina, verb):
    theirs, nobodys = make_response(), make_response()
    theirs.attach(make_user("juma"))

    for response in (theirs, nobodys):
        assert client.post(f"/en/my-responses/{response.code}/{verb}/").status_code == 404
    assert client.get(f"/en/my-responses/{theirs.code}/{verb}/").status_code == 405
    assert Response.objects.get(pk=theirs.pk).user.username == "juma"
    assert AccountLink.objects.count() == 0


def test_a_response_removed_from_the_account_opens_only_by_its_secret_link(client, amina):
    response = make_response()
    response.attach(amina)
    address = client.post(f"/en/my-responses/{response.code}/open/").url

    client.post(f"/en/my-responses/{response.code}/detach/")

    assert client.get(address).status_code == 404
    assert client.get(f"/en/my-response/{response.key}/").status_code == 200
    assert Response.objects.get().user is None


@pytest.mark.parametrize("path", ["my-responses/x4xy/open/", "my-responses/x4xy/detach/", "my-account/delete/"])
def test_changes_by_a_signed_in_person_need_the_csrf_token(csrf_client, path):
    csrf_client.force_login(make_user("amina"))

    assert csrf_client.post(f"/en/{path}").status_code == 403
    assert User.objects.count() == 1


def test_deleting_an_account_keeps_the_responses_but_not_whose_they_were(client, amina):
    response = make_response({"meaning": "Stays."})
    response.attach(amina)
    AccountLink.objects.open(response)
    translation = make_translation(make_answer("Another."), translator=amina)

    assert client.get("/en/my-account/delete/").status_code == 200
    show_again(client)
    client.post("/en/my-account/delete/")

    assert User.objects.filter(username="amina").count() == 0
    assert Response.objects.filter(pk=response.pk).values_list("user", "answers__text").get() == (None, "Stays.")
    assert AccountLink.objects.count() == 0
    assert Translation.objects.get(pk=translation.pk).translator is None
    assert client.get("/en/my-responses/").status_code == 302


def test_deleting_an_account_withdraws_its_responses_if_asked_to(client, amina):
    mine, theirs = make_response(), make_response()
    mine.attach(amina)

    asked = client.post("/en/my-account/delete/", {"withdraw": "yes"})
    assert asked.url == "/en/accounts/reauthenticate/?next=%2Fen%2Fmy-account%2Fdelete%2F"
    assert User.objects.filter(username="amina").exists()
    # What was posted goes on when the password is right.
    client.post(asked.url, {"password": "wrong"})
    assert User.objects.filter(username="amina").exists()
    client.post(asked.url, {"password": "a long password"})

    assert not User.objects.filter(username="amina").exists()
    assert Response.objects.get(pk=mine.pk).is_withdrawn
    assert not Response.objects.get(pk=theirs.pk).is_withdrawn


def test_an_organizer_has_to_ask_a_colleague_to_delete_their_account(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    show_again(client)

    page = client.post("/en/my-account/delete/")

    assert "Ask a colleague" in page.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_one_response_and_for_three(
    client, amina, django_assert_num_queries, number
):
    for _each in range(number):
        make_response().attach(amina)

    with django_assert_num_queries(3):  # session, user, responses
        client.get("/en/my-responses/")
