from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class InAccount(models.Model):
    """Whose account a response is kept in: nobody's, unless its author brings it there afterwards."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        related_name="responses",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True

    def attach(self, user):
        """Bring it into an account. Raises ValidationError when it is in another one, or was withdrawn."""
        free = type(self).objects.exclude(status="withdrawn").filter(models.Q(user__isnull=True) | models.Q(user=user))
        if not free.filter(pk=self.pk).update(user=user):
            raise ValidationError(_("It was withdrawn, or it is in another account. Take it out there first."))
        self.user = user

    def detach(self):
        """Take it out of the account. The links that were made for it open nothing any more."""
        type(self).objects.filter(pk=self.pk).update(user=None)
        self.account_links.all().delete()
        self.user = None
