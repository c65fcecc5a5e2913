"""What an author has objected to stays so, whatever becomes of the row that they objected to."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outcomes.models import Clause, Evidence, Objection, Problem, Quotation, Statement
from responses.models import Translation
from tests.factories import make_answer, make_evidence, make_problem, make_translation, make_user

pytestmark = pytest.mark.django_db

WORDS = "Kwetu wakulima hawana mtandao wa intaneti."


def make_clause(position=1, version="2017"):
    statement, _is_new = Statement.objects.get_or_create(
        version=version, defaults={"title_en": "S", "announced_on": "2017-12-07", "published_at": timezone.now()}
    )
    return Clause.objects.get_or_create(statement=statement, position=position, defaults={"text_en": "C"})[0]


def draft_of(quotation):
    """Its version, as if it had never been published."""
    Statement.objects.update(published_at=None)
    return Statement.objects.get(clauses=quotation.clause_id)


def quote(evidence, clause=None):
    return Quotation.objects.quote(clause or make_clause(), evidence, by=None)


def mark(answer, words, slug="closed-doors", **fields):
    problem = Problem.objects.filter(slug=slug).first() or make_problem(slug)
    return make_evidence(answer, problem=problem, quote=words, **fields)


@pytest.fixture
def refused():
    quotation = quote(mark(make_answer(WORDS), "hawana mtandao"))
    quotation.refuse("Not beside this.")
    return quotation


@pytest.mark.parametrize(
    "delete",
    [
        lambda quotation: quotation.delete(),
        lambda quotation: quotation.evidence.delete(),
        lambda quotation: draft_of(quotation).clauses.get().delete(),
        lambda quotation: draft_of(quotation).delete(),
    ],
)
def test_an_objection_outlives_the_quotation_the_mark_the_clause_and_the_statement(refused, delete):
    answer = refused.evidence.answer
    delete(refused)

    again = Evidence.objects.first() or mark(answer, "hawana mtandao", coder=make_user("another"))

    with pytest.raises(ValidationError, match="objected"):
        quote(again, make_clause(2, "2027"))
    assert [(each.answer, each.quote, each.objection) for each in Objection.objects.all()] == [
        (answer, "hawana mtandao", "Not beside this.")
    ]
    assert Quotation.objects.published().count() == 0


@pytest.mark.parametrize("words", ["hawana mtandao", "mtandao", "wakulima hawana", "mtandao wa", WORDS])
def test_no_part_of_refused_words_is_quoted_whoever_marked_it_and_beside_whichever_clause(refused, words):
    again = mark(refused.evidence.answer, words, "other", coder=make_user("another"))

    with pytest.raises(ValidationError, match="objected"):
        quote(again, make_clause(2))


def test_other_words_of_the_answer_may_still_be_quoted(refused):
    assert quote(mark(refused.evidence.answer, "wa intaneti", "other")).awaits_author


def test_the_same_words_of_somebody_else_may_still_be_quoted(refused):
    assert quote(mark(make_answer(WORDS), "hawana mtandao", "other")).awaits_author


def test_an_objection_hides_the_same_words_beside_other_clauses_too():
    answer = make_answer(WORDS)
    first, wider, other = (
        quote(mark(answer, words, slug), make_clause(position))
        for position, (slug, words) in enumerate((("a", "mtandao"), ("b", "hawana mtandao"), ("c", "wakulima")), 1)
    )
    for each in (first, wider, other):
        each.agree()

    first.refuse()

    assert list(Quotation.objects.published()) == [other]
    with pytest.raises(ValidationError, match="objected"):
        wider.agree()


def test_refused_words_stay_refused_after_an_edit_around_them(refused):
    answer = refused.evidence.answer
    answer.response.edit({answer.question: f"Naam. {WORDS}"})
    answer.response.accept()

    with pytest.raises(ValidationError, match="objected"):
        quote(Evidence.objects.get(), make_clause(2))


def test_an_objection_to_words_of_a_translation_holds_in_its_newer_wording():
    answer = make_answer(WORDS)
    translation = make_translation(answer, language="en", text="No cheap internet here.")
    quote(mark(answer, "cheap internet", translation=translation)).refuse()
    newer = Translation.objects.suggest(
        answer, "en", "No cheap internet at all.", translator=make_user("t"), source_text=WORDS
    )
    newer.review(by=make_user("r"), seen=newer.fingerprint)
    newer.agree()

    with pytest.raises(ValidationError, match="objected"):
        quote(mark(answer, "cheap internet", "other", translation=newer), make_clause(2))


def test_an_objection_goes_with_the_answer_when_its_author_withdraws(refused):
    refused.evidence.answer.response.withdraw()

    assert Objection.objects.count() == 0


def test_the_string_of_an_objection_contains_none_of_its_words(refused):
    assert str(Objection.objects.get()) == f"{refused.evidence.answer.response.code}/meaning"


def test_a_passage_that_was_edited_away_is_not_quoted_though_another_of_the_answer_is():
    answer = make_answer(WORDS)
    lost, kept = mark(answer, "wakulima hawana"), mark(answer, "intaneti", slug="another")
    answer.response.edit({answer.question: "Kwetu watu hawana mtandao wa intaneti."})

    with pytest.raises(ValidationError, match="edited away"):
        quote(lost)

    assert quote(kept) == Quotation.objects.get()


def test_two_marks_on_the_same_words_are_quoted_in_a_clause_only_once():
    answer = make_answer(WORDS)
    quote(mark(answer, "mtandao", "one"))

    with pytest.raises(ValidationError, match="already"):
        quote(mark(answer, "mtandao", "two", coder=make_user("another")))


def suggest(answer, text, name):
    return Translation.objects.suggest(answer, "ar", text, translator=make_user(name), source_text=answer.text)


def test_words_that_an_author_refused_are_not_reviewed_from_another_suggestion_that_was_waiting():
    answer = make_answer()
    refused, waiting = suggest(answer, "خطأ.", "one"), suggest(answer, "خطأ.", "two")
    refused.review(by=make_user("r"), seen=refused.fingerprint)
    refused.refuse()

    with pytest.raises(ValidationError, match="objected"):
        waiting.review(by=make_user("s"), seen=waiting.fingerprint)
    assert list(Translation.objects.live().reviewed()) == []


@pytest.mark.parametrize("text", ["Wrong: e\u0301.", " Wrong:  é.\n", "Wrong:\né."])
def test_refused_words_are_not_suggested_again_with_other_white_space(text):
    make_translation(make_answer(), text="Wrong: é.").refuse()

    with pytest.raises(ValidationError, match="objected"):
        suggest(Translation.objects.get().answer, text, "one")


def test_refused_words_of_an_outdated_translation_do_not_come_back_as_still_correct():
    answer = make_answer("Kila mtu.")
    translation = make_translation(answer, text="كل شخص.", source_text="Kila mtu!", translator=make_user("t"))
    make_translation(answer, text="كل شخص.", status="replaced", public_on=None, objected_on=date(2026, 3, 1))

    with pytest.raises(ValidationError, match="objected"):
        translation.still_correct(by=make_user("r"), seen=answer.fingerprint)


def test_authors_may_take_back_what_they_refused_in_their_own_words():
    translation = make_translation(make_answer(), text="Right after all.")
    translation.refuse()
    make_translation(translation.answer, language="es", text="Something else.")
    other = make_translation(translation.answer, text="Other.", status="replaced")

    own = Translation.objects.correct(other, "Right after all.")
    own.review(by=make_user("r"), seen=own.fingerprint)

    assert Translation.objects.get(pk=own.pk).is_reviewed


def test_whoever_quotes_or_looks_at_a_quotation_reads_to_what_its_author_has_objected(client, refused):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    other = quote(mark(refused.evidence.answer, "wakulima", slug="another"), make_clause(2))

    for address in (
        f"/admin/outcomes/quotation/add/?evidence={other.evidence_id}",
        f"/admin/outcomes/quotation/{other.pk}/change/",
    ):
        html = client.get(address).content.decode()

        assert "The author does not want these words to be quoted:" in html
        assert "Not beside this." in html
