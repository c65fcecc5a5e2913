"""How much one network may send: enough for a workshop, not enough for a script."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.utils.crypto import salted_hmac

from responses.access import rate_limits
from responses.access.rate_limits import (
    FREE,
    MOST,
    SLOW_PAUSE,
    UNMARKED,
    WINDOW,
    Allowance,
    allowance,
    networks_of,
)
from responses.models import Draft, RateLimitCount, Response
from tests.factories import submit
from tests.pages.test_respond import TYPED, faults, send

pytestmark = pytest.mark.django_db


def counted(client, n):
    """Makes the client's network look as if it had sent n times in this window."""
    send(client)
    Response.objects.all().delete()
    RateLimitCount.objects.update(n=n)


def test_eighty_people_behind_one_address_can_send_within_ten_minutes(client):
    pages = [send(client, meaning=f"Voice {number}.") for number in range(80)]

    assert {page.status_code for page in pages} == {302}
    assert Response.objects.flagged("flood").count() == 0
    assert Response.objects.count() == 80


def test_a_script_that_sends_500_times_is_slowed_down_and_then_refused():
    script = RequestFactory(REMOTE_ADDR="203.0.113.5").post("/")
    begin = int(time.time()) // WINDOW * WINDOW + WINDOW

    # Five times a second, from the beginning of a window.
    said = [allowance(script, now=begin + number / 5) for number in range(500)]

    assert set(said[:UNMARKED]) == {Allowance()}
    assert set(said[UNMARKED:FREE]) == {Allowance(is_flood=True)}
    slowed, refused = said[FREE:MOST], said[MOST:]
    # It reaches MOST 36 seconds after FREE, and one in ten seconds gets through.
    assert [each.wait == 0 for each in slowed].count(True) == 4
    assert {each.is_flood for each in slowed} == {True}
    assert 0 < max(each.wait for each in slowed) <= SLOW_PAUSE
    assert all(WINDOW - 100 < each.wait <= WINDOW for each in refused)
    assert allowance(script, now=begin + WINDOW) == Allowance(is_flood=True)
    assert allowance(script, now=begin + 7 * WINDOW) == Allowance()


# Seconds since 1970, at the beginning of a window and of an hour.
BEGIN = 1_800_000_000


def said_to(addresses, seconds, start=BEGIN):
    """What those who send from these addresses are told, if they do so evenly within so many seconds."""
    pause = seconds / len(addresses)
    return [
        allowance(RequestFactory(REMOTE_ADDR=address).post("/"), now=start + number * pause)
        for number, address in enumerate(addresses)
    ]


