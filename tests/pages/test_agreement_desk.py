"""The desk where two coders agree, the figures beside it, and the share of answers that two coders mark."""

import html as escaped
import re

import pytest
from django.contrib.admin.models import LogEntry

from outcomes.models import CodingPlan, Evidence, JointDecision, SharedAnswer
from outcomes.models.shared_sample import Choice
from responses.models import Recusal
from tests.factories import make_answer, make_evidence, make_problem, make_solution, make_translation, make_user
from tests.test_shared_sample import EDITED, TEXT, agree, code, finish, set_share

pytestmark = pytest.mark.django_db

LIST = "/admin/outcomes/sharedanswer/"
FIGURES = f"{LIST}agreement/"
PLAN = "/admin/outcomes/codingplan/1/change/"


@pytest.fixture
def coders():
    set_share(100)
    return [make_user(name, "Coder", is_staff=True) for name in ("asha", "zoltan")]


@pytest.fixture
def doors(coders):
    return make_problem("doors", title="Doors")


@pytest.fixture
def shared(coders, doors):
    return differ(make_answer(TEXT), coders, doors)


def differ(answer, coders, problem):
    code(answer, coders[0], (problem, "nafasi", "supports"))
    code(answer, coders[1], (problem, "umeme", "contradicts"))
    return SharedAnswer.objects.get(answer=answer)


def path_of(shared):
    return f"{LIST}{shared.pk}/change/"


def typed(shared, choice, why=""):
    units = shared.units()
    fields = {f"choice-{unit.key}": choice for unit in units} | {f"why-{unit.key}": why for unit in units}
    return fields | {"seen": shared.fingerprint(units)}


def text_of(page):
    return " ".join(escaped.unescape(re.sub("<[^>]+>", " ", page.content.decode())).split())


def said(page):
    return [str(message) for message in page.context["messages"]]


def listed(client, user, query=""):
    client.force_login(user)
    return [str(each) for each in client.get(LIST + query).context["cl"].result_list]


def test_the_list_has_what_somebody_can_agree_on(client, coders, doors, shared):
    alone = make_answer(TEXT)
    finish(alone, coders[0])
    third, organizer = (make_user(n, r, is_staff=True) for n, r in (("third", "Coder"), ("boss", "Organizer")))

    found = {user.username: listed(client, user) for user in (*coders, third, organizer)}

    assert found == {"asha": [str(shared)], "zoltan": [str(shared)], "third": [], "boss": [str(shared)]}


def test_what_was_agreed_is_in_a_list_of_its_own(client, coders, doors, shared):
    agree(shared.answer, coders[0], doors=Choice.BOTH)

    assert listed(client, coders[0]) == []
    assert listed(client, coders[0], "?state=agreed") == [str(shared)]


def test_the_list_leaves_out_what_somebody_has_put_away(client, coders, shared):
    Recusal.objects.recuse(coders[0], shared.answer.response)

    assert listed(client, coders[0]) == []
    assert client.get(path_of(shared)).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_number_of_queries(client, coders, doors, number, django_assert_num_queries):
    for _each in range(number):
        differ(make_answer(TEXT), coders, doors)
    client.force_login(coders[0])

    with django_assert_num_queries(9):
        client.get(LIST)


def test_both_readings_stand_side_by_side_without_names(client, coders, shared):
    client.force_login(coders[0])

    page = client.get(path_of(shared))

    text = text_of(page)
    assert text.count("Reading 1") == text.count("Reading 2") > 0
    assert "zoltan" not in text
    marks = re.findall(r'<mark class="(\w+)">([^<]+)</mark>', page.content.decode())
    assert sorted(marks) == [("contradicts", "umeme"), ("supports", "nafasi")]


def test_the_readings_stand_in_the_same_order_for_everybody(client, coders, shared):
    pages = []
    for user in (*coders, make_user("boss", "Organizer", is_staff=True)):
        client.force_login(user)
        html = client.get(path_of(shared)).content.decode()
        pages.append(re.findall(r'<mark class="(\w+)">', html))

    assert pages[0] == pages[1] == pages[2]


