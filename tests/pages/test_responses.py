from datetime import date, timedelta

import pytest

from responses.models import Answer, Region
from responses.views.responses import PAGE_LENGTH
from tests.factories import make_evidence, make_response, make_translation, submit

pytestmark = pytest.mark.django_db


def listed(page):
    return [response for response, readings in page.context["entries"]]


def test_the_list_shows_published_responses_the_latest_first(client):
    older = make_response(accepted_on=date(2026, 1, 1))
    newer = make_response(accepted_on=date(2026, 1, 2))
    make_response(sharing="organizers")
    make_response().withdraw()
    submit()

    assert listed(client.get("/en/responses/")) == [newer, older]


def test_the_next_page_of_the_list_continues_without_gap_or_repetition(client):
    day = date(2026, 1, 1)
    everything = [make_response(accepted_on=day + timedelta(days=number // 4)) for number in range(PAGE_LENGTH + 5)]

    first = client.get("/en/responses/")
    second = client.get(f"/en/responses/?after={first.context['next'].cursor}")

    seen = listed(first) + listed(second)
    assert len(seen) == len(everything)
    assert set(seen) == set(everything)
    assert seen == sorted(sorted(seen, key=lambda each: each.code), key=lambda each: each.accepted_on, reverse=True)
    assert second.context["next"] is None


def test_a_long_answer_is_shortened_in_the_list_and_complete_on_its_own_page(client):
    text = "neno " * 4_000
    response = make_response({"meaning": text.strip()})

    listed_text = client.get("/en/responses/").content.decode()
    own_page = client.get(f"/en/responses/{response.code}/").content.decode()

    assert text.strip() not in listed_text
    assert "neno …</p></blockquote>" in listed_text
    assert "Read the whole answer" in listed_text
    assert f"<p>{text.strip()}</p></blockquote>" in own_page


@pytest.mark.parametrize("cursor", ["x", "2026-13-45.abc", "2026-01-01", "2026-01-01.", "2026-01-01.%00", "x" * 9000])
def test_an_invalid_position_in_the_list_is_refused(client, cursor):
    assert client.get(f"/en/responses/?after={cursor}").status_code in (400, 404)


def test_readers_get_their_language_with_the_original_beside_it(client):
    answer = make_response({"meaning": "Kila mtu."}).answers.get()
    make_translation(answer, language="ar", text="كل شخص.")

    arabic = client.get("/ar/responses/").content.decode()
    english = client.get("/en/responses/").content.decode()

    assert '<blockquote class="words" lang="ar" dir="rtl"><p>كل شخص.</p></blockquote>' in arabic
    assert '<blockquote class="words" lang="sw" dir="ltr"><p>Kila mtu.</p></blockquote>' in arabic
    assert "كل شخص." not in english
    assert '<blockquote class="words" lang="sw" dir="ltr"><p>Kila mtu.</p></blockquote>' in english


def test_the_translation_of_words_that_the_author_removed_is_shown_to_nobody(client):
    answer = make_response({"meaning": "Bwana Juma alinitukana."}).answers.get()
    translation = make_translation(answer, language="es", text="El señor Juma me insultó.")
    make_evidence(answer, quote="El señor Juma", translation=translation)
    Answer.objects.update(text="Mtu alinitukana.")

    for path in ("responses/", f"responses/{answer.response.code}/", "problems/closed-doors/"):
        for language in ("es", "en"):
            assert "Juma" not in client.get(f"/{language}/{path}").content.decode()
    [(_response, [reading])] = client.get("/es/responses/").context["entries"]
    assert (reading.text, reading.translation) == ("Mtu alinitukana.", None)


def test_pages_never_show_what_the_author_does_not_share(client):
    told = {"affiliate_name": "SECRET-group", "place": "SECRET-place", "method": "SECRET-method", "people": 1900}
    told |= {"region": Region.objects.get(slug="lac"), "held_on": date(1999, 9, 9)}
    unnamed = make_response(sharing="unnamed", display_name="SECRET-name", **told)
    by_group = make_response(sharing="affiliate", display_name="SECRET-name", **told)

    make_evidence(unnamed.answers.get())

    paths = ("/en/responses/", f"/en/responses/{unnamed.code}/", "/en/problems/closed-doors/")
    pages = [client.get(path).content.decode() for path in paths]

    for secret in ("1,900", "1900", "SECRET", "Latin America", "1999"):
        assert secret not in pages[1]
        assert secret not in pages[2]
    assert "SECRET-name" not in pages[0]
    assert pages[0].count("SECRET-group") == 1
    assert "SECRET-place" in client.get(f"/en/responses/{by_group.code}/").content.decode()


def test_a_sample_is_marked_as_one_wherever_it_is_shown(client):
    response = make_response(is_sample=True)
    make_evidence(response.answers.get())

    for path in ("/en/responses/", f"/en/responses/{response.code}/", "/en/problems/closed-doors/"):
        assert "Sample, written to show how the portal works" in client.get(path).content.decode()


def test_a_response_shows_what_it_is_evidence_for(client):
    response = make_response({"meaning": "Kila mtu ana nafasi."})
    make_evidence(response.answers.get(), quote="nafasi", stance="contradicts")

    html = client.get(f"/en/responses/{response.code}/").content.decode()

    assert '<a href="/en/problems/closed-doors/">Closed doors</a>' in html
    assert ">Disagrees</span>" in html


def test_strangers_cannot_open_unpublished_responses(client):
    hidden = [submit(), make_response(sharing="organizers")]
    hidden[0].decline("No.")

    assert [client.get(f"/en/responses/{each.code}/").status_code for each in hidden] == [404, 404]


def test_a_withdrawn_response_leaves_a_dated_tombstone(client):
    response = make_response({"meaning": "Maneno."})
    response.withdraw(on=date(2026, 7, 1))

    page = client.get(f"/en/responses/{response.code}/")

    assert page.status_code == 410
    assert "withdrew this response on July 1, 2026" in page.content.decode()
    assert "Maneno" not in page.content.decode()


@pytest.mark.parametrize("code", ["nothere2", "%00", "ABCDEFGH", "a" * 5000])
def test_an_unknown_code_is_not_found(client, code):
    assert client.get(f"/en/responses/{code}/").status_code == 404


def test_posting_is_refused(client):
    assert client.post("/en/responses/").status_code == 405
    assert client.post(f"/en/responses/{make_response().code}/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_four_queries_however_long_it_is(client, django_assert_num_queries, number):
    for _ in range(number):
        make_translation(make_response({"meaning": "1"}).answers.get(), language="en")

    with django_assert_num_queries(4):  # conversations, responses, answers, translations
        client.get("/en/responses/")


@pytest.mark.parametrize("answers", [{"meaning": "1"}, {"meaning": "1", "needs": "2", "resources": "3"}])
def test_a_response_takes_four_queries_however_long_it_is(client, django_assert_num_queries, answers):
    response = make_response(answers)
    for answer in response.answers.all():
        make_translation(answer, language="en")

    with django_assert_num_queries(4):  # response, answers, translations, evidence
        client.get(f"/en/responses/{response.code}/")


def test_readers_can_see_the_originals_only(client):
    translation = make_translation(language="sv", text="Alla får plats.")
    response = translation.answer.response

    for path in ("/sv/responses/", f"/sv/responses/{response.code}/"):
        assert "Alla får plats." in client.get(path).content.decode()
        originals = client.get(f"{path}?show=originals").content.decode()
        assert "Alla får plats." not in originals
        assert translation.answer.text.split("\n")[0] in originals
    assert (
        f"/sv/responses/{response.code}/?show=originals" in client.get("/sv/responses/?show=originals").content.decode()
    )


def test_the_next_page_of_the_originals_shows_originals_too(client):
    for _number in range(PAGE_LENGTH + 1):
        make_response()

    page = client.get("/en/responses/?show=originals")

    assert f"?show=originals&amp;after={page.context['next'].cursor}" in page.content.decode()
