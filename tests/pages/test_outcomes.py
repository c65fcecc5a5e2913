import re
from datetime import timedelta

import pytest
from django.utils import timezone

from outcomes import conference_2017
from outcomes.models import Clause, Evidence, Problem, Solution, Statement, Topic
from outcomes.views.claims import PAGE_LENGTH
from responses.languages.passages import find_passage
from tests.factories import make_answer, make_evidence, make_problem, make_response, make_translation

pytestmark = pytest.mark.django_db

PATHS = [
    "",
    "statement/",
    "statement/2017/",
    "problems/",
    "problems/access/",
    "solutions/",
    "solutions/reach-out/",
    "about/",
    "privacy/",
    "accessibility/",
    "how-we-review/",
]


@pytest.mark.parametrize("language", ["en", "ar", "es", "sv"])
def test_every_page_opens_in_every_interface_language_without_a_cookie(client, language):
    conference_2017.load()
    html = f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">'

    pages = {path: client.get(f"/{language}/{path}") for path in PATHS}

    assert {
        path: (page.status_code, html in page.content.decode(), dict(page.cookies), "Cookie" in page.get("Vary", ""))
        for path, page in pages.items()
    } == dict.fromkeys(PATHS, (200, True, {}, False))


@pytest.mark.parametrize("path", PATHS)
def test_posting_is_refused(client, path):
    assert client.post(f"/en/{path}").status_code == 405


@pytest.mark.parametrize("path", ["", "statement/", "problems/", "solutions/"])
def test_pages_without_content_say_that_nothing_has_been_published_yet(client, path):
    assert "Nothing has been published yet." in client.get(f"/en/{path}").content.decode()


@pytest.mark.parametrize("path", ["problems/nope/", "solutions/nope/", "statement/1999/", "problems/%00/"])
def test_unknown_problems_solutions_and_statements_are_not_found(client, path):
    assert client.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("ar-EG,ar;q=0.9", "ar"),
        ("sw", "sw"),
        ("ha,es;q=0.5", "es"),
        ("ha", "en"),
        ("pt-PT", "pt-br"),
        ("zh-CN", "zh-hans"),
        ("zh-TW,zh;q=0.9", "zh-hans"),
        ("id-ID", "id"),
    ],
)
def test_the_address_without_a_language_leads_to_the_readers_language(client, asked, given):
    assert client.get("/", headers={"Accept-Language": asked}).url == f"/{given}/"


def test_unpublished_texts_are_on_no_page(client):
    later = timezone.now() + timedelta(days=1)
    for slug, published_at in (("draft", None), ("tomorrow", later)):
        problem = Problem.objects.create(slug=slug, title_en=f"SECRET-{slug}", published_at=published_at)
        solution = Solution.objects.create(slug=slug, title_en=f"SECRET-{slug}", published_at=published_at)
        solution.problems.add(problem)
        statement = Statement.objects.create(
            version=slug, title_en=f"SECRET-{slug}", announced_on="2030-01-01", published_at=published_at
        )
        Clause.objects.create(statement=statement, position=1, text_en="SECRET").problems.add(
            problem, make_problem(f"p-{slug}")
        )

    pages = [
        client.get(f"/en/{path}")
        for path in ("", "statement/", "problems/", "solutions/", "problems/p-draft/", "problems/p-tomorrow/")
    ]

    assert [page.status_code for page in pages] == [200] * 6
    assert ["SECRET" in page.content.decode() for page in pages] == [False] * 6
    assert client.get("/en/problems/draft/").status_code == 404
    assert client.get("/en/statement/draft/").status_code == 404


def test_a_text_without_a_translation_is_shown_in_english_and_marked_so(client):
    problem = make_problem(title="Closed doors", description_en="Nobody opens.", title_ar="أبواب مغلقة")

    arabic = client.get(f"/ar/problems/{problem.slug}/").content.decode()
    swedish = client.get("/sv/problems/").content.decode()
    english = client.get("/en/problems/").content.decode()

    assert "<h1>أبواب مغلقة</h1>" in arabic
    assert (
        '<p class="lead"><span lang="en" dir="ltr">Nobody opens. <small class="instead">(English)</small></span></p>'
        in arabic
    )
    assert '/"><span lang="en" dir="ltr">Closed doors <small class="instead">(English)</small></span></a>' in swedish
    assert '<span lang="en"' not in english


