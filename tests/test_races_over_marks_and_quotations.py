"""Coders, organizers and the author of an answer at the same moment: no words are quoted against a refusal, or lost."""

import pytest
from django.contrib.admin.models import LogEntry

from outcomes.models import Evidence, JointDecision, Objection, Problem, Quotation, SharedAnswer, Statement
from outcomes.models.shared_sample import Choice
from responses.languages.passages import find_passage
from responses.models import Answer, Response, TextSource
from responses.organizer_texts import note_source
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_translation, make_user
from tests.races import overtake, race
from tests.test_objections import make_clause, mark, quote
from tests.test_shared_sample import code, set_share

pytestmark = race

GONE = "This passage was edited away; it cannot be quoted."


CLAIM_GONE = "An organizer has deleted this problem or solution meanwhile."


def again(row):
    """The row as another page has read it."""
    return type(row).objects.get(pk=row.pk)


def test_a_passage_that_a_coder_marks_by_two_clicks_is_marked_once():
    answer, coder, problem = make_answer(), make_user("coder"), make_problem()

    _marked, refusal = overtake(
        lambda: make_evidence(answer, problem=problem, coder=coder),
        lambda: make_evidence(answer, problem=problem, coder=coder),
    )

    assert refusal.startswith("You have already marked words in this place")
    assert Evidence.objects.count() == 1


def test_a_passage_is_found_where_it_is_though_its_answer_changes_while_it_is_marked():
    answer, problem = make_answer("Kila mtu ana nafasi."), make_problem()
    other = again(answer)
    passage = find_passage(other.text, "nafasi")

    overtake(
        lambda: answer.response.edit({answer.question: "Leo kila mtu ana nafasi."}),
        lambda: Evidence.objects.mark(problem, other, passage, stance="supports", coder=None),
    )

    assert [each.passage and each.passage.quote for each in Evidence.objects.all()] == ["nafasi"]


def test_a_mark_that_is_quoted_at_this_moment_is_not_taken_back():
    evidence, clause = make_evidence(), make_clause()
    other = again(evidence)

    _quoted, refusal = overtake(lambda: quote(evidence, clause), other.take_back)

    assert refusal.startswith("This passage is quoted beside a clause.")
    assert [each.evidence for each in Quotation.objects.all()] == [evidence]


def test_a_mark_that_is_taken_back_at_this_moment_is_not_quoted():
    evidence, clause = make_evidence(), make_clause()
    read = Evidence.objects.select_related("answer__response").get()

    _taken, refusal = overtake(evidence.take_back, lambda: quote(read, clause))

    assert refusal == GONE
    assert list(Quotation.objects.all()) == []


@pytest.mark.parametrize("change", ["withdraw", "edit"])
def test_words_that_their_author_takes_back_at_this_moment_are_not_quoted(change):
    evidence, clause = make_evidence(make_answer("Kila mtu ana nafasi."), quote="nafasi"), make_clause()
    read = Evidence.objects.select_related("answer__response").get()
    response, question = evidence.answer.response, evidence.answer.question

    _changed, refusal = overtake(
        response.withdraw if change == "withdraw" else lambda: response.edit({question: "Sina la kusema."}),
        lambda: quote(read, clause),
    )

    assert refusal == GONE
    assert list(Quotation.objects.all()) == []


def test_words_that_their_author_refuses_at_this_moment_are_not_quoted_beside_another_clause():
    answer = make_answer("Kwetu wakulima hawana mtandao wa intaneti.")
    quoted = quote(mark(answer, "hawana mtandao"), make_clause(1))
    other, clause = mark(answer, "mtandao wa intaneti", slug="another"), make_clause(2)

    _refused, refusal = overtake(quoted.refuse, lambda: quote(other, clause))

    assert refusal == "The author of this answer has objected to these words being quoted."
    assert list(Quotation.objects.all()) == [quoted]


@pytest.mark.parametrize("make", [make_translation, lambda: quote(make_evidence())])
def test_an_author_who_withdraws_and_objects_at_once_is_told_that_it_is_gone(make):
    made = make()

    outcome = overtake(Response.objects.get().withdraw, made.refuse)

    assert outcome == (None, "The author has just withdrawn this answer.")
    assert not Answer.objects.exists()
    assert not Quotation.objects.exists()


def test_a_passage_that_is_quoted_by_two_clicks_is_quoted_once():
    evidence, clause = make_evidence(), make_clause()
    other = again(evidence)

    _quoted, refusal = overtake(lambda: quote(evidence, clause), lambda: quote(other, clause))

    assert refusal == "This passage is quoted in this clause already."
    assert Quotation.objects.count() == 1


def test_an_author_who_refuses_the_same_words_twice_at_once_has_one_objection():
    evidence = make_evidence()
    quotations = [quote(evidence, make_clause(1)), quote(evidence, make_clause(2))]

    overtake(lambda: quotations[0].refuse("No."), lambda: quotations[1].refuse("No!"))

    assert [(each.quote, each.objection) for each in Objection.objects.all()] == [(evidence.quote, "No!")]
    assert [each.is_objected_to for each in Quotation.objects.all()] == [True, True]


def test_of_two_organizers_who_reword_a_problem_at_once_both_wordings_are_kept():
    first = make_problem(title="Closed doors", published=True)
    second = again(first)

    def reword(problem, title):
        problem.title_en = title
        problem.store()

    overtake(lambda: reword(first, "Shut doors"), lambda: reword(second, "Locked doors"))

    problem = Problem.objects.get()
    assert (problem.title_en, problem.revision) == ("Locked doors", 3)
    words = problem.revisions.order_by("number").values_list("number", "words__title_en")
    assert list(words) == [(1, "Closed doors"), (2, "Shut doors")]


