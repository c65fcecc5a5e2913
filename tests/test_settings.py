"""The portal does not start with an invalid setting, and says what is wrong."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KEY = "0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLM"
PRODUCTION = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgresql://portal:secret@db.example.org:5432/portal",
    "EMAIL_URL": "smtp+tls://user:pass%40word@mail.example.org:587",
    "CONTACT_EMAIL": "people@example.org",
    "TRUSTED_PROXY_COUNT": "1",
}


def run(environment, *arguments):
    not_ours = {*PRODUCTION, "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    ours = {name: value for name, value in os.environ.items() if name not in not_ours}
    # An empty variable overrides the .env file of a developer's folder.
    cleared = dict.fromkeys([*PRODUCTION, "DEBUG"], "")
    cleared |= {"DEBUG": "false", "TRUSTED_PROXY_COUNT": "0", "DATABASE_URL": "sqlite:///none.sqlite3"}
    environment = ours | cleared | {"DJANGO_SETTINGS_MODULE": "diversity_portal.settings"} | environment
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def setting(expression, environment):
    done = run(environment, "-c", f"from django.conf import settings; print(repr({expression}))")
    assert done.stderr == ""
    return eval(done.stdout)


def test_staff_need_a_second_factor_where_the_public_can_reach_the_portal():
    assert setting("settings.STAFF_NEED_SECOND_FACTOR", {"SECRET_KEY": KEY}) is False
    assert setting("settings.STAFF_NEED_SECOND_FACTOR", PRODUCTION) is True


def test_links_in_mails_lead_to_the_port_that_the_portal_is_served_on():
    assert setting("settings.PORTAL_ORIGIN", {"SECRET_KEY": KEY, "PORT": ""}) == "http://localhost:8000"
    assert setting("settings.PORTAL_ORIGIN", {"SECRET_KEY": KEY, "PORT": "8123"}) == "http://localhost:8123"
    assert setting("settings.PORTAL_ORIGIN", PRODUCTION | {"PORT": "8123"}) == "https://portal.example.org"
    assert "export PORT" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": "django-insecure-" + KEY}, "SECRET_KEY is too easy to guess"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS has '*'"),
        ({"ALLOWED_HOSTS": "https://portal.example.org"}, "name each host, without scheme"),
        ({"DEBUG": "true"}, "it works with loopback hosts only"),
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe'; it must be true or false."),
        ({"DATABASE_URL": "mysql://u:p@h/d"}, "DATABASE_URL must begin with postgresql:// or sqlite:///"),
        ({"DATABASE_URL": "postgresql://u:p@h"}, "DATABASE_URL names no database"),
        ({"EMAIL_URL": ""}, "EMAIL_URL must name the mail server"),
        ({"EMAIL_URL": "https://mail.example.org"}, "EMAIL_URL must name the mail server"),
        ({"CONTACT_EMAIL": "nobody"}, "CONTACT_EMAIL is 'nobody'; it must be one e-mail address."),
        ({"TRUSTED_PROXY_COUNT": "-1"}, "TRUSTED_PROXY_COUNT is '-1'; it must be a whole number"),
        ({"MEDIAWIKI_CLIENT_ID": "x"}, "Set both MEDIAWIKI_CLIENT_ID and MEDIAWIKI_CLIENT_SECRET, or neither."),
    ],
)
def test_an_invalid_setting_is_refused_with_a_reason(environment, words):
    done = run(PRODUCTION | environment, "manage.py", "check")

    assert done.returncode == 1
    assert words in done.stderr.splitlines()[-1]


def test_production_passes_djangos_own_check():
    done = run(PRODUCTION, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_production_requires_https_and_binds_cookies_to_its_host():
    assert setting(
        "[settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS, settings.SESSION_COOKIE_NAME, "
        "settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.DEBUG]",
        PRODUCTION,
    ) == [True, 31536000, "__Host-sessionid", "__Host-csrftoken", True, True, False]


def test_a_portal_on_loopback_hosts_needs_no_https():
    local = {"SECRET_KEY": KEY}

    assert setting("[settings.IS_LOCAL, settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS]", local) == [
        True,
        False,
        ["127.0.0.1", "[::1]", "localhost"],
    ]


def test_forwarded_headers_are_trusted_only_if_a_proxy_is_configured():
    announced = setting("[settings.SECURE_PROXY_SSL_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT]", PRODUCTION)
    unannounced = setting("settings.SECURE_PROXY_SSL_HEADER", PRODUCTION | {"TRUSTED_PROXY_COUNT": "0"})

    assert (announced, unannounced) == ([("HTTP_X_FORWARDED_PROTO", "https"), 1], None)


def test_the_mail_server_is_read_from_its_url():
    mailer = setting("settings.MAILERS['default']", PRODUCTION)

    assert mailer == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": "mail.example.org",
            "port": 587,
            "username": "user",
            "password": "pass@word",
            "use_tls": True,
            "use_ssl": False,
            "timeout": 20,
        },
    }


def test_sqlite_waits_for_other_writers_and_writes_to_disk_before_it_answers():
    options = setting("settings.DATABASES['default']['OPTIONS']", {"SECRET_KEY": KEY})

    assert options == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }


def test_postgresql_connections_are_kept_open_and_checked():
    entry = setting("settings.DATABASES['default']", PRODUCTION)

    assert (entry["ENGINE"], entry["HOST"], entry["CONN_MAX_AGE"], entry["CONN_HEALTH_CHECKS"]) == (
        "django.db.backends.postgresql",
        "db.example.org",
        60,
        True,
    )


def test_static_files_are_collected_hashed_and_compressed(tmp_path):
    done = run({"SECRET_KEY": KEY, "STATIC_ROOT": str(tmp_path)}, "manage.py", "collectstatic", "--noinput", "-v0")

    assert (done.returncode, done.stderr) == (0, "")
    names = [path.name for path in (tmp_path / "css").iterdir()]
    hashed = [name for name in names if name.count(".") == 2 and name.startswith("portal.") and name.endswith(".css")]
    assert len(hashed) == 1
    assert {f"{hashed[0]}.br", f"{hashed[0]}.gz"} <= set(names)


def test_the_tests_read_nothing_from_a_developers_own_file_of_settings():
    text = (ROOT / "diversity_portal" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', text))

    assert len(read) == 14
    # What the environment has, even if it is empty, beats .env; tests/settings.py sees to it.
    assert read - set(os.environ) == set()
