"""Organizers and authors at the same moment: nobody is asked twice, and no answer to what was stopped is stored."""

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from outcomes.models import Asked, Asking, Problem, Quotation
from responses.models import Answer
from tests.askings import LIST, ask, behind, close, make_closed, make_draft, make_version, text_of
from tests.factories import make_evidence, make_response, make_user
from tests.races import overtake, race

pytestmark = race


def again(row):
    """The row as another page has read it."""
    return type(row).objects.get(pk=row.pk)


def test_two_organizers_who_ask_the_same_ask_once():
    problem = make_draft()
    behind(problem, 2)

    _asked, refusal = overtake(lambda: ask(problem), lambda: ask(again(problem)))

    assert refusal.startswith("Its authors are being asked about this already")
    assert (Asking.objects.count(), Asked.objects.count()) == (1, 2)


def test_two_organizers_who_ask_the_same_people_about_two_things_ask_them_about_one():
    problem, other = make_draft(), make_draft("other")
    [response] = behind(problem)
    make_evidence(response.answers.get(), problem=other)

    _asked, refusal = overtake(lambda: ask(problem), lambda: ask(other))

    assert refusal.startswith("All whose words stand behind this are being asked about something else")
    assert Asked.objects.count() == 1


def test_an_answer_is_not_stored_while_it_is_stopped():
    problem = make_draft()
    behind(problem)
    asking = ask(problem)
    row = again(asking.asked.get())

    _stopped, refusal = overtake(asking.stop, lambda: row.answer("no", "Hapana."))

    assert refusal.startswith("You are not asked about this any more.")
    assert not Asked.objects.exists()


def test_what_is_stopped_while_somebody_answers_leaves_no_answer():
    problem = make_draft()
    behind(problem)
    asking = ask(problem)

    overtake(lambda: asking.asked.get().answer("no", "Hapana."), again(asking).stop)

    assert (Asking.objects.count(), Asked.objects.count()) == (0, 0)


def test_whoever_withdraws_while_they_are_asked_is_not_asked():
    problem = make_draft()
    [gone, _other] = behind(problem, 2)

    overtake(gone.withdraw, lambda: ask(problem))

    assert not Asked.objects.filter(response=gone).exists()
    assert Asking.objects.get().number_counted == Asked.objects.count() == 1


def test_whoever_withdraws_right_after_they_were_asked_is_not_asked_any_more():
    problem = make_draft()
    [gone, _other] = behind(problem, 2)

    overtake(lambda: ask(problem), again(gone).withdraw)

    assert not Asked.objects.filter(response=gone).exists()
    assert Asking.objects.get().number_counted == Asked.objects.count() == 1


def test_two_who_leave_at_the_same_moment_are_both_in_no_figure():
    problem = make_draft()
    [first, second, _third] = behind(problem, 3)
    asking = ask(problem)

    overtake(again(first).withdraw, lambda: again(second).share(sharing="organizers"))

    found = again(asking)
    assert (found.number, found.left, list(asking.asked.values_list("has_left", flat=True).order_by("has_left"))) == (
        3,
        2,
        [False, True],
    )


@pytest.mark.parametrize("leaves_first", [True, False])
def test_own_words_are_not_let_be_shown_when_somebody_who_was_asked_leaves_at_that_moment(leaves_first):
    asking = make_closed()
    row = asking.asked.get(own_words__startswith="Maneno")
    leaver = asking.asked.filter(own_words="").first().response
    client = Client()
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    def show():
        page = client.post(f"{LIST}{asking.pk}/change/", {"words": row.pk, "action": "show"}, follow=True)
        return "These words cannot be shown any more." not in text_of(page)

    pair = [leaver.withdraw, show]
    outcomes = overtake(*(pair if leaves_first else reversed(pair)))

    is_shown = not leaves_first
    assert outcomes[leaves_first] is is_shown
    assert again(row).is_shown is is_shown


@pytest.mark.parametrize("asks_first", [True, False])
def test_what_is_asked_about_is_not_published_or_reworded_at_the_same_moment(asks_first):
    problem = make_draft()
    behind(problem)
    other = again(problem)
    other.title_en, other.published_at = "Another title", timezone.now() - timedelta(minutes=1)
    pair = [lambda: ask(problem), other.store]

    _first, refusal = overtake(*(pair if asks_first else reversed(pair)))

    assert refusal.startswith("Until" if asks_first else "This is published")
    assert (Asking.objects.count(), Problem.objects.get().title_en) == (
        (1, "Closed doors") if asks_first else (0, "Another title")
    )


