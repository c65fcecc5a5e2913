"""What somebody at the desks has decided of late, to look again."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse

from outcomes.models import Evidence
from responses.models import Recusal, Response
from tests.factories import make_answer, make_evidence, make_problem, make_translation, make_user, submit

pytestmark = pytest.mark.django_db

PAGE = "/admin/my-decisions/"


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def decisions(page):
    return {title: [(each.about, each.said, each.now) for each in found] for title, found in page.context["kinds"]}


def test_decisions_marks_and_reviews_are_listed_with_how_they_stand_now(client, organizer):
    response = submit()
    client.post(reverse("admin:responses_response_accept", args=[response.pk]), {"seen": response.fingerprint})
    answer = response.answers.get()
    make_evidence(answer, problem=make_problem(title="Closed doors"), coder=organizer)
    make_translation(answer, reviewer=organizer)
    answer.response.refresh_from_db()
    answer.response.edit({answer.question: "Maneno mapya."})

    page = client.get(PAGE)

    assert decisions(page) == {
        "Responses": [(response.code, "Accepted", "Waiting for review")],
        "Evidence": [(f"{response.code}/meaning", "Agrees · Closed doors", "Waiting for review")],
        "Translations": [(f"{response.code}/meaning", "العربية (Arabic)", "Reviewed")],
    }
    addresses = [each.address for _title, found in page.context["kinds"] for each in found]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


def test_a_mark_that_was_edited_away_or_taken_back_says_so(client, organizer):
    answer = make_answer("Kila mtu ana nafasi.")
    lost = make_evidence(answer, problem=make_problem(title="Closed doors"), coder=organizer)
    Evidence.objects.update(quote="Hakuna nafasi")
    access = make_problem("access", title="Access")
    chosen = {"wording": "", "quote": "Kila mtu", "claim": f"problem-{access.pk}", "stance": "supports"}
    client.post(reverse("admin:outcomes_answertocode_change", args=[answer.pk]), chosen)
    mark = Evidence.objects.exclude(pk=lost.pk).get()
    client.force_login(make_user("other", "Organizer", is_staff=True))
    client.post(reverse("admin:outcomes_evidence_unmark", args=[mark.pk]), {"reason": "Too <wide>."})
    client.force_login(organizer)

    page = client.get(PAGE)

    about = f"{answer.response.code}/meaning"
    assert decisions(page)["Evidence"] == [
        (about, "access", "The mark was taken back."),
        (about, "Agrees · Closed doors", "This passage was edited away; it is not shown to readers."),
    ]
    assert '<bdi dir="auto">Too &lt;wide&gt;.</bdi>' in page.content.decode()
    Recusal.objects.recuse(organizer, answer.response)
    assert decisions(client.get(PAGE))["Evidence"] == []


def test_each_sees_their_own_decisions_and_no_words(client, organizer):
    other = make_user("other", "Organizer", is_staff=True)
    answer = make_answer("SECRET nafasi")
    make_evidence(answer, coder=other, quote="SECRET")
    make_translation(answer, text="SECRET", reviewer=other)
    LogEntry.objects.log_actions(other.pk, [answer.response], CHANGE, change_message="Accepted")

    mine = client.get(PAGE)
    client.force_login(other)
    theirs = client.get(PAGE)

    assert decisions(mine) == {"Responses": [], "Evidence": [], "Translations": []}
    assert [len(found) for found in decisions(theirs).values()] == [1, 1, 1]
    assert "SECRET" not in theirs.content.decode()


@pytest.mark.parametrize(
    ("group", "kinds"), [("Reviewer", ["Responses", "Translations"]), ("Coder", ["Evidence"]), ("Translator", [])]
)
def test_each_role_sees_what_it_may_look_at(client, group, kinds):
    client.force_login(make_user("somebody", group, is_staff=True))

    assert list(decisions(client.get(PAGE))) == kinds


def test_who_is_not_staff_has_no_such_page(client):
    client.force_login(make_user("translator", "Translator"))

    assert client.get(PAGE).status_code == 302
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_other_methods_are_refused(client, organizer):
    assert client.post(PAGE).status_code == 405


def test_the_first_page_of_the_desks_leads_there_and_names_no_response(client, organizer):
    response = Response.objects.get(pk=make_answer().response_id)
    LogEntry.objects.log_actions(organizer.pk, [response], CHANGE, change_message="Accepted")

    html = client.get("/admin/").content.decode()

    assert (PAGE in html, response.code in html) == (True, False)


def test_nothing_is_listed_that_was_put_away_or_left_no_row(client, organizer):
    answer = make_answer()
    make_evidence(answer, coder=organizer)
    make_translation(answer, reviewer=organizer)
    LogEntry.objects.log_actions(organizer.pk, [answer.response], CHANGE, change_message="Accepted")
    Recusal.objects.recuse(organizer, answer.response)
    gone = submit()
    LogEntry.objects.log_actions(organizer.pk, [gone], CHANGE, change_message="Accepted")
    gone.delete()

    assert decisions(client.get(PAGE)) == {"Responses": [], "Evidence": [], "Translations": []}


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_number_of_queries_for_one_and_for_three(
    client, organizer, django_assert_num_queries, number
):
    problem = make_problem()
    for _ in range(number):
        answer = make_answer()
        make_evidence(answer, problem=problem, coder=organizer)
        make_translation(answer, reviewer=organizer)
        LogEntry.objects.log_actions(organizer.pk, [answer.response], CHANGE, change_message="Accepted")
    client.get(PAGE)

    with django_assert_num_queries(10):
        page = client.get(PAGE)

    assert [len(found) for found in decisions(page).values()] == [number] * 3
