"""Letters to organizers: once a week at most, and only if something waits for them. Nobody's words are in them.

As with news, there is no queue: a letter is due if something waits, and its reader has had none for a week.
"""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from outcomes.mail import StoppableMail, address_of
from outcomes.waiting import COUNTED_AT_MOST, RIGHTS, waiting_for
from responses.models import OrganizerLetter


def is_organizer(user) -> bool:
    """Whether something could wait for somebody at the desks."""
    return user.is_active and user.is_staff and any(map(user.has_perm, RIGHTS))


def is_reachable(user) -> bool:
    """Whether we may write to somebody: they have an address, and have confirmed it if they were asked to."""
    return _reachable().filter(pk=user.pk).exists()


def _reachable():
    unconfirmed = EmailAddress.objects.filter(user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=False)
    # `make_organizer` gives the first organizer an address to which no mail can be sent.
    nowhere = Q(email="") | Q(email__iendswith="@localhost")
    return get_user_model().objects.exclude(nowhere).exclude(Exists(unconfirmed))


def send_letters(today=None) -> int:
    """Write to all organizers for whom something waits. Returns the number of letters."""
    today = today or timezone.localdate()
    staff = _reachable().filter(is_active=True, is_staff=True).order_by("pk")
    return sum(_write(user, today) for user in staff if is_organizer(user))


def _write(user, today) -> int:
    letter = OrganizerLetter.objects.of(user)
    # Stored before anything is counted: what waits is looked up once a day, not in every run.
    if not letter.is_due(today) or not letter.take(today):
        return 0
    waiting = waiting_for(user)
    if not any(each.is_pressing for each in waiting):
        return 0
    if not _message(letter, waiting).is_sent():
        letter.give_back(today)
        return 0
    letter.sent(today)
    return 1


def _message(letter, waiting):
    with translation.override(letter.spoken):
        stop = address_of("stop_letters", letter.stop_token)
        words = {
            "waiting": waiting,
            "most": COUNTED_AT_MOST if any(each.is_more for each in waiting) else 0,
            "desks": address_of("admin:index"),
            "choose": address_of("admin:responses_organizerletter_changelist"),
            "stop": stop,
        }
        text = render_to_string("outcomes/organizer_letter.txt", words)
        return StoppableMail(_("What waits at the desks"), text, to=letter.user.email, stop=stop)
