"""Reads the settings of a deployment from the environment. Wrong ones raise ImproperlyConfigured with the reason."""

import os
import re
import zlib
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from diversity_portal import dotenv

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
# What stands in examples, in Django's own templates, and stood in the Dockerfile of this project.
_PUBLISHED_KEY = re.compile(r"django-insecure|only[ -]for|change[-_ ]?(me|this|it)|replace|example|placeholder", re.I)
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\]", re.IGNORECASE)


def load(path: Path) -> None:
    """Add the variables of the file .env to the environment, except those that it has already."""
    try:
        dotenv.load(path)
    except dotenv.Unreadable as fault:
        raise ImproperlyConfigured(str(fault)) from None


def text(name: str, default: str = "") -> str:
    """The value of a variable. One that is empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    value = text(name, "false").lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be true or false.")
    return value == "true"


def proxies(name: str, *, required: bool) -> int:
    """How many web servers stand in front of the portal."""
    value = text(name)
    if not value and required:
        # Without one, every page would redirect to HTTPS for ever, and all visitors would count as one.
        raise ImproperlyConfigured(
            f"{name} is not set; write how many web servers stand in front of the portal: 1 for nginx alone."
        )
    if not re.fullmatch(r"[0-9]?", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number from 0 to 9.")
    return int(value or 0)


def port() -> int:
    """The port of a portal on this machine. Make sets it, and so may whoever runs a command for that portal."""
    value = text("PORT", "8000")
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"PORT is {value!r}; it must be a number, such as 8123.")
    return int(value)


def hosts(name: str) -> list[str]:
    """A list of host names, from a text with commas between them; the loopback names if it is not set."""
    found = [host.strip().lower() for host in text(name).split(",") if host.strip()] or sorted(LOOPBACK)
    for host in found:
        if not _HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"{name} has {host!r}; name each host, without scheme, port or '*' (portal.example.org)."
            )
    return found


def secret(name: str, *, public: bool) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. `make run` writes one to .env; on a server, set it to 50 random characters:"
            ' python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return _hard_to_guess(name, value, public)


def secrets(name: str, *, public: bool) -> list[str]:
    """Keys with commas between them."""
    return [_hard_to_guess(name, key.strip(), public) for key in text(name).split(",") if key.strip()]


def _hard_to_guess(name: str, value: str, public: bool) -> str:
    # What can be packed into few bytes repeats itself.
    repeats = len(set(value)) < 5 or len(zlib.compress(value.encode())) < 32
    if len(value) < 50 or repeats or value.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"{name} is too easy to guess; use 50 random characters or more.")
    if public and _PUBLISHED_KEY.search(value):
        raise ImproperlyConfigured(
            f"{name} is a key from an example, which anybody can know; use 50 random characters."
        )
    return value


def database(name: str, default: Path, *, public: bool) -> dict:
    """Django's DATABASES entry for postgresql:// and sqlite:// addresses. default: the file of SQLite without one."""
    address = text(name)
    if not address:
        return {"ENGINE": _SQLITE_ENGINE, "NAME": str(default), **_SQLITE}
    if address in {"sqlite://:memory:", "sqlite:///:memory:"} and not public:
        return {"ENGINE": _SQLITE_ENGINE, "NAME": ":memory:", **_SQLITE}
    scheme = address.partition(":")[0]
    if scheme not in {"postgres", "postgresql", "sqlite"}:
        # No more of it than the scheme: the rest may have a password.
        raise ImproperlyConfigured(
            f"{name} must begin with postgresql:// or sqlite:///; it begins with {scheme[:12]!r}."
        )
    if scheme == "sqlite":
        path = unquote(address.removeprefix("sqlite:///").partition("?")[0])
        if not address.startswith("sqlite:///") or not path or ":memory:" in path:
            raise ImproperlyConfigured(f"{name} names no file; write sqlite:////path/to/portal.sqlite3.")
        return {"ENGINE": _SQLITE_ENGINE, "NAME": path, **_SQLITE}
    example = "postgresql://user:password@host:5432/portal"
    parts = _address(name, address, example)
    entry = environ.Env.db_url_config(address)
    if not entry.get("NAME"):
        raise ImproperlyConfigured(f"{name} names no database; write {example}.")
    options = entry.get("OPTIONS", {})
    if public and not _is_near(parts.hostname) and options.get("sslmode") not in _ENCRYPTED:
        raise ImproperlyConfigured(
            f"{name} would send people's words unencrypted to {parts.hostname}; add ?sslmode=verify-full"
            " (or require, if its certificate cannot be checked)."
        )
    return entry | {"ENGINE": "django.db.backends.postgresql", **_postgresql(options)}


_ENCRYPTED = {"require", "verify-ca", "verify-full"}


def _is_near(host: str | None) -> bool:
    """Whether what is sent there stays on this machine, or in a network of containers, where names have no dots."""
    return (
        not host or host == "::1" or host.startswith(("127.", "/")) or not re.search(r"[.:]|%2f", host, re.IGNORECASE)
    )


def _address(name: str, address: str, example: str) -> SplitResult:
    """Its parts. Raises ImproperlyConfigured where a special character in a password would change their meaning."""
    try:
        parts = urlsplit(address)
        whole = parts.port is None or parts.port > 0
    except ValueError:
        whole = False
    if not whole or parts.fragment or re.search(r"\s", address) or "#" in address:
        raise ImproperlyConfigured(
            f"{name} cannot be read; write {example}, with %23 for # and so on in the password (@ is %40, / is %2F, "
            ": is %3A, ? is %3F, % is %25)."
        )
    return parts


def _postgresql(options: dict) -> dict:
    try:
        import psycopg  # noqa: F401  (Django prefers it to psycopg2 when it is there)
    except ImportError:
        pass
    else:
        # Otherwise psycopg 3 writes the words of a refused row into PostgreSQL's log.
        options = {"server_side_binding": True, **options}
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": {"connect_timeout": 10, **options}}


_SQLITE_ENGINE = "diversity_portal.private_sqlite3"
# IMMEDIATE and the long wait: writers queue instead of failing with "database is locked".
# FULL: on disk before we say thank you. secure_delete: withdrawn words are overwritten, not just unlinked.
_SQLITE = {
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
}


def mail(name: str, *, public: bool) -> dict:
    """Django's MAILERS entry for smtp://, smtp+tls:// and smtps:// addresses; without one, mail is printed."""
    address = text(name)
    if not address and not public:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    example = "smtp+tls://user:password@mail.example.org:587"
    parts = _address(name, address, example)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(f"{name} must name the mail server: {example} (or smtps://, smtp://).")
    if public and parts.scheme == "smtp" and not _is_near(parts.hostname):
        raise ImproperlyConfigured(
            f"{name} would send mail unencrypted to {parts.hostname}; write smtp+tls:// or smtps:// instead of smtp://."
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


def web_address(name: str, *, public: bool = False) -> str:
    value = text(name)
    try:
        parts = urlsplit(value)
        readable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        readable = False
    if value and (not readable or parts.query or parts.fragment):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be an address such as https://translate.example.org.")
    if value and public and parts.scheme == "http" and not _is_near(parts.hostname):
        raise ImproperlyConfigured(f"{name} would send people's words unencrypted to {parts.hostname}; write https://.")
    return value


def sender(name: str, default: str) -> str:
    value = text(name, default)
    if not re.fullmatch(r"[^@\s,;<>\"=]+@[^@\s,;<>\"=]+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one e-mail address.")
    return value
