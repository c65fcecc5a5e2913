"""The page of how a problem or solution is coded with: revisions, sign-off, merging and splitting."""

import re

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry

from outcomes.models import Evidence, Merge, Problem, SignOff, Solution, Topic
from responses.models import Recusal, Response
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_user
from tests.pages.test_reworded_problems import save
from tests.test_codebook import reword, sign_off
from tests.test_objections import make_clause, quote
from tests.test_shared_sample import set_share

pytestmark = pytest.mark.django_db


def path_of(claim, page="codebook"):
    return f"/admin/outcomes/{claim.kind()}/{claim.pk}/{page}/"


def said(page):
    return [str(message) for message in page.context["messages"]]


def refused(page):
    assert "<title>Error: " in page.content.decode()
    return [str(why) for _anchor, why in page.context["errors"]]


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def coder():
    return make_user("coder", "Coder", is_staff=True)


# --- Who ---


@pytest.mark.parametrize("kind", [make_problem, make_solution])
def test_coders_read_the_page_and_change_nothing(client, coder, kind):
    claim, other = kind(), kind("other")
    make_evidence(**{claim.kind(): claim})
    client.force_login(coder)

    html = client.get(path_of(claim)).content.decode()

    assert ("Sign off: this" in html, "Move the marks" in html, "Kila" in html) == (False, False, False)
    assert client.get(path_of(claim, "merge")).status_code == 403
    for page in ("sign-off", "split", "merge"):
        assert client.post(path_of(claim, page), {"into": other.key, "seen": claim.fingerprint}).status_code == 403
    assert (SignOff.objects.count(), type(claim).objects.count()) == (0, 2)


@pytest.mark.parametrize("page", ["codebook", "sign-off", "split", "merge"])
def test_reviewers_and_strangers_open_none_of_it(client, csrf_client, page):
    claim = make_problem()
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    open_it = client.get if page in ("codebook", "merge") else client.post
    assert open_it(path_of(claim, page)).status_code == 403
    assert csrf_client.get(path_of(claim, page)).status_code in (302, 405)
    csrf_client.force_login(make_user("organizer", "Organizer", is_staff=True))
    if page != "codebook":
        assert csrf_client.post(path_of(claim, page), {}).status_code == 403
        assert csrf_client.put(path_of(claim, page)).status_code in (403, 405)


def test_the_form_of_a_claim_leads_there_and_to_merging(client, organizer):
    solution = make_solution()

    html = client.get(path_of(solution, "change")).content.decode()

    assert f'<a href="{path_of(solution)}">In the codebook</a>' in html
    assert f'<a href="{path_of(solution, "merge")}">Merge with another one</a>' in html


# --- Revisions ---


def test_the_page_shows_what_each_change_was_by_whom_and_when(client, organizer):
    problem = make_problem("doors", title="Closed doors", description_en="Nobody gets in.")
    save(client, problem, title_en="Shut doors")
    save(client, Problem.objects.get(), description_en="Few get in.", slug="gates")

    page = client.get(path_of(problem))

    html = page.content.decode()
    assert [(each.revision.number, each.claim.title_en) for each in page.context["earlier"]] == [
        (2, "Shut doors"),
        (1, "Closed doors"),
    ]
    assert html.count("changed by <bdi>organizer</bdi>") == 2
    assert "<del>Closed</del><ins>Shut</ins> doors" in html
    assert "<del>Nobody</del><ins>Few</ins> <del>gets</del><ins>get</ins> in." in html
    assert '<bdi translate="no">doors</bdi>' in html


# --- Sign-off ---


def test_signing_off_is_one_button_and_coders_see_it_beside_the_words(client, organizer, coder):
    problem, answer = make_problem(title="Closed doors", published=False), make_answer()

    page = client.post(path_of(problem, "sign-off"), {"seen": problem.fingerprint}, follow=True)

    html = page.content.decode()
    assert said(page) == ["Signed off. Coders see it beside the words."]
    assert "Sign off: this" not in html
    assert "by <bdi>organizer</bdi>." in html
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (
        organizer,
        str(problem.pk),
        "Signed off: revision 1.",
    )
    client.force_login(coder)
    desk = client.get(f"/admin/outcomes/answertocode/{answer.pk}/change/").content.decode()
    assert "by <bdi>organizer</bdi>." in desk
    reword(problem, "Shut doors")
    desk = client.get(f"/admin/outcomes/answertocode/{answer.pk}/change/").content.decode()
    assert "Not signed off: these words may change." in desk


