"""Guessing passwords is slowed down, and the owner of the account gets in all the same."""

import pytest
from django.test import override_settings

from tests.factories import make_user

pytestmark = pytest.mark.django_db

GUESSER, OWNER = "203.0.113.5", "198.51.100.7"
RIGHT = "a long password"


def signs_in(client, login, password, network):
    """Whether somebody who comes from this network gets in."""
    client.logout()
    address = network if isinstance(network, dict) else {"REMOTE_ADDR": network}
    return client.post("/accounts/login/", {"login": login, "password": password}, **address).status_code == 302


def guess(client, login, times, network=GUESSER):
    assert not any(signs_in(client, login, f"guess {number}", network) for number in range(times))


@pytest.mark.parametrize("login", ["organizer", "organizer@example.org", "ORGANIZER"])
def test_guessing_locks_out_the_guesser_and_not_the_owner(client, login):
    make_user("organizer")

    guess(client, login, 12)

    assert not signs_in(client, "organizer", RIGHT, GUESSER)
    assert signs_in(client, "organizer", RIGHT, OWNER)
    assert signs_in(client, "organizer@example.org", RIGHT, OWNER)


def test_many_networks_that_guess_do_not_lock_out_the_owner(client):
    make_user("organizer")

    for number in range(1, 12):
        guess(client, "organizer", 6, f"203.0.113.{number}")

    assert signs_in(client, "organizer", RIGHT, OWNER)


def test_the_name_and_the_address_of_an_account_share_their_guesses(client):
    make_user("organizer")

    guess(client, "organizer", 3)
    guess(client, "organizer@example.org", 2)

    assert not signs_in(client, "organizer", RIGHT, GUESSER)
    assert not signs_in(client, "organizer@example.org", RIGHT, GUESSER)


def test_one_network_cannot_try_one_password_with_very_many_accounts(client):
    make_user("last")

    for number in range(20):
        guess(client, f"somebody{number}", 1)

    assert not signs_in(client, "last", RIGHT, GUESSER)
    assert signs_in(client, "last", RIGHT, OWNER)


def test_mistyping_a_few_times_locks_nobody_out(client):
    make_user("organizer")

    guess(client, "organizer", 4, OWNER)

    assert signs_in(client, "organizer", RIGHT, OWNER)


@pytest.mark.once
def test_eighty_people_behind_one_address_can_sign_in_though_some_mistype(client):
    names = [f"guest{number}" for number in range(80)]
    for name in names:
        make_user(name)

    for name in names[:15]:
        guess(client, name, 1)

    assert all(signs_in(client, name, RIGHT, GUESSER) for name in names)


def test_signing_in_to_an_account_of_ones_own_gives_no_new_guesses(client):
    make_user("organizer")
    make_user("guesser")

    for number in range(5):
        guess(client, "organizer", 1)
        assert signs_in(client, "guesser", RIGHT, GUESSER), number

    assert not signs_in(client, "organizer", RIGHT, GUESSER)


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_web_server_the_visitors_network_counts_and_not_what_it_claims(client):
    make_user("organizer")

    def through_the_proxy(claimed, real):
        return {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": f"{claimed}, {real}"}

    for number in range(6):
        guess(client, "organizer", 1, through_the_proxy(f"192.0.2.{number}", GUESSER))

    assert not signs_in(client, "organizer", RIGHT, through_the_proxy("192.0.2.99", GUESSER))
    assert signs_in(client, "organizer", RIGHT, through_the_proxy(GUESSER, OWNER))


def test_one_connection_with_ipv6_is_one_network(client):
    make_user("organizer")

    for number in range(6):
        guess(client, "organizer", 1, f"2001:db8:0:1::{number}")

    assert not signs_in(client, "organizer", RIGHT, "2001:db8:0:1:ffff::1")
    assert signs_in(client, "organizer", RIGHT, "2001:db8:0:2::1")
