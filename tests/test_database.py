"""The suite runs on SQLite and with both drivers of PostgreSQL: the one that was asked for must be the one in use."""

import os

from django.db import connection


def test_the_tests_run_with_the_driver_that_was_asked_for():
    address = os.environ["DATABASE_URL"]
    driver = os.environ.get("POSTGRESQL_DRIVER") or "psycopg"

    used = connection.Database.__name__.partition(".")[0]

    assert used == ("sqlite3" if address.startswith("sqlite") else driver)


def test_psycopg_3_sends_words_apart_from_statements():
    is_psycopg_3 = connection.Database.__name__ == "psycopg"

    assert connection.settings_dict["OPTIONS"].get("server_side_binding", False) == is_psycopg_3