def test_words_that_somebody_else_has_changed_meanwhile_are_not_signed_off(client, organizer):
    problem = make_problem()
    reword(problem, "Shut doors")

    page = client.post(path_of(problem, "sign-off"), {"seen": problem.fingerprint})

    assert refused(page) == [
        "Somebody else has reworded it since you opened this page. Read it again, then sign it off."
    ]
    assert "Shut doors" in page.content.decode()
    assert (SignOff.objects.count(), LogEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", [make_problem, make_solution])
def test_the_list_finds_what_is_not_signed_off(client, organizer, kind):
    signed, changed, never = kind("a"), kind("b"), kind("c")
    for each in (signed, changed):
        sign_off(each)
    reword(changed, "Otherwise")

    def listed(query):
        return set(client.get(f"/admin/outcomes/{signed.kind()}/?signed={query}").context["cl"].result_list)

    assert (listed("no"), listed("yes"), listed("")) == ({changed, never}, {signed}, {signed, changed, never})


def test_the_lists_know_what_is_published_and_which_topic_is_a_problem(client, organizer):
    public, draft = make_problem("public"), make_problem("draft", published=False)
    source = Topic._meta.get_field("source").choices[0][0]
    worded = Topic.objects.create(slug="worded", name_en="Worded", source=source, problem=public)
    name = Topic.objects.create(slug="name", name_en="Name", source=source)

    def listed(kind, query):
        return set(client.get(f"/admin/outcomes/{kind}/?{query}").context["cl"].result_list)

    assert (listed("problem", "published=yes"), listed("problem", "published=no")) == ({public}, {draft})
    assert (listed("topic", "worded=yes"), listed("topic", "worded=no")) == ({worded}, {name})
    assert listed("topic", "worded=nonsense") == {worded, name}


# --- Splitting ---


def test_ticked_marks_move_to_another_claim_in_one_message_and_are_logged(client, organizer, coder):
    problem, solution = make_problem(), make_solution()
    marks = [make_evidence(problem=problem, coder=coder) for _n in range(3)]
    typed = {"marks": [mark.pk for mark in marks[:2]], "claim": solution.key, "reason": "They ask for keys."}

    page = client.post(path_of(problem, "split"), typed, follow=True)

    assert said(page) == ["2 marks were moved."]
    assert set(solution.evidence.all()) == set(marks[:2])
    assert {(entry.action_flag, entry.object_id, entry.change_message) for entry in LogEntry.objects.all()} == {
        (CHANGE, str(problem.pk), "2 marks moved to open-doors."),
        (CHANGE, str(solution.pk), f"2 marks came here from {problem.slug}."),
        *((CHANGE, str(mark.pk), "They ask for keys.") for mark in marks[:2]),
    }
    client.force_login(coder)
    desk = client.get(f"/admin/outcomes/answertocode/{marks[0].answer_id}/change/").content.decode()
    assert "They ask for keys." in desk


def test_marks_that_are_moved_on_pages_that_were_opened_before_the_other_one_was_reworded_wait(client, organizer):
    problem, solution = make_problem(), make_solution()
    ticked, changed = (make_evidence(problem=problem, coder=organizer) for _n in range(2))
    at_desk = f"/admin/outcomes/answertocode/{changed.answer_id}/change/"
    opened = {each: client.get(each).content.decode() for each in (path_of(problem), at_desk)}
    sent = [re.findall(r'name="revisions" value="([^"]+)"', each) for each in opened.values()]
    reword(solution, "Wide doors")

    moving = {"claim": solution.key, "stance": "supports"}
    client.post(path_of(problem, "split"), {"marks": [ticked.pk], "reason": "-", "revisions": sent[0][0], **moving})
    client.post(f"/admin/outcomes/answertocode/marks/{changed.pk}/change/", {"revisions": sent[1][0], **moving})

    assert set(solution.evidence.values_list("claim_revision", "is_of_older_words")) == {(1, True)}
    assert solution.evidence.count() == 2


def test_they_move_to_a_new_one_by_its_working_title(client, organizer):
    problem = make_problem()
    mark = make_evidence(problem=problem)
    typed = {"marks": [mark.pk], "claim": "new-solution", "new_title": "Keys for all", "reason": "They ask for keys."}

    page = client.post(path_of(problem, "split"), typed, follow=True)

    assert said(page) == ["1 mark was moved."]
    assert [(each.title_en, each.is_published) for each in Solution.objects.all()] == [("Keys for all", False)]
    again = client.post(path_of(problem, "split"), typed)
    assert refused(again) == ["These marks were moved or taken back meanwhile."]
    assert Solution.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"marks": []}, "Tick the marks that belong elsewhere."),
        ({"marks": ["x"]}, "These marks were moved or taken back meanwhile."),
        ({"claim": ""}, "Choose a problem or a solution."),
        ({"claim": "problem-9999"}, "An organizer has deleted this problem or solution meanwhile."),
        ({"claim": "new-problem"}, "Give it a working title."),
        ({"new_title": "New"}, "Leave this empty, or choose a new problem or solution above."),
        ({"reason": ""}, "Say why: whoever made the mark reads the reason."),
    ],
)
def test_what_cannot_be_moved_is_refused_with_what_was_typed(client, organizer, typed, why):
    problem, other = make_problem(), make_problem("other")
    mark = make_evidence(problem=problem)
    sent = {"marks": [mark.pk], "claim": other.key, "new_title": "", "reason": "My own words."} | typed

    page = client.post(path_of(problem, "split"), sent)

    assert refused(page) == [why]
    assert list(problem.evidence.all()) == [mark]
    assert (Problem.objects.count(), LogEntry.objects.count()) == (2, 0)
    if "reason" not in typed:
        assert "My own words." in page.content.decode()


