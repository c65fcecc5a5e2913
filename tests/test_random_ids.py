"""Ids that strangers or staff see say nothing about the order in which people sent."""

from datetime import time

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from responses.models import Answer, Draft, Gathering, Person, Question, Response, Translation
from responses.models.answer import LONGEST_WAITING
from responses.models.random_id import RandomIdField, random_id
from tests.factories import make_answer, make_gathering, make_response, make_translation, make_user, submit

pytestmark = pytest.mark.django_db


@pytest.mark.once
def test_every_row_of_both_apps_has_a_random_id_or_that_of_a_row_that_has_one():
    models = [model for app in ("responses", "outcomes") for model in apps.get_app_config(app).get_models()]
    # Accounts are Django's, and are numbered.
    models.remove(Person)
    ids = [model._meta.pk.target_field if model._meta.pk.is_relation else model._meta.pk for model in models]

    assert len(models) > 20
    assert [each for each in ids if not isinstance(each, RandomIdField)] == []


@pytest.mark.once
def test_ids_are_spread_over_53_bits():
    drawn = [random_id() for _ in range(1000)]

    assert len(set(drawn)) == 1000
    assert 0 < min(drawn) < 2**46
    assert 2**52 < max(drawn) < 2**53


def test_rows_stored_one_by_one_and_in_one_statement_have_ids_without_order():
    sent = [submit({"meaning": "One.", "needs": "Two.", "resources": "Three."}) for _ in range(8)]
    answers = [answer.pk for response in sent for answer in response.answers.order_by("question__position")]

    assert [response.pk for response in sent] != sorted(response.pk for response in sent)
    assert answers != sorted(answers)
    # Nor have those that the database alone would have numbered.
    assert min(answers) > 1000


def test_a_new_row_with_the_id_of_another_is_refused_and_never_stored_over_it():
    draft = Draft.objects.keep("a" * 26, {"meaning": "First."})

    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(pk=draft.pk, key_hash="another", typed={"meaning": "Second."}, saved_on=draft.saved_on)
    assert Draft.objects.get().typed == {"meaning": "First."}


def test_the_file_of_sqlite_keeps_no_order_of_sending_beside_the_ids():
    sent = {submit().pk, submit().pk}

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {'rowid' if connection.vendor == 'sqlite' else 'id'} FROM responses_response")
        assert {row[0] for row in cursor.fetchall()} == sent


def test_lists_for_translators_and_coders_keep_a_response_together_and_tell_no_order_within_a_day():
    texts = {"meaning": "One.", "needs": "Two."}
    for _ in range(4):
        make_response(texts)

    listed = Answer.objects.order_by(*LONGEST_WAITING)

    codes = sorted(Response.objects.values_list("code", flat=True), reverse=True)
    assert list(listed.values_list("response__code", "text")) == [
        (code, text) for code in codes for text in texts.values()
    ]


def test_earlier_versions_of_one_day_stay_in_their_order():
    response = submit({"meaning": "First."})
    for text in ("Second.", "Third.", "Fourth."):
        response.edit({question: text for question in Question.objects.filter(slug="meaning")})

    read = [texts[0][1] for _version, texts in response.earlier_versions()]

    assert read == ["Third.", "Second.", "First."]


def test_a_correction_by_the_author_keeps_the_day_and_not_the_moment():
    translation = make_translation()

    theirs = Translation.objects.correct(translation, "كلمات المؤلف")

    moment = theirs.created_at
    assert (moment.date(), moment.time()) == (timezone.now().date(), time.min)


@pytest.mark.parametrize(("role", "found"), [(None, 404), ("Translator", 404), ("Coder", 404), ("Reviewer", 302)])
def test_the_admin_leads_from_an_id_to_a_page_only_with_the_right_to_see_the_row(client, role, found):
    response = make_response(sharing="organizers")
    client.force_login(make_user("somebody", *filter(None, [role]), is_staff=True))
    kind = ContentType.objects.get_for_model(Response).pk

    page = client.get(f"/admin/r/{kind}/{response.pk}/")

    assert page.status_code == found
    assert (response.code in page.headers.get("Location", "") + page.content.decode()) == (found == 302)


@pytest.mark.parametrize("model", [Gathering, Draft, Answer])
@pytest.mark.parametrize("role", ["Translator", "Reviewer", "Coder"])
def test_nor_from_the_ids_of_gatherings_drafts_and_answers(client, model, role):
    rows = {
        Gathering: make_gathering,
        Draft: lambda: Draft.objects.keep("a" * 26, {"meaning": "Mine."}),
        Answer: make_answer,
    }
    client.force_login(make_user("somebody", role, is_staff=True))
    kind = ContentType.objects.get_for_model(model).pk

    assert client.get(f"/admin/r/{kind}/{rows[model]().pk}/").status_code == 404


@pytest.mark.parametrize("address", ["0/1", "x/1", "9" * 30 + "/1", "1/x"])
def test_an_address_of_no_row_is_not_found(client, address):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))

    assert client.get(f"/admin/r/{address}/").status_code == 404
