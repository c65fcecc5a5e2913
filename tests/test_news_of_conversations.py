"""What authors who left an address are told of their conversation: results, a promised day that moves, the next one."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import override_settings
from django.utils import timezone, translation

from outcomes.news import happenings
from outcomes.news_mail import send_news
from responses.models import Contact, Conversation, Response, Subscription
from tests.factories import make_conversation, make_march, make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(clock):
    return make_march()


def sent(email="me@example.org", language="en", **fields):
    """A response with an address, as somebody sends it today."""
    response = submit(on=timezone.localdate(), **fields)
    Contact.objects.leave(response, email, language)
    return response


def publish_results(conversation, day):
    conversation.results_on = day
    conversation.store()


def move(conversation, day, reason="Three hundred answers take time."):
    conversation.results_by = day
    conversation.store(reason=reason)


def open_next(day, **fields):
    following = make_conversation("next", title="And now?", opens_on=day, **fields)
    following.make_current()
    return following


def kinds(response):
    return [each.kind for each in happenings(Response.objects.get(pk=response.pk))]


def test_what_happened_before_a_late_sheet_arrived_is_told_after_that_it_was_received(clock, conversation):
    publish_results(conversation, date(2026, 4, 20))
    clock("2026-05-01")
    open_next(date(2026, 5, 1))
    clock("2026-05-10")

    response = submit(on=timezone.localdate(), conversation=conversation)
    assert kinds(response) == ["received", "results", "next"]
    response.accept(on=date(2026, 5, 12))

    assert kinds(response) == ["received", "results", "next", "accepted"]


def test_that_the_results_are_out_is_told_once(clock, conversation):
    sent()
    publish_results(conversation, date(2026, 4, 20))
    assert send_news() == 0

    clock("2026-04-20")
    assert (send_news(), send_news()) == (1, 0)
    clock("2026-04-21")
    assert send_news() == 0

    [message] = mail.outbox
    assert "The results of “What do you need?” are out:" in message.body
    assert f"http://localhost:8000/en/conversations/{conversation.slug}/\n" in message.body
    # Nothing happened to the response itself.
    assert "Open your secret link" not in message.body


@pytest.mark.parametrize("ends", ["withdrawn", "expired"])
def test_what_a_mailbox_was_told_for_one_response_is_not_told_again_for_another_when_the_first_is_gone(
    clock, conversation, ends
):
    first = sent()
    other = sent("mee@example.org")
    publish_results(conversation, date(2026, 4, 20))
    clock("2026-04-20")
    assert send_news() == 2
    clock("2026-04-21")
    Contact.objects.leave(other, "me@example.org", "en")
    assert send_news() == 0

    if ends == "withdrawn":
        first.withdraw()
    else:
        Contact.objects.filter(response=first).update(delete_on=date(2026, 4, 22))
    clock("2026-04-22")

    assert send_news() == 0


def test_a_promised_day_that_moves_is_told_with_both_days_and_the_reason(clock, conversation):
    sent(language="sv")
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1))
    moved = conversation.moved_promises.get()
    moved.reason_sv = "Trehundra svar tar tid."
    moved.save()

    clock("2026-04-03")
    assert (send_news(), send_news()) == (1, 0)

    with translation.override("sv"):
        told = translation.gettext(
            "The results of “%(conversation)s” were promised by %(before)s. "
            "Now they are promised by %(day)s. The reason:"
        )
    told %= {"conversation": "Vad behöver du?", "before": "1 maj 2026", "day": "1 juni 2026"}
    assert f"{told}\nTrehundra svar tar tid.\n" in mail.outbox[0].body


def test_a_day_that_moves_again_is_told_again_from_the_day_that_was_told_last(clock, conversation):
    sent()
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1), "Many answers.")
    clock("2026-04-03")
    assert send_news() == 1
    clock("2026-04-09")
    move(conversation, date(2026, 7, 1), "Many more.")
    assert send_news() == 0
    clock("2026-04-10")
    assert (send_news(), send_news()) == (1, 0)

    body = mail.outbox[1].body
    assert "promised by June 1, 2026. Now they are promised by July 1, 2026. The reason:\nMany more.\n" in body
    assert ("May 1" in body, "Many answers" in body) == (False, False)


def test_several_moves_that_are_told_at_once_come_to_one_day_with_all_the_reasons(clock, conversation):
    sent()
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1), "Many answers.")
    clock("2026-04-09")
    move(conversation, date(2026, 7, 1), "Many more.")
    # The day that was promised this morning is promised no longer, and the new one is not certain until tonight.
    assert send_news() == 0
    clock("2026-04-10")

    assert (send_news(), send_news()) == (1, 0)

    body = mail.outbox[0].body
    told = "promised by May 1, 2026. Now they are promised by July 1, 2026. The reason:\nMany answers.\nMany more.\n"
    assert told in body
    assert "June 1" not in body


def test_a_day_that_has_moved_back_is_told_to_nobody(clock, conversation):
    sent()
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1), "Many answers.")
    clock("2026-04-09")
    move(conversation, date(2026, 5, 1), "Many hands.")
    clock("2026-04-10")
    assert send_news() == 0

    move(conversation, date(2026, 7, 1), "Illness.")
    clock("2026-04-11")
    assert send_news() == 1
    assert "promised by May 1, 2026. Now they are promised by July 1, 2026." in mail.outbox[0].body


def test_whoever_was_promised_a_slip_hears_of_the_day_that_they_were_promised(clock, conversation):
    move(conversation, date(2026, 6, 1))
    sent()
    move(conversation, date(2026, 7, 1), "A slip.")
    clock("2026-03-11")

    assert (send_news(), send_news()) == (1, 0)
    assert "promised by June 1, 2026. Now they are promised by July 1, 2026." in mail.outbox[0].body


def test_once_results_are_out_no_mail_and_no_page_says_that_they_are_promised(clock, conversation):
    response = sent()
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1))
    clock("2026-04-20")
    move(conversation, date(2026, 9, 1))
    publish_results(conversation, date(2026, 4, 20))
    clock("2026-04-21")

    assert (send_news(), send_news()) == (1, 0)

    body = mail.outbox[0].body
    assert ("are out:" in body, "promised" in body) == (True, False)
    assert kinds(response) == ["received", "moved", "results"]
    clock("2026-04-22")
    assert send_news() == 0


def test_a_promise_that_is_taken_back_says_so(clock, conversation):
    sent()
    clock("2026-04-02")
    move(conversation, None, "We do not know yet.")
    clock("2026-04-03")

    assert send_news() == 1

    told = "were promised by May 1, 2026. Now no day is promised. The reason:\nWe do not know yet.\n"
    assert told in mail.outbox[0].body


def test_a_slip_that_is_mended_on_the_same_day_is_told_to_nobody(clock, conversation):
    sent()
    clock("2026-04-02")
    move(conversation, date(2036, 6, 1), "A slip.")
    assert send_news() == 0
    move(conversation, date(2026, 6, 1), "Many answers.")
    clock("2026-04-03")
    assert send_news() == 1
    clock("2026-04-04")
    move(conversation, date(2036, 7, 1), "Another slip.")
    move(conversation, date(2026, 6, 1))
    clock("2026-04-05")
    assert send_news() == 0

    assert ("2036" in mail.outbox[0].body, "June 1, 2026" in mail.outbox[0].body) == (False, True)


def test_an_author_who_was_promised_the_new_day_hears_of_no_move(clock, conversation):
    move(conversation, date(2026, 6, 1))
    response = sent()
    clock("2026-03-11")

    assert kinds(response) == ["received"]
    assert send_news() == 0


def test_an_author_who_was_promised_the_old_day_on_the_day_of_the_move_hears_of_it(clock, conversation):
    response = sent()
    move(conversation, date(2026, 6, 1))
    clock("2026-03-11")

    assert kinds(response) == ["received", "moved"]
    assert send_news() == 1


def test_that_the_next_conversation_is_open_is_told_once_it_is_and_not_before(clock, conversation):
    sent()
    clock("2026-04-02")
    following = open_next(date(2026, 9, 1), closes_on=date(2026, 9, 30))
    assert send_news() == 0

    clock("2026-09-01")
    assert (send_news(), send_news()) == (1, 0)
    clock("2026-09-02")
    assert send_news() == 0

    told = "The next conversation is open: “And now?”. You can answer until September 30, 2026:\n"
    assert f"{told}http://localhost:8000/en/respond/\n" in mail.outbox[0].body
    assert Contact.objects.get().told == [f"next:{following.pk}"]


def test_one_that_was_planned_for_between_and_never_opened_holds_up_no_news(clock, conversation):
    sent()
    clock("2026-09-01")
    make_conversation("never", opens_on=date(2026, 8, 1), closes_on=date(2026, 12, 31))
    open_next(date(2026, 9, 1))

    assert send_news() == 1
    assert "The next conversation is open: “And now?”." in mail.outbox[0].body


def test_a_next_conversation_that_is_over_is_not_said_to_be_open(clock, conversation):
    sent()
    clock("2026-04-02")
    open_next(date(2026, 9, 1), closes_on=date(2026, 9, 30))
    clock("2026-10-02")

    assert send_news() == 0


def test_nothing_is_told_that_happened_before_the_address_was_left(clock, conversation):
    response = submit(on=timezone.localdate())
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1))
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    open_next(date(2026, 4, 20))
    clock("2026-04-21")
    Contact.objects.leave(response, "me@example.org", "en")

    assert send_news() == 0
    # The author's page has all of it.
    assert kinds(response) == ["received", "moved", "results", "next"]


def test_an_address_that_is_left_again_is_still_told_what_was_promised_before(clock, conversation):
    response = sent()
    clock("2026-04-20")
    response.accept()
    publish_results(conversation, date(2026, 4, 19))
    clock("2026-04-21")
    Contact.objects.leave(response, "Me@example.org", "sv")

    assert (send_news(), send_news()) == (1, 0)

    with translation.override("sv"):
        told = ["It was read and accepted.", "The results of “%(conversation)s” are out:"]
        told = [translation.gettext(each) % {"conversation": "Vad behöver du?"} for each in told]
    assert [each in mail.outbox[0].body for each in told] == [True, True]
    assert Contact.objects.get().delete_on == date(2027, 4, 21)
    # And left once more, after it was told.
    Contact.objects.leave(response, "me@example.org", "en")
    clock("2026-05-21")
    assert send_news() == 0


def test_results_are_told_whatever_day_organizers_enter_for_them(clock, conversation):
    clock("2026-04-25")
    sent()
    clock("2026-04-26")
    publish_results(conversation, date(2026, 4, 20))
    assert (send_news(), send_news()) == (1, 0)
    # The day is corrected.
    publish_results(conversation, date(2026, 4, 22))
    clock("2026-04-27")
    assert send_news() == 0

    assert "are out:" in mail.outbox[0].body


def test_the_next_conversation_is_told_whatever_its_first_day_is(clock, conversation):
    clock("2026-09-02")
    sent()
    following = open_next(date(2026, 9, 2))
    Conversation.objects.filter(pk=following.pk).update(opens_on=date(2026, 8, 1))

    assert (send_news(), send_news()) == (1, 0)
    assert "The next conversation is open" in mail.outbox[0].body


def test_a_corrected_address_is_told_what_went_to_the_mistyped_one_and_no_more(clock, conversation):
    response = submit(on=timezone.localdate())
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1))
    clock("2026-04-03")
    # The page says so.
    Contact.objects.leave(response, "mee@example.org", "en")
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    assert send_news() == 1
    clock("2026-04-28")

    Contact.objects.leave(response, "me@example.org", "en")
    assert (send_news(), send_news()) == (1, 0)
    clock("2026-04-29")
    assert send_news() == 0

    assert [each.to for each in mail.outbox] == [["mee@example.org"], ["me@example.org"]]
    assert [("are out:" in each.body, "promised" in each.body) for each in mail.outbox] == [(True, False)] * 2


def test_an_address_that_was_told_of_its_conversation_is_not_told_again_for_another_response(clock, conversation):
    sent()
    mistyped = sent("mee@example.org")
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    assert send_news() == 2
    clock("2026-04-21")
    mistyped.accept()

    Contact.objects.leave(mistyped, "me@example.org", "en")
    assert send_news() == 1

    body = mail.outbox[-1].body
    assert ("It was read and accepted." in body, "are out:" in body) == (True, False)


def test_results_that_are_taken_back_are_not_told_and_told_once_they_are_out(clock, conversation):
    sent()
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    publish_results(conversation, None)
    assert send_news() == 0

    publish_results(conversation, date(2026, 4, 20))
    assert (send_news(), send_news()) == (1, 0)
    clock("2026-04-22")
    publish_results(conversation, None)
    assert send_news() == 0
    publish_results(conversation, date(2026, 4, 30))
    assert send_news() == 0
    clock("2026-04-30")
    assert (send_news(), send_news()) == (1, 0)

    assert ["are out:" in each.body for each in mail.outbox] == [True, True]


def test_the_second_results_of_a_conversation_that_went_on_are_told_to_all_who_left_an_address(clock, conversation):
    sent("told@example.org")
    seen = submit({"meaning": "Theirs."}, on=timezone.localdate())
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    Contact.objects.leave(seen, "seen@example.org", "en")
    assert send_news() == 1

    clock("2026-04-21")
    conversation.closes_on, conversation.results_on, conversation.results_by = date(2026, 6, 30), None, date(2026, 8, 1)
    conversation.store(reason="We ask on.")
    clock("2026-04-22")
    assert send_news() == 2
    clock("2026-07-20")
    publish_results(conversation, date(2026, 7, 20))
    assert (send_news(), send_news()) == (2, 0)
    clock("2026-07-21")
    assert send_news() == 0

    told = {}
    for each in mail.outbox:
        told.setdefault(each.to[0], []).append(("promised by August 1, 2026" in each.body, "are out:" in each.body))
    moved, out = (True, False), (False, True)
    assert told == {"told@example.org": [out, moved, out], "seen@example.org": [moved, out]}


def test_a_conversation_that_opens_is_told_once_to_whoever_waits_for_it_twice(clock, conversation):
    sent()
    clock("2026-08-01")
    following = make_conversation("next", title="And now?", opens_on=date(2026, 9, 1))
    Subscription.objects.subscribe(following, "me@example.org", "en")
    clock("2026-09-01")
    following.make_current()

    assert send_news() == 1
    assert mail.outbox[0].body.count("And now?") == 1


class AnotherProcessBeginsToo(EmailBackend):
    """While it sends one message, another process begins to send what is due after that."""

    def send_messages(self, messages):
        told = [address for message in messages for address in message.to]
        Contact.objects.exclude(email__in=told).update(tried_on=timezone.localdate())
        return super().send_messages(messages)


def test_an_address_to_which_another_process_is_just_writing_is_left_alone(clock, conversation):
    for each in ("me@example.org", "you@example.org"):
        sent(each).accept()
    mailers = {"default": {"BACKEND": f"{__name__}.{AnotherProcessBeginsToo.__name__}"}}

    with override_settings(MAILERS=mailers):
        assert send_news() == 1


def test_authors_of_declined_responses_are_told_too_and_those_who_withdrew_are_not(clock, conversation):
    declined, withdrawn = sent(), sent("you@example.org")
    declined.decline("It answers no question.")
    send_news()
    withdrawn.withdraw()
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))

    assert send_news() == 1

    assert [message.to for message in mail.outbox] == [["me@example.org"]] * 2
    assert "are out" in mail.outbox[1].body
    assert happenings(withdrawn) == []


def test_results_of_one_conversation_are_no_news_of_a_response_to_another(clock, conversation):
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    following = open_next(date(2026, 4, 20))
    response = sent(conversation=following)

    assert send_news() == 0
    assert kinds(response) == ["received"]


def test_news_of_a_conversation_stands_once_in_a_mail_for_several_responses(clock, conversation):
    mine = [sent(), sent("ME@example.org")]
    mine[0].accept()
    clock("2026-03-20")
    send_news()
    clock("2026-04-20")
    mine[1].accept()
    publish_results(conversation, date(2026, 4, 20))

    assert send_news() == 1

    body = mail.outbox[-1].body
    assert body.count("The results of “What do you need?” are out:") == 1
    assert [each.code in body for each in mine] == [False, True]
    clock("2026-04-21")
    assert send_news() == 0


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_mail_about_a_conversation_speaks_the_language_of_its_reader(clock, conversation, language):
    sent(language=language)
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1))
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    open_next(date(2026, 4, 20))

    assert send_news() == 1

    body = mail.outbox[0].body
    with translation.override(language):
        title = Conversation.objects.get(pk=conversation.pk).title
        for said in (
            "There is news of the Wikimedia diversity conversation, for which you left this address:",
            "The results of “%(conversation)s” are out:",
        ):
            assert translation.gettext(said) % {"conversation": title} in body
    assert f"http://localhost:8000/{language}/respond/" in body


def test_the_authors_page_tells_the_same(client, clock, conversation):
    response = sent()
    clock("2026-04-02")
    move(conversation, date(2026, 6, 1), "Many <answers>.")
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))
    open_next(date(2026, 4, 20))

    html = client.get(f"/en/my-response/{response.key}/").content.decode()

    assert "was moved on April 2, 2026, from May 1, 2026 to June 1, 2026. The organizers say why:" in html
    assert '<p class="note worded">Many &lt;answers&gt;.</p>' in html
    assert f'The results have been out since April 20, 2026: <a href="/en/conversations/{conversation.slug}/">' in html
    assert 'The next conversation has been open since April 20, 2026: <a href="/en/respond/">And now?</a>' in html


def test_a_mail_about_a_conversation_says_nothing_about_the_response(clock, conversation):
    make_user("somebody")
    response = sent(answers={"meaning": "Secret words."}, display_name="Amina", sharing="named")
    clock("2026-04-20")
    publish_results(conversation, date(2026, 4, 20))

    send_news()

    whole = mail.outbox[0].message().as_string() + mail.outbox[0].body
    assert [each for each in ("Secret", "Amina", response.code, response.key) if each in whole] == []
    assert timedelta(days=365) == Contact.objects.get().delete_on - date(2026, 3, 10)


class AnAddressIsCorrected(EmailBackend):
    """While it sends one message, somebody corrects an address of another mailbox."""

    def send_messages(self, messages):
        if not Contact.objects.filter(email="corrected@example.org").exists():
            other = Contact.objects.exclude(email=messages[0].to[0]).select_related("response").last()
            Contact.objects.leave(other.response, "corrected@example.org", "en")
        return super().send_messages(messages)


def test_an_address_that_was_corrected_since_the_run_began_is_not_told_what_is_for_another(clock, conversation):
    for each in ("me@example.org", "me@example.org", "you@example.org", "you@example.org"):
        sent(each).accept()
    mailers = {"default": {"BACKEND": f"{__name__}.{AnAddressIsCorrected.__name__}"}}

    with override_settings(MAILERS=mailers):
        assert send_news() == 2

    code = Contact.objects.get(email="corrected@example.org").response.code
    assert sorted(message.to[0] for message in mail.outbox) == ["me@example.org", "you@example.org"]
    assert [code in message.body for message in mail.outbox] == [False, False]
    assert send_news() == 1
    assert mail.outbox[-1].to == ["corrected@example.org"]
