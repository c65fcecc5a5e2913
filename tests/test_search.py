"""People find responses by their words, in the original or in the translation that the page shows."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from responses.languages.text_matching import search_key
from responses.models import Response, SearchText, Translation
from responses.views.responses import PAGE_LENGTH
from tests.factories import make_answer, make_response, make_user, submit

pytestmark = pytest.mark.django_db


def found(client, typed, language="en", **more):
    page = client.get(f"/{language}/responses/", {"q": typed, **more})
    return [response for response, _readings in page.context["entries"]]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Wakulima hawana MTANDAO.", "mtandao"),
        ("Wakulima hawana mtandao.", "  mtandao   wakulima "),
        ("Mångfald på små språk", "mangfald sprak"),
        ("Straße", "STRASSE"),
        ("التنوُّع أن يكون لكل لغة مكان", "التنوع"),
        ("زبان‌های کوچک", "زبانهای کوچک"),
        ("كتاب وعلي", "کتاب علی"),
        ("العـــربية", "العربيه"),
        ("人人生而自由", "自由"),
        ("มนุษย์ทั้งหลายเกิดมามีอิสระ", "อิสระ"),
        ("في عام ٢٠١٧", "2017"),
        ("100% _open_", "100% _open_"),
        ("ﬁrst", "first"),
        ("L’égalité d’accès", "l'égalité d'acces"),
        ("«Culture libre», accès", '"culture libre", accès'),
        ("Culture libre", "culture-libre"),
        ("زبان می شود", "می\u200cشود"),
        ("زبان می\u200cشود", "می شود"),
        ("तरीक़ा", "तरीका"),
        ("IŞIK", "ışık"),
        ("ƙauye", "kauye"),
        ("50 %", "%"),
    ],
)
def test_words_are_found_despite_other_capitals_accents_digits_and_punctuation(client, text, typed):
    response = make_response({"meaning": text})
    make_response({"meaning": "Something else."})

    assert found(client, typed) == [response]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Wakulima hawana mtandao.", "wakulima simu"),
        # Here the mark makes it another word.
        ("ไม่", "ไม้"),
        ("काम", "कम"),
        ("パパ", "ハハ"),
        ("abc", "%"),
        ("abc", "_"),
        ("one two three four five six seven eight", "one two three four five six seven eight nine"),
    ],
)
def test_other_words_are_not_found(client, text, typed):
    make_response({"meaning": text})

    assert found(client, typed) == []
    assert "No response with these words was found." in client.get("/en/responses/", {"q": typed}).content.decode()


def test_all_words_must_stand_in_one_answer(client):
    make_response({"meaning": "bread", "needs": "roses"})
    both = make_response({"meaning": "bread and roses"})

    assert found(client, "roses bread") == [both]


def test_unpublished_words_are_not_found(client):
    submit({"meaning": "SECRET"})
    make_response({"meaning": "SECRET"}, sharing="organizers")
    make_response({"meaning": "SECRET"}).withdraw()
    declined = make_response({"meaning": "SECRET"})
    declined.decline("No.")
    changed = make_response({"meaning": "SECRET"})
    changed.edit({answer.question: "other words" for answer in changed.answers.all()})
    changed.accept()

    assert found(client, "secret") == []
    assert found(client, "other words") == [changed]


def test_words_that_the_author_changed_leave_the_search_index():
    response = make_response({"meaning": "SECRET"})

    response.edit({answer.question: "other words" for answer in response.answers.all()})

    assert list(SearchText.objects.values_list("words", flat=True)) == ["other words"]


def translated(answer, text, language="ar"):
    translation = Translation.objects.suggest(
        answer,
        language,
        text,
        translator=make_user(f"translator{Translation.objects.count()}"),
        source_text=answer.text,
    )
    translation.review(by=make_user(f"reviewer{translation.pk}"), seen=translation.fingerprint)
    return translation


def test_a_public_translation_is_found_only_on_pages_that_show_it(client):
    answer = make_answer("Kila mtu ana nafasi.")
    translated(answer, "لكل شخص مكان.")

    assert found(client, "شخص", "ar") == []
    Translation.objects.update(public_on=timezone.localdate())

    assert found(client, "شخص", "ar") == [answer.response]
    assert found(client, "شخص", "en") == []
    assert found(client, "شخص", "ar", show="originals") == []
    assert found(client, "nafasi", "ar") == [answer.response]


def test_a_translation_that_was_replaced_or_is_outdated_is_not_found(client):
    answer = make_answer("Kila mtu ana nafasi.")
    translated(answer, "لكل شخص مكان.")
    translated(answer, "لكل إنسان مكان.")
    Translation.objects.update(public_on=timezone.localdate())

    assert found(client, "شخص", "ar") == []
    assert found(client, "إنسان", "ar") == [answer.response]
    response = Response.objects.get()
    response.edit({answer.question: "Kila mtu ana sauti."})
    response.accept()
    assert found(client, "إنسان", "ar") == []


def test_the_next_page_of_a_search_continues_the_search(client):
    day = date(2026, 1, 1)
    for number in range(PAGE_LENGTH + 3):
        make_response({"meaning": "bread"}, accepted_on=day + timedelta(days=number))
        make_response({"meaning": "roses"}, accepted_on=day + timedelta(days=number))

    first = client.get("/en/responses/", {"q": "bread"})
    href = f"?q=bread&amp;after={first.context['next'].cursor}"

    assert href in first.content.decode()
    assert len(found(client, "bread", after=first.context["next"].cursor)) == 3


@pytest.mark.parametrize(
    "typed", ["\x00", "x" * 100_000, "́" * 5_000, "' OR 1=1 --", "\u202e<script>alert(1)</script>", "%"]
)
def test_a_search_for_anything_is_answered_and_printed_as_text(client, typed):
    make_response({"meaning": "bread"})

    page = client.get("/en/responses/", {"q": typed})

    assert page.status_code == (400 if typed == "\x00" else 200)
    assert "<script>alert" not in page.content.decode()


def test_a_search_for_invisible_characters_finds_nothing(client):
    make_response({"meaning": "bread"})

    assert found(client, "\u200b") == []
    assert len(found(client, "  ")) == 1


def test_a_search_of_the_originals_without_results_still_links_to_the_translations(client):
    html = client.get("/en/responses/", {"q": "nothing", "show": "originals"}).content.decode()

    assert "Show translations where there are some" in html
    assert "<title>nothing · What others said" in html


@given(text=st.text(max_size=50))
def test_the_search_key_of_a_search_key_is_the_same(text):
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_takes_four_queries_however_much_it_finds(client, django_assert_num_queries, number):
    for _ in range(number):
        make_response({"meaning": "bread"})
    found(client, "bread")

    with django_assert_num_queries(4):  # conversations, responses, answers, translations
        found(client, "bread")


def test_a_translation_that_is_not_public_yet_is_not_found_beside_one_that_is(client):
    public, waiting = make_answer("Kila mtu."), make_answer("Lugha zote.")
    for answer, text in ((public, "كل إنسان"), (waiting, "كل اللغات")):
        translation = Translation.objects.suggest(answer, "ar", text, translator=None, source_text=answer.text)
        translation.review(by=make_user(f"reviewer{answer.pk}"), seen=translation.fingerprint)
    Translation.objects.filter(answer=public).update(public_on=timezone.localdate())

    assert found(client, "كل", "ar") == [public.response]
