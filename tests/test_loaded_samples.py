"""What the samples show: the responses, conversations and pages that they bring."""

import io
import json
import re
from contextlib import redirect_stdout

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from outcomes import conference_2017
from outcomes.management.commands.load_samples import BEING_READ, NOT_OPEN, SAMPLES, SLUG
from responses.models import (
    Conversation,
    Gathering,
    Response,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printed")]


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker):
    """What loading them printed. They are loaded once for this file; whatever a test changes is undone behind it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with redirect_stdout(io.StringIO()) as out:
            conference_2017.load()
            call_command("load_samples")
        yield out.getvalue()
        transaction.set_rollback(True)


def test_nobody_can_sign_in_as_a_sample():
    samples = User.objects.filter(username__startswith="sample-")
    assert [(user.is_active, user.has_usable_password(), user.is_staff) for user in samples] == [
        (False, False, False)
    ] * 3


def test_some_samples_belong_to_a_conversation_that_is_closed_and_others_to_the_open_one():
    told = Response.objects.values_list("conversation__slug", "conversation__is_current")
    assert sorted(told.annotate(n=Count("pk")).order_by("conversation")) == [
        (SLUG, False, 6),
        ("where-you-are", True, 6),
    ]
    gatherings = Gathering.objects.values_list("conversation__slug", "sent").order_by("conversation__slug")
    assert list(gatherings) == [(SLUG, 1), ("where-you-are", 1)]
    for response in Response.objects.select_related("conversation"):
        assert response.submitted_on >= response.conversation.opens_on
        assert response.conversation.closes_on is None or response.submitted_on <= response.conversation.closes_on


def test_the_closed_sample_has_a_promise_that_was_moved_and_kept():
    conversation, today = Conversation.objects.get(slug=SLUG), timezone.localdate()
    moved = conversation.moved_promises.get()
    days = (moved.results_by, conversation.results_on, conversation.results_by)
    assert [(today - day).days for day in days] == [60, 35, 30]
    assert (conversation.stage, conversation.days_late) == (Conversation.Stage.RESULTS, 0)
    # What was promised when they were sent.
    assert set(Response.objects.filter(conversation=conversation).values_list("results_by", flat=True)) == {days[0]}


def test_other_samples_show_the_other_states():
    stages = {each.slug: (each.stage, each.days_late > 0) for each in Conversation.objects.all()}
    assert stages == {
        NOT_OPEN: (Conversation.Stage.PLANNED, False),
        "where-you-are": (Conversation.Stage.OPEN, False),
        BEING_READ: (Conversation.Stage.CLOSED, True),
        SLUG: (Conversation.Stage.RESULTS, False),
        "2017": (Conversation.Stage.CLOSED, False),
    }


def test_every_page_about_a_sample_can_be_seen_and_says_that_it_is_one(client):
    past, now = (Gathering.objects.get(conversation__slug=slug).code for slug in (SLUG, "where-you-are"))

    for path in (
        "conversations/",
        *(f"conversations/{slug}/" for slug in (SLUG, BEING_READ, NOT_OPEN)),
        "responses/?conversation=sample",
        f"gatherings/{past}/",
        f"gatherings/{now}/",
        f"gatherings/{now}/sheet/",
    ):
        assert re.search("sample", client.get(f"/en/{path}").content.decode(), re.IGNORECASE), path
    assert client.get("/en/respond/").status_code == 200


def test_the_hosts_page_of_a_sample_is_printed_because_only_its_hash_is_stored(client, printed):
    hosts = re.findall(r"Its host's page: (\S+)", printed)

    assert [client.get(path).status_code for path in hosts] == [200, 200]


def test_the_samples_have_the_words_of_their_file():
    told = {text for sample in json.loads(SAMPLES.read_text(encoding="utf-8")) for text in sample["answers"].values()}
    assert set(Response.objects.values_list("answers__text", flat=True)) == told
