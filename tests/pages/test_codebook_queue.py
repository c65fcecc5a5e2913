"""Marks made under older words: the passage, the words then and now, and three verbs."""

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry

from outcomes.models import Evidence, Merge
from responses.models import Recusal, Response
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_user
from tests.test_codebook import reword
from tests.test_objections import make_clause, quote

pytestmark = pytest.mark.django_db

NEXT = "/admin/outcomes/answertocode/marks/look-again/"
MEANWHILE = "This mark does not wait any more: somebody has looked at it meanwhile."


def path_of(mark):
    return f"/admin/outcomes/answertocode/marks/{mark.pk}/look-again/"


def said(page):
    return [str(message) for message in page.context["messages"]]


@pytest.fixture
def coder():
    return make_user("coder", "Coder", is_staff=True)


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def problem():
    return make_problem(title="Closed doors", description_en="Nobody gets in.", use_when_en="Entry is refused.")


def make_marks(problem, coder, number=3, text="Kila mtu ana nafasi."):
    """In the order in which they wait."""
    marks = [make_evidence(make_answer(text), problem=problem, coder=coder) for _n in range(number)]
    reword(problem, "Shut doors", description_en="Hardly anybody gets in.")
    return sorted(marks, key=lambda mark: mark.pk)


def press(client, mark, action, **typed):
    page = client.get(path_of(mark))
    seen = {"seen": page.context["mark"].state, "claim_seen": page.context["claim"].fingerprint}
    return client.post(path_of(mark), {"action": action, **seen, **typed})


def test_the_page_shows_the_passage_the_words_then_and_now_and_the_difference(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)

    html = client.get(path_of(mark)).content.decode()

    assert '<blockquote class="words" lang="sw" dir="ltr">' in html
    assert "<mark>nafasi</mark>" in html
    assert "<strong>Closed doors</strong>" in html
    assert "Nobody gets in." in html
    assert "Hardly anybody gets in." in html
    assert "<del>Closed</del><ins>Shut</ins> doors" in html
    assert "<del>Nobody</del><ins>Hardly anybody</ins> gets in." in html


def test_what_a_content_note_tells_of_is_folded(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)
    Response.objects.update(content_kinds="violence")

    html = client.get(path_of(mark)).content.decode()

    assert html.index('<details class="noted"><summary><strong>Before you read:</strong>') < html.index("Kila mtu")


def test_still_right_takes_the_present_revision_is_logged_and_the_next_opens(client, organizer, coder, problem):
    first, second, third = make_marks(problem, coder)

    page = press(client, second, "right")

    assert page.url == path_of(third)
    assert press(client, third, "right").url == path_of(first)
    assert client.get(NEXT).url == path_of(first)
    last = press(client, first, "right")
    assert last.url == "/admin/"
    assert set(Evidence.objects.values_list("claim_revision", "is_of_older_words", "reworded_on")) == {(2, False, None)}
    assert {(entry.user, entry.action_flag, entry.object_id) for entry in LogEntry.objects.all()} == {
        (organizer, CHANGE, str(mark.pk)) for mark in (first, second, third)
    }
    assert "No other mark of yours waits" in client.get("/admin/").content.decode()


def test_a_mark_is_not_moved_to_one_that_was_merged_meanwhile_and_the_page_says_where_that_went(
    client, organizer, coder, problem
):
    [mark] = make_marks(problem, coder, 1)
    gone, into = make_problem("gone", title="Gone"), make_problem("into", title="Into")
    Merge.objects.merge(make_problem("third"), into, by=None)
    key = gone.key
    Merge.objects.merge(gone, into, by=None)

    told = {
        each: press(client, mark, "move", claim=each, stance="supports", reason="Why").context["errors"]
        for each in (key, "problem-99999", "problem-x", "x")
    }

    deleted = [("move", "An organizer has deleted this problem or solution meanwhile.")]
    merged = [("move", "An organizer has merged “Gone” into “Into” meanwhile. Nothing was changed.")]
    assert told == {key: merged, "problem-99999": deleted, "problem-x": deleted, "x": deleted}
    assert Evidence.objects.get().claim == problem


