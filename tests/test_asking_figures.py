"""Did we understand you? What may be told of the answers, and to whom."""

import pytest
from django.utils import timezone

from outcomes.asking_mail import send_askings
from outcomes.models import Asking, Merge, Problem
from outcomes.models.asked_words import as_json, parts_of
from outcomes.news import happenings, happenings_untold
from outcomes.statistics import understood, with_understood
from outcomes.waiting import waiting_for
from responses.models import Contact, Response
from tests.askings import an_hour_later, answer, ask, behind, close, figures, make_draft, told
from tests.factories import change_current, make_response, make_user

pytestmark = pytest.mark.django_db


def withdraw(response):
    response.withdraw()


def narrow(response):
    response.share(sharing="organizers")


def widen(response):
    """It is shared with readers again, and accepted."""
    response.share(sharing="unnamed")
    response.accept()


def test_nothing_is_told_while_it_is_open():
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    answer(asking, "yes", "yes", "yes", "no", "part")

    assert understood([asking]) == {}
    with_understood([problem])
    assert (problem.understood, problem.understood_words) == (None, [])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), (True, None, None)),
        (("yes", "no", "part", "yes"), (True, None, None)),
        (("yes",) * 5, (False, 5, None)),
        (("no",) * 6, (False, 6, None)),
        (("yes", "yes", "yes", "part", "no"), (False, 5, {"yes": 3, "part": 1, "no": 1})),
        (("yes", "yes", "yes", "yes", "no"), (False, 5, {"yes": 4, "part": 0, "no": 1})),
    ],
)
def test_of_few_answers_and_of_answers_that_are_all_alike_less_is_told(said, expected):
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    answer(asking, *said)

    assert figures(close(asking)) == expected


@pytest.mark.parametrize("leave", [withdraw, narrow])
@pytest.mark.parametrize("who", ["yes", "no", ""])
def test_whoever_leaves_afterwards_takes_all_figures_along_so_that_no_difference_tells_what_they_said(who, leave):
    problem = make_draft()
    behind(problem, 7)
    asking = ask(problem)
    answer(asking, "yes", "yes", "yes", "part", "no")
    close(asking)

    leave(asking.asked.filter(said=who).first().response)

    found = told(asking)
    assert (found.responses, found.answered, found.by_answer, found.mails) == (6, None, None, None)
    assert (found.is_few, found.tells_words) == (False, False)


def test_whoever_is_read_again_brings_the_same_figures_back():
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    answer(asking, "yes", "yes", "yes", "part", "no")
    close(asking)
    before = figures(asking)
    given = asking.asked.filter(said="no").get().response.answers.get()

    given.response.edit({given.question: "Maneno mengine."})
    meanwhile = figures(asking)
    given.response.accept()

    assert (meanwhile, figures(asking)) == ((False, None, None), before)


@pytest.mark.parametrize("leave", [withdraw, narrow])
def test_whoever_leaves_before_it_closes_is_in_no_figure_and_takes_none_along(leave):
    problem = make_draft()
    [first, *_others] = behind(problem, 7)
    asking = ask(problem)
    asking.asked.get(response=first).answer("no", "Maneno yangu.")
    leave(first)
    for row, said in zip(asking.asked.exclude(response=first), ("yes", "yes", "yes", "part", "no"), strict=False):
        row.answer(said)

    assert figures(close(asking)) == (False, 5, {"yes": 3, "part": 1, "no": 1})
    assert list(asking.asked.with_words()) == []


def test_whoever_leaves_before_it_closes_and_comes_back_afterwards_changes_no_figure():
    problem = make_draft()
    [first, *_others] = behind(problem, 7)
    asking = ask(problem)
    asking.asked.get(response=first).answer("no")
    for row, said in zip(asking.asked.exclude(response=first), ("yes", "yes", "yes", "part", "no"), strict=False):
        row.answer(said)
    narrow(first)
    before = figures(close(asking))

    widen(first)

    assert first.is_published
    assert figures(asking) == before == (False, 5, {"yes": 3, "part": 1, "no": 1})


def test_whoever_comes_back_before_it_closes_is_counted():
    problem = make_draft()
    [first, *_others] = behind(problem, 6)
    asking = ask(problem)
    narrow(first)
    answer(asking, "yes", "yes", "yes", "part", "no", "no")

    widen(first)

    assert figures(close(asking)) == (False, 6, {"yes": 3, "part": 1, "no": 2})


