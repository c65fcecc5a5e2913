"""Did we understand you? What authors answer, and in their own words."""

from datetime import date

import pytest

from outcomes.models import Asked, Asking
from responses.exchange.data_export import author_data
from tests.askings import ask, behind, close, make_draft, refusal
from tests.factories import make_answer, make_evidence

pytestmark = pytest.mark.django_db


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
    assert Asking.objects.get().number_counted == 0
