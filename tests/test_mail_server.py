"""News and letters through a real mail server, sent by the command that runs every hour."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from responses.models import Contact, OrganizerLetter, Subscription
from tests.factories import make_march, make_user, submit
from tests.smtp_server import smtp_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(clock):
    """An author, somebody who waits for results, and an organizer, each with something to be told."""
    conversation = make_march()
    response = submit({"meaning": "Secret words."}, on=timezone.localdate(), display_name="Amina", sharing="named")
    Contact.objects.leave(response, "author@example.org", "ar")
    Subscription.objects.subscribe(conversation, "waiting@example.org", "hi")
    make_user("reviewer", "Reviewer", is_staff=True)
    clock("2026-04-20")
    conversation.results_on = date(2026, 4, 20)
    conversation.store()
    return response


def housekeeping(mailers, capsys):
    with override_settings(MAILERS=mailers):
        call_command("housekeeping")
    said = capsys.readouterr().out
    return {kind: int(number) for kind, number in re.findall(r"(\w[\w ]*) sent: (\d+)\.", said)}


def test_each_is_sent_what_is_theirs_and_a_second_run_sends_nothing(everything, capsys):
    with smtp_server() as (mailbox, mailers):
        first, second = housekeeping(mailers, capsys), housekeeping(mailers, capsys)

    assert (first, second) == ({"Messages": 2, "Letters to organizers": 1}, {})
    assert sorted(mailbox.recipients) == ["author@example.org", "reviewer@example.org", "waiting@example.org"]


def test_what_arrives_can_be_read_and_stopped_and_tells_nobodys_words(everything, capsys, client):
    with smtp_server() as (mailbox, mailers):
        housekeeping(mailers, capsys)

    assert len(mailbox.mails) == 3
    for raw, mail in zip(mailbox.raw, mailbox.mails, strict=True):
        # In plain text, small, and in lines and characters that every server on the way passes on.
        assert mail.get_content_type() == "text/plain"
        assert len(raw) < 4_000
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        assert raw.isascii()
        text = f"{mail['Subject']}\n{mail.get_content()}"
        assert [each for each in ("Secret", "Amina", everything.code, everything.key) if each in text] == []
        assert set(mail.keys()) <= {
            "Content-Type",
            "Content-Transfer-Encoding",
            "MIME-Version",
            "Subject",
            "From",
            "To",
            "Date",
            "Message-ID",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
        }
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        stop = re.fullmatch(r"<http://localhost:8000(/\S+)>", mail["List-Unsubscribe"])[1]
        assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (Contact.objects.count(), Subscription.objects.count()) == (0, 0)
    assert OrganizerLetter.objects.get().is_wanted is False


def test_one_address_that_is_refused_holds_up_no_other_and_is_tried_again(everything, capsys):
    with smtp_server(refused={"author@example.org"}) as (mailbox, mailers):
        assert housekeeping(mailers, capsys) == {"Messages": 1, "Letters to organizers": 1}
        mailbox.refused.clear()
        assert housekeeping(mailers, capsys) == {"Messages": 1}

    assert mailbox.recipients[-1] == "author@example.org"


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "DATA"])
def test_when_the_line_drops_all_are_sent_by_the_next_run(everything, capsys, command):
    with smtp_server(hangs_up=command) as (mailbox, mailers):
        assert housekeeping(mailers, capsys) == {}
        mailbox.hangs_up = ""
        assert housekeeping(mailers, capsys) == {"Messages": 2, "Letters to organizers": 1}

    assert len(mailbox.mails) == 3


def test_a_run_without_mail_sends_nothing(everything, capsys):
    with smtp_server() as (mailbox, mailers), override_settings(MAILERS=mailers):
        call_command("housekeeping", no_mail=True)

    assert mailbox.raw == []
