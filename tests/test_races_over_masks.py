"""Words are hidden while somebody else copies, changes or withdraws them: no copy of a hidden word is left."""

import pytest

from outcomes.models import Evidence
from responses.exchange import po
from responses.exchange.answer_import import import_answers
from responses.languages.passages import find_passage
from responses.models import Answer, Mask, Response, Translation, Version
from tests.factories import make_answer, make_problem, make_response, make_translation, make_user
from tests.races import overtake, race
from tests.test_answer_files import filled, key_of
from tests.test_mask import everything_but_the_authors
from tests.test_races_over_responses import CHANGED, NOT_NOW, again, worded

pytestmark = race

TEXT = "Piga 0700 000 000 kwa Juma."
HIDDEN = "Piga ████████████ kwa Juma."


@pytest.fixture
def answer():
    return make_answer(TEXT)


@pytest.fixture
def hide(answer):
    reviewer, read, seen = make_user("reviewer"), again(answer), answer.fingerprint
    return lambda: bool(read.mask(5, 17, "A number.", by=reviewer, seen=seen))


def test_an_edit_that_comes_first_is_read_before_words_are_hidden(answer, hide):
    response = again(answer.response)

    outcome = overtake(lambda: response.edit(worded(f"{TEXT} Sasa.")), hide)

    assert outcome == (None, CHANGED)
    assert (Answer.objects.get().text, Mask.objects.count()) == (f"{TEXT} Sasa.", 0)


def test_words_that_are_hidden_first_stay_so_in_the_edit_and_in_the_version_before_it(answer, hide):
    response = again(answer.response)
    seen = response.authors_fingerprint

    outcome = overtake(hide, lambda: response.edit(worded(f"{TEXT} Sasa."), seen=seen))

    assert outcome == (True, None)
    assert (Answer.objects.get().text, Answer.objects.get().authors_text) == (f"{HIDDEN} Sasa.", f"{TEXT} Sasa.")
    assert (Version.objects.get().answers, Version.objects.get().authors_answers) == (
        {"meaning": HIDDEN},
        {"meaning": TEXT},
    )


def test_an_author_who_gives_no_fingerprint_waits_too(answer, hide):
    response = again(answer.response)

    assert overtake(hide, lambda: response.edit(worded("Sasa."))) == (True, None)
    assert "0700" not in everything_but_the_authors()


def test_of_hiding_and_withdrawing_nothing_is_left(answer, hide):
    response = again(answer.response)

    assert overtake(hide, response.withdraw) == (True, None)
    assert (Mask.objects.count(), Answer.objects.count()) == (0, 0)


def test_what_was_withdrawn_a_moment_ago_is_not_hidden(answer, hide):
    response = again(answer.response)

    assert overtake(response.withdraw, hide) == (None, NOT_NOW)
    assert (Mask.objects.count(), Answer.objects.count()) == (0, 0)


def test_two_who_hide_words_at_once_have_both_read_them(answer, hide):
    other, read, seen = make_user("other"), again(answer), answer.fingerprint

    outcome = overtake(hide, lambda: read.mask(22, 26, "A name.", by=other, seen=seen))

    assert outcome == (True, CHANGED)
    assert Answer.objects.get().text == HIDDEN


@pytest.mark.parametrize(
    ("needs", "words", "of_second", "left"),
    [
        ("Juma ana maji.", "Juma", CHANGED, {"Piga ████.", "████ ana maji."}),
        ("Amina ana maji.", "maji", True, {"Piga ████.", "Amina ana ████."}),
    ],
)
def test_two_who_hide_words_in_two_answers_of_one_response_wait_for_each_other_once(needs, words, of_second, left):
    response = make_response({"meaning": "Piga Juma.", "needs": needs})
    meaning, other_one = response.answers.order_by("question__position")
    one, other, seen = make_user("one"), make_user("other"), other_one.fingerprint
    place = needs.index(words)

    outcome = overtake(
        lambda: bool(meaning.mask(5, 9, "A name.", by=one, seen=meaning.fingerprint)),
        lambda: bool(other_one.mask(place, place + 4, "A name.", by=other, seen=seen)),
    )

    assert outcome == (True, of_second)
    assert set(Answer.objects.values_list("text", flat=True)) == left


