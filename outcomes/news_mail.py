"""News by mail, of responses and of conversations: one message a day and address at most, with no author's words in it.

There is no queue: a message is due if something has happened that its reader was not told of. So a restart loses
nothing, and a message that could not be sent is due again in the next run.
"""

from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from outcomes.mail import StoppableMail, address_of
from outcomes.news import happenings_awaited, happenings_untold, promises_moved, results_taken_back
from responses.models import Contact, Subscription


def send_news(today=None) -> int:
    """Write to every address for which there is news that it was not told of. Returns the number of messages."""
    today = today or timezone.localdate()
    # It opened and closed since the last run.
    Subscription.objects.forget_openings()
    kept = defaultdict(list)
    for model in (Contact, Subscription):
        for each in model.objects.filter(delete_on__gt=today).only("email").order_by("pk").iterator():
            kept[each.mailbox].append(each)
    return sum(_tell(rows, today) for rows in kept.values())


def _tell(rows, today):
    """Tell one address, which is kept for several responses and conversations, of all of them."""
    # Looked up only now: since this run began, another address may have been left, or another process may have begun to
    # write to this one.
    found = [*_read(Contact, rows, "response__conversation"), *_read(Subscription, rows, "conversation")]
    kept = [each for each in found if each.mailbox == rows[0].mailbox]
    if any(each.tried_on and each.tried_on >= today for each in kept):
        return 0
    kept.sort(key=lambda each: each.delete_on)
    news, promises = _news_of(kept, today)
    # The day is stored before the message is sent: if the power fails now, it is sent tomorrow, and if two processes
    # send at once, only one of them can store it.
    if not news or not _take(kept, today):
        return 0
    if not _message(kept, news, promises).is_sent():
        for each in kept:
            type(each).objects.filter(pk=each.pk, tried_on=today).update(tried_on=each.tried_on)
        return 0
    for each, new in news.items():
        each.was_told([happening.id for happening in new])
    return 1


def _read(model, rows, related):
    keys = [each.pk for each in rows if isinstance(each, model)]
    return model.objects.filter(pk__in=keys).select_related(related).order_by("pk")


def _news_of(kept, today):
    """({row: what it is told of}, what its moved promises come to)"""
    contacts = [each for each in kept if isinstance(each, Contact)]
    for each in contacts:
        if taken_back := results_taken_back(each):
            each.forget(taken_back)
    news = {each: happenings_untold(each) for each in contacts}
    # An address that was corrected may have been told of its conversation already, for another response.
    mailed = {told for each in contacts for told in each.told}
    for each in contacts:
        # Stored, because the other response may be withdrawn, or its address expire.
        if known := [new.id for new in news[each] if new.is_of_conversation and new.id in mailed]:
            each.was_told(known)
            news[each] = [new for new in news[each] if new.id not in known]
    promises = promises_moved([(new, each.response) for each in contacts for new in news[each]], today)
    moved = [move for each in promises for move in each.moves]
    for each in contacts:
        news[each] = [new for new in news[each] if new.kind != "moved" or new.about in moved]
    news |= {each: happenings_awaited(each) for each in kept if isinstance(each, Subscription)}
    return {each: new for each, new in news.items() if new}, promises


@transaction.atomic
def _take(kept, today):
    """Store the day of the attempt with all of them; False if another process has just done that."""
    now = []
    for model in (Contact, Subscription):
        keys = [each.pk for each in kept if isinstance(each, model)]
        # Two processes lock them in the same order; otherwise each could wait for the other.
        now += model.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    if {(each, each.mailbox, each.tried_on) for each in now} != {(each, each.mailbox, each.tried_on) for each in kept}:
        return False
    for each in now:
        type(each).objects.filter(pk=each.pk).update(tried_on=today)
    return True


def _message(kept, news, promises):
    """The message, in the language of the page on which the address was left last."""
    contacts = [each for each in kept if isinstance(each, Contact)]
    happened = [each for new in news.values() for each in new]
    waits_until = [each.about.public_on for each in happened if each.kind in ("translated", "quoted")]
    responses = {
        contact.response.code: {each.kind for each in news.get(contact, []) if not each.is_of_conversation}
        for contact in contacts
    }
    with translation.override(kept[-1].language):
        stop = address_of("stop_news", kept[-1].stop_token)
        words = {
            # Who has one response knows which it is. Somebody else who reads the mail need not learn that.
            "names_codes": len(contacts) > 1,
            "responses": [(code, kinds) for code, kinds in responses.items() if kinds],
            "promises": promises,
            "conversations": _of_conversations(happened),
            "origin": settings.PORTAL_ORIGIN,
            "respond": address_of("respond"),
            "until": max((day for day in waits_until if day), default=None),
            "delete_on": kept[-1].delete_on,
            "is_last": all(_is_done(each, news) for each in kept),
            "stop": stop,
        }
        text = render_to_string("outcomes/news.txt", words)
        return StoppableMail(_("News from the diversity conversation"), text, to=kept[-1].email, stop=stop)


def _of_conversations(happened):
    """Told once, however many responses an address was left for, and whoever waits that any of them opens."""
    found = {each.id: each for each in happened if each.is_of_conversation and each.kind != "moved"}
    following = {each.about for each in found.values() if each.kind == "next"}
    return [each for each in found.values() if each.kind != "open" or each.about not in following]


def _is_done(kept, news):
    """Whether an address has been told all that it waits for, so that it is deleted."""
    return isinstance(kept, Subscription) and len(kept.awaits) == len(news.get(kept, []))
