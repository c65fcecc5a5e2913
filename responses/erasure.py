"""Takes out of the files of the database what was deleted in it. Deleting alone leaves the words there for a while.

SQLite overwrites them (`secure_delete`), but its write-ahead log has the earlier pages until it is emptied. PostgreSQL
keeps deleted rows, and rows as they were before a change, in its files, also after an ordinary VACUUM; and samples of
what people wrote in its statistics. docs/operating.md says what is promised, and what an operator has to do for it.
"""

import time

from django.core.cache import cache
from django.db import OperationalError, ProgrammingError, connection
from django.utils import timezone

# Milliseconds for which readers may be kept waiting, and for which their end is waited for. What is in use then is done
# in the next run.
_PATIENCE = 3_000
_CACHE_KEY = "tables-rewritten-on"

# Whether anybody may still see the database as it was when the change with this number began: deleted rows stay in the
# files that long. Who writes in another database of the same server counts too: new readers here look as far back.
_IS_LOOKED_BACK = """
SELECT pg_snapshot_xmin(pg_current_snapshot()) < %(limit)s::xid8 OR EXISTS (
    SELECT FROM pg_stat_activity
    WHERE (datname = current_database() OR datname IS NULL) AND age(backend_xmin) > age(%(limit)s::xid8::xid)
) OR EXISTS (SELECT FROM pg_replication_slots WHERE age(xmin) > age(%(limit)s::xid8::xid))
"""

# Of an empty table, ANALYZE keeps the statistics of what was there. Giving a column the type that it has drops them.
_DROP_STATISTICS = """
SELECT quote_ident(tablename),
       string_agg(format('ALTER %I TYPE %s', attname, format_type(atttypid, atttypmod)), ', ')
FROM pg_stats JOIN pg_attribute USING (attname)
WHERE schemaname = current_schema() AND attrelid = quote_ident(tablename)::regclass
      AND atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype)
GROUP BY tablename
"""


def empty_log() -> None:
    """On SQLite: write all changes into the database file, over the earlier words, and empty the log of changes.

    If somebody reads at this moment, a part may stay until the next time.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {usual}")


def rewrite_tables() -> bool:
    """On PostgreSQL, once a day: write all tables anew, without what was deleted in them. Returns whether it did so."""
    today = str(timezone.localdate())
    if connection.vendor != "postgresql" or connection.in_atomic_block or cache.get(_CACHE_KEY) == today:
        return False
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {_PATIENCE}")
        try:
            if not _nobody_looks_back(cursor):
                return False
            for table in tables:
                cursor.execute(f"VACUUM FULL {table}")
            cursor.execute(f"ANALYZE {', '.join(tables)}")
            cursor.execute(_DROP_STATISTICS)
            for table, changes in cursor.fetchall():
                cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")  # noqa: S608  (names of our own tables)
                if not cursor.fetchone()[0]:
                    cursor.execute(f"ALTER TABLE {table} {changes}")
            # Statistics that were replaced just now are deleted rows like others.
            if not _nobody_looks_back(cursor):
                return False
            cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
        except OperationalError:
            # A table is in use, perhaps by a backup. The next run tries again.
            return False
        finally:
            cursor.execute("RESET lock_timeout")
        try:
            # The log of changes up to here is not needed any more. Doing this takes rights that the owner may not have.
            cursor.execute("SELECT pg_switch_wal()")
            cursor.execute("CHECKPOINT")
        except ProgrammingError:
            pass
    cache.set(_CACHE_KEY, today, timeout=2 * 24 * 60 * 60)
    return True


def _nobody_looks_back(cursor) -> bool:
    """Wait for those who see the database as it was before now, as a backup does. Returns whether all have ended."""
    cursor.execute("SELECT pg_current_xact_id()::text")
    limit = {"limit": cursor.fetchone()[0]}
    end = time.monotonic() + _PATIENCE / 1000
    while True:
        cursor.execute(_IS_LOOKED_BACK, limit)
        if not cursor.fetchone()[0]:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
