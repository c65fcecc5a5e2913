"""Nobody's words are lost by a clock, whatever organizers do with the days meanwhile."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responses.access.keys import key_of
from responses.models import Conversation, Draft, Question, Response

from .factories import change_current, make_conversation

FIRST = date(2026, 3, 10)
SLUGS = ["meaning", "needs", "resources"]


def read(page):
    return html.unescape(page.content.decode())


class Person:
    """Somebody with a browser and one form, who goes on with whatever page they get."""

    def __init__(self):
        self.client, self.submission, self.words, self.number = Client(), uuid4(), {}, 0
        self.conversation = Conversation.objects.current().slug
        self.draft = False

    @property
    def key(self):
        return key_of(self.submission)

    def write(self, slug):
        self.number += 1
        self.words[slug] = f"Maneno ya {slug}, {self.number}."

    def press(self, action):
        if not self.words:
            return
        address = f"/en/my-draft/{self.key}/write/?send" if self.draft else "/en/respond/?send"
        fields = {
            "language": "sw",
            "sharing": "unnamed",
            "people": "1",
            "agree": "yes",
            "complete": "yes",
            "conversation": self.conversation,
            "seen": draft.fingerprint if (draft := Draft.objects.with_key(self.key).first()) else "",
            **self.words,
        }
        if not self.draft:
            fields["submission"] = str(self.submission)
        page = self.client.post(address, fields | {"action": action}, follow=True, REMOTE_ADDR=f"10.0.0.{self.number}")
        assert page.status_code == 200
        self.finds_every_word(page)
        self.draft = Draft.objects.with_key(self.key).exists()

    def move(self):
        self.client.post(f"/en/my-draft/{self.key}/move/", follow=True)

    def finds_every_word(self, page=None):
        page = page or self.client.get(f"/r/{self.key}", follow=True)
        said = read(page)
        assert [text for text in self.words.values() if text not in said] == []


def organizers_close(day, in_days):
    last = max(day + timedelta(days=in_days), Conversation.objects.current().opens_on)
    Conversation.objects.filter(is_current=True).update(
        closes_on=last, results_by=None, results_on=last + timedelta(days=1)
    )


def organizers_go_on(day, asked):
    # Refused while the present one is not over.
    with suppress(ValidationError):
        make_conversation(f"c{uuid4().hex[:8]}", questions=asked, opens_on=day).make_current()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(SLUGS)),
        st.tuples(st.just("press"), st.sampled_from(["send", "save", "switch", "lists"])),
        st.tuples(st.just("move"), st.none()),
        st.tuples(st.just("days"), st.sampled_from([1, 2, 6, 9])),
        st.tuples(st.just("close"), st.sampled_from([-1, 0, 3, None])),
        st.tuples(st.just("next"), st.lists(st.sampled_from(SLUGS), min_size=1, unique=True)),
    ),
    max_size=9,
)


@pytest.mark.django_db
@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_opening_closing_and_moving_loses_or_hides_a_word(clock, steps):
    with transaction.atomic():
        try_out(clock, steps)
        transaction.set_rollback(True)


def try_out(clock, steps):
    day = FIRST
    clock(day)
    change_current(opens_on=FIRST - timedelta(days=5))
    person = Person()
    for what, how in steps:
        match what:
            case "write":
                person.write(how)
            case "press":
                person.press(how)
            case "move":
                person.move()
            case "days":
                day += timedelta(days=how)
                clock(day)
            case "close" if how is None:
                Conversation.objects.filter(is_current=True).update(closes_on=None, results_by=None, results_on=None)
            case "close":
                organizers_close(day, how)
            case "next":
                organizers_go_on(day, how)
        # Nothing is called open that takes no answers, and nothing else while it takes them.
        every = Conversation.objects.all()
        assert [each.slug for each in every if each.is_open] == [each.slug for each in every if each.stage == "open"]
        if Response.objects.with_key(person.key).exists():
            person.finds_every_word()
            return
    person.press("send")
    if person.words and Draft.objects.with_key(person.key).exists():
        person.finds_every_word()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_while_fifty_people_send_the_conversation_closes_and_each_word_is_stored_once(clock):
    change_current(opens_on=FIRST - timedelta(days=5))

    def send(number):
        if number == 25:
            organizers_close(FIRST, -2)
        try:
            fields = {
                "language": "sw",
                "sharing": "unnamed",
                "people": "1",
                "agree": "yes",
                "complete": "yes",
                "needs": f"Maneno {number}.",
                "submission": str(uuid4()),
            }
            page = Client().post("/en/respond/?send", fields, REMOTE_ADDR=f"10.1.{number}.1")
            return re.match(r"/en/my-(response|draft)/", page.url)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        became = list(people.map(send, range(50)))

    stored = [answer for (answer,) in Response.objects.values_list("answers__text")]
    drafts = [draft.typed["needs"] for draft in Draft.objects.all()]
    assert sorted(stored + drafts) == sorted(f"Maneno {number}." for number in range(50))
    assert (len(stored), len(drafts)) == (became.count("response"), became.count("draft"))
    assert drafts


@pytest.mark.django_db
def test_words_to_a_question_that_is_not_asked_are_sent_only_where_their_author_moves_them(client, clock):
    change_current(opens_on=FIRST, closes_on=FIRST)
    Conversation.objects.current().questions.set(Question.objects.filter(slug="meaning"))
    fields = {"language": "sw", "people": "1", "agree": "yes", "complete": "yes", "sharing": "unnamed"}
    fields["submission"] = str(uuid4())

    both = client.post("/en/respond/?send", fields | {"meaning": "Watu.", "needs": "Mtandao."})
    assert both.context["form"].errors.keys() == {"needs"}
    assert "Mtandao." in read(both)
    only = client.post("/en/respond/?send", fields | {"needs": "Mtandao."})
    assert only.context["form"].errors.keys() == {"needs", "__all__"}
    client.post("/en/respond/?send", fields | {"meaning": "Watu. Mtandao.", "needs": ""})

    assert [*Response.objects.values_list("answers__text", flat=True)] == ["Watu. Mtandao."]


@pytest.mark.django_db
def test_an_answer_stays_even_if_its_question_is_asked_no_more(client, clock):
    change_current(opens_on=FIRST)
    response = Response.objects.submit(
        "a" * 26,
        {question: f"Maneno ya {question.slug}." for question in Question.objects.all()},
        conversation=Conversation.objects.current(),
        language="sw",
    )
    # As when an organizer takes a question out while somebody is sending an answer to it.
    response.conversation.questions.set(Question.objects.filter(slug="meaning"))
    edit = f"/en/my-response/{'a' * 26}/edit/"

    form = client.get(edit).context["form"]
    assert [question.slug for question in form.questions] == SLUGS
    typed = {slug: f"Sasa {slug}." for slug in SLUGS}
    client.post(edit, typed | {"language": "sw", "complete": "yes", "seen": response.fingerprint})

    assert {*response.answers.values_list("text", flat=True)} == set(typed.values())
