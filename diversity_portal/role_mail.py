"""The mail that tells somebody what they may do from now on, and what no more."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from diversity_portal.roles import ROLES
from outcomes.mail import address_of
from outcomes.organizer_mail import is_reachable
from responses.models import KnownLanguage, OrganizerLetter, Person
from responses.models.person import RoleChange
from responses.role_names import AT_THE_DESKS

logger = logging.getLogger(__name__)


def tell_of_roles(
    person: Person, change: RoleChange, words: str = "", *, to: str = "", language: str = settings.LANGUAGE_CODE
) -> bool:
    """Write to somebody whose roles have changed, in their language. False if that could not be done.

    words: what the organizer adds. to: the address, if it is not the confirmed one of the account. language: the
    interface language, if nothing is known of theirs.
    """
    if not to and not is_reachable(person):
        return False
    with translation.override(language_for(person) or language):
        told = {
            "name": str(person),
            "given": places_of(change.given),
            "taken": places_of(change.taken),
            # Whoever was invited, or had asked, and may do all of that already.
            "held": [] if change else places_of(person.roles),
            "needs_second_factor": settings.STAFF_NEED_SECOND_FACTOR and bool(AT_THE_DESKS & set(change.given)),
            "words": words,
            "contact": settings.CONTACT_EMAIL,
        }
        text = render_to_string("diversity_portal/role_mail.txt", told)
        return is_sent(EmailMessage(_("What you may do at the diversity conversation"), text, to=[to or person.email]))


def is_sent(mail: EmailMessage) -> bool:
    """Send it. False if that could not be done; the log says why, and not to whom."""
    try:
        mail.send()
    # Django raises ValueError for an address that it cannot write to.
    except (SMTPException, OSError, ValueError) as fault:
        logger.warning("A message could not be sent: %s", type(fault).__name__)
        return False
    return True


def places_of(names) -> list[tuple]:
    """[(title, what it is for, the address where it begins)] of roles, in the language that is spoken now."""
    return [(role.title, role.description, address_of(role.page)) for role in ROLES if role.name in names]


def language_for(person) -> str:
    """The interface language of mails to somebody: that of their letters, else one that they write or read; or ""."""
    spoken = dict(settings.LANGUAGES)
    if letter := OrganizerLetter.objects.filter(user=person.pk).first():
        return letter.spoken
    known = KnownLanguage.objects.filter(user=person.pk).order_by("-writes", "language")
    return next((each.language for each in known if each.language in spoken), "")
