"""A decision can be undone for an hour, unless its author has acted since; the last one first."""

from datetime import date

import pytest

from outcomes.news_mail import send_news
from responses.models import Answer, Contact, Decision, Inquiry, Response
from tests.factories import DAY, freeze, make_response, make_user, submit
from tests.test_decisions import NOT_NOW, reason, refused, worded

pytestmark = pytest.mark.django_db

NOON = "2026-03-10T12:00Z"
TOO_LATE = "This cannot be undone: an hour has passed, or its author has changed it since."


@pytest.fixture
def by():
    return make_user("reviewer", "Reviewer", is_staff=True)


def state(response):
    return Response.objects.values(*Response.DECIDED, "submitted_on").get(pk=response.pk)


def with_address(response):
    Contact.objects.leave(response, "me@example.org", "en")
    return response


def waiting(by):
    return submit()


def asked(by):
    response = submit()
    response.ask("Who?", by=by)
    return response


def accepted(by):
    response = submit()
    response.accept(by=by, on=DAY)
    return response


def declined(by):
    response = submit()
    response.decline("Why?", declined_for=reason(), by=by, on=DAY)
    return response


ACCEPT = lambda row, by: row.accept(by=by)  # noqa: E731
DECLINE = lambda row, by: row.decline(declined_for=reason("sent-before"), by=by)  # noqa: E731
ASK = lambda row, by: row.ask("Where?", by=by)  # noqa: E731


@pytest.mark.parametrize(
    ("make", "decide"),
    [
        (waiting, ACCEPT),
        (waiting, DECLINE),
        (waiting, ASK),
        (asked, ACCEPT),
        (asked, DECLINE),
        (accepted, DECLINE),
        (declined, ACCEPT),
    ],
)
def test_undoing_puts_everything_back_as_it_was(monkeypatch, by, make, decide):
    freeze(monkeypatch, NOON)
    response = make(by)
    before, inquiries = state(response), list(Inquiry.objects.values("pk", "reply"))
    decisions = list(Decision.objects.values())
    decide(response, by)
    freeze(monkeypatch, "2026-03-10T12:59Z")

    response.undo()

    assert state(response) == before
    assert list(Inquiry.objects.values("pk", "reply")) == inquiries
    assert list(Answer.objects.values_list("accepted_on", flat=True)) == [before["accepted_on"]]
    assert list(Decision.objects.values()) == decisions


def test_what_was_accepted_is_hidden_at_once_when_that_is_undone(client, by):
    response = submit({"meaning": "Maneno yangu"})
    response.accept(by=by)
    assert client.get(f"/en/responses/{response.code}/").status_code == 200

    response.undo()

    assert list(Response.objects.published()) == []
    assert client.get(f"/en/responses/{response.code}/").status_code == 404
    assert "Maneno yangu" not in client.get("/en/responses/?q=maneno").content.decode()
    # Readers could see it for a while: that stays true.
    assert Response.objects.get().was_published


def test_after_an_hour_nothing_is_undone(monkeypatch, by):
    freeze(monkeypatch, NOON)
    response = submit()
    response.accept(by=by)
    freeze(monkeypatch, "2026-03-10T13:00Z")

    assert response.undoable_decision is None
    assert refused(response.undo) == TOO_LATE
    assert Response.objects.get().status == "accepted"


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.edit(worded("Anew.")),
        lambda row: row.share(sharing="organizers"),
        Response.withdraw,
    ],
)
def test_what_its_author_has_changed_since_is_not_undone(by, change):
    response = make_response(sharing="unnamed")
    response.decline("No.", by=by)
    response.accept(by=by)
    change(response)
    now = state(response)

    assert refused(response.undo) == TOO_LATE
    assert (state(response), Decision.objects.count()) == (now, 0)


def test_a_question_that_was_replied_to_is_not_taken_back(by):
    response = asked(by)
    response.reply("We.")

    assert refused(response.undo) == TOO_LATE
    assert Inquiry.objects.get().reply == "We."


def test_undoing_leads_back_to_the_earlier_decision_with_what_is_left_of_its_hour(monkeypatch, by):
    freeze(monkeypatch, NOON)
    response = with_address(submit(on=date(2026, 3, 10)))
    response.accept(by=by)
    freeze(monkeypatch, "2026-03-10T12:30Z")
    other = make_user("other")
    response.decline("No.", by=other)

    response.undo()

    left = response.undoable_decision
    assert (left.decided_by, left.undoable_until.isoformat()) == (by, "2026-03-10T13:00:00+00:00")
    assert (Response.objects.get().status, send_news()) == ("accepted", 0)
    response.undo()
    assert (Response.objects.get().status, response.undoable_decision) == ("submitted", None)
    assert refused(response.undo) == TOO_LATE


def test_a_decision_of_an_hour_ago_is_not_undone_with_a_later_one_and_its_mail_goes(monkeypatch, by):
    freeze(monkeypatch, NOON)
    response = with_address(submit(on=date(2026, 3, 10)))
    response.accept(by=by)
    freeze(monkeypatch, "2026-03-10T12:59Z")
    response.decline("No.", by=by)
    freeze(monkeypatch, "2026-03-10T13:01Z")

    response.undo()

    assert refused(response.undo) == TOO_LATE
    assert (Response.objects.get().status, send_news()) == ("accepted", 1)


def test_nobody_undoes_what_they_have_not_seen(by):
    response = submit()
    response.accept(by=by)
    seen = Response.objects.get().fingerprint
    response.decline("No.", by=make_user("other"))

    assert refused(response.undo, seen=seen) == NOT_NOW
    assert Response.objects.get().status == "declined"


def test_what_no_reviewer_decided_is_final():
    response = make_response()

    assert refused(response.undo) == TOO_LATE
    assert list(Decision.objects.all()) == []


def test_a_decline_is_not_put_back_for_a_reason_that_was_deleted_meanwhile(by):
    response = submit()
    response.decline(declined_for=reason(), by=by)
    response.accept(by=by)
    reason().delete()

    said = "This cannot be undone: the reason that it was declined for has been deleted."
    assert refused(response.undo) == said
    assert Response.objects.get().status == "accepted"


@pytest.mark.parametrize("word", ["declined", "2026-03-01"])
def test_hiding_words_that_look_like_a_status_or_a_day_hinders_no_undoing(by, word):
    response = submit({"meaning": f"Jana {word} hapa."})
    response.decline("No.", on=DAY)
    before = state(response)
    response.accept(by=by)
    response.answers.get().mask(5, 5 + len(word), "A name.", by=by, seen=response.answers.get().fingerprint)

    response.undo()

    assert state(response) == before


def test_a_decision_keeps_who_and_when_and_names_no_words(monkeypatch, by):
    freeze(monkeypatch, NOON)
    response = submit({"meaning": "Maneno yangu"})
    response.accept(by=by)

    decision = Decision.objects.get()
    assert (decision.decided_by, decision.decided_at.isoformat()) == (by, "2026-03-10T12:00:00+00:00")
    assert (str(decision), str(Inquiry(response=response, text="Who?"))) == (response.code, response.code)
