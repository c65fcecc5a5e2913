"""A reviewer who opens a response to review it keeps it for a while; the next reviewer gets another one."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from responses.models import Recusal, Response, ReviewReservation
from tests.factories import make_user, submit

pytestmark = pytest.mark.django_db

taking = ReviewReservation.objects


@pytest.fixture
def users():
    return make_user("one", "Reviewer", is_staff=True), make_user("two", "Reviewer", is_staff=True)


@pytest.fixture
def three():
    return [submit(on=date(2026, 1, day)) for day in (1, 2, 3)]


def waiting():
    return Response.objects.awaiting_review().oldest_first()


def test_each_reviewer_gets_another_response(users, three):
    one, two = users

    taken = [taking.take_first(waiting(), each) for each in (one, two)]

    assert taken == three[:2]
    # Whoever comes again gets their own again.
    assert taking.take_first(waiting(), one) == three[0]


def test_when_others_read_all_of_them_there_is_none(users, three):
    one, two = users
    for each in three:
        taking.take(each, one)

    assert taking.take_first(waiting(), two) is None
    assert taking.take(three[0], two) is None
    assert set(taking.values_list("response", "user")) == {(each.pk, one.pk) for each in three}


def test_a_reservation_that_is_over_is_free_and_housekeeping_deletes_it(users, three):
    one, two = users
    taking.take(three[0], one)
    taking.take(three[1], one)
    taking.update(ends_at=timezone.now())

    assert taking.take_first(waiting(), two) == three[0]
    call_command("housekeeping", "--no-mail", verbosity=0)

    assert [(each.response, each.user) for each in taking.all()] == [(three[0], two)]


@pytest.mark.parametrize("gone", ["deleted", "inactive"])
def test_what_somebody_reserved_whose_account_is_gone_is_free(users, three, gone):
    one, two = users
    taking.take(three[0], one)
    if gone == "deleted":
        one.delete()
    else:
        type(one).objects.filter(pk=one.pk).update(is_active=False)

    assert taking.take_first(waiting(), two) == three[0]
    assert [each.user for each in taking.all()] == [two]


def test_taking_it_again_prolongs_it(users, three):
    one, _two = users
    taking.take(three[0], one)
    soon = timezone.now() + timedelta(minutes=1)
    taking.update(ends_at=soon)

    assert taking.take(three[0], one).ends_at > soon + timedelta(minutes=18)


def test_a_decision_and_a_withdrawal_free_it_and_so_does_putting_it_away(users, three):
    one, _two = users
    known = submit(on=date(2026, 1, 4))
    for each in (*three, known):
        taking.take(each, one)

    three[0].accept()
    three[1].decline("No.")
    three[2].withdraw()
    Recusal.objects.recuse(one, known)

    assert not taking.exists()


def test_an_edit_of_its_author_leaves_it(users, three):
    one, _two = users
    taking.take(three[0], one)

    three[0].edit({answer.question: "Better." for answer in three[0].answers.all()})

    assert [each.response for each in taking.all()] == [three[0]]