def test_a_passage_that_was_marked_in_a_translation_stands_in_it(client, coders, doors):
    answer = make_answer(TEXT)
    english = make_translation(answer, language="en", text="Everybody has a place.")

    make_evidence(answer, problem=doors, quote="a place", coder=coders[0], translation=english)
    finish(answer, coders[0], read_in="en")
    finish(answer, coders[1])
    client.force_login(coders[1])

    page = client.get(path_of(SharedAnswer.objects.get()))

    assert re.findall(r'<mark class="(\w+)">([^<]+)</mark>', page.content.decode()) == [("supports", "a place")]


def test_agreeing_leads_to_the_next_answer_and_is_in_the_log(client, coders, doors, shared):
    following = differ(make_answer(TEXT), coders, doors)
    client.force_login(coders[0])

    page = client.post(path_of(shared), typed(shared, "nothing", "It is about rooms."))

    assert page.headers["Location"] == path_of(following)
    assert [(each.value, each.note, each.decided_by) for each in JointDecision.objects.all()] == [
        ("", "It is about rooms.", coders[0])
    ]
    assert [(each.user, each.object_repr) for each in LogEntry.objects.all()] == [(coders[0], str(shared))]


def test_after_the_last_one_comes_the_list(client, coders, shared):
    client.force_login(coders[0])

    page = client.post(path_of(shared), typed(shared, "both"))

    assert page.headers["Location"] == LIST


def test_what_was_agreed_says_who_decided_what_and_why(client, coders, shared):
    client.force_login(coders[0])
    client.post(path_of(shared), typed(shared, "both", "Two different sentences."))

    text = text_of(client.get(path_of(shared)))

    assert "Two different sentences." in text
    assert "asha" in text
    assert "more than one" in text


def test_a_missing_choice_comes_back_with_what_was_typed(client, coders, shared):
    client.force_login(coders[0])
    sent = {name: text for name, text in typed(shared, "", "My reason.").items() if not name.startswith("choice")}

    page = client.post(path_of(shared), sent)

    text = text_of(page)
    assert [each for each in ("Nothing was stored.", "Choose what stays.", "My reason.") if each not in text] == []
    assert "<title>Error:" in page.content.decode()
    assert not JointDecision.objects.exists()


def test_whoever_is_slower_is_told_and_gets_their_words_back(client, coders, shared):
    slower = typed(shared, "nothing", "My reason.")
    agree(shared.answer, coders[1], doors=Choice.BOTH)
    client.force_login(coders[0])

    page = client.post(path_of(shared), slower)

    assert said(page) == ["Somebody else has agreed on this answer a moment before. Nothing was changed."]
    assert "My reason." in text_of(page)
    assert Evidence.objects.published().count() == 2


def test_an_answer_that_was_edited_meanwhile_leaves_the_desk_and_the_words_come_back(client, coders, shared):
    sent = typed(shared, "nothing", "My reason.")
    response = shared.answer.response
    response.edit({shared.answer.question: "Sina la kusema."})
    response.accept()
    client.force_login(coders[0])

    page = client.post(path_of(shared), sent)

    assert page.status_code == 409
    assert "My reason." in text_of(page)
    assert EDITED in text_of(page)


def test_the_coding_desk_leads_to_both_readings_whoever_may_agree_on_them(client, coders, shared):
    led = {}
    for user in (coders[0], make_user("third", "Coder", is_staff=True)):
        client.force_login(user)
        html = client.get(f"/admin/outcomes/answertocode/{shared.answer_id}/change/").content.decode()
        led[user.username] = f"/admin/outcomes/sharedanswer/{shared.pk}/change/" in html

    assert led == {coders[0].username: True, "third": False}


def test_somebody_who_has_no_part_in_it_does_not_get_the_page(client, coders, shared):
    client.force_login(make_user("third", "Coder", is_staff=True))

    for page in (client.get(path_of(shared)), client.post(path_of(shared), typed(shared, "nothing"))):
        assert page.status_code == 302

    assert not SharedAnswer.objects.get().is_agreed


def test_only_coders_and_organizers_open_the_desk_and_the_figures(client, coders):
    opened = {}
    for role in ("Translator", "Reviewer", "Coder", "Organizer"):
        client.force_login(make_user(role.lower(), role, is_staff=True))
        opened[role] = [client.get(page).status_code for page in (LIST, FIGURES, PLAN)]

    assert opened == {
        "Translator": [403, 403, 403],
        "Reviewer": [403, 403, 403],
        "Coder": [200, 200, 403],
        "Organizer": [200, 200, 200],
    }


