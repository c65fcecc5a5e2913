"""The samples: responses in the open conversation and in one that is closed, each marked as a sample."""

import json
import re
from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command

from outcomes import conference_2017
from outcomes.management.commands.load_samples import BEING_READ, CONVERSATIONS, NOT_OPEN, SLUG
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
