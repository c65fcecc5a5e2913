"""Translators, reviewers, coders, organizers and the author of an answer at the same moment."""

from io import BytesIO

import polib
import pytest

from outcomes.models import Evidence, Problem, Quotation
from responses import machine_translation
from responses.exchange.answer_import import import_answers
from responses.models import (
    Answer,
    MachineDraftOrder,
    Policy,
    Reservation,
    Translation,
)
from tests.factories import make_answer, make_evidence, make_problem, make_translation, make_user
from tests.races import overtake, race

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


@pytest.mark.parametrize("say", [Translation.refuse, lambda draft: Translation.objects.correct(draft, "Mine.")])
def test_a_machine_draft_that_its_author_refuses_or_corrects_at_this_moment_is_not_reviewed(say):
    draft, reviewer = make_translation(reviewed=False, origin="machine"), make_user("reviewer")
    read, seen = again(draft), draft.fingerprint

    _said, refusal = overtake(lambda: say(draft), lambda: read.review(by=reviewer, seen=seen))

    assert refusal == CHANGED
    assert list(Translation.objects.reviewed()) == []
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
    file.append(polib.POEntry(msgctxt=f"{answer.response.code}.{answer.question.slug}", msgid="Moja.", msgstr="واحد"))

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
