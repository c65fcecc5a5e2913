"""Readers are told first, and open the words themselves. The words stay in the page, and nothing is ordered by it."""

import re

import pytest

from outcomes.models import Evidence
from responses.models import Answer, Response
from tests.factories import (
    DAY,
    make_answer,
    make_evidence,
    make_problem,
    make_response,
    make_translation,
    submit,
)
from tests.pages.test_quotations_in_the_statement import quoted

pytestmark = pytest.mark.django_db

NOTE = {"content_kinds": "violence insults", "content_note": "Vita <b>"}
LINE = 'Before you read: violence · insults that are quoted · <bdi lang="sw" dir="ltr">Vita &lt;b&gt;</bdi>'
WORDS = "Maneno magumu sana."


def read(client, path):
    html = client.get(path).content.decode()
    return " ".join(html.replace("<strong>", "").replace("</strong>", "").split())


def folds(html):
    """[(whether it is open, its summary, what is in it)] of the folds that stand for words."""
    found = re.findall(r'<details class="group noted"( open)?><summary>(.*?)</summary>(.*?)</details>', html)
    return [(bool(is_open), summary.strip(), inside) for is_open, summary, inside in found]


def noted(text=WORDS, **fields):
    return make_answer(text, **NOTE | fields)


def test_a_response_begins_with_the_line_and_its_words_are_not_folded(client):
    answer = noted()

    html = read(client, f"/en/responses/{answer.response.code}/")

    assert html.count(f'<p class="content-note">{LINE} </p>') == 1
    assert html.index("Before you read") < html.index(WORDS)
    assert folds(html) == []


def test_the_list_has_one_fold_a_noted_response_and_none_for_the_others(client):
    noted_one = make_response({"meaning": WORDS, "needs": f"{WORDS} Tena."}, **NOTE)
    make_translation(noted_one.answers.first(), language="en", text="Hard words.")
    plain = make_answer("Rahisi.")

    html = read(client, "/en/responses/")

    [(is_open, summary, inside)] = folds(html)
    assert (is_open, summary) == (False, LINE)
    assert [words in inside for words in (WORDS, f"{WORDS} Tena.", "Hard words.", "Rahisi.")] == [
        True,
        True,
        True,
        False,
    ]
    assert html.count("Hard words.") == 1
    # Who wrote it, and the way to the response, stand outside.
    assert plain.response.code not in inside
    assert noted_one.code not in inside


def test_nothing_is_ordered_or_left_out_because_of_a_note(client):
    codes = [submit().code for _each in range(4)]
    for response in Response.objects.all():
        response.accept(on=DAY)
    Response.objects.filter(code__in=codes[::2]).update(**NOTE)

    def listed(query):
        return re.findall(r'id="response-(\w+)"', client.get(f"/en/responses/{query}").content.decode())

    assert listed("") == sorted(codes)
    for query in ("?content_kinds=violence", "?content_note=Vita", "?noted=yes", "?order=content_kinds"):
        assert listed(query) == sorted(codes)


def test_words_behind_a_fold_are_found_by_a_search(client):
    noted("Neno la pekee kabisa.")
    make_answer("Kitu kingine.")

    html = read(client, "/en/responses/?q=pekee")

    assert [summary == LINE and "pekee" in inside for _open, summary, inside in folds(html)] == [True]
    assert "Kitu kingine." not in html


def test_the_page_of_a_problem_has_the_words_of_noted_responses_in_folds(client):
    problem = make_problem()
    make_evidence(noted("Maneno magumu ni nafasi."), problem=problem)
    make_evidence(make_answer("Rahisi ni nafasi."), problem=problem)

    html = read(client, "/en/problems/closed-doors/")

    [(is_open, summary, inside)] = folds(html)
    assert (is_open, summary) == (False, LINE)
    assert ("magumu" in inside, "Rahisi" in inside) == (True, False)
    assert html.count("magumu") == 1


@pytest.mark.parametrize("language", ["sw", "en"])
def test_a_quotation_in_the_statement_has_the_line_once_above_it(client, language):
    answer = noted("Maneno magumu ni nafasi.")
    make_translation(answer, language="en", text="Hard words.")
    quoted(answer)

    html = read(client, f"/{language}/statement/")

    assert len(re.findall('<p class="content-note">', html)) == 1
    assert html.index('<p class="content-note">') < html.index('<blockquote class="words"')
    assert folds(html) == []


def test_the_line_is_in_the_language_of_the_page_and_own_words_in_theirs(client):
    answer = noted(language="ar", content_note="حرب")

    html = read(client, f"/sv/responses/{answer.response.code}/")

    assert 'Innan du läser: våld · citerade förolämpningar · <bdi lang="ar" dir="rtl">حرب</bdi>' in html


def test_what_the_organizers_ask_for_looks_like_what_the_author_says(client):
    answer = make_answer(WORDS)
    answer.response.tell_readers("self-harm", "Kifo")

    html = read(client, f"/en/responses/{answer.response.code}/")

    assert 'Before you read: self-harm · <bdi lang="sw" dir="ltr">Kifo</bdi>' in html
    shown = html.split("<main")[1].split("</main>")[0].lower()
    assert "organizer" not in shown.replace("tell the organizers about this response", "")


def test_nobody_reads_the_note_of_a_response_that_is_not_public(client):
    waiting = submit({"meaning": WORDS}, **NOTE)
    for_organizers = make_response({"meaning": WORDS}, sharing="organizers", **NOTE)
    withdrawn = make_response({"meaning": WORDS}, **NOTE)
    withdrawn.withdraw()
    edited = make_response({"meaning": "Salama."})
    question = edited.answers.get().question
    edited.edit({question: "Salama."}, content=NOTE)

    paths = ["/en/", "/en/responses/", "/en/responses/?q=Vita", "/en/problems/", "/en/statement/"]
    paths += [f"/en/responses/{each.code}/" for each in (waiting, for_organizers, withdrawn, edited)]

    assert [path for path in paths if "Vita" in read(client, path) and path != "/en/responses/?q=Vita"] == []
    assert "Before you read" not in read(client, "/en/responses/?q=Vita")


def test_earlier_versions_of_the_note_are_for_the_author_and_the_organizers(client):
    response = make_response({"meaning": WORDS}, **NOTE)
    question = response.answers.get().question
    response.edit({question: "Maneno mengine."}, content={"content_note": "Mpya"})
    response.accept()

    assert LINE in read(client, f"/en/my-response/{response.key}/")
    assert "Vita" not in read(client, f"/en/responses/{response.code}/")


def test_nothing_but_a_person_writes_a_note():
    """Words that speak of violence are stored without one, marked, and translated, and still have none."""
    answer = make_answer("Vita, vurugu, matusi na kifo: war, violence, suicide.")
    make_translation(answer, language="en", text="War, violence, insults.")
    make_evidence(answer, quote="vurugu")

    assert Answer.objects.get().response.is_noted is False
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_notes_cost_the_lists_no_query(client, django_assert_num_queries, number):
    problem = make_problem()
    for each in range(number):
        make_evidence(noted(f"Maneno ni nafasi {each}."), problem=problem)

    with django_assert_num_queries(4):  # conversations, responses, answers, translations
        client.get("/en/responses/")
