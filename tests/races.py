"""Two people at the same moment, on PostgreSQL. (SQLite has one writer at a time, so that nobody overtakes anybody.)"""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

# Each of the two needs a connection of its own, so the rows have to be committed.
race = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

_WAITS_FOR_US = """
    SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))
"""


def overtake(first, second, *, then=None):
    """Do both at the same moment. Returns what each of them returned, or the words in which it was refused.

    The first has done everything, but is committed only when the second waits for it. If nothing makes the second
    wait, it goes through before the first is committed, and has seen nothing of it.

    then: what the first one does while the second waits, before it is committed. Fails if each waits for the other.
    """

    def in_a_connection_of_its_own():
        try:
            return _outcome(second)
        finally:
            connection.close()

    # In this order, so that the second is let go, whatever happens here.
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        before = _outcome(first)
        after = other.submit(in_a_connection_of_its_own)
        while not after.done() and not _somebody_waits_for_us():
            wait([after], timeout=0.01)
        if then is not None:
            then()
    return before, after.result()


def _outcome(work):
    try:
        return work()
    except ValidationError as refusal:
        return " ".join(refusal.messages)


def _somebody_waits_for_us():
    with connection.cursor() as cursor:
        cursor.execute(_WAITS_FOR_US)
        return cursor.fetchone()[0]
