from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from outcomes.models import Coding, Evidence, Quotation
from responses.models import Answer
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_translation, make_user, submit
from tests.test_consent import quote

pytestmark = pytest.mark.django_db

LIST = "/admin/outcomes/answertocode/"


def path_of(answer):
    return f"{LIST}{answer.pk}/change/"


@pytest.fixture
def coder(client):
    user = make_user("coder", "Coder", is_staff=True)
    client.force_login(user)
    return user


def mark(client, answer, for_problem, **typed):
    chosen = {"wording": "", "quote": "nafasi", "claim": f"problem-{for_problem.pk}", "stance": "supports"}
    return client.post(path_of(answer), chosen | typed)


@pytest.mark.parametrize("group", ["Reviewer", "Translator"])
def test_staff_with_another_task_can_see_and_do_nothing_here(client, group):
    client.force_login(make_user("other", group, is_staff=True))
    answer = make_answer()

    assert [client.get(path).status_code for path in (LIST, path_of(answer))] == [403, 403]
    assert mark(client, answer, make_problem()).status_code == 403
    assert Evidence.objects.count() == 0


def test_the_desk_lists_the_answers_of_all_accepted_responses(client, coder):
    accepted = make_answer()
    for_organizers = make_answer(sharing="organizers")
    submit()

    assert {answer.pk for answer in client.get(LIST).context["cl"].result_list} == {accepted.pk, for_organizers.pk}


def test_the_desk_can_show_uncoded_answers_and_the_list_of_marks_those_that_were_edited_away(client, coder):
    marked, coded, lost = make_answer(), make_answer(), make_answer("Hii ni nafasi.")
    problem = make_problem()
    make_evidence(marked, problem=problem)
    edited_away = make_evidence(lost, problem=problem, coder=coder)
    Coding.objects.finish(coded, coder, seen=coded.fingerprint)
    Answer.objects.filter(pk=lost.pk).update(text="Kitu kingine.")
    Evidence.objects.keep_lost()

    found = {
        each: {answer.pk for answer in client.get(f"{LIST}?coding={each}").context["cl"].result_list}
        for each in ("", "none", "some", "all")
    }

    every = {marked.pk, coded.pk, lost.pk}
    uncoded = {marked.pk, lost.pk}
    assert found == {"": uncoded, "none": uncoded, "some": {coded.pk}, "all": every}
    page = client.get("/admin/outcomes/evidence/?state=lost")
    assert list(page.context["cl"].result_list) == [edited_away]
    assert f'<a href="{path_of(lost)}">{edited_away.answer}</a>' in page.content.decode()


def test_a_search_finds_page_by_page_and_says_that_there_is_more(client, coder):
    for _number in range(16):
        make_answer("Kila mtu ana nafasi.")

    first, second = (client.get(f"{LIST}?q=nafasi&p={page}").context["cl"] for page in (1, 2))

    assert (len(first.result_list), first.paginator.number, first.paginator.num_pages) == (15, "more than 15", 2)
    assert (len(second.result_list), second.paginator.number) == (1, "16")
    assert {each.pk for each in first.result_list} & {each.pk for each in second.result_list} == set()


def test_a_pasted_passage_becomes_evidence(client, coder):
    answer, problem = make_answer("Kila mtu ana\nnafasi yake."), make_problem()

    page = mark(client, answer, problem, quote=" ana nafasi ", stance="qualifies")

    evidence = Evidence.objects.get()
    # Whoever has marked one passage reads on.
    assert page.url == f"{path_of(answer)}?read&marked={Evidence.objects.get().pk}#words"
    assert (evidence.quote, evidence.start, evidence.end, evidence.stance, evidence.coder, evidence.translation) == (
        "ana\nnafasi",
        9,
        19,
        "qualifies",
        coder,
        None,
    )
    assert [entry.object_repr for entry in LogEntry.objects.all()] == [str(evidence)]


