"""The portal does not start with an invalid setting, and says what is wrong."""

import os
import secrets as random_key
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from diversity_portal import environment

ROOT = Path(__file__).parent.parent
KEY = "0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLM"
PRODUCTION = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgresql://portal:secret@db.example.org:5432/portal?sslmode=verify-full",
    "EMAIL_URL": "smtp+tls://user:pass%40word@mail.example.org:587",
    "CONTACT_EMAIL": "people@example.org",
    "TRUSTED_PROXY_COUNT": "1",
}


def run(changed, *arguments):
    not_ours = {*PRODUCTION, "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    ours = {name: value for name, value in os.environ.items() if name not in not_ours}
    # An empty variable overrides the .env file of a developer's folder.
    cleared = dict.fromkeys([*PRODUCTION, "DEBUG"], "")
    cleared |= {"DEBUG": "false", "TRUSTED_PROXY_COUNT": "0", "DATABASE_URL": "sqlite:///none.sqlite3"}
    environment = ours | cleared | {"DJANGO_SETTINGS_MODULE": "diversity_portal.settings"} | changed
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def setting(expression, changed):
    done = run(changed, "-c", f"from django.conf import settings; print(repr({expression}))")
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


def refusal(monkeypatch, read, value, **options):
    """What a setting says about a value; "" if it takes it."""
    monkeypatch.setenv("SETTING", value)
    try:
        read("SETTING", **options)
    except ImproperlyConfigured as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"SECRET_KEY": ""},
            "SECRET_KEY is not set. `make run` writes one to .env; on a server, set it to 50 random characters: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
        ),
        (
            {"ALLOWED_HOSTS": ".example.org"},
            "ALLOWED_HOSTS has '.example.org'; name each host, without scheme, port or '*' (portal.example.org).",
        ),
        ({"DEBUG": "true"}, "DEBUG=true shows people's words to strangers; it works with loopback hosts only."),
        (
            {"TRUSTED_PROXY_COUNT": ""},
            "TRUSTED_PROXY_COUNT is not set; write how many web servers stand in front of the portal: 1 for nginx "
            "alone.",
        ),
        ({"MEDIAWIKI_CLIENT_ID": "x"}, "Set both MEDIAWIKI_CLIENT_ID and MEDIAWIKI_CLIENT_SECRET, or neither."),
    ],
)
@pytest.mark.parametrize("program", ["manage.py", "gunicorn"])
def test_an_invalid_setting_is_refused_with_one_sentence(changed, sentence, program):
    command = ["manage.py", "check"] if program == "manage.py" else ["-c", "import diversity_portal.wsgi"]

    done = run(PRODUCTION | changed, *command)

    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence + "\n")


@pytest.mark.parametrize("value", ["true", "True", "FALSE", ""])
def test_a_switch_is_true_or_false(monkeypatch, value):
    assert refusal(monkeypatch, environment.flag, value) == ""


@pytest.mark.parametrize("value", ["maybe", "1", "yes", "on"])
def test_another_switch_is_refused(monkeypatch, value):
    assert refusal(monkeypatch, environment.flag, value) == f"SETTING is {value!r}; it must be true or false."


@pytest.mark.parametrize(
    "value",
    [
        "a.example.org",
        "A.Example.org, b.example.org",
        "portal",
        "192.0.2.1",
        "[2001:db8::1]",
        "xn--e1afmkfd.example",
        "",
    ],
)
def test_hosts_are_named_one_by_one(monkeypatch, value):
    assert refusal(monkeypatch, environment.hosts, value) == ""


