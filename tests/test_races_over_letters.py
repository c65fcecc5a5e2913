"""Mails and addresses at the same moment: nothing is sent twice, and nothing that was promised is forgotten."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from outcomes.news_mail import send_news
from outcomes.organizer_mail import send_letters
from responses.models import Contact, Conversation, OrganizerLetter, Subscription
from tests.factories import change_current, make_user, submit
from tests.races import overtake, race

# No day ends between two steps.
pytestmark = [*race, pytest.mark.usefixtures("clock")]


def closed_conversation(**fields):
    """The current conversation, after its last day."""
    today = timezone.localdate()
    return change_current(opens_on=today - timedelta(days=60), closes_on=today - timedelta(days=30), **fields)


def with_results():
    return closed_conversation(results_on=timezone.localdate() - timedelta(days=1))


def subscribe(conversation=None, email="me@example.org"):
    return Subscription.objects.subscribe(conversation or Conversation.objects.current(), email, "en")


def test_an_address_that_is_left_by_two_clicks_is_kept_once():
    closed_conversation()

    assert overtake(subscribe, lambda: subscribe(email="ME@example.org")) == (["results", "next"],) * 2
    assert [each.awaits for each in Subscription.objects.all()] == [["results", "next"]]


def test_of_two_processes_only_one_writes_to_an_address_of_both_kinds():
    response = submit(on=timezone.localdate())
    Contact.objects.leave(response, "me@example.org", "en")
    subscribe(closed_conversation())
    response.accept(on=timezone.localdate())
    with_results()

    assert overtake(send_news, send_news) == (1, 0)
    assert [message.to for message in mail.outbox] == [["me@example.org"]]
    assert [each.awaits for each in Subscription.objects.all()] == [["next"]]


def test_whoever_leaves_an_address_again_while_all_is_told_still_waits_for_what_was_promised_then():
    subscribe(closed_conversation())
    Subscription.objects.update(awaits=["results"])
    told = Subscription.objects.get()
    ids = [f"results:{told.conversation_id}"]
    with_results()

    _told, promised = overtake(lambda: told.was_told(ids), subscribe)

    assert promised == ["next"]
    assert [each.awaits for each in Subscription.objects.all()] == [["next"]]


def test_what_was_promised_at_the_moment_of_telling_is_not_forgotten():
    subscribe(closed_conversation())
    Subscription.objects.update(awaits=["results"])
    told = Subscription.objects.get()
    ids = [f"results:{told.conversation_id}"]
    with_results()

    overtake(subscribe, lambda: told.was_told(ids))

    assert [each.awaits for each in Subscription.objects.all()] == [["next"]]


def test_an_address_that_is_corrected_while_news_is_sent_is_told_all_of_it_again():
    response = submit(on=timezone.localdate())
    contact = Contact.objects.leave(response, "mistyped@example.org", "en")

    overtake(lambda: Contact.objects.leave(response, "me@example.org", "en"), lambda: contact.was_told(["accepted"]))

    assert [(each.email, each.told) for each in Contact.objects.all()] == [("me@example.org", [])]


def test_what_two_processes_tell_of_and_forget_at_the_same_moment_is_kept():
    response = submit(on=timezone.localdate())
    contact = Contact.objects.leave(response, "me@example.org", "en")
    contact.was_told(["results:1"])
    other = Contact.objects.get()

    overtake(lambda: contact.was_told(["accepted"]), lambda: other.forget(["results:1"]))

    assert Contact.objects.get().told == ["accepted"]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_is_told_while_the_address_is_left_again_is_not_forgotten(is_first):
    response = submit(on=timezone.localdate())
    contact = Contact.objects.leave(response, "me@example.org", "en")
    both = [lambda: contact.was_told(["accepted"]), lambda: Contact.objects.leave(response, "ME@example.org", "sv")]

    overtake(*(both if is_first else reversed(both)))

    assert [(each.email, each.told) for each in Contact.objects.all()] == [("ME@example.org", ["accepted"])]


def test_an_address_that_is_left_in_other_capitals_at_the_moment_of_sending_is_told_all_the_same():
    response = submit(on=timezone.localdate())
    Contact.objects.leave(response, "me@example.org", "en")
    response.accept(on=timezone.localdate())

    _left, sent = overtake(lambda: Contact.objects.leave(response, "ME@example.org", "en"), send_news)

    assert (sent, send_news()) == (1, 0)


def test_a_promised_day_that_has_moved_is_told_by_one_process():
    today = timezone.localdate()
    conversation = closed_conversation(results_by=today)
    sent = today - timedelta(days=40)
    Contact.objects.leave(submit(on=sent), "me@example.org", "en")
    conversation.results_by = today + timedelta(days=30)
    conversation.store(reason="Many answers.")
    conversation.moved_promises.update(moved_on=today - timedelta(days=1))

    assert overtake(send_news, send_news) == (1, 0)
    assert [each.to for each in mail.outbox] == [["me@example.org"]]


def test_of_two_processes_that_write_to_organizers_only_one_sends_the_letter():
    reviewer = make_user("reviewer", "Reviewer", is_staff=True)
    submit()

    assert overtake(send_letters, send_letters) == (1, 0)
    OrganizerLetter.objects.update(sent_on=None, tried_on=None)
    assert overtake(send_letters, send_letters) == (1, 0)
    assert [message.to for message in mail.outbox] == [[reviewer.email]] * 2


def test_a_letter_that_is_stopped_at_this_moment_is_not_sent():
    reviewer = make_user("reviewer", "Reviewer", is_staff=True)
    OrganizerLetter.objects.work_in(reviewer, "en")
    submit()

    _stopped, sent = overtake(lambda: OrganizerLetter.objects.filter(user=reviewer).stop(), send_letters)

    assert (sent, mail.outbox) == (0, [])
