"""What a page costs on PostgreSQL when there is much: a portal with many rows, and the pages that queries touch.

A list or a number may cost no more when there are a hundred times as many rows. Times tell that on an idle machine
only; buffers, the pages of 8 kB that PostgreSQL looks at, are the same on each. A test takes the fixture `fill`, which
takes the rows away again:

    fill(FEW)
    before = costs(client, PATHS)
    fill(MANY)
    assert grown(before, costs(client, PATHS)) == {}
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


def costs(client, paths) -> dict[str, list[tuple[str, int]]]:
    """{path: [(query, buffers)]} of the queries of each page that read something."""
    return {path: [(query, buffers(query)) for query in _asked(client, path)] for path in paths}


def grown(before, after) -> dict[str, list[tuple[int, int, str]]]:
    """{path: [(buffers before, buffers after, query)]} of what costs more: 1.3 times is allowed, or 20 more."""
    found = {
        path: [
            (few, many, query)
            for (_same, few), (query, many) in zip(before[path], after[path], strict=True)
            if many > max(1.3 * few, few + 20)
        ]
        for path in before
    }
    return {path: queries for path, queries in found.items() if queries}


def _asked(client, path):
    client.get(path)  # what is looked up once and then remembered
    with CaptureQueriesContext(connection) as captured:
        page = client.get(path)
    assert page.status_code == 200, path
    return [each["sql"] for each in captured if each["sql"].startswith(("SELECT", "WITH"))]
