"""What an operator has to mend is said in one sentence."""

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, NotSupportedError, OperationalError, ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder

from diversity_portal.faults import check_database, in_words, is_nearly_full, unwritable
from diversity_portal.private_sqlite3.base import DatabaseWrapper

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("kind", "said", "advice"),
    [
        (OperationalError, "unable to open database file", "its folder must be there"),
        (OperationalError, "attempt to write a readonly database", "it can only be read"),
        (OperationalError, "cannot execute INSERT in a read-only transaction", "it can only be read"),
        (OperationalError, "database or disk is full", "make room"),
        (OperationalError, 'could not extend file "base/1/2": No space left on device', "make room"),
        (OperationalError, "database is locked", "another program has been writing"),
        (OperationalError, "file is not a database", "restore a backup"),
        (OperationalError, 'FATAL:  password authentication failed for user "u"', "check user and password"),
        (OperationalError, 'FATAL:  role "u" does not exist', "check user and password"),
        (OperationalError, 'FATAL:  no pg_hba.conf entry for host "::1", user "u"', "check user and password"),
        (OperationalError, 'FATAL:  database "portal" does not exist', "make it first: createdb --encoding=UTF8"),
        (ProgrammingError, "permission denied for schema public\nLINE 1: CREATE", "must own the database"),
        (OperationalError, "SSL error: certificate verify failed", "check sslmode"),
        (ProgrammingError, 'invalid connection option "nonsense"', "check what stands behind the ?"),
    ],
)
def test_what_a_database_refuses_is_said_with_what_to_do(kind, said, advice):
    sentence = in_words(kind(said))

    reason = said.partition("\n")[0].replace("  ", " ")
    assert sentence.startswith(f"The database cannot be used ({reason}): ")
    assert advice in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "said", ["no such table: cache", 'relation "responses_answer" does not exist', "no such column: x"]
)
def test_an_unprepared_database_is_named_as_that(said):
    assert in_words(OperationalError(said)) == (
        "The database is not prepared for this version; run `manage.py prepare`."
    )


def test_an_old_server_is_said_to_be_old():
    assert in_words(NotSupportedError("PostgreSQL 15 or later is required (found 12.1).")) == (
        "PostgreSQL 15 or later is required (found 12.1). Use a newer one."
    )


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_file_that_cannot_be_written_is_named(number):
    fault = OSError(number, os.strerror(number), "/srv/portal/var/static")

    assert in_words(fault) == (
        f"/srv/portal/var/static cannot be used ({os.strerror(number)}); see to its owner, its rights and its disk."
    )


@pytest.mark.parametrize(
    "fault", [ValueError("x"), FileNotFoundError(2, "x", "y"), IntegrityError("UNIQUE constraint failed: a.b")]
)
def test_a_fault_of_the_portal_itself_keeps_its_traceback(fault):
    assert in_words(fault) is None


@pytest.mark.django_db
def test_a_good_database_passes():
    check_database()

    assert unwritable() == ""


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_refused_before_anything_is_changed():
    MigrationRecorder(connection).record_applied("outcomes", "0099_of_next_year")
    MigrationRecorder(connection).record_applied("an_app_of_the_operator", "0001_initial")

    with pytest.raises(ImproperlyConfigured) as refused:
        call_command("prepare")

    assert str(refused.value) == (
        "The database is newer than this code (outcomes.0099_of_next_year); use the newer code, or restore the backup "
        "that was made before the upgrade."
    )


@pytest.mark.django_db
def test_a_database_that_can_only_be_read_is_not_ready(client, monkeypatch):
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET TRANSACTION READ ONLY")
    else:
        monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/portal.sqlite3")

    page = client.get("/readyz")

    assert (page.status_code, page.content) == (503, b"the database can only be read\n")


@pytest.mark.parametrize(
    ("free", "total", "is_full"),
    [(0, 6_000_000, True), (299_999, 6_000_000, True), (300_000, 6_000_000, False), (99_999_999, 10**12, True)],
)
def test_a_disk_is_nearly_full_before_it_is_full(free, total, is_full):
    assert is_nearly_full(free, total) == is_full


@pytest.mark.django_db
def test_a_database_file_can_be_read_by_its_owner_alone_from_the_first_moment(tmp_path):
    path = tmp_path / "portal.sqlite3"
    wrapper = DatabaseWrapper(connection_settings(path))
    before = os.umask(0)
    try:
        wrapper.cursor().execute("CREATE TABLE words (word text)")
    finally:
        os.umask(before)
        files = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
        wrapper.close()

    assert files == dict.fromkeys(["portal.sqlite3", "portal.sqlite3-wal", "portal.sqlite3-shm"], 0o600)


def connection_settings(path):
    return connection.settings_dict | {
        "NAME": str(path),
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL;"},
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
    }


@pytest.mark.parametrize("port", ["abc", "0", "65536", "80000", "-1", "8000x", "٨٠٠٠", "8e3", ""])
def test_nonsense_is_no_port(port):
    with pytest.raises(CommandError, match=r"is not a port; choose a number from 1 to 65535"):
        call_command("serve", port)


# As gunicorn does when it starts.
SERVER = "import diversity_portal.wsgi, runpy, sys; runpy.run_path('gunicorn.conf.py')['on_starting'](None)"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Python with a database of its own, on SQLite."""
    path = tmp_path_factory.mktemp("portal") / "db.sqlite3"

    def command(*arguments, database=f"sqlite:///{path}"):
        environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "diversity_portal.settings"}
        # A checkout in which nothing was collected yet has no folder of static files, and WhiteNoise says so.
        environment["STATIC_ROOT"] = str(path.parent)
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    command.path = path
    return command


def test_commands_end_with_one_sentence_and_leave_nothing_behind(prepared, tmp_path):
    server = prepared("-c", SERVER)
    unprepared = prepared("manage.py", "housekeeping", "--no-mail")
    away = prepared("manage.py", "prepare", database=f"sqlite:///{tmp_path}/missing/db.sqlite3")
    (tmp_path / "garbage").write_bytes(b"not a database at all" * 500)
    garbage = prepared("manage.py", "prepare", database=f"sqlite:///{tmp_path}/garbage")

    assert [(done.returncode, done.stdout) for done in (server, unprepared, away, garbage)] == [(1, "")] * 4
    assert [done.stderr for done in (server, unprepared)] == [
        "The database is not prepared for this version; run `manage.py prepare`.\n"
    ] * 2
    assert away.stderr == (
        "The database cannot be used (unable to open database file): its folder must be there, and the portal must be "
        "allowed to write into it.\n"
    )
    assert garbage.stderr.count("\n") == 1
    assert [each.name for each in tmp_path.iterdir()] == ["garbage"]


def test_preparing_closes_an_older_database_file_to_others(prepared):
    sqlite3.connect(prepared.path).close()
    prepared.path.chmod(0o644)

    assert prepared("manage.py", "prepare").returncode == 0
    assert {each.name: stat.S_IMODE(each.stat().st_mode) for each in prepared.path.parent.iterdir()} == {
        "db.sqlite3": 0o600
    }
