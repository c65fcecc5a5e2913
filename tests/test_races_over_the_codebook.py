"""Two at the same moment who keep the codebook, or code with it: nothing is lost, and the second is told in words."""

import pytest

from outcomes.codebook_import import compare, take
from outcomes.exports.codebook_reader import read_codes
from outcomes.models import CodedValue, Coding, Evidence, Merge, Problem, Revision, SharedAnswer, SignOff
from outcomes.models.shared_sample import Choice
from responses.languages.passages import find_passage
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_user
from tests.races import overtake, race
from tests.test_codebook import CHANGED, ONCE_MORE, REWORDED, reword, sign_off
from tests.test_codebook_import import code as code_of_file
from tests.test_codebook_import import qdc
from tests.test_codebook_merge import merge
from tests.test_shared_sample import code, finish, set_share

pytestmark = race

TEXT = "Kila mtu ana nafasi. Hatuna umeme."


def again(row):
    """The row as another page has read it."""
    return type(row).objects.get(pk=row.pk)


def merging(gone, into):
    gone, into = again(gone), again(into)
    return lambda: Merge.objects.merge(gone, into, by=None)


# --- Merging ---


def test_two_organizers_merge_the_same_one_into_two_others():
    gone, one, other = make_problem("gone", title="Gone"), make_problem("one", title="One"), make_problem("other")
    mark = make_evidence(problem=gone)

    _merged, refusal = overtake(merging(gone, one), merging(gone, other))

    assert refusal == "An organizer has merged “Gone” into “One” meanwhile. Nothing was changed."
    assert [each.claim for each in Evidence.objects.filter(pk=mark.pk)] == [one]
    assert Merge.objects.count() == 1


def test_two_organizers_merge_two_in_both_directions():
    one, other = make_problem("one", title="One"), make_problem("other", title="Other")
    make_evidence(problem=one), make_evidence(problem=other)

    _merged, refusal = overtake(merging(one, other), merging(other, one))

    assert refusal == "An organizer has merged “One” into “Other” meanwhile. Nothing was changed."
    assert list(Problem.objects.all()) == [other]
    assert other.evidence.count() == 2


def test_two_organizers_merge_one_into_another_that_goes_at_this_moment():
    one, other, third = (make_problem(slug, title=slug.title()) for slug in ("one", "other", "third"))

    _merged, refusal = overtake(merging(other, third), merging(one, other))

    assert refusal == "An organizer has merged “Other” into “Third” meanwhile. Nothing was changed."
    assert set(Problem.objects.all()) == {one, third}


@pytest.mark.parametrize("deed", ["mark", "stance", "move", "still right", "sign off"])
def test_what_is_done_with_a_claim_that_is_merged_at_this_moment_is_refused_in_words(deed):
    gone, into, answer, coder = make_problem("gone"), make_problem("into"), make_answer(TEXT), make_user("coder")
    there = make_evidence(problem=gone, coder=coder)
    elsewhere = make_evidence(problem=make_problem("third"), coder=coder)
    claim = reword(gone, "Reworded")
    there, elsewhere = again(there), again(elsewhere)
    deeds = {
        "mark": lambda: make_evidence(answer, problem=claim, coder=coder),
        "stance": lambda: there.change(claim=claim, stance="contradicts", note=""),
        "move": lambda: elsewhere.change(claim=claim, stance="supports", note=""),
        "still right": lambda: there.still_right(seen=there.state, claim_seen=claim.fingerprint),
        "sign off": lambda: SignOff.objects.sign_off(claim, by=None, seen=claim.fingerprint),
    }

    _merged, refusal = overtake(merging(gone, into), deeds[deed])

    told = "An organizer has merged “Reworded” into “Closed doors” meanwhile. Nothing was changed."
    # The mark has moved along: it is not what it was.
    assert refusal == (CHANGED if deed == "still right" else told)
    assert set(Evidence.objects.values_list("problem__slug", "stance")) == {("into", "supports"), ("third", "supports")}


