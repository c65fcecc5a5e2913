"""What reviewers did, counted by month: nothing about a single response can be read from the numbers."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import ProtectedError

from responses.models import DeclineReason, ModerationTally, MonthlyNumber, Response
from responses.models.moderation import STEP, Moderated
from tests.factories import make_user, submit
from tests.races import overtake
from tests.test_mask import TEXT, mask

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 1)


@pytest.fixture
def by(clock):
    return make_user("reviewer", "Reviewer", is_staff=True)


def reason(slug="attacks-somebody"):
    return DeclineReason.objects.get(slug=slug)


def tallied():
    return sorted((each.kind, each.reason.slug if each.reason else "") for each in ModerationTally.objects.all())


def shown():
    """{(month, kind, reason): lowest number} of all that is not below the smallest that is shown."""
    return {
        (each.month, each.kind, each.reason.slug if each.reason else ""): each.at_least
        for each in MonthlyNumber.objects.exclude(at_least=0)
    }


def tally(kind, number, month=MARCH, **of):
    ModerationTally.objects.bulk_create(ModerationTally(kind=kind, month=month, **of) for _n in range(number))


# --- What is counted ------------------------------------------------------------------------------------------------


def test_each_deed_counts_once_with_its_month_and_nothing_of_the_response(by):
    accepted, declined, own_words, asked = [submit({"meaning": TEXT}) for _n in range(4)]
    accepted.accept(by=by)
    declined.decline("Line 2.", declined_for=reason(), by=by)
    own_words.decline("It names a child.", by=by)
    asked.ask("Who?", by=by)
    mask(accepted.answers.get(), "Juma", by=by)

    assert tallied() == [
        ("accepted", ""),
        ("asked", ""),
        ("declined", ""),
        ("declined", "attacks-somebody"),
        ("hidden", ""),
        *[("received", "")] * 4,
    ]
    assert {each.month for each in ModerationTally.objects.all()} == {MARCH}
    assert {field.name for field in ModerationTally._meta.get_fields()} == {"id", "month", "kind", "reason"}


def test_what_is_undone_counts_where_it_was_done_and_once_as_undone(by):
    response = submit({"meaning": TEXT})
    response.accept(by=by)
    response.undo(by=by)
    mask(response.answers.get(), "Juma", by=by).take_back(by=by)

    assert tallied() == [("accepted", ""), ("hidden", ""), ("received", ""), ("taken_back", ""), ("taken_back", "")]


@pytest.mark.parametrize("fields", [{"sharing": "organizers"}, {"is_sample": True}])
def test_what_is_for_the_organizers_only_and_what_is_a_sample_counts_nowhere(by, fields):
    response = submit({"meaning": TEXT}, **fields)
    response.accept(by=by)
    response.decline("No.", by=by)
    response.undo(by=by)
    mask(response.answers.get(), "Juma", by=by).take_back(by=by)

    assert tallied() == []


def test_what_is_refused_counts_nowhere(by):
    response = submit()
    response.accept(by=by)
    with pytest.raises(ValidationError):
        response.ask("Who?", by=by)

    assert tallied() == [("accepted", ""), ("received", "")]


def test_withdrawing_takes_nothing_out_of_a_month_that_is_not_over(by):
    response = submit()
    response.accept(by=by)

    response.withdraw()

    assert tallied() == [("accepted", ""), ("received", "")]


# --- Closing a month ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "at_least", "at_most"), [(0, 0, 4), (4, 0, 4), (5, 5, 9), (9, 5, 9), (10, 10, 14), (1_003, 1_000, 1_004)]
)
def test_a_number_is_kept_in_steps_of_five(number, at_least, at_most):
    tally("asked", number)
    tally("received", 1)

    MonthlyNumber.objects.close(date(2026, 4, 2))

    closed = MonthlyNumber.objects.get(kind="asked")
    assert (closed.month, closed.at_least, closed.at_most, closed.is_few) == (MARCH, at_least, at_most, number < STEP)
    assert not ModerationTally.objects.exists()


def test_a_month_has_all_numbers_whether_anything_happened_or_not():
    tally("accepted", 7)
    tally("declined", 6, reason=reason())
    reasons = {each.slug for each in DeclineReason.objects.all()}

    MonthlyNumber.objects.close(date(2026, 4, 2))

    rows = MonthlyNumber.objects.values_list("month", "kind", "reason__slug")
    kinds = {(MARCH, kind.value, None) for kind in Moderated}
    assert len(rows) == len(kinds) + len(reasons)
    assert set(rows) == kinds | {(MARCH, "declined", slug) for slug in reasons}
    assert shown() == {(MARCH, "accepted", ""): 5, (MARCH, "declined", "attacks-somebody"): 5}


@pytest.mark.parametrize(
    ("today", "closed"), [("2026-03-31", 0), ("2026-04-01", 0), ("2026-04-02", 1), ("2026-05-01", 1)]
)
def test_a_month_is_closed_on_the_second_day_of_the_next_one(today, closed):
    tally("accepted", 7)

    assert MonthlyNumber.objects.close(date.fromisoformat(today)) == closed
    assert ModerationTally.objects.count() == (0 if closed else 7)


def test_a_month_in_which_nothing_happened_is_closed_too_and_none_before_the_first():
    assert MonthlyNumber.objects.close(date(2026, 3, 2)) == 0
    tally("accepted", 7, date(2025, 11, 1))

    assert MonthlyNumber.objects.close(date(2026, 3, 2)) == 4

    months = sorted(set(MonthlyNumber.objects.values_list("month", flat=True)))
    assert months == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


def test_closing_again_changes_nothing():
    tally("accepted", 7)
    MonthlyNumber.objects.close(date(2026, 4, 2))
    before = list(MonthlyNumber.objects.order_by("pk").values())
    tally("accepted", 50)

    assert MonthlyNumber.objects.close(date(2026, 4, 20)) == 0
    assert list(MonthlyNumber.objects.order_by("pk").values()) == before
    assert not ModerationTally.objects.exists()


def test_withdrawing_and_deleting_later_do_not_change_a_month_that_is_over(by, clock):
    responses = [submit() for _n in range(6)]
    for each in responses:
        each.decline("No.", declined_for=reason(), by=by)
    clock("2026-04-02")
    call_command("housekeeping", "--no-mail")
    before = list(MonthlyNumber.objects.order_by("pk").values())

    for each in responses:
        each.withdraw()
    Response.objects.all().delete()
    by.delete()
    call_command("housekeeping", "--no-mail")

    assert list(MonthlyNumber.objects.order_by("pk").values()) == before
    assert shown() == {(MARCH, "received", ""): 5, (MARCH, "declined", "attacks-somebody"): 5}


def test_a_reason_that_stands_in_a_month_is_not_deleted():
    tally("declined", 6, reason=reason())
    MonthlyNumber.objects.close(date(2026, 4, 2))

    with pytest.raises(ProtectedError):
        reason().delete()


def test_a_reason_that_is_deleted_before_its_month_is_over_counts_as_another_reason():
    tally("declined", 6, reason=reason())
    reason().delete()

    MonthlyNumber.objects.close(date(2026, 4, 2))

    assert shown() == {(MARCH, "declined", ""): 5}


# --- Two who compare ------------------------------------------------------------------------------------------------


def every_deed(by):
    """One of each kind, about two responses."""
    response = submit({"meaning": TEXT})
    response.ask("Who?", by=by)
    response.reply("We.")
    mask(response.answers.get(), "Juma", by=by).take_back(by=by)
    Response.objects.get(pk=response.pk).accept(by=by)
    other = submit({"meaning": "Neno."})
    other.decline("No.", declined_for=reason(), by=by)
    other.undo(by=by)


def page(client):
    html = client.get("/en/how-we-review/numbers/").content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_while_a_month_runs_nothing_that_happens_in_it_can_be_seen(client, by, clock):
    tally("received", 5, date(2026, 2, 1))
    call_command("housekeeping", "--no-mail")
    before = page(client)

    for _n in range(3):
        every_deed(by)
    call_command("housekeeping", "--no-mail")

    assert page(client) == before
    clock("2026-04-01", hour=23)
    call_command("housekeeping", "--no-mail")
    assert page(client) == before


@pytest.mark.parametrize("happens", [False, True])
def test_when_it_is_over_a_single_deed_of_each_kind_cannot_be_told_from_none(client, by, clock, happens):
    tally("received", 5, date(2026, 2, 1))
    if happens:
        every_deed(by)

    clock("2026-04-02")
    call_command("housekeeping", "--no-mail")

    assert shown() == {(date(2026, 2, 1), "received", ""): 5}
    numbers = page(client)
    assert numbers.count("fewer than 5") == MonthlyNumber.objects.count() - 1
    assert "March 2026" in numbers


def test_no_number_is_a_sum_of_others():
    """There is one row a month for each kind and reason, and none for several."""
    tally("declined", 6)
    tally("declined", 3, reason=reason())
    MonthlyNumber.objects.close(date(2026, 4, 2))

    assert shown() == {(MARCH, "declined", ""): 5}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_that_close_a_month_at_once_close_it_once():
    tally("accepted", 7)
    today = date(2026, 4, 2)

    overtake(lambda: MonthlyNumber.objects.close(today), lambda: MonthlyNumber.objects.close(today))

    assert shown() == {(MARCH, "accepted", ""): 5}
    assert MonthlyNumber.objects.count() == len(Moderated) + DeclineReason.objects.count()
