"""A reviewer tells readers something at the moment in which somebody else changes the response."""

from responses.models import Response
from tests.factories import make_response, submit
from tests.races import overtake, race
from tests.test_races_over_responses import CHANGED, NOT_NOW, again, worded

pytestmark = race


def test_nothing_is_told_about_a_response_that_its_author_withdraws():
    response = make_response(content_kinds="abuse")
    seen = response.fingerprint

    _done, refusal = overtake(
        again(response).withdraw, lambda: again(response).tell_readers("violence", "x", seen=seen)
    )

    assert refusal == CHANGED
    assert Response.objects.get().is_noted is False


def test_withdrawing_takes_along_what_was_told_a_moment_before():
    response = make_response()
    seen = response.fingerprint

    overtake(lambda: again(response).tell_readers("violence", "x", seen=seen), again(response).withdraw)

    assert (Response.objects.get().status, Response.objects.get().is_noted) == ("withdrawn", False)


def test_a_response_is_not_accepted_with_a_note_that_was_not_seen():
    response = submit()
    seen = response.fingerprint

    _done, refusal = overtake(
        lambda: again(response).tell_readers("violence", "", seen=seen), lambda: again(response).accept(seen=seen)
    )

    assert refusal == NOT_NOW
    assert (Response.objects.get().status, Response.objects.get().added_kinds) == ("submitted", "violence")


def test_what_author_and_organizers_tell_at_one_moment_stands_there_side_by_side():
    response = make_response()
    seen = response.fingerprint
    noted = {"content_kinds": "insults", "content_note": "Vita"}

    overtake(
        lambda: again(response).tell_readers("violence", "", seen=seen),
        lambda: again(response).edit(worded("Mpya."), content=noted, seen=seen),
    )

    assert Response.objects.get().content == noted | {"added_kinds": "violence", "added_note": ""}
    assert Response.objects.get().status == "submitted"


def test_of_two_reviewers_the_second_reads_first_what_the_other_has_told():
    response = make_response()
    seen = response.fingerprint

    _done, refusal = overtake(
        lambda: again(response).tell_readers("violence", "", seen=seen),
        lambda: again(response).tell_readers("abuse", "", seen=seen),
    )

    assert refusal == NOT_NOW
    assert Response.objects.get().added_kinds == "violence"
