"""The coding desk as it is worked at: marks in the words, the codebook, done, next, undo, and what organizers add."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from outcomes.models import Coding, Evidence
from outcomes.models.evidence import log_of_marks
from responses.models import Answer, Recusal
from tests.factories import (
    DAY,
    make_affiliate,
    make_answer,
    make_evidence,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
)
from tests.test_consent import quote

pytestmark = pytest.mark.django_db

LIST = "/admin/outcomes/answertocode/"


def path_of(answer):
    return f"{LIST}{answer.pk}/change/"


def html_of(page):
    return page.content.decode()


def listed(client, query=""):
    return list(client.get(f"{LIST}?{query}").context["cl"].result_list)


def done(client, answer, query="", **sent):
    return client.post(f"{LIST}{answer.pk}/done/?{query}", {"seen": answer.fingerprint} | sent)


@pytest.fixture
def coder(client):
    user = make_user("coder", "Coder", is_staff=True)
    client.force_login(user)
    return user


# --- The words, with what is marked in them ---


def test_marks_are_shown_in_the_words_with_the_numbers_of_the_list_below(client, coder):
    answer, problem = make_answer("Hakuna umeme wala maji."), make_problem()
    make_evidence(answer, problem=problem, quote="umeme wala", coder=coder)
    make_evidence(answer, solution=make_solution(), quote="wala maji", stance="contradicts")

    html = html_of(client.get(path_of(answer)))

    words = re.sub(r'<span class="spoken".*?</span>', "", html.split('<blockquote class="words"')[1])
    assert words.partition("</blockquote>")[0] == (
        ' lang="sw" dir="ltr"><p>Hakuna <span class="place" data-said="1"></span><mark class="supports">umeme </mark>'
        '<span class="place" data-said="2"></span><mark class="supports contradicts several">wala</mark>'
        '<mark class="contradicts"> maji</mark>.</p>'
    )
    rows = re.findall(r'<span class="number">(\d)</span> <span class="stance (\w+)">(.*?)</span>', html)
    assert rows == [("1", "supports", "Agrees"), ("2", "contradicts", "Would not help")]


def test_the_reader_s_language_comes_first_and_marks_stand_in_the_wording_they_were_made_in(client, coder):
    answer = make_answer("Hakuna umeme.")
    translation = make_translation(answer, language="en", text="No power here.", translator=make_user("Asha"))
    make_evidence(answer, quote="power", translation=translation)

    page = client.get(path_of(answer))

    shown = [(each.language, each.key, [place.label for place in each.places]) for each in page.context["wordings"]]
    assert shown == [("en", str(translation.pk), ["1"]), ("sw", "", [])]
    assert "Translated from" in html_of(page).partition('<div id="content"')[2].partition("<h1>")[0]


def test_a_lost_mark_has_no_number(client, coder):
    mark = make_evidence(make_answer("Hakuna umeme."), quote="umeme", coder=coder)
    Answer.objects.update(text="Kitu kingine.")

    page = client.get(path_of(mark.answer))

    assert [(row.mark, row.number) for row in page.context["rows"]] == [(mark, None)]


# --- The codebook ---


def test_the_codebook_says_when_to_use_a_claim_and_shows_passages_that_were_chosen(client, coder):
    problem = make_problem(description_en="Power.", use_when_en="It is missing.", not_when_en="It is dear.")
    example, known = make_evidence(problem=problem), make_evidence(problem=problem)
    for each in (example, known):
        each.choose_as_example()
    Recusal.objects.recuse(coder, known.answer.response)

    page = client.get(path_of(make_answer()))

    html = html_of(page).partition('id="codebook"')[2]
    meaning = html.partition(f'id="problem-{problem.pk}-meaning"')[2].partition("</div></div>\n")[0]
    assert all(each in meaning for each in ("Power.", "It is missing.", "It is dear.", "/en/problems/closed-doors/"))
    assert [each.examples for each in page.context["codebook"]] == [[example]]


def test_a_solution_has_the_words_of_a_solution_on_its_keys(client, coder):
    make_solution()

    (entry,) = client.get(path_of(make_answer())).context["codebook"]

    assert [(number, str(label)) for number, _value, label in entry.stances] == [
        (1, "Would help"),
        (2, "Would help in part"),
        (3, "Would not help"),
    ]


def test_the_same_again_marks_the_next_words_like_the_last_ones(client, coder):
    answer, problem = make_answer("Hakuna umeme. Hakuna maji."), make_problem()
    make_solution()
    client.post(path_of(answer), {"quote": "umeme", "claim": f"problem-{problem.pk}", "stance": "contradicts"})
    page = client.get(path_of(answer))

    client.post(path_of(answer), {"quote": "maji", "again": page.context["again"][0]})

    assert {(each.quote, each.claim, each.stance) for each in Evidence.objects.all()} == {
        ("umeme", problem, "contradicts"),
        ("maji", problem, "contradicts"),
    }
    # It is chosen already when the page comes back.
    assert page.context["form"]["claim"].value() == f"problem-{problem.pk}"


@pytest.mark.parametrize("again", ["problem-0:supports", "problem-0:likes", ":", "new-problem:supports"])
def test_the_same_again_takes_nothing_else(client, coder, again):
    make_problem()

    page = client.post(path_of(make_answer()), {"quote": "nafasi", "again": again})

    assert page.status_code == 200
    assert "<title>Error: " in html_of(page)
    assert Evidence.objects.count() == 0


def test_a_claim_that_is_gone_is_not_offered_again(client, coder):
    answer, problem = make_answer(), make_problem()
    client.post(path_of(answer), {"quote": "nafasi", "claim": f"problem-{problem.pk}", "stance": "supports"})
    Evidence.objects.all().delete()
    problem.delete()

    assert client.get(path_of(answer)).context["again"] is None


def test_errors_stand_above_with_the_focus_and_in_the_title_and_lead_to_the_field(client, coder):
    page = client.post(path_of(make_answer()), {"quote": "not there", "claim": f"problem-{make_problem().pk}"})

    html = html_of(page)
    assert "<title>Error: " in html
    assert page.context["errors"] == [
        ("codebook", "Choose what the words say to it."),
        ("mark", "This passage is not in the text. Copy it from there, letter for letter."),
    ]
    assert 'id="errors" tabindex="-1" autofocus' in html
    assert 'action="' + path_of(page.context["answer"]) + '?#errors"' in html
    assert ">\nnot there</textarea>" in html


def test_each_error_says_what_is_missing(client, coder):
    page = client.post(path_of(make_answer()), {"quote": "", "claim": ""})

    assert [error for _anchor, error in page.context["errors"]] == [
        "Choose a problem or a solution.",
        "Choose what the words say to it.",
        "Paste or select the passage.",
    ]


def test_words_of_a_translation_that_readers_do_not_see_any_more_are_told_from_others(client, coder):
    translation = make_translation(text="A place.", language="en", status="replaced")
    fields = {"quote": "place", "claim": f"problem-{make_problem().pk}", "stance": "supports"}

    page = client.post(path_of(translation.answer), fields | {"wording": translation.pk})

    assert page.context["errors"] == [
        ("words", "Readers do not see this translation any more. Read the answer again, then mark it.")
    ]


# --- Done, next, undo ---


def test_done_leads_to_the_next_answer_and_can_be_undone_there(client, coder):
    first, second = [make_answer(accepted_on=DAY.replace(day=day)) for day in (1, 2)]
    make_translation(first, language="ar", text="لكل شخص مكان.")
    make_evidence(first, coder=coder)

    page = done(client, first, read_in="ar")

    assert page.url == f"{path_of(second)}?done={first.pk}#words"
    assert list(Coding.objects.values_list("answer", "coder", "read_in")) == [(first.pk, coder.pk, "ar")]
    assert f'action="{LIST}{first.pk}/undo/?"' in html_of(client.get(page.url))
    page = client.post(f"{LIST}{first.pk}/undo/")
    assert page.url == f"{path_of(first)}?read#words"
    assert (Coding.objects.count(), listed(client)) == (0, [first, second])


def test_nothing_here_is_a_button_of_its_own(client, coder):
    answer = make_answer()

    refused = done(client, answer)
    stored = done(client, answer, nothing="1")

    assert [str(each) for _anchor, each in refused.context["errors"]] == [
        "You have marked nothing here. Choose “Nothing here” or “Skip”."
    ]
    # It was the last one.
    assert stored.url == LIST
    assert Coding.objects.count() == 1
    assert "You were done with this answer" in html_of(client.get(path_of(answer)))


def test_words_that_have_changed_meanwhile_are_read_again(client, coder):
    answer = make_answer()

    page = done(client, answer, nothing="1", seen="of other words")

    assert "<title>Error: " in html_of(page)
    assert "The author has changed this answer since you opened it. Read it again." in html_of(page)
    assert Coding.objects.count() == 0


@pytest.mark.parametrize("verb", ["done", "undo"])
def test_an_answer_that_has_left_the_desk_is_said_so_and_nothing_is_stored(client, coder, verb):
    answer = make_answer()
    answer.response.withdraw()

    page = client.post(f"{LIST}{answer.pk}/{verb}/", {"seen": answer.fingerprint, "nothing": "1"})

    assert (page.status_code, page.context["title"]) == (409, "Not stored")
    assert page.context["reason"] == "The author of this answer has changed or withdrawn it."
    assert Coding.objects.count() == 0


def test_next_stays_in_the_filter_skips_and_begins_again_behind_the_end(client, coder):
    swahili = [make_answer(accepted_on=DAY.replace(day=day)) for day in (1, 3)]
    make_answer(language="ar", accepted_on=DAY.replace(day=2))
    filters = "_changelist_filters=language%3Dsw"

    went = [client.get(f"{LIST}next/?after={each.pk}&{filters}").url for each in swahili]

    assert went == [f"{path_of(each)}?{filters}#words" for each in reversed(swahili)]
    assert client.get(went[0]).context["place"] == 2
    assert client.get(went[0]).context["in_all"] == "2"
    done_here = done(client, swahili[0], filters, nothing="1")
    assert done_here.url == f"{path_of(swahili[1])}?done={swahili[0].pk}&{filters}#words"


@pytest.mark.parametrize("query", ["after=x", "after=1", f"after={10**30}", "_changelist_filters=response__code%3D1"])
def test_next_begins_anew_if_the_address_makes_no_sense(client, coder, query):
    answer = make_answer()

    assert client.get(f"{LIST}next/?{query}").url.startswith(path_of(answer))


def test_two_coders_begin_at_different_answers(client):
    answers = [make_answer(accepted_on=DAY.replace(day=day)) for day in (1, 2, 3)]

    begun = set()
    for name in ("one", "two", "three"):
        client.force_login(make_user(name, "Coder", is_staff=True))
        begun.add(client.get(f"{LIST}next/").url)

    assert begun == {f"{path_of(each)}?#words" for each in answers}


def test_what_somebody_has_put_away_is_never_the_next_one(client, coder):
    known, other = make_answer(), make_answer()
    Recusal.objects.recuse(coder, known.response)

    assert client.get(f"{LIST}next/?after={other.pk}").url == LIST
    assert client.post(f"{LIST}{known.pk}/done/", {"seen": known.fingerprint, "nothing": "1"}).status_code == 409
    assert Coding.objects.count() == 0


@pytest.mark.parametrize("path", ["next/", "{}/done/", "{}/undo/", "marks/{}/change/", "marks/{}/example/"])
def test_staff_with_another_task_can_do_none_of_this(client, path):
    mark = make_evidence()
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))
    address = LIST + path.format(mark.pk if "marks" in path else mark.answer_id)

    page = client.get(address) if path == "next/" else client.post(address, {"nothing": "1"})

    assert page.status_code == 403
    assert Coding.objects.count() == 0


@pytest.mark.parametrize("path", ["{}/done/", "{}/undo/", "marks/{}/change/", "marks/{}/example/"])
def test_only_a_post_changes_anything(client, coder, path):
    mark = make_evidence(coder=coder)

    assert client.get(LIST + path.format(mark.pk)).status_code == 405


# --- The list ---


def test_the_list_begins_with_the_words_folded_behind_their_content_note(client, coder):
    make_answer("Kila mtu. " * 30)
    make_answer("Vita.", content_kinds="violence")

    html = html_of(client.get(LIST))

    assert html.count('<blockquote class="words" lang="sw" dir="ltr">') == 2
    assert html.count('<details class="noted"><summary>') == 1
    assert "Kila mtu. " * 12 not in html


def test_the_list_is_searched_by_words_of_answers_and_translations_and_by_codes(client, coder):
    answer, other = make_answer("Hakuna umeme."), make_answer("Hakuna maji.")
    make_answer("Umeme.").response.decline("No.")
    translation = make_translation(answer, text="لا كهرباء", reviewed=False, translator=make_user("t"))
    translation.review(by=make_user("r"), seen=translation.fingerprint)

    found = {each: listed(client, f"q={each}") for each in ("UMEME", "كهرباء", other.response.code, "mwanga")}

    assert found == {"UMEME": [answer], "كهرباء": [answer], other.response.code: [other], "mwanga": []}


def test_groups_are_a_filter_only_where_readers_see_them(client, coder):
    group = make_affiliate(name="Friends of the Valley Library")
    shown = make_answer(sharing="affiliate", affiliate=group)
    make_answer(sharing="unnamed", affiliate=group)

    assert listed(client, "affiliate=valley") == [shown]
    assert "Friends of the Valley" in html_of(client.get(path_of(shown)))


def test_the_filters_of_the_list_go_together(client, coder):
    both = make_response({"meaning": "a", "needs": "b"}, language="ar")
    make_response({"meaning": "a"})
    needs = both.answers.get(question__slug="needs")

    assert listed(client, f"language=ar&question__id__exact={needs.question_id}") == [needs]
    assert listed(client, "gathering=none") == []


# --- Changing marks ---


def change(client, mark, **typed):
    said = {"claim": f"{mark.claim.kind()}-{mark.claim.pk}", "stance": mark.stance, "note": mark.note}
    return client.post(f"{LIST}marks/{mark.pk}/change/", said | typed)


def test_a_coder_changes_their_own_mark_without_selecting_the_words_again(client, coder):
    mark, solution = make_evidence(coder=coder), make_solution()

    page = change(client, mark, claim=f"solution-{solution.pk}", stance="qualifies", note="Read on.")

    now = Evidence.objects.get()
    assert page.url == f"{path_of(mark.answer)}?read#words"
    assert (now.pk, now.claim, now.stance, now.note) == (mark.pk, solution, "qualifies", "Read on.")
    assert [entry.object_repr for entry in log_of_marks()] == [str(now)]


def test_an_organizer_changes_somebody_elses_mark_with_a_reason_that_its_coder_reads(client, coder):
    mark = make_evidence(coder=coder)
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    refused = change(client, mark, stance="contradicts")
    change(client, mark, stance="contradicts", reason="It says <b>no</b>.")

    assert [str(each) for _anchor, each in refused.context["errors"]] == [
        "Say why: whoever made the mark reads the reason."
    ]
    assert Evidence.objects.get().stance == "contradicts"
    client.force_login(coder)
    assert "It says &lt;b&gt;no&lt;/b&gt;." in html_of(client.get(path_of(mark.answer)))


def test_a_coder_does_not_change_somebody_elses_mark(client, coder):
    mark = make_evidence(coder=make_user("second"))

    assert change(client, mark, stance="contradicts", note="Mine.").status_code == 404
    assert Evidence.objects.get().stance == "supports"


@pytest.mark.parametrize(
    "typed", [{"claim": "problem-0"}, {"claim": "new-problem"}, {"stance": "likes"}, {"note": "a\x00b"}, {"claim": ""}]
)
def test_a_change_that_makes_no_sense_is_refused_and_what_was_typed_stays(client, coder, typed):
    mark = make_evidence(coder=coder)

    page = change(client, mark, **{"note": "Read on."} | typed)

    assert (page.context["at"], page.context["changing"]["note"].value()) == (mark.pk, typed.get("note", "Read on."))
    assert "<title>Error: " in html_of(page)
    assert (Evidence.objects.get().note, LogEntry.objects.count()) == ("", 0)


def test_a_quoted_mark_is_not_changed_silently(client, coder):
    mark = make_evidence(coder=coder)
    quote(mark)

    page = change(client, mark, stance="contradicts")

    assert "This passage is quoted beside a clause. Before its mark can say something else" in html_of(page)
    assert Evidence.objects.get().stance == "supports"


def test_words_typed_about_a_mark_come_back_if_its_author_is_changing_the_answer(client, coder):
    mark = make_evidence(coder=coder)
    mark.answer.response.edit({mark.answer.question: "Kitu kingine."})

    page = change(client, mark, stance="contradicts", note="Read on.")

    assert (page.status_code, page.context["typed"]) == (409, {"note": "Read on."})
    assert Evidence.objects.get().stance == "supports"


def test_the_last_mark_is_taken_back_with_one_button(client, coder):
    answer, problem = make_answer(), make_problem()
    page = client.post(path_of(answer), {"quote": "nafasi", "claim": f"problem-{problem.pk}", "stance": "supports"})

    html = html_of(client.get(page.url))

    (undo,) = re.findall(r'<form class="said".*?action="([^"]*)"', html)
    client.post(undo)
    assert Evidence.objects.count() == 0


def test_organizers_choose_examples_and_coders_do_not(client, coder):
    mark = make_evidence(coder=coder)
    address = f"{LIST}marks/{mark.pk}/example/"

    refused = client.post(address, {"chosen": "1"})
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    chosen = []
    for sent in ({"chosen": "1"}, {}):
        client.post(address, sent)
        chosen.append(Evidence.objects.get().is_example)

    assert (refused.status_code, chosen) == (403, [True, False])
    # That is no reason for a coder to read.
    assert list(client.get(path_of(mark.answer)).context["earlier"]) == []


def test_what_readers_do_not_see_becomes_no_example(client):
    mark = make_evidence(make_answer(sharing="organizers"))
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    page = client.post(f"{LIST}marks/{mark.pk}/example/", {"chosen": "1"})

    assert "Only a passage that readers see can be an example." in html_of(page)
    assert not Evidence.objects.get().is_example
