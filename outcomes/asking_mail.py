"""Mails to authors who are asked back: did we understand you? One a month and address at most, with no author's words.

There is no queue, as with news: a mail is due if an address is kept for a response whose author is asked and has not
been told.
"""

from datetime import timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from outcomes.mail import StoppableMail, address_of
from outcomes.models import Asked
from responses.models import Contact, Subscription

# An address gets no other of these mails for so many days.
DAYS_BETWEEN = 30


def send_askings(today=None) -> int:
    """Write to every address that is due. Returns the number of messages."""
    today = today or timezone.localdate()
    due = set(Asked.objects.to_mail().values_list("response", flat=True))
    if not due:
        return 0
    by_mailbox: dict[str, list[Contact]] = {}
    for each in Contact.objects.filter(delete_on__gt=today).only("email").order_by("pk").iterator():
        by_mailbox.setdefault(each.mailbox, []).append(each)
    return sum(_ask(rows, today) for rows in by_mailbox.values() if due & {each.pk for each in rows})


def _ask(rows, today) -> int:
    """Write once to an address, of all that the authors of its responses are asked."""
    # Looked up only now: since this run began, another address may have been left, or somebody may have answered.
    mailbox, keys = rows[0].mailbox, [each.pk for each in rows]
    kept = [each for each in Contact.objects.filter(pk__in=keys).order_by("pk") if each.mailbox == mailbox]
    asked = list(_asked(kept))
    if not asked or not _take(kept, mailbox, today):
        return 0
    if not _message(kept, asked).is_sent():
        for each in kept:
            found = Contact.objects.filter(pk=each.pk, asked_on=today)
            found.update(asked_on=each.asked_on, tried_on=each.tried_on)
        return 0
    Asked.objects.filter(pk__in=[each.pk for each in asked]).update(mailed_on=today)
    return 1


def _asked(kept):
    things = (f"asking__{kind}" for kind in ("problem", "solution", "clause__statement", "statement"))
    found = Asked.objects.to_mail().filter(response__in=[each.pk for each in kept])
    return found.select_related("asking", "response", *things).order_by("asking__closes_on", "pk")


@transaction.atomic
def _take(kept, mailbox, today) -> bool:
    """Store the day with all rows of the address; False if it had a mail today, or one of these in the last month.

    Stored before the mail is sent: two processes that send at once do not both send it.
    """
    now = list(Contact.objects.select_for_update().filter(pk__in=[each.pk for each in kept]).order_by("pk"))
    if [(each.pk, each.email) for each in now] != [(each.pk, each.email) for each in kept]:
        return False
    month_ago = today - timedelta(days=DAYS_BETWEEN)
    if any(each.asked_on and each.asked_on > month_ago for each in now):
        return False
    if any(each.tried_on and each.tried_on >= today for each in now):
        return False
    if Subscription.objects.filter(folded=mailbox, tried_on__gte=today).exists():
        return False
    Contact.objects.filter(pk__in=[each.pk for each in now]).update(asked_on=today, tried_on=today)
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