def test_the_statement_numbers_its_clauses_and_quotes_the_conference_in_english(client):
    conference_2017.load()

    html = client.get("/sv/statement/").content.decode()

    assert [f'id="clause-{number}"' in html for number in range(1, 7)] == [True] * 5 + [False]
    assert (
        '<blockquote class="words quotation" lang="en" dir="ltr">different communities have different needs, '
        "and currently face uneven resources and distribution of support</blockquote>"
    ) in html
    assert '<a href="/sv/problems/uneven-support/">' in html


def test_a_topic_of_which_only_the_name_is_known_is_no_problem_until_it_is_worded(client):
    make_problem("access", title="Lack of access")
    topic = Topic.objects.create(slug="youth", name_en="Young people", source="way-forward")
    worded = make_problem("not-heard", title="Whoever is young is not heard", published=False)

    def headings_and_topics():
        problems, _start, topics = (
            client.get("/en/problems/").content.decode().partition('<section aria-labelledby="topics">')
        )
        return ["Young people" in problems, "Whoever is young" in problems, "Young people" in topics]

    assert headings_and_topics() == [False, False, True]
    topic.problem = worded
    topic.save()
    assert headings_and_topics() == [False, False, True]
    Problem.objects.filter(pk=worded.pk).update(published_at=timezone.now())
    assert headings_and_topics() == [False, True, False]
    assert client.get("/en/problems/youth/").status_code == 404


def test_a_problem_shows_its_clauses_its_solutions_and_its_source(client):
    conference_2017.load()

    html = client.get("/en/problems/narrow-knowledge/").content.decode()

    assert '<a href="/en/statement/2017/#clause-3">Clause 3</a>' in html
    assert '<a href="/en/solutions/embrace-other-knowledge/">' in html
    assert "Reconstructed: follows from the conference statement" in html


def test_the_lists_say_that_they_are_reconstructed(client):
    conference_2017.load()

    for path in ("problems/", "solutions/"):
        assert "that list could not be found again" in client.get(f"/en/{path}").content.decode()


def test_a_problem_shows_passages_in_the_readers_language_and_in_the_original(client):
    answer = make_answer("Kwetu hawana mtandao.")
    make_translation(answer, language="ar", text="عندنا بلا إنترنت.")
    make_evidence(answer, quote="hawana mtandao")

    arabic = client.get("/ar/problems/closed-doors/").content.decode()
    english = client.get("/en/problems/closed-doors/").content.decode()

    original = "<mark>hawana mtandao</mark>"
    assert '<blockquote class="words" lang="ar" dir="rtl"><p>عندنا بلا إنترنت.</p></blockquote>' in arabic
    assert original in arabic
    assert '<span class="spoken" lang="ar" dir="rtl" data-said="[بداية المقطع]"></span>' in arabic
    assert original in english
    assert '<span class="spoken" lang="en" dir="ltr" data-said="[The passage begins]"></span>' in english


@pytest.mark.parametrize(("language", "said"), [("en", "No voices yet"), ("hi", "अभी कोई आवाज़ नहीं")])
def test_a_problem_without_a_passage_says_so_instead_of_counting_nought(client, language, said):
    make_problem()

    html = client.get(f"/{language}/problems/").content.decode()

    assert said in html
    assert re.findall(r">[^<]*\b0 [^<]*<", html) == []


def test_a_passage_marked_in_a_translation_is_quoted_from_it_in_other_languages(client):
    answer = make_answer("Kwetu hawana mtandao.")
    translation = make_translation(answer, language="ar", text="عندنا بلا إنترنت.")
    make_evidence(answer, quote="إنترنت", translation=translation)

    arabic = client.get("/ar/problems/closed-doors/").content.decode()
    english = client.get("/en/problems/closed-doors/").content.decode()

    assert "<mark>إنترنت</mark>" in arabic
    assert '<blockquote class="words" lang="ar" dir="rtl"><p>إنترنت</p></blockquote>' in english
    assert "The passage was marked in this wording" in english


