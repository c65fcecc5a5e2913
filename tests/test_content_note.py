"""What readers are told before they read: by the author, or because a reviewer asks for it. Nobody else says it."""

import itertools
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from responses.models import Question, Response, Version
from responses.models.content_note import ContentKind, in_order
from tests.factories import DAY, make_response, submit

pytestmark = pytest.mark.django_db

NOTE = {"content_kinds": "violence insults", "content_note": "Vita vya mtaani"}


def words(text="Kila mtu ana nafasi."):
    return {Question.objects.get(slug="meaning"): text}


def stored(response):
    return Response.objects.get(pk=response.pk).content


def test_kinds_are_kept_once_and_in_one_order():
    assert in_order(["insults", "violence", "insults", "war"]) == "violence insults"
    assert in_order([]) == ""


@pytest.mark.parametrize("field", ["content_kinds", "added_kinds"])
@pytest.mark.parametrize("rows", [Response, Version])
def test_the_database_knows_every_set_of_kinds_and_nothing_else(rows, field):
    response = submit()
    response.keep_version(on=DAY)
    sets = [
        " ".join(kinds) for n in range(len(ContentKind) + 1) for kinds in itertools.combinations(ContentKind.values, n)
    ]

    assert [rows.objects.update(**{field: kinds}) for kinds in sets] == [1] * 16
    for wrong in ("war", "insults violence", "violence violence", " ", "violence "):
        with pytest.raises(IntegrityError, match=f"{rows.__name__.lower()}_{field}_are_known"), transaction.atomic():
            rows.objects.update(**{field: wrong})


@pytest.mark.parametrize(
    ("told", "labels", "notes"),
    [
        ({}, [], []),
        (NOTE, ["violence", "insults that are quoted"], ["Vita vya mtaani"]),
        ({"added_kinds": "abuse", "added_note": "Jeraha"}, ["abuse"], ["Jeraha"]),
        (
            NOTE | {"added_kinds": "violence abuse"},
            ["violence", "abuse", "insults that are quoted"],
            [NOTE["content_note"]],
        ),
        # The same words from both are told once.
        (NOTE | {"added_note": "Vita vya mtaani"}, ["violence", "insults that are quoted"], ["Vita vya mtaani"]),
    ],
)
def test_readers_are_told_what_the_author_and_what_the_organizers_say(told, labels, notes):
    response = Response(**told)

    assert (response.kind_labels, response.notes, response.is_noted) == (labels, notes, bool(told))
    assert response.told_readers == " · ".join(labels + notes)


def test_kinds_are_named_in_the_language_of_the_page():
    with override("sv"):
        assert Response(content_kinds="violence").kind_labels == ["våld"]


def test_sending_the_same_again_stores_it_once_and_another_note_is_another_response():
    submission = uuid.uuid4()
    first = submit(submission=submission, **NOTE)

    assert submit(submission=submission, **NOTE) == first
    with pytest.raises(ValidationError, match="already sent"):
        submit(submission=submission, **NOTE | {"content_kinds": ""})
    assert stored(first) == NOTE | {"added_kinds": "", "added_note": ""}


@pytest.mark.parametrize("change", [{"content_kinds": ""}, {"content_note": ""}, {"content_kinds": "violence"}])
def test_a_change_of_the_note_is_read_again_and_the_earlier_one_is_kept(change):
    response = make_response(**NOTE)

    response.edit(words(), content=NOTE | change, seen=response.fingerprint)

    assert Response.objects.get().status == "submitted"
    assert list(Response.objects.published()) == []
    assert stored(response) == NOTE | change | {"added_kinds": "", "added_note": ""}
    assert response.versions.get().content == NOTE | {"added_kinds": "", "added_note": ""}


def test_the_same_note_once_more_changes_nothing():
    response = make_response(**NOTE)

    response.edit(words(), content=NOTE, seen=response.fingerprint)

    assert (Response.objects.get().status, response.versions.count()) == ("accepted", 0)


def test_a_page_without_the_fields_of_the_note_leaves_it_as_it_is():
    response = make_response(**NOTE)

    response.edit(words("Maneno mengine."), seen=response.fingerprint)

    assert stored(response) == NOTE | {"added_kinds": "", "added_note": ""}


@pytest.mark.parametrize("status", ["submitted", "accepted", "declined"])
def test_what_a_reviewer_asks_for_stands_there_at_once_and_the_authors_words_stay(status):
    response = submit(**NOTE)
    if status == "accepted":
        response.accept()
    elif status == "declined":
        response.decline("Advertising.")

    response.tell_readers("self-harm", "Kifo", seen=response.fingerprint)

    assert stored(response) == NOTE | {"added_kinds": "self-harm", "added_note": "Kifo"}
    assert Response.objects.get().status == status


def test_nobody_tells_readers_about_words_that_they_have_not_seen():
    response = make_response()
    seen = response.fingerprint
    Response.objects.get().edit(words("Maneno mengine."), seen=seen)

    with pytest.raises(ValidationError, match="has been changed since you opened it"):
        response.tell_readers("violence", "", seen=seen)
    assert stored(response)["added_kinds"] == ""


def test_nobody_accepts_a_response_whose_note_they_have_not_seen():
    for change in ({"content_kinds": "violence"}, {"content_note": "x"}, {"added_kinds": "abuse"}, {"added_note": "x"}):
        response = submit()
        seen = response.fingerprint
        Response.objects.filter(pk=response.pk).update(**change)

        with pytest.raises(ValidationError):
            Response.objects.get(pk=response.pk).accept(seen=seen)


def test_the_author_can_take_away_what_the_organizers_added_and_it_is_read_again():
    response = make_response(**NOTE)
    response.tell_readers("abuse", "Kifo")

    response.edit(words(), content=NOTE | {"added_kinds": "", "added_note": ""}, seen=response.fingerprint)

    assert stored(response) == NOTE | {"added_kinds": "", "added_note": ""}
    assert Response.objects.get().status == "submitted"
    # Whoever reads it again sees what was there.
    assert response.versions.get().content == NOTE | {"added_kinds": "abuse", "added_note": "Kifo"}


def test_an_edit_that_was_opened_before_the_organizers_added_something_keeps_what_they_added():
    response = make_response()
    seen = response.fingerprint
    Response.objects.get().tell_readers("abuse", "Kifo")

    Response.objects.get().edit(words("Maneno mengine."), content=NOTE, seen=seen)

    assert stored(response) == NOTE | {"added_kinds": "abuse", "added_note": "Kifo"}


def test_nobody_takes_away_a_note_of_the_organizers_that_they_have_not_read():
    response = make_response()
    response.tell_readers("abuse", "")
    seen = response.fingerprint
    Response.objects.get().tell_readers("abuse", "Kifo")

    with pytest.raises(ValidationError, match="has changed since you opened it"):
        Response.objects.get().edit(words(), content={"added_kinds": "", "added_note": ""}, seen=seen)
    assert stored(response)["added_note"] == "Kifo"


def test_withdrawing_leaves_nothing_of_it():
    response = make_response(**NOTE)
    response.tell_readers("abuse", "Kifo")
    response.edit(words("Maneno mengine."), content={"content_note": ""})

    response.withdraw()

    assert set(stored(response).values()) == {""}
    assert Version.objects.count() == 0
    with pytest.raises(ValidationError):
        response.tell_readers("abuse", "")


def test_the_note_is_no_detail_that_says_who_somebody_is():
    response = make_response(**NOTE)

    response.share(sharing="organizers")

    assert stored(response) == NOTE | {"added_kinds": "", "added_note": ""}
    assert not {"content_kinds", "content_note"} & response.details.keys()