@pytest.mark.parametrize(
    "value",
    [
        "*", ".example.org", "a.example.org,*.example.org", "https://a.example.org", "a.example.org:8000", "a b.org",
        "a.example.org/", "a.example.org.", "пример.example", "user@a.example.org", "a..example.org", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_host_that_is_no_single_name_is_refused(monkeypatch, value):
    assert "name each host, without scheme, port or '*'" in refusal(monkeypatch, environment.hosts, value)


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    "key", ["short", "a" * 60, "django-insecure-" + KEY, "password" * 8, "0123456789" * 6, "abc" * 40, KEY[:49]]
)
@pytest.mark.parametrize("read", [environment.secret, environment.secrets])
def test_a_key_that_can_be_guessed_is_refused(monkeypatch, read, key, public):
    assert "SETTING is too easy to guess" in refusal(monkeypatch, read, key, public=public)


@pytest.mark.parametrize(
    "key",
    [
        "only-for-gathering-static-files-0123456789-abcdefghij",
        "only-for-reading-the-catalogues-0123456789-abcdefghij",
        "change-me-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
        "an-example-key-0123456789-abcdefghijklmnopqrstuvwxyz-AB",
    ],
)
@pytest.mark.parametrize("read", [environment.secret, environment.secrets])
def test_a_published_key_is_refused_for_public_hosts(monkeypatch, read, key):
    assert "is a key from an example" in refusal(monkeypatch, read, key, public=True)
    assert refusal(monkeypatch, read, key, public=False) == ""


@pytest.mark.parametrize("number", range(50))
def test_random_keys_are_taken(monkeypatch, number):
    for key in (random_key.token_urlsafe(50), random_key.token_hex(32), random_key.token_hex(25)):
        assert refusal(monkeypatch, environment.secret, key, public=True) == ""
    both = f"{random_key.token_urlsafe(50)}, {random_key.token_urlsafe(50)},"
    assert refusal(monkeypatch, environment.secrets, both, public=True) == ""


def test_one_weak_key_among_the_earlier_ones_is_refused(monkeypatch):
    assert "SETTING is too easy" in refusal(monkeypatch, environment.secrets, f"{KEY},short", public=True)


@pytest.mark.parametrize("value", ["-1", "one", "1.5", "10", "١", "1 2"])
def test_a_nonsensical_number_of_web_servers_is_refused(monkeypatch, value):
    for required in (True, False):
        assert "it must be a whole number" in refusal(monkeypatch, environment.proxies, value, required=required)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:p@127.0.0.1:5432/portal",
        "postgresql://u:p@localhost/portal",
        "postgresql:///portal",
        "postgresql://portal:p@database:5432/portal",
        "postgres://u:p%23%40%2F@db.example.org/portal?sslmode=require",
        "postgresql://u:p@db.example.org/portal?sslmode=verify-ca",
        "postgresql://u:p@10.0.0.5/portal?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "sqlite:////srv/portal.sqlite3",
        "",
    ],
)
def test_a_database_that_is_near_or_encrypted_is_taken(monkeypatch, address):
    assert refusal(monkeypatch, environment.database, address, default=Path("d"), public=True) == ""


@pytest.mark.parametrize("ending", ["", "?sslmode=disable", "?sslmode=allow", "?sslmode=prefer", "?application_name=a"])
@pytest.mark.parametrize("host", ["db.example.org", "10.0.0.5", "[2001:db8::5]"])
def test_words_do_not_travel_unencrypted_to_a_remote_database(monkeypatch, host, ending):
    address = f"postgresql://u:p@{host}:5432/portal{ending}"

    said = refusal(monkeypatch, environment.database, address, default=Path("d"), public=True)

    assert "SETTING would send people's words unencrypted to " in said
    assert refusal(monkeypatch, environment.database, address, default=Path("d"), public=False) == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://u:secret@h/d", "SETTING must begin with postgresql:// or sqlite:///; it begins with 'mysql'."),
        ("/srv/portal.sqlite3", "SETTING must begin with postgresql:// or sqlite:///"),
        ("postgresql://u:secret@h", "SETTING names no database"),
        ("postgresql://u:secret@h/", "SETTING names no database"),
        ("postgresql://u:secret@h:notaport/x", "SETTING cannot be read"),
        ("postgresql://u:secret@h:99999/x", "SETTING cannot be read"),
        ("postgresql://u:secret@h:0/x", "SETTING cannot be read"),
        ("postgresql://u:secret#1@h/x", "SETTING cannot be read"),
        ("postgresql://u:secret/1@h/x", "SETTING cannot be read"),
        ("postgresql://u:secret?1@h/x", "SETTING cannot be read"),
        ("postgresql://u:secret[1@h/x", "SETTING cannot be read"),
        ("postgresql://u:secret 1@h/x", "SETTING cannot be read"),
        ("sqlite:///", "SETTING names no file"),
        ("sqlite://portal.sqlite3", "SETTING names no file"),
        ("sqlite:portal.sqlite3", "SETTING names no file"),
        ("sqlite://:memory:", "SETTING names no file"),
    ],
)
def test_an_address_of_a_database_that_cannot_be_read_is_refused(monkeypatch, address, words):
    said = refusal(monkeypatch, environment.database, address, default=Path("d"), public=True)

    assert said.startswith(words)
    assert "secret" not in said
    assert "\n" not in said


