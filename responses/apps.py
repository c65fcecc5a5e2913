from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from responses.catalogues import check_catalogues


class ResponsesConfig(AppConfig):
    """What we were told: collect, keep, review, translate."""

    name = "responses"
    verbose_name = _("Responses")

    def ready(self):
        checks.register(check_catalogues, checks.Tags.translation, deploy=True)
