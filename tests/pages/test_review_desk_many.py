"""Many responses at once: nothing unread is published, no number is wrong, and each can be left out."""

from html import unescape

import pytest
from django.contrib.admin.models import LogEntry

from responses.admin.many_at_once import MOST_AT_ONCE
from responses.models import Answer, Flag, MachineDraftOrder, Response
from responses.models.sharing import AuthorDetails
from tests.factories import make_answer, make_full_response, make_response, make_user, submit

pytestmark = pytest.mark.django_db

LIST = "/admin/responses/response/"


@pytest.fixture(autouse=True)
def reviewer(client):
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))


def run(client, action, *responses, path=LIST, **more):
    chosen = {"action": action, "_selected_action": [response.pk for response in responses], **more}
    return client.post(path, chosen, follow=True)


def seen(page):
    return {f"seen-{response.pk}": mark for response, _answers, mark in page.context["shown"]}


def said(page):
    return [str(message) for message in page.context["messages"]]


def waiting_full_response():
    response = make_full_response()
    Response.objects.filter(pk=response.pk).update(status="submitted", accepted_on=None, place="Pla\u202ece!")
    Flag.objects.raise_kinds(response, ["links", "trap"])
    return Response.objects.get(pk=response.pk)


@pytest.mark.parametrize("action", ["accept_selected", "decline_selected"])
def test_all_that_an_author_told_is_on_the_page_of_many_as_on_the_page_of_one(client, action):
    response = waiting_full_response()

    many = unescape(run(client, action, response).content.decode())
    one = unescape(client.get(f"{LIST}{response.pk}/change/").content.decode())

    told = [str(value) for name, value in response.details.items() if name != "held_on"]
    assert len(told) == len(AuthorDetails.detail_fields()) - 4  # the sharing and its tick, a second name, the day
    for html in (many, one):
        assert [value for value in told if value not in html] == []
        assert "March 1, 2026" in html
        assert "It has three links or more." in html
        assert "A field that people do not see was filled in." in html
        assert "With my name" in html
        assert html.count("RIGHT-TO-LEFT OVERRIDE") == 1


def test_what_is_unticked_stays_as_it_is(client):
    first, second = submit(), submit()
    marks = seen(run(client, "accept_selected", first, second))

    page = run(client, "accept_selected", second, confirmed="yes", index="0", **marks)

    assert list(Response.objects.published()) == [second]
    assert said(page) == ["1 response accepted."]


def test_if_all_are_unticked_nothing_happens_and_the_list_says_so(client):
    response = submit()
    marks = seen(run(client, "accept_selected", response))

    page = run(client, "accept_selected", confirmed="yes", index="0", **marks)

    assert not Response.objects.published().exists()
    assert "No items have been changed" in said(page)[0]


def test_the_numbers_are_of_what_was_selected_though_the_list_no_longer_shows_it(client):
    chosen = submit(), submit(), submit()
    marks = seen(run(client, "decline_selected", *chosen))
    chosen[0].accept()

    page = run(client, "decline_selected", *chosen, reason="Advertising.", **marks)

    assert said(page) == [
        "2 responses declined.",
        "1 response was left as it is: its status does not allow this, or it has changed meanwhile.",
    ]
    assert LogEntry.objects.count() == 2


def test_many_are_not_declined_if_they_changed_after_they_were_shown(client):
    response = submit({"meaning": "Read."})
    marks = seen(run(client, "decline_selected", response))
    response.answers.update(text="Improved.")

    run(client, "decline_selected", response, reason="Advertising.", **marks)

    assert list(Response.objects.awaiting_review()) == [response]


def test_as_many_as_a_page_of_the_list_shows_are_accepted_at_once_and_more_are_told_beforehand(client):
    submit(is_sample=False)
    first = Response.objects.get()
    copies = [
        Response(**{**_columns(first), "code": f"copy{n:04}", "key_hash": f"{n:064}"})
        for n in range(MOST_AT_ONCE + 300)
    ]
    Response.objects.bulk_create(copies)
    question = first.answers.get().question
    Answer.objects.bulk_create(
        Answer(response=each, question=question, text="Words.") for each in Response.objects.exclude(pk=first.pk)
    )

    page = run(client, "accept_selected", first, select_across="1", index="0")
    shown = [response for response, _answers, _mark in page.context["shown"]]

    assert len(shown) == MOST_AT_ONCE
    assert said(page) == ["These 100 of 401 responses are on this page. The others stay as they are."]
    page = run(client, "accept_selected", *shown, confirmed="yes", index="0", **seen(page))
    assert said(page) == ["100 responses accepted."]
    assert Response.objects.published().count() == MOST_AT_ONCE
    assert Response.objects.awaiting_review().count() == 301


def _columns(row):
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name != "id"}


def test_rows_of_other_lists_are_deleted_only_if_the_page_that_asks_can_name_all_of_them(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    answer = make_answer()
    languages = [f"x{n:03}" for n in range(MOST_AT_ONCE + 1)]
    orders = [MachineDraftOrder.objects.create(answer=answer, language=each) for each in languages]
    path = "/admin/responses/machinedraftorder/"

    page = run(client, "delete_selected", orders[0], path=path, select_across="1", index="0")
    assert said(page) == ["101 rows are too many to delete at once. Select 100 at most."]
    page = run(client, "delete_selected", *orders[:100], path=path, post="yes")

    assert MachineDraftOrder.objects.count() == MOST_AT_ONCE + 1 - 100


def test_responses_that_cannot_be_accepted_are_not_on_the_page_and_it_says_how_many(client):
    waiting, accepted = submit(), make_response()

    page = run(client, "accept_selected", waiting, accepted, path=f"{LIST}?status=all")

    assert [response for response, _answers, _mark in page.context["shown"]] == [waiting]
    assert said(page) == ["1 response was left as it is: its status does not allow this, or it has changed meanwhile."]