def test_a_selected_passage_is_marked_where_it_was_selected(client, coder):
    answer = make_answer("nafasi na nafasi")

    mark(client, answer, make_problem(), start="10")

    assert Evidence.objects.get().start == 10


def test_a_passage_can_be_marked_in_a_reviewed_translation(client, coder):
    translation = make_translation(text="لكل شخص مكان.")

    mark(client, translation.answer, make_problem(), wording=str(translation.pk), quote="مكان")

    evidence = Evidence.objects.get()
    assert (evidence.translation, evidence.quote) == (translation, "مكان")


def test_a_passage_cannot_be_marked_in_an_unreviewed_translation(client, coder):
    translation = make_translation(reviewed=False, translator=make_user("translator"))

    page = mark(client, translation.answer, make_problem(), wording=str(translation.pk), quote="مكان")

    assert page.status_code == 200
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"quote": "not there"}, "This passage is not in the text."),
        ({"quote": "a"}, "This passage stands in the text more than once."),
        ({"quote": " "}, "Paste or select the passage."),
        ({"quote": "\x00"}, "Null characters are not allowed."),
        ({"stance": "likes"}, "Select a valid choice."),
        ({"claim": "problem-0"}, "An organizer has deleted this problem or solution meanwhile."),
        ({"start": "-1"}, "Ensure this value is greater than or equal to 0."),
    ],
)
def test_a_passage_that_cannot_be_marked_is_refused_with_the_reason(client, coder, typed, reason):
    answer = make_answer("Kila mtu ana nafasi.")

    html = mark(client, answer, make_problem(), **typed).content.decode()

    assert reason in html
    assert Evidence.objects.count() == 0


def test_marking_the_same_passage_twice_is_refused_with_a_message(client, coder):
    answer, problem = make_answer(), make_problem()
    mark(client, answer, problem)

    html = mark(client, answer, problem).content.decode()

    assert "You have already marked words in this place for the same problem or solution." in html
    assert Evidence.objects.count() == 1


def test_coders_can_remove_only_their_own_marks(client, coder):
    answer, problem = make_answer(), make_problem()
    mine = make_evidence(answer, problem=problem, coder=coder)
    theirs = make_evidence(answer, problem=problem, coder=make_user("second-coder"))

    statuses = [client.post(f"{LIST}marks/{each.pk}/remove/").status_code for each in (mine, theirs)]

    assert statuses == [302, 404]
    assert list(Evidence.objects.all()) == [theirs]
    assert client.get(f"{LIST}marks/{theirs.pk}/remove/").status_code == 405


def test_marking_needs_the_csrf_token(csrf_client):
    csrf_client.force_login(make_user("coder", "Coder", is_staff=True))
    answer = make_answer()

    assert mark(csrf_client, answer, make_problem()).status_code == 403


def test_original_and_translation_are_shown_with_their_own_language_and_direction(client, coder):
    translation = make_translation(make_answer("Kila mtu."), text="كل شخص.")

    html = client.get(path_of(translation.answer)).content.decode()

    assert '<blockquote class="words" lang="sw" dir="ltr"><p>Kila mtu.</p></blockquote>' in html
    assert '<blockquote class="words" lang="ar" dir="rtl"><p>كل شخص.</p></blockquote>' in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_number_of_queries_for_one_mark_and_for_three(
    client, coder, django_assert_num_queries, number
):
    problem, answer = make_problem(), make_answer("nafasi yake")
    for each in range(number):
        make_answer()
        make_evidence(answer, problem=problem, coder=make_user(f"coder-{each}"))

    client.get("/admin/")  # The first page of a session stores its language.

    # session, user, permissions (2), choices of the filters (4), count, rows, their responses and questions
    with django_assert_num_queries(12):
        client.get(LIST)
    # and, instead of the rows: answer, marks, wordings (2), problems, solutions, sign-offs, examples, taken back,
    # objections, whether the user is done, whether two differ, and the place in the list
    with django_assert_num_queries(24):
        client.get(path_of(answer))


