"""The weekly letter to organizers: only what waits for them, only what they can deal with, and nobody's words."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import override_settings
from django.utils import timezone, translation

from outcomes.models import Evidence, Quotation
from outcomes.organizer_mail import send_letters
from outcomes.waiting import waiting_for
from responses.models import Answer, Conversation, OrganizerLetter, Recusal, Response, Translation
from tests.factories import make_answer, make_evidence, make_march, make_translation, make_user, submit
from tests.test_consent import quote, review
from tests.test_subscriptions import NOBODY_LISTENS

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(clock):
    return make_march()


def staff(name, *roles, **fields):
    return make_user(name, *roles, is_staff=True, **fields)


def waits(user):
    """{kind: (number, day)} of what waits for somebody, as it is read from the database."""
    fresh = type(user).objects.get(pk=user.pk)
    return {each.kind: (each.number, each.day) for each in waiting_for(fresh)}


def fill_all_desks():
    """Something of each kind waits: {kind: (number, day)}"""
    submit({"meaning": "The first."}, on=date(2026, 3, 2))
    submit({"meaning": "The second."}, on=date(2026, 3, 5))
    answer = make_answer("Everybody has a place.")
    make_translation(answer, reviewed=False, text="Alla har en plats.", language="sv")
    refused = make_translation(make_answer("Come in."), text="ادخلوا.")
    refused.refuse("Not what I said.")
    quoted = quote(make_evidence(make_answer("Open the door."), quote="door"))
    quoted.refuse("Not this.")
    lost = make_evidence(make_answer("Close the window."), problem=quoted.evidence.problem, quote="window")
    Answer.objects.filter(pk=lost.answer_id).update(text="Close it.")
    Evidence.objects.keep_lost()
    return {
        "refused_translations": (1, None),
        "refused_quotations": (1, None),
        "responses": (2, date(2026, 3, 2)),
        "translations": (1, None),
        "lost_marks": (1, None),
    }


def test_an_organizer_is_told_of_every_kind_objections_first(conversation):
    organizer = staff("organizer", "Organizer")
    there = fill_all_desks()

    assert waits(organizer) == {**there, "promise": (52, date(2026, 5, 1))}
    assert list(waits(organizer)) == [*there, "promise"]


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("Translator", {"refused_translations", "translations"}),
        ("Reviewer", {"refused_translations", "responses", "translations"}),
        ("Coder", set()),  # the mark is not theirs
    ],
)
def test_nobody_is_told_of_what_they_cannot_deal_with(conversation, role, kinds):
    user = staff("somebody", role)
    fill_all_desks()

    assert set(waits(user)) == kinds
    assert send_letters() == bool(kinds)


def test_a_coder_is_told_of_their_own_marks_that_were_edited_away(conversation):
    mine, other = staff("mine", "Coder"), staff("other", "Coder")
    mark = make_evidence(make_answer("Close the window."), quote="window", coder=mine)
    assert (waits(mine), waits(other)) == ({}, {})

    Answer.objects.filter(pk=mark.answer_id).update(text="Close it.")
    Evidence.objects.keep_lost()

    assert (waits(mine), waits(other)) == ({"lost_marks": (1, None)}, {})


def test_nobody_is_asked_to_review_their_own_translation(conversation):
    mine = staff("mine", "Organizer")
    Conversation.objects.update(results_by=None)
    make_translation(reviewed=False, translator=mine)

    assert waits(mine) == {}
    assert waits(staff("other", "Reviewer")) == {"translations": (1, None)}


def test_an_objection_waits_until_there_is_another_translation(conversation):
    reviewer = staff("reviewer", "Reviewer")
    answer = make_answer("Come in.")
    for text in ("ادخلوا.", "تفضلوا."):
        translated = make_translation(answer, text=text)
        translated.refuse("No.")
        Translation.objects.filter(pk=translated.pk).update(status=Translation.Status.REPLACED)
    assert waits(reviewer) == {"refused_translations": (1, None)}

    make_translation(answer, text="أهلًا.", reviewed=False)

    assert waits(reviewer) == {"translations": (1, None)}


def test_what_is_not_public_or_was_dealt_with_does_not_wait(conversation):
    organizer = staff("organizer", "Organizer")
    Conversation.objects.update(results_by=None)
    fill_all_desks()

    Response.objects.awaiting_review().update(status="declined", decline_reason="Spam.", submitted_on=date(2026, 3, 2))
    Translation.objects.all().delete()
    Quotation.objects.all().delete()
    Response.objects.filter(status="accepted").update(status="submitted", accepted_on=None)
    assert waits(organizer)["responses"][0] == 4
    assert set(waits(organizer)) == {"responses"}


@pytest.mark.parametrize(
    ("day", "kind", "number", "is_reason"),
    [
        ("2026-03-10", "promise", 52, False),
        ("2026-04-16", "promise", 15, False),
        ("2026-04-17", "promise", 14, True),
        ("2026-05-01", "promise", 0, True),
        ("2026-05-02", "broken_promise", 1, True),  # the day has just ended everywhere
        ("2026-05-11", "broken_promise", 10, True),
    ],
)
def test_the_promised_day_is_a_reason_to_write_once_it_is_near(clock, conversation, day, kind, number, is_reason):
    organizer = staff("organizer", "Organizer")
    clock(day)

    assert waits(organizer) == {kind: (number, date(2026, 5, 1))}
    assert send_letters() == is_reason


def test_results_that_are_out_are_promised_no_more(clock, conversation):
    clock("2026-05-11")
    conversation.results_on = date(2026, 5, 10)
    conversation.store()

    assert waits(staff("organizer", "Organizer")) == {}


def test_a_letter_comes_once_a_week_and_only_if_something_waits(clock, conversation):
    staff("reviewer", "Reviewer")
    clock("2026-03-09")
    assert send_letters() == 0
    response = submit()
    for day, sent in (("2026-03-10", 1), ("2026-03-11", 0), ("2026-03-16", 0), ("2026-03-17", 1), ("2026-03-23", 0)):
        clock(day)
        assert (send_letters(), send_letters()) == (sent, 0), day

    response.decline("No.")
    clock("2026-03-24")

    assert send_letters() == 0


def test_what_waits_is_looked_up_once_a_day(clock, conversation, django_assert_num_queries):
    staff("reviewer", "Reviewer")
    assert send_letters() == 0
    submit()

    with django_assert_num_queries(4):  # whom we may write to, their rights, and their letter
        assert send_letters() == 0
    clock("2026-03-11")
    assert send_letters() == 1


def test_what_everybody_has_put_away_waits_for_organizers_who_find_another_reviewer(conversation):
    organizer, reviewer = staff("organizer", "Organizer"), staff("reviewer", "Reviewer")
    Conversation.objects.update(results_by=None)
    known = submit()
    Recusal.objects.recuse(organizer, known)
    assert waits(organizer) == {}

    Recusal.objects.recuse(reviewer, known)

    assert (waits(organizer), waits(reviewer)) == ({"for_nobody": (1, None)}, {})
    assert send_letters() == 1
    assert [line for line in mail.outbox[0].body.splitlines() if line.startswith("*")] == [
        "* 1 response waits, and everybody who could review it has put it away. Find another reviewer."
    ]
    assert known.code not in mail.outbox[0].body
    staff("another", "Reviewer")
    assert waits(organizer) == {}


def test_the_letter_says_how_much_waits_and_nobodys_words_names_or_codes(conversation):
    staff("organizer", "Organizer")
    fill_all_desks()
    make_march()

    assert send_letters() == 1

    message = mail.outbox[0]
    listed = [line for line in message.body.splitlines() if line.startswith("*")]
    assert listed == [
        "* 1 translation to which the author of the answer objects, and that nobody has replaced yet",
        "* 1 quotation that its author objects to",
        "* 2 responses to be read, the oldest of them sent on March 2, 2026",
        "* 1 translation to be reviewed",
        "* 1 mark whose words were edited away",
        "* The results of “What do you need?” are promised by May 1, 2026. 52 days are left.",
    ]
    whole = message.message().as_string() + message.body
    codes = list(Response.objects.values_list("code", flat=True))
    said = [
        "first",
        "door",
        "window",
        "Everybody",
        "Not this",
        "Not what",
        "ادخلوا",
        "closed-doors",
        "Closed doors",
        *codes,
    ]
    assert [each for each in said if each in whole] == []
    assert message.to == ["organizer@example.org"]
    assert "http://localhost:8000/admin/\n" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"{message.extra_headers['List-Unsubscribe'][1:-1]}\n" in message.body


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_letter_is_in_the_language_that_its_reader_works_in(clock, conversation, language):
    organizer = staff("organizer", "Organizer")
    OrganizerLetter.objects.work_in(organizer, language)
    fill_all_desks()
    for day in ("2026-05-01", "2026-05-08"):
        clock(day)
        assert send_letters() == 1

    with translation.override(language):
        assert mail.outbox[0].subject == translation.gettext("What waits at the desks")
        assert translation.gettext("To get no more of these letters:") in mail.outbox[0].body
    assert f"http://localhost:8000/{language}/stop-letters/" in mail.outbox[0].body
    assert [len([line for line in each.body.splitlines() if line.startswith("*")]) for each in mail.outbox] == [6, 6]


def test_a_chosen_language_counts_more_than_that_of_the_desks(conversation):
    reviewer = staff("reviewer", "Reviewer")
    OrganizerLetter.objects.choose(reviewer, language="sw", is_wanted=True)
    OrganizerLetter.objects.work_in(reviewer, "fr")
    assert OrganizerLetter.objects.of(reviewer).spoken == "sw"

    OrganizerLetter.objects.choose(reviewer, language="", is_wanted=True)
    assert OrganizerLetter.objects.of(reviewer).spoken == "fr"

    # A language that was taken out of the interface.
    OrganizerLetter.objects.update(desk_language="tlh")
    assert OrganizerLetter.objects.of(reviewer).spoken == "en"


def test_only_active_staff_with_a_desk_and_a_confirmed_address_are_written_to(conversation):
    submit()
    there = staff("there", "Reviewer")
    staff("coder", "Coder")
    staff("nothing")
    make_user("no-staff", "Reviewer")
    staff("gone", "Reviewer", is_active=False)
    invited = staff("invited", "Reviewer")
    EmailAddress.objects.filter(user=invited).update(verified=False)
    wikimedian = staff("wikimedian", "Reviewer")
    EmailAddress.objects.filter(user=wikimedian).delete()
    type(wikimedian).objects.filter(pk=wikimedian.pk).update(email="")
    first = staff("first", is_superuser=True)
    EmailAddress.objects.filter(user=first).delete()
    placeholder = staff("placeholder", is_superuser=True)  # as `make_organizer` makes the first one
    type(placeholder).objects.filter(pk=placeholder.pk).update(email="organizer@localhost")
    EmailAddress.objects.filter(user=placeholder).delete()
    switched_off = staff("off", "Reviewer")
    OrganizerLetter.objects.choose(switched_off, language="", is_wanted=False)

    assert send_letters() == 2

    assert {each.to[0] for each in mail.outbox} == {there.email, first.email}


def test_a_letter_that_cannot_be_sent_is_sent_by_the_next_run(conversation):
    staff("reviewer", "Reviewer")
    submit()

    with override_settings(MAILERS=NOBODY_LISTENS):
        assert send_letters() == 0

    assert OrganizerLetter.objects.values_list("tried_on", "sent_on").get() == (None, None)
    assert send_letters() == 1


def test_a_power_failure_before_sending_delays_a_letter_by_a_day(clock, conversation):
    reviewer = staff("reviewer", "Reviewer")
    submit()
    assert OrganizerLetter.objects.of(reviewer).take(timezone.localdate())

    assert send_letters() == 0
    clock("2026-03-11")
    assert send_letters() == 1
    assert OrganizerLetter.objects.get().sent_on == date(2026, 3, 10) + timedelta(days=1)


def test_deleting_an_account_deletes_what_was_chosen(conversation):
    reviewer = staff("reviewer", "Reviewer")
    OrganizerLetter.objects.work_in(reviewer, "sw")

    reviewer.delete()

    assert OrganizerLetter.objects.count() == 0


def test_a_translation_that_its_author_corrected_waits_for_review_and_not_as_an_objection(conversation):
    reviewer = staff("reviewer", "Reviewer")
    translated = review(make_answer("Come in."), "ادخلوا.")

    Translation.objects.correct(translated, "تفضلوا.")

    assert waits(reviewer) == {"translations": (1, None)}
