"""The portal's own settings, with what a test run needs otherwise."""

import os
import tempfile

os.environ["SECRET_KEY"] = "only for the tests, which keep nothing: 0123456789abcdefghij"
for name in (
    "ALLOWED_HOSTS",
    "CONTACT_EMAIL",
    "EMAIL_FROM",
    "EMAIL_URL",
    "MACHINE_TRANSLATION_KEY",
    "MACHINE_TRANSLATION_URL",
    "MEDIAWIKI_CLIENT_ID",
    "MEDIAWIKI_CLIENT_SECRET",
    "SECRET_KEY_FALLBACKS",
    "TRUSTED_PROXY_COUNT",
):
    os.environ[name] = ""
os.environ["DEBUG"] = "false"

from diversity_portal.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
# No collected files: each test would have to gather them.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = tempfile.mkdtemp(prefix="portal-static-")
# Passwords here protect nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in production: threads wait for each other there, where in memory they would fail.
    DATABASES["default"]["TEST"] = {"NAME": tempfile.mkdtemp(prefix="portal-tests-") + "/tests.sqlite3"}  # noqa: F405
