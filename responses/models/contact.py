from datetime import date, timedelta
from enum import StrEnum

from django.core import signing
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .conversation import Conversation

# An address for news is kept for at most this many days.
CONTACT_DAYS = 365
# Characters of an address (RFC 5321, 4.5.3.1.3, with corrections).
LONGEST_ADDRESS = 254
_SALT = "no more news"
_mailboxes = signing.Signer(salt="mailbox", sep=":")


class KeptAddressQuerySet(models.QuerySet):
    def with_stop_token(self, token):
        """All rows of the address whose messages a link stops. Raises BadSignature if we did not make that link.

        The link does not tell the address, so it is compared with all that are kept.
        """
        mark = signing.loads(token, salt=_SALT)
        return self.filter(pk__in=[each.pk for each in self.only("email").iterator() if each.has_mark(mark)])

    def expired(self):
        return self.filter(delete_on__lte=timezone.localdate())


class KeptAddress(models.Model):
    """An address that somebody left to be told something by mail. It is not kept for long."""

    email = models.EmailField(_("e-mail address"), max_length=LONGEST_ADDRESS)
    # The language of the page on which the address was left.
    language = models.CharField(_("language"), max_length=20, default="en")
    delete_on = models.DateField(_("delete on"))
    # The day of the last attempt to send a message.
    tried_on = models.DateField(_("last message on"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def stop_token(self):
        """The token in the link that stops the messages to this address. It gives access to nothing else.

        It holds for all that the address is kept for, and for no address that is left in its place.
        """
        return signing.dumps(_mailboxes.signature(self.mailbox), salt=_SALT)

    def has_mark(self, mark):
        """Whether a mark, the signature of an address, is that of this address."""
        try:
            return _mailboxes.unsign(f"{self.mailbox}:{mark}") == self.mailbox
        except signing.BadSignature:
            return False

    @property
    def mailbox(self):
        """Equal for addresses that lead to the same mailbox, as far as anybody but its provider can know."""
        return self.email.casefold()


def _day_of_deleting():
    return timezone.localdate() + timedelta(days=CONTACT_DAYS)


def id_of_news(kind: str, about: models.Model | date) -> str:
    """Identifies what has happened, to a row, on a day or at a moment.

    It is kept with a `Contact`, so it must never change.
    """
    return f"{kind}:{about.pk if isinstance(about, models.Model) else about}"


def _seen_of(conversation) -> list[str]:
    """The ids of what has happened to a conversation: its pages and those of its authors say so.

    A promised day that is moved today is not among it: until the day is over, that may be mended like a slip.
    """
    results = [conversation] if conversation.has_results else []
    following = [found] if (found := conversation.open_successor) else []
    moved = conversation.moved_promises.filter(moved_on__lt=timezone.localdate())
    seen = {"moved": moved, "results": results, "next": following}
    return [id_of_news(kind, about) for kind, rows in seen.items() for about in rows]


# The fields of a contact with what its reader knows.
_KNOWN = ("seen", "told")


class ContactQuerySet(KeptAddressQuerySet):
    @transaction.atomic
    def leave(self, response, email, language):
        """Keep an address for news of a response, in an interface language. It replaces an earlier one.

        What was promised when an address was left first is still to be told, whenever it is left again. Somebody who
        corrects a mistyped address has not read what was sent to it, so all of that is told again. Raises
        ValidationError if the response was withdrawn.
        """
        response.lock()
        anew = {"email": email, "language": language, "delete_on": _day_of_deleting()}
        conversation = Conversation.objects.get(pk=response.conversation_id)
        first = {"left_on": timezone.localdate(), "seen": _seen_of(conversation)}
        contact, is_new = self.select_for_update().get_or_create(response=response, defaults=anew | first)
        if not is_new:
            if contact.mailbox != email.casefold():
                # Not `asked_on`: what they are asked stands first on the page from which they change it.
                anew |= {"told": [], "tried_on": None}
            self.filter(pk=contact.pk).update(**anew)
            contact.refresh_from_db()
        return contact

    def forget_told(self, *kinds):
        """What was told of these kinds is no longer so. What happens now is news again, even on the same day."""
        for contact in self:
            contact.forget([each for each in contact.told if each.partition(":")[0] in kinds])


class Contact(KeptAddress):
    """An address that somebody left for news of their response. It is kept apart from it.

    News is what they have not been told by mail, and had not seen on their page when they left it.
    """

    response = models.OneToOneField(
        "responses.Response",
        verbose_name=_("response"),
        on_delete=models.CASCADE,
        related_name="contact",
        primary_key=True,
    )
    # The day on which an address was left first. What happened to the response before that is on its page.
    left_on = models.DateField()
    # Ids of what had happened to the conversation by then, and of what was told by mail since.
    seen = models.JSONField(default=list)
    told = models.JSONField(default=list)
    # The day of the last mail that asked whether its reader was understood.
    asked_on = models.DateField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        # Never the address: this ends up in the admin's log.
        return str(self.response)

    def knows(self, news: str) -> bool:
        """Whether its reader has seen or was told what has this id."""
        return news in self.seen or news in self.told

    def was_told(self, ids):
        """Keep which happenings it has been told of, unless another address was left meanwhile."""
        self._change(lambda now: {"told": [*now.told, *ids]})

    def forget(self, ids):
        """These happenings are no longer so: if they happen again, it is told of them again."""
        self._change(lambda now: {name: [each for each in getattr(now, name) if each not in ids] for name in _KNOWN})

    @transaction.atomic
    def _change(self, known):
        # Another process may tell it something else at this moment.
        now = Contact.objects.select_for_update().filter(pk=self.pk).first()
        if now is not None and now.mailbox == self.mailbox:
            Contact.objects.filter(pk=self.pk).update(**known(now))
            self.refresh_from_db(fields=_KNOWN)


class Awaited(StrEnum):
    """What somebody can wait for who has not answered."""

    OPEN = "open"  # the conversation is open
    RESULTS = "results"  # its results are out
    NEXT = "next"  # the conversation after it is open


def awaited_of(conversation: Conversation) -> list[str]:
    """What of a conversation is still to come and can be told by mail: values of `Awaited`."""
    if conversation.stage == Conversation.Stage.PLANNED:
        return [Awaited.OPEN]
    # Of one that was held elsewhere, as that of 2017, no results are to come.
    found: list[str] = [] if conversation.has_results or conversation.is_end_unknown else [Awaited.RESULTS]
    return found if conversation.open_successor else [*found, Awaited.NEXT]


class SubscriptionQuerySet(KeptAddressQuerySet):
    @transaction.atomic
    def subscribe(self, conversation, email, language):
        """Keep an address until it was told what is still to come of a conversation. Returns what that is.

        Whoever leaves an address again is told no less than was promised before. Nothing is kept if there is nothing to
        wait for.
        """
        if awaited := awaited_of(conversation):
            anew = {"email": email, "language": language, "delete_on": _day_of_deleting()}
            subscription, is_new = self.select_for_update().get_or_create(
                conversation=conversation, folded=email.casefold(), defaults=anew | {"awaits": awaited}
            )
            if not is_new:
                promised = list(dict.fromkeys([*subscription.awaits, *awaited]))
                self.filter(pk=subscription.pk).update(**anew, awaits=promised)
        return awaited

    def forget_openings(self):
        """Nobody waits any more for the opening of a conversation that was open and is closed by now.

        An address that waits for nothing else is deleted.
        """
        every = Conversation.objects.filter(subscriptions__in=self).distinct()
        for each in self.filter(conversation__in=[each for each in every if each.is_closed]):
            if Awaited.OPEN in each.awaits:
                each.was_told([Awaited.OPEN])


class Subscription(KeptAddress):
    """An address that somebody left for news of a conversation, without a response. Nothing else is kept of them."""

    conversation = models.ForeignKey(
        Conversation, verbose_name=_("conversation"), on_delete=models.CASCADE, related_name="subscriptions"
    )
    # The mailbox, for the database to see that an address is there already. Folding letters can make a text longer.
    folded = models.CharField(max_length=3 * LONGEST_ADDRESS, editable=False)
    # What it was promised to be told, and was not told yet: values of `Awaited`.
    awaits = models.JSONField(default=list)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "folded"], name="one_subscription_a_conversation_and_mailbox"
            ),
        ]

    def __str__(self):
        # Never the address: this ends up in the admin's log.
        return f"{self.conversation}, {self.pk}"

    @transaction.atomic
    def was_told(self, ids):
        """It waits no more for the happenings with these ids. When it waits for nothing, it is deleted."""
        # Somebody may leave the address again at this moment, for more.
        now = Subscription.objects.select_for_update().filter(pk=self.pk).first()
        if now is None:
            return
        kinds = {each.partition(":")[0] for each in ids}
        left = [each for each in now.awaits if each not in kinds]
        if left:
            Subscription.objects.filter(pk=self.pk).update(awaits=left)
        else:
            now.delete()
