import itertools
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from outcomes.models import Evidence
from responses.languages.text_diff import word_changes
from responses.languages.text_matching import search_key
from responses.models import Answer, Reservation, Response, SearchText, Translation

from .factories import make_answer, make_evidence, make_problem, make_translation, make_user
from .yardstick import timed, yardstick

pytestmark = pytest.mark.django_db


def suggest(answer, text="لكل شخص مكان.", *, translator, language="ar"):
    return Translation.objects.suggest(answer, language, text, translator=translator, source_text=answer.text)


def test_a_translation_into_the_corrected_language_of_the_original_is_not_shown():
    answer = make_answer("Kila mtu.", language="de")
    make_translation(answer, language="sw", text="Kila mtu ana nafasi.")
    response = Response.objects.get()
    response.edit({answer.question: "Kila mtu."}, language="sw")
    response.accept()

    assert list(Translation.objects.published()) == []
    assert list(Translation.objects.readable()) == []
    assert list(Translation.objects.for_author()) == []
    # The translation is kept: if the author changes the language back, it is shown again.
    assert Translation.objects.count() == 1


def test_editing_an_answer_outdates_its_translations():
    translation = make_translation()

    Answer.objects.update(text="Something else.")

    assert list(Translation.objects.outdated()) == [translation]
    assert Translation.objects.get().is_outdated


def test_undoing_an_edit_makes_the_translation_current_again():
    translation = make_translation(make_answer("As it was."))

    Answer.objects.update(text="Something else.")
    Answer.objects.update(text="As it was.")

    assert list(Translation.objects.current()) == [translation]
    assert list(Translation.objects.outdated()) == []
    assert not Translation.objects.get().is_outdated


def test_translating_again_changes_the_translators_own_suggestion():
    answer, translator = make_answer(), make_user("translator")

    suggest(answer, "First.", translator=translator)
    suggest(answer, "Second.", translator=translator)

    assert list(Translation.objects.values_list("text", "status")) == [("Second.", "suggested")]


def test_suggestions_of_two_translators_are_both_kept():
    answer = make_answer()

    suggest(answer, "One.", translator=make_user("one"))
    suggest(answer, "Two.", translator=make_user("two"))

    assert list(Translation.objects.values_list("text", flat=True)) == ["One.", "Two."]


def test_a_translation_into_the_language_of_the_answer_is_refused():
    answer = make_answer(language="ar")

    with pytest.raises(ValidationError):
        suggest(answer, translator=make_user("translator"))


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u00ad"])
def test_a_suggestion_without_anything_to_read_is_refused_and_leaves_the_earlier_one(text):
    answer, translator = make_answer(), make_user("translator")
    suggest(answer, "Mine.", translator=translator)

    with pytest.raises(ValidationError, match="Write the translation first"):
        suggest(answer, text, translator=translator)

    assert [each.text for each in Translation.objects.all()] == ["Mine."]


def test_a_suggestion_made_from_words_before_an_edit_is_outdated():
    answer = make_answer("What the translator saw.")
    Answer.objects.update(text="What it says now.")

    suggestion = suggest(answer, translator=make_user("translator"))

    assert list(Translation.objects.outdated()) == [suggestion]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_withdrawing_while_others_translate_and_code_leaves_no_words():
    translator, problem = make_user("translator"), make_problem()

    def carry_out(work):
        try:
            work()
        except ValidationError:
            pass  # the author withdrew first
        finally:
            connection.close()

    for _round in range(6):
        answer = make_answer("Kila mtu ana nafasi.")
        at_once = [
            answer.response.withdraw,
            lambda answer=answer: suggest(answer, translator=translator),
            lambda answer=answer: make_evidence(answer, problem=problem),
        ]
        with ThreadPoolExecutor(3) as people:
            list(people.map(carry_out, at_once))

    assert [model.objects.count() for model in (Answer, Translation, Evidence)] == [0, 0, 0]


def test_somebody_else_can_review_a_suggestion():
    suggestion = suggest(make_answer(), translator=make_user("translator"))
    reviewer = make_user("reviewer")

    suggestion.review(by=reviewer, seen=suggestion.fingerprint)

    translation = Translation.objects.reviewed().get()
    assert (translation.reviewer, translation.reviewed_at is None) == (reviewer, False)