def test_a_mark_that_is_made_at_this_moment_moves_along_or_the_merge_is_refused_in_words():
    gone, into, answer = make_problem("gone"), make_problem("into"), make_answer(TEXT)
    make_evidence(problem=gone)

    _marked, refusal = overtake(lambda: make_evidence(answer, problem=gone), merging(gone, into))

    assert refusal == "Somebody has marked something for it at this moment. Nothing was changed: try again."
    assert gone.evidence.count() == 2
    merge(gone, into)
    assert into.evidence.count() == 2


def test_a_mark_that_is_taken_back_at_this_moment_is_not_merged():
    gone, into = make_problem("gone"), make_problem("into")
    mark = make_evidence(problem=gone)

    overtake(again(mark).take_back, merging(gone, into))

    assert (Evidence.objects.count(), list(Problem.objects.all())) == (0, [into])


def test_an_answer_that_a_coder_is_done_with_at_this_moment_keeps_what_was_found():
    gone, into, coder, answer = make_problem("gone"), make_problem("into"), make_user("coder"), make_answer(TEXT)
    make_evidence(answer, problem=gone, coder=coder)

    overtake(lambda: finish(answer, coder), merging(gone, into))
    assert list(CodedValue.objects.values_list("problem__slug", "value")) == [("into", "supports")]

    third = make_problem("third")
    overtake(merging(into, third), lambda: finish(answer, coder))
    assert list(CodedValue.objects.values_list("problem__slug", "value")) == [("third", "supports")]
    assert Coding.objects.count() == 1


def test_two_who_agree_at_this_moment_look_once_more():
    set_share(100)
    gone, into, answer = make_problem("gone"), make_problem("into"), make_answer(TEXT)
    one, other = make_user("one"), make_user("other")
    code(answer, one, (gone, "nafasi", "supports"))
    code(answer, other, (gone, "nafasi", "contradicts"))
    shared = SharedAnswer.objects.get()
    decisions, seen = {gone.key: (Choice.FIRST, "")}, shared.fingerprint(shared.units())

    _merged, refusal = overtake(merging(gone, into), lambda: shared.agree(decisions, by=one, seen=seen))

    assert refusal == "What the two have found has changed since you opened this page. Look once more."
    assert sorted(CodedValue.objects.values_list("problem__slug", "value")) == [
        ("into", "contradicts"),
        ("into", "supports"),
    ]
    assert Evidence.objects.count() == 2


def test_a_claim_that_is_reworded_at_this_moment_is_merged_with_the_new_words():
    gone, into = make_problem("gone", title="Gone"), make_problem("into")

    overtake(lambda: reword(gone, "Gone by now"), merging(gone, into))

    [done] = Merge.objects.all()
    assert (done.title, [each["words"]["title_en"] for each in done.earlier]) == ("Gone by now", ["Gone"])


@pytest.mark.parametrize("makes", [make_problem, make_solution])
def test_a_claim_that_is_merged_or_deleted_at_this_moment_is_not_stored_once_more(makes):
    gone, into = makes("gone", title="Gone"), makes("into", title="Into")
    one, other = again(gone), again(into)

    stored = overtake(merging(gone, into), one.store), overtake(again(into).delete, other.store)

    assert [refusal for _first, refusal in stored] == [
        "An organizer has merged “Gone” into “Into” meanwhile. Nothing was changed.",
        "An organizer has deleted this problem or solution meanwhile.",
    ]
    assert not type(into).objects.exists()


