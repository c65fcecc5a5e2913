"""What waits: which rows count as waiting, kept so that an index tells their number, through all that changes it."""

from datetime import date

import pytest
from django.utils import timezone

from outcomes.models import Coding, SharedAnswer
from outcomes.waiting import COUNTED_AT_MOST, waiting_for
from responses.models import (
    Answer,
    Flag,
    KnownLanguage,
    Question,
    ReadingAid,
    ReadingRequest,
    Recusal,
    Response,
    Translation,
)
from tests.factories import change_current, make_answer, make_response, make_translation, make_user, submit
from tests.test_consent import review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_promised():
    change_current(results_by=None)


def staff(name, *roles, **fields):
    return make_user(name, *roles, is_staff=True, **fields)


def waits(user):
    """{kind: number} of what waits for somebody."""
    return {each.kind: each.number for each in waiting_for(type(user).objects.get(pk=user.pk))}


def kept():
    """What is kept, and what it has to be: the same rows."""
    translations, requests = Translation.objects.all(), ReadingRequest.objects.all()
    return [
        (set(translations.exclude(to_review_since=None)), set(translations.to_review())),
        (set(translations.exclude(to_replace_since=None)), set(translations.to_replace())),
        (set(requests.exclude(waits_since=None)), set(requests.waiting())),
    ]


def is_kept_right():
    return all(stored == derived for stored, derived in kept())


def rewrite(response, text="Other words."):
    response.edit({Question.objects.get(slug="meaning"): text})


def test_a_suggestion_waits_until_it_is_reviewed():
    answer, reviewer = make_answer("Come in."), staff("reviewer", "Reviewer")
    translator = make_user("translator", "Translator")
    suggestion = Translation.objects.suggest(answer, "ar", "ادخلوا.", translator=translator, source_text=answer.text)
    assert (waits(reviewer), is_kept_right()) == ({"translations": 1}, True)

    suggestion.review(by=reviewer, seen=suggestion.fingerprint)

    assert (waits(reviewer), is_kept_right()) == ({}, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda response: response.share(sharing="organizers"),
        lambda response: response.decline("Spam."),
        lambda response: response.withdraw(),
        rewrite,
    ],
    ids=["for organizers only", "declined", "withdrawn", "edited"],
)
def test_what_readers_do_not_see_waits_at_no_desk_of_translators(change):
    answer, reviewer = make_answer("Come in."), staff("reviewer", "Reviewer")
    make_translation(answer, reviewed=False)
    make_translation(answer, language="fr", text="Entrez.").refuse("No.")
    assert waits(reviewer) == {"translations": 1, "refused_translations": 1}

    change(answer.response)

    assert waits(reviewer).keys() <= {"responses"}
    assert is_kept_right()


def test_a_suggestion_waits_again_when_the_same_words_are_accepted_again():
    answer, reviewer = make_answer("Come in."), staff("reviewer", "Reviewer")
    make_translation(answer, reviewed=False)
    rewrite(answer.response)
    rewrite(Response.objects.get(), "Come in.")
    assert waits(reviewer) == {"responses": 1}

    Response.objects.get().accept()

    assert (waits(reviewer), is_kept_right()) == ({"translations": 1}, True)


def test_a_response_that_is_put_under_its_language_takes_its_translations_along():
    answer = make_answer("Come in.", language="und", language_name="Arabic")
    make_translation(answer, language="ar", reviewed=False)
    assert waits(staff("reviewer", "Reviewer")) == {"translations": 1}

    answer.response.list_language("ar")

    assert (waits(staff("other", "Reviewer")), is_kept_right()) == ({}, True)


def test_two_objections_in_one_place_wait_once_until_somebody_writes_another_translation():
    answer, reviewer = make_answer("Come in."), staff("reviewer", "Reviewer")
    for text in ("ادخلوا.", "تفضلوا."):
        review(answer, text).refuse("No.")
    assert (waits(reviewer), is_kept_right()) == ({"refused_translations": 1}, True)

    Translation.objects.suggest(answer, "ar", "أهلًا.", translator=None, source_text=answer.text)

    assert (waits(reviewer), is_kept_right()) == ({"translations": 1}, True)


def test_a_reading_request_waits_for_whoever_may_translate_unread_words_until_they_have():
    response = submit({"meaning": "ጥያቄ"}, language="am")
    translator = staff("translator", "Translator of unread words")
    ReadingRequest.objects.ask(response, "en", by=staff("reviewer", "Reviewer"))
    assert (waits(translator), is_kept_right()) == ({"reading_requests": 1}, True)

    answer = response.answers.get()
    ReadingAid.objects.write(answer, "en", "A question", translator=translator, source_text=answer.text)

    assert (waits(translator), is_kept_right()) == ({}, True)