def test_a_mark_that_is_moved_on_a_page_that_was_opened_before_its_new_claim_was_reworded_waits_on(
    client, organizer, coder, problem
):
    [mark] = make_marks(problem, coder, 1)
    into = make_problem("into", title="Into")
    page = client.get(path_of(mark))
    revisions = page.context["moving"].revisions
    reword(into, "Onto")

    assert f'name="revisions" value="{revisions}"' in page.content.decode()
    press(client, mark, "move", claim=into.key, stance="supports", reason="Why", revisions=revisions)

    moved = Evidence.objects.get()
    assert (moved.claim, moved.claim_revision, moved.is_of_older_words) == (into, 1, True)


def test_a_coder_looks_at_their_own_marks_only_and_gives_no_reason(client, coder, problem):
    theirs = make_evidence(problem=problem, coder=make_user("other", "Coder"))
    one, other = make_marks(problem, coder, 2)
    client.force_login(coder)

    page = press(client, one, "take_back")

    assert page.url == path_of(other)
    assert client.get(path_of(theirs)).status_code == 404
    assert client.post(path_of(theirs), {"action": "right"}).status_code == 404
    log = {(entry.user, entry.action_flag, entry.object_id) for entry in LogEntry.objects.all()}
    assert log == {(coder, DELETION, str(one.pk)), (coder, CHANGE, str(problem.pk))}
    assert set(Evidence.objects.all()) == {theirs, other}


@pytest.mark.parametrize("roles", [(), ("Reviewer",), ("Translator",)])
def test_whoever_codes_nothing_sees_nothing_of_it(client, coder, problem, roles):
    [mark] = make_marks(problem, coder, 1)
    client.force_login(make_user("somebody", *roles, is_staff=True))

    assert {client.get(path).status_code for path in (NEXT, path_of(mark))} == {403}
    assert client.post(path_of(mark), {"action": "right"}).status_code == 403


def test_nobody_who_is_not_signed_in_and_no_other_site_presses_a_button(csrf_client, coder, problem):
    [mark] = make_marks(problem, coder, 1)

    assert csrf_client.get(path_of(mark)).url.startswith("/admin/login/")
    csrf_client.force_login(coder)
    assert csrf_client.post(path_of(mark), {"action": "right", "seen": mark.state}).status_code == 403
    assert client_methods(csrf_client, mark) == {405}


def client_methods(client, mark):
    client.handler.enforce_csrf_checks = False
    return {getattr(client, verb)(path_of(mark)).status_code for verb in ("put", "delete", "patch")}


def test_an_organizer_says_why_they_take_a_mark_back_and_its_coder_reads_it(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)

    refused = press(client, mark, "take_back", reason="")
    done = press(client, mark, "take_back", reason="It is about windows.")

    assert refused.context["errors"] == [("take_back", "Say why: whoever made the mark reads the reason.")]
    assert (done.url, Evidence.objects.count()) == ("/admin/", 0)
    assert set(LogEntry.objects.values_list("object_id", "action_flag", "change_message")) == {
        (str(mark.pk), DELETION, "It is about windows."),
        (str(problem.pk), CHANGE, f"Mark taken back: {mark.answer}"),
    }
    client.force_login(coder)
    html = client.get(f"/admin/outcomes/answertocode/{mark.answer_id}/change/").content.decode()
    assert "It is about windows." in html


def test_a_mark_is_moved_to_a_claim_of_the_other_kind_with_another_stance(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)
    solution = make_solution()

    page = press(client, mark, "move", claim=solution.key, stance="qualifies", note="", reason="It asks for keys.")

    assert page.url == "/admin/"
    mark.refresh_from_db()
    assert (mark.claim, mark.stance, mark.reworded_on) == (solution, "qualifies", None)
    assert {(entry.object_id, entry.change_message) for entry in LogEntry.objects.all()} == {
        (str(mark.pk), "It asks for keys."),
        (str(problem.pk), f"Mark moved to another problem or solution: {mark.answer}"),
        (str(solution.pk), f"Mark changed: {mark.answer}"),
    }


