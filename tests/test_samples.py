"""The samples: responses in the open conversation and in one that is closed, each marked as a sample."""

import json
import re
from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from outcomes import conference_2017
from outcomes.management.commands.load_samples import BEING_READ, CONVERSATIONS, NOT_OPEN, SAMPLES, SLUG
from outcomes.models import Evidence
from responses import organizer_texts
from responses.languages import language_of
from responses.models import (
    Conversation,
    Gathering,
    MovedPromise,
    Question,
    Response,
    Subscription,
    Translation,
)
from tests.factories import change_current, make_conversation, submit
from tests.wording import avoidable, terms

pytestmark = pytest.mark.django_db

# What each language calls a sample.
SAMPLE = {code: terms(code)[0]["sample"] for code, _name in settings.LANGUAGES if code != "en"}


@pytest.mark.once
def test_samples_are_in_many_languages_and_scripts_and_each_is_marked(capsys):
    conference_2017.load()

    call_command("load_samples")

    assert capsys.readouterr().out.splitlines()[-1] == "12 sample responses added."
    assert set(Response.objects.values_list("is_sample", "status")) == {(True, "accepted")}
    used = {language_of(code) for code in Response.objects.values_list("language", flat=True)}
    assert len(used) >= 8
    assert len({each.script for each in used}) >= 4
    assert Translation.objects.reviewed().count() > 10
    assert set(Evidence.objects.values_list("stance", flat=True)) == {"supports", "qualifies", "contradicts"}
    assert Evidence.objects.lost().count() == 0


@pytest.mark.once
def test_nobody_can_sign_in_as_a_sample():
    conference_2017.load()
    call_command("load_samples")

    samples = User.objects.filter(username__startswith="sample-")
    assert [(user.is_active, user.has_usable_password(), user.is_staff) for user in samples] == [
        (False, False, False)
    ] * 3


def test_removing_the_samples_removes_nothing_else():
    conference_2017.load()
    call_command("load_samples")
    kept = submit()

    call_command("load_samples", "--remove")

    assert list(Response.objects.all()) == [kept]
    assert list(User.objects.filter(username__startswith="sample-")) == []
    assert set(Conversation.objects.values_list("slug", flat=True)) == {"where-you-are", "2017"}
    assert list(Gathering.objects.all()) == list(MovedPromise.objects.all()) == []
    assert [text.key for text in organizer_texts.texts() if "sample" in text.key] == []


def test_what_somebody_has_added_to_a_sample_is_not_removed_with_it():
    conference_2017.load()
    call_command("load_samples")
    past, now = (Gathering.objects.get(conversation__slug=slug) for slug in (SLUG, "where-you-are"))
    kept = [submit(gathering=each, conversation=each.conversation) for each in (past, now)]

    call_command("load_samples", "--remove")

    assert set(Response.objects.all()) == set(kept)
    assert set(Gathering.objects.all()) == {past, now}
    assert Conversation.objects.filter(slug=SLUG).exists()


def test_some_samples_belong_to_a_conversation_that_is_closed_and_others_to_the_open_one():
    conference_2017.load()
    call_command("load_samples")

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


@pytest.mark.once
def test_the_closed_sample_has_a_promise_that_was_moved_and_kept():
    conference_2017.load()
    call_command("load_samples")

    conversation, today = Conversation.objects.get(slug=SLUG), timezone.localdate()
    moved = conversation.moved_promises.get()
    days = (moved.results_by, conversation.results_on, conversation.results_by)
    assert [(today - day).days for day in days] == [60, 35, 30]
    assert (conversation.stage, conversation.days_late) == (Conversation.Stage.RESULTS, 0)
    # What was promised when they were sent.
    assert set(Response.objects.filter(conversation=conversation).values_list("results_by", flat=True)) == {days[0]}


@pytest.mark.once
def test_other_samples_show_the_other_states():
    conference_2017.load()
    call_command("load_samples")

    stages = {each.slug: (each.stage, each.days_late > 0) for each in Conversation.objects.all()}
    assert stages == {
        NOT_OPEN: (Conversation.Stage.PLANNED, False),
        "where-you-are": (Conversation.Stage.OPEN, False),
        BEING_READ: (Conversation.Stage.CLOSED, True),
        SLUG: (Conversation.Stage.RESULTS, False),
        "2017": (Conversation.Stage.CLOSED, False),
    }


@pytest.mark.parametrize("slug", [SLUG, BEING_READ, NOT_OPEN])
def test_a_sample_says_in_every_interface_language_that_it_is_one(slug):
    texts = json.loads(CONVERSATIONS.read_text(encoding="utf-8"))[slug]

    assert texts.keys() >= {"title", "asked_by"}
    for name, worded in texts.items():
        assert worded.keys() == dict(settings.LANGUAGES).keys()
        for code, text in worded.items():
            assert code == "en" or not avoidable(code, text), (name, code)
            if name != "invitation":
                said = re.search("sample", text, re.I) if code == "en" else SAMPLE[code].search(text)
                assert said, (name, code)


@pytest.mark.once
def test_every_page_about_a_sample_can_be_seen_and_says_that_it_is_one(client):
    conference_2017.load()
    call_command("load_samples")
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


@pytest.mark.once
def test_the_hosts_page_of_a_sample_is_printed_because_only_its_hash_is_stored(capsys, client):
    conference_2017.load()
    call_command("load_samples")

    hosts = re.findall(r"Its host's page: (\S+)", capsys.readouterr().out)

    assert [client.get(path).status_code for path in hosts] == [200, 200]


def test_no_sample_takes_the_place_of_a_conversation_of_organizers(capsys):
    make_conversation(SLUG)

    call_command("load_samples")

    assert "no samples were added" in capsys.readouterr().out
    assert Response.objects.count() == 0


def test_samples_are_added_only_to_an_empty_database(capsys):
    submit()

    call_command("load_samples")

    assert "no samples were added" in capsys.readouterr().out
    assert Response.objects.count() == 1


@pytest.mark.once
def test_the_samples_have_the_words_of_their_file():
    conference_2017.load()
    call_command("load_samples")

    told = {text for sample in json.loads(SAMPLES.read_text(encoding="utf-8")) for text in sample["answers"].values()}
    assert set(Response.objects.values_list("answers__text", flat=True)) == told


def test_a_current_conversation_with_other_questions_gets_no_samples(capsys):
    conference_2017.load()
    Conversation.objects.current().questions.set(Question.objects.filter(slug="meaning"))

    call_command("load_samples")

    assert "asks other questions" in capsys.readouterr().out
    assert not Response.objects.exists()
    assert set(Conversation.objects.values_list("slug", flat=True)) == {"where-you-are", "2017"}


def test_a_sample_conversation_that_is_current_or_that_somebody_waits_for_is_not_removed():
    conference_2017.load()
    call_command("load_samples")
    change_current(opens_on=date(2020, 1, 1), closes_on=date(2020, 2, 1))
    Conversation.objects.get(slug=NOT_OPEN).make_current()
    Subscription.objects.subscribe(Conversation.objects.get(slug=BEING_READ), "me@example.org", "en")

    call_command("load_samples", "--remove")

    assert Conversation.objects.current().slug == NOT_OPEN
    assert Subscription.objects.get().conversation.slug == BEING_READ
