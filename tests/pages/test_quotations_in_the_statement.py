"""What people said, beside the clauses: with stance, credit and licence, in the reader's language where it is there."""

from html import unescape

import pytest
from django.utils import timezone

from outcomes.models import Clause, Quotation, Statement
from tests.factories import make_affiliate, make_answer, make_evidence, make_problem, make_translation, make_user

pytestmark = pytest.mark.django_db


def quoted(answer, quote="nafasi", position=1, **marked):
    statement, _is_new = Statement.objects.get_or_create(
        version="2026-draft", defaults={"title_en": "S", "announced_on": "2026-12-07", "published_at": timezone.now()}
    )
    clause, _is_new = Clause.objects.get_or_create(statement=statement, position=position, defaults={"text_en": "C"})
    quotation = Quotation.objects.quote(clause, make_evidence(answer, quote=quote, **marked), by=None)
    quotation.agree()
    return quotation


def page(client, language="en"):
    return unescape(client.get(f"/{language}/statement/").content.decode())


@pytest.mark.parametrize(
    ("stance", "label"),
    [("supports", "Agrees"), ("qualifies", "Agrees in part"), ("contradicts", "Disagrees")],
)
def test_a_quotation_says_what_it_says_to_which_problem(client, stance, label):
    quoted(make_answer(), stance=stance)

    html = page(client)

    assert f'<span class="label {stance}">{label}</span> <a href="/en/problems/closed-doors/">Closed doors</a>' in html


@pytest.mark.parametrize(
    ("sharing", "shown"),
    [
        ("named", {"Amina", "Kikundi", "CC BY-SA 4.0"}),
        ("affiliate", {"Kikundi", "CC BY-SA 4.0"}),
        ("unnamed", {"CC0 1.0"}),
    ],
)
@pytest.mark.parametrize("on_the_roster", [True, False])
def test_a_quotation_is_credited_as_its_author_chose_and_has_its_licence(client, sharing, shown, on_the_roster):
    group = {"affiliate": make_affiliate(name="Kikundi")} if on_the_roster else {"affiliate_name": "Kikundi"}
    answer = make_answer(sharing=sharing, display_name="Amina", people=7, **group)
    quoted(answer)

    html = page(client)

    assert {each for each in ("Amina", "Kikundi", "CC BY-SA 4.0", "CC0 1.0") if each in html} == shown
    assert answer.response.code in html
    assert ("7 people" in html) is (sharing != "unnamed")


def test_readers_get_the_reviewed_translation_with_the_passage_marked_in_the_original(client):
    answer = make_answer("Kila mtu ana nafasi yake.")
    make_translation(answer, language="ar", text="لكل شخص مكانه.", translator=make_user("layla"))
    quoted(answer)

    arabic, swedish = page(client, "ar"), page(client, "sv")

    assert '<blockquote class="words" lang="ar" dir="rtl"><p>لكل شخص مكانه.</p></blockquote>' in arabic
    assert "<mark>nafasi</mark>" in arabic
    assert "layla" in arabic
    assert '<blockquote class="words" lang="sw" dir="ltr"><p>nafasi</p></blockquote>' in swedish
    assert '<span lang="sw" dir="ltr">Kiswahili</span>' in swedish


def test_a_passage_of_a_translation_has_the_original_beside_it_and_names_its_translator(client):
    answer = make_answer("Kila mtu ana nafasi yake.")
    translation = make_translation(
        answer, language="en", text="Everybody has their place.", translator=make_user("layla")
    )
    quoted(answer, quote="their place", translation=translation)

    english, swedish = page(client, "en"), page(client, "sv")

    assert "<mark>their place</mark>" in english
    assert "<p>Kila mtu ana nafasi yake.</p></blockquote>" in english
    assert '<blockquote class="words" lang="en" dir="ltr"><p>their place</p></blockquote>' in swedish
    assert "layla" in swedish


def test_a_translation_that_is_not_public_yet_is_not_shown(client):
    answer = make_answer()
    make_translation(answer, language="ar", text="لكل شخص مكانه.", public_on=None)
    quoted(answer)

    assert "مكانه" not in page(client, "ar")


@pytest.mark.parametrize("number", [1, 3])
def test_quotations_cost_the_page_four_queries_however_many_there_are(client, django_assert_num_queries, number):
    for position in range(1, number + 1):
        answer = make_answer()
        translation = make_translation(answer, language="en", text="room")
        quoted(answer, "room", position, problem=make_problem(f"p{position}"), translation=translation)

        # Statement, clauses, problems, quotations; marks, answers, translations, places; all versions.
    with django_assert_num_queries(9):
        client.get("/en/statement/")


def test_the_version_is_isolated_in_a_page_that_runs_right_to_left(client):
    quoted(make_answer())

    assert "<bdi>2026-draft</bdi>" in page(client, "ar")


def test_the_notice_speaks_of_quoted_words_only_if_there_are_some(client):
    quoted(make_answer())

    assert "stand below in English" not in page(client)
    Clause.objects.create(statement=Statement.objects.get(), position=2, text_en="C", quotation="different needs")
    assert "stand below in English" in page(client)
