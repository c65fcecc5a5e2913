"""What is flagged in a response: when it is found, when it is open again, and what it stops."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from responses.languages.likeness import BANDS
from responses.models import Flag, LikenessBand, Question, Response
from tests.factories import DAY, make_response, make_user, submit
from tests.test_likeness import LONG

pytestmark = pytest.mark.django_db

TEXT = LONG["en"]
ELSE = "Something that nobody else has said here, in a sentence that is long enough to compare."


def kinds(response, **conditions):
    return sorted(response.flags.filter(**conditions).values_list("kind", flat=True))


def open_kinds(response):
    return kinds(response, ticked_off_at=None)


def edit(response, text, **fields):
    response.edit({Question.objects.get(slug="meaning"): text}, **fields)


def alike(response):
    return list(response.flags.filter(kind="alike").values_list("other", flat=True))


# --- Contact details -----------------------------------------------------------------------------------------


def test_contact_details_are_flagged_wherever_readers_would_see_them():
    response = submit(
        {"meaning": "Piga 0700 000 000.", "needs": "Plain."},
        sharing="named",
        display_name="@mama",
        place="example.org",
        content_note="me@example.org",
        method="[[User:Mama]]",
    )

    # Somebody who shares with their name may choose that of an account.
    assert open_kinds(response) == ["email", "link", "phone", "user_page"]


def test_what_no_reader_sees_is_not_flagged_until_they_would():
    hidden = submit({"meaning": "Piga 0700 000 000."}, sharing="organizers")
    unnamed = submit({"meaning": "Plain."}, place="example.org")
    assert (open_kinds(hidden), open_kinds(unnamed)) == ([], [])

    hidden.share(sharing="unnamed")
    unnamed.share(sharing="affiliate", affiliate_name="We")

    assert (open_kinds(hidden), open_kinds(unnamed)) == (["phone"], ["link"])
    hidden.share(sharing="organizers")
    assert kinds(hidden) == []


def test_a_flag_goes_with_the_words_that_it_was_raised_for():
    response = submit({"meaning": "Piga 0700 000 000 au me@example.org."})

    edit(response, "Andika me@example.org.")

    assert kinds(response) == ["email"]


def test_what_was_ticked_off_stays_so_until_words_come_that_nobody_has_looked_at():
    reviewer = make_user("reviewer")
    response = submit({"meaning": "Piga 0700 000 000 au me@example.org."})
    response.flags.all().tick_off(reviewer)

    edit(response, "Sasa piga 0700 000 000 au me@example.org.")
    assert open_kinds(response) == []

    edit(response, "Sasa piga 0711 111 112 au me@example.org.")
    assert open_kinds(response) == ["phone"]
    assert kinds(response, ticked_off_by=reviewer) == ["email"]


def test_when_words_are_hidden_nothing_is_open_again():
    response = submit({"meaning": "Piga 0700 000 000 au 0711 111 112."})
    response.flags.all().tick_off(make_user("reviewer"))

    response.answers.update(text="Piga ████████████ au 0711 111 112.")
    response.raise_flags()
    assert (kinds(response), open_kinds(response)) == (["phone"], [])

    response.answers.update(text="Piga.")
    response.raise_flags()
    assert kinds(response) == []


def test_what_was_said_of_the_words_as_they_were_sent_is_not_said_of_others():
    response = submit({"meaning": "Plain."}, flags=["links", "repeated", "haste"])

    edit(response, "Other words.")

    assert kinds(response) == ["haste"]


# --- Nearly the same -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LONG)
def test_a_response_that_says_nearly_the_same_as_another_names_it(language):
    first = submit({"meaning": LONG[language]})
    other = submit({"meaning": ELSE})

    copy = submit({"meaning": LONG[language][12:] + " Amina."})

    assert alike(copy) == [first.pk]
    assert alike(first) == alike(other) == []


def test_short_words_are_never_alike():
    submit({"meaning": "Kila mtu ana nafasi."})

    assert kinds(submit({"meaning": "Kila mtu ana nafasi."})) == []


def test_an_edit_looks_anew_and_what_others_said_of_the_old_words_is_gone():
    first = submit({"meaning": TEXT})
    copy = submit({"meaning": TEXT + " Amina."})

    edit(first, ELSE)
    assert (alike(first), alike(copy)) == ([], [])

    edit(first, TEXT)
    assert (alike(first), alike(copy)) == ([copy.pk], [])


def test_words_that_become_short_are_like_no_other():
    submit({"meaning": TEXT})
    copy = submit({"meaning": TEXT + " Amina."})

    edit(copy, "Kila mtu.")

    assert (alike(copy), copy.likeness_bands.count()) == ([], 0)


def test_a_withdrawn_response_is_like_no_other():
    first = submit({"meaning": TEXT})
    copy = submit({"meaning": TEXT + " Amina."})

    first.withdraw()

    assert kinds(copy) == []
    assert not LikenessBand.objects.filter(response=first).exists()
    assert kinds(submit({"meaning": TEXT + " Juma."})) == ["alike"]


def test_of_a_whole_workshop_five_are_named_and_the_effort_stays_the_same():
    def queries():
        with CaptureQueriesContext(connection) as made:
            submit({"meaning": f"{TEXT} Number {Response.objects.count()}."})
        return len(made)

    numbers = [queries() for _each in range(40)]

    assert Flag.objects.filter(kind="alike").count() == 1 + 2 + 3 + 4 + 35 * 5
    # Found, compared, named; from some number on, they are not counted up any more.
    assert max(numbers) - numbers[0] == 2
    assert LikenessBand.objects.count() < 30 * BANDS


def test_the_same_words_are_not_said_to_be_the_same_twice():
    submit({"meaning": TEXT})

    assert kinds(submit({"meaning": TEXT}, flags=["repeated"])) == ["repeated"]


# --- Ticking off ---------------------------------------------------------------------------------------------


def test_a_reviewer_cannot_accept_what_nobody_has_looked_at():
    response = submit({"meaning": "Piga 0700 000 000 au me@example.org."}, flags=["haste"])
    phone = response.flags.get(kind="phone")

    with pytest.raises(ValidationError) as refused:
        response.accept(seen=response.fingerprint, looked_at=[phone.pk])

    assert refused.value.code == "look_first"
    (message,) = refused.value.messages
    assert "e-mail address" in message
    assert "three seconds" in message
    assert "telephone" not in message
    response.refresh_from_db()
    assert (response.status, len(open_kinds(response))) == ("submitted", 3)


def test_what_is_ticked_off_while_accepting_keeps_who_and_when(clock):
    reviewer = make_user("reviewer")
    response = submit({"meaning": "Piga 0700 000 000."})
    other = submit({"meaning": "Piga 0700 000 001."})
    ticked = list(Flag.objects.values_list("pk", flat=True))

    response.accept(by=reviewer, seen=response.fingerprint, looked_at=[*ticked, "no number", str(2**63)])

    assert response.is_published
    assert list(response.flags.values_list("ticked_off_by", "ticked_off_at__date")) == [
        (reviewer.pk, DAY.replace(day=10))
    ]
    assert open_kinds(other) == ["phone"]


def test_without_a_reviewer_everything_is_accepted():
    response = submit({"meaning": "Piga 0700 000 000."})

    response.accept()

    assert response.is_published
    assert open_kinds(response) == ["phone"]


def test_ticking_off_twice_keeps_who_was_first_and_can_be_undone():
    first, second = make_user("first"), make_user("second")
    flags = submit({"meaning": "Piga 0700 000 000."}).flags.all()

    assert (flags.tick_off(first), flags.tick_off(second)) == (1, 0)
    assert flags.get().ticked_off_by == first
    assert (flags.untick(), flags.untick()) == (1, 0)
    assert flags.open().get().ticked_off_by is None


# --- Readers -------------------------------------------------------------------------------------------------


def test_what_a_reader_tells_is_kept_once_and_waits():
    response = make_response()
    Flag.objects.tell(response, "It names my neighbour.", on=DAY)
    Flag.objects.tell(response, "It names my neighbour.")
    Flag.objects.tell(response, "It is not true.")
    quiet = make_response()

    assert list(response.flags.values_list("kind", "words")) == [
        ("reader", "It names my neighbour."),
        ("reader", "It is not true."),
    ]
    assert list(Response.objects.flagged(Flag.Kind.READER)) == [response]
    response.flags.all().tick_off(make_user("reviewer"))
    assert list(Response.objects.flagged(Flag.Kind.READER)) == []
    assert kinds(quiet) == []


@pytest.mark.parametrize("leave", [lambda each: each.withdraw(), lambda each: each.decline("No."), None])
def test_nothing_can_be_told_about_a_response_that_is_public_no_more(leave):
    response = make_response()
    read = Response.objects.get(pk=response.pk)
    if leave:
        leave(response)
    else:
        response.share(sharing="organizers")

    with pytest.raises(ValidationError):
        Flag.objects.tell(read, "Too late.")

    assert Flag.objects.count() == 0


def test_withdrawing_deletes_what_readers_told():
    response = make_response()
    Flag.objects.tell(response, "It names my neighbour.")

    response.withdraw()

    assert Flag.objects.count() == 0
