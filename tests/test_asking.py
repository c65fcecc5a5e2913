"""Did we understand you? Who is asked, until when nothing changes, and what may be told of the answers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from outcomes.asking_mail import send_askings
from outcomes.models import Asked, Asking, Clause, Merge, Problem, Quotation, Statement
from outcomes.models.asked_words import as_json, parts_of
from outcomes.news import happenings, happenings_untold
from outcomes.statistics import understood, with_understood
from outcomes.waiting import waiting_for
from responses.exchange.data_export import author_data
from responses.models import Contact, Response, Subscription
from responses.models.mask import AuthorsText
from tests.factories import (
    change_current,
    make_answer,
    make_evidence,
    make_problem,
    make_response,
    make_solution,
    make_user,
)

NOBODY_LISTENS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 5},
    }
}

pytestmark = pytest.mark.django_db


def make_draft(slug="closed-doors", **fields):
    """A problem that is not published yet."""
    return make_problem(slug, published=False, **fields)


def behind(thing, number=1, **fields):
    """So many responses whose words stand behind a problem."""
    made = []
    for n in range(number):
        response = make_response({"meaning": f"Kila mtu ana nafasi, {n}."}, **fields)
        make_evidence(response.answers.get(), problem=thing)
        made.append(response)
    return made


def ask(thing, *, days=14, **how):
    return Asking.objects.ask(thing, closes_on=timezone.localdate() + timedelta(days=days), **how)


def close(asking, days=40):
    """As if it had been asked so many days ago, for two weeks."""
    asked_on = timezone.localdate() - timedelta(days=days)
    changed = {"asked_on": asked_on, "closes_on": asked_on + timedelta(days=14)}
    Asking.objects.filter(pk=asking.pk).update(asked_at=timezone.now() - timedelta(days=days), **changed)
    asking.refresh_from_db()
    return asking


def an_hour_later(asking):
    Asking.objects.filter(pk=asking.pk).update(asked_at=timezone.now() - timedelta(hours=2))


def answer(asking, *said):
    """The authors who are asked answer so, one after the other."""
    rows = list(asking.asked.order_by("pk"))
    for row, each in zip(rows, said, strict=False):
        row.answer(each)
    return rows


def told(asking):
    """Once it is published."""
    Problem.objects.filter(askings=asking).update(published_at=timezone.now())
    return understood([Asking.objects.get(pk=asking.pk)])[asking.pk]


def figures(asking):
    found = told(asking)
    return found.is_few, found.answered, found.by_answer


def refusal(work, *args, **options):
    with pytest.raises(ValidationError) as raised:
        work(*args, **options)
    return " ".join(raised.value.messages)


# --- Who is asked --------------------------------------------------------------------------------------------


def test_those_whose_published_words_stand_behind_a_problem_are_asked_whatever_they_say_to_it():
    problem = make_draft()
    asked = behind(problem, 2)
    against = make_answer("Hakuna nafasi.")
    make_evidence(against, problem=problem, stance="contradicts")
    behind(make_problem("other"))
    hidden = make_answer(sharing="organizers")
    make_evidence(hidden, problem=problem)
    sample = make_answer(is_sample=True)
    make_evidence(sample, problem=problem)
    waiting, lost = make_answer(), make_answer()
    for each in (waiting, lost):
        make_evidence(each, problem=problem)
        each.response.edit({each.question: "Maneno mengine."})
    lost.response.accept()

    asking = ask(problem)

    assert {each.response for each in asking.asked.all()} == {*asked, against.response}
    assert asking.number == 3


def test_a_solution_is_asked_about_too():
    solution, given = make_solution(published=False), make_answer()
    make_evidence(given, solution=solution)

    assert [each.response for each in ask(solution).asked.all()] == [given.response]


def make_statement(**fields):
    statement = Statement.objects.create(version="2030", title_en="Statement", announced_on=date(2030, 1, 1), **fields)
    clauses = [Clause.objects.create(statement=statement, position=n, text_en=f"Clause {n}.") for n in (1, 2)]
    return statement, *clauses


def test_behind_a_clause_stand_its_problems_and_quotations_and_behind_a_statement_all_its_clauses():
    statement, one, other = make_statement()
    problem, second = make_problem(), make_problem("second")
    one.problems.add(problem)
    other.problems.add(second)
    [marked], [elsewhere] = behind(problem), behind(second)
    quoted = make_answer()
    evidence = make_evidence(quoted, problem=make_problem("third"))
    Quotation.objects.quote(one, evidence, by=None)

    asked_of_clause = {each.response for each in ask(one).asked.all()}
    Asking.objects.get().stop()

    assert asked_of_clause == {marked, quoted.response}
    assert {each.response for each in ask(statement).asked.all()} == {marked, quoted.response, elsewhere}


def test_nobody_is_asked_about_two_things_at_once():
    problem, other = make_draft(), make_draft("other")
    [busy, free] = behind(problem, 2)
    first = ask(problem)
    make_evidence(busy.answers.get(), problem=other)
    [new] = behind(other)
    assert Asking.objects.prospect(other).busy == 1

    second = ask(other)

    assert [each.response for each in second.asked.all()] == [new]
    assert (first.leaves_out, second.leaves_out) == (False, True)
    close(first)
    assert Asking.objects.prospect(other).busy == 1
    assert free not in {each.response for each in second.asked.all()}


def test_asking_nobody_is_refused():
    problem, other = make_draft(), make_draft("other")
    [busy] = behind(problem)
    make_evidence(busy.answers.get(), problem=other)

    assert refusal(ask, make_draft("nobody")).startswith("No published answer stands behind this yet")
    ask(problem)
    assert refusal(ask, other).startswith("All whose words stand behind this are being asked")
    assert Asking.objects.count() == 1


def test_a_thing_is_asked_about_once_at_a_time():
    problem = make_draft()
    behind(problem)
    first = ask(problem)

    assert refusal(ask, problem).startswith("Its authors are being asked about this already")
    close(first)
    ask(problem)
    assert Asking.objects.about(problem).count() == 2


def test_what_is_published_or_will_be_before_they_can_answer_is_not_asked_about():
    published, soon = make_problem(), make_draft("soon")
    Problem.objects.filter(pk=soon.pk).update(published_at=timezone.now() + timedelta(days=10))
    later = make_draft("later")
    Problem.objects.filter(pk=later.pk).update(published_at=timezone.now() + timedelta(days=20))
    for each in (published, soon, later):
        behind(each)

    assert refusal(ask, published) == refusal(ask, soon)
    assert ask(later).number == 1


@pytest.mark.parametrize("days", [13, 91, 10_000, -1])
def test_people_have_two_weeks_at_least_and_not_for_ever(days):
    problem = make_draft()
    behind(problem)

    assert refusal(ask, problem, days=days).startswith("Choose a last day from")
    assert not Asking.objects.exists()


def test_the_database_refuses_less_than_two_weeks_and_things_that_are_none_or_two():
    problem, solution = make_draft(), make_solution(published=False)
    fields = {"words": [], "number": 1, "asked_on": date(2026, 3, 1)}
    refused = [
        {"problem": problem, "closes_on": date(2026, 3, 14)},
        {"closes_on": date(2026, 4, 1)},
        {"problem": problem, "solution": solution, "closes_on": date(2026, 4, 1)},
    ]

    for each in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            Asking.objects.create(**fields | each)

    Asking.objects.create(problem=problem, closes_on=date(2026, 3, 15), **fields)


# --- Until it closes -----------------------------------------------------------------------------------------


def test_a_day_ends_when_it_has_ended_everywhere_on_earth(clock):
    problem = make_draft()
    behind(problem)
    asking = ask(problem)
    assert asking.closes_on == date(2026, 3, 24)

    clock("2026-03-25", hour=11)
    assert (asking.is_open, list(Asking.objects.open())) == (True, [asking])
    clock("2026-03-25", hour=12)
    assert (asking.is_open, list(Asking.objects.closed())) == (False, [asking])
    assert asking.ends_at == datetime(2026, 3, 25, 12, tzinfo=UTC)


def test_what_is_asked_about_is_neither_reworded_nor_published_before_it_has_closed():
    problem = make_draft()
    behind(problem)
    asking = ask(problem)

    problem.title_sv, problem.use_when_en = "Stängda dörrar", "For coders."
    problem.store()
    problem.description_en = "Another meaning."
    assert "stop the asking" in refusal(problem.store)
    problem.refresh_from_db()
    problem.published_at = asking.ends_at - timedelta(seconds=1)
    assert "It can be published when that day has ended everywhere" in refusal(problem.store)
    problem.published_at = asking.ends_at
    problem.store()

    assert Problem.objects.get().published_at == asking.ends_at


def test_a_statement_is_not_published_while_it_or_one_of_its_clauses_is_asked_about():
    statement, one, other = make_statement()
    problem = make_problem()
    one.problems.add(problem)
    behind(problem)
    asking = ask(one)

    assert "can be published when" in refusal(Asking.objects.check_publishable, statement, timezone.now())
    assert "stop the asking" in refusal(Asking.objects.check_deletable, one)
    one.text_en = "Another clause."
    assert "stop the asking" in refusal(Asking.objects.check_stored, one)
    other.text_en = "Another clause."
    Asking.objects.check_stored(other)
    Asking.objects.check_publishable(statement, asking.ends_at)
    asking.stop()
    Asking.objects.check_publishable(statement, timezone.now())


def test_while_a_statement_is_asked_about_no_clause_is_added_changed_or_deleted():
    statement, one, _other = make_statement()
    problem = make_problem()
    one.problems.add(problem)
    behind(problem)
    ask(statement)
    Asking.objects.check_stored(one)
    Asking.objects.check_stored(statement)

    assert "stop the asking" in refusal(Asking.objects.check_deletable, one)
    one.text_en = "Another clause."
    assert "stop the asking" in refusal(Asking.objects.check_stored, one)
    added = Clause(statement=statement, position=3, text_en="One more.")
    assert "stop the asking" in refusal(Asking.objects.check_stored, added)
    statement.title_en = "Another title"
    assert "stop the asking" in refusal(Asking.objects.check_stored, statement)


def test_what_is_stopped_leaves_no_answer_and_can_be_changed():
    problem = make_draft()
    [response] = behind(problem)
    asking = ask(problem)
    [row] = answer(asking, "no")
    row.own_words = "█ yangu"
    row.save()
    AuthorsText.objects.create(response=response, place=f"outcomes_asked.{row.pk}.own_words", text="siri yangu")

    asking.stop()

    assert not Asked.objects.exists()
    assert not AuthorsText.objects.exists()
    problem.title_en = "Another title"
    problem.store()
    assert [each.kind for each in happenings(response) if each.kind == "understood"] == []


def test_what_has_closed_is_not_stopped():
    problem = make_draft()
    behind(problem)
    asking = close(ask(problem))

    assert refusal(asking.stop).startswith("This has closed meanwhile")
    assert Asked.objects.count() == 1


# --- Answers -------------------------------------------------------------------------------------------------


def test_an_author_answers_changes_it_and_takes_it_back():
    problem = make_draft()
    behind(problem)
    row = ask(problem).asked.get()

    row.answer("part", "Si hivyo tu.", may_be_public=True, on=date(2026, 3, 2))
    row.answer("no", "", may_be_public=True, on=date(2026, 3, 3))
    stored = Asked.objects.get()
    assert (stored.said, stored.own_words, stored.may_be_public) == ("no", "", False)
    assert stored.answered_on == date(2026, 3, 3)
    row.take_back()

    assert not Asked.objects.answered().exists()


def test_nobody_answers_what_was_stopped_or_has_closed():
    problem = make_draft()
    behind(problem)
    asking = ask(problem)
    row = asking.asked.get()

    close(asking)
    assert refusal(row.answer, "yes").startswith("The last day to answer is over.")
    assert refusal(row.take_back).startswith("The last day to answer is over.")
    Asking.objects.all().delete()
    assert refusal(row.answer, "yes").startswith("You are not asked about this any more.")


def test_own_words_do_not_bring_back_what_organizers_hide_and_are_hidden_with_it():
    given = make_answer("Mwalimu Juma ana nafasi.")
    problem = make_draft()
    make_evidence(given, problem=problem)
    row = ask(problem).asked.get()
    row.answer("yes", "Namaanisha Juma.")

    given.mask(8, 12, "A name.", by=None, seen=given.fingerprint)

    row = Asked.objects.get()
    assert (row.own_words, row.authors_words) == ("Namaanisha ████.", "Namaanisha Juma.")
    assert "Juma" in refusal(row.answer, "yes", "Juma!")


def test_what_an_author_answers_is_in_their_download_and_goes_when_they_withdraw():
    problem = make_draft()
    [response] = behind(problem)
    asking = ask(problem)
    asking.asked.get().answer("part", "Si hivyo tu.", may_be_public=True)

    [found] = author_data(response)["did_we_understand_you"]
    assert (found["answer"], found["own_words"], found["may_be_public"]) == ("part", "Si hivyo tu.", True)
    assert found["what_was_asked"] == [{"en": "Closed doors"}]

    response.withdraw()

    assert not Asked.objects.exists()
    assert Asking.objects.get().number == 0


# --- What may be told ----------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("who", ["yes", "no", ""])
def test_whoever_leaves_afterwards_takes_all_figures_along_so_that_no_difference_tells_what_they_said(who):
    problem = make_draft()
    behind(problem, 7)
    asking = ask(problem)
    answer(asking, "yes", "yes", "yes", "part", "no")
    close(asking)

    asking.asked.filter(said=who).first().response.withdraw()

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


def test_whoever_leaves_before_it_closes_is_in_no_figure_and_takes_none_along():
    problem = make_draft()
    [first, *_others] = behind(problem, 7)
    asking = ask(problem)
    asking.asked.get(response=first).answer("no")
    first.withdraw()
    answer(asking, "yes", "yes", "yes", "part", "no")

    assert figures(close(asking)) == (False, 5, {"yes": 3, "part": 1, "no": 1})


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


# --- Mails and news ------------------------------------------------------------------------------------------


def test_mails_go_out_after_an_hour_once_a_month_and_address_and_have_no_words_of_people(clock):
    problem = make_draft(description_en="The doors are closed.")
    [response, other] = behind(problem, 2)
    for each in (response, other):
        Contact.objects.leave(each, "Me@example.org", "en")
    ask(problem)

    assert send_askings() == 0
    clock("2026-03-10", hour=14)
    assert [send_askings(), send_askings()] == [1, 0]

    [sent] = mail.outbox
    assert sent.to == ["Me@example.org"]
    assert "The doors are closed." in sent.body
    assert ("nafasi" in sent.body, "my-response" in sent.body) == (False, False)
    assert response.code in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert {each.mailed_on for each in Asked.objects.all()} == {date(2026, 3, 10)}


def test_somebody_who_is_asked_again_within_a_month_is_not_written_to_even_if_it_was_stopped(clock):
    problem = make_draft()
    [response] = behind(problem)
    Contact.objects.leave(response, "me@example.org", "en")
    first = ask(problem)
    clock("2026-03-11")
    assert send_askings() == 1
    first.stop()

    clock("2026-03-20")
    ask(problem, days=30)
    clock("2026-04-09")
    assert send_askings() == 0
    clock("2026-04-10")
    assert send_askings() == 1


def test_whoever_has_answered_has_left_no_address_or_had_a_mail_today_is_not_written_to(clock):
    problem = make_draft()
    answered, _without, today, waiting = behind(problem, 4)
    for number, each in enumerate((answered, today, waiting)):
        Contact.objects.leave(each, f"m{number}@example.org", "en")
    Contact.objects.filter(response=today).update(tried_on=date(2026, 3, 11))
    Subscription.objects.create(
        conversation=waiting.conversation,
        email="m2@example.org",
        folded="m2@example.org",
        delete_on=date(2027, 1, 1),
        tried_on=date(2026, 3, 11),
    )
    asking = ask(problem)
    asking.asked.get(response=answered).answer("yes")

    clock("2026-03-11")
    assert send_askings() == 0
    clock("2026-03-12")
    assert send_askings() == 2
    assert {each.to[0] for each in mail.outbox} == {"m1@example.org", "m2@example.org"}


def test_a_mail_that_could_not_be_sent_is_tried_again(clock):
    problem = make_draft()
    [response] = behind(problem)
    Contact.objects.leave(response, "me@example.org", "en")
    ask(problem)
    clock("2026-03-11")

    with override_settings(MAILERS=NOBODY_LISTENS):
        assert send_askings() == 0

    assert send_askings() == 1


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


# --- What waits ----------------------------------------------------------------------------------------------


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


def make_version(version="2026"):
    statement = Statement.objects.create(version=version, title_en="Stated", announced_on=date(2026, 1, 1))
    clause = statement.clauses.create(position=1, text_en="Doors are closed.")
    clause.problems.add(make_draft())
    return statement, clause


@pytest.mark.parametrize("part", [0, 1])
def test_a_version_is_not_published_while_authors_are_asked_about_it_or_about_a_clause(part):
    asked = make_version()
    behind(asked[1].problems.get())
    ask(asked[part])

    with pytest.raises(ValidationError, match="authors are asked about this"):
        asked[0].publish()

    assert Statement.objects.get().published_at is None


@pytest.mark.parametrize("part", [0, 1])
def test_a_clause_that_authors_are_asked_about_is_not_reworded_by_the_model(part):
    asked = make_version()
    behind(asked[1].problems.get())
    ask(asked[part])
    clause = Clause.objects.get()
    clause.text_en = "Doors are shut."

    with pytest.raises(ValidationError, match="stop the asking"):
        clause.store()

    assert Clause.objects.get().text_en == "Doors are closed."


def test_a_clause_is_not_added_while_authors_are_asked_about_the_version():
    statement, clause = make_version()
    behind(clause.problems.get())
    ask(statement)

    with pytest.raises(ValidationError, match="stop the asking"):
        Clause(statement=statement, position=2, text_en="One more.").store()


def test_a_claim_is_not_merged_away_while_its_authors_are_asked():
    gone, into = make_draft("gone"), make_draft("into")
    behind(gone)
    ask(gone)

    with pytest.raises(ValidationError, match="stop the asking"):
        Merge.objects.merge(gone, into, by=None)

    assert Problem.objects.count() == 2


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
