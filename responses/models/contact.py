from django.db import models
from django.utils.translation import gettext_lazy as _


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
    delete_on = models.DateField(_("delete on"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        # Never the address: this ends up in the admin's log.
        return str(self.response)
