from datetime import timedelta

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An address for news is kept for at most this many days.
CONTACT_DAYS = 365


_SALT = "no more news"


class ContactQuerySet(models.QuerySet):
    def with_stop_token(self, token):
        """The contact whose messages a link stops. Raises BadSignature if we did not make that link."""
        return self.filter(pk=signing.loads(token, salt=_SALT))

    def leave(self, response, email, language):
        """Keep an address for news of a response, in an interface language. It replaces an earlier one."""
        contact, _is_new = self.update_or_create(
            response=response,
            defaults={
                "email": email,
                "language": language,
                "delete_on": timezone.localdate() + timedelta(days=CONTACT_DAYS),
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
    email = models.EmailField(_("e-mail address"))
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
        """The token in the link that stops the messages. It gives access to nothing else."""
        return signing.dumps(self.pk, salt=_SALT)

    @property
    def left_on(self):
        """The day on which the address was left. Only what happens from this day on is news."""
        return self.delete_on - timedelta(days=CONTACT_DAYS)