def test_translators_cannot_review_their_own_translations():
    translator = make_user("translator")
    suggestion = suggest(make_answer(), translator=translator)

    with pytest.raises(ValidationError):
        suggestion.review(by=translator, seen=suggestion.fingerprint)

    with pytest.raises(IntegrityError, match="translation_reviewed_by_someone_else"), transaction.atomic():
        Translation.objects.update(reviewer=translator)


def test_a_suggestion_that_changed_after_it_was_read_cannot_be_reviewed():
    answer, translator = make_answer(), make_user("translator")
    read = suggest(answer, "Fine.", translator=translator)
    suggest(answer, "Slipped in afterwards.", translator=translator)

    with pytest.raises(ValidationError):
        read.review(by=make_user("reviewer"), seen=read.fingerprint)

    assert list(Translation.objects.reviewed()) == []


def test_a_newly_reviewed_translation_replaces_the_earlier_one_which_is_kept():
    answer, reviewer = make_answer(), make_user("reviewer")
    first = suggest(answer, "First.", translator=make_user("one"))
    first.review(by=reviewer, seen=first.fingerprint)
    second = suggest(answer, "Second.", translator=make_user("two"))

    second.review(by=reviewer, seen=second.fingerprint)

    assert dict(Translation.objects.values_list("text", "status")) == {"First.": "replaced", "Second.": "reviewed"}


def test_reviewing_a_translation_touches_no_other_answer_and_no_other_language():
    answers, reviewer = [make_answer("Moja."), make_answer("Mbili.")], make_user("reviewer")
    for answer in answers:
        for language in ("ar", "sv"):
            make_translation(answer, language=language, text="A draft.", reviewed=False, origin="machine")
            earlier = make_translation(answer, language=language, text=f"Earlier {language}.")
            SearchText.objects.index_translation(earlier)
    later = suggest(answers[0], "Later ar.", translator=make_user("translator"))

    later.review(by=reviewer, seen=later.fingerprint)

    assert set(Translation.objects.values_list("answer__text", "language", "text", "status")) == {
        ("Moja.", "ar", "Earlier ar.", "replaced"),
        ("Moja.", "ar", "Later ar.", "reviewed"),
        ("Moja.", "sv", "A draft.", "suggested"),
        ("Moja.", "sv", "Earlier sv.", "reviewed"),
        ("Mbili.", "ar", "A draft.", "suggested"),
        ("Mbili.", "ar", "Earlier ar.", "reviewed"),
        ("Mbili.", "sv", "A draft.", "suggested"),
        ("Mbili.", "sv", "Earlier sv.", "reviewed"),
    }
    assert set(SearchText.objects.exclude(translation=None).values_list("answer__text", "words")) == {
        ("Moja.", search_key("Later ar.")),
        ("Moja.", search_key("Earlier sv.")),
        ("Mbili.", search_key("Earlier ar.")),
        ("Mbili.", search_key("Earlier sv.")),
    }


def test_suggesting_ends_ones_own_reservation_of_this_answer_in_this_language_only():
    answer, other = make_answer("Moja."), make_answer("Mbili.")
    translator = make_user("translator")
    for reserved, language, user in (
        (answer, "ar", translator),
        (answer, "sv", translator),
        (answer, "hi", make_user("another")),
        (other, "ar", translator),
    ):
        Reservation.objects.take(reserved, language, user)

    suggest(answer, translator=translator)

    assert set(Reservation.objects.values_list("answer__text", "language", "user__username")) == {
        ("Moja.", "sv", "translator"),
        ("Moja.", "hi", "another"),
        ("Mbili.", "ar", "translator"),
    }


def test_a_translation_outlives_its_translators_account():
    translator = make_user("translator")
    make_translation(translator=translator)

    translator.delete()

    assert Translation.objects.get().translator is None


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("translation_is_not_blank", {"text": " "}),
        ("translation_status_is_known", {"status": "approved"}),
        ("translation_reviewed_has_its_moment", {"reviewed_at": None}),
        ("translation_reviewed_has_its_moment", {"status": "suggested"}),
    ],
)
def test_the_database_refuses_invalid_translations(constraint, fields):
    make_translation()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Translation.objects.update(**fields)