def test_coders_can_look_up_all_marks(client, coder):
    mark = make_evidence(coder=coder)

    page = client.get("/admin/outcomes/evidence/")

    assert list(page.context["cl"].result_list) == [mark]
    assert client.get(f"/admin/outcomes/evidence/{mark.pk}/change/").status_code == 200
    assert client.get("/admin/outcomes/evidence/add/").status_code == 403
    assert client.get("/admin/outcomes/evidence/?quote__startswith=n").url == "/admin/outcomes/evidence/?e=1"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_marks_takes_the_same_number_of_queries_for_one_and_for_three(
    client, coder, django_assert_num_queries, number
):
    for each in range(number):
        replaced = make_translation(text="لكل شخص مكان.")
        make_evidence(replaced.answer, problem=make_problem(f"p{each}"), quote="مكان", translation=replaced)
        newer = make_translation(replaced.answer, text="كل شيء.", reviewed=False, translator=make_user(f"t{each}"))
        newer.review(by=coder, seen=newer.fingerprint)
    client.get("/admin/")

    # session, user, permissions (2), choices of the filters (2), count, rows, answers, responses, questions, problems
    with django_assert_num_queries(12):
        page = client.get("/admin/outcomes/evidence/")

    assert page.content.decode().count('alt="True"') == number


def test_the_list_of_quotations_says_how_each_of_them_stands(client):
    waiting, public, refused, before = (
        quote(make_evidence(problem=make_problem(slug, title=slug))) for slug in ("one", "two", "three", "four")
    )
    public.agree()
    refused.refuse("Not what I mean.")
    Quotation.objects.filter(pk=before.pk).update(public_on=None)
    Quotation.objects.filter(pk=waiting.pk).update(public_on=date(2999, 1, 1))
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    found = client.get("/admin/outcomes/quotation/").context["cl"]

    assert {each.pk: found.model_admin.state(each) for each in found.result_list} == {
        waiting.pk: "Public on January 1, 2999, unless its author objects",
        public.pk: "Public",
        refused.pk: "The author objects: it is not shown.",
        before.pk: "Waits until its author agrees",
    }


@pytest.mark.parametrize(
    ("make", "kind", "label"),
    [(make_problem, "problem", "Agrees in part"), (make_solution, "solution", "Would help in part")],
)
def test_whoever_chooses_a_quotation_sees_its_words_and_what_they_say_to_which_claim(client, make, kind, label):
    evidence = make_evidence(stance="qualifies", **{kind: make(title="Doors & windows")})
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    shown = f"<p><strong>Doors &amp; windows</strong> · {label}</p>"
    words = '<blockquote class="words" lang="sw" dir="ltr"><p>nafasi</p></blockquote>'

    choosing = client.get(f"/admin/outcomes/quotation/add/?evidence={evidence.pk}").content.decode()
    chosen = client.get(f"/admin/outcomes/quotation/{quote(evidence).pk}/change/").content.decode()

    assert [(html.count(shown), html.count(words)) for html in (choosing, chosen)] == [(1, 1), (1, 1)]
    assert ["Its author sees it on their page first" in html for html in (choosing, chosen)] == [True, False]


def test_a_quotation_that_is_not_there_has_no_page(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    assert client.get("/admin/outcomes/quotation/1/change/").url == "/admin/"


def test_a_passage_that_was_edited_away_is_not_quoted(client):
    evidence = make_evidence()
    clause = quote(make_evidence(problem=make_problem("other"))).clause
    answer = evidence.answer
    answer.response.edit({answer.question: "Other words."})
    answer.response.accept()
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    page = client.post("/admin/outcomes/quotation/add/", {"evidence": evidence.pk, "clause": clause.pk}, follow=True)

    assert "<title>Error: " in page.content.decode()
    assert [str(message) for message in page.context["messages"]] == [
        "This passage was edited away; it cannot be quoted."
    ]
    assert Quotation.objects.filter(evidence=evidence).count() == 0
