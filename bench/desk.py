"""How long pages take when there are many answers: python bench/desk.py [number]

The pages are the desk, the numbers by language and a search. Makes its own database and drops it again: on the
PostgreSQL server that DATABASE_URL names, otherwise an SQLite file. Each time is the better one of two visits, and is
compared with the time of the list of responses in the same run.
"""

import os
import secrets
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "diversity_portal.settings"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
os.environ["ALLOWED_HOSTS"] = ""
NUMBER = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
NAME = f"bench_{secrets.token_hex(4)}"
SERVER = os.environ.get("DATABASE_URL", "")
on_postgresql = SERVER.startswith("postgres")
folder = tempfile.mkdtemp()
os.environ["DATABASE_URL"] = f"{SERVER.rpartition('/')[0]}/{NAME}" if on_postgresql else f"sqlite:///{folder}/{NAME}"

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from responses.models import Answer, Conversation, Question, Response, SearchText, Translation  # noqa: E402

LANGUAGES = ["sw", "ha", "es", "ar", "fr"]
PAGES = [
    "/en/responses/",
    "/en/translate/",
    "/en/translate/en/",
    "/en/translate/sw/?from=ha",
    "/en/languages/",
    "/en/responses/?q=neno",
    "/en/responses/?q=nothing",
]


def fill():
    question, today, now = Question.objects.first(), timezone.localdate(), timezone.now()
    conversation = Conversation.objects.current()
    for start in range(0, NUMBER, 1_000):
        numbers = range(start, min(start + 1_000, NUMBER))
        responses = Response.objects.bulk_create(
            Response(
                code="".join("abcdefghij"[int(digit)] for digit in f"{number:08}"),
                key_hash=secrets.token_hex(32),
                conversation=conversation,
                language=LANGUAGES[number % 5],
                status=Response.Status.ACCEPTED,
                submitted_on=today,
                agreed_on=today,
                terms_version="2",
                accepted_on=date(2024, 1, 1) + timedelta(days=number % 700),
            )
            for number in numbers
        )
        answers = Answer.objects.bulk_create(
            Answer(
                response=each, question=question, text=f"Neno {each.pk} " * 20, prompt_text="?", prompt_language="en"
            )
            for each in responses
        )
        SearchText.objects.bulk_create(
            SearchText(answer=each, response=each.response, words=each.text.lower()) for each in answers
        )
        Translation.objects.bulk_create(
            Translation(
                answer=each,
                language=language,
                text="Word",
                source_text=each.text,
                status=Translation.Status.REVIEWED,
                reviewed_at=now,
                public_on=today,
            )
            for each in answers
            for language in ("en", *LANGUAGES[:2])
            if language != each.response.language and each.pk % 4
        )


def main():
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    fill()
    if on_postgresql:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    translator = User.objects.create_user("translator")
    translator.groups.add(Group.objects.get(name="Translator"))
    client = Client(SERVER_NAME="localhost")
    client.force_login(translator)
    once = None
    for page in PAGES:
        seconds = min(visit(client, page) for _ in range(2))
        once = once or seconds
        print(f"{page}: {seconds / once:.1f} times the list, {seconds * 1000:.0f} ms")


def visit(client, page):
    began = time.perf_counter()
    if client.get(page).status_code != 200:
        raise SystemExit(f"{page} does not open.")
    return time.perf_counter() - began


if on_postgresql:
    import psycopg2

    server = psycopg2.connect(SERVER)
    server.autocommit = True
    server.cursor().execute(f"CREATE DATABASE {NAME}")
print(f"{NUMBER} answers on {connection.vendor}")
try:
    main()
finally:
    connection.close()
    if on_postgresql:
        server.cursor().execute(f"DROP DATABASE {NAME}")