@pytest.mark.parametrize("folder", ["with blanks", "with+plus", "with#hash", "with%20", "with?mark", "mit Ümlaut"])
def test_the_folder_of_the_portal_may_have_any_name(monkeypatch, folder):
    monkeypatch.setenv("SETTING", "")

    assert environment.database("SETTING", Path(folder) / "db", public=False)["NAME"] == f"{folder}/db"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "SETTING must name the mail server"),
        ("https://mail.example.org", "SETTING must name the mail server"),
        ("mail.example.org", "SETTING must name the mail server"),
        ("smtp+tls://u:secret@", "SETTING must name the mail server"),
        ("smtp+tls://u:secret#x@mail.example.org:587", "SETTING cannot be read"),
        ("smtp+tls://u:secret/x@mail.example.org:587", "SETTING cannot be read"),
        ("smtp+tls://u:p@mail.example.org:mail", "SETTING cannot be read"),
        ("smtp://u:secret@mail.example.org:25", "SETTING would send mail unencrypted to mail.example.org"),
        ("smtp://192.0.2.25", "SETTING would send mail unencrypted to 192.0.2.25"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_refused(monkeypatch, address, words):
    said = refusal(monkeypatch, environment.mail, address, public=True)

    assert said.startswith(words)
    assert "secret" not in said


@pytest.mark.parametrize(
    "address",
    [
        "smtp+tls://u:p%23x@mail.example.org:587",
        "smtps://mail.example.org",
        "smtp://localhost:25",
        "smtp://127.0.0.1",
        "smtp://[::1]:25",
        "smtp://postfix:25",
    ],
)
def test_a_mail_server_that_is_near_or_encrypted_is_taken(monkeypatch, address):
    assert refusal(monkeypatch, environment.mail, address, public=True) == ""


def test_words_do_not_travel_unencrypted_to_a_machine(monkeypatch):
    said = refusal(monkeypatch, environment.web_address, "http://translate.example.org", public=True)

    assert said == "SETTING would send people's words unencrypted to translate.example.org; write https://."
    assert refusal(monkeypatch, environment.web_address, "http://127.0.0.1:5000", public=True) == ""
    assert refusal(monkeypatch, environment.web_address, "https://translate.example.org", public=True) == ""


@pytest.mark.parametrize("value", ["nobody", "a@b, c@d", "us@example.orgSECRET_KEY=x", "Us <us@example.org>", "a b@c"])
def test_an_address_that_is_not_one_address_is_refused(monkeypatch, value):
    assert "it must be one e-mail address" in refusal(monkeypatch, environment.sender, value, default="a@b")


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


WRITE_WHAT_IS_READ = """
from diversity_portal import environment

read, text = set(), environment.text
environment.text = lambda name, *default: read.add(name) or text(name, *default)
import diversity_portal.settings

print(*read)
"""
WRITE_WHAT_LEAKED = "import os, tests.settings; print(*(name for name in os.environ if os.environ[name] == 'theirs'))"


def test_nothing_of_a_developers_own_settings_reaches_the_tests():
    read = {
        name
        for deployment in ({"SECRET_KEY": KEY}, PRODUCTION)
        for name in run(deployment, "-c", WRITE_WHAT_IS_READ).stdout.split()
    }
    # What the environment has, even if it is empty, beats .env. The database alone is named from outside.
    theirs = dict.fromkeys(read - {"DATABASE_URL"}, "theirs")

    done = run(theirs, "-c", WRITE_WHAT_LEAKED)

    assert (done.stdout, done.stderr) == ("\n", "")
    assert read == {
        "ALLOWED_HOSTS",
        "CONTACT_EMAIL",
        "DATABASE_URL",
        "DEBUG",
        "EMAIL_FROM",
        "EMAIL_URL",
        "MACHINE_TRANSLATION_IS_OWN",
        "MACHINE_TRANSLATION_KEY",
        "MACHINE_TRANSLATION_URL",
        "MEDIAWIKI_CLIENT_ID",
        "MEDIAWIKI_CLIENT_SECRET",
        "PORT",
        "SECRET_KEY",
        "SECRET_KEY_FALLBACKS",
        "STATIC_ROOT",
        "TRUSTED_PROXY_COUNT",
    }
