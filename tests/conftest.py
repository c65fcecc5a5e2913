import os
import socket

import pytest
from django.test import Client
from django.utils import translation

# Playwright's event loop and the ORM share a thread in the journeys.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

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