def test_who_agrees_and_who_rewords_do_not_wait_for_each_other():
    set_share(100)
    claims = sorted((make_problem("one"), make_problem("other")), key=lambda claim: claim.pk)
    # The pages show them in another order than that in which they are locked.
    Problem.objects.filter(pk=claims[0].pk).update(position=2)
    answer, one, other = make_answer(TEXT), make_user("one"), make_user("other")
    for coder, stance in ((one, "supports"), (other, "contradicts")):
        code(answer, coder, *((claim, "nafasi", stance) for claim in claims))
    shared = SharedAnswer.objects.get()
    decisions, seen = {claim.key: (Choice.FIRST, "") for claim in claims}, shared.fingerprint(shared.units())

    _held, agreed = overtake(
        again(claims[0]).locked,
        lambda: shared.agree(decisions, by=one, seen=seen),
        then=lambda: [reword(each, "Reworded") for each in claims],
    )

    assert agreed is None
    assert SharedAnswer.objects.get().is_agreed
    assert list(Evidence.objects.values_list("is_of_older_words", flat=True)) == [True, True]


def test_who_rewords_a_claim_in_its_form_and_who_marks_do_not_wait_for_each_other():
    problem, answer, coder = make_problem(), make_answer(TEXT), make_user("coder")
    make_evidence(answer, problem=problem)

    # As the form does, which asks first whether the words are those that it has shown.
    _held, mark = overtake(
        again(problem).locked,
        lambda: make_evidence(answer, problem=problem, coder=coder),
        then=lambda: reword(problem, "Reworded"),
    )

    assert mark.claim_revision == 2
    assert sorted(Evidence.objects.values_list("claim_revision", "is_of_older_words")) == [(1, True), (2, False)]


# --- Signing off ---


def test_words_that_are_changed_at_this_moment_are_not_signed_off():
    problem = make_problem()
    other = again(problem)

    _changed, refusal = overtake(
        lambda: reword(problem, "Otherwise"),
        lambda: SignOff.objects.sign_off(other, by=None, seen=other.fingerprint),
    )

    assert (refusal, SignOff.objects.count()) == (REWORDED, 0)


def test_words_that_are_signed_off_at_this_moment_are_kept_when_they_change():
    # Nobody else could code with them.
    problem = make_problem(title="Draft", published=False)

    overtake(lambda: sign_off(problem), lambda: reword(problem, "Otherwise"))

    assert list(Revision.objects.values_list("number", "words__title_en")) == [(1, "Draft")]
    assert list(Problem.objects.not_signed_off()) == [problem]


def test_two_organizers_sign_off_at_once():
    problem = make_problem()
    users = make_user("one"), make_user("other")

    signed = overtake(*(lambda user=user: sign_off(problem, user) for user in users))

    assert signed[0] == signed[1]
    assert list(SignOff.objects.values_list("signed_by", flat=True)) == [users[0].pk]


# --- The queue ---


@pytest.mark.parametrize("deed", ["still right", "take back", "move"])
def test_of_two_who_look_at_the_same_mark_the_second_is_told(deed):
    problem, solution = make_problem(), make_solution()
    make_evidence(problem=problem)
    claim = reword(problem, "Otherwise")
    first, second = Evidence.objects.get(), Evidence.objects.get()
    seen = {"seen": second.state}
    deeds = {
        "still right": lambda: second.still_right(**seen, claim_seen=claim.fingerprint),
        "take back": lambda: second.take_back(**seen),
        "move": lambda: second.change(claim=solution, stance="supports", note="", **seen),
    }

    _looked, refusal = overtake(lambda: first.still_right(**seen, claim_seen=claim.fingerprint), deeds[deed])

    assert refusal == CHANGED
    assert list(Evidence.objects.values_list("problem", "claim_revision")) == [(problem.pk, 2)]


def test_a_mark_whose_claim_is_reworded_at_this_moment_waits_on():
    problem = make_problem()
    make_evidence(problem=problem)
    claim = reword(problem, "Otherwise")
    mark = Evidence.objects.get()

    _changed, refusal = overtake(
        lambda: reword(problem, "And otherwise"),
        lambda: mark.still_right(seen=mark.state, claim_seen=claim.fingerprint),
    )

    assert refusal == ONCE_MORE
    assert list(Evidence.objects.values_list("claim_revision", "is_of_older_words")) == [(1, True)]