@pytest.fixture
def small(monkeypatch):
    """A twentieth of each limit."""
    for name in ("UNMARKED", "UNMARKED_AN_HOUR", "FREE", "MOST"):
        monkeypatch.setattr(rate_limits, name, getattr(rate_limits, name) // 20)


def test_a_patient_script_is_marked_though_it_never_waits(small):
    assert said_to(["203.0.113.5"] * 6, 590) == [Allowance()] * 4 + [Allowance(is_flood=True)] * 2


def test_a_script_that_goes_on_for_hours_is_marked_though_it_is_slow(small):
    tolerable = said_to(["203.0.113.5"] * 30, 3 * 3600)
    script = said_to(["198.51.100.6"] * 54, 3 * 3600)

    assert set(tolerable) == {Allowance()}
    assert [each.is_flood for each in script] == [False] * 10 + [True] * 44


@pytest.mark.parametrize(
    ("addresses", "unmarked"),
    [
        # Everything of a /64, of a /56 and of a /48.
        ([f"2001:db8:1:2::{number:x}" for number in range(18)], 4),
        ([f"2001:db8:1:{number:x}::1" for number in range(18)], 8),
        ([f"2001:db8:1:{number:x}00::1" for number in range(18)], 16),
        # IPv4 addresses side by side, also if they are written as IPv6.
        ([f"203.0.113.{number}" for number in range(18)], 8),
        ([f"::ffff:203.0.113.{number}" for number in range(18)], 8),
        ([f"203.0.113.{number * 10}" for number in range(18)], 16),
        # Strangers.
        ([f"203.0.{number}.5" for number in range(18)], 18),
        ([f"2001:db8:{number:x}::1" for number in range(18)], 18),
    ],
    ids=["64", "56", "48", "27", "mapped", "24", "strangers in IPv4", "strangers in IPv6"],
)
def test_a_script_cannot_hide_in_many_addresses_of_one_owner(small, addresses, unmarked):
    said = said_to(addresses, 590)

    assert [each.is_flood for each in said] == [False] * unmarked + [True] * (len(said) - unmarked)


def test_two_owners_of_addresses_do_not_wait_for_each_other(small):
    said_to([f"2001:db8:1:{number:x}::1" for number in range(80)], 590)

    assert said_to(["2001:db8:1:ff::1", "2001:db8:2:1::1"], 2, start=BEGIN + 595) == [
        Allowance(wait=5, is_flood=True),
        Allowance(),
    ]


def test_people_of_a_workshop_do_not_wait_beside_a_script(small):
    said = [
        [said_to([address], 1, start=BEGIN + number * 50)[0].wait for address in ("203.0.113.5", "203.0.113.5")]
        for number in range(3)
    ]

    assert said == [[0, 0]] * 3


def test_two_workshops_in_one_hour_are_not_marked(small):
    said = said_to(["203.0.113.5"] * 4, 500) + said_to(["203.0.113.5"] * 4, 500, start=BEGIN + 3 * WINDOW)

    assert set(said) == {Allowance()}


def test_a_full_queue_makes_floods_wait_and_nobody_else(small, monkeypatch):
    monkeypatch.setattr(rate_limits, "LONGEST_QUEUE", 2)
    submit(flags=["haste", "flood"])
    submit(flags=["links"])
    other = submit(flags=["flood"])
    said_to(["203.0.113.5"] * 4, 10)
    script, people = "203.0.113.5", "198.51.100.5"

    assert said_to([script, people], 2, start=BEGIN + 20) == [Allowance(wait=580, is_flood=True), Allowance()]
    Response.objects.filter(pk=other.pk).delete()
    assert said_to([script, people], 2, start=BEGIN + 20) == [Allowance(is_flood=True), Allowance()]


def test_responses_from_a_flood_are_marked_for_the_reviewer(client):
    counted(client, FREE)

    send(client)

    assert Response.objects.flagged("flood").count() == 1


def test_somebody_who_has_to_wait_is_told_how_long_and_keeps_every_word(client):
    counted(client, MOST)

    refused = send(client, meaning="Buy 499!")

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= WINDOW
    assert "your words stay here" in " ".join(faults(refused)["__all__"])
    assert "\nBuy 499!</textarea>" in refused.content.decode()
    assert Response.objects.count() == 0


def test_a_refused_form_can_be_sent_again_after_the_wait(client):
    counted(client, MOST)
    submission = str(uuid.uuid4())
    assert send(client, submission=submission).status_code == 429

    RateLimitCount.objects.update(window=0)

    assert send(client, submission=submission).status_code == 302


def test_saving_drafts_counts_as_sending(client):
    counted(client, MOST)

    page = send(client, action="save", meaning="A draft.")

    assert page.status_code == 429
    assert "\nA draft.</textarea>" in page.content.decode()
    assert Draft.objects.count() == 0


def test_mistakes_and_changes_of_language_do_not_count(client):
    for _try in range(5):
        send(client, agree="")
        send(client, action="switch")

    assert RateLimitCount.objects.count() == 0


def test_another_network_does_not_have_to_wait(client):
    counted(client, MOST)

    page = Client(REMOTE_ADDR="203.0.113.9").post("/en/respond/", TYPED | {"submission": str(uuid.uuid4())})

    assert page.status_code == 302


def test_forged_headers_do_not_disguise_the_network(client):
    counted(client, MOST)

    for number in range(10):
        assert send(client, headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code == 429


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_networks_are_distinguished_by_the_forwarded_address(client):
    def count_from(*addresses):
        RateLimitCount.objects.all().delete()
        for address in addresses:
            send(client, headers={"X-Forwarded-For": f"192.0.2.1, {address}"})
        return sorted(RateLimitCount.objects.values_list("n", flat=True))

    assert count_from("203.0.113.1", "203.0.113.2", "203.0.113.1") == [1, 2]
    # One IPv6 connection has a whole /64 to itself.
    assert count_from("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:2::1") == [1, 2]


def test_a_server_that_sees_no_addresses_limits_nobody():
    page = Client(REMOTE_ADDR="").post("/en/respond/", TYPED | {"submission": str(uuid.uuid4())})

    assert page.status_code == 302
    assert RateLimitCount.objects.count() == 0


def test_no_address_is_stored_and_counts_of_two_days_cannot_be_linked(client):
    def networks():
        RateLimitCount.objects.all().delete()
        Client(REMOTE_ADDR="203.0.113.77").post("/en/respond/", TYPED | {"submission": str(uuid.uuid4())})
        return list(RateLimitCount.objects.values_list("network", flat=True))

    today = networks()
    assert networks() == today
    assert "203.0.113" not in str(today)
    # Each day's random key overwrites the key of the day before.
    day, key = cache.get("network-key")
    cache.set("network-key", ("2026-01-01", key))
    assert networks() != today
    assert key not in str(cache.get("network-key"))


def test_a_backup_of_the_day_does_not_tell_the_address():
    send(Client(REMOTE_ADDR="203.0.113.77"))
    day, key = cache.get("network-key")
    counted = RateLimitCount.objects.get().network

    def tried(secret):
        return salted_hmac("network", "203.0.113.77", secret=secret, algorithm="sha256").hexdigest()[:32]

    # Whoever has the backup can try out all addresses under each value in it.
    assert counted not in [tried(secret) for secret in (key, day, day + key, key + day, counted)]
    # It takes the secret key of the portal as well, which is in no table.
    assert networks_of("203.0.113.77")[0] == counted
    with override_settings(SECRET_KEY="another one"):
        assert networks_of("203.0.113.77")[0] != counted


def test_housekeeping_deletes_yesterdays_key_even_if_nobody_visits(client):
    cache.set("network-key", ("2026-01-01", "the key of that day"))

    call_command("housekeeping", no_mail=True)

    assert cache.get("network-key") is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_workers_that_count_at_the_same_time_count_correctly():
    def one(_number):
        try:
            return RateLimitCount.objects.count_one("a network", 10**10)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        assert sorted(workers.map(one, range(40)))[-1] == 40
    assert RateLimitCount.objects.get().n == 40


def test_a_window_that_another_worker_begins_at_the_same_moment_is_counted_on():
    window = int(time.time())

    def another_worker_is_first(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if sql.startswith("DELETE"):
            RateLimitCount.objects.create(network="a network", window=window, n=1)
        return done

    with connection.execute_wrapper(another_worker_is_first):
        assert RateLimitCount.objects.count_one("a network", window) == 2
    assert str(RateLimitCount.objects.get()) == f"{window}: 2"
