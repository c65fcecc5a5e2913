"""Reads the settings of a deployment from the environment. Wrong ones raise ImproperlyConfigured with the reason."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}

_read = environ.Env()


def load(dotenv: Path) -> None:
    """Add the variables of .env to the environment, except those that it has already."""
    if dotenv.exists():
        _read.read_env(str(dotenv))


def text(name: str, default: str = "") -> str:
    """The value of a variable. One that is empty counts as not set."""
    return _read.str(name, default="").strip() or default


def flag(name: str) -> bool:
    value = text(name, "false").lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be true or false.")
    return value == "true"


def count(name: str, default: int) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number, 0 or more.")
    return int(value)


def port() -> int:
    """The port of a portal on this machine. Make sets it, and so may whoever runs a command for that portal."""
    return count("PORT", 8000)


def hosts(name: str) -> list[str]:
    """A list of host names, from a text with commas between them; the loopback names if it is not set."""
    found = [host.strip() for host in text(name).split(",") if host.strip()] or sorted(LOOPBACK)
    for host in found:
        if "*" in host or "/" in host:
            raise ImproperlyConfigured(
                f"{name} has {host!r}; name each host, without scheme, port or '*' (portal.example.org)."
            )
    return found


def secret(name: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. `make run` writes one to .env; on a server, set it to 50 random characters:"
            ' python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"{name} is too easy to guess; use 50 random characters or more.")
    return value


def database(name: str, default: str) -> dict:
    """Django's DATABASES entry for postgresql:// and sqlite:// addresses."""
    address = text(name, default)
    scheme = urlsplit(address).scheme
    if scheme in {"postgres", "postgresql"}:
        entry = _read.db_url_config(address)
        if not entry.get("NAME"):
            raise ImproperlyConfigured(f"{name} names no database; write postgresql://user:password@host:5432/portal.")
        return entry | {"ENGINE": "django.db.backends.postgresql", **_postgresql(entry.get("OPTIONS", {}))}
    if scheme == "sqlite":
        entry = _read.db_url_config(address)
        return entry | _SQLITE
    raise ImproperlyConfigured(
        f"{name} must begin with postgresql:// or sqlite:///; it begins with {scheme or address[:12]!r}."
    )


def _postgresql(options: dict) -> dict:
    try:
        import psycopg  # noqa: F401  (Django prefers it to psycopg2 when it is there)
    except ImportError:
        pass
    else:
        # Otherwise psycopg 3 writes the words of a refused row into PostgreSQL's log.
        options = {"server_side_binding": True, **options}
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


# IMMEDIATE and the long wait: writers queue instead of failing with "database is locked".
# FULL: on disk before we say thank you. secure_delete: withdrawn words are overwritten, not just unlinked.
_SQLITE = {
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
}


def mail(name: str, *, required: bool) -> dict:
    """Django's MAILERS entry for smtp://, smtp+tls:// and smtps:// addresses; without one, mail is printed."""
    address = text(name)
    if not address and not required:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} must name the mail server: smtp+tls://user:password@mail.example.org:587 (or smtps://, smtp://)."
        )
    options = {
        "host": parts.hostname,
        "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 20,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def web_address(name: str) -> str:
    value = text(name)
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be an address such as https://translate.example.org.")
    return value


def sender(name: str, default: str) -> str:
    value = text(name, default)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one e-mail address.")
    return value
