"""Mails that their readers can stop with one click, in plain text."""

import email.policy
import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

logger = logging.getLogger(__name__)


class StoppableMail(EmailMessage):
    """A mail with a link that stops all mails of its kind. Mail programs know the link from the headers."""

    def __init__(self, subject, text, *, to, stop):
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        super().__init__(subject, text, to=[to], headers=headers)

    def message(self, *, policy=email.policy.default):
        # In lines of 78 letters, the link in List-Unsubscribe would be encoded, and no mail program follows that.
        return super().message(policy=policy.clone(max_line_length=998, cte_type="7bit"))

    def is_sent(self) -> bool:
        """Send it. False if that could not be done; the log says why, and not to whom."""
        try:
            self.send()
        # Django raises ValueError for an address that it cannot write to.
        except (SMTPException, OSError, ValueError) as fault:
            logger.warning("A message could not be sent, and will be tried again: %s", type(fault).__name__)
            return False
        return True


def address_of(name: str, *arguments: str) -> str:
    """The whole address of a page, in the language that is spoken now."""
    return settings.PORTAL_ORIGIN + reverse(name, args=arguments)