def test_what_was_ticked_among_older_marks_is_ticked_still_when_it_is_refused(client, organizer, monkeypatch):
    monkeypatch.setattr("outcomes.admin.claim_codebook.PAGE_LENGTH", 1)
    problem = make_problem()
    older, newer = make_evidence(problem=problem), make_evidence(problem=problem)
    address = f"{path_of(problem, 'split')}?after={newer.pk}"

    html = client.get(f"{path_of(problem)}?after={newer.pk}").content.decode()
    page = client.post(address, {"marks": [older.pk], "reason": "Why."})

    assert f'action="{address}"' in html
    assert (page.context["marks"], page.context["ticked"]) == ([older], {str(older.pk)})


def test_what_stays_is_told_with_the_reason(client, organizer):
    problem, other = make_problem(), make_problem("other")
    marks = [make_evidence(problem=problem) for _n in range(2)]
    quote(marks[0], make_clause())
    typed = {"marks": [mark.pk for mark in marks], "claim": other.key, "reason": "Why."}

    page = client.post(path_of(problem, "split"), typed, follow=True)

    [told] = said(page)
    assert told.startswith("1 mark was moved. 1 mark stayed here. This passage is quoted beside a clause.")
    assert list(other.evidence.all()) == marks[1:]


def test_the_list_of_marks_has_nothing_that_is_hidden_from_its_reader(client, organizer, coder):
    problem, other = make_problem(), make_problem("other")
    shown = make_evidence(make_answer("Kila mtu ana nafasi. Ndiyo."), problem=problem)
    noted = make_evidence(make_answer("Nafasi ya nafasi."), problem=problem)
    Response.objects.filter(pk=noted.answer.response_id).update(content_kinds="violence")
    known = make_evidence(make_answer("Siri: nafasi."), problem=problem)
    Recusal.objects.recuse(organizer, known.answer.response)
    changing = make_evidence(make_answer("Awali: nafasi."), problem=problem)
    changing.answer.response.edit({changing.answer.question: "Sasa: nafasi."})
    set_share(100)
    hidden = make_evidence(make_answer("Wazi: nafasi."), problem=problem, coder=coder)

    page = client.get(path_of(problem))

    assert set(page.context["marks"]) == {shown, noted}
    assert page.content.decode().count('<details class="noted"><summary>') == 1
    typed = {"marks": [known.pk, hidden.pk], "claim": other.key, "reason": "Why."}
    assert refused(client.post(path_of(problem, "split"), typed)) == ["These marks were moved or taken back meanwhile."]
    assert not other.evidence.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_number_of_queries_for_one_row_and_for_three(
    client, organizer, django_assert_num_queries, number
):
    problem = make_problem()
    sign_off(problem)
    for n in range(number):
        make_evidence(problem=problem, coder=make_user(f"coder{n}"))
        Merge.objects.merge(make_problem(f"gone{n}"), Problem.objects.get(pk=problem.pk), by=organizer)
        save(client, Problem.objects.get(), title_en=f"Title {n}")
    sign_off(problem)
    client.get("/admin/")

    with django_assert_num_queries(12):
        client.get(path_of(problem))


# --- Merging ---


def test_first_one_sees_what_moves_and_then_presses_a_button(client, organizer):
    gone, into = make_problem("shut", title="Shut doors"), make_problem("closed", title="Closed doors")
    mark = make_evidence(problem=gone)

    shown = client.get(path_of(gone, "merge"), {"into": into.key})
    assert (shown.context["moves"].marks, Problem.objects.count()) == (1, 2)
    typed = {"into": into.key, "seen": shown.context["seen"]}
    page = client.post(path_of(gone, "merge"), typed, follow=True)

    assert said(page) == ["Merged. Its marks and its addresses lead to this one."]
    assert "“<bdi>Shut doors</bdi>” was merged into it on" in page.content.decode()
    assert [each.claim for each in Evidence.objects.all()] == [into]
    assert {(entry.action_flag, entry.object_id, entry.change_message) for entry in LogEntry.objects.all()} == {
        (DELETION, str(gone.pk), "Merged into closed."),
        (CHANGE, str(into.pk), "shut was merged into it."),
    }
    assert mark.pk


