"""Somebody puts a response away at the moment when others deal with it."""

import pytest

from responses.models import Recusal, Reservation, Response
from tests.factories import make_answer, make_response, make_user, submit
from tests.races import overtake, race

pytestmark = race


def again(row):
    """The row as another page has read it."""
    return type(row).objects.get(pk=row.pk)


def recuse(user, response):
    return lambda: Recusal.objects.recuse(user, again(response)).user_id


def test_putting_away_twice_at_once_is_one_row():
    user, response = make_user("one"), make_response()

    outcome = overtake(recuse(user, response), recuse(user, response))

    assert outcome == (user.pk, user.pk)
    assert Recusal.objects.count() == 1


def test_two_people_put_the_same_response_away():
    one, other, response = make_user("one"), make_user("other"), make_response()

    outcome = overtake(recuse(one, response), recuse(other, response))

    assert outcome == (one.pk, other.pk)
    assert set(Recusal.objects.values_list("user", flat=True)) == {one.pk, other.pk}


@pytest.mark.parametrize("recuses_first", [True, False])
def test_somebody_puts_away_what_another_reviewer_accepts(recuses_first):
    user, response = make_user("one"), submit()
    verbs = [recuse(user, response), again(response).accept]

    outcome = overtake(*(verbs if recuses_first else verbs[::-1]))

    assert set(outcome) == {user.pk, None}
    assert (Response.objects.get().status, Recusal.objects.count()) == ("accepted", 1)


def test_what_its_author_withdraws_at_this_moment_cannot_be_put_away():
    user, response = make_user("one"), make_response()

    before, after = overtake(again(response).withdraw, recuse(user, response))

    assert (before, after) == (None, "This cannot be done now: the response has changed since you opened it.")
    assert Recusal.objects.count() == 0


def test_a_translator_whose_author_withdraws_at_this_moment_gets_their_words_back_with_the_true_reason(client):
    answer = make_answer()
    client.force_login(make_user("translator", "Translator"))
    typed = {"text": "half a sentence", "confirmed": "yes"}

    def confirm():
        page = client.post(f"/en/answers/{answer.pk}/translate/ar/recuse/", typed)
        html = page.content.decode()
        return page.status_code, "half a sentence" in html, "put this response away" in html

    outcome = overtake(again(answer.response).withdraw, confirm)

    assert outcome == (None, (409, True, False))


def test_withdrawing_waits_for_whoever_puts_it_away_and_leaves_nothing():
    user, response = make_user("one"), make_response()

    outcome = overtake(recuse(user, response), again(response).withdraw)

    assert outcome == (user.pk, None)
    assert Recusal.objects.count() == 0


def test_a_reservation_that_is_taken_in_another_window_meanwhile_ends_within_a_day():
    user, answer = make_user("one"), make_answer()

    outcome = overtake(
        recuse(user, answer.response), lambda: Reservation.objects.take(again(answer), "ar", user).user_id
    )

    assert outcome == (user.pk, user.pk)
    assert (Recusal.objects.count(), Reservation.objects.standing().count()) == (1, 1)
