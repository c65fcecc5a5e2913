"""Did we understand you? One mail a month and author at most, about one thing, whichever addresses they have left."""

from datetime import date

import pytest
from django.core import mail
from django.test import override_settings

from outcomes.asking_mail import send_askings
from outcomes.models import Asked
from responses.models import Contact, Subscription
from tests.askings import ask, behind, close, make_draft
from tests.factories import make_user

NOBODY_LISTENS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 5},
    }
}

pytestmark = pytest.mark.django_db


def test_mails_go_out_after_an_hour_once_a_month_and_address_and_have_no_words_of_people(clock):
    problem = make_draft(description_en="The doors are closed.")
    [response, other] = behind(problem, 2)
    for each in (response, other):
        Contact.objects.leave(each, "Me@example.org", "en")
    ask(problem)

    assert send_askings() == 0
    clock("2026-03-10", hour=14)
    assert [send_askings(), send_askings()] == [1, 0]

    [sent] = mail.outbox
    assert sent.to == ["Me@example.org"]
    assert "The doors are closed." in sent.body
    assert ("nafasi" in sent.body, "my-response" in sent.body) == (False, False)
    assert response.code in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert {each.mailed_on for each in Asked.objects.all()} == {date(2026, 3, 10)}


def test_somebody_who_is_asked_again_within_a_month_is_not_written_to_even_if_it_was_stopped(clock):
    problem = make_draft()
    [response] = behind(problem)
    Contact.objects.leave(response, "me@example.org", "en")
    first = ask(problem)
    clock("2026-03-11")
    assert send_askings() == 1
    first.stop()

    clock("2026-03-20")
    ask(problem, days=30)
    clock("2026-04-09")
    assert send_askings() == 0
    clock("2026-04-10")
    assert send_askings() == 1


def test_whoever_has_answered_has_left_no_address_or_had_a_mail_today_is_not_written_to(clock):
    problem = make_draft()
    answered, _without, today, waiting = behind(problem, 4)
    for number, each in enumerate((answered, today, waiting)):
        Contact.objects.leave(each, f"m{number}@example.org", "en")
    Contact.objects.filter(response=today).update(tried_on=date(2026, 3, 11))
    Subscription.objects.create(
        conversation=waiting.conversation,
        email="m2@example.org",
        folded="m2@example.org",
        delete_on=date(2027, 1, 1),
        tried_on=date(2026, 3, 11),
    )
    asking = ask(problem)
    asking.asked.get(response=answered).answer("yes")

    clock("2026-03-11")
    assert send_askings() == 0
    clock("2026-03-12")
    assert send_askings() == 2
    assert {each.to[0] for each in mail.outbox} == {"m1@example.org", "m2@example.org"}


def test_a_mail_that_could_not_be_sent_is_tried_again(clock):
    problem = make_draft()
    [response] = behind(problem)
    Contact.objects.leave(response, "me@example.org", "en")
    ask(problem)
    clock("2026-03-11")

    with override_settings(MAILERS=NOBODY_LISTENS):
        assert send_askings() == 0

    assert send_askings() == 1


def asked_about_two_things(*emails):
    """Two responses, each asked about something else, and the addresses that were left with them."""
    drafts = [make_draft("first", title="First"), make_draft("second", title="Second")]
    responses = [behind(each)[0] for each in drafts]
    for response, email in zip(responses, emails, strict=True):
        Contact.objects.leave(response, email, "en")
    return drafts, responses


def written_about():
    """Two spellings of one address were left on the same day: either may be written to."""
    return [
        (sent.to[0].lower(), [title for title in ("First", "Second") if title in sent.body]) for sent in mail.outbox
    ]


def test_an_author_of_two_responses_is_written_to_about_one_thing_a_month(clock):
    [first, second], _responses = asked_about_two_things("me@example.org", "Me@example.org")
    ask(second, days=60)
    ask(first, days=50)

    clock("2026-03-11")
    assert [send_askings(), send_askings()] == [1, 0]
    assert written_about() == [("me@example.org", ["First"])]
    clock("2026-04-09")
    assert send_askings() == 0
    clock("2026-04-10")
    assert send_askings() == 1
    assert written_about()[1:] == [("me@example.org", ["Second"])]


def test_two_addresses_in_one_account_are_one_authors_and_neither_mail_names_the_other_response(clock):
    [first, second], responses = asked_about_two_things("work@example.org", "home@example.org")
    me = make_user("me")
    for each in responses:
        each.attach(me)
    ask(first, days=50)
    ask(second, days=60)

    clock("2026-03-11")
    assert [send_askings(), send_askings()] == [1, 0]
    assert written_about() == [("work@example.org", ["First"])]
    assert responses[1].code not in mail.outbox[0].body
    clock("2026-04-10")
    assert send_askings() == 1
    assert written_about()[1:] == [("home@example.org", ["Second"])]


def test_an_address_that_leads_from_one_account_to_another_response_makes_all_three_one_authors(clock):
    [first, second], [one, other] = asked_about_two_things("work@example.org", "home@example.org")
    third = make_draft("third")
    [between] = behind(third)
    Contact.objects.leave(between, "Home@example.org", "en")
    me = make_user("me")
    one.attach(me)
    between.attach(me)
    for each in (first, second, third):
        ask(each)

    clock("2026-03-11")
    assert [send_askings(), send_askings()] == [1, 0]
    assert Asked.objects.exclude(mailed_on=None).count() == 1
    assert other.user is None


@pytest.mark.parametrize("how", ["changes", "deletes", "changes back"])
def test_another_address_does_not_go_round_the_month(clock, how):
    problem, other = make_draft(), make_draft("other")
    [response] = behind(problem)
    Contact.objects.leave(response, "me@example.org", "en")
    first = ask(problem)
    clock("2026-03-11")
    assert send_askings() == 1
    if how == "deletes":
        Contact.objects.all().delete()
        close(first)
    else:
        first.stop()
    Contact.objects.leave(response, "new@example.org", "en")
    if how == "changes back":
        Contact.objects.leave(response, "me@example.org", "en")
    from_evidence = response.answers.get().evidence.get()
    from_evidence.change(claim=other, stance="supports", note="")

    clock("2026-03-20")
    ask(other, days=30)
    clock("2026-03-21")
    assert send_askings() == 0
    clock("2026-04-10")
    assert send_askings() == 1


def test_two_responses_of_one_address_that_are_asked_the_same_are_in_one_mail(clock):
    problem = make_draft(title="First")
    responses = behind(problem, 2)
    for each in responses:
        Contact.objects.leave(each, "me@example.org", "en")
    ask(problem)

    clock("2026-03-11")

    assert send_askings() == 1
    assert [each.code in mail.outbox[0].body for each in responses] == [True, True]
    assert not Asked.objects.filter(mailed_on=None).exists()
