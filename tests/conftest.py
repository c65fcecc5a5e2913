import os
import socket

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

# Playwright's event loop and the ORM share a thread in the journeys.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# These tests never depend on the database: they run on SQLite, and not once more on PostgreSQL.
ONCE = {
    "test_add_language.py",
    "test_architecture.py",
    "test_buffering_worker.py",
    "test_catalogues.py",
    "test_compression.py",
    "test_dotenv.py",
    "test_formats.py",
    "test_headers.py",
    "test_language_detection.py",
    "test_locale.py",
    "test_settings.py",
    "test_templates.py",
    "test_whole_interface.py",
    "test_wording.py",
}
# Each of these takes seconds; begun last, one of them would keep a single worker busy while the others are done.
FIRST = {"test_add_language.py", "test_whole_interface.py", "test_settings.py", "test_text_round_trip.py"}


def pytest_collection_modifyitems(config, items):
    for item in items:
        if item.path.name in ONCE:
            item.add_marker(pytest.mark.once)
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        config.hook.pytest_deselected(items=[each for each in items if each.get_closest_marker("postgresql")])
        items[:] = [each for each in items if not each.get_closest_marker("postgresql")]
    items.sort(key=lambda item: item.path.name not in FIRST)


_connect = socket.socket.connect


def _connect_to_loopback_only(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"A test reached out to {address}.")
    return _connect(self, address)


socket.socket.connect = _connect_to_loopback_only


@pytest.fixture
def csrf_client():
    """A browser as far as CSRF goes: the usual client is let through everywhere."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _english_again():
    """A request leaves its language behind in the thread."""
    yield
    translation.activate("en")
