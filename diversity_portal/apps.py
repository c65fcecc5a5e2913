from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.autoreload import autoreload_started

from diversity_portal.catalogues import check_catalogues
from diversity_portal.roles import apply_roles
from diversity_portal.user_names import give_people_their_names
from responses.kept_log import keep_log
from responses.numbers_no_row_has import ignore_numbers_out_of_range


class DiversityPortalConfig(AppConfig):
    """The interface and the deployment. No models."""

    name = "diversity_portal"
    verbose_name = "Diversity portal"

    def ready(self):
        give_people_their_names()
        keep_log()
        ignore_numbers_out_of_range()
        checks.register(check_catalogues, checks.Tags.translation, deploy=True)
        checks.register(check_own_machine, checks.Tags.translation)
        # The signal of one app is enough: it is sent once in each migration.
        post_migrate.connect(apply_roles, sender=self.apps.get_app_config("auth"))
        autoreload_started.connect(_watch_styles)


def check_own_machine(app_configs, **options):
    if settings.MACHINE_TRANSLATION_IS_OWN and not settings.MACHINE_TRANSLATION_URL:
        said = "MACHINE_TRANSLATION_IS_OWN is true, but MACHINE_TRANSLATION_URL names no server."
        hint = "Set the address of your server, or leave both out."
        return [checks.Warning(said, hint=hint, id="diversity_portal.W001")]
    return []


def _watch_styles(sender, **kwargs):
    """`make dev` restarts when a style sheet changes, because pages contain its text and its hash."""
    sender.watch_dir(settings.BASE_DIR / "static" / "css", "*.css")
