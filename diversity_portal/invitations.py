"""Accounts that organizers make for somebody, or find: a mail says what they may do, and where they get in."""

import logging
from contextlib import suppress
from functools import reduce
from itertools import chain, count
from operator import or_
from smtplib import SMTPException

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from diversity_portal.role_log import log_roles
from diversity_portal.role_mail import places_of, tell_of_roles
from diversity_portal.user_names import check_name, is_taken, looks, names_taken, normal_name
from responses.models import OrganizerLetter, Person

logger = logging.getLogger(__name__)


def invite(user, request, *, roles=(), words="") -> None:
    """Send a new user the link. The address counts as theirs once they have used it, and not before.

    roles: the names of those that they have already. words: what the organizer adds.
    """
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    adapter = get_adapter(request)
    told = {
        "user": user,
        "link": adapter.get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{key}"),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        "roles": places_of(roles),
        "words": words,
    }
    adapter.send_mail("account/email/invitation", user.email, told)


def let_in(*, email, username, roles, language, request, words="", account=None, instead_of=None) -> Person:
    """Give roles to whoever has this address, and tell them by mail; if nobody has it, make an account first.

    username: for a new account. language: the interface language of its mail. words: what the organizer adds. account:
    somebody who has shown otherwise that it is theirs. instead_of: a request that is answered by it. The mail is the
    last step before this is stored: if none can be sent, the request and its address must still be there. Raises
    ValidationError, and changes nothing, if the organizer who asks may not change that account, if the name is somebody
    else's, or if the mail cannot be sent.
    """
    email = email.lower()
    with transaction.atomic():
        Person.objects.lock_roles()
        if instead_of and not type(instead_of).objects.take(instead_of):
            raise ValidationError(_("Somebody else has just answered this request."))
        person = account or with_address(email)
        is_new = person is None or (account is None and waits_for_its_owner(person))
        if person is None:
            person = _make(email, username)
        elif not Person.objects.changeable_by(request.user).filter(pk=person.pk).exists():
            raise ValidationError(_("This address belongs to an account that only a superuser changes."))
        change = person.change_roles(give=roles, by=request.user)
        log_roles(request.user, person, change)
        if is_new:
            OrganizerLetter.objects.work_in(person, language)
            is_told = _is_invited(person, request, words, language)
        else:
            is_told = tell_of_roles(person, change, words, to=email, language=language)
        if not is_told:
            raise ValidationError(_("The mail could not be sent, so nothing was changed. Try again later."))
    return person


def _is_invited(person, request, words, language) -> bool:
    roles = Person.objects.get(pk=person.pk).roles
    try:
        with translation.override(language):
            invite(person, request, roles=roles, words=words)
    except (SMTPException, OSError, ValueError) as fault:
        logger.warning("An invitation could not be sent: %s", type(fault).__name__)
        return False
    return True


def with_address(email) -> Person | None:
    """Whoever has shown that the address is theirs, or was invited there and has not come yet.

    Anybody could have typed an address that is not confirmed: a role must not go to them.
    """
    spelled = reduce(or_, (Q(email__iexact=each) for each in _spellings(email)))
    confirmed = EmailAddress.objects.filter(spelled, verified=True)
    invited = Person.objects.filter(spelled, is_active=True).order_by("pk")
    owner = next((each.user_id for each in confirmed if _is_same(each.email, email)), None)
    if owner:
        return Person.objects.get(pk=owner)
    return next((each for each in invited if _is_same(each.email, email) and waits_for_its_owner(each)), None)


def _is_same(one, other) -> bool:
    """In capitals, as databases compare, "ı" is "i" and "ß" is "ss": whoever owns such a domain would get the role."""
    return _in_own_script(one) == _in_own_script(other)


def _spellings(email) -> set[str]:
    """The address with its domain in its own script, and as it is sent: people type the one and paste the other."""
    own = _in_own_script(email)
    user, _at, domain = own.rpartition("@")
    with suppress(UnicodeError):
        return {email, own, f"{user}@{punycode(domain)}"}
    return {email, own}


def _in_own_script(email) -> str:
    """Never the reverse: in ASCII, "ß" would be "ss"."""
    user, _at, domain = email.lower().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    return f"{user}@{domain}"


def waits_for_its_owner(person) -> bool:
    """Whether somebody was invited and has never chosen a password, nor signed in some other way."""
    return not person.has_usable_password() and person.last_login is None


def _make(email, name) -> Person:
    if name and is_taken(name):
        raise ValidationError({"username": Person._meta.get_field("username").error_messages["unique"]})
    person = Person(username=name, email=email)
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    person.save()
    return person


def free_name(wanted: str) -> str:
    """A user name that nobody has, as near to the wanted one as the rule for user names allows."""
    allowed = "".join(each for each in normal_name(wanted) if _is_allowed(f"a{each}"))
    begun = next((allowed[place:] for place, each in enumerate(allowed) if _is_allowed(each)), "")
    name = " ".join(begun.split())[:100] or "translator"
    taken = names_taken()
    return next(each for each in chain([name], (f"{name} {n}" for n in count(2))) if looks(each) not in taken)


def _is_allowed(name) -> bool:
    try:
        check_name(name.replace(" ", "a"))
    except ValidationError:
        return False
    return True
