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

from responses.access.rate_limits import FREE, MOST, SLOW_PAUSE, WINDOW, Allowance, allowance, network_of
from responses.models import Draft, RateLimitCount, Response
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
    assert Response.objects.filter(suspicions__contains="flood").count() == 0
    assert Response.objects.count() == 80


def test_a_script_that_sends_500_times_is_slowed_down_and_then_refused():
    script = RequestFactory(REMOTE_ADDR="203.0.113.5").post("/")
    begin = int(time.time()) // WINDOW * WINDOW + WINDOW

    # Five times a second, from the beginning of a window.
    said = [allowance(script, now=begin + number / 5) for number in range(500)]

    assert set(said[:FREE]) == {Allowance()}
    slowed, refused = said[FREE:MOST], said[MOST:]
    # It reaches MOST 36 seconds after FREE, and one in ten seconds gets through.
    assert [each.wait == 0 for each in slowed].count(True) == 4
    assert {each.is_flood for each in slowed} == {True}
    assert 0 < max(each.wait for each in slowed) <= SLOW_PAUSE
    assert all(WINDOW - 100 < each.wait <= WINDOW for each in refused)
    assert allowance(script, now=begin + WINDOW) == Allowance()


def test_responses_from_a_flood_are_marked_for_the_reviewer(client):
    counted(client, FREE)

    send(client)

    assert Response.objects.filter(suspicions__contains="flood").count() == 1


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

    for number in range(100):
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
    assert network_of("203.0.113.77") == counted
    with override_settings(SECRET_KEY="another one"):
        assert network_of("203.0.113.77") != counted


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
