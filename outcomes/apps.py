from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutcomesConfig(AppConfig):
    """What we make of it: code, publish, count."""

    name = "outcomes"
    verbose_name = _("Outcomes")