def test_nothing_is_told_before_all_that_was_sent_on_the_last_day_is_stored(clock):
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    answer(asking, "yes", "yes", "yes", "part", "no")
    Problem.objects.update(published_at=asking.ends_at)
    problem.refresh_from_db()

    clock("2026-03-25", hour=12)
    with_understood([problem])
    assert (asking.is_open, understood([asking]), problem.understood) == (False, {}, None)
    clock("2026-03-25", hour=13)
    with_understood([problem])

    assert problem.understood.answered == 5


def test_people_are_counted_as_everywhere_at_least_and_hidden_sizes_as_one():
    problem = make_draft()
    behind(problem, 1, sharing="affiliate", affiliate_name="Igbo Wikimedians", people=12)
    behind(problem, 1, people=30)

    found = told(close(ask(problem)))

    assert (found.responses, found.people) == (2, 13)


@pytest.mark.parametrize(("with_mail", "expected"), [(4, None), (5, 5), (7, 7), (8, None)])
def test_how_many_were_asked_by_mail_is_told_if_neither_kind_is_few(with_mail, expected):
    problem = make_draft()
    for number, response in enumerate(behind(problem, 12)):
        if number < with_mail:
            Contact.objects.leave(response, f"somebody{number}@example.org", "en")
    asking = ask(problem)
    an_hour_later(asking)

    assert send_askings() == with_mail

    assert told(close(asking)).mails == expected


def test_what_was_asked_is_published_with_what_was_answered_and_says_if_it_reads_otherwise_now():
    problem = make_draft()
    behind(problem, 5)
    asking = ask(problem)
    answer(asking, "yes", "yes", "yes", "part", "no")
    close(asking)
    problem.published_at = timezone.now()
    problem.store()

    with_understood([problem])
    assert (problem.understood.by_answer, problem.understood.asking.is_reworded) == (
        {"yes": 3, "part": 1, "no": 1},
        False,
    )
    problem.title_en = "Another title"
    problem.store()
    with_understood([problem])

    assert problem.understood.asking.is_reworded
    assert as_json(Asking.objects.get().parts) == as_json(asking.kept_parts)
    assert as_json(parts_of(problem)) != as_json(asking.kept_parts)


def test_a_response_that_is_deleted_takes_its_answer_along_and_hides_the_figures():
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    answer(asking, "yes", "yes", "yes", "part", "no")
    close(asking)

    asking.asked.filter(said="").first().delete()

    assert figures(asking) == (False, None, None)
    assert Response.objects.count() == 6
    assert make_response().pk


def test_what_was_answered_about_a_claim_that_was_merged_stays_its_authors_and_says_nothing_of_the_other():
    gone, into = make_draft("gone", title="Gone"), make_draft("into")
    behind(gone, 6)
    asking = ask(gone)
    answer(asking, "yes", "yes", "yes", "no", "part", "yes")
    close(asking)

    Merge.objects.merge(gone, into, by=None)

    kept, problem = Asking.objects.get(), Problem.objects.get()
    with_understood([problem])
    assert (problem.understood, kept.thing, kept.parts[0].worded) == (None, into, "Gone")
    assert sorted(kept.asked.values_list("said", flat=True)) == ["no", "part", "yes", "yes", "yes", "yes"]
    assert list(Asking.objects.all().to_act_on()) == []


def test_being_asked_and_that_it_was_published_is_told_on_the_page_and_the_second_by_mail_too():
    problem = make_draft()
    [response] = behind(problem)
    Contact.objects.leave(response, "me@example.org", "en")
    asking = close(ask(problem))
    problem.published_at = timezone.now()
    problem.store()

    shown = [(each.kind, each.day) for each in happenings(response) if each.kind in ("understood", "published")]

    assert shown == [("understood", asking.asked_on), ("published", timezone.localdate())]
    kinds = {each.kind for each in happenings_untold(Contact.objects.get())}
    assert "published" in kinds
    assert "understood" not in kinds


def test_what_has_closed_waits_until_it_is_published_reworded_or_asked_about_anew():
    change_current(results_by=None)
    organizer = make_user("organizer", "Organizer", is_staff=True)

    def waits():
        return [(each.kind, each.number) for each in waiting_for(organizer) if each.kind == "askings"]

    things = [make_draft(slug) for slug in ("published", "reworded", "anew", "left")]
    for each in things:
        behind(each)
    askings = [ask(each) for each in things]
    assert waits() == []
    for each in askings:
        close(each)
    assert waits() == [("askings", 4)]

    published, reworded, anew, _left = things
    published.published_at = timezone.now()
    published.store()
    reworded.title_en = "Another title"
    reworded.store()
    ask(anew)

    assert waits() == [("askings", 1)]
    assert list(Asking.objects.to_act_on()) == [askings[3]]
