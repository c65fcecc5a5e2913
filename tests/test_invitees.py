"""Who was invited to a conversation."""

from datetime import date

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, transaction

from responses.models import Conversation, Invitee, Region
from responses.models.invitee import Invited
from tests.factories import make_affiliate, make_conversation, make_user

pytestmark = pytest.mark.django_db

FIRST, LATER = date(2026, 3, 1), date(2026, 3, 9)


def test_whoever_is_invited_again_is_reminded_and_doing_it_twice_changes_nothing():
    conversation, user, affiliate = Conversation.objects.current(), make_user("me"), make_affiliate()
    region = Region.objects.get(slug="nwe")

    def invite(on):
        return Invitee.objects.invite(
            conversation, affiliates=[affiliate], regions=[region], languages=["sw", "sw"], by=user, on=on, note="Mail"
        )

    told = [invite(FIRST), invite(FIRST), invite(LATER), invite(LATER), invite(FIRST)]

    assert told == [Invited(3, 0, 0), Invited(0, 0, 3), Invited(0, 3, 0), Invited(0, 0, 3), Invited(0, 0, 3)]
    assert {(str(each), each.kind, each.invited_on, each.reminded_on, each.note) for each in Invitee.objects.all()} == {
        ("Wikimedia Testland", "affiliate", FIRST, LATER, "Mail"),
        (str(region), "region", FIRST, LATER, "Mail"),
        ("Kiswahili (Swahili)", "language", FIRST, LATER, "Mail"),
    }
    assert {each.invited_by for each in Invitee.objects.all()} == {user}
    logged = LogEntry.objects.filter(user=user, action_flag=CHANGE).values_list("object_id", "change_message")
    assert sorted(logged) == sorted((str(each.pk), "Reminded on 2026-03-09") for each in Invitee.objects.all())


def test_each_conversation_has_its_own():
    for conversation in (Conversation.objects.current(), make_conversation()):
        assert Invitee.objects.invite(conversation, languages=["sw"], by=None) == Invited(1, 0, 0)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "invitee_is_one_affiliate_region_or_language"),
        ({"language": "ha", "region": True}, "invitee_is_one_affiliate_region_or_language"),
        ({"affiliate": True, "region": True}, "invitee_is_one_affiliate_region_or_language"),
        ({"affiliate": True, "language": "ha"}, "invitee_is_one_affiliate_region_or_language"),
        ({"language": "ha", "reminded_on": FIRST}, "invitee_is_reminded_later"),
        ({"language": "sw"}, "one_invitation_a_language"),
        ({"affiliate": True}, "one_invitation_an_affiliate"),
        ({"region": True}, "one_invitation_a_region"),
    ],
)
def test_the_database_refuses_what_is_no_invitation_and_what_is_there_already(fields, name):
    affiliate, region, conversation = make_affiliate(), Region.objects.first(), Conversation.objects.current()
    Invitee.objects.invite(conversation, affiliates=[affiliate], regions=[region], languages=["sw"], by=None)
    rows = {"affiliate": affiliate, "region": region}
    fields = {key: rows[key] if value is True else value for key, value in fields.items()}

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Invitee.objects.create(conversation=conversation, invited_on=FIRST, **fields)

    # SQLite names the columns of a constraint in place of the constraint, unless it has a condition.
    said = str(refused.value)
    assert name in said or "UNIQUE constraint failed" in said and name.startswith("one_")


def test_deleting_the_affiliate_deletes_its_invitations_and_deleting_the_organizer_does_not():
    user, affiliate = make_user("me"), make_affiliate()
    Invitee.objects.invite(Conversation.objects.current(), affiliates=[affiliate], languages=["sw"], by=user)

    user.delete()
    affiliate.delete()

    assert list(Invitee.objects.values_list("language", "invited_by")) == [("sw", None)]
