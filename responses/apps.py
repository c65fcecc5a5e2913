from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResponsesConfig(AppConfig):
    """What we were told: collect, keep, review, translate."""

    name = "responses"
    verbose_name = _("Responses")
