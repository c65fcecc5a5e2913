from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An address is kept for so long, for news.
DAYS_KEPT = 365


class ContactQuerySet(models.QuerySet):
    def leave(self, response, email, language):
        """Keep an address for news of a response, in an interface language; it takes the place of an earlier one."""
        contact, _is_new = self.update_or_create(
            response=response,
            defaults={
                "email": email,
                "language": language,
                "delete_on": timezone.localdate() + timedelta(days=DAYS_KEPT),
            },
        )
        return contact

    def past(self):
        """Whose day has come."""
        return self.filter(delete_on__lte=timezone.localdate())


class Contact(models.Model):
    """An address that somebody left for news of their response: apart from it, in no export, and not for long."""

    response = models.OneToOneField(
        "responses.Response",
        verbose_name=_("response"),
        on_delete=models.CASCADE,
        related_name="contact",
        primary_key=True,
    )
    email = models.EmailField(_("e-mail address"))
    # The language of the page on which the address was left.
    language = models.CharField(_("language"), max_length=20, default="en", db_default="en")
    delete_on = models.DateField(_("delete on"))
    # The happenings that the address has been told of, and the day on which a message was last tried.
    told = models.JSONField(_("told of"), default=list, db_default=models.Value("[]", models.JSONField()))
    tried_on = models.DateField(_("last message on"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        # Never the address: this ends up in the admin's log.
        return str(self.response)

    @property
    def left_on(self):
        """News is what happens from this day on."""
        return self.delete_on - timedelta(days=DAYS_KEPT)
