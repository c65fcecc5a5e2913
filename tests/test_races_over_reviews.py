"""Two reviewers go on at the same moment, or one of them while others deal with the response."""

from datetime import date

from django.utils import timezone

from responses.models import Response, ReviewReservation
from tests.factories import make_user, submit
from tests.races import overtake, race

pytestmark = race


def go_on(user):
    def first():
        found = ReviewReservation.objects.take_first(Response.objects.awaiting_review().oldest_first(), user)
        return found and found.pk

    return first


def test_two_reviewers_who_go_on_at_once_get_different_responses():
    one, two = make_user("one"), make_user("two")
    first, second = submit(on=date(2026, 1, 1)), submit(on=date(2026, 1, 2))

    outcome = overtake(go_on(one), go_on(two))

    assert outcome == (first.pk, second.pk)
    assert set(ReviewReservation.objects.values_list("response", "user")) == {(first.pk, one.pk), (second.pk, two.pk)}


def test_the_last_one_goes_to_one_of_two():
    one, two, only = make_user("one"), make_user("two"), submit()

    outcome = overtake(go_on(one), go_on(two))

    assert outcome == (only.pk, None)


def test_one_that_has_become_free_goes_to_one_of_two():
    one, two, gone, only = make_user("one"), make_user("two"), make_user("gone"), submit()
    ReviewReservation.objects.create(response=only, user=gone, ends_at=timezone.now())

    outcome = overtake(go_on(one), go_on(two))

    assert outcome == (only.pk, None)
    assert [each.user for each in ReviewReservation.objects.all()] == [one]


def test_two_windows_of_one_reviewer_have_one_reservation():
    user, only = make_user("one"), submit()

    outcome = overtake(go_on(user), go_on(user))

    assert outcome == (only.pk, only.pk)
    assert ReviewReservation.objects.count() == 1


def test_a_response_that_its_author_withdraws_at_this_moment_keeps_no_reservation_that_counts():
    user, only = make_user("one"), submit()

    _before, after = overtake(lambda: Response.objects.get(pk=only.pk).withdraw(), go_on(user))

    assert after in (None, only.pk)
    assert Response.objects.get().status == "withdrawn"
    assert list(Response.objects.awaiting_review()) == []
