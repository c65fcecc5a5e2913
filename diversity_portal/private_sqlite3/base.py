"""Django's SQLite, in a file that nobody but its owner can read."""

import contextlib
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        # SQLite itself would let everybody read it. The files beside it (-wal, -shm) get the rights that it has.
        path = str(conn_params["database"])
        if not path.startswith("file:") and path != ":memory:" and not os.path.lexists(path):
            # SQLite says what is wrong with the path.
            with contextlib.suppress(OSError):
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return super().get_new_connection(conn_params)
