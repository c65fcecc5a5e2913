"""Somebody who knows who wrote a response has put it away."""

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey

from outcomes.models import Evidence, Quotation
from responses.admin.recusals import NotRecused
from responses.exchange.data_export import author_data
from responses.languages import language_of
from responses.models import Answer, MachineDraftOrder, Recusal, Reservation, Response, Translation
from responses.models.recusal import AboutResponses
from responses.translation_desk import TranslationDesk
from tests.factories import (
    DAY,
    make_answer,
    make_evidence,
    make_response,
    make_translation,
    make_user,
    submit,
)
from tests.test_consent import quote

pytestmark = pytest.mark.django_db


def test_what_somebody_has_put_away_is_in_none_of_their_rows_and_in_all_of_others():
    one, other = make_user("one"), make_user("other")
    known, another = make_answer("Hii ni nafasi."), make_answer()
    for answer in (known, another):
        quote(make_evidence(answer, problem=None if answer == known else Evidence.objects.get().problem))
        make_translation(answer)
        MachineDraftOrder.objects.create(answer=answer, language="es")

    Recusal.objects.recuse(one, known.response)

    def seen_by(user):
        return {
            Response: set(Response.objects.not_recused_by(user)),
            Answer: set(Answer.objects.for_desk_of(user)),
            Translation: {each.answer for each in Translation.objects.not_recused_by(user)},
            Evidence: {each.answer for each in Evidence.objects.not_recused_by(user)},
            Quotation: {each.evidence.answer for each in Quotation.objects.not_recused_by(user)},
            MachineDraftOrder: {each.answer for each in MachineDraftOrder.objects.not_recused_by(user)},
        }

    assert seen_by(one) == {model: {another} for model in seen_by(one)} | {Response: {another.response}}
    assert seen_by(other) == {model: {known, another} for model in seen_by(other)} | {
        Response: {known.response, another.response}
    }
    assert list(Response.objects.recused_by(one)) == [known.response]


def test_putting_away_twice_is_one_row_with_the_day_of_the_first():
    user, response = make_user("one"), make_response()

    Recusal.objects.recuse(user, response, on=DAY)
    Recusal.objects.recuse(user, response)

    assert list(Recusal.objects.values_list("user", "response", "recused_on")) == [(user.pk, response.pk, DAY)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.create(user=user, response=response, recused_on=DAY)


def test_answers_that_somebody_has_reserved_are_free_again_and_others_stay_reserved():
    one, other = make_user("one"), make_user("other")
    known, another = make_answer(), make_answer()
    for answer, language, user in ((known, "ar", one), (known, "es", other), (another, "ar", one)):
        Reservation.objects.take(answer, language, user)

    Recusal.objects.recuse(one, known.response)

    left = set(Reservation.objects.values_list("answer", "language", "user"))
    assert left == {(known.pk, "es", other.pk), (another.pk, "ar", one.pk)}


def test_it_holds_for_an_answer_that_is_added_or_changed_later():
    user, answer = make_user("one"), make_answer()
    Recusal.objects.recuse(user, answer.response)

    answer.response.edit({answer.question: "Maneno mapya."})
    answer.response.accept()

    assert list(Answer.objects.for_desk_of(user)) == []


def test_withdrawing_deletes_it_and_afterwards_there_is_nothing_to_put_away():
    user, response = make_user("one"), make_response()
    Recusal.objects.recuse(user, response)

    response.withdraw()

    assert Recusal.objects.count() == 0
    with pytest.raises(ValidationError):
        Recusal.objects.recuse(user, response)
    assert Recusal.objects.count() == 0


def test_it_is_deleted_with_the_account_and_the_response_stays():
    user, response = make_user("one"), make_response()
    Recusal.objects.recuse(user, response)

    user.delete()

    assert (Recusal.objects.count(), Response.objects.get()) == (0, response)


def test_its_name_tells_which_response_and_never_who():
    recusal = Recusal.objects.recuse(make_user("maria"), make_response())

    assert str(recusal) == recusal.response.code


def test_the_author_learns_nothing_of_it(client):
    sent = submit()
    key = sent.key
    sent.accept()
    paths = [
        f"/en/responses/{sent.code}/",
        *(f"/en/my-response/{key}/{page}" for page in ("", "data.json", "data.txt")),
    ]

    def read():
        return author_data(Response.objects.get()), [client.get(path).content for path in paths]

    before = read()

    Recusal.objects.recuse(make_user("zzz-knows-the-author"), sent, on=DAY)

    assert read() == before


def test_a_response_that_everybody_has_put_away_has_no_reader():
    one, other = make_user("one"), make_user("other")
    by_both, by_one, by_none = submit(), submit(), submit()
    Recusal.objects.recuse(one, by_both)
    Recusal.objects.recuse(other, by_both)
    Recusal.objects.recuse(one, by_one)

    waiting = Response.objects.awaiting_review()

    assert set(waiting.without_reader([one, other])) == {by_both}
    assert set(waiting.without_reader([one])) == {by_both, by_one}
    assert set(waiting.without_reader([])) == set()
    assert by_none in waiting


def test_the_desk_of_a_language_counts_nothing_that_was_put_away():
    user, known = make_user("one"), make_answer(language="ha")
    make_translation(known, language="es", reviewed=False)
    Recusal.objects.recuse(user, known.response)

    desks = {code: TranslationDesk(user, language_of(code), Answer.objects.published()) for code in ("ar", "es")}

    assert [(desk.sources, desk.lacking, desk.waiting) for desk in desks.values()] == [([], [], [])] * 2


def _leads_to_a_response(model, steps=4):
    if model._meta.concrete_model is Response:
        return True
    foreign = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return steps > 0 and any(_leads_to_a_response(field.related_model, steps - 1) for field in foreign)


def test_no_desk_of_rows_that_belong_to_responses_is_forgotten():
    about_responses = {model for model in admin.site._registry if _leads_to_a_response(model)}

    assert len(about_responses) == 8
    assert {model for model in about_responses if not isinstance(admin.site._registry[model], NotRecused)} == set()
    assert {model for model in about_responses if not isinstance(model.objects.all(), AboutResponses)} == set()


def test_the_database_finds_what_somebody_has_put_away_by_an_index():
    user = make_user("one")
    Recusal.objects.recuse(user, make_response())

    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, Recusal._meta.db_table)

    assert names["one_recusal_a_user_a_response"]["columns"] == ["user_id", "response_id"]
