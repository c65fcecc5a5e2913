"""What became of a response, on its author's page and by mail to authors who left an address."""

import email.policy
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone, translation

from outcomes.news import happenings
from outcomes.news_mail import send_news
from responses.models import AccountLink, Contact, Conversation, Draft, RateLimitCount, Response
from tests.factories import make_answer, make_evidence, make_response, make_user, submit
from tests.test_consent import quote, review

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def with_address(response, language="en", email="me@example.org"):
    return Contact.objects.leave(response, email, language)


def kinds(response):
    return [each.kind for each in happenings(Response.objects.get(pk=response.pk))]


def test_everything_that_happened_to_a_response_is_listed_by_day():
    response = submit({"meaning": "Kila mtu ana nafasi."}, on=TODAY - timedelta(days=9))
    answer = response.answers.get()
    response.edit({answer.question: "Kila mtu ana nafasi yake."}, on=TODAY - timedelta(days=8))
    response.decline("Why?", on=TODAY - timedelta(days=7))
    assert kinds(response) == ["received", "changed", "declined"]

    response.accept(on=TODAY - timedelta(days=6))
    answer = response.answers.select_related("response", "question").get()
    translated = review(answer)
    evidence = make_evidence(answer)
    quoted = quote(evidence)
    response.note("Thank you.")

    told = happenings(Response.objects.get())
    assert [(each.kind, each.about) for each in told] == [
        ("received", None),
        ("changed", None),
        ("accepted", None),
        ("translated", translated),
        ("evidence", evidence),
        ("quoted", quoted),
        ("note", None),
    ]
    assert [each.day for each in told][:3] == [TODAY - timedelta(days=n) for n in (9, 8, 6)]


def test_a_withdrawn_response_has_no_news():
    response = make_response()
    response.withdraw()

    assert happenings(response) == []


def test_marks_in_a_response_for_the_organizers_only_are_not_news():
    answer = make_answer(sharing="organizers")
    make_evidence(answer)

    assert kinds(answer.response) == ["received", "accepted"]


def test_an_outdated_translation_is_no_longer_news():
    answer = make_answer()
    review(answer)

    answer.response.edit({answer.question: "Other words."})

    assert "translated" not in kinds(answer.response)


def test_each_piece_of_news_is_mailed_once_and_at_most_one_mail_a_day():
    response = submit(on=TODAY)
    with_address(response)
    assert send_news() == 0

    response.accept()
    assert send_news() == 1
    assert send_news() == 0
    answer = response.answers.select_related("response", "question").get()
    make_evidence(answer)
    assert send_news() == 0
    tomorrow = TODAY + timedelta(days=1)
    assert send_news(tomorrow) == 1
    assert send_news(tomorrow + timedelta(days=1)) == 0

    assert [("accepted" in message.body, "evidence" in message.body) for message in mail.outbox] == [
        (True, False),
        (False, True),
    ]


def test_a_mail_contains_no_words_no_code_and_no_link_to_the_response():
    response = make_response({"meaning": "Secret words of mine."}, display_name="Amina", sharing="named", on=TODAY)
    Response.objects.update(accepted_on=TODAY)
    answer = response.answers.select_related("response", "question").get()
    review(answer, "Secret translation.")
    quote(make_evidence(answer, quote="Secret words"))
    response.note("Secret note.")
    with_address(response)

    assert send_news() == 1

    message = mail.outbox[0]
    everything = message.message().as_string() + message.subject + message.body
    for secret in ("Secret", "Amina", response.code, response.key, "closed-doors", "Closed doors"):
        assert secret not in everything
    assert message.to == ["me@example.org"]
    assert "becomes public on" in message.body
    assert "We delete this address on" in message.body


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_mail_is_in_the_language_of_the_page_where_the_address_was_left(language):
    response = submit(on=TODAY)
    with_address(response, language)
    response.accept()

    send_news()

    with translation.override(language):
        assert mail.outbox[0].subject == translation.gettext("News from the diversity conversation")
        assert translation.gettext("It was read and accepted.") in mail.outbox[0].body
    assert f"http://localhost:8000/{language}/stop-news/" in mail.outbox[0].body


