"""Who is named beside a translation: whoever wrote it, and whoever reviewed it, if they want to be."""

import io

import pytest

from responses.exchange import po
from responses.exchange.data_export import author_data
from responses.exchange.units import Languages, units_to_translate
from responses.models import Answer, Translation, Translator
from tests.factories import make_answer, make_evidence, make_problem, make_translation, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"translator": "one", "reviewer": "two"}, "by <bdi>one</bdi>, reviewed by <bdi>two</bdi>"),
        ({"translator": "one", "reviewer": "hidden"}, "by <bdi>one</bdi>"),
        ({"translator": "hidden", "reviewer": "two"}, "by a volunteer, reviewed by <bdi>two</bdi>"),
        ({"translator": "hidden"}, "by a volunteer"),
        ({"origin": "author", "reviewer": "two"}, "by its author, reviewed by <bdi>two</bdi>"),
        ({"origin": "author", "reviewer": "hidden"}, "by its author"),
        ({"origin": "machine", "reviewer": "two"}, "by a machine, read by <bdi>two</bdi>"),
        ({"origin": "machine", "reviewer": "hidden"}, "by a machine, read by a person"),
    ],
)
def test_readers_see_who_translated_and_who_reviewed_if_they_want_to_be_named(client, fields, said):
    users = {name: make_user(name) for name in ("one", "two", "hidden")}
    Translator.objects.create(user=users["hidden"], is_named=False)
    answer = make_answer("Hii ni nafasi.")
    make_translation(answer, language="en", **{name: users.get(value, value) for name, value in fields.items()})
    make_evidence(answer, problem=make_problem())

    told = f'Translated from <bdi lang="sw" dir="ltr" translate="no">Kiswahili</bdi> {said}\n</p>'

    pages = [f"/en/{page}" for page in (f"responses/{answer.response.code}/", "responses/", "problems/closed-doors/")]
    assert [told in client.get(page).content.decode() for page in pages] == [True, True, True]


def test_the_name_of_a_reviewer_from_wikimedia_leads_to_their_page(client):
    reviewer = make_user("two", first_name="Two Ns")
    answer = make_translation(language="en", reviewer=reviewer).answer

    html = client.get(f"/en/responses/{answer.response.code}/").content.decode()

    assert 'wiki/User:Two_Ns"><bdi>Two Ns</bdi></a>' in html


def test_a_deleted_account_is_named_no_more():
    user = make_user("two")
    make_translation(reviewer=user)
    assert Translation.objects.with_credit().get().credited_reviewer == "two"

    user.delete()

    assert Translation.objects.with_credit().get().credited_reviewer == ""


def test_files_name_both():
    one, two, hidden, other = (make_user(name) for name in ("one", "two", "hidden", "hidden-too"))
    for each in (hidden, other):
        Translator.objects.create(user=each, is_named=False)
    make_translation(make_answer(), translator=one, reviewer=two)
    make_translation(make_answer(), translator=hidden, reviewer=other)

    told = [author_data(answer.response)["answers"][0]["translations"][0] for answer in Answer.objects.order_by("text")]
    assert {(each["translator"], each["reviewer"]) for each in told} == {("one", "two"), (None, None)}
    Answer.objects.update(text="Maneno mapya.")
    file = io.StringIO()
    po.write(file, Languages("sw", "ar"), units_to_translate(Languages("sw", "ar")))
    text = file.getvalue()
    assert ("#. Translator: one\n" in text, "#. Reviewer: two\n" in text, "hidden" in text) == (True, True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_naming_takes_the_same_number_of_queries_for_one_and_for_three(number, django_assert_num_queries):
    for each in range(number):
        translator, reviewer = make_user(f"one{each}"), make_user(f"two{each}")
        Translator.objects.create(user=reviewer)
        make_translation(make_answer(), translator=translator, reviewer=reviewer)

    with django_assert_num_queries(1):
        found = [(each.credited_name, each.credited_reviewer) for each in Translation.objects.with_credit()]

    assert set(found) == {(f"one{each}", f"two{each}") for each in range(number)}
