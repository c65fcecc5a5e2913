"""A mark in a translation is found again in its newer wording, as marks in originals are."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.models import Evidence
from responses.models import Answer, Response, Translation
from tests.factories import DAY, make_answer, make_evidence, make_problem, make_translation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def mark():
    make_evidence(make_answer("Somebody else: cheaper internet."), problem=make_problem("other"), quote="internet")
    answer = make_answer("Mtandao wa bei nafuu, barabara mbovu.")
    translation = make_translation(answer, language="en", text="We need cheaper internet, the raods are bad.")
    return make_evidence(answer, quote="cheaper internet", translation=translation)


def correct(mark, text, *, source_text=None):
    """A translation that another person suggests and a third one reviews."""
    newer = Translation.objects.suggest(
        mark.answer,
        "en",
        text,
        translator=make_user(f"translator{Translation.objects.count()}"),
        source_text=source_text or mark.answer.text,
    )
    newer.review(by=make_user(f"reviewer{Translation.objects.count()}"), seen=newer.fingerprint)
    return newer


def published(mark):
    """Whether a mark is published; the page, the database and the list of what waits agree about it."""
    stored = Evidence.objects.get(pk=mark.pk)
    found = Evidence.objects.published().filter(pk=mark.pk).exists()
    assert (stored.is_lost, stored.lost_on is not None) == (not found, not found)
    assert Evidence.objects.lost().filter(pk=mark.pk).exists() is not found
    return found


def test_mending_another_word_of_the_translation_keeps_the_passage_before_and_after_it_is_public(mark):
    newer = correct(mark, "Here: We need cheaper internet, the roads are bad.")

    assert not newer.is_public
    assert published(mark)
    newer.agree()
    assert published(mark)
    assert Evidence.objects.get(pk=mark.pk).passage.start == len("Here: We need ")
    assert Evidence.objects.get(pk=mark.pk).present_translation == newer


def test_the_passage_is_found_after_several_corrections(mark):
    for text in ("We need cheaper internet; roads.", "Really: We need cheaper internet, roads."):
        correct(mark, text).agree()

    assert published(mark)


@pytest.mark.parametrize("text", ["We need cheaper Internet, the roads are bad.", "We need nothing."])
def test_a_passage_that_the_correction_has_changed_is_in_the_list_of_lost_ones(mark, text):
    correct(mark, text).agree()

    assert not published(mark)
    assert list(Evidence.objects.lost()) == [mark]


def test_a_passage_in_another_context_is_lost(mark):
    correct(mark, "Nobody asks for cheaper internet or roads.").agree()

    assert not published(mark)


def test_the_passage_is_hidden_if_the_author_objects_to_the_corrected_translation(mark):
    correct(mark, "We need cheaper internet, the roads are bad.").refuse()

    assert not published(mark)


def test_after_a_change_of_the_original_the_passage_waits_until_the_new_translation_is_public(mark):
    answer = mark.answer
    answer.response.edit({answer.question: "Mtandao wa bei nafuu!"})
    answer.response.accept()
    mark.answer.refresh_from_db()
    assert not published(mark)

    newer = correct(mark, "We need cheaper internet, that is all!")
    assert not published(mark)
    newer.agree()
    assert published(mark)


def test_one_letter_changed_within_a_passage_of_the_original_is_lost_and_listed():
    mark = make_evidence(make_answer("Hawana mtandao."), quote="mtandao")

    Answer.objects.filter(pk=mark.answer_id).update(text="Hawana mtandano.")
    Evidence.objects.keep_lost()

    assert not published(mark)
    assert list(Evidence.objects.lost()) == [mark]


def test_a_passage_is_not_shown_once_the_answer_is_said_to_be_in_that_language_itself(mark):
    Response.objects.filter(pk=mark.answer.response_id).update(language="und", language_name="Kiingereza")

    Response.objects.get(pk=mark.answer.response_id).list_language("en")

    assert not published(mark)


def test_readers_of_the_problem_see_the_passage_and_who_made_the_present_wording(client, mark):
    newer = correct(mark, "We need cheaper internet, the roads are bad.")

    waiting = client.get("/en/problems/closed-doors/").content.decode()
    newer.agree()
    public = client.get("/en/problems/closed-doors/").content.decode()

    assert '<blockquote class="words" lang="en" dir="ltr"><p>cheaper internet</p></blockquote>' in waiting
    assert "roads" not in waiting
    assert "<mark>cheaper internet</mark>" in public
    assert "the roads are bad." in public
    assert f"by <bdi>{newer.translator}</bdi>" in public


@pytest.mark.parametrize("number", [1, 3])
def test_replaced_translations_cost_the_page_one_query_however_many_there_are(
    client, django_assert_num_queries, number
):
    problem = make_problem()
    for _ in range(number):
        answer = make_answer()
        translation = make_translation(answer, language="en", text="room", status="replaced")
        make_evidence(answer, problem=problem, quote="room", translation=translation)
        make_translation(answer, language="en", text="room")

    with django_assert_num_queries(12):  # one more than without
        client.get("/en/problems/closed-doors/")


STATES = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["a b c", "x a b c", "a b", "b", "a B c", "z b z"]),
        "source_text": st.sampled_from(["now", "before"]),
        "public_on": st.sampled_from([None, DAY, timezone.localdate() + timedelta(days=9)]),
        "objected_on": st.sampled_from([None, None, DAY]),
    }
)


@given(marked=STATES, newer=st.none() | STATES, language=st.sampled_from(["sw", "en"]))
@settings(max_examples=40, deadline=None)
def test_the_database_and_the_page_find_the_same_passages_in_translations(marked, newer, language):
    for each in (marked, newer or {}):
        if each.get("objected_on"):
            each["public_on"] = None
    with transaction.atomic():
        answer = make_answer("now")
        translation = make_translation(answer, language="en", text="a b c")
        mark = make_evidence(answer, problem=make_problem(f"p{answer.pk}"), quote="b", translation=translation)
        status = "replaced" if newer else "reviewed"
        Translation.objects.filter(pk=translation.pk).update(**marked, status=status)
        if newer:
            make_translation(answer, language="en", **newer)
        Response.objects.filter(pk=answer.response_id).update(language=language)
        mark.answer.evidence.keep_lost()

        published(mark)
        transaction.set_rollback(True)


def same(problem, answer, **fields):
    return make_evidence(answer, problem=problem, coder=make_user(f"coder{Evidence.objects.count()}"), **fields)


def test_the_same_words_marked_by_two_coders_count_once_and_are_shown_once(client):
    problem = make_problem()
    answer = make_answer("Kila mtu ana nafasi.", sharing="affiliate", affiliate_name="K", people=7)
    first = same(problem, answer)
    same(problem, answer)
    same(problem, make_answer())
    same(make_problem("other"), answer)

    page = client.get("/en/problems/closed-doors/")
    [listed, _other] = client.get("/en/problems/").context["problems"]
    response = client.get(answer.response.get_absolute_url()).content.decode()

    assert [marked.evidence.answer_id for marked in page.context["passages"]].count(answer.pk) == 1
    assert first in [marked.evidence for marked in page.context["passages"]]
    assert (listed.voices.number, listed.voices.responses, listed.voices.people) == (2, 2, 8)
    assert response.count('<blockquote class="words" lang="sw" dir="ltr"><p>nafasi</p></blockquote>') == 2


def test_the_same_words_with_another_stance_and_the_words_beside_them_are_shown_too():
    problem, answer = make_problem(), make_answer("Kila mtu ana nafasi.")
    marks = [same(problem, answer), same(problem, answer, stance="contradicts"), same(problem, answer, quote="ana")]

    assert set(Evidence.objects.published().once()) == set(marks)


def test_marks_from_before_and_after_an_edit_are_on_the_same_words():
    problem, answer = make_problem(), make_answer("Kila mtu ana nafasi.")
    first = same(problem, answer)
    answer.response.edit({answer.question: "Naam. Kila mtu ana nafasi."})
    answer.response.accept()
    answer.refresh_from_db()
    same(problem, answer)

    assert list(Evidence.objects.published().once()) == [first]


def test_marks_in_an_older_and_a_newer_translation_are_on_the_same_words(mark):
    newer = correct(mark, "We need cheaper internet, the roads are bad.")
    newer.agree()
    same(mark.problem, mark.answer, quote="cheaper internet", translation=newer)

    assert list(mark.problem.evidence.published().once()) == [mark]


def test_when_the_first_of_two_marks_is_taken_back_the_other_one_counts():
    problem, answer = make_problem(), make_answer()
    first, second = same(problem, answer), same(problem, answer)

    first.take_back()

    assert list(Evidence.objects.published().once()) == [second]


def test_a_mark_never_cuts_a_letter():
    answer = make_answer("काम की बात 👩‍👩‍👧‍👦!", language="hi")

    assert same(make_problem(), answer, quote="ाम क").quote == "काम की"
    assert same(make_problem("family"), answer, quote="👩‍👧").quote == "👩‍👩‍👧‍👦"
