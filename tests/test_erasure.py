"""What was taken back leaves the files of the database too, not only its answers to queries."""

import sqlite3
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from responses import erasure
from responses.models import Contact, Conversation, Draft, Question, Response, Subscription
from tests.factories import make_evidence, make_response, make_translation, make_user, show_again

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# In whatever is stored of one author, and in nothing else: it is too long for a random key to have it by chance.
MARK = "zqxwvzqxwv"


@pytest.fixture(autouse=True)
def _no_rewriting_yet():
    cache.clear()


def hits():
    """How many files of the database have the mark in them: tables, indexes, long values, the log of SQLite."""
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        files = [database, database.with_name(database.name + "-wal")]
        return sum(MARK.encode() in each.read_bytes().lower() for each in files if each.exists())
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 't', 'i') AND NOT relisshared AND reltablespace = 0"
            " AND strpos(lower(encode(pg_read_binary_file(pg_relation_filepath(oid)), 'escape')), %s) > 0",
            [MARK],
        )
        return cursor.fetchone()[0]


def told_in_every_place():
    """A response with the mark wherever words of an author, or words made of theirs, are stored."""
    first, second = make_user("one"), make_user("two")
    response = make_response(
        {"meaning": f"{MARK} meaning, as first sent.", "needs": f"{MARK} needs."},
        sharing="named",
        **{name: f"{MARK} {name}" for name in ("display_name", "affiliate_name", "method", "place", "written_by")},
    )
    response.edit({question: f"{MARK} {question.slug}, changed." for question in Question.objects.all()})
    response.note(f"{MARK}, says a reviewer.")
    response.accept()
    answer = response.answers.select_related("response", "question").get(question__slug="meaning")
    translation = make_translation(answer, text=f"{MARK} ord", translator=first, reviewer=second)
    make_evidence(answer, quote=f"{MARK} meaning", note=f"{MARK}, says a coder.")
    make_evidence(answer, problem=answer.evidence.get().problem, quote=f"{MARK} ord", translation=translation)
    Contact.objects.leave(response, f"{MARK}@example.org", "en")
    return response


def address_of(response):
    return f"/en/my-response/{response.key}"


def delete_the_account(client):
    user = make_user("amina")
    make_response({"meaning": f"{MARK}, in an account."}).attach(user)
    client.force_login(user)
    show_again(client)
    client.post("/en/my-account/delete/", {"withdraw": "yes"})


def change_the_words(client):
    response = make_response({"meaning": f"{MARK} words."})
    told = {"meaning": "Other words.", "seen": response.fingerprint, "complete": "yes"}
    client.post(f"{address_of(response)}/edit/", told)
    client.post(f"{address_of(response)}/versions/delete/")


def share_without_a_name(client):
    response = make_response(sharing="named", display_name=f"{MARK} Name", written_by=f"{MARK} scribe")
    client.post(f"{address_of(response)}/sharing/", {"sharing": "unnamed", "agree": "yes", "complete": "yes"})


def delete_the_address(client):
    response = make_response()
    Contact.objects.leave(response, f"{MARK}@example.org", "en")
    client.post(f"{address_of(response)}/news/", {"action": "delete"})


def stop_the_news(client):
    Subscription.objects.subscribe(Conversation.objects.current(), f"{MARK}@example.org", "en")
    client.post(f"/en/stop-news/{Subscription.objects.get().stop_token}/")


def delete_a_draft(client):
    Draft.objects.keep("a" * 26, {"meaning": f"{MARK} not sent."})
    client.post(f"/en/my-draft/{'a' * 26}/delete/")


def tidy_up():
    """Housekeeping, as often as it takes: other tests, and PostgreSQL itself, may look at the database meanwhile."""
    for _time in range(50):
        call_command("housekeeping", no_mail=True)
        if connection.vendor != "postgresql" or cache.get("tables-rewritten-on"):
            return


def only_on_sqlite(make):
    return make() if connection.vendor == "sqlite" else None


@contextmanager
def somebody_reads(database=None):
    """Another connection looks at a database of the same server, as it is now, without holding any table of ours."""
    reader = connection.copy()
    reader.settings_dict["NAME"] = database or reader.settings_dict["NAME"]
    with reader.cursor() as cursor:
        if reader.vendor == "sqlite":
            cursor.execute("BEGIN")
            cursor.execute("SELECT count(*) FROM django_content_type").fetchall()
        else:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_current_xact_id()" if database else "SELECT 1")
    yield
    reader.close()


def test_what_authors_take_back_leaves_the_files(client):
    # On SQLite the log stays while somebody else is there.
    another = only_on_sqlite(lambda: sqlite3.connect(connection.settings_dict["NAME"]))
    response = told_in_every_place()
    with connection.cursor() as cursor:
        # As the database does by itself from time to time: it samples what is in the columns.
        cursor.execute("ANALYZE")
    assert hits() > 0

    client.post(f"{address_of(response)}/withdraw/")
    for act in (delete_the_account, change_the_words, share_without_a_name, delete_the_address, stop_the_news):
        act(client)
        assert connection.vendor != "sqlite" or hits() == 0, act
    delete_a_draft(client)
    tidy_up()

    assert hits() == 0
    if another:
        another.close()


def test_what_somebody_still_reads_is_taken_out_by_a_later_run(client, monkeypatch):
    monkeypatch.setattr(erasure, "_PATIENCE", 500)
    # A server of PostgreSQL may have other databases, and whoever writes there holds up ours.
    for database in [None, *(["postgres"] if connection.vendor == "postgresql" else [])]:
        cache.clear()
        response = make_response({"meaning": f"{MARK} words."})

        with somebody_reads(database):
            client.post(f"{address_of(response)}/withdraw/")
            assert not erasure.rewrite_tables()
            assert hits() > 0
        tidy_up()

        assert hits() == 0


@pytest.mark.postgresql
def test_who_begins_while_tables_are_rewritten_holds_up_the_statistics_only(client, monkeypatch):
    monkeypatch.setattr(erasure, "_PATIENCE", 500)
    response = told_in_every_place()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client.post(f"{address_of(response)}/withdraw/")
    nobody_looks_back, reader = erasure._nobody_looks_back, somebody_reads("postgres")

    def and_then_somebody_does(cursor):
        monkeypatch.setattr(erasure, "_nobody_looks_back", nobody_looks_back)
        is_clear = nobody_looks_back(cursor)
        reader.__enter__()
        return is_clear

    monkeypatch.setattr(erasure, "_nobody_looks_back", and_then_somebody_does)
    assert not erasure.rewrite_tables()
    reader.__exit__(None, None, None)
    tidy_up()

    assert hits() == 0


def test_tables_are_rewritten_once_a_day_and_keep_every_row():
    told_in_every_place()
    words = ("code", "display_name", "answers__text", "answers__translations__text", "answers__evidence__quote")
    before = set(Response.objects.values_list(*words))

    cache.set("tables-rewritten-on", str(timezone.localdate()))
    assert not erasure.rewrite_tables()
    cache.clear()
    tidy_up()

    assert set(Response.objects.values_list(*words)) == before
