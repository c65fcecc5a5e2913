"""At the coding desk: problems and solutions in two groups, new ones, notes, and words that are marked already."""

import pytest
from django.contrib.admin.models import LogEntry

from outcomes.models import Evidence, Problem, Solution
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_user
from tests.test_codebook import reword

pytestmark = pytest.mark.django_db


def path_of(answer):
    return f"/admin/outcomes/answertocode/{answer.pk}/change/"


@pytest.fixture
def coder(client):
    user = make_user("coder", "Coder", is_staff=True)
    client.force_login(user)
    return user


def mark(client, answer, claim, /, **typed):
    chosen = {"wording": "", "quote": "nafasi", "claim": claim, "stance": "supports"}
    return client.post(path_of(answer), chosen | typed)


def test_problems_and_solutions_are_offered_in_two_groups_also_those_that_are_not_published(client, coder):
    problem, draft = make_problem(), make_problem("draft", title="Draft", published=False)
    solution = make_solution()

    field = client.get(path_of(make_answer())).context["form"].fields["claim"]

    assert [(str(label), choices) for label, choices in field.choices] == [
        ("", "---------"),
        ("Problems", [(f"problem-{problem.pk}", "Closed doors"), (f"problem-{draft.pk}", "Draft (not published)")]),
        ("Solutions", [(f"solution-{solution.pk}", "Open doors")]),
        ("None of these", [("new-problem", "A new problem"), ("new-solution", "A new solution")]),
    ]


def test_a_passage_becomes_evidence_for_a_solution(client, coder):
    solution, _other = make_solution(pk=3), make_problem(pk=3)

    page = mark(client, make_answer(), "solution-3", stance="contradicts")

    evidence = Evidence.objects.get()
    assert page.status_code == 302
    assert (evidence.claim, evidence.stance, evidence.coder) == (solution, "contradicts", coder)
    html = client.get(page.url).content.decode()
    assert "Marked as evidence for: Open doors" in html
    assert '<span class="stance contradicts">Would not help</span> · <strong>Open doors</strong>' in html


def test_a_mark_of_a_page_that_was_opened_before_the_claim_was_reworded_waits_to_be_looked_at_again(client, coder):
    problem, answer = make_problem(), make_answer()
    opened = client.get(path_of(answer)).content.decode()
    reword(problem, "Doors for members only")

    assert f'<input type="hidden" name="revisions" value="{problem.key}:1">' in opened
    mark(client, answer, problem.key, revisions=f"solution-7:5 {problem.key}:1")
    mark(client, make_answer("Hapana nafasi."), problem.key, revisions=f"{problem.key}:{'9' * 5000}")
    assert [(each.claim_revision, each.is_of_older_words) for each in Evidence.objects.order_by("created_at")] == [
        (1, True),
        (2, False),
    ]


def test_a_working_title_has_no_control_characters(client, coder):
    mark(client, make_answer(), "new-problem", new_title="Few\x08 seats\x1b here")

    assert Problem.objects.get().title_en == "Few seats here"


@pytest.mark.parametrize(("chosen", "kind"), [("new-problem", Problem), ("new-solution", Solution)])
def test_a_coder_makes_a_new_claim_from_a_passage_which_organizers_find_and_readers_do_not(client, coder, chosen, kind):
    answer = make_answer()

    page = mark(client, answer, chosen, new_title="  Few\nseats ")

    made = kind.objects.get()
    assert page.status_code == 302
    assert (made.title_en, made.published_at, list(made.evidence.all())) == (
        "Few seats",
        None,
        [Evidence.objects.get()],
    )
    public = "".join(
        client.get(f"/en/{path}").content.decode()
        for path in ("problems/", "solutions/", f"responses/{answer.response.code}/", "")
    )
    assert "Few seats" not in public
    assert client.get(f"/en/{kind.kind()}s/{made.slug}/").status_code == 404
    make = {Problem: make_problem, Solution: make_solution}[kind]
    make(), make("draft", published=False)
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    listed = client.get(f"/admin/outcomes/{kind.kind()}/?proposed=waiting").context["cl"].result_list
    assert list(listed) == [made]
    assert client.get(f"/admin/outcomes/{kind.kind()}/{made.pk}/change/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"new_title": ""}, "Give it a working title."),
        ({"new_title": " ​ "}, "Give it a working title."),
        ({"new_title": "x" * 191}, "This text is 1 character too long: 190 are possible. Nothing was cut off."),
        ({"new_title": "a\x00b"}, "The text has an invisible NUL character in it"),
        ({"new_title": "Few seats", "quote": "not there"}, "This passage is not in the text."),
        (
            {"new_title": "Few seats", "claim": "problem-2"},
            "An organizer has deleted this problem or solution",
        ),
        ({"new_title": "Few seats", "claim": "problem-1"}, "Leave this empty, or choose a new problem or solution"),
        ({"new_title": "Few seats", "note": "a\x00b"}, "The text has an invisible NUL character in it"),
    ],
)
def test_a_new_claim_that_cannot_be_made_is_refused_with_the_reason_and_the_words_stay(client, coder, typed, fault):
    make_problem(pk=1)

    html = mark(client, make_answer(), "new-problem", **typed).content.decode()

    assert fault in html
    assert (Problem.objects.count(), Evidence.objects.count()) == (1, 0)
    if "\x00" not in typed["new_title"] and typed["new_title"].strip("​ "):
        assert f'value="{typed["new_title"]}"' in html


