"""Declining very many with one command."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command

from responses.models import DeclineReason, Recusal, Response
from tests.factories import make_response, make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make_user("reviewer", "Reviewer", is_staff=True)


def run(filters="", reason="Advertising.", by="reviewer", **options):
    out = StringIO()
    call_command("decline_responses", filters, reason=reason, by=by, stdout=out, **options)
    return out.getvalue()


def declined():
    return set(Response.objects.filter(status="declined"))


def test_without_yes_it_says_how_many_and_changes_nothing(reviewer):
    submit(language="ha")
    submit()

    assert run("language=ha").startswith("1 responses would be declined, for this reason: Advertising.")
    assert declined() == set()


def test_it_declines_what_the_list_shows_and_writes_it_to_the_log(reviewer):
    one, two, other, known = submit(language="ha"), submit(language="ha"), submit(), submit(language="ha")
    Recusal.objects.recuse(reviewer, known)
    make_response(language="ha")

    said = run("?language=ha", yes=True)

    assert said.startswith("2 declined, for this reason: Advertising.\n0 left")
    assert declined() == {one, two}
    assert set(LogEntry.objects.values_list("user", "object_repr")) == {(reviewer.pk, each.code) for each in (one, two)}
    # Again: what was declined is not in the list any more.
    assert run("language=ha", yes=True).startswith("0 declined")
    assert set(Response.objects.awaiting_review()) == {other, known}


def test_what_is_not_in_the_list_any_more_when_its_turn_comes_is_left(reviewer, monkeypatch):
    first, accepted, changed = (submit(language="ha", on=date(2026, 3, day)) for day in (1, 2, 3))
    decline = Response.decline

    def meanwhile(response, *args, **options):
        Response.objects.get(pk=accepted.pk).accept()
        changed.edit({each.question: each.text for each in changed.answers.all()}, language="sw")
        decline(response, *args, **options)

    monkeypatch.setattr(Response, "decline", meanwhile)

    assert "1 declined" in run("language=ha", yes=True)
    assert declined() == {first}
    assert Response.objects.get(pk=accepted.pk).status == "accepted"


def test_a_standard_reason_is_named_by_its_slug(reviewer):
    DeclineReason.objects.all().delete()
    DeclineReason.objects.create(slug="advertising", title_en="Advertising", text_en="It is advertising.")
    submit()

    assert "for the standard reason advertising" in run(reason="advertising", yes=True)
    assert Response.objects.get().status == "declined"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"by": "nobody"}, "nobody is not a reviewer."),
        ({"by": "coder"}, "coder is not a reviewer."),
        ({"reason": " "}, "Say why"),
        ({"filters": "nonsense=1"}, "The list cannot be filtered like this"),
        ({"filters": "region__id__exact=x"}, "The list cannot be filtered like this"),
        # With a single conversation the list has no filter for it.
        ({"filters": "conversation__id__exact=999"}, "Without effect, leave it out: conversation__id__exact"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(reviewer, wrong, said):
    make_user("coder", "Coder", is_staff=True)
    submit()

    with pytest.raises(CommandError, match=said):
        run(**wrong, yes=True)

    assert declined() == set()
