"""Two organizers note at the same moment who was invited."""

from datetime import date

from responses.exchange.affiliates_file import plan_affiliates, store_affiliates
from responses.exchange.roster_changes import Plan
from responses.models import Affiliate, Conversation, Invitee
from responses.models.invitee import Invited
from tests.factories import make_affiliate, submit
from tests.races import overtake, race

pytestmark = race


def test_two_who_invite_the_same_at_once_note_it_once_and_both_get_an_answer():
    conversation, affiliate = Conversation.objects.current(), make_affiliate()

    def invite():
        who = {"affiliates": [affiliate], "languages": ["sw"]}
        return Invitee.objects.invite(conversation, by=None, on=date(2026, 3, 1), **who)

    assert overtake(invite, invite) == (Invited(2, 0, 0), Invited(0, 0, 2))
    assert Invitee.objects.count() == 2


def test_of_two_files_at_once_the_second_is_shown_what_the_first_has_changed():
    make_affiliate(name="A", countries="SE")
    norway, denmark = b"name,countries\nA,NO\n", b"name,countries\nA,DK\n"
    seen = {data: plan_affiliates(data).fingerprint for data in (norway, denmark)}

    first, second = overtake(
        lambda: store_affiliates(norway, seen=seen[norway]), lambda: store_affiliates(denmark, seen=seen[denmark])
    )

    assert isinstance(first, Plan)
    assert "Somebody else has changed the roster since the file was read" in str(second)
    assert Affiliate.objects.get(name="A").countries == "NO"


def test_nobody_who_sends_a_response_waits_for_an_organizer():
    affiliate, conversation = make_affiliate(name="A"), Conversation.objects.current()
    data = b"name,countries\nA,NO\n"

    def organizer():
        Invitee.objects.invite(conversation, affiliates=[affiliate], by=None)
        store_affiliates(data, seen=plan_affiliates(data).fingerprint)

    _done, response = overtake(organizer, lambda: submit(affiliate=affiliate, conversation=conversation).affiliate.pk)

    # It had seen nothing of what the organizer was about to store: it did not wait.
    assert response == affiliate.pk
