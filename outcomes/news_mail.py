"""News of a response by mail: one message a day at most, with nobody's words in it.

The queue is the database itself: who is owed a message follows from what has happened and what they were told. So a
restart forgets nothing, and there is nothing to retry but to look again.
"""

import email.policy
import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from outcomes.news import happenings
from responses.models import Contact

logger = logging.getLogger(__name__)


class _News(EmailMessage):
    def message(self, *, policy=email.policy.default):
        # Folded at 78 letters, the link in List-Unsubscribe would become an encoded word, which no mailer follows.
        return super().message(policy=policy.clone(max_line_length=998, cte_type="7bit"))


def send_news(today=None) -> int:
    """Write to everybody whose response has news that they were not told of. Returns the number of messages."""
    today = today or timezone.localdate()
    due = Contact.objects.filter(Q(tried_on__isnull=True) | Q(tried_on__lt=today), delete_on__gt=today)
    return sum(_tell(contact, today) for contact in due.select_related("response").iterator())


def _tell(contact, today):
    news = [
        each
        for each in happenings(contact.response)
        if each.is_news and each.day >= contact.left_on and each.id not in contact.told
    ]
    # The day is written down before the message goes out: should the power fail now, it goes out tomorrow. Of two
    # senders at work, the other one finds it written.
    earlier = contact.tried_on
    if not news or not Contact.objects.filter(pk=contact.pk, tried_on=earlier).update(tried_on=today):
        return 0
    try:
        _message(contact, news).send()
    except (SMTPException, OSError) as fault:
        logger.warning("A message could not be sent, and will be tried again: %s", type(fault).__name__)
        Contact.objects.filter(pk=contact.pk, tried_on=today).update(tried_on=earlier)
        return 0
    Contact.objects.filter(pk=contact.pk).update(told=[*contact.told, *(each.id for each in news)])
    return 1


def _message(contact, news):
    kinds = {each.kind for each in news}
    waits_until = [each.about.public_on for each in news if each.kind in ("translated", "quoted")]
    with translation.override(contact.language):
        stop = settings.PORTAL_ORIGIN + reverse("stop_news", args=[contact.stop_token])
        words = {
            "kinds": kinds,
            "until": max((day for day in waits_until if day), default=None),
            "delete_on": contact.delete_on,
            "stop": stop,
        }
        return _News(
            _("News from the diversity conversation"),
            render_to_string("outcomes/news.txt", words),
            to=[contact.email],
            headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