# --- Splitting ---


def test_marks_that_two_organizers_move_at_once_move_once():
    problem, one, other = make_problem(), make_problem("one"), make_problem("other")
    mark = make_evidence(problem=problem)
    first, second = again(problem), again(problem)

    _moved, refusal = overtake(lambda: first.split([mark.pk], into=one), lambda: second.split([mark.pk], into=other))

    assert refusal == "These marks were moved or taken back meanwhile."
    assert [each.claim for each in Evidence.objects.all()] == [one]


def test_a_new_claim_is_made_once_by_two_clicks():
    problem = make_problem()
    mark = make_evidence(problem=problem)

    def split():
        return again(problem).split([mark.pk], into=(Problem, "Few seats"))

    _moved, refusal = overtake(split, split)

    assert refusal == "These marks were moved or taken back meanwhile."
    assert Problem.objects.proposed().count() == 1


@pytest.mark.parametrize("titles", [("Few seats", "Few seats"), ("Few seats", " few  SEATS\u200b")])
def test_two_who_propose_the_same_at_once_have_proposed_one(titles):
    first, second = overtake(*(lambda title=title: Problem.objects.propose(title) for title in titles))

    assert first == second
    assert [each.title_en for each in Problem.objects.all()] == ["Few seats"]


def test_what_two_coders_mark_at_once_under_one_new_title_is_for_one_claim():
    answers, coders = [make_answer(TEXT) for _n in range(2)], [make_user(name) for name in ("one", "other")]

    def proposing(answer, coder):
        passage = find_passage(TEXT, "nafasi")
        return lambda: Evidence.objects.propose(Problem, "Few seats", answer, passage, stance="supports", coder=coder)

    marks = overtake(*map(proposing, answers, coders))

    assert [mark.claim for mark in marks] == [Problem.objects.get()] * 2


def test_what_is_proposed_while_a_codebook_file_is_stored_is_not_made_twice():
    codes = read_codes(qdc(code_of_file("Few seats")))
    seen = compare(codes).fingerprint

    _proposed, refusal = overtake(
        lambda: Problem.objects.propose("few seats"),
        lambda: take(codes, new={0: "problem"}, changed=[], seen=seen, by=None),
    )

    assert refusal.startswith("Somebody has changed a problem or a solution since you opened this page.")
    assert [each.title_en for each in Problem.objects.all()] == ["few seats"]


def test_marks_are_not_moved_to_a_claim_that_is_merged_at_this_moment():
    problem, gone, into = make_problem(), make_problem("gone", title="Gone"), make_problem("into", title="Into")
    mark = make_evidence(problem=problem)

    _merged, refusal = overtake(merging(gone, into), lambda: again(problem).split([mark.pk], into=gone))

    assert refusal == "An organizer has merged “Gone” into “Into” meanwhile. Nothing was changed."
    assert [each.claim for each in Evidence.objects.all()] == [problem]


# --- Addresses ---


def test_an_address_that_somebody_gives_up_at_this_moment_is_not_taken_and_both_can_be_merged():
    one, other, into = make_problem("one"), make_problem("other"), make_problem("into")
    leaving, taking = again(one), again(other)
    leaving.slug, taking.slug = "one-more", "one"

    _left, refusal = overtake(leaving.store, taking.store)

    assert refusal == "Links to another one lead to this slug: it had it before."
    for each in (one, other):
        merge(each, into)
    assert set(into.formerslugs.values_list("slug", flat=True)) == {"one", "one-more", "other"}


def test_an_address_of_one_that_is_merged_at_this_moment_is_not_taken():
    gone, into, other = make_problem("gone"), make_problem("into"), make_problem("other")
    other.slug = "gone"

    assert overtake(merging(gone, into), other.store)[1] == "Links to another one lead to this slug: it had it before."
