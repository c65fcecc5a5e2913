"""What the form page and a submission cost, compared with an empty view, in one process: python bench/form_page.py

Reads and writes its own SQLite file, through all the middleware. Machines differ, so compare the ratios.
"""

import os
import secrets
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "diversity_portal.settings"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
os.environ["DATABASE_URL"] = f"sqlite:///{tempfile.mkdtemp()}/bench.sqlite3"
os.environ["ALLOWED_HOSTS"] = ""

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from responses.access import rate_limits  # noqa: E402

SENT = {
    "meaning": "Kila mtu ana nafasi. " * 20,
    "language": "sw",
    "sharing": "unnamed",
    "agree": "yes",
    "complete": "yes",
}


def milliseconds(call, times):
    call()
    taken = []
    for _ in range(times):
        begun = time.process_time()
        call()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)


def main():
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    # This measures a visitor, not a script that is slowed down.
    rate_limits.FREE = rate_limits.MOST = 10**6
    client = Client()
    empty = milliseconds(lambda: client.get("/healthz"), 200)
    print(f"{'an empty view':28} {empty:7.2f} ms CPU     1.0")
    for name, call, times in (
        ("the form page", lambda: client.get("/en/respond/"), 100),
        ("a submission", lambda: client.post("/en/respond/", SENT | {"submission": uuid.uuid4()}), 100),
        ("a draft", lambda: client.post("/en/respond/", SENT | {"submission": uuid.uuid4(), "action": "save"}), 100),
        ("a submission with a fault", lambda: client.post("/en/respond/", SENT | {"agree": ""}), 100),
        ("the first page", lambda: client.get("/en/"), 100),
    ):
        cost = milliseconds(call, times)
        print(f"{name:28} {cost:7.2f} ms CPU  {cost / empty:6.1f}")
    for coding in ("identity", "gzip", "br"):
        page = client.get("/en/respond/", headers={"Accept-Encoding": coding})
        print(f"{'bytes of the form page, ' + coding:32} {len(page.content):7}")


if __name__ == "__main__":
    main()
