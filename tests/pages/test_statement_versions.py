"""What readers see of versions of the statement: what changed and why, all versions, and the comparison."""

import uuid
from html import unescape

import pytest

from outcomes.models import Quotation
from responses.access.keys import key_of
from tests.factories import make_answer, make_evidence, make_problem, make_response, make_solution
from tests.test_statement_versions import begin, make_version

pytestmark = pytest.mark.django_db


def read(client, path):
    return unescape(client.get(path).content.decode())


def test_the_page_says_what_changed_and_what_led_to_it(client):
    version = begin(make_version(), note_sv="Punkt 1 är kortare.")
    kept, gone = make_response(), make_response()
    version.problems_behind.set([make_problem(), make_problem("draft", title="SECRET", published=False)])
    version.solutions_behind.set([make_solution()])
    version.responses_behind.set([kept, gone, make_response(sharing="organizers")])
    version.publish()
    gone.withdraw()

    english, swedish = read(client, "/en/statement/"), read(client, "/sv/statement/2027/")

    assert "<p>Clause 1 is shorter.</p>" in english
    assert "<p>Punkt 1 är kortare.</p>" in swedish
    for link in ("/problems/closed-doors/", "/solutions/open-doors/", f"/responses/{kept.code}/"):
        assert f'href="/en{link}"' in english
    assert [each.code for each in version.responses_behind.all() if each.code in english] == [kept.code]
    assert "SECRET" not in english


def test_a_version_that_was_made_from_none_says_nothing_of_changes(client):
    make_version()

    html = read(client, "/en/statement/")

    assert ("What changed" in html, "/changes/" in html, "All versions" in html) == (False, False, False)


def test_every_published_version_is_listed_with_its_day(client):
    earlier = make_version()
    begin(earlier, "2027").publish()
    begin(earlier, "draft")

    html = read(client, "/en/statement/2017/")

    listed = html.split("All versions")[1].split("</ul>")[0]
    assert [f"/en/statement/{each}/" in listed for each in ("2017", "2027", "draft")] == [True, True, False]
    assert "Version <bdi>2017</bdi>, announced on December 7, 2017." in listed
    assert '/en/statement/2017/" aria-current="page"' in listed


def test_only_an_earlier_version_says_that_it_is_not_the_latest(client):
    earlier = make_version()
    begin(earlier, "2027").publish()

    pages = [read(client, f"/en/statement/{path}") for path in ("2017/", "2027/", "")]

    assert ["This is an earlier version." in html for html in pages] == [True, False, False]
    assert 'The latest one: <a href="/en/statement/2027/">Version <bdi>2027</bdi>' in pages[0]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_readers_compare_a_version_with_the_one_before(client, language):
    later = begin(make_version(clauses=("One.", "Two.", "Three.")))
    later.clauses.filter(position=1).update(text_en="The one.")
    later.clauses.get(position=2).delete()
    later.publish()

    html = read(client, f"/{language}/statement/2027/changes/")

    assert f'href="/{language}/statement/2027/changes/"' in read(client, f"/{language}/statement/")
    assert '<div class="words changes" lang="en" dir="ltr"><del>One</del>.</div>' in html
    assert '<div class="words changes" lang="en" dir="ltr"><ins>The one</ins>.</div>' in html
    assert '<div class="words changes" lang="en" dir="ltr"><del>Two.</del></div>' in html


def test_there_is_no_comparison_of_a_draft_or_of_a_version_that_was_made_from_none(client):
    begin(make_version())

    assert [client.get(f"/en/statement/{each}/changes/").status_code for each in ("2017", "2027", "x")] == [404] * 3


def test_a_problem_says_in_which_versions_it_stands_in_which_clause(client):
    earlier = make_version()
    earlier.clauses.last().problems.add(make_problem())
    later = begin(earlier)
    later.clauses.get(position=1).delete()
    later.clauses.update(position=1)
    later.publish()

    html = read(client, "/en/problems/closed-doors/")

    assert html.index("/en/statement/2027/#clause-1") < html.index("/en/statement/2017/#clause-2")
    assert ("Version <bdi>2027</bdi>" in html, "Version <bdi>2017</bdi>" in html) == (True, True)


def test_an_author_is_told_in_which_version_they_are_quoted(client):
    submission = uuid.uuid4()
    evidence = make_evidence(make_answer(submission=submission))
    Quotation.objects.quote(make_version().clauses.first(), evidence, by=None)

    html = read(client, f"/en/my-response/{key_of(submission)}/")

    assert "Quotation beside clause 1 of the statement" in html
    assert "Version <bdi>2017</bdi>" in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_comparison_takes_as_many_queries_for_one_clause_as_for_many(client, django_assert_num_queries, number):
    begin(make_version(clauses=["Words."] * number)).publish()

    # The version with its earlier one, the clauses of both with their problems, and where those of the later
    # one come from.
    with django_assert_num_queries(7):
        client.get("/en/statement/2027/changes/")