def stop_link():
    return re.search(r"http://localhost:8000(/\S+)", mail.outbox[-1].body)[1]


def told_once():
    response = submit(on=TODAY)
    with_address(response)
    response.accept()
    send_news()
    return response


def test_mail_programs_can_unsubscribe_with_one_click(csrf_client):
    told_once()
    header = mail.outbox[0].extra_headers["List-Unsubscribe"]
    assert header == f"<http://localhost:8000{stop_link()}>"
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    # The header is one line, as mail programs need it, even if the address of the portal is long.
    sent = mail.outbox[0].message(policy=email.policy.SMTP).as_bytes()
    assert f"\r\nList-Unsubscribe: {header}\r\n".encode() in sent
    assert max(map(len, sent.split(b"\r\n"))) < 998

    page = csrf_client.post(
        stop_link(),
        {"List-Unsubscribe": "One-Click"},
        headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
    )

    assert page.status_code == 200
    assert Contact.objects.count() == 0
    assert "Your address is deleted" in csrf_client.post(stop_link()).content.decode()


def test_opening_the_link_to_unsubscribe_does_not_unsubscribe_yet(client):
    told_once()

    assert "Delete the address" in client.get(stop_link()).content.decode()
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "1:1tPq0A:forged", "a" * 3000])
def test_a_forged_link_does_not_unsubscribe(client, token):
    told_once()

    assert client.post(f"/en/stop-news/{token}/").status_code == 404
    assert Contact.objects.count() == 1


def test_the_link_to_unsubscribe_does_not_open_the_response(client):
    response = told_once()

    token = stop_link().split("/")[-2]
    assert response.key not in token
    assert client.get(f"/en/my-response/{token}/").status_code == 404


def accepted_for(email, **fields):
    response = submit(on=TODAY, **fields)
    with_address(response, email=email)
    response.accept()
    return response


def test_news_of_several_responses_with_one_address_is_one_mail_a_day_that_names_them():
    mine = [accepted_for(email) for email in ("scribe@example.org", "Scribe@example.org", "scribe@example.org")]
    quiet = submit(on=TODAY)
    with_address(quiet, email="scribe@example.org")
    theirs = accepted_for("somebody@example.org")

    assert send_news() == 2
    # One that comes later the same day waits.
    late = accepted_for("scribe@example.org")
    assert send_news() == 0

    # The order is that of random ids.
    to_scribe, to_them = sorted(mail.outbox, key=lambda message: message.to[0].lower())
    assert (to_scribe.to[0].lower(), to_them.to) == ("scribe@example.org", ["somebody@example.org"])
    assert {each.code for each in [*mine, quiet, theirs, late] if each.code in to_scribe.body} == {
        each.code for each in mine
    }
    assert to_scribe.body.count("It was read and accepted.") == 3
    # Who has one response knows which it is.
    assert theirs.code not in to_them.body

    tomorrow = TODAY + timedelta(days=1)
    quiet.decline("Why?")
    assert send_news(tomorrow) == 1
    assert send_news(tomorrow) == 0
    body = mail.outbox[-1].body
    assert {each.code for each in [*mine, quiet, late] if each.code in body} == {quiet.code, late.code}
    assert ("It was read and accepted." in body, "It was read and declined" in body) == (True, True)


def test_the_link_in_a_mail_stops_all_mails_to_that_address_and_opens_nothing(client):
    for _each in range(3):
        accepted_for("scribe@example.org")
    theirs = accepted_for("somebody@example.org")
    send_news()
    to_the_scribe = next(each for each in mail.outbox if each.to == ["scribe@example.org"])
    link = re.search(r"http://localhost:8000(/\S+)", to_the_scribe.body)[1]
    later = submit(on=TODAY)
    with_address(later, email="scribe@example.org")

    asked = client.get(link).content.decode()
    client.post(link)

    assert "Delete the address" in asked
    assert not any(each.code in asked or each.key in asked for each in (later, theirs))
    assert list(Contact.objects.values_list("response", "email")) == [(theirs.pk, "somebody@example.org")]
    assert "Your address is deleted" in client.get(link).content.decode()
    assert "scribe" not in link


