"""Mails to authors who are asked back: did we understand you? One a month and author at most, about one thing, with no
author's words.

There is no queue, as with news: a mail is due if an address is kept for a response whose author is asked and has not
been told.
"""

import itertools
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from outcomes.mail import StoppableMail, address_of
from outcomes.models import Asked
from responses.models import Contact, Response, Subscription

# An author gets no other of these mails for so many days.
DAYS_BETWEEN = 30


def send_askings(today=None) -> int:
    """Write to every author who is due. Returns the number of messages."""
    today = today or timezone.localdate()
    due = set(Asked.objects.to_mail().values_list("response", flat=True))
    if not due:
        return 0
    return sum(_ask(rows, today) for rows in _by_author(today) if due & {each.pk for each in rows})


def _by_author(today) -> list[list[Contact]]:
    """All contacts, those of one author together: of one mailbox or one account. More we do not know."""
    found: dict[str | int, list[Contact]] = {}
    kept = Contact.objects.filter(delete_on__gt=today).select_related("response").only("email", "response__user")
    for each in kept.order_by("pk").iterator():
        before = {id(rows): rows for rows in (found.get(mark) for mark in _marks_of(each)) if rows}
        rows = [*itertools.chain(*before.values()), each]
        found |= {mark: rows for one in rows for mark in _marks_of(one)}
    return [*{id(rows): rows for rows in found.values()}.values()]


def _marks_of(contact) -> list[str | int]:
    """By which its author is known."""
    return [contact.mailbox, *filter(None, [contact.response.user_id])]


def _ask(rows, today) -> int:
    """Write once to an author, about one thing, at one address."""
    # Looked up only now: since this run began, another address may have been left, or somebody may have answered.
    emails = {each.pk: each.email for each in rows}
    found = Contact.objects.filter(pk__in=emails).order_by("pk")
    kept = [each for each in found if each.email == emails[each.pk]]
    asked = list(_asked(kept))
    if not asked:
        return 0
    mailbox = next(each.mailbox for each in kept if each.pk == asked[0].response_id)
    written_to = {each.pk: each for each in kept if each.mailbox == mailbox}
    asked = [each for each in asked if each.asking == asked[0].asking and each.response_id in written_to]
    if not _take(kept, written_to, mailbox, today):
        return 0
    if not _message([*written_to.values()], asked).is_sent():
        for each in written_to.values():
            of_today = Contact.objects.filter(pk=each.pk, asked_on=today)
            of_today.update(asked_on=each.asked_on, tried_on=each.tried_on)
        return 0
    Asked.objects.filter(pk__in=[each.pk for each in asked]).update(mailed_on=today)
    return 1


def _asked(kept):
    found = Asked.objects.to_mail().filter(response__in=[each.pk for each in kept])
    return found.with_things().select_related("response").order_by("asking__closes_on", "asking", "pk")


@transaction.atomic
def _take(kept, written_to, mailbox, today) -> bool:
    """Store the day; False if the address had a mail today, or its author one of these in the last month.

    kept: all contacts of the author. Stored before the mail is sent: two processes that send at once do not both send
    it.
    """
    now = list(Contact.objects.select_for_update().filter(pk__in=[each.pk for each in kept]).order_by("pk"))
    if [(each.pk, each.email) for each in now] != [(each.pk, each.email) for each in kept]:
        return False
    month_ago = today - timedelta(days=DAYS_BETWEEN)
    if any(each.asked_on and each.asked_on > month_ago for each in now):
        return False
    # Whoever deletes an address and leaves it again had the mail all the same.
    accounts = Response.objects.filter(contact__in=now, user__isnull=False).values("user")
    theirs = Response.objects.filter(Q(contact__in=now) | Q(user__in=accounts))
    if Asked.objects.filter(mailed_on__gt=month_ago, response__in=theirs).exists():
        return False
    if any(each.tried_on and each.tried_on >= today for each in now if each.pk in written_to):
        return False
    if Subscription.objects.filter(folded=mailbox, tried_on__gte=today).exists():
        return False
    Contact.objects.filter(pk__in=written_to).update(asked_on=today, tried_on=today)
    return True


def _message(kept, asked):
    # In the language of the page on which the address was left last.
    latest = max(kept, key=lambda each: each.delete_on)
    with translation.override(latest.language):
        stop = address_of("stop_news", latest.stop_token)
        words = {
            "asked": asked,
            # Who has one response knows which it is. Somebody else who reads the mail need not learn that.
            "names_codes": len(kept) > 1,
            "account": address_of("my_responses") if any(each.response.user_id for each in asked) else "",
            "delete_on": latest.delete_on,
            "stop": stop,
        }
        text = render_to_string("outcomes/asking.txt", words)
        return StoppableMail(_("Did we understand you?"), text, to=latest.email, stop=stop)
