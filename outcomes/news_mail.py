"""News of a response by mail: one message a day at most, with nobody's words in it.

There is no queue: a message is due if something has happened that its reader was not told of. So a restart loses
nothing, and a message that could not be sent is due again in the next run.
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
        # In lines of 78 letters, the link in List-Unsubscribe would be encoded, and no mail program follows that.
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
    # The day is stored before the message is sent: if the power fails now, it is sent tomorrow, and if two processes
    # send at once, only one of them can store it.
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
