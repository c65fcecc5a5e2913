"""What a page costs on PostgreSQL: the pages that its queries touch.

A list or a number may cost no more when there are a hundred times as many rows. Times tell that on an idle machine
only; buffers, the pages of 8 kB that PostgreSQL looks at, are the same on each.
"""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext


def buffers(query) -> int:
    """How many pages of 8 kB PostgreSQL looks at for a query. query: SQL, as `CaptureQueriesContext` has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query}")
        (told,) = cursor.fetchone()
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return sum(plan[f"{kind} Blocks"] for kind in ("Shared Hit", "Shared Read", "Temp Read", "Temp Written"))


def asked(method, *args) -> list[str]:
    """The queries that read something for a page. method: of a client, that asks for the page."""
    with CaptureQueriesContext(connection) as captured:
        page = method(*args)
    assert page.status_code in (200, 302), args
    return [each["sql"] for each in captured if each["sql"].startswith(("SELECT", "WITH"))]
