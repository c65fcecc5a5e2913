"""Where a marked passage stands in another wording: what a person who reads both has confirmed."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from outcomes.marked_passages import marked_passages
from outcomes.models import Evidence, Place
from outcomes.models.place import pair
from responses.languages.passages import Passage, find_passage
from responses.models import Answer, Translation
from tests.factories import make_answer, make_evidence, make_problem, make_translation, make_user

SWAHILI = "Kila mtu ana nafasi. Hatuna umeme."
ENGLISH_TOO = "Everybody has a place. We have no power."


@pytest.fixture
def mark(db):
    return make_evidence(make_answer(SWAHILI), quote="Hatuna umeme", stance="supports")


@pytest.fixture
def english(mark):
    return make_translation(mark.answer, language="en", text=ENGLISH_TOO)


def confirm(mark, quote, translation=None, *, by=None, seen=None):
    text = translation.text if translation else mark.answer.text
    passage = find_passage(text, quote)
    by = by or User.objects.filter(username="reader").first() or make_user("reader")
    return Place.objects.confirm(mark, passage, translation, by=by, seen=seen or pair(mark, text))


def shown(mark, language="en"):
    """(what readers of a language see marked in the translation that they get, in the original)"""
    found = marked_passages(Evidence.objects.filter(pk=mark.pk), language)[0]
    return tuple(each and each.quote for each in (found.translated_passage, found.original_passage))


def test_readers_see_a_passage_in_the_translation_only_once_its_place_is_confirmed(mark, english):
    before = shown(mark)

    confirm(mark, "no power", english)

    assert (before, shown(mark)) == ((None, "Hatuna umeme"), ("no power", "Hatuna umeme"))


def test_a_place_is_widened_to_whole_letters(mark):
    thai = make_translation(mark.answer, language="th", text="เราไม่มีไฟฟ้าที่นี่")
    start = thai.text.index("ที่")

    place = Place.objects.confirm(
        mark, Passage(thai.text, start, start + 1), thai, by=make_user("reader"), seen=pair(mark, thai.text)
    )

    assert place.current(mark, thai.text).quote == "ที่"


def test_confirming_again_changes_the_place(mark, english):
    confirm(mark, "Everybody", english)

    confirm(mark, "no power", english)

    assert [each.current(mark, english.text).quote for each in Place.objects.all()] == ["no power"]


@pytest.mark.parametrize("changed", ["the original", "the translation"])
def test_a_place_holds_until_either_text_changes_and_then_is_asked_for_again(mark, english, changed):
    confirm(mark, "no power", english)
    if changed == "the original":
        Answer.objects.update(text=f"{SWAHILI} Tena.")
        Translation.objects.update(source_text=f"{SWAHILI} Tena.")
    else:
        Translation.objects.update(text=f"{ENGLISH_TOO} Again.")

    assert shown(Evidence.objects.get()) == (None, "Hatuna umeme")


def test_a_place_holds_again_when_the_change_is_undone(mark, english):
    confirm(mark, "no power", english)
    Translation.objects.update(text="Something else.")

    Translation.objects.update(text=ENGLISH_TOO)

    assert shown(Evidence.objects.get()) == ("no power", "Hatuna umeme")


@pytest.mark.parametrize("model", [Answer, Translation])
def test_confirming_what_has_changed_meanwhile_is_refused(mark, english, model):
    seen = pair(mark, english.text)
    model.objects.update(text=f"{SWAHILI} Tena.")

    with pytest.raises(ValidationError, match="One of the two texts has changed|edited away"):
        Place.objects.confirm(mark, find_passage(english.text, "no power"), english, by=make_user("reader"), seen=seen)

    assert not Place.objects.exists()


def test_confirming_a_mark_that_is_gone_is_refused(mark, english):
    seen, by = pair(mark, english.text), make_user("reader")
    Evidence.objects.get().take_back()

    with pytest.raises(ValidationError, match="The mark was taken back."):
        Place.objects.confirm(mark, find_passage(english.text, "no power"), english, by=by, seen=seen)


def test_a_translation_of_another_answer_is_refused(mark):
    other = make_translation(make_answer("Mwingine."), language="en", text="Another one.")

    with pytest.raises(ValidationError, match="One of the two texts has changed"):
        confirm(mark, "Another", other)


def test_a_passage_marked_in_a_translation_counts_once_with_the_same_in_the_original(mark, english):
    again = make_evidence(
        mark.answer, problem=mark.problem, quote="no power", translation=english, coder=make_user("second")
    )
    before = set(Evidence.objects.once())

    confirm(again, "umeme")

    assert before == {mark, again}
    assert list(Evidence.objects.once()) == [mark]


def test_a_passage_marked_in_the_original_counts_once_with_its_place_in_the_translation(mark, english):
    make_evidence(mark.answer, problem=mark.problem, quote="no power", translation=english, coder=make_user("second"))

    confirm(mark, "We have no power.", english)

    assert list(Evidence.objects.once()) == [mark]


def test_passages_marked_in_two_translations_count_once_when_both_are_confirmed_in_the_original(mark, english):
    french = make_translation(mark.answer, language="fr", text="Chacun a une place. Pas de courant.")
    problem = make_problem("power")
    first, second = (
        make_evidence(mark.answer, problem=problem, quote=quote, translation=wording, coder=make_user(quote))
        for quote, wording in (("no power", english), ("courant", french))
    )
    confirm(first, "umeme")
    before = set(problem.evidence.once())

    confirm(second, "Hatuna umeme")

    assert before == {first, second}
    assert list(problem.evidence.once()) == [first]


def change(answer, text):
    answer.response.edit({answer.question: text})
    answer.response.accept()
    answer.refresh_from_db()


def test_a_passage_that_an_edit_has_moved_counts_once_with_its_place_in_a_translation(mark):
    change(mark.answer, f"Leo tunasema hivi, na kwa urefu. {SWAHILI}")
    english = make_translation(mark.answer, language="en", text=ENGLISH_TOO)
    again = make_evidence(
        mark.answer, problem=mark.problem, quote="no power", translation=english, coder=make_user("second")
    )

    confirm(again, "umeme")

    assert list(Evidence.objects.once()) == [mark]


def test_a_passage_that_was_edited_away_hides_none_that_stands_in_its_place(mark):
    change(mark.answer, "Kila mtu ana nafasi. Maji hakuna.")
    english = make_translation(mark.answer, language="en", text="Everybody has a place. No water.")
    again = make_evidence(
        mark.answer, problem=mark.problem, quote="No water", translation=english, coder=make_user("second")
    )

    confirm(again, "Maji hakuna")

    assert list(Evidence.objects.published().once()) == [again]


@pytest.mark.parametrize("other", ["stance", "claim", "words", "an older text"])
def test_what_is_not_the_same_counts_apart(mark, english, other):
    claim = make_problem("other") if other == "claim" else mark.problem
    again = make_evidence(
        mark.answer,
        problem=claim,
        quote="no power",
        stance="contradicts" if other == "stance" else "supports",
        translation=english,
        coder=make_user("second"),
    )
    confirm(again, "mtu" if other == "words" else "umeme")
    if other == "an older text":
        Answer.objects.update(text=f"Leo. {SWAHILI}")

    assert set(Evidence.objects.once()) == {mark, again}
