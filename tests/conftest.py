import json
import os
import socket
from datetime import datetime
from functools import cache

import pytest
from django.conf import settings
from django.core.cache import cache as kept_pages
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client, TransactionTestCase
from django.utils import translation

from tests import portal_with_many

# Playwright's event loop and the ORM share a thread in the journeys.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# These read every page, load everything that the project has, or ask for nothing that databases do differently. They
# run on SQLite, and not once more on PostgreSQL, as do all tests that use no database.
ONCE = {
    "test_accounts.py",
    "test_add_language.py",
    "test_addresses.py",
    "test_compression.py",
    "test_headers.py",
    "test_hostile_text.py",
    "test_loaded_samples.py",
    "test_masks_at_random.py",
    "test_masks_everywhere.py",
    "test_notes_of_coders.py",
    "test_organizer_letters.py",
    "test_recusal_everywhere.py",
    "test_refi_qda.py",
    "test_samples.py",
    "test_settings.py",
    "test_unsettled_everywhere.py",
    "test_whole_interface.py",
}
_DATABASE = {"db", "transactional_db", "live_server"}
# What a driver of PostgreSQL does itself: texts, days and numbers there and back, statements of our own, faults. These
# run with both drivers, the others with one.
EVERY_DRIVER = {
    "test_answer_files.py",
    "test_commands.py",
    "test_conversation.py",
    "test_database.py",
    "test_direction_controls.py",
    "test_erasure.py",
    "test_evidence.py",
    "test_evidence_in_translations.py",
    "test_faults.py",
    "test_fields.py",
    "test_invisible_text.py",
    "test_language_statistics.py",
    "test_news.py",
    "test_numbers_and_days.py",
    "test_random_ids.py",
    "test_rate_limits.py",
    "test_response.py",
    "test_search.py",
    "test_statistics.py",
    "test_text_round_trip.py",
    "test_translation.py",
    "test_words_and_clocks.py",
}
# Each test in these takes seconds, and workers share them; begun last, one would keep a single worker busy. Journeys
# follow, for the same reason.
FIRST = {
    "test_add_language.py",
    "test_addresses.py",
    "test_settings.py",
    "test_text_round_trip.py",
    "test_whole_interface.py",
}


def pytest_collection_modifyitems(config, items):
    for item in items:
        if item.path.name not in FIRST:
            # A worker takes whole files. With one test at a time, the process that hands them out is busy with that.
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
        uses_database = item.get_closest_marker("django_db") or _DATABASE & set(item.fixturenames)
        if item.path.name in ONCE or not uses_database:
            item.add_marker(pytest.mark.once)
        elif item.path.parent.name == "pages":
            # Where there is PostgreSQL, what pages show is asked there alone, as readers get it.
            item.add_marker(pytest.mark.page)
        if item.path.name in EVERY_DRIVER:
            item.add_marker(pytest.mark.every_driver)
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        config.hook.pytest_deselected(items=[each for each in items if each.get_closest_marker("postgresql")])
        items[:] = [each for each in items if not each.get_closest_marker("postgresql")]
    items.sort(key=lambda item: (item.path.name not in FIRST, item.path.parent.name != "journeys"))


_connect = socket.socket.connect


def _connect_to_loopback_only(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"A test reached out to {address}.")
    return _connect(self, address)


socket.socket.connect = _connect_to_loopback_only


# --- After a test that commits -----------------------------------------------------------------------------------

# What migrations made of the models is most of what they put into the database, and no test changes it.
_KEPT = {"auth_permission": "auth.permission", "django_content_type": "contenttypes.contenttype"}
_flush = TransactionTestCase._fixture_teardown


def _delete_from(_style, tables, **_options):
    """Django's TRUNCATE makes new files for all tables, and waits for the disk."""
    emptied = [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables if table not in _KEPT]
    return ["; ".join(emptied)] if connection.vendor == "postgresql" else emptied


@cache
def _of_migrations(serialized):
    return json.dumps([row for row in json.loads(serialized) if row["model"] not in _KEPT.values()])


def _flush_and_bring_back(case):
    """Django leaves an empty database, and brings back what migrations had put there when a later test asks for it.

    A worker takes whole files: the next test may be one that expects to find it.
    """
    _flush(case)
    kept_pages.clear()  # their table belongs to no model, so that a flush passes it over
    if case.serialized_rollback:
        first = connections[DEFAULT_DB_ALIAS]
        first.creation.deserialize_db_from_string(_of_migrations(first._test_serialized_contents))


type(connection.ops).sql_flush = staticmethod(_delete_from)
TransactionTestCase._fixture_teardown = _flush_and_bring_back
TransactionTestCase._fixture_setup = classmethod(lambda case: None)  # it is there


@pytest.fixture
def csrf_client():
    """A browser as far as CSRF goes: the usual client is let through everywhere."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _english_again():
    """A request leaves its language behind in the thread."""
    yield
    translation.activate("en")


@pytest.fixture
def clock(monkeypatch):
    """Stands still at noon (UTC) of 10 March 2026, until it is set to another day: clock("2026-04-01", hour=5)."""

    def set_to(day, hour=12):
        now = datetime.fromisoformat(f"{day}T{hour:02}:00Z")
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    set_to("2026-03-10")
    return set_to


@pytest.fixture
def fill(transactional_db, django_db_serialized_rollback):
    """`tests.portal_with_many.fill`, whose rows are taken away again."""
    yield portal_with_many.fill
    portal_with_many.empty()
