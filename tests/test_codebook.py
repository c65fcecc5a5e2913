"""The codebook: every change of words that somebody may have coded with is kept; organizers sign off what holds."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from outcomes.models import Evidence, FormerSlug, Problem, Revision, SignOff, Solution
from tests.factories import (
    freeze,
    make_answer,
    make_evidence,
    make_problem,
    make_solution,
    make_user,
    store,
)
from tests.test_objections import make_clause, quote
from tests.test_shared_sample import set_share

pytestmark = pytest.mark.django_db

REWORDED = "Somebody else has reworded it since you opened this page. Read it again, then sign it off."
CHANGED = "Somebody else has changed this mark, or looked at it again, meanwhile."
ONCE_MORE = "It was reworded once more since you opened this page. Read it again, then decide."


def reword(claim, title, by=None, **fields):
    return store(claim, by, title_en=title, **fields)


def sign_off(claim, by=None):
    row = type(claim).objects.get(pk=claim.pk)
    return SignOff.objects.sign_off(row, by=by, seen=row.fingerprint)


def numbers():
    return list(Revision.objects.order_by("number").values_list("number", "words__title_en", "was_public"))


# --- Revisions ---


@pytest.mark.parametrize("kind", [make_problem, make_solution])
def test_words_that_nobody_could_code_with_leave_no_revision(kind):
    claim = kind("draft", title="Draft", published=False)

    reword(claim, "Second draft")

    assert (numbers(), type(claim).objects.get().revision) == ([], 1)


@pytest.mark.parametrize("use", [make_evidence, sign_off])
def test_words_that_somebody_may_have_coded_with_are_kept_though_readers_never_saw_them(use):
    organizer = make_user("organizer")
    problem = make_problem("draft", title="Draft", title_sv="Utkast", published=False)
    use(problem=problem) if use is make_evidence else use(problem)

    after = reword(problem, "Second draft", by=organizer)

    [revision] = Revision.objects.all()
    assert (revision.words, revision.replaced_by, revision.was_public) == (
        {"title_en": "Draft", "title_sv": "Utkast"},
        organizer,
        False,
    )
    assert after.revision == 2
    # What was revised once is revised each time, though the mark is gone.
    Evidence.objects.all().delete()
    reword(problem, "Third draft")
    assert numbers() == [(1, "Draft", False), (2, "Second draft", False)]


def test_readers_see_only_earlier_words_that_readers_could_read():
    problem = make_problem("doors", title="Draft", published=False)
    make_evidence(problem=problem)
    shown = reword(problem, "Read first")
    now = shown.made_at
    shown = reword(problem, "Read first", published_at=now)
    hidden = reword(shown, "Read first", published_at=None)
    hidden = reword(hidden, "Never read")
    shown = reword(hidden, "Read now", published_at=now)

    assert numbers() == [(1, "Draft", False), (2, "Read first", True), (3, "Never read", False)]
    assert [then.title_en for _until, then in shown.earlier_wordings()] == ["Read first"]


def test_the_address_that_a_hidden_problem_had_goes_on_leading_to_it():
    problem = make_problem("doors")
    reword(problem, "Closed doors", published_at=None)

    reword(problem, "Closed doors", slug="gates")

    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["doors"]


def test_renaming_is_in_the_revisions_and_the_old_address_leads_on(client):
    problem = make_problem("doors", title="Doors")

    reword(problem, "Gates", slug="gates")

    assert numbers() == [(1, "Doors", True)]
    assert client.get("/en/problems/doors/").url == "/en/problems/gates/"


def test_what_changed_is_told_text_by_text():
    problem = make_problem(title="Closed doors", description_en="As it is.")
    after = reword(problem, "Shut doors", use_when_en="Whenever.")

    [revision] = Revision.objects.all()

    assert after.changes_since(revision.words) == [
        ("title", [("gone", "Closed"), ("new", "Shut"), ("same", " doors")]),
        ("use when", [("new", "Whenever.")]),
    ]


@pytest.mark.parametrize("column", ["title_en", "description_en", "use_when_en", "not_when_en", "slug"])
@pytest.mark.parametrize("use", [None, sign_off, make_evidence])
def test_words_that_somebody_may_have_coded_with_are_changed_by_no_update(column, use):
    problem = make_problem("draft", published=use is None)
    if use:
        use(problem=problem) if use is make_evidence else use(problem)

    for change in (
        lambda: Problem.objects.update(**{column: "other"}),
        lambda: Problem.objects.bulk_update([Problem(pk=problem.pk, **{column: "other"})], [column]),
    ):
        # A list of rows is updated in a transaction that cannot go on after a refusal.
        with pytest.raises(ValidationError, match="Somebody may have coded with these words"), transaction.atomic():
            change()

    assert getattr(Problem.objects.get(), column) == getattr(problem, column)
    # Other languages, and whatever else it has, belong to no revision.
    assert Problem.objects.update(title_sv="Dörrar", description_sv="Stängda", position=3) == 1


def test_words_that_nobody_could_code_with_may_be_updated():
    make_problem(published=False), make_problem("later", published=False)

    assert Problem.objects.update(title_en="Draft") == 2


# --- Sign-off ---


@pytest.mark.parametrize("kind", [make_problem, make_solution])
def test_a_claim_is_signed_off_until_its_english_words_change(kind):
    organizer, claim = make_user("organizer"), kind(published=False)
    all_of_it = type(claim).objects

    signed = sign_off(claim, organizer)
    reword(claim, claim.title_en, title_sv="På svenska", position=7)

    assert (signed.claim, signed.revision, signed.signed_by) == (claim, 1, organizer)
    assert (list(all_of_it.signed_off()), list(all_of_it.not_signed_off())) == ([claim], [])
    assert all_of_it.get().sign_off == signed
    after = reword(claim, "Otherwise")
    assert (list(all_of_it.signed_off()), list(all_of_it.not_signed_off())) == ([], [claim])
    assert after.sign_off is None


def test_signing_off_twice_is_one_row_of_the_first():
    first, problem = make_user("first"), make_problem()

    assert sign_off(problem, first) == sign_off(problem, make_user("second"))
    assert list(SignOff.objects.values_list("problem", "revision", "signed_by")) == [(problem.pk, 1, first.pk)]
    with pytest.raises(IntegrityError, match="sign_off|signoff"), transaction.atomic():
        SignOff.objects.create(problem=problem, revision=1)


def test_words_that_were_changed_meanwhile_are_not_signed_off():
    # No row tells of the change: nobody could code with these words.
    problem = make_problem(title="Draft", published=False)
    seen = problem.fingerprint
    reword(problem, "Second draft")

    with pytest.raises(ValidationError, match=REWORDED):
        SignOff.objects.sign_off(problem, by=None, seen=seen)

    assert not SignOff.objects.exists()


# --- Marks made under older words ---


def waiting(user):
    return set(Evidence.objects.reworded_for(user))


def test_marks_wait_from_the_day_of_the_change_organizers_for_all_coders_for_their_own(monkeypatch):
    one, boss = make_user("one", "Coder"), make_user("boss", "Organizer")
    problem = make_problem()
    marks = [make_evidence(problem=problem, coder=coder) for coder in (one, make_user("other"), None)]
    make_evidence(problem=make_problem("other"), coder=one)
    freeze(monkeypatch, "2026-03-10T12:00Z")

    reword(problem, "Shut doors")

    assert (waiting(one), waiting(boss)) == ({marks[0]}, set(marks))
    assert {str(mark.reworded_on) for mark in waiting(boss)} == {"2026-03-10"}


def test_marks_of_open_answers_and_those_that_nobody_can_look_at_do_not_wait():
    coder, problem = make_user("one", "Organizer"), make_problem()
    set_share(100)
    make_evidence(make_answer(), problem=problem, coder=coder)
    set_share(0)
    lost, changing = (make_evidence(problem=problem, coder=coder) for _n in range(2))
    reword(problem, "Shut doors")
    assert waiting(coder) == {lost, changing}

    lost.answer.response.edit({lost.answer.question: "Maneno mengine."})
    lost.answer.response.accept()
    changing.answer.response.edit({changing.answer.question: "Kila mtu ana nafasi. Naam."})

    assert waiting(coder) == set()
    changing.answer.response.accept()
    assert waiting(coder) == {changing}


def test_a_mark_that_is_still_right_takes_the_present_revision():
    boss, problem = make_user("boss", "Organizer"), make_problem()
    mark = make_evidence(problem=problem)
    claim = reword(problem, "Shut doors")
    mark.refresh_from_db()

    mark.still_right(seen=mark.state, claim_seen=claim.fingerprint)

    mark.refresh_from_db()
    assert (mark.claim_revision, mark.is_of_older_words, mark.reworded_on, waiting(boss)) == (2, False, None, set())
    reword(problem, "Locked doors")
    assert waiting(boss) == {mark}


def test_a_mark_that_was_looked_at_or_whose_claim_was_reworded_meanwhile_stays_as_it_is():
    problem = make_problem()
    mark = make_evidence(problem=problem)
    claim = reword(problem, "Shut doors")
    seen, claim_seen = mark.state, claim.fingerprint
    reword(problem, "Locked doors")

    with pytest.raises(ValidationError, match=ONCE_MORE):
        mark.still_right(seen=seen, claim_seen=claim_seen)
    other = Evidence.objects.get()
    other.still_right(seen=seen, claim_seen=other.claim.fingerprint)
    for late in (
        lambda: mark.still_right(seen=seen, claim_seen=other.claim.fingerprint),
        lambda: mark.take_back(seen=seen),
        lambda: mark.change(claim=problem, stance="contradicts", note="", seen=seen),
    ):
        with pytest.raises(ValidationError, match=CHANGED):
            late()

    assert list(Evidence.objects.values_list("claim_revision", "stance")) == [(3, "supports")]


def test_a_mark_that_is_moved_waits_no_more():
    boss, problem = make_user("boss", "Organizer"), make_problem()
    mark, solution = make_evidence(problem=problem), make_solution(revision=4)
    reword(problem, "Shut doors")
    mark.refresh_from_db()

    mark.change(claim=solution, stance="supports", note="", seen=mark.state)

    mark.refresh_from_db()
    assert (mark.claim, mark.claim_revision, mark.reworded_on, waiting(boss)) == (solution, 4, None, set())


def test_a_mark_that_is_moved_by_somebody_who_has_read_earlier_words_of_its_new_claim_waits():
    boss, problem = make_user("boss", "Organizer"), make_problem()
    moved, split = make_evidence(problem=problem), make_evidence(problem=problem)
    into = make_solution()
    reword(into, "Wide doors")

    moved.change(claim=into, stance="supports", note="", read=1)
    problem.split([split.pk], into=into, read=1)

    assert list(Evidence.objects.values_list("claim_revision", "is_of_older_words")) == [(1, True), (1, True)]
    assert waiting(boss) == {moved, split}


def test_what_waits_was_made_under_older_words():
    mark = make_evidence()

    with pytest.raises(IntegrityError, match="only_marks_of_older_words_wait"), transaction.atomic():
        Evidence.objects.filter(pk=mark.pk).update(reworded_on="2026-03-01")


def test_a_mark_of_a_coder_who_has_read_earlier_words_waits_and_one_of_a_revision_that_was_never_there_does_not():
    problem = make_problem(title="One")
    reword(problem, "Two")

    marks = {read: make_evidence(make_answer(), problem=problem, read=read) for read in (None, 1, 2, 9)}

    told = {
        read: (mark.claim_revision, Evidence.objects.get(pk=mark.pk).is_of_older_words) for read, mark in marks.items()
    }
    assert told == {None: (2, False), 1: (1, True), 2: (2, False), 9: (2, False)}


def test_earlier_words_can_be_read_though_a_language_of_theirs_is_not_one_of_the_interface_any_more():
    problem = make_problem(title="Now")
    problem.revisions.create(number=1, words={"title_en": "Then", "title_xx": "Gone"})

    assert [problem.reading(each.words).title_en for each in problem.revisions.all()] == ["Then"]


# --- Splitting ---


def test_marks_are_moved_to_another_claim_with_stance_and_note():
    problem, solution, coder = make_problem(), make_solution(), make_user("coder")
    moved = [
        make_evidence(problem=problem, stance=stance, coder=coder, note="Why") for stance in ("supports", "qualifies")
    ]
    stays = make_evidence(problem=problem, coder=coder)

    done = problem.split([mark.pk for mark in moved], into=solution)

    assert done == (sorted(moved, key=lambda mark: mark.pk), [])
    assert {(mark.stance, mark.note) for mark in solution.evidence.all()} == {("supports", "Why"), ("qualifies", "Why")}
    assert list(problem.evidence.all()) == [stays]


def test_marks_are_moved_to_a_new_claim_by_its_working_title():
    problem = make_problem()
    mark = make_evidence(problem=problem)

    problem.split([mark.pk], into=(Solution, "Keys for all"))

    assert [each.title_en for each in Solution.objects.proposed()] == ["Keys for all"]
    assert list(Solution.objects.get().evidence.all()) == [mark]


def test_nothing_is_moved_to_where_it_is_though_that_is_asked_for_as_a_new_one_of_the_same_title():
    problem = make_problem(title="Few seats")
    mark = make_evidence(problem=problem)

    for into in (problem, (Problem, "few seats")):
        with pytest.raises(ValidationError, match="^.'They are there already: choose another"):
            problem.split([mark.pk], into=into)


def test_what_cannot_be_moved_stays_with_the_reason_and_the_rest_moves():
    problem, other, coder = make_problem(), make_problem("other"), make_user("coder")
    free, quoted, taken = (make_evidence(problem=problem, coder=coder) for _n in range(3))
    quote(quoted, make_clause())
    make_evidence(taken.answer, problem=other, coder=coder)

    moved, stayed = problem.split([free.pk, quoted.pk, taken.pk], into=other)

    assert moved == [free]
    assert {(mark, why.partition(".")[0].split(" marked")[0]) for mark, why in stayed} == {
        (quoted, "This passage is quoted beside a clause"),
        (taken, "You have already"),
    }


def test_if_nothing_can_be_moved_no_claim_is_made():
    problem = make_problem()
    quoted = make_evidence(problem=problem)
    quote(quoted, make_clause())
    set_share(100)
    hidden = make_evidence(make_answer(), problem=problem, coder=make_user("coder"))

    for marks, why in (([quoted.pk], "This passage is quoted"), ([hidden.pk], "These marks were moved or taken back")):
        with pytest.raises(ValidationError, match=why):
            problem.split(marks, into=(Problem, "Few seats"))
    with pytest.raises(ValidationError, match="They are there already"):
        problem.split([quoted.pk], into=problem)

    assert list(Problem.objects.all()) == [problem]
    assert set(problem.evidence.all()) == {quoted, hidden}
