"""Translators, reviewers, coders, organizers and the author of an answer at the same moment."""

from io import BytesIO

import polib
import pytest

from outcomes.models import Evidence, Objection, Problem, Quotation
from outcomes.models.evidence import find_passage
from responses import machine_translation
from responses.exchange.answer_import import import_answers
from responses.models import (
    Answer,
    MachineDraftOrder,
    Policy,
    Reservation,
    Response,
    TextSource,
    Translation,
)
from responses.organizer_texts import note_source
from tests.factories import make_answer, make_evidence, make_problem, make_translation, make_user
from tests.races import overtake, race
from tests.test_objections import make_clause, mark, quote

pytestmark = race

WITHDRAWN = "The author has just withdrawn this answer."
CHANGED = "This translation has changed since you opened it. Read it again."


def again(row):
    """The row as another page has read it."""
    return type(row).objects.get(pk=row.pk)


def suggest(answer, text="لكل شخص مكان.", *, translator=None, language="ar"):
    return Translation.objects.suggest(answer, language, text, translator=translator, source_text=answer.text)


def nothing_is_left():
    return [list(model.objects.all()) for model in (Answer, Translation, Evidence, Reservation, Quotation)] == [[]] * 5


# What others do with an answer.
WORK = {
    "suggest": lambda answer, user: suggest(answer, translator=user),
    "reserve": lambda answer, user: Reservation.objects.take(answer, "ar", user),
    "mark": lambda answer, user: make_evidence(answer, problem=Problem.objects.get(), coder=user),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_what_others_begin_while_an_author_withdraws_is_refused(work):
    answer, user, _problem = make_answer(), make_user("translator"), make_problem()
    other = again(answer)

    outcome = overtake(answer.response.withdraw, lambda: work(other, user))

    assert outcome == (None, WITHDRAWN)
    assert nothing_is_left()


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_what_others_have_just_done_goes_with_the_answer_that_its_author_withdraws(work):
    answer, user, _problem = make_answer(), make_user("translator"), make_problem()
    other = again(answer)

    overtake(lambda: work(other, user), answer.response.withdraw)

    assert nothing_is_left()


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_what_others_have_just_done_goes_with_the_answer_that_its_author_takes_out(work):
    answer, user, _problem = make_answer(), make_user("translator"), make_problem()
    other, needs = again(answer), answer.question.__class__.objects.get(slug="needs")

    overtake(lambda: work(other, user), lambda: answer.response.edit({needs: "Mtandao."}))

    assert [each.text for each in Answer.objects.all()] == ["Mtandao."]
    assert not Translation.objects.exists()
    assert not Evidence.objects.exists()
    assert not Reservation.objects.exists()


def test_a_translation_of_words_that_their_author_is_changing_is_not_reviewed():
    answer = make_answer("Kila mtu.")
    suggestion, reviewer = suggest(answer, translator=make_user("translator")), make_user("reviewer")
    # As a page has read it, with its answer.
    read = Translation.objects.select_related("answer").get(pk=suggestion.pk)

    _edited, refusal = overtake(
        lambda: answer.response.edit({answer.question: "Not everybody."}),
        lambda: read.review(by=reviewer, seen=suggestion.fingerprint),
    )

    assert refusal == "The answer has changed since it was translated; the translator has to look at it."
    assert list(Translation.objects.reviewed()) == []


def test_of_two_suggestions_that_are_reviewed_at_once_the_second_is_compared_with_the_first():
    answer, reviewers = make_answer(), [make_user("reviewer"), make_user("another reviewer")]
    first, second = (suggest(answer, text, translator=make_user(text)) for text in ("Moja.", "Mbili."))
    seen = second.fingerprint

    _reviewed, refusal = overtake(
        lambda: first.review(by=reviewers[0], seen=first.fingerprint),
        lambda: second.review(by=reviewers[1], seen=seen),
    )

    assert refusal == "Meanwhile another translation was reviewed. Compare the two, then go on."
    assert [each.text for each in Translation.objects.reviewed()] == ["Moja."]


def test_a_suggestion_is_not_reviewed_while_its_translator_changes_it():
    answer, translator, reviewer = make_answer(), make_user("translator"), make_user("reviewer")
    suggestion = suggest(answer, "Moja.", translator=translator)
    read, seen = again(suggestion), suggestion.fingerprint

    _suggested, refusal = overtake(
        lambda: suggest(answer, "Unread.", translator=translator), lambda: read.review(by=reviewer, seen=seen)
    )

    assert refusal == CHANGED
    assert list(Translation.objects.values_list("text", "status")) == [("Unread.", "suggested")]


def test_a_machine_draft_that_its_author_refuses_at_this_moment_is_not_reviewed():
    draft, reviewer = make_translation(reviewed=False, origin="machine"), make_user("reviewer")
    read, seen = again(draft), draft.fingerprint

    _refused, refusal = overtake(draft.refuse, lambda: read.review(by=reviewer, seen=seen))

    assert refusal == CHANGED
    assert (again(draft).status, again(draft).is_objected_to) == ("suggested", True)


def test_words_that_their_author_refuses_at_this_moment_are_not_reviewed_from_another_suggestion():
    answer, reviewer = make_answer(), make_user("reviewer")
    suggestion = suggest(answer, "Moja.", translator=make_user("translator"))
    draft = make_translation(answer, text="Moja.", reviewed=False, origin="machine")
    seen = suggestion.fingerprint

    _refused, refusal = overtake(draft.refuse, lambda: suggestion.review(by=reviewer, seen=seen))

    assert refusal == "The author of the answer has objected to this very translation."
    assert list(Translation.objects.reviewed()) == []


def test_a_translation_that_its_author_refuses_at_this_moment_is_not_kept_as_still_correct():
    translation, reviewer = make_translation(make_answer("Kila mtu.")), make_user("reviewer")
    Answer.objects.update(text="Kila mtu!")
    read, seen = again(translation), Answer.objects.get().fingerprint

    _refused, refusal = overtake(translation.refuse, lambda: read.still_correct(by=reviewer, seen=seen))

    assert refusal == CHANGED
    assert (again(translation).source_text, again(translation).is_objected_to) == ("Kila mtu.", True)


def test_a_translation_is_not_kept_as_still_correct_for_words_that_their_author_is_changing():
    translation, reviewer = make_translation(make_answer("Kila mtu.")), make_user("reviewer")
    Answer.objects.update(text="Kila mtu!")
    answer, seen = Answer.objects.get(), Answer.objects.get().fingerprint

    _edited, refusal = overtake(
        lambda: answer.response.edit({answer.question: "Not everybody."}),
        lambda: translation.still_correct(by=reviewer, seen=seen),
    )

    assert refusal == CHANGED
    assert again(translation).source_text == "Kila mtu."


def test_an_author_who_agrees_and_objects_at_once_has_objected():
    for first, second in (("agree", "refuse"), ("refuse", "agree")):
        translation = make_translation(public_on=None)
        other = again(translation)

        overtake(getattr(translation, first), getattr(other, second))

        assert (again(translation).public_on, again(translation).is_objected_to) == (None, True)


def test_an_authors_own_wording_that_is_sent_by_two_clicks_is_stored_once():
    translation = make_translation()
    other = again(translation)

    first, second = overtake(
        lambda: Translation.objects.correct(translation, "Mine.").pk,
        lambda: Translation.objects.correct(other, "Mine.").pk,
    )

    assert [first] == [second] == list(Translation.objects.suggested().values_list("pk", flat=True))


def test_a_suggestion_that_is_sent_by_two_clicks_is_stored_once():
    answer, translator = make_answer(), make_user("translator")

    first, second = overtake(
        lambda: suggest(answer, translator=translator).pk, lambda: suggest(answer, translator=translator).pk
    )

    assert [first] == [second] == list(Translation.objects.values_list("pk", flat=True))


def test_of_two_translators_who_reserve_an_answer_the_first_has_it():
    answer, users = make_answer(), [make_user("first"), make_user("second")]

    _taken, refusal = overtake(
        lambda: Reservation.objects.take(answer, "ar", users[0]),
        lambda: Reservation.objects.take(answer, "ar", users[1]),
    )

    assert refusal == "Somebody else is translating this at the moment."
    assert [each.user for each in Reservation.objects.all()] == [users[0]]


def test_a_file_does_not_bring_translations_of_an_answer_that_is_withdrawn_at_this_moment():
    answer, translator = make_answer("Moja."), make_user("translator")
    file = polib.POFile()
    file.metadata = {"Language": "ar", "X-Source-Language": "sw", "Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgctxt=str(answer), msgid="Moja.", msgstr="واحد"))

    _withdrawn, imported = overtake(
        answer.response.withdraw, lambda: list(import_answers(BytesIO(str(file).encode()), translator))
    )

    assert [unit.outcome for unit in imported] == ["unknown"]
    assert nothing_is_left()


def test_a_machine_draft_that_is_ordered_by_two_clicks_is_ordered_once():
    answer = make_answer()

    assert overtake(
        lambda: machine_translation.order(answer, "ar"), lambda: machine_translation.order(answer, "ar")
    ) == (True, False)
    assert [each.language for each in MachineDraftOrder.objects.all()] == ["ar"]


def test_no_machine_draft_is_ordered_of_an_answer_that_is_withdrawn_at_this_moment():
    answer = make_answer()

    assert overtake(answer.response.withdraw, lambda: machine_translation.order(answer, "ar")) == (None, False)
    assert list(MachineDraftOrder.objects.all()) == []


def test_two_organizers_who_decide_on_machine_drafts_at_once_leave_one_decision():
    overtake(
        lambda: Translation.objects.show_machine_drafts(True), lambda: Translation.objects.show_machine_drafts(False)
    )

    assert [policy.shows_machine_drafts for policy in Policy.objects.all()] == [False]


def test_a_passage_that_a_coder_marks_by_two_clicks_is_marked_once():
    answer, coder, problem = make_answer(), make_user("coder"), make_problem()

    _marked, refusal = overtake(
        lambda: make_evidence(answer, problem=problem, coder=coder),
        lambda: make_evidence(answer, problem=problem, coder=coder),
    )

    assert refusal == "You have already marked this passage for this problem."
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


GONE = "This passage was edited away; it cannot be quoted."


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

    assert outcome == (None, WITHDRAWN)
    assert nothing_is_left()


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
