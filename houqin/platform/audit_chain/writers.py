"""Whether a number of the trail can still turn up below those that are there."""

from __future__ import annotations

import time

from django.db import connection

PATIENCE = 3.0  # seconds
NAP = 0.05
# Whoever writes an event holds this lock until the transaction ends, and has it before taking a number.
WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'trail_event'::regclass AND mode = 'RowExclusiveLock' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND pid IS DISTINCT FROM pg_backend_pid()
"""


def all_written() -> bool:
    """Wait until every transaction that writes events now has ended; False when one takes too long.

    An event has its number before its transaction ends, so on PostgreSQL a lower one can become visible
    later. SQLite has one writer at a time: numbers and commits come in the same order.
    """
    if connection.vendor != "postgresql":
        return True
    end, writing = time.monotonic() + PATIENCE, _writing()
    while writing:
        if time.monotonic() > end:
            return False
        time.sleep(NAP)
        writing &= _writing()
    return True


def _writing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        return {row[0] for row in cursor.fetchall()}