def test_whoever_withdraws_while_they_answer_in_another_window_gets_their_words_back():
    problem = make_draft()
    [response] = behind(problem)
    address = f"/en/my-response/{response.key}/asked/{ask(problem).pk}/"
    typed = {"action": "no", "own_words": "Maneno yangu.", "complete": "yes"}

    _withdrawn, page = overtake(again(response).withdraw, lambda: Client().post(address, typed))

    assert page.status_code == 409
    assert "Maneno yangu." in html.unescape(page.content.decode())
    assert not Asked.objects.exists()


def test_what_somebody_writes_while_words_are_hidden_in_another_response_is_not_overwritten():
    problem = make_draft()
    first, second = (make_response({"meaning": f"Mwalimu Juma ana nafasi, {n}."}) for n in range(2))
    for each in (first, second):
        make_evidence(each.answers.get(), problem=problem)
    asking = ask(problem)
    asking.asked.get(response=second).answer("yes", "Juma.")
    row, given = asking.asked.get(response=second), first.answers.get()

    overtake(
        lambda: given.mask(8, 12, "A name.", by=None, seen=given.fingerprint),
        lambda: row.answer("no", "Maneno mengine."),
    )

    stored = Asked.objects.get(response=second)
    assert (stored.said, stored.own_words, stored.authors_words) == ("no", "Maneno mengine.", "Maneno mengine.")


def two_who_wrote_the_same():
    """Two authors who are asked the same and write "Juma", in the order of their keys; and what hides it in one."""
    problem = make_draft()
    made = [make_response({"meaning": f"Mwalimu Juma ana nafasi, {n}."}) for n in range(2)]
    responses = sorted(made, key=lambda each: each.pk)
    for each in responses:
        make_evidence(each.answers.get(), problem=problem)
    asking = ask(problem)
    for each in asking.asked.all():
        each.answer("yes", "Juma.")

    def hide(response):
        given = response.answers.get()
        return bool(given.mask(8, 12, "A name.", by=None, seen=given.fingerprint))

    return asking, responses, hide


def test_the_same_words_are_hidden_in_two_responses_at_the_same_moment():
    _asking, [first, second], hide = two_who_wrote_the_same()

    overtake(first.lock, lambda: hide(second), then=lambda: hide(first))

    assert set(Asked.objects.values_list("own_words", flat=True)) == {"████."}
    assert set(Answer.objects.values_list("text", flat=True)) == {f"Mwalimu ████ ana nafasi, {n}." for n in range(2)}


def test_words_are_hidden_while_the_same_people_are_asked_about_something_else():
    asking, [first, second], hide = two_who_wrote_the_same()
    close(asking)
    other = make_draft("other")
    for each in (first, second):
        make_evidence(each.answers.get(), problem=other)

    overtake(first.lock, lambda: hide(second), then=lambda: ask(other))

    assert set(asking.asked.values_list("own_words", flat=True)) == {"████."}
    assert Asking.objects.about(other).get().number == 2


@pytest.mark.parametrize("answers_first", [True, False])
def test_an_answer_is_to_the_words_that_its_author_saw(answers_first):
    problem = make_draft()
    behind(problem)
    row, other = ask(problem).asked.get(), again(problem)
    seen = row.asking.fingerprint
    other.title_en, other.title_sv = "Closed doors", "Stängda dörrar"

    def reword():
        with override("sv"):
            other.store()

    def reply():
        with override("sv"):
            return again(row).answer("yes", seen=seen)

    pair = [reply, reword]
    _first, second = overtake(*(pair if answers_first else reversed(pair)))

    assert (second, Asked.objects.get().said) == (
        (None, "yes") if answers_first else ("This text has changed since you opened it. Read it again.", "")
    )


@pytest.mark.parametrize("agrees_first", [True, False])
def test_an_author_agrees_to_be_quoted_beside_the_words_that_they_saw(agrees_first):
    statement, clause = make_version()
    quotation = Quotation.objects.quote(clause, make_evidence(problem=make_draft("quoted")), by=None)
    seen = quotation.fingerprint
    reworded = again(clause)
    reworded.text_en = "Doors are shut."
    pair = [lambda: again(quotation).agree(seen=seen), reworded.store]

    _first, second = overtake(*(pair if agrees_first else reversed(pair)))

    # Either way, its author has their time once more.
    assert second == (True if agrees_first else "This text has changed since you opened it. Read it again.")
    assert not again(quotation).is_public
