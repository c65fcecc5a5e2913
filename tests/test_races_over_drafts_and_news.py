"""Drafts, addresses for news, invitations and counts at the same moment: neither is lost, doubled or overwritten."""

import uuid
from datetime import timedelta

from django.core import mail
from django.db import transaction
from django.utils import timezone

from outcomes.news_mail import send_news
from responses.access.keys import key_of
from responses.models import Contact, Draft, Gathering, KnownLanguage, RateLimitCount
from tests.factories import make_response, make_user, submit
from tests.races import overtake, race

pytestmark = race

DRAFT_CHANGED = "This draft has been changed since you opened it. Compare, then save or send again."
KEY = "a key"


def test_of_two_who_save_a_new_draft_under_one_key_neither_overwrites_the_other_unseen():
    _kept, refusal = overtake(
        lambda: Draft.objects.keep(KEY, {"meaning": "Moja."}), lambda: Draft.objects.keep(KEY, {"meaning": "Mbili."})
    )

    assert refusal == DRAFT_CHANGED
    assert [draft.typed for draft in Draft.objects.all()] == [{"meaning": "Moja."}]


def test_a_draft_that_is_saved_by_two_clicks_is_kept_once():
    def click():
        return Draft.objects.keep(KEY, {"meaning": "Moja."}).pk

    first, second = overtake(click, click)

    assert [first] == [second] == list(Draft.objects.values_list("pk", flat=True))


def test_of_two_who_change_a_draft_neither_overwrites_the_other_unseen():
    seen = Draft.objects.keep(KEY, {"meaning": "Moja."}).fingerprint

    _kept, refusal = overtake(
        lambda: Draft.objects.keep(KEY, {"meaning": "Mbili."}, seen=seen),
        lambda: Draft.objects.keep(KEY, {"meaning": "Tatu."}, seen=seen),
    )

    assert refusal == DRAFT_CHANGED
    assert [draft.typed for draft in Draft.objects.all()] == [{"meaning": "Mbili."}]


def test_a_draft_that_somebody_changes_is_not_deleted_by_another_who_sends_or_deletes_it():
    for typed in (None, {"meaning": "Moja."}):
        Draft.objects.all().delete()
        seen = Draft.objects.keep(KEY, {"meaning": "Moja."}).fingerprint

        _kept, refusal = overtake(
            lambda seen=seen: Draft.objects.keep(KEY, {"meaning": "Mbili."}, seen=seen),
            lambda seen=seen, typed=typed: discard(seen, typed),
        )

        assert refusal == DRAFT_CHANGED
        assert [draft.typed for draft in Draft.objects.all()] == [{"meaning": "Mbili."}]


def discard(seen, typed=None):
    with transaction.atomic():
        Draft.objects.discard(KEY, seen=seen, typed=typed)


def test_words_that_are_saved_while_another_deletes_the_draft_are_kept():
    seen = Draft.objects.keep(KEY, {"meaning": "Moja."}).fingerprint

    overtake(lambda: discard(seen), lambda: Draft.objects.keep(KEY, {"meaning": "Mbili."}, seen=seen))

    assert [draft.typed for draft in Draft.objects.all()] == [{"meaning": "Mbili."}]


def test_two_first_senders_of_a_network_are_both_counted():
    window = 10**10

    def send():
        return RateLimitCount.objects.count_one("a network", window)

    assert overtake(send, send) == (1, 2)
    assert [row.n for row in RateLimitCount.objects.all()] == [2]


def test_an_address_that_is_left_by_two_clicks_is_kept_once():
    response = make_response()

    def click():
        return Contact.objects.leave(response, "me@example.org", "en").email

    assert overtake(click, click) == ("me@example.org", "me@example.org")
    assert [contact.email for contact in Contact.objects.all()] == ["me@example.org"]


def test_nothing_is_sent_to_an_address_that_is_corrected_at_this_moment():
    today = timezone.localdate()
    response = submit(on=today)
    Contact.objects.leave(response, "mistyped@example.org", "en")
    response.accept(on=today)

    _left, sent = overtake(lambda: Contact.objects.leave(response, "me@example.org", "en"), send_news)

    assert (sent, [message.to for message in mail.outbox]) == (0, [])
    assert send_news(today + timedelta(days=1)) == 1
    assert [message.to for message in mail.outbox] == [["me@example.org"]]


def test_of_two_processes_that_send_news_only_the_first_sends_it():
    today = timezone.localdate()
    response = submit(on=today)
    Contact.objects.leave(response, "me@example.org", "en")
    response.accept(on=today)

    assert overtake(send_news, send_news) == (1, 0)
    assert [message.to for message in mail.outbox] == [["me@example.org"]]


def test_a_gathering_that_is_announced_by_two_clicks_is_one():
    key = key_of(uuid.uuid4())

    def click():
        return Gathering.objects.announce(key, title="A café").code

    first, second = overtake(click, click)

    assert [first] == [second] == list(Gathering.objects.values_list("code", flat=True))


def test_a_language_that_somebody_ticks_by_two_clicks_is_known_once():
    user = make_user("translator")

    overtake(
        lambda: KnownLanguage.objects.know(user, "ar", reads=True, writes=False),
        lambda: KnownLanguage.objects.know(user, "ar", reads=True, writes=True),
    )

    assert list(KnownLanguage.objects.values_list("language", "reads", "writes")) == [("ar", True, True)]
