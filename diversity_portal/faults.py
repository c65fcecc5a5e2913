"""What an operator has to mend, said in one sentence instead of a traceback."""

import os
import re
import shutil
from errno import EACCES, ENOSPC, EPERM, EROFS
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, NotSupportedError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import to_locale

# What databases say, and what is to be done about it. The first that fits is said.
_ADVICE = [
    (
        r"no such (table|column)|(relation|column) .* does not exist",
        "The database is not prepared for this version; run `manage.py prepare`.",
    ),
    (r"permission denied for|must be owner", "the role in DATABASE_URL must own the database."),
    (r"database .* does not exist", "make it first: createdb --encoding=UTF8 --template=template0 NAME."),
    (r"authentication failed|role .* does not exist|no password|no pg_hba", "check user and password in DATABASE_URL."),
    (r"certificate|SSL", "check sslmode in DATABASE_URL, and the certificate."),
    (r"invalid connection option|invalid URI", "check what stands behind the ? in DATABASE_URL."),
    (r"unable to open database file", "its folder must be there, and the portal must be allowed to write into it."),
    (r"readonly|read-only", "it can only be read; the portal must be allowed to write to the file and its folder."),
    (r"not a database|malformed", "DATABASE_URL names something else, or a damaged file; restore a backup."),
    (r"is locked", "another program has been writing for more than 20 seconds; end it, then try again."),
    (r"disk is full|No space left|could not extend", "make room, then try again."),
]
_NOT_REACHED = "see that the server runs, and that DATABASE_URL names it."


def in_words(fault: BaseException) -> str | None:
    """What is wrong and what to do, in one line; None if it is a fault of the portal itself."""
    if isinstance(fault, ImproperlyConfigured):
        return " ".join(str(fault).split())
    if isinstance(fault, OSError) and fault.filename and fault.errno in (EACCES, EPERM, EROFS, ENOSPC):
        return f"{fault.filename} cannot be used ({fault.strerror}); see to its owner, its rights and its disk."
    if not isinstance(fault, (DatabaseError, InterfaceError)):
        return None
    said = " ".join(str(fault).split())
    for pattern, advice in _ADVICE:
        if re.search(pattern, said, re.IGNORECASE):
            return (
                advice
                if advice.startswith("The database")
                else f"The database cannot be used ({_short(said)}): {advice}"
            )
    if isinstance(fault, NotSupportedError):
        return f"{_short(said)}. Use a newer one."
    is_away = connection.connection is None and re.search(r"connect|server|host|timeout", said, re.IGNORECASE)
    return _unusable(said, _NOT_REACHED) if is_away else None


def _unusable(said, advice):
    return f"The database cannot be used ({_short(said)}): {advice}"


def _short(said):
    """Its first reason, without the statement that failed and without a password."""
    return (
        re.sub(r"^connection failed: ", "", said)
        .split(" LINE 1:")[0]
        .split(" Multiple connection")[0][:200]
        .rstrip(".")
    )


def check_database() -> None:
    """Raise ImproperlyConfigured if the portal cannot keep everything in this database. Changes nothing."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_encoding'), current_setting('transaction_read_only')")
            encoding, read_only = cursor.fetchone()
        if encoding != "UTF8":
            raise ImproperlyConfigured(
                f"The database is in {encoding}, which cannot hold all languages; make another one: "
                "createdb --encoding=UTF8 --template=template0 NAME."
            )
        if read_only == "on":
            raise ImproperlyConfigured("The database can only be read; DATABASE_URL must name the primary server.")
    executor = MigrationExecutor(connection)
    known = executor.loader.disk_migrations
    ours = {label for label, _name in known}
    unknown = sorted(
        ".".join(each) for each in executor.loader.applied_migrations if each not in known and each[0] in ours
    )
    if unknown:
        raise ImproperlyConfigured(
            f"The database is newer than this code ({', '.join(unknown)}); use the newer code, or restore the backup "
            "that was made before the upgrade."
        )


def is_migrated() -> bool:
    """Whether all migrations of this code are applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def unwritable() -> str:
    """Why nothing can be stored at the moment; "" if everything can. Writes nothing itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            return "the database can only be read" if cursor.fetchone() == ("on",) else ""
    path = Path(connection.settings_dict["NAME"]).absolute()
    if ":memory:" in path.name or "mode=memory" in path.name:
        return ""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return "the database can only be read"
    disk = shutil.disk_usage(path.parent)
    return "the disk is nearly full" if is_nearly_full(disk.free, disk.total) else ""


def is_nearly_full(free: int, total: int) -> bool:
    """Whether less than a twentieth of a disk is free, and less than 100 MB. free, total: in bytes."""
    return free < min(total / 20, 100_000_000)


def check_start() -> None:
    """Raise ImproperlyConfigured if pages would be broken. A database that does not answer yet may come later."""
    try:
        prepared = is_migrated()
    except (DatabaseError, InterfaceError):
        prepared = True
    finally:
        # Workers that fork must not share it.
        connection.close()
    if not prepared:
        raise ImproperlyConfigured("The database is not prepared for this version; run `manage.py prepare`.")
    [folder] = map(Path, settings.STATICFILES_DIRS)
    ours = {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}
    if not ours <= set(getattr(staticfiles_storage, "hashed_files", ours)):
        raise ImproperlyConfigured("Static files are not gathered; run `manage.py collectstatic --noinput`.")
    for code in settings.INTERFACE_LANGUAGES:
        if not (settings.BASE_DIR / "locale" / to_locale(code) / "LC_MESSAGES" / "django.mo").exists():
            raise ImproperlyConfigured(f"No messages in {code}; compile them: `python -m scripts.compile_messages`.")
