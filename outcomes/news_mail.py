"""News of responses by mail: one message a day and address at most, with nobody's words in it.

There is no queue: a message is due if something has happened that its reader was not told of. So a restart loses
nothing, and a message that could not be sent is due again in the next run.
"""

import email.policy
import logging
from collections import defaultdict
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from outcomes.news import happenings
from responses.models import Contact

logger = logging.getLogger(__name__)


class _News(EmailMessage):
    def message(self, *, policy=email.policy.default):
        # In lines of 78 letters, the link in List-Unsubscribe would be encoded, and no mail program follows that.
        return super().message(policy=policy.clone(max_line_length=998, cte_type="7bit"))


def send_news(today=None) -> int:
    """Write to every address whose responses have news that it was not told of. Returns the number of messages."""
    today = today or timezone.localdate()
    kept = defaultdict(list)
    for contact in Contact.objects.filter(delete_on__gt=today).only("email", "tried_on").order_by("pk").iterator():
        kept[contact.mailbox].append(contact)
    due = [
        [each.pk for each in contacts]
        for contacts in kept.values()
        if all(each.tried_on is None or each.tried_on < today for each in contacts)
    ]
    return sum(_tell(keys, today) for keys in due)


def _tell(keys, today):
    """Tell one address, which is kept for several responses, of all of them."""
    contacts = list(Contact.objects.filter(pk__in=keys).select_related("response").order_by("delete_on", "pk"))
    news = {contact: [each for each in happenings(contact.response) if _is_news(each, contact)] for contact in contacts}
    news = {contact: new for contact, new in news.items() if new}
    # The day is stored before the message is sent: if the power fails now, it is sent tomorrow, and if two processes
    # send at once, only one of them can store it.
    if not news or not _take(contacts, today):
        return 0
    try:
        _message(contacts, news).send()
    # Django raises ValueError for an address that it cannot write to.
    except (SMTPException, OSError, ValueError) as fault:
        logger.warning("A message could not be sent, and will be tried again: %s", type(fault).__name__)
        for contact in contacts:
            Contact.objects.filter(pk=contact.pk, tried_on=today).update(tried_on=contact.tried_on)
        return 0
    for contact, new in news.items():
        Contact.objects.filter(pk=contact.pk).update(told=[*contact.told, *(each.id for each in new)])
    return 1


def _is_news(happening, contact):
    return happening.is_news and happening.day >= contact.left_on and happening.id not in contact.told


@transaction.atomic
def _take(contacts, today):
    """Store the day of the attempt with all of them; False if another process has just done that."""
    keys = [contact.pk for contact in contacts]
    # Two processes lock them in the same order; otherwise each could wait for the other.
    now = list(Contact.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if {(each, each.email, each.tried_on) for each in now} != {(each, each.email, each.tried_on) for each in contacts}:
        return False
    Contact.objects.filter(pk__in=keys).update(tried_on=today)
    return True


def _message(contacts, news):
    latest = contacts[-1]
    happened = [each for new in news.values() for each in new]
    waits_until = [each.about.public_on for each in happened if each.kind in ("translated", "quoted")]
    with translation.override(latest.language):
        stop = settings.PORTAL_ORIGIN + reverse("stop_news", args=[latest.stop_token])
        words = {
            # Who has one response knows which it is. Somebody else who reads the mail need not learn that.
            "names_codes": len(contacts) > 1,
            "news": [(contact.response.code, {each.kind for each in new}) for contact, new in news.items()],
            "until": max((day for day in waits_until if day), default=None),
            "delete_on": latest.delete_on,
            "stop": stop,
        }
        return _News(
            _("News from the diversity conversation"),
            render_to_string("outcomes/news.txt", words),
            to=[latest.email],
            headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