def test_of_two_organizers_who_rename_a_problem_at_once_both_former_slugs_lead_to_it():
    first = make_problem("doors", published=True)
    second = again(first)

    def rename(problem, slug):
        problem.slug = slug
        problem.store()

    overtake(lambda: rename(first, "shut-doors"), lambda: rename(second, "locked-doors"))

    problem = Problem.objects.get()
    assert problem.slug == "locked-doors"
    assert set(problem.formerslugs.values_list("slug", flat=True)) == {"doors", "shut-doors"}


def test_the_english_that_a_text_was_made_from_is_stored_once_by_two_who_save_it():
    problem = make_problem()

    overtake(
        lambda: note_source(problem, "title", "sv", "Closed doors"),
        lambda: note_source(problem, "title", "sv", "Shut doors"),
    )

    assert list(TextSource.objects.values_list("english", flat=True)) == ["Shut doors"]


@pytest.mark.parametrize("kind", [make_problem, make_solution])
def test_of_two_marks_on_some_of_the_same_words_a_coder_stores_one(kind):
    answer, coder, claim = make_answer("Kwetu wakulima hawana mtandao."), make_user("coder"), kind()
    about = {claim.kind(): claim, "coder": coder}

    first, refusal = overtake(
        lambda: make_evidence(answer, quote="wakulima hawana", stance="supports", **about),
        lambda: make_evidence(answer, quote="hawana mtandao", stance="contradicts", **about),
    )

    assert refusal.startswith("You have already marked words in this place")
    assert list(Evidence.objects.all()) == [first]


def test_two_coders_mark_the_same_words_at_once():
    answer, claim = make_answer(), make_solution()
    coders = make_user("first"), make_user("second")

    marks = overtake(*(lambda coder=coder: make_evidence(answer, solution=claim, coder=coder) for coder in coders))

    assert set(Evidence.objects.all()) == set(marks)


def test_a_claim_that_is_proposed_by_two_clicks_is_made_once():
    answer, coder = make_answer(), make_user("coder")
    passage = find_passage(answer.text, "nafasi")

    def propose():
        return Evidence.objects.propose(Problem, "Few seats", answer, passage, stance="supports", coder=coder)

    mark, refusal = overtake(propose, propose)

    assert refusal.startswith("You have already marked words in this place")
    assert [problem.title_en for problem in Problem.objects.proposed()] == ["Few seats"]
    assert list(Evidence.objects.all()) == [mark]


# --- A claim that an organizer deletes at this moment ---


def deleting(client, problem, *, many=False):
    """What an organizer presses on the page that asks. Returns its title, or the address that it leads to."""
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    one, list_ = f"/admin/outcomes/problem/{problem.pk}/delete/", "/admin/outcomes/problem/"
    typed = {"action": "delete_selected", "_selected_action": [problem.pk], "post": "yes"}

    def press():
        page = client.post(list_, typed) if many else client.post(one, {"post": "yes"})
        return str(page.context["title"]) if page.context else page.url

    return press


@pytest.mark.parametrize("many", [False, True])
def test_a_claim_that_somebody_marks_at_this_moment_is_not_deleted(client, many):
    problem, answer = make_problem(), make_answer()

    _marked, page = overtake(lambda: make_evidence(answer, problem=problem), deleting(client, problem, many=many))

    assert page == "Cannot delete problem"
    assert [each.problem for each in Evidence.objects.all()] == [problem]
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("deed", ["mark", "change", "agree"])
def test_nothing_is_said_of_a_claim_that_is_deleted_at_this_moment(deed):
    problem, coder = make_problem("gone"), make_user("coder")
    if deed == "mark":
        answer = make_answer()
        second = lambda: make_evidence(answer, problem=problem, coder=coder)  # noqa: E731
    elif deed == "change":
        stays = make_evidence(problem=make_problem("stays"), coder=coder)
        second = lambda: stays.change(claim=problem, stance="supports", note="")  # noqa: E731
    else:
        set_share(100)
        answer = make_answer("Kila mtu ana nafasi.")
        code(answer, coder, (problem, "nafasi", "supports"))
        code(answer, make_user("other"), (problem, "nafasi", "contradicts"))
        # Somebody else has taken the marks back, so that nothing keeps the claim.
        Evidence.objects.all().delete()
        shared = SharedAnswer.objects.get()
        decisions = {f"problem-{problem.pk}": (Choice.NOTHING, "")}
        second = lambda: shared.agree(decisions, by=coder, seen=shared.fingerprint(shared.units()))  # noqa: E731
    before = list(Evidence.objects.values("problem", "stance"))

    _deleted, refusal = overtake(Problem.objects.get(slug="gone").delete, second)

    assert refusal == CLAIM_GONE
    assert list(Evidence.objects.values("problem", "stance")) == before
    assert not JointDecision.objects.exists()


def test_a_clause_that_is_deleted_at_this_moment_quotes_nothing():
    evidence, clause = make_evidence(), make_clause()
    # Drafts only are deleted.
    Statement.objects.update(published_at=None)
    other = again(clause)

    _deleted, refusal = overtake(clause.delete, lambda: quote(evidence, other))

    assert refusal == "An organizer has deleted this clause meanwhile."
    assert not Quotation.objects.exists()
