"""A conversation makes way at the very moment at which somebody does something in it: nothing of it is lost."""

from datetime import date

import pytest
from django.test import Client

from responses.models import Conversation, Draft, Gathering, Question, Region, Response
from tests.factories import change_current, make_conversation, make_gathering, make_user, submit
from tests.pages.test_conversation_desk import LIST, faults, typed
from tests.races import overtake, race

pytestmark = race


@pytest.fixture
def slip(clock):
    """A conversation that was made current by mistake."""
    change_current(closes_on=date(2026, 3, 1))
    slip = make_conversation("slip", opens_on=date(2026, 3, 10))
    slip.make_current()
    return slip


def keep_draft(slip):
    return Draft.objects.keep("a" * 26, {"meaning": "Watu."}, conversation=slip)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    ("rows", "deed"),
    [
        (Response, lambda slip: submit(conversation=slip)),
        (Draft, keep_draft),
        (Gathering, lambda slip: make_gathering(conversation=slip)),
    ],
)
def test_what_is_done_in_it_at_that_moment_is_stored_in_it(slip, rows, deed, is_first):
    other = make_conversation("other")
    both = [lambda: deed(slip), other.make_current]

    overtake(*(both if is_first else reversed(both)))

    assert rows.objects.get().conversation == slip
    assert Conversation.objects.current() == other


def test_words_that_are_taken_to_it_at_that_moment_can_be_taken_on(slip):
    draft = Draft.objects.keep("a" * 26, {"meaning": "Watu."}, conversation=make_conversation("before"))
    other = make_conversation("other")

    overtake(draft.move, other.make_current)

    draft = Draft.objects.get()
    assert (draft.conversation, draft.next_conversation) == (slip, other)


def test_of_two_organizers_at_once_the_second_finds_what_the_first_has_made_current(slip):
    first, second = make_conversation("first"), make_conversation("second")

    overtake(first.make_current, second.make_current)

    assert [*Conversation.objects.filter(is_current=True)] == [second]


@pytest.fixture
def organizers():
    """The browsers of two organizers."""
    found = []
    for name in ("first", "second"):
        found.append(Client())
        found[-1].force_login(make_user(name, "Organizer", is_staff=True))
    return found


def test_of_two_organizers_who_move_the_promise_at_once_the_second_reads_what_the_first_has_stored(clock, organizers):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    seen = organizers[0].get(f"{LIST}{conversation.pk}/change/").context["adminform"].form.initial["seen"]
    fields = {"closes_on": "2026-03-31", "title_en": "What?", "seen": seen}
    sent = typed(conversation, slug=conversation.slug, opens_on=conversation.opens_on, **fields)
    posts = [
        lambda client=client, day=day: client.post(
            f"{LIST}{conversation.pk}/change/", sent | {"results_by": day, "reason": f"By {day}."}
        )
        for client, day in zip(organizers, ("2026-06-01", "2026-07-01"), strict=True)
    ]

    stored, refused = overtake(*posts)

    assert stored.status_code == 302
    told = {"results_by": ["Stored now: 2026-06-01"], "reason": ["Stored now: By 2026-06-01."]}
    assert {name: faults(refused)[name] for name in told} == told
    assert "By 2026-07-01." in refused.content.decode()
    assert conversation.moved_promises.get().reason_en == "By 2026-06-01."


def test_of_two_organizers_who_add_the_same_at_once_the_second_reads_that_it_is_there(clock, organizers):
    posts = [lambda client=client: client.post(f"{LIST}add/", typed()) for client in organizers]

    stored, refused = overtake(*posts)

    assert stored.status_code == 302
    assert faults(refused) == {"slug": ["Conversation with this Slug already exists."]}
    assert Conversation.objects.filter(slug="autumn").count() == 1


def test_whoever_chooses_what_another_organizer_deletes_at_that_moment_reads_only_that_it_is_gone(organizers):
    region = Region.objects.create(slug="gone", position=99, name_en="Gone")
    typed = {"name": "Wikimedia Testland", "kind": "chapter", "region": region.pk, "is_active": "on"}

    _deleted, page = overtake(region.delete, lambda: organizers[0].post("/admin/responses/affiliate/add/", typed))

    assert [*faults(page)] == ["region"]
    assert [str(message) for message in page.context["messages"]] == []


def test_nobody_who_answers_waits_until_an_organizer_has_stored_a_text(organizers):
    question = Question.objects.get(slug="meaning")
    before, address = question.prompt_en, f"/admin/responses/question/{question.pk}/change/"
    form = organizers[0].get(address).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields} | {"prompt_en": "Worded anew?"}

    def send():
        submit()
        # What is stored already when the words have been sent.
        return Question.objects.get(slug="meaning").prompt_en

    stored, read = overtake(lambda: organizers[0].post(address, typed), send)

    assert (stored.status_code, read) == (302, before)
    question.refresh_from_db()
    assert question.prompt_en == "Worded anew?"


@pytest.mark.parametrize("bulk", [True, False])
def test_what_becomes_current_at_the_moment_at_which_it_is_deleted_stays(clock, organizers, bulk):
    change_current(closes_on=date(2026, 3, 1))
    other = make_conversation("other", opens_on=date(2026, 3, 10))
    bulk_deletion = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    address, sent = (LIST, bulk_deletion) if bulk else (f"{LIST}{other.pk}/delete/", {"post": "yes"})

    overtake(other.make_current, lambda: organizers[0].post(address, sent))

    assert Conversation.objects.current() == other


def test_of_two_who_delete_the_same_at_once_both_get_an_answer(organizers):
    other = make_conversation("other")
    posts = [lambda each=each: each.post(f"{LIST}{other.pk}/delete/", {"post": "yes"}) for each in organizers]

    pages = overtake(*posts)

    assert [page.status_code for page in pages] == [302, 302]
    assert not Conversation.objects.filter(pk=other.pk).exists()


def test_nobody_who_sends_waits_for_somebody_who_sends_a_draft():
    draft = Draft.objects.keep("a" * 26, {"meaning": "Watu."})
    stored = []

    def send():
        submit()
        stored.append(Draft.objects.exists())

    overtake(lambda: Draft.objects.discard("a" * 26, seen=draft.fingerprint), send)

    assert stored == [True]
    assert not Draft.objects.exists()