def test_a_mark_on_words_that_are_being_hidden_keeps_none_of_them(answer, hide):
    problem, read, passage = make_problem(), again(answer), find_passage(TEXT, "000 kwa")

    def mark():
        return bool(Evidence.objects.mark(problem, read, passage, stance="supports", coder=None))

    hidden, refusal = overtake(hide, mark)

    assert (hidden, refusal) == (True, "The answer has changed since you opened it. Read it again, then mark it.")
    assert "000" not in everything_but_the_authors()


def test_a_mark_that_was_made_first_is_hidden_too(answer, hide):
    problem, read, passage = make_problem(), again(answer), find_passage(TEXT, "000 kwa")

    def mark():
        return bool(Evidence.objects.mark(problem, read, passage, stance="supports", coder=None))

    assert overtake(mark, hide) == (True, True)
    assert Evidence.objects.get().passage.quote == "███ kwa"
    assert "000" not in everything_but_the_authors()


def test_a_translation_of_words_that_are_being_hidden_is_not_stored(answer, hide):
    translator, read = make_user("translator"), again(answer)

    def suggest():
        return bool(Translation.objects.suggest(read, "en", "Call 0700.", translator=translator, source_text=TEXT))

    hidden, refusal = overtake(hide, suggest)

    assert (hidden, refusal) == (True, "This translation has changed since you opened it. Read it again.")
    assert "0700" not in everything_but_the_authors()


def test_a_translation_that_was_suggested_first_is_hidden_too(answer, hide):
    translator, read = make_user("translator"), again(answer)

    def suggest():
        text = "Call 0700 000 000."
        return bool(Translation.objects.suggest(read, "en", text, translator=translator, source_text=TEXT))

    assert overtake(suggest, hide) == (True, True)
    assert Translation.objects.get().text == "Call ████████████."
    assert "0700" not in everything_but_the_authors()


def test_a_translation_that_is_reviewed_at_this_moment_is_hidden_too(answer, hide):
    made = make_translation(answer, language="en", text="Call 0700 000 000.", reviewed=False)
    reviewer, read, seen = make_user("other"), again(made), made.fingerprint

    assert overtake(lambda: read.review(by=reviewer, seen=seen), hide) == (None, True)
    assert "0700" not in everything_but_the_authors()
    assert Response.objects.saying("0700").count() == 0


def test_a_reply_that_is_written_while_its_words_are_hidden_is_refused(answer, hide):
    response = again(answer.response)
    Response.objects.update(status="asked", accepted_on=None)
    response.inquiries.create(text="Who is it?")

    outcome = overtake(hide, lambda: response.reply("It is 0700 000 000."))

    assert outcome[0] is True
    assert "Leave these words out here" in str(outcome[1])
    assert "0700" not in everything_but_the_authors()


def test_a_file_that_is_imported_while_words_are_hidden_in_another_answer_does_not_bring_them_back():
    response, reviewer, translator = (
        make_response({"meaning": TEXT, "needs": "Umeme."}),
        make_user("by"),
        make_user("t"),
    )
    answers = {each.question.slug: each for each in response.answers.select_related("question")}
    seen = answers["meaning"].fingerprint
    file = filled(po, {key_of(answers["needs"]): ("Umeme.", "Power. 0700 000 000")})

    outcome = overtake(
        lambda: bool(answers["meaning"].mask(5, 17, "A number.", by=reviewer, seen=seen)),
        lambda: [each.outcome for each in import_answers(file, translator)],
    )

    assert outcome == (True, ["taken"])
    assert Translation.objects.get().text == "Power. ████████████"