def test_pressing_the_button_twice_makes_one_claim_and_one_mark(client, coder):
    answer = make_answer()

    for _time in range(2):
        page = mark(client, answer, "new-problem", new_title="Few seats")

    assert "You have already marked words in this place" in page.content.decode()
    assert (Problem.objects.count(), Evidence.objects.count()) == (1, 1)


def test_whoever_has_no_right_to_mark_proposes_nothing(client):
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    assert mark(client, make_answer(), "new-problem", new_title="Few seats").status_code == 403
    assert list(Problem.objects.all()) == []


def test_a_note_is_read_by_other_coders_and_goes_with_the_mark(client, coder):
    answer = make_answer()
    mark(client, answer, f"problem-{make_problem().pk}", note="Is it <this> one?\r\nOr that?")

    client.force_login(make_user("second", "Coder", is_staff=True))
    html = client.get(path_of(answer)).content.decode()

    assert Evidence.objects.get().note == "Is it <this> one?\nOr that?"
    assert "Note for other coders: <bdi>Is it &lt;this&gt; one?<br>Or that?</bdi>" in html
    client.force_login(coder)
    client.post(f"/admin/outcomes/answertocode/marks/{Evidence.objects.get().pk}/remove/")
    assert "Is it" not in client.get(path_of(answer)).content.decode()
    assert [entry.change_message for entry in LogEntry.objects.all() if "Is it" in entry.change_message] == []


def test_words_that_are_marked_already_come_back_with_both_passages(client, coder):
    answer, solution = make_answer("Kila mtu ana nafasi yake."), make_solution()
    make_evidence(answer, solution=solution, quote="ana nafasi", coder=coder)

    page = mark(client, answer, f"solution-{solution.pk}", quote="nafasi yake", stance="contradicts", note="Why?")

    refused = page.content.decode().partition("You have already marked words in this place")[2]
    there, _heading, new = refused.partition("The new mark, which was not stored")
    assert "Open doors · Would help" in there
    assert '<blockquote class="words" lang="sw" dir="ltr"><p>ana nafasi</p></blockquote>' in there
    assert '<blockquote class="words" lang="sw" dir="ltr"><p>nafasi yake</p></blockquote>' in new
    assert ">\nWhy?</textarea>" in new
    assert Evidence.objects.count() == 1


def test_marks_can_be_listed_by_claim_and_by_what_was_reworded_since(client, coder):
    problem, solution = make_problem(), make_solution()
    about_problem, about_solution = make_evidence(problem=problem), make_evidence(solution=solution)

    def listed(query):
        return list(client.get(f"/admin/outcomes/evidence/?{query}").context["cl"].result_list)

    solution.title_en = "Wide open doors"
    solution.store()
    assert listed(f"solution__id__exact={solution.pk}") == [about_solution]
    assert listed(f"problem__id__exact={problem.pk}") == [about_problem]
    assert listed("revision=older") == [about_solution]
    html = client.get("/admin/outcomes/evidence/").content.decode()
    assert "Would help" in html
    assert client.get(f"/admin/outcomes/evidence/{about_solution.pk}/change/").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_of_claims_and_marks_take_the_same_number_of_queries_however_long_they_are(
    client, django_assert_num_queries, number
):
    for each in range(number):
        make_evidence(problem=make_problem(f"p{each}"), coder=make_user(f"coder{each}"))
        make_evidence(solution=make_solution(f"s{each}"))
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    client.get("/admin/")  # The first page of a session stores its language.

    # session, user, permissions (2), count (2), rows, sources of the texts; or the choices of both filters
    for path, queries in (("problem", 8), ("solution", 8), ("evidence", 14)):
        with django_assert_num_queries(queries):
            client.get(f"/admin/outcomes/{path}/")