def test_the_figures_are_only_read(client, coders):
    client.force_login(coders[0])

    assert client.post(FIGURES).status_code == 405


# The figures


def test_without_answers_the_page_says_so(client, coders):
    client.force_login(coders[0])

    text = text_of(client.get(FIGURES))

    assert "0 answers were marked by two coders" in text
    assert "100 percent of the answers go to two coders." in text


def test_few_marks_are_said_in_words_only(client, coders, shared):
    client.force_login(coders[0])

    text = text_of(client.get(FIGURES))

    assert "In 1 case, either coder marked an answer for a problem or solution." in text
    assert "Of 1 answer that either marked, both marked 1, and 0 with the same stance." in text
    assert "Too few to say" in text
    assert "interval" not in text


def test_enough_marks_get_words_first_and_then_figures_with_their_interval(client, coders, doors):
    for number in range(12):
        answer = make_answer(TEXT)
        code(answer, coders[0], (doors, "nafasi", "supports"))
        code(answer, coders[1], *([(doors, "nafasi", "supports")] if number < 9 else []))
    client.force_login(coders[0])

    text = text_of(client.get(FIGURES))

    words = "Of 12 answers that either marked, both marked 9, and 9 with the same stance."
    assert words in text
    assert re.search(r"-?\d\.\d\d \(95 % interval: -?\d\.\d\d to -?\d\.\d\d; n = 12\)", text)
    assert "If one says “Agrees / would help”, so does the other 86 %" in text


def test_the_figures_warn_of_coders_without_marks_and_of_rare_values(client, coders, doors):
    for number in range(12):
        answer = make_answer(TEXT)
        code(answer, coders[0], (doors, "nafasi", "supports" if number else "qualifies"))
        finish(answer, coders[1])
    client.force_login(coders[0])

    text = text_of(client.get(FIGURES))

    assert "1 coder has marked nothing in any answer of the sample." in text
    assert "“Agrees in part / would help in part” was said 1 time only" in text
    assert "Only one coder has marked it." in text


def test_the_figures_tell_original_from_translation(client, coders, doors):
    for _each in range(2):
        answer = make_answer(TEXT)
        make_translation(answer, language="en", text="Room.")
        code(answer, coders[0], (doors, "nafasi", "supports"))
        code(answer, coders[1], (doors, "nafasi", "supports"), read_in="en")
    client.force_login(coders[0])

    assert re.search(r"swahili.{0,20}English.{0,20} 2 In 2 cases", text_of(client.get(FIGURES)), re.IGNORECASE)


def test_the_figures_take_the_same_number_of_queries_for_one_claim_and_for_three(
    client, coders, django_assert_num_queries
):
    claims = [make_problem("a"), make_problem("b"), make_solution("c")]
    client.force_login(coders[0])
    for claim in claims:
        answer = make_answer(TEXT)
        for coder in coders:
            code(answer, coder, (claim, "nafasi", "supports"))
        with django_assert_num_queries(11):
            client.get(FIGURES)


# The share


def test_organizers_set_the_share(client):
    client.force_login(make_user("boss", "Organizer", is_staff=True))

    client.post(PLAN, {"share": "20"})

    assert CodingPlan.objects.get().share == 20


@pytest.mark.parametrize("share", ["101", "-1", "many", ""])
def test_a_share_that_is_no_percentage_is_refused(client, share):
    client.force_login(make_user("boss", "Organizer", is_staff=True))

    page = client.post(PLAN, {"share": share})

    assert page.context["adminform"].form.errors.keys() == {"share"}
    assert not CodingPlan.objects.exists()


@pytest.mark.parametrize(
    ("who", "counted"), [("asha", True), ("organizer", True), ("third", False)], ids=["coder", "organizer", "other"]
)
def test_figures_of_an_answer_that_is_not_agreed_on_are_for_those_who_may_agree(client, shared, coders, who, counted):
    organizer, third = make_user("organizer", "Organizer", is_staff=True), make_user("third", "Coder", is_staff=True)
    client.force_login({"asha": coders[0], "organizer": organizer, "third": third}[who])

    page = client.get(FIGURES)

    assert (page.context["answers"], page.context["left_out"]) == ((1, 0) if counted else (0, 1))
    assert ("1 answer is left out until its two coders" in text_of(page), "Doors" in text_of(page)) == (
        not counted,
        counted,
    )
