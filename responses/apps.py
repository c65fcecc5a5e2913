from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResponsesConfig(AppConfig):
    """What people told us: collecting, keeping, reviewing and translating it."""

    name = "responses"
    default_auto_field = "responses.models.random_id.RandomIdField"
    verbose_name = _("Responses")
