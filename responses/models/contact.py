from datetime import timedelta

from django.core import signing
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An address for news is kept for at most this many days.
CONTACT_DAYS = 365
# Characters of an address (RFC 5321, 4.5.3.1.3, with corrections).
LONGEST_ADDRESS = 254


_SALT = "no more news"
_mailboxes = signing.Signer(salt="mailbox", sep=":")


class ContactQuerySet(models.QuerySet):
    def with_stop_token(self, token):
        """All contacts of the address whose messages a link stops. Raises BadSignature if we did not make that link.

        The link does not tell the address, so it is compared with all that are kept.
        """
        mark = signing.loads(token, salt=_SALT)
        return self.filter(pk__in=[each.pk for each in self.only("email").iterator() if each.has_mark(mark)])

    @transaction.atomic
    def leave(self, response, email, language):
        """Keep an address for news of a response, in an interface language. It replaces an earlier one.

        Somebody who corrects a mistyped address has not read what was sent to it. Raises ValidationError if the
        response was withdrawn.
        """
        response.lock()
        before = self.filter(response=response).first()
        untold = {} if before and before.mailbox == email.casefold() else {"told": [], "tried_on": None}
        contact, _is_new = self.update_or_create(
            response=response,
            defaults={
                "email": email,
                "language": language,
                "delete_on": timezone.localdate() + timedelta(days=CONTACT_DAYS),
                **untold,
            },
        )
        return contact

    def expired(self):
        return self.filter(delete_on__lte=timezone.localdate())


class Contact(models.Model):
    """An address that somebody left for news of their response. It is kept apart from it, and not for long."""

    response = models.OneToOneField(
        "responses.Response",
        verbose_name=_("response"),
        on_delete=models.CASCADE,
        related_name="contact",
        primary_key=True,
    )
    email = models.EmailField(_("e-mail address"), max_length=LONGEST_ADDRESS)
    # The language of the page on which the address was left.
    language = models.CharField(_("language"), max_length=20, default="en")
    delete_on = models.DateField(_("delete on"))
    # The ids of the happenings that the address has been told of, and the day of the last attempt to send a message.
    told = models.JSONField(_("told of"), default=list)
    tried_on = models.DateField(_("last message on"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        # Never the address: this ends up in the admin's log.
        return str(self.response)

    @property
    def stop_token(self):
        """The token in the link that stops the messages to this address. It gives access to nothing else.

        It holds for all responses that the address is kept for, and for no address that is left in its place.
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

    @property
    def left_on(self):
        """The day on which the address was left. Only what happens from this day on is news."""
        return self.delete_on - timedelta(days=CONTACT_DAYS)