def test_the_link_in_an_old_mail_leaves_an_address_alone_that_was_given_later(client):
    response = told_once()
    link = stop_link()
    with_address(response, email="new-home@example.org")

    assert "Your address is deleted" in client.get(link).content.decode()
    client.post(link)

    assert Contact.objects.values_list("email", flat=True).get() == "new-home@example.org"


def test_the_link_in_a_mail_works_after_the_key_of_the_portal_has_changed(client):
    with override_settings(SECRET_KEY="an earlier key 0123456789 abcdefghijklmnopqrstuvwxyz"):
        told_once()

    with override_settings(SECRET_KEY_FALLBACKS=["an earlier key 0123456789 abcdefghijklmnopqrstuvwxyz"]):
        client.post(stop_link())

    assert Contact.objects.count() == 0


def test_a_corrected_address_is_told_what_went_to_the_mistyped_one():
    response = accepted_for("mee@example.org")
    assert send_news() == 1

    with_address(response, email="me@example.org")
    assert send_news() == 1
    # Leaving the same one again brings nothing twice.
    with_address(response, email="Me@example.org")
    assert send_news(TODAY + timedelta(days=1)) == 0

    assert [message.to for message in mail.outbox] == [["mee@example.org"], ["me@example.org"]]


def test_an_address_that_cannot_be_written_to_holds_up_no_other():
    for email_address in ("josé@example.org", "me@example.org"):
        accepted_for(email_address)
    refusing = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2},
        }
    }

    with override_settings(MAILERS=refusing):
        assert send_news() == 0

    assert set(Contact.objects.values_list("tried_on", flat=True)) == {None}


def test_nothing_is_mailed_that_happened_before_the_address_was_left():
    response = make_response(on=TODAY - timedelta(days=9), accepted_on=TODAY - timedelta(days=8))
    with_address(response)

    assert send_news() == 0


def test_a_power_failure_before_sending_delays_a_mail_but_does_not_lose_it():
    response = submit(on=TODAY)
    with_address(response)
    response.accept()
    # The day of the attempt was stored, and then the power failed.
    Contact.objects.update(tried_on=TODAY)

    assert send_news() == 0
    assert send_news(TODAY + timedelta(days=1)) == 1


def test_mails_are_sent_later_if_the_mail_server_does_not_answer():
    for number in range(2):
        response = submit(on=TODAY)
        with_address(response, email=f"me{number}@example.org")
        response.accept()
    refusing = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2},
        }
    }

    with override_settings(MAILERS=refusing):
        assert send_news() == 0
    assert [(each.tried_on, each.told) for each in Contact.objects.all()] == [(None, []), (None, [])]
    assert send_news() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_processes_sending_at_once_send_each_mail_once():
    # Twice to each address.
    for number in range(10):
        response = submit(on=TODAY)
        with_address(response, email=f"me{number % 5}@example.org")
        response.accept()

    def send(_number):
        try:
            return send_news()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as senders:
        assert sum(senders.map(send, range(2))) == 5
    assert len(mail.outbox) == 5


def test_an_expired_address_gets_no_mail_and_housekeeping_deletes_it(capsys):
    response = submit(on=TODAY)
    with_address(response)
    response.accept()
    Contact.objects.update(delete_on=TODAY)

    assert send_news() == 0
    call_command("housekeeping")

    assert Contact.objects.count() == 0
    assert mail.outbox == []
    assert "contacts, 1" in capsys.readouterr().out


def test_housekeeping_deletes_what_has_expired_and_nothing_else():
    response = make_response()
    AccountLink.objects.open(response)
    kept = AccountLink.objects.create(response=response, key_hash="k", valid_until=TODAY)
    AccountLink.objects.exclude(pk=kept.pk).update(valid_until=TODAY - timedelta(days=1))
    Draft.objects.keep("a" * 26, {"meaning": "Old."}, on=TODAY)
    Draft.objects.update(saved_on=TODAY - timedelta(days=90))
    conversation = Conversation.objects.current()
    Draft.objects.create(key_hash="young", conversation=conversation, typed={"meaning": "Young."}, saved_on=TODAY)
    RateLimitCount.objects.count_one("a network", 1)

    call_command("housekeeping", no_mail=True)

    assert list(AccountLink.objects.all()) == [kept]
    assert list(Draft.objects.values_list("key_hash", flat=True)) == ["young"]
    assert RateLimitCount.objects.count() == 0
    assert Response.objects.count() == 1


