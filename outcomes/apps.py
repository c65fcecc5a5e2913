from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutcomesConfig(AppConfig):
    """What is made of the responses: marking passages, publishing, counting."""

    name = "outcomes"
    default_auto_field = "responses.models.random_id.RandomIdField"
    verbose_name = _("Outcomes")
