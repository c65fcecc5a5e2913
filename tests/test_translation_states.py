"""Each translation is in one state, in Python as in SQL."""

from datetime import timedelta

import pytest
from django.utils import timezone

from responses.models import Answer, Response, Translation
from responses.translation_states import State, Work, in_state, page_of_work, state_of
from tests.factories import DAY, make_answer, make_translation, make_user

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localdate() + timedelta(days=1)


def waiting(**fields):
    return make_translation(reviewed=False, **fields)


def objected(**fields):
    return make_translation(public_on=None, objected_on=DAY, objection="Not so.", **fields)


def replaced(**fields):
    return make_translation(status="replaced", **fields)


def outdated(**fields):
    return make_translation(source_text="Before.", **fields)


def unpublished(**sharing):
    translation = make_translation()
    Response.objects.filter(answers__translations=translation).update(**sharing)
    return Translation.objects.get(pk=translation.pk)


MADE = {
    State.WAITS: [waiting],
    State.AUTHOR: [lambda: make_translation(public_on=None), lambda: make_translation(public_on=TOMORROW)],
    State.PUBLIC: [make_translation],
    State.OBJECTED: [objected, lambda: objected(source_text="Before.")],
    State.OUTDATED: [
        outdated,
        lambda: waiting(source_text="Before."),
        lambda: make_translation(make_answer(language="ar"), language="ar"),
    ],
    State.REPLACED: [replaced, lambda: replaced(public_on=None, objected_on=DAY)],
    State.HIDDEN: [
        lambda: unpublished(sharing="organizers"),
        lambda: unpublished(status="submitted", accepted_on=None),
        lambda: unpublished(status="declined", accepted_on=None, decline_reason="No."),
    ],
}


def test_each_translation_is_in_exactly_one_state_and_sql_says_the_same():
    made = {state: {make().pk for make in makers} for state, makers in MADE.items()}

    in_sql = {state: set(in_state(Translation.objects.all(), state).values_list("pk", flat=True)) for state in State}
    in_python = {state: set() for state in State}
    for each in Translation.objects.select_related("answer__response"):
        in_python[state_of(each)].add(each.pk)

    assert in_sql == made
    assert in_python == made


def test_what_is_public_is_what_readers_see():
    for makers in MADE.values():
        for make in makers:
            make()

    shown = Translation.objects.published().filter(answer__in=Answer.objects.published())
    assert set(in_state(Translation.objects.all(), State.PUBLIC)) == set(shown)


def words_shown(translation, later=None):
    work = Work(translation, later)
    return work.shows_words, work.original_changes, work.corrections


def test_words_are_shown_only_of_what_still_says_what_its_author_says():
    assert words_shown(make_translation()) == (True, None, None)
    assert words_shown(objected()) == (True, None, None)
    assert words_shown(objected(source_text="Taken back.")) == (False, None, None)
    assert words_shown(replaced(source_text="Taken back.")) == (False, None, None)
    assert words_shown(unpublished(sharing="organizers")) == (False, None, None)
    shown, changes, _corrections = words_shown(outdated())
    assert (shown, [kind for kind, _words in changes]) == (False, ["gone", "new", "same"])


def test_a_translation_into_the_corrected_language_of_the_original_leads_to_no_desk():
    answer = make_answer(language="ar")
    needless, needed = make_translation(answer, language="ar"), make_translation(answer, language="es")

    assert [(Work(each).has_desk, Work(each).original_changes) for each in (needless, needed)] == [
        (False, None),
        (True, None),
    ]


def test_a_correction_is_compared_only_with_a_translation_of_the_same_words():
    answer = make_answer()
    mine = replaced(answer=answer, text="One two.")
    theirs = make_translation(answer, text="One three.")

    assert Work(mine, theirs).corrections == [("same", "One "), ("gone", "two"), ("new", "three"), ("same", ".")]
    mine.source_text = "Taken back."
    assert Work(mine, theirs).corrections is None


def test_what_has_changed_is_compared_once_however_often_a_page_asks():
    mine = replaced(text="One two.")
    corrected, changed = Work(mine, make_translation(mine.answer, text="One three.")), Work(outdated())

    assert corrected.corrections
    assert changed.original_changes
    assert corrected.corrections is corrected.corrections
    assert changed.original_changes is changed.original_changes


def test_what_stands_in_the_place_of_a_translation_is_the_reviewed_one_else_that_of_the_author():
    user, answer = make_user("one"), make_answer()
    mine = replaced(answer=answer, translator=user)
    theirs = make_translation(answer, origin="author", reviewed=False)
    waiting(answer=answer, translator=make_user("another"))
    make_translation(answer, language="es")

    def later():
        return [work.later for work in page_of_work(Translation.objects.filter(pk=mine.pk), 5)]

    assert later() == [theirs]
    reviewed = make_translation(answer)
    assert later() == [reviewed]
    Translation.objects.filter(pk=reviewed.pk).update(public_on=None, objected_on=DAY)
    assert later() == [theirs]


def test_a_list_goes_on_where_it_ended_also_among_translations_of_one_moment():
    at = timezone.now()
    made = [waiting(created_at=at) for _ in range(3)] + [waiting(created_at=at - timedelta(seconds=1))]
    expected = sorted(made[:3], key=lambda each: -each.pk) + made[3:]

    found, cursor = [], ""
    while page := page_of_work(Translation.objects.all(), 1, cursor):
        found += [work.translation for work in page]
        cursor = page[-1].cursor
        # What the page ended with may be gone.
        Translation.objects.filter(pk=found[-1].pk).delete()

    assert [each.created_at for each in found] == [each.created_at for each in expected]
    assert [each.text for each in found] == [each.text for each in expected]
    assert len(found) == 4


MOMENT = "20260101T000000000000"


@pytest.mark.parametrize("cursor", ["x", ".", "20260101.5", f"{MOMENT}.x", f"{MOMENT}.²", f"{MOMENT}.{'9' * 99}"])
def test_a_place_that_is_none_is_refused(cursor):
    with pytest.raises(ValueError, match="."):
        page_of_work(Translation.objects.all(), 1, cursor)