def test_a_coder_reads_why_a_mark_of_theirs_is_gone(client, organizer, coder):
    gone, into, answer = make_problem("shut"), make_problem("closed"), make_answer()
    for claim in (gone, into):
        make_evidence(answer, problem=claim, coder=coder)
    shown = client.get(path_of(gone, "merge"), {"into": into.key})

    client.post(path_of(gone, "merge"), {"into": into.key, "seen": shown.context["seen"]})

    assert Evidence.objects.count() == 1
    client.force_login(coder)
    desk = client.get(f"/admin/outcomes/answertocode/{answer.pk}/change/").content.decode()
    assert "It became one with an earlier mark of the same coder" in desk


def test_what_cannot_be_one_is_refused_in_words(client, organizer):
    gone, solution = make_problem("shut"), make_solution()
    third = make_problem("third", title="Third")
    Merge.objects.merge(make_problem("old", title="Old"), third, by=None)
    old = Merge.objects.get().old_id

    found = {
        into: refused(ask(path_of(gone, "merge"), {"into": into}))
        for into in (gone.key, solution.key, "problem-99999", f"problem-{old}", "x", "problem-x", "")
        for ask in (client.get, client.post)
    }

    gone_meanwhile = ["An organizer has deleted this problem or solution meanwhile."]
    assert found == {
        gone.key: ["Choose another one: nothing can be merged with itself."],
        solution.key: ["A problem can be merged only with a problem, and a solution only with a solution."],
        "problem-99999": gone_meanwhile,
        f"problem-{old}": ["An organizer has merged “Old” into “Third” meanwhile. Nothing was changed."],
        "x": gone_meanwhile,
        "problem-x": gone_meanwhile,
        "": ["Choose the one that stays."],
    }
    assert set(Problem.objects.all()) == {gone, third}


def test_whoever_has_the_page_of_a_merged_one_open_is_led_to_the_other(client, organizer):
    gone, into, third = (make_problem(slug, title=slug.title()) for slug in ("gone", "into", "third"))
    Merge.objects.merge(Problem.objects.get(pk=gone.pk), into, by=None)
    told = ["An organizer has merged “Gone” into “Into” meanwhile. Nothing was changed."]

    for press in (
        lambda: client.post(path_of(gone, "merge"), {"into": third.key}, follow=True),
        lambda: client.post(path_of(gone, "sign-off"), {"seen": gone.fingerprint}, follow=True),
        lambda: client.post(path_of(gone, "split"), {}, follow=True),
        lambda: client.get(path_of(gone), follow=True),
    ):
        page = press()
        assert (said(page), page.redirect_chain[-1][0]) == (told, path_of(into))
    for page in ("change", "history", "delete"):
        assert client.get(path_of(gone, page)).url == path_of(into)
    assert client.get(path_of(gone).replace(str(gone.pk), "99999")).url == "/admin/"
    assert Problem.objects.count() == 2


@pytest.mark.parametrize("is_merged", [True, False])
def test_the_reason_that_was_typed_for_moving_marks_of_one_that_is_gone_comes_back(client, organizer, is_merged):
    gone, into = make_problem("gone"), make_problem("into")
    if is_merged:
        Merge.objects.merge(Problem.objects.get(pk=gone.pk), into, by=None)
    else:
        Problem.objects.filter(pk=gone.pk).delete()

    page = client.post(path_of(gone, "split"), {"claim": into.key, "reason": "They are <about> doors."})

    assert page.status_code == 404
    assert "They are &lt;about&gt; doors." in page.content.decode()


def test_words_that_were_changed_meanwhile_are_shown_before_they_are_merged(client, organizer):
    gone, into = make_problem("shut"), make_problem("closed", title="Closed doors")
    shown = client.get(path_of(gone, "merge"), {"into": into.key})
    reword(into, "Locked doors")

    page = client.post(path_of(gone, "merge"), {"into": into.key, "seen": shown.context["seen"]})

    assert refused(page) == ["One of the two was reworded since you opened this page. Read both again."]
    assert "<strong>Locked doors</strong>" in page.content.decode()
    client.post(path_of(gone, "merge"), {"into": into.key, "seen": page.context["seen"]})
    assert list(Problem.objects.all()) == [into]


def test_it_warns_if_readers_would_find_neither(client, organizer):
    gone, into = make_problem("shut"), make_problem("draft", published=False)

    html = client.get(path_of(gone, "merge"), {"into": into.key}).content.decode()

    assert "readers will find neither of the two" in html
    back = client.get(path_of(into, "merge"), {"into": gone.key}).content.decode()
    assert "readers will find neither" not in back
