from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from responses.models import Answer, KnownLanguage, Reservation, Response, Translation, Translator

from .factories import make_answer, make_translation, make_user

pytestmark = pytest.mark.django_db


def test_a_reservation_belongs_to_one_translator_for_a_day():
    answer, one, two = make_answer(), make_user("one"), make_user("two")

    Reservation.objects.take(answer, "ar", one)

    with pytest.raises(ValidationError, match="Somebody else"):
        Reservation.objects.take(answer, "ar", two)
    Reservation.objects.take(answer, "es", two)
    reservation = Reservation.objects.take(answer, "ar", one)
    assert timedelta(hours=23) < reservation.ends_at - timezone.now() <= timedelta(hours=24)


def test_an_expired_reservation_can_be_taken_by_anybody():
    answer, two = make_answer(), make_user("two")
    Reservation.objects.take(answer, "ar", make_user("one"))
    Reservation.objects.update(ends_at=timezone.now())

    Reservation.objects.take(answer, "ar", two)

    assert Reservation.objects.get().user == two


def test_what_was_reserved_by_somebody_who_cannot_sign_in_any_more_can_be_taken_by_anybody():
    gone, other, answer = make_user("gone"), make_user("other"), make_answer()
    Reservation.objects.take(answer, "ar", gone)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    assert list(Reservation.objects.standing()) == []
    assert Reservation.objects.take(answer, "ar", other).user == other


def test_housekeeping_deletes_expired_reservations(capsys):
    Reservation.objects.take(make_answer(), "ar", make_user("one"))
    Reservation.objects.update(ends_at=timezone.now())

    call_command("housekeeping")

    assert Reservation.objects.count() == 0


def test_a_translation_ends_its_translators_reservation_and_is_not_stopped_by_anothers():
    answer, one, two = make_answer(), make_user("one"), make_user("two")
    Reservation.objects.take(answer, "ar", one)

    Translation.objects.suggest(answer, "ar", "كل", translator=two, source_text=answer.text)
    assert Reservation.objects.get().user == one
    Translation.objects.suggest(answer, "ar", "كل", translator=one, source_text=answer.text)

    assert Reservation.objects.count() == 0


def test_a_language_that_a_translator_neither_reads_nor_writes_is_not_stored():
    user = make_user("one")

    KnownLanguage.objects.know(user, "sw", reads=True, writes=False)
    KnownLanguage.objects.know(user, "ar", reads=True, writes=True)
    KnownLanguage.objects.know(user, "sw", reads=False, writes=False)

    assert list(KnownLanguage.objects.values_list("language", "reads", "writes")) == [("ar", True, True)]
    with pytest.raises(IntegrityError, match="known_language_is_read_or_written"), transaction.atomic():
        KnownLanguage.objects.update(reads=False, writes=False)


def test_a_translator_is_named_unless_they_chose_not_to_be():
    user = make_user("one")
    translation = make_translation(translator=user)
    assert translation.credited_name == "one"

    Translator.objects.create(user=user, is_named=False)

    assert Translation.objects.with_credit().get().credited_name == ""
    user.delete()
    assert Translation.objects.get().credited_name == ""


def test_a_translation_whose_note_changed_after_it_was_read_cannot_be_reviewed():
    suggestion = make_translation(reviewed=False, note="A play on words.")
    seen = suggestion.fingerprint
    Translation.objects.update(note="Slipped in.")

    with pytest.raises(ValidationError):
        suggestion.review(by=make_user("reviewer"), seen=seen)


def test_a_machine_draft_leaves_the_answer_untranslated():
    answer = make_translation(origin="machine", reviewed=False).answer

    assert list(Answer.objects.lacking_translation("ar")) == [answer]
    assert list(Answer.objects.lacking_translation("ar")) != list(Answer.objects.lacking_translation("sw"))


def test_reviewing_a_persons_translation_deletes_the_machine_draft():
    answer = make_translation(origin="machine", reviewed=False).answer
    person = make_translation(answer, text="كل شخص.", reviewed=False, translator=make_user("one"))

    person.review(by=make_user("reviewer"), seen=person.fingerprint)

    assert list(Translation.objects.all()) == [person]


def test_an_objection_to_a_machine_draft_is_kept_when_another_translation_is_reviewed():
    answer = make_translation(origin="machine", reviewed=False, text="مسودة").answer
    Translation.objects.get().refuse("It bends my words.")
    person = make_translation(answer, text="كل شخص.", reviewed=False, translator=make_user("one"))

    person.review(by=make_user("reviewer"), seen=person.fingerprint)

    assert Translation.objects.machine_drafts().get().objection == "It bends my words."
    with pytest.raises(ValidationError):
        Translation.objects.suggest(answer, "ar", "مسودة", translator=make_user("two"), source_text=answer.text)


@pytest.mark.parametrize("terms", ["1", "2"])
def test_a_translation_that_the_author_has_just_refused_cannot_be_reviewed(terms):
    answer = make_answer()
    Response.objects.update(terms_version=terms)
    draft = make_translation(answer, origin="machine", reviewed=False)
    good = make_translation(answer, text="كل شخص.")
    Translation.objects.get(pk=draft.pk).refuse("No.")

    with pytest.raises(ValidationError):
        draft.review(by=make_user("reviewer"), seen=draft.fingerprint)

    assert list(Translation.objects.reviewed()) == [good]


def test_correcting_after_an_objection_keeps_the_objection_and_one_correction():
    translation = make_translation()
    translation.refuse("It insults my village.")

    for text in ("كما أقول.", "كما أقول.", "كما أقولها أنا."):
        Translation.objects.correct(Translation.objects.get(pk=translation.pk), text)

    translation.refresh_from_db()
    assert translation.objection == "It insults my village."
    assert [each.text for each in Translation.objects.suggested()] == ["كما أقولها أنا."]


@pytest.mark.parametrize(
    "act",
    [
        lambda made, user: made.review(by=user, seen=made.fingerprint),
        lambda made, user: made.still_correct(by=user, seen=made.answer.fingerprint),
        lambda made, user: Translation.objects.correct(made, "كما أقول."),
        lambda made, user: Reservation.objects.take(made.answer, "ar", user),
    ],
)
def test_somebody_who_acts_after_the_author_has_withdrawn_is_told_so(act):
    made = make_translation(reviewed=False)
    Response.objects.get().withdraw()

    with pytest.raises(ValidationError, match="withdrawn"):
        act(made, make_user("other"))


def test_there_is_at_most_one_machine_draft_per_language():
    answer = make_translation(origin="machine", reviewed=False).answer

    with pytest.raises(IntegrityError), transaction.atomic():
        make_translation(answer, origin="machine", reviewed=False)


def test_reviewing_a_translation_leaves_the_machines_drafts_of_other_answers_and_languages():
    translation = make_translation(reviewed=False, translator=make_user("translator"))
    drafts = [
        make_translation(reviewed=False, origin="machine"),
        make_translation(translation.answer, language="sv", text="Alla.", reviewed=False, origin="machine"),
    ]
    make_translation(translation.answer, text="مسودة", reviewed=False, origin="machine")

    translation.review(by=make_user("reviewer"), seen=translation.fingerprint)

    assert list(Translation.objects.machine_drafts()) == drafts
