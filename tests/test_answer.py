import pytest
from django.db import IntegrityError, transaction

from responses.models import Answer

from .factories import make_answer, make_response, make_translation, submit

pytestmark = pytest.mark.django_db


def test_an_answer_cannot_be_blank():
    answer = make_answer()

    for text in ("", "   "):
        with pytest.raises(IntegrityError, match="answer_is_not_blank"), transaction.atomic():
            Answer.objects.filter(pk=answer.pk).update(text=text)


def test_a_response_has_at_most_one_answer_to_each_question():
    answer = make_answer()

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(response=answer.response, question=answer.question, text="Twice.", prompt_text="?")


def test_answers_are_published_with_their_response():
    public = make_answer()
    make_response(sharing="organizers")
    submit()

    assert list(Answer.objects.published()) == [public]


def test_answers_for_the_organizers_only_can_be_marked_as_evidence():
    public = make_answer()
    private = make_answer(sharing="organizers")
    submit()

    assert set(Answer.objects.accepted()) == {public, private}


def test_answers_lack_a_translation_if_nobody_has_translated_their_current_words():
    missing = make_answer(language="sw")
    outdated = make_translation(make_answer(language="sw"), source_text="Before the edit.").answer
    make_translation(make_answer(language="sw"), language="ar")
    make_translation(make_answer(language="sw"), language="ar", reviewed=False)
    make_answer(language="ar")

    assert set(Answer.objects.published().lacking_translation("ar")) == {missing, outdated}


def test_readers_get_the_reviewed_translation_into_their_language_or_the_original():
    answer = make_answer("Kila mtu.", language="sw")
    translation = make_translation(answer, language="ar", text="كل شخص.")
    make_translation(answer, language="es", text="Nobody has read this yet.", reviewed=False)

    readings = {code: Answer.objects.for_reading(code).get().reading(code) for code in ("ar", "es", "sw")}

    assert {code: (each.text, each.language) for code, each in readings.items()} == {
        "ar": ("كل شخص.", "ar"),
        "es": ("Kila mtu.", "sw"),
        "sw": ("Kila mtu.", "sw"),
    }
    assert readings["ar"].translation == translation


def test_the_string_of_an_answer_contains_none_of_its_words():
    answer = make_answer("Secret words.")

    assert str(answer) == f"{answer.response.code}/meaning"
