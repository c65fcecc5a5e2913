"""Django's SQLite, in a file that nobody but its owner can read, and with capitals in all scripts.

SQLite itself knows the capitals of ASCII only: it would find "Égalité" neither by "égalité" nor by "ÉGALITÉ", where
capitals do not count. PostgreSQL finds both.
"""

import contextlib
import os

from django.db.backends.sqlite3 import base

_REGARDLESS_OF_CAPITALS = ("iexact", "icontains", "istartswith", "iendswith")


class DatabaseOperations(base.DatabaseOperations):
    def lookup_cast(self, lookup_type, internal_type=None):
        cast = super().lookup_cast(lookup_type, internal_type)
        return f"CAPITALS({cast})" if lookup_type in _REGARDLESS_OF_CAPITALS else cast


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    operators = base.DatabaseWrapper.operators | dict.fromkeys(_REGARDLESS_OF_CAPITALS, "LIKE CAPITALS(%s) ESCAPE '\\'")
    # Where the other side is an expression.
    pattern_ops = {
        name: pattern.replace("UPPER(", "CAPITALS(") for name, pattern in base.DatabaseWrapper.pattern_ops.items()
    }

    def get_new_connection(self, conn_params):
        # SQLite itself would let everybody read it. The files beside it (-wal, -shm) get the rights that it has.
        path = str(conn_params["database"])
        if not path.startswith("file:") and path != ":memory:" and not os.path.lexists(path):
            # SQLite says what is wrong with the path.
            with contextlib.suppress(OSError):
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = super().get_new_connection(conn_params)
        connection.create_function("CAPITALS", 1, _capitals, deterministic=True)
        return connection


def _capitals(value):
    return value if value is None else str(value).upper()