def test_withdrawing_deletes_the_address():
    response = told_once()

    response.withdraw()

    assert Contact.objects.count() == 0
    assert send_news(TODAY + timedelta(days=1)) == 0


def test_authors_leave_and_delete_an_address_on_their_page(client):
    response = make_response()
    address = f"/sv/my-response/{response.key}/news/"

    refused = client.post(address, {"email": "no address"})
    assert set(refused.context["news_form"].errors) == {"email"}
    assert 'value="no address"' in refused.content.decode()
    assert client.post(address, {"email": "me@example.org"}).status_code == 302
    assert Contact.objects.values_list("email", "language").get() == ("me@example.org", "sv")
    page = client.get(f"/sv/my-response/{response.key}/")
    # A slip of the finger can be seen and corrected.
    assert 'value="me@example.org"' in page.content.decode()
    assert client.post(address, {"email": "you@example.org"}).status_code == 302
    assert Contact.objects.values_list("email", flat=True).get() == "you@example.org"
    client.post(address, {"action": "delete"})
    assert Contact.objects.count() == 0
    assert "you@example.org" not in client.get(f"/sv/my-response/{response.key}/").content.decode()


def test_an_address_with_a_fault_in_it_goes_along_into_another_language_of_the_page(client):
    response = make_response()

    page = client.post(f"/sv/my-response/{response.key}/news/", {"email": "no address"})
    html = page.content.decode()
    address = f"/ar/my-response/{response.key}/news/"
    assert f'form="news-form" formaction="{address}" name="action" value="switch" lang="ar"' in html
    page = client.post(address, {"action": "switch", "email": "no address"})

    assert 'value="no address"' in page.content.decode()
    assert page.context["news_form"].errors == {}
    assert client.get(address).url == f"/ar/my-response/{response.key}/"
    assert Contact.objects.count() == 0
    # A withdrawn response has no such form, so its languages are links.
    response.withdraw()
    page = client.post(address, {"email": "no address"})
    assert f'<a href="/sv/my-response/{response.key}/news/"' in page.content.decode()


def test_a_post_from_another_site_cannot_leave_an_address(csrf_client):
    response = make_response()

    page = csrf_client.post(
        f"/en/my-response/{response.key}/news/", {"email": "me@example.org"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert page.status_code == 403
    assert Contact.objects.count() == 0


def test_reviewers_write_a_note_that_the_author_reads_with_its_date(client):
    response = make_response()
    address = f"/admin/responses/response/{response.pk}/note/"
    assert client.post(address, {"note": "No."}).status_code == 403
    client.force_login(make_user("coder", "Coder", is_staff=True))
    assert client.post(address, {"note": "No."}).status_code == 403
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    client.post(address, {"note": " <Thank> you. ", "seen": response.fingerprint})

    page = client.get(f"/en/my-response/{response.key}/").content.decode()
    assert "&lt;Thank&gt; you." in page
    assert "A note from the organizers, written on" in page
    client.post(address, {"note": " ", "seen": Response.objects.get().fingerprint})
    assert Response.objects.values_list("note_to_author", "noted_on").get() == ("", None)


def test_what_became_of_somebody_elses_response_is_told_to_nobody_else():
    mine, theirs = make_answer(on=TODAY, accepted_on=TODAY), make_answer(on=TODAY, accepted_on=TODAY)
    review(theirs)
    evidence = make_evidence(theirs)
    quote(evidence)
    with_address(mine.response)

    assert kinds(theirs.response) == ["received", "accepted", "translated", "evidence", "quoted"]
    assert kinds(mine.response) == ["received", "accepted"]
    send_news()
    assert ["evidence" in message.body or "translat" in message.body for message in mail.outbox] == [False]


def test_a_response_that_was_declined_after_all_tells_no_more_of_what_was_made_of_it():
    answer = make_answer()
    review(answer)
    make_evidence(answer)

    answer.response.decline("It is not about the questions.")

    assert kinds(answer.response) == ["received", "declined"]
