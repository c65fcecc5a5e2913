"""Who did what with a response, an answer, a claim or a statement, when and why."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from outcomes.history import history_of_answer, history_of_claim, history_of_response, history_of_statement
from outcomes.models import (
    AnswerToCode,
    Asking,
    Clause,
    Coding,
    Evidence,
    JointDecision,
    Merge,
    Quotation,
    SharedAnswer,
    Statement,
)
from outcomes.models.asking import kind_of
from outcomes.models.evidence import log_of_marks
from responses.history import PAGE_OF_MANY, Change, page_of, place_in, start_of
from responses.models import (
    DeclineReason,
    Flag,
    Question,
    ReadingRequest,
    Recusal,
    Verdict,
)
from responses.models import ReadingAid as Aid
from tests.factories import (
    DAY,
    freeze,
    make_answer,
    make_evidence,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
    submit,
)
from tests.test_consent import quote
from tests.test_kept_facts import WORDS, Walk
from tests.test_mask import TEXT, mask
from tests.test_shared_sample import code, set_share
from tests.whole import IS_WHOLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return make_user("boss", "Organizer", is_staff=True)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def told(deeds):
    """[(kind, who, why)], the latest first."""
    deeds = sorted(deeds, key=lambda each: each.place, reverse=True)
    return [(each.kind, each.by or (each.who and each.who.username), each.why) for each in deeds]


def kinds(response, user):
    return [kind for kind, _who, _why in told(history_of_response(fresh(response), user))]


def log(user, row, message="", flag=CHANGE):
    return LogEntry.objects.log_actions(user.pk, [row], flag, change_message=message, single_object=True)


def at(monkeypatch, moment):
    freeze(monkeypatch, f"2026-03-{moment}Z")


# --- A response -----------------------------------------------------------------------------------------------------


def test_all_that_was_done_is_told_by_whom_and_why(monkeypatch, boss):
    at(monkeypatch, "02T09:00")
    response = submit({"meaning": TEXT}, on=date(2026, 3, 1))
    reason = DeclineReason.objects.get(slug="attacks-somebody")
    response.decline("Line 2.", declined_for=reason, by=boss)
    at(monkeypatch, "02T09:10")
    response.undo(by=boss)
    at(monkeypatch, "02T09:20")
    response.ask("Who?", by=boss)
    response.reply("Juma.", on=date(2026, 3, 3))
    at(monkeypatch, "04T09:00")
    mask(response.answers.get(), "Juma", reason="A name.", by=boss)
    at(monkeypatch, "04T09:30")
    fresh(response).accept(by=boss)
    answer = response.answers.select_related("response", "question").get()
    asha = make_user("asha")
    days = {"created_at": datetime(2026, 3, 5, tzinfo=UTC), "reviewed_at": datetime(2026, 3, 5, 9, tzinfo=UTC)}
    make_translation(answer, translator=asha, reviewer=boss, **days)
    at(monkeypatch, "06T09:00")
    mark = make_evidence(answer, quote="kila siku", coder=asha)
    Evidence.objects.filter(pk=mark.pk).update(created_at=timezone.now())
    at(monkeypatch, "06T09:10")
    Coding.objects.finish(answer, asha, seen=answer.fingerprint)
    at(monkeypatch, "06T10:00")
    quotation = quote(mark)
    Quotation.objects.update(quoted_at=timezone.now())
    at(monkeypatch, "07T09:00")
    quotation.refuse("Not these.")
    Flag.objects.tell(fresh(response), "Mimi ni Juma.", on=date(2026, 3, 8))

    deeds = history_of_response(fresh(response), boss)

    assert told(deeds) == [
        ("flagged", "reader", ""),
        ("quotation_refused", "author", ""),
        ("quoted", None, ""),
        ("found", "asha", ""),
        ("marked", "asha", ""),
        ("translation_reviewed", "boss", ""),
        ("translated", "asha", ""),
        ("accepted", "boss", ""),
        ("masked", "boss", "A name."),
        ("replied", "author", ""),
        ("asked", "boss", ""),
        ("undone", "boss", ""),
        ("declined", "boss", "Line 2."),
        ("flagged", "portal", ""),
        ("received", "author", ""),
    ]
    declined = next(each for each in deeds if each.kind == "declined")
    assert (declined.about.declined_for, declined.at) == (reason, datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert {each.is_day for each in deeds if each.by in ("author", "reader")} == {True}


def test_what_an_author_changed_is_told_by_lengths_and_never_by_words(boss):
    response = submit({"meaning": "Kila mtu.", "needs": "Maji."}, on=DAY)
    meaning, needs, resources = Question.objects.order_by("position")
    response.edit({meaning: "Kila mtu ana nafasi.", resources: "Vitabu."}, language="ha", on=date(2026, 3, 2))
    response = fresh(response)
    response.share(sharing="organizers", on=date(2026, 3, 4))
    fresh(response).edit(
        {meaning: "Kila mtu ana nafasi.", resources: "Vitabu."},
        content={"content_note": "Vita.", "content_kinds": "violence"},
        on=date(2026, 3, 5),
    )

    changes = [each for each in history_of_response(fresh(response), boss) if each.kind == "changed"]

    assert [(each.at, each.about) for each in changes] == [
        (
            start_of(date(2026, 3, 2)),
            Change([("meaning", 9, 20), ("needs", 5, 0), ("resources", 0, 7)], language=("sw", "ha")),
        ),
        (start_of(date(2026, 3, 4)), Change(sharing=("Without any name", "For the organizers only"))),
        (start_of(date(2026, 3, 5)), Change(is_noted_otherwise=True)),
    ]


def test_hiding_words_is_no_change_by_their_author(boss):
    response = submit({"meaning": TEXT, "needs": "Maji."})
    questions = {each.slug: each for each in Question.objects.all()}
    response.edit({questions["meaning"]: TEXT, questions["needs"]: "Maji zaidi."}, on=date(2026, 3, 2))

    mask(response.answers.get(question__slug="meaning"), "Juma")

    changes = [each.about for each in history_of_response(fresh(response), boss) if each.kind == "changed"]
    assert changes == [Change([("needs", 5, 11)])]


def test_of_a_withdrawn_response_only_the_day_is_left(boss):
    answer = make_answer()
    response = answer.response
    response.decline("No.", by=boss)
    log(boss, response, "Declined")
    mark = make_evidence(answer, coder=boss)
    log(boss, mark, flag=ADDITION)

    response.withdraw(on=date(2026, 4, 1))

    assert [(each.kind, each.at) for each in history_of_response(fresh(response), boss)] == [
        ("withdrawn", start_of(date(2026, 4, 1)))
    ]
    assert not Verdict.objects.exists()


def test_withdrawing_takes_the_reasons_of_changed_marks_out_of_the_log(boss):
    answer, other = make_answer(), make_answer()
    problem = make_problem()
    marks = [make_evidence(each, problem=problem) for each in (answer, other)]
    for each in marks:
        log(boss, each, "It says nafasi.", DELETION)
    log(boss, marks[0], [{"changed": {"fields": ["an example"]}}])
    marks[0].take_back()

    answer.response.withdraw()

    assert [each.change_message for each in log_of_marks().order_by("pk")] == [
        "",
        "It says nafasi.",
        '[{"changed": {"fields": ["an example"]}}]',
    ]


def test_a_decision_by_a_command_is_told_by_its_day(boss):
    response = make_response(accepted_on=date(2026, 3, 9))
    other = submit()
    other.decline("Spam.", on=date(2026, 3, 9))

    assert told(history_of_response(response, boss))[0] == ("accepted", "portal", "")
    assert told(history_of_response(other, boss))[0] == ("declined", "portal", "Spam.")


def test_flags_are_told_once_when_they_were_raised_and_once_when_somebody_looked(boss):
    response = submit({"meaning": "Piga 0700 000 000 au andika me@example.org."})

    response.flags.all().tick_off(boss)

    deeds = [each for each in history_of_response(fresh(response), boss) if each.kind in ("flagged", "looked_at")]
    assert told(deeds) == [("looked_at", "boss", ""), *[("flagged", "portal", "")] * 2]
    assert len(next(each.about for each in deeds if each.kind == "looked_at")) == 2


def test_translations_for_reviewers_are_told(boss):
    response = submit()
    answer, asha = response.answers.get(), make_user("asha")
    ReadingRequest.objects.ask(response, "en", by=boss)
    Aid.objects.write(answer, "en", "Everybody has a place.", translator=asha, source_text=answer.text)
    Aid.objects.create(answer=answer, language="fr", text="Chacun", source_text=answer.text, by_machine=True)

    deeds = [each for each in history_of_response(response, boss) if each.kind == "read_for"]
    assert {(each.by, each.who, each.about.language) for each in deeds} == {("", asha, "en"), ("machine", None, "fr")}


# --- What the log says ----------------------------------------------------------------------------------------------


def test_whatever_a_desk_logs_about_a_response_and_what_belongs_to_it_is_told(boss):
    answer = make_answer()
    entries = [
        log(boss, answer.response, "Note to the author"),
        log(boss, make_translation(answer), "It is still correct"),
        log(boss, Flag.objects.create(response=answer.response, kind="haste"), "Whatever is to come"),
        log(boss, answer, "", DELETION),
    ]
    log(boss, make_answer(), "Of another one")

    deeds = [each for each in history_of_response(fresh(answer.response), boss) if each.kind == "logged"]

    assert {each.about for each in deeds} == {(each, each.change_message) for each in entries}


@pytest.mark.parametrize("language", ["en", "sv", "ar"])
def test_what_a_row_tells_with_more_is_not_told_once_more_from_the_log(client, boss, language):
    client.force_login(boss)
    client.cookies["django_language"] = language
    response = submit({"meaning": TEXT})
    for verb, more in {
        "flags": {"is_fine": " ".join(str(each.pk) for each in response.flags.all())},
        "decline": {"reason": "No."},
        "undo": {},
        "accept": {},
    }.items():
        address = reverse(f"admin:responses_response_{verb}", args=[response.pk])
        client.post(address, {"seen": fresh(response).fingerprint, **more})
    assert LogEntry.objects.count() == 4

    assert sorted(kinds(response, boss)) == [
        "accepted",
        "declined",
        "flagged",
        "looked_at",
        "received",
        "undone",
    ]


def test_what_the_log_says_of_a_decision_is_told_if_no_row_has_it(boss):
    response = submit()
    log(boss, response, "Accepted")

    assert kinds(response, boss) == ["logged", "received"]


@pytest.mark.parametrize("typed", ["[1]", '[{"changed": 5}]', "[{", '[{"added": [1]}]', '["a"]', "[]"])
def test_a_reason_that_looks_like_a_note_of_the_program_breaks_nothing(boss, typed):
    answer = make_answer()
    entry = log(boss, make_evidence(answer), typed, DELETION)

    assert entry.get_change_message()
    assert [each.kind for each in history_of_response(answer.response, boss)].count("logged") == 1


def test_a_form_that_was_stored_as_it_was_says_so():
    assert LogEntry(action_flag=CHANGE, change_message="[]").get_change_message() == "No fields changed."


def test_why_a_mark_was_taken_back_is_told(boss):
    answer = make_answer()
    mark = make_evidence(answer)
    log(boss, mark, "Another problem.", DELETION)
    mark.take_back()

    assert told(history_of_response(answer.response, boss))[0] == ("logged", "boss", "Another problem.")


def test_that_somebody_has_put_it_away_or_takes_it_again_is_never_told(boss):
    response = submit()
    recusal = Recusal.objects.recuse(make_user("friend"), response)
    log(boss, recusal, flag=DELETION)

    assert kinds(response, boss) == ["received"]


# --- Who is told ----------------------------------------------------------------------------------------------------


def test_reviewers_are_told_of_reviews_and_coders_of_marks(boss):
    answer = make_answer()
    answer.response.decline("No.", by=boss)
    answer.response.accept(by=boss)
    make_translation(answer, translator=boss)
    mark = make_evidence(answer, coder=boss)
    log(boss, mark, "Why.", CHANGE)
    log(boss, answer.response, "Note to the author")
    reviewer, coder = make_user("r", "Reviewer", is_staff=True), make_user("c", "Coder", is_staff=True)

    of_both = ["received", "translated", "translation_reviewed"]
    assert sorted(kinds(answer.response, reviewer)) == sorted([*of_both, "declined", "accepted", "logged"])
    assert sorted(kinds(answer.response, coder)) == sorted([*of_both, "marked", "logged"])


def test_an_answer_has_what_concerns_it(boss):
    response = make_response({"meaning": TEXT, "needs": "Maji."})
    meaning, needs = response.answers.order_by("question__position")
    make_translation(needs, text="Water.")
    mark = make_evidence(meaning, quote="kila siku", coder=boss)
    make_evidence(needs, quote="Maji", problem=mark.problem)

    deeds = history_of_answer(AnswerToCode.objects.get(pk=meaning.pk), boss)

    assert [each.kind for each in deeds if each.answers] == ["marked"]
    assert next(each.about[0] for each in deeds if each.answers) == mark


def test_while_two_coders_have_to_agree_nobody_is_told_of_their_marks_but_they_of_their_own(boss):
    set_share(100)
    one, other = make_user("one", "Coder", is_staff=True), make_user("other", "Coder", is_staff=True)
    answer = make_answer("Kila mtu ana nafasi. Hatuna umeme.")
    problem = make_problem()
    code(answer, one, (problem, "nafasi", "supports"))
    for mark in Evidence.objects.all():
        log(one, mark, flag=ADDITION)
    gone = make_evidence(answer, problem=problem, quote="umeme", coder=one)
    log(one, gone, "Siri", DELETION)
    gone.take_back()

    def coding(user):
        deeds = history_of_response(answer.response, user)
        return sorted(each.kind for each in deeds if each.right == "outcomes.view_evidence")

    assert (coding(boss), coding(other), coding(one)) == ([], [], ["found", "logged", "marked"])
    assert [each.kind for each in history_of_claim(problem, boss)] == ["published"]

    SharedAnswer.objects.update(both_finished_at=timezone.now(), agreed_at=timezone.now(), agreed_by=boss)
    Evidence.objects.update(is_settled=True)
    JointDecision.objects.create(shared=SharedAnswer.objects.get(), problem=problem, note="Both.", decided_by=boss)
    assert coding(boss) == coding(other) == ["agreed", "decided_jointly", "found", "logged", "marked"]
    assert [each.kind for each in history_of_claim(problem, other)] == ["published", "marked"]


# --- A claim --------------------------------------------------------------------------------------------------------


def test_a_claim_has_its_marks_its_wordings_and_what_the_log_says(boss):
    problem = make_problem(proposed_at=timezone.now() - timedelta(days=3))
    mark = make_evidence(problem=problem, coder=boss)
    problem.description_en = "Another meaning."
    problem.store(by=boss)
    log(boss, problem, "Merged: open-gates")
    log(boss, make_solution(), "Of another one")

    assert set(told(history_of_claim(problem, boss))) == {
        ("logged", "boss", ""),
        ("reworded", "boss", ""),
        ("marked", "boss", ""),
        ("published", "organizers", ""),
        ("proposed", "coders", ""),
    }
    assert [each.about for each in history_of_claim(problem, boss) if each.kind == "marked"] == [(mark, problem)]


def test_a_claim_has_what_the_log_says_of_those_that_were_merged_into_it(boss):
    gone, into = make_problem("gone"), make_problem("into")
    log(boss, gone, "Signed off: revision 1.")

    Merge.objects.merge(gone, into, by=boss)

    assert [each.about[1] for each in history_of_claim(into, boss) if each.kind == "logged"] == [
        "Signed off: revision 1."
    ]


def test_a_claim_says_which_answer_a_mark_was_taken_back_in_but_to_nobody_who_has_put_it_away(boss):
    answer, problem = make_answer(), make_problem()
    log(boss, problem, f"Mark taken back: {answer}")
    known = make_user("friend", "Organizer", is_staff=True)
    make_evidence(answer, problem=problem)
    Recusal.objects.recuse(known, answer.response)

    assert sorted(each.kind for each in history_of_claim(problem, boss)) == ["logged", "marked", "published"]
    assert [each.kind for each in history_of_claim(problem, known)] == ["published"]


@pytest.mark.parametrize("same_moment", [True, False])
def test_all_marks_of_a_claim_are_told_page_by_page_each_once(boss, same_moment):
    problem, answer = make_problem(), make_answer("Neno. " * 200)
    now = timezone.now()
    marks = Evidence.objects.bulk_create(
        Evidence(
            problem=problem,
            answer=answer,
            start=6 * n,
            end=6 * n + 4,
            quote="Neno",
            stance="supports",
            created_at=now - timedelta(minutes=0 if same_moment else n // 3),
        )
        for n in range(2 * PAGE_OF_MANY + 7)
    )
    entries = [log(boss, problem, f"No. {n}") for n in range(5)]
    LogEntry.objects.update(action_time=now)

    seen, older, pages = [], "", 0
    while pages == 0 or older:
        before = place_in(older)
        deeds, older = page_of(history_of_claim(problem, boss, before), before, PAGE_OF_MANY)
        seen += [(each.kind, each.key) for each in deeds]
        pages += 1

    everything = {("marked", each.pk) for each in marks} | {("logged", each.pk) for each in entries}
    everything.add(("published", problem.pk))
    assert (len(seen), set(seen), pages) == (len(everything), everything, 3)


@pytest.mark.parametrize(
    "typed", ["", "x", "1.marked", "1.marked.x", "9" * 400 + ".a.1", "1.a." + "9" * 400, "٣.a.1", "-"]
)
def test_an_address_without_a_place_begins_with_the_newest(typed):
    assert place_in(typed) is None or typed == "٣.a.1"


def logged(deeds):
    return {each.about[1] for each in deeds if each.kind == "logged"}


def test_a_claim_has_what_was_done_with_those_that_were_merged_into_it_one_after_the_other(boss):
    first, second, last = make_problem("first"), make_problem("second"), make_problem("last")
    for each in (first, second, last):
        log(boss, each, f"About {each.slug}")
    Merge.objects.merge(first, second, by=boss)
    Merge.objects.merge(second, last, by=boss)

    assert logged(history_of_claim(last, boss)) == {"About first", "About second", "About last"}


def test_a_claim_and_a_statement_say_who_asked_authors_about_them(boss):
    mark = make_evidence(make_answer(), problem=make_problem("draft", published=False))
    statement = Statement.objects.create(
        version="2027", title_en="S", announced_on=date(2026, 3, 1), published_at=timezone.now()
    )
    clause = Clause.objects.create(statement=statement, position=1, text_en="C")
    clause.problems.add(mark.problem)
    for thing in (mark.problem, clause, statement):
        asking = Asking.objects.create(**{kind_of(thing): thing}, words={}, number=1, closes_on=date(2099, 1, 1))
        log(boss, asking, f"Asked about the {kind_of(thing)}")

    assert logged(history_of_claim(mark.problem, boss)) == {"Asked about the problem"}
    assert logged(history_of_statement(statement, boss)) == {"Asked about the clause", "Asked about the statement"}


# --- A statement ----------------------------------------------------------------------------------------------------


def test_a_statement_has_its_quotations_and_what_the_log_says_of_it_and_its_clauses(boss):
    quotation = quote()
    clause, statement = quotation.clause, quotation.clause.statement
    log(boss, statement, "Published")
    log(boss, clause, "Copied")
    known = make_user("friend", "Organizer", is_staff=True)
    Recusal.objects.recuse(known, quotation.evidence.answer.response)

    assert sorted(each.kind for each in history_of_statement(statement, boss)) == [
        "logged",
        "logged",
        "published",
        "quoted",
    ]
    assert sorted(each.kind for each in history_of_statement(statement, known)) == ["logged", "logged", "published"]


def test_a_statement_says_that_an_author_objected_and_that_a_quotation_was_taken_back(client, boss):
    client.force_login(boss)
    quotation = quote()
    answer, statement = quotation.evidence.answer, quotation.clause.statement
    quotation.refuse("Not these.")
    refused = [each.kind for each in history_of_statement(statement, boss)]

    client.post(reverse("admin:outcomes_quotation_delete", args=[quotation.pk]), {"post": "yes"})

    assert sorted(refused) == ["published", "quotation_refused", "quoted"]
    assert logged(history_of_statement(statement, boss)) == {f"Quotation taken back: {answer}"}
    known = make_user("friend", "Organizer", is_staff=True)
    Recusal.objects.recuse(known, answer.response)
    assert logged(history_of_statement(statement, known)) == set()


# --- Nobody's words -------------------------------------------------------------------------------------------------


class Talk(Walk):
    """The same people, and others who write something beside the answers."""

    SAID = ("Msomaji kasema", "Sikubali hivyo", "Onyo langu", "Place of words", "Where?", "Here.")

    def tell(self):
        Flag.objects.tell(self.response, f"{self.SAID[0]} {self.texts}")

    def refuse(self):
        self.chance.choice(list(self.answer.translations.all())).refuse(self.SAID[1])

    def note(self):
        answers = {each.question: each.authors_text for each in self.response.answers.select_related("question")}
        self.response.edit(answers, content={"content_note": f"{self.SAID[2]} {self.texts}"})

    def translate(self):
        make_translation(self.answer, text=f"{self.SAID[3]} {self.texts}", language=self.chance.choice(["en", "fr"]))

    def step(self):
        if self.chance.random() < 0.2:
            self.response = fresh(self.response)
            # Refused, or nothing is there to do it with.
            with suppress(ValidationError, IntegrityError, IndexError), transaction.atomic():
                self.chance.choice([self.tell, self.refuse, self.note, self.translate])()
        return super().step()


@pytest.mark.parametrize("seed", range(10 if IS_WHOLE else 2))
def test_no_word_of_anybody_is_in_any_history_whatever_was_done(client, seed):
    set_share(50)
    talk = Talk(seed)
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))
    words = re.compile("|".join(re.escape(each) for each in (*WORDS, "Hakuna", "sivyo", *Talk.SAID)))

    told_of = set()
    for n in range(36):
        talk.step()
        if n % 6 == 5:
            addresses = [reverse("admin:responses_response_history", args=[talk.response.pk])]
            addresses += [
                reverse("admin:outcomes_answertocode_history", args=[each.pk])
                for each in AnswerToCode.objects.filter(accepted_on__isnull=False)
            ]
            addresses += [reverse("admin:outcomes_problem_history", args=[each.pk]) for each in talk.claims]
            for address in addresses:
                page = client.get(address)
                told_of |= {each.kind for each in page.context["deeds"]}
                assert words.findall(page.content.decode()) == []

    assert len(told_of) > 8


# --- What it costs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_a_response_takes_as_many_queries_however_much_was_done(boss, django_assert_num_queries, number):
    response = make_response({"meaning": TEXT, "needs": "Maji safi sana leo."})
    for n in range(number):
        for answer in response.answers.select_related("response", "question"):
            make_translation(answer, language=["ar", "en", "fr"][n], translator=boss)
            make_evidence(answer, problem=make_problem(f"{n}-{answer.pk}"), quote=answer.text[:4], coder=boss)
            mask(answer, answer.text.split()[1 + n])
        log(boss, response, "Note to the author")
    quote(Evidence.objects.first())
    history_of_response(response, boss)  # kinds of rows and rights are looked up once
    response = fresh(response)

    with django_assert_num_queries(20):
        history_of_response(response, boss)


@pytest.mark.parametrize("number", [1, 3])
def test_a_claim_takes_as_many_queries_however_many_were_merged_into_it(boss, django_assert_num_queries, number):
    problem = make_problem()
    for n in range(number):
        gone = make_problem(f"gone-{n}")
        log(boss, gone, f"Read {n}")
        Merge.objects.merge(gone, problem, by=boss)
    history_of_claim(problem, boss)  # kinds of rows and rights are looked up once

    with django_assert_num_queries(5):
        deeds = history_of_claim(problem, boss)

    assert sorted(each.about[1] for each in deeds if each.kind == "logged") == [f"Read {n}" for n in range(number)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_claim_takes_as_many_queries_for_one_mark_as_for_three(
    client, boss, django_assert_num_queries, number
):
    problem = make_problem()
    for _n in range(number):
        log(boss, problem, f"Mark taken back: {make_evidence(problem=problem, coder=boss).answer}")
    client.force_login(boss)
    address = reverse("admin:outcomes_problem_history", args=[problem.pk])
    client.get(address)

    with django_assert_num_queries(16):
        client.get(address)