def test_what_cannot_be_moved_is_refused_in_words_and_what_was_typed_stays(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)
    other = make_problem("other", title="Other")
    make_evidence(mark.answer, problem=other, coder=coder)

    page = press(client, mark, "move", claim=other.key, stance="supports", note="", reason="It is about windows.")

    html = page.content.decode()
    assert [anchor for anchor, _why in page.context["errors"]] == ["move"]
    assert "You have already marked words in this place" in html
    assert "It is about windows." in html
    assert "<title>Error: " in html
    mark.refresh_from_db()
    assert mark.claim == problem
    assert not LogEntry.objects.exists()


def test_a_quoted_passage_can_only_be_found_right(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)
    quote(mark, make_clause())

    html = client.get(path_of(mark)).content.decode()
    refused = press(client, mark, "take_back", reason="No.")

    assert 'value="take_back"' not in html
    assert "This passage is quoted beside a clause" in refused.context["errors"][0][1]
    assert press(client, mark, "right").url == "/admin/"


def test_of_two_organizers_the_second_is_told_that_somebody_was_faster(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)
    page = client.get(path_of(mark))
    seen = {"seen": page.context["mark"].state, "claim_seen": page.context["claim"].fingerprint}
    mark = Evidence.objects.get()
    mark.still_right(seen=mark.state, claim_seen=mark.claim.fingerprint)

    late = client.post(path_of(mark), {"action": "take_back", "reason": "My own words.", **seen})

    assert late.status_code == 409
    assert (late.context["reason"], late.context["typed"]) == (MEANWHILE, {"reason": "My own words."})
    assert Evidence.objects.get().claim_revision == 2


def test_a_claim_that_was_reworded_once_more_is_read_again(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)
    page = client.get(path_of(mark))
    seen = {"seen": page.context["mark"].state, "claim_seen": page.context["claim"].fingerprint}
    reword(problem, "Locked doors")

    late = client.post(path_of(mark), {"action": "right", **seen})

    assert "It was reworded once more since you opened this page." in late.content.decode()
    assert "<del>Closed</del><ins>Locked</ins> doors" in late.content.decode()
    assert Evidence.objects.get().claim_revision == 1


def test_skipping_opens_the_next_and_behind_the_last_the_first(client, organizer, coder, problem):
    first, second = make_marks(problem, coder, 2)

    assert client.get(f"{NEXT}?after={first.pk}").url == path_of(second)
    assert client.get(f"{NEXT}?after={second.pk}").url == path_of(first)
    assert client.get(f"{NEXT}?after=x").url == path_of(first)
    press(client, first, "right")
    assert client.get(f"{NEXT}?after={second.pk}").url == "/admin/"


def test_what_somebody_has_put_away_is_not_in_their_queue(client, organizer, coder, problem):
    first, second = make_marks(problem, coder, 2)

    Recusal.objects.recuse(organizer, first.answer.response)

    assert client.get(NEXT).url == path_of(second)
    assert client.get(path_of(first)).status_code == 409
    assert client.post(path_of(first), {"action": "right"}).status_code == 409
    assert press(client, second, "right").url == "/admin/"


def test_the_recuse_button_gives_back_what_was_typed(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)

    page = client.post(f"/admin/outcomes/answertocode/{mark.answer_id}/recuse/", {"reason": "My own words."})

    assert page.context["typed"] == {"reason": "My own words."}


def test_a_mark_of_older_words_of_a_claim_that_was_merged_shows_those(client, organizer, coder, problem):
    [mark] = make_marks(problem, coder, 1)
    Merge.objects.merge(type(problem).objects.get(), make_problem("gates", title="Gates"), by=None)

    html = client.get(path_of(mark)).content.decode()

    assert "<strong>Shut doors</strong>" in html
    assert "<del>Shut doors</del><ins>Gates</ins>" in html
    assert press(client, mark, "right").url == "/admin/"
    assert Evidence.objects.get().claim_revision == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_number_of_queries_for_one_mark_and_for_three(
    client, organizer, coder, problem, django_assert_num_queries, number
):
    mark = make_marks(problem, coder, number)[0]
    client.get("/admin/")

    with django_assert_num_queries(10):
        client.get(path_of(mark))