def test_a_machine_is_never_credited_as_a_person():
    make_translation(translator=make_user("translator"))

    with pytest.raises(IntegrityError, match="translation_by_machine_credits_nobody"), transaction.atomic():
        Translation.objects.update(origin="machine")


def test_there_is_at_most_one_reviewed_translation_per_language():
    answer = make_translation().answer

    with pytest.raises(IntegrityError), transaction.atomic():
        make_translation(answer)


def test_the_changes_show_removed_and_added_words():
    assert word_changes("We need time.", "We need more time.") == [
        ("same", "We need "),
        ("new", "more "),
        ("same", "time."),
    ]


def test_the_changes_keep_marks_on_their_letters():
    """A vowel sign without its letter would be drawn on a dotted circle."""
    changes = word_changes("हिन्दी", "हिन्दू")

    assert changes == [("gone", "हिन्दी"), ("new", "हिन्दू")]
    long = "กำลัง" * 10
    assert [
        words[0] for kind, words in word_changes(long, long + "ใจ") if unicodedata.category(words[0])[0] == "M"
    ] == []


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ("我们需要时间。", "我们需要更多时间。", "更多"),
        ("もっと時間が必要です。", "もっと長い時間が必要です。", "長い"),
        ("เราต้องการเวลามากขึ้น", "เราต้องการเวลาและเงินมากขึ้น", "และเงิน"),
        ("យើងត្រូវការពេល", "យើងត្រូវការលុយពេល", "លុយ"),
    ],
    ids=["Chinese", "Japanese", "Thai", "Khmer"],
)
def test_scripts_without_spaces_are_compared_letter_by_letter(before, after, new):
    place = after.index(new)

    assert word_changes(before, after) == [("same", before[:place]), ("new", new), ("same", before[place:])]


def test_a_letter_is_not_parted_from_the_one_that_it_is_joined_with():
    # Two Khmer letters, one below the other.
    assert word_changes("ក្ក", "ក្ខ") == [("gone", "ក្ក"), ("new", "ក្ខ")]


@pytest.mark.parametrize("unit", ["字", "ក", "word "])
def test_in_a_long_text_a_change_is_told_where_it_is(unit):
    # 20,000 characters without the end of a sentence, of which hardly two pieces are the same.
    before = "".join(f"{unit}{chr(0x4E00 + n % 91)}{chr(0x4E00 + n % 89)}" for n in range(20_000 // (len(unit) + 2)))
    places = [before.index(unit, len(before) // 7 * n) for n in range(1, 7)]
    after = "".join(before[a:b] + "✓" for a, b in itertools.pairwise([0, *places])) + before[places[-1] :]

    changes = word_changes(before, after)

    assert [words for kind, words in changes if kind == "new"] == ["✓"] * 6
    assert [kind for kind, _words in changes if kind == "gone"] == []


_SIGNS = [chr(0x4E00 + place % 60) for place in range(2_000)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("".join(f"{sign}가" for sign in _SIGNS), "".join(f"{sign}나" for sign in _SIGNS)), ("กกขข" * 5_000, "กค" * 99)],
    ids=["of one length", "one is short"],
)
def test_comparing_two_long_texts_takes_about_two_seconds_at_most(before, after):
    """Every second sign is in both, so that for each one found all the others are looked through again."""
    seconds, changes = timed(word_changes, before, after)

    assert seconds < 30 * yardstick()
    assert "".join(words for kind, words in changes if kind != "new") == before
    assert "".join(words for kind, words in changes if kind != "gone") == after


@given(before=st.text(max_size=300), after=st.text(max_size=300))
def test_the_changes_contain_both_texts_completely(before, after):
    changes = word_changes(before, after)

    assert "".join(words for kind, words in changes if kind != "new") == before
    assert "".join(words for kind, words in changes if kind != "gone") == after


def test_many_texts_that_are_compared_at_once_take_no_longer_than_one():
    assert word_changes("a b c", "a x c") == [("same", "a "), ("gone", "b"), ("new", "x"), ("same", " c")]
    assert word_changes("a b c", "a x c", of=4_000_000) == [("gone", "a b c"), ("new", "a x c")]
