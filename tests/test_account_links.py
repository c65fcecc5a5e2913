"""Links in mails about accounts: followed twice, by a scanner or on another device, they say that it is done."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "a long and odd one"


def link(part):
    return next(word for word in mail.outbox[-1].body.split() if part in word)


def confirmation_of(client, language="en"):
    typed = {"username": "new", "email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(f"/{language}/accounts/signup/", typed)
    return link("/confirm-email/")


def test_a_scanner_that_opens_the_link_confirms_nothing_and_breaks_nothing(client):
    address = confirmation_of(client)

    assert {Client().get(address).status_code for _ in range(3)} == {200}
    assert not EmailAddress.objects.get().verified
    Client().post(address)
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("language", ["en", "ar", "sw"])
@pytest.mark.parametrize("again", ["get", "post"])
def test_a_confirmation_link_followed_again_says_that_it_is_done(client, language, again):
    address = confirmation_of(client, language)
    client.post(address)
    there = Client()
    there.post("/accounts/login/", {"login": "new", "password": PASSWORD})
    done = {"en": "You have confirmed", "ar": "تأكيد", "sw": "Umethibitisha"}[language]

    for browser in (client, Client(), there):
        page = getattr(browser, again)(address)
        assert page.status_code == 200
        html = page.content.decode()
        assert f'<html lang="{language}"' in html
        assert done in html
        assert "new@example.org" in html
    assert "_auth_user_id" in there.session


def test_a_link_that_nobody_sent_confirms_nothing(client):
    address = confirmation_of(client)
    changed = address[:-3] + ("A" if address[-3] != "A" else "B") + address[-2:]

    for wrong in (changed, "/en/accounts/confirm-email/x/", "/en/accounts/confirm-email/MQ:x:y/"):
        assert "You have confirmed" not in client.get(wrong).content.decode()
        assert client.post(wrong).status_code == 404
    assert not EmailAddress.objects.get().verified


def new_password_link(client, language="en"):
    client.post(f"/{language}/accounts/password/reset/", {"email": "amina@example.org"})
    return link("/password/reset/key/")


def choose(browser, address, password=PASSWORD):
    page = browser.get(address, follow=True)
    form = page.redirect_chain[-1][0] if page.redirect_chain else address
    return browser.post(form, {"password1": password, "password2": password}, follow=True)


@pytest.mark.parametrize("language", ["en", "ar", "sw"])
def test_a_link_for_a_new_password_followed_again_says_that_it_is_done(client, language):
    make_user("amina")
    address = new_password_link(client, language)
    first = choose(client, address)
    assert first.request["PATH_INFO"] == f"/{language}/accounts/password/reset/key/done/"

    for browser in (client, Client()):
        again = choose(browser, address, "another password, by somebody else")
        assert again.request["PATH_INFO"] == f"/{language}/accounts/password/reset/key/done/"
    assert User.objects.get().check_password(PASSWORD)


def test_pressing_the_button_twice_says_that_the_password_is_changed(client):
    make_user("amina")
    form = client.get(new_password_link(client)).url

    pages = [client.post(form, {"password1": PASSWORD, "password2": PASSWORD}) for _ in range(2)]

    assert [page.url for page in pages] == ["/en/accounts/password/reset/key/done/"] * 2


def test_a_scanner_that_opens_the_link_for_a_new_password_does_not_use_it_up(client):
    make_user("amina")
    address = new_password_link(client)

    for _ in range(3):
        Client().get(address, follow=True)
    choose(client, address)

    assert User.objects.get().check_password(PASSWORD)


def test_a_mistake_in_the_new_password_does_not_use_the_link_up(client):
    make_user("amina")
    form = client.get(new_password_link(client)).url

    assert client.post(form, {"password1": "1", "password2": "2"}).status_code == 200
    assert client.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("key", ["1-abc-def", "zzz-set-password", "1-set-password", "0-x"])
def test_a_made_up_link_for_a_new_password_changes_nothing(client, key):
    user = make_user("amina")

    page = client.post(f"/en/accounts/password/reset/key/{key}/", {"password1": PASSWORD, "password2": PASSWORD})

    assert page.status_code == 200
    assert "already been used" in page.content.decode()
    assert User.objects.get(pk=user.pk).check_password("a long password")


def test_an_older_link_is_dead_after_a_newer_one_was_used(client):
    make_user("amina")
    older = new_password_link(client)
    choose(client, new_password_link(client))

    choose(Client(), older, "another password, by somebody else")

    assert User.objects.get().check_password(PASSWORD)


def test_an_address_counts_as_confirmed_when_a_password_was_chosen_by_a_mail_to_it(client):
    user = make_user("amina")
    EmailAddress.objects.update(verified=False)

    choose(client, new_password_link(client))

    assert EmailAddress.objects.get(user=user).verified


def test_which_of_two_addresses_the_mail_went_to_is_not_guessed(client):
    user = make_user("amina")
    EmailAddress.objects.update(verified=False)
    EmailAddress.objects.create(user=user, email="other@example.org")

    choose(client, new_password_link(client))

    assert not EmailAddress.objects.filter(verified=True).exists()