@pytest.mark.parametrize("verb", ["accept", "withdraw", "decline"])
def test_nobody_translates_for_reviewers_what_was_decided(verb):
    response = submit({"meaning": "ጥያቄ"}, language="am")
    translator = staff("translator", "Translator of unread words")
    ReadingRequest.objects.ask(response, "en", by=None)

    getattr(response, verb)(*(["Spam."] if verb == "decline" else []))

    assert (waits(translator), is_kept_right()) == ({}, True)


def test_what_readers_have_told_waits_until_somebody_ticks_it_off():
    reviewer = staff("reviewer", "Reviewer")
    flag = Flag.objects.create(response=make_response(), kind=Flag.Kind.READER, words="It names me.")
    Flag.objects.create(response=make_response(), kind=Flag.Kind.LINK)
    assert waits(reviewer) == {"told_by_readers": 1}

    Flag.objects.filter(pk=flag.pk).update(ticked_off_at=timezone.now())

    assert waits(reviewer) == {}


def test_of_the_shared_sample_the_second_reading_waits_for_another_coder_and_then_for_both():
    first, second, third = (staff(name, "Coder") for name in ("first", "second", "third"))
    answer = make_answer()
    shared = SharedAnswer.objects.create(answer=answer)
    assert waits(first) == waits(second) == {"to_code": 1}

    Coding.objects.create(answer=answer, coder=first, of_text=answer.fingerprint)
    shared.conclude()
    Answer.objects.update(is_coded=True)
    assert (waits(first), waits(second)) == ({}, {"second_readings": 1})

    SharedAnswer.objects.update(both_finished_at=timezone.now(), second_coder=second)
    Coding.objects.create(answer=answer, coder=second, of_text=answer.fingerprint)
    assert (waits(first), waits(second), waits(third)) == ({"to_agree_on": 1}, {"to_agree_on": 1}, {})
    assert waits(staff("organizer", "Organizer")) == {"to_agree_on": 1}


def test_what_somebody_has_put_away_does_not_wait_for_them():
    organizer = staff("organizer", "Organizer")
    answer = make_answer("Come in.")
    make_translation(answer, reviewed=False)
    Flag.objects.create(response=answer.response, kind=Flag.Kind.READER, words="It names me.")
    staff("other", "Organizer")
    assert waits(organizer) == {"told_by_readers": 1, "translations": 1, "to_code": 1}

    Recusal.objects.recuse(organizer, answer.response)

    assert waits(organizer) == {}


def test_the_oldest_is_opened_first():
    submit({"meaning": "The younger."}, on=date(2026, 3, 2))
    older = submit({"meaning": "The older."}, on=date(2026, 3, 1))

    [waiting] = waiting_for(staff("reviewer", "Reviewer"))

    assert (waiting.first, waiting.day) == (f"/admin/responses/response/{older.pk}/change/", date(2026, 3, 1))


def test_no_more_are_counted_than_a_person_could_care_about():
    response = make_response()
    Flag.objects.bulk_create(
        Flag(response=response, kind=Flag.Kind.READER, words="Look.") for _n in range(COUNTED_AT_MOST + 2)
    )

    [waiting] = waiting_for(staff("reviewer", "Reviewer"))

    assert (waiting.number, waiting.is_more, waiting.counted) == (1001, True, 1000)


def test_a_language_that_no_reviewer_reads_is_named_until_a_translation_is_asked_for():
    response = submit({"meaning": "ጥያቄ"}, language="am")
    reviewer = staff("reviewer", "Reviewer")
    unread = lambda: [each.unread for each in waiting_for(reviewer)]  # noqa: E731
    assert unread() == ["Amharic"]

    KnownLanguage.objects.know(make_user("translator", "Translator"), "am", reads=True, writes=False)
    assert unread() == ["Amharic"]
    KnownLanguage.objects.know(reviewer, "am", reads=True, writes=False)
    assert unread() == [""]
    KnownLanguage.objects.know(reviewer, "am", reads=False, writes=False)
    ReadingRequest.objects.ask(response, "en", by=reviewer)
    assert unread() == [""]


def test_a_reviewer_is_taken_to_read_the_language_in_which_they_work():
    submit({"meaning": "A question"}, language="en")

    assert [each.unread for each in waiting_for(staff("reviewer", "Reviewer"))] == [""]
