import json
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of

from .contact import LONGEST_ADDRESS

# A request that nobody has answered is kept for so many days.
REQUEST_DAYS = 60
# From so many on, whoever sends a flood of them has to wait; see `rate_limits`.
MANY = 100
# Characters.
LONGEST_NAME, LONGEST_LANGUAGES, LONGEST_REQUEST = 100, 300, 1_000


def _day_of_deleting():
    return timezone.localdate() + timedelta(days=REQUEST_DAYS)


class TranslatorRequestQuerySet(models.QuerySet):
    @transaction.atomic
    def ask(self, email, **told):
        """Keep what somebody asks for; asked again with the same address, it is the same request in other words.

        told: `name`, `reads`, `writes`, `words`, `language` and perhaps `account`. How long it waits is counted from
        the first time, how long it is kept from the last one.
        """
        told |= {"email": email, "delete_on": _day_of_deleting()}
        request, is_new = self.select_for_update().get_or_create(folded=email.lower(), defaults=told)
        if not is_new:
            self.filter(pk=request.pk).update(**told)
            request.refresh_from_db()
        return request

    def take(self, request) -> bool:
        """Delete a request that is being answered.

        False if somebody else has answered it, or if it was asked again in other words since it was read: anybody who
        knows the address could have, with another account.
        """
        told = {field.attname: getattr(request, field.attname) for field in self.model._meta.concrete_fields}
        return bool(self.filter(**told).delete()[0])

    def are_many(self) -> bool:
        return self[:MANY].count() == MANY

    def expired(self):
        return self.filter(delete_on__lte=timezone.localdate())


class TranslatorRequest(models.Model):
    """Somebody would like to translate, and is no translator yet. It is kept until an organizer answers."""

    email = models.EmailField(_("e-mail address"), max_length=LONGEST_ADDRESS)
    # The mailbox, for the database to see that an address is there already. Small letters can make a text longer. Not
    # folded any further: "ß" is not "ss" in the name of a domain.
    folded = models.CharField(max_length=3 * LONGEST_ADDRESS, editable=False, unique=True)
    # Whoever was signed in when they asked. Many accounts at Wikimedia have no address of their own.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="translator_requests",
        null=True,
        blank=True,
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    # As typed: names and codes of languages, with commas between.
    reads = models.CharField(_("reads"), max_length=LONGEST_LANGUAGES)
    writes = models.CharField(_("writes"), max_length=LONGEST_LANGUAGES)
    words = models.TextField(_("words"), blank=True)
    language = models.CharField(_("language of the page"), max_length=20, default=settings.LANGUAGE_CODE)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    delete_on = models.DateField(_("delete on"))

    objects = TranslatorRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to translate")
        verbose_name_plural = _("requests to translate")
        ordering = ["asked_on", "pk"]
        indexes = [models.Index(fields=["asked_on", "id"], name="translator_requests_oldest")]

    def __str__(self):
        # Neither the name nor the address: this ends up in the admin's log, which outlives the request.
        return f"{self.asked_on}, {self.pk}"

    @property
    def fingerprint(self) -> str:
        """Changes with whatever is told, and with the account. Whoever answers says by it what they have read."""
        told = (self.email, self.account_id, self.name, self.reads, self.writes, self.words, self.language)
        return sha256_of(json.dumps(told))
