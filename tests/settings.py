"""The portal's own settings, with what a test run needs otherwise."""

import os
import sys
import tempfile

if os.environ.get("POSTGRESQL_DRIVER") == "psycopg2":
    # Django takes psycopg 3 wherever it can be imported, and psycopg2 elsewhere.
    sys.modules["psycopg"] = None

os.environ["SECRET_KEY"] = "only for the tests, which keep nothing: 0123456789abcdefghij"
# Nothing of a developer's own .env reaches the tests: a name that is set to nothing counts as not set.
for name in (
    "ALLOWED_HOSTS",
    "CONTACT_EMAIL",
    "EMAIL_FROM",
    "EMAIL_URL",
    "MACHINE_TRANSLATION_IS_OWN",
    "MACHINE_TRANSLATION_KEY",
    "MACHINE_TRANSLATION_URL",
    "MEDIAWIKI_CLIENT_ID",
    "MEDIAWIKI_CLIENT_SECRET",
    "SECRET_KEY_FALLBACKS",
    "PORT",
    "STATIC_ROOT",
    "TRUSTED_PROXY_COUNT",
):
    os.environ[name] = ""
os.environ["DEBUG"] = "false"
# scripts/test names the database; whoever runs one file by hand gets SQLite.
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

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
    # Nobody mourns these rows after a power cut; tests/test_settings.py looks at what production gets.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"  # noqa: F405
