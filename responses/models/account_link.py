from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import key_of, new_submission, sha256_of


class AccountLinkQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(valid_until__gte=timezone.localdate())

    def expired(self):
        return self.filter(valid_until__lt=timezone.localdate())

    @transaction.atomic
    def open(self, response):
        """Make a fresh key to a response, for the signed-in person it belongs to, and delete the expired ones.

        Raises ValidationError if it was withdrawn, or taken out of the account.
        """
        response.lock(user=response.user_id)
        self.expired().delete()
        key = key_of(new_submission())
        self.create(response=response, key_hash=sha256_of(key), valid_until=timezone.localdate() + timedelta(days=1))
        return key


class AccountLink(models.Model):
    """A secret link for the signed-in author of a response. Their lasting link is stored nowhere."""

    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="account_links"
    )
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    valid_until = models.DateField(_("valid until"))

    objects = AccountLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for an account")
        verbose_name_plural = _("links for accounts")

    def __str__(self):
        return str(self.response)
