"""Addresses of people without a response: each is told what it was promised, and then deleted."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from outcomes.news_mail import send_news
from responses.models import Contact, Conversation, Subscription
from tests.factories import change_current, make_conversation, make_march, submit

pytestmark = pytest.mark.django_db

NOBODY_LISTENS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2},
    }
}


@pytest.fixture
def conversation(clock):
    return make_march()


def subscribe(conversation, email="me@example.org", language="en"):
    return Subscription.objects.subscribe(Conversation.objects.get(pk=conversation.pk), email, language)


def awaited():
    return {each.email: each.awaits for each in Subscription.objects.all()}


def publish_results(conversation, day):
    conversation.results_on = day
    conversation.store()


def open_next(day):
    following = make_conversation("next", title="And now?", opens_on=day)
    following.make_current()


@pytest.mark.parametrize(
    ("day", "awaits"),
    [
        ("2026-02-20", ["open"]),
        ("2026-02-28", ["results", "next"]),  # in the east it is March already
        ("2026-03-10", ["results", "next"]),
        ("2026-04-02", ["results", "next"]),
        ("2026-04-25", ["next"]),
        ("2026-09-02", []),
    ],
)
def test_what_is_still_to_come_depends_on_the_day(clock, conversation, day, awaits):
    publish_results(conversation, date(2026, 4, 20))
    if day > "2026-04-20":
        clock("2026-04-20")
        open_next(date(2026, 9, 1))
    clock(day)

    assert subscribe(conversation) == awaits
    assert awaited() == ({"me@example.org": awaits} if awaits else {})


def test_a_conversation_that_was_planned_and_is_late_is_still_to_open(clock):
    change_current()
    late = make_conversation("late", opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 31))

    assert subscribe(late) == ["open"]


def test_of_the_conversation_of_2017_only_the_next_one_is_to_come(clock):
    held_elsewhere = make_conversation("stockholm", opens_on=date(2017, 11, 1), page="https://meta.example/2017")
    change_current(opens_on=date(2026, 4, 1))
    assert subscribe(held_elsewhere) == ["next"]

    clock("2026-04-01")
    assert subscribe(held_elsewhere) == []


def test_that_it_is_open_is_told_once_and_the_address_is_deleted(clock, conversation):
    clock("2026-02-20")
    subscribe(conversation, language="sv")
    assert send_news() == 0

    clock("2026-03-01")
    assert (send_news(), send_news()) == (1, 0)

    [message] = mail.outbox
    assert message.to == ["me@example.org"]
    assert "Vad behöver du?" in message.body
    assert "http://localhost:8000/sv/respond/" in message.body
    assert awaited() == {}


def test_nobody_waits_on_for_the_opening_of_a_conversation_that_opened_and_closed_between_two_runs(clock, conversation):
    clock("2026-02-20")
    subscribe(conversation)
    subscribe(conversation, email="both@example.org")
    planned = make_conversation("planned", opens_on=date(2026, 9, 1))
    subscribe(planned, email="planned@example.org")
    clock("2026-04-02")
    subscribe(conversation, email="both@example.org")

    assert send_news() == 0

    assert awaited() == {"both@example.org": ["results", "next"], "planned@example.org": ["open"]}


def test_what_is_told_last_says_that_it_is_the_last(clock, conversation):
    subscribe(conversation)
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    assert send_news() == 1
    assert awaited() == {"me@example.org": ["next"]}

    open_next(date(2026, 9, 1))
    clock("2026-09-01")
    assert send_news() == 1

    assert ["This is our last message. We delete this address now." in each.body for each in mail.outbox] == [
        False,
        True,
    ]
    assert ["/stop-news/" in each.body for each in mail.outbox] == [True, False]
    # Mail programs have their button all the same.
    assert ["/stop-news/" in each.extra_headers["List-Unsubscribe"] for each in mail.outbox] == [True, True]
    assert awaited() == {}


def test_a_promised_day_that_moves_is_not_told_to_those_who_only_wait_for_results(clock, conversation):
    subscribe(conversation)
    clock("2026-04-02")
    conversation.results_by = date(2026, 6, 1)
    conversation.store(reason="Many answers.")
    clock("2026-04-03")

    assert send_news() == 0


def test_a_conversation_that_is_over_is_not_said_to_be_open(clock, conversation):
    clock("2026-02-20")
    subscribe(conversation)
    clock("2026-04-02")

    assert send_news() == 0


def test_whoever_leaves_an_address_again_is_kept_once_and_told_all_that_was_promised(clock, conversation):
    clock("2026-02-20")
    subscribe(conversation, "me@example.org")
    clock("2026-03-10")
    subscribe(conversation, "Me@Example.org", "sv")

    assert awaited() == {"Me@Example.org": ["open", "results", "next"]}
    assert Subscription.objects.values_list("language", "delete_on").get() == ("sv", date(2027, 3, 10))
    assert send_news() == 1
    assert awaited() == {"Me@Example.org": ["results", "next"]}


def test_the_database_keeps_an_address_of_a_conversation_once(clock, conversation):
    subscribe(conversation)
    with pytest.raises(IntegrityError, match="one_subscription|responses_subscription"), transaction.atomic():
        Subscription.objects.create(
            conversation=conversation, folded="me@example.org", email="x@example.org", delete_on=timezone.localdate()
        )

    subscribe(make_conversation("other", opens_on=date(2026, 9, 1)))
    subscribe(conversation, "you@example.org")

    assert Subscription.objects.count() == 3


def test_responses_and_conversations_of_one_address_are_one_mail_a_day(clock, conversation):
    subscribe(conversation)
    clock("2026-03-11")
    response = submit(on=timezone.localdate())
    Contact.objects.leave(response, "ME@example.org", "sv")
    response.accept()
    assert send_news() == 1
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    assert (send_news(), send_news()) == (1, 0)

    # In the language of the page on which the address was left last, and told once.
    assert ["Vad behöver du?" in each.body for each in mail.outbox] == [False, True]
    assert mail.outbox[1].body.count("Vad behöver du?") == 1
    assert awaited() == {"me@example.org": ["next"]}
    assert Contact.objects.get().told == ["accepted:2026-03-11", f"results:{conversation.pk}"]


def test_the_link_of_one_mail_stops_both_kinds_for_that_address_and_no_other(client, clock, conversation):
    response, theirs = submit(on=timezone.localdate()), submit({"meaning": "Theirs."}, on=timezone.localdate())
    Contact.objects.leave(response, "me@example.org", "en")
    Contact.objects.leave(theirs, "you@example.org", "en")
    subscribe(conversation, "Me@example.org")
    subscribe(conversation, "you@example.org")
    response.accept()
    send_news()
    link = re.search(r"http://localhost:8000(/\S+)", mail.outbox[0].body)[1]

    asked = client.get(link).content.decode()
    assert "Delete the address" in asked
    assert "me@example" not in asked.lower()
    client.post(link)

    assert (list(awaited()), [each.email for each in Contact.objects.all()]) == (["you@example.org"],) * 2
    assert "Your address is deleted" in client.get(link).content.decode()


def test_a_mail_that_cannot_be_sent_is_sent_later_and_nothing_is_deleted(clock, conversation):
    subscribe(conversation)
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))

    with override_settings(MAILERS=NOBODY_LISTENS):
        assert send_news() == 0

    assert Subscription.objects.values_list("tried_on", "awaits").get() == (None, ["results", "next"])
    assert send_news() == 1


def test_a_power_failure_before_sending_delays_a_mail_by_a_day(clock, conversation):
    subscribe(conversation)
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    Subscription.objects.update(tried_on=date(2026, 4, 20))

    assert send_news() == 0
    clock("2026-04-21")
    assert send_news() == 1


def test_an_address_is_deleted_after_a_year_whatever_it_waits_for(clock, conversation, capsys):
    subscribe(conversation)
    clock(date(2026, 3, 10) + timedelta(days=365))

    assert send_news() == 0
    call_command("housekeeping")

    assert (awaited(), mail.outbox) == ({}, [])
    assert "subscriptions, 1" in capsys.readouterr().out


def test_a_mail_has_the_title_of_the_conversation_and_nothing_else_that_was_written(clock, conversation):
    submit({"meaning": "Secret words."}, display_name="Amina", sharing="named")
    subscribe(conversation)
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))

    send_news()

    lines = [line for line in mail.outbox[0].body.splitlines() if line]
    assert lines[:3] == [
        "There is news of the Wikimedia diversity conversation, for which you left this address:",
        "The results of “What do you need?” are out:",
        f"http://localhost:8000/en/conversations/{conversation.slug}/",
    ]
    assert len(lines) == 5
    assert str(Subscription.objects.get()) == f"{conversation.title}, {Subscription.objects.get().pk}"
