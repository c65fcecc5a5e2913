import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diversity_portal.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (settings are there from here on)

from responses.catalogues import outlive_bad_ones  # noqa: E402

outlive_bad_ones(settings.INTERFACE_LANGUAGES, settings.BASE_DIR / "locale")