def test_dissent_is_shown_like_agreement(client):
    problem = make_problem()
    for stance in ("supports", "qualifies", "contradicts"):
        make_evidence(problem=problem, stance=stance)

    page = client.get("/en/problems/closed-doors/")

    assert {marked.evidence.stance for marked in page.context["passages"]} == {"supports", "qualifies", "contradicts"}
    assert page.context["problem"].voices.number == 3


def test_withdrawing_removes_quotes_and_lowers_counts_at_once(client):
    mark = make_evidence(make_answer("Kila mtu ana nafasi."))

    mark.answer.response.withdraw()

    assert "nafasi" not in client.get("/en/problems/closed-doors/").content.decode()
    assert client.get("/en/problems/").context["problems"][0].voices.number == 0


def test_evidence_from_responses_for_the_organizers_only_is_neither_quoted_nor_counted(client):
    make_evidence(make_answer("Secret words.", sharing="organizers"), quote="Secret")

    assert "Secret" not in client.get("/en/problems/closed-doors/").content.decode()
    assert client.get("/en/problems/").context["problems"][0].voices.number == 0


def test_the_first_page_counts_only_the_people_of_groups_that_share_their_size(client):
    for people in (10, 20):
        make_response(people=people, sharing="affiliate", affiliate_name="Kikundi")
    make_response(people=777, sharing="unnamed", language="ha")
    make_response(people=50, sharing="organizers")
    make_response(people=5, is_sample=True, language="am")

    totals = client.get("/en/").context["totals"]

    # 10 and 20, which readers can see, and 1 for the response without a name.
    assert (totals.responses, totals.languages, totals.people, totals.samples) == (3, 2, 31, 1)


def test_samples_are_counted_apart_from_real_responses(client):
    problem = make_problem()
    make_evidence(make_answer(is_sample=True), problem=problem)
    make_evidence(make_answer(), problem=problem)

    [listed] = client.get("/en/problems/").context["problems"]

    assert (listed.voices.number, listed.voices.samples) == (1, 1)


def test_every_passage_can_be_reached_page_by_page(client):
    problem, answer = make_problem(), make_answer("neno " * (PAGE_LENGTH + 5))
    marks = [
        Evidence.objects.mark(
            problem, answer, find_passage(answer.text, "neno", start=5 * n), stance="supports", coder=None
        )
        for n in range(PAGE_LENGTH + 5)
    ]

    first = client.get("/en/problems/closed-doors/")
    second = client.get(f"/en/problems/closed-doors/?after={first.context['next'].evidence.pk}")

    seen = [marked.evidence for page in (first, second) for marked in page.context["passages"]]
    assert seen == marks[::-1]
    assert second.context["next"] is None
    assert client.get("/en/problems/closed-doors/?after=x").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_the_same_number_of_queries_however_long_they_are(client, django_assert_num_queries, number):
    problem = make_problem()
    statement = Statement.objects.create(
        version="2017", title_en="S", announced_on="2017-12-07", published_at=timezone.now()
    )
    for each in range(number):
        answer = make_answer()
        make_evidence(answer, problem=problem, translation=make_translation(answer, language="en", text="nafasi"))
        solution = Solution.objects.create(slug=f"s{each}", title_en="S", published_at=timezone.now())
        solution.problems.add(problem)
        Clause.objects.create(statement=statement, position=each + 1, text_en="C").problems.add(problem)
        Topic.objects.create(slug=f"t{each}", name_en="T", source="cafe")

    for path, queries in (
        ("", 6),  # conversation, questions, statement, totals (2), clauses
        ("statement/", 6),  # statement, clauses, problems, quotations, all versions, askings
        ("problems/", 5),  # conversations, problems, their voices, who is behind these, topics
        (
            "problems/closed-doors/",
            11,
        ),  # and those who were asked; conversations, problem, voices, people, marks, answers, translations, places,
        # clauses, solutions
        ("solutions/", 5),  # conversations, solutions, problems, voices, who is behind these
    ):
        with django_assert_num_queries(queries):
            client.get(f"/en/{path}")
