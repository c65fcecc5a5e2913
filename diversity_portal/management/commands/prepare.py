import os
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from diversity_portal.faults import check_database


class Command(BaseCommand):
    help = "Brings the database up to date and fills in what every portal has. Safe to repeat."

    def handle(self, *args, **options):
        check_database()
        _close_to_others()
        # Migrating also gives the groups their rights (see diversity_portal/roles.py).
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("housekeeping", no_mail=True, stdout=self.stdout)
        call_command("load_2017_outcomes", stdout=self.stdout)
        call_command("make_organizer", stdout=self.stdout)
        for setting in _settings_that_log_words():
            self.stdout.write(
                f"PostgreSQL may write people's words into its log ({setting}). docs/operating.md says how to stop it."
            )


def _close_to_others():
    """A database file of an earlier version could be read by everybody."""
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        for path in map(Path, (name + end for name in [str(connection.settings_dict["NAME"])] for end in _FILES)):
            if path.exists() and path.stat().st_uid == os.getuid():
                path.chmod(0o600)


_FILES = ("", "-wal", "-shm")


def _settings_that_log_words():
    """Those of the server that are not as the portal needs them. It may not change them itself, except as superuser."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name || ' = ' || setting FROM pg_settings WHERE (name, setting) IN "
            "(('log_error_verbosity', 'default'), ('log_error_verbosity', 'verbose'), "
            "('log_statement', 'mod'), ('log_statement', 'all')) "
            "OR (name IN ('log_min_duration_statement', 'log_min_duration_sample') AND setting <> '-1')"
            "OR (name = 'log_min_error_statement' AND setting <> 'panic')"
        )
        return [setting for (setting,) in cursor.fetchall()]
