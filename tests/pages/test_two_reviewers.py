"""Two people at one desk: nobody decides about a state that they have not seen, and nothing typed is lost."""

import re

import pytest
from django.test import Client

from responses.models import Response, Translation
from tests.factories import make_answer, make_response, make_translation, make_user, submit

pytestmark = pytest.mark.django_db


def path_of(response, verb="change"):
    return f"/admin/responses/response/{response.pk}/{verb}/"


@pytest.fixture
def clients():
    first, second = Client(), Client()
    for name, client in (("first", first), ("second", second)):
        client.force_login(make_user(name, "Reviewer", is_staff=True))
    return first, second


def opened(client, response, **typed):
    """What the page of the response sends with each of its buttons."""
    page = client.get(path_of(response))
    return {"seen": page.context["seen"], "note": response.note_to_author, "reason": ""} | typed


def said(page):
    return [str(message) for message in page.context["messages"]]


STALE = "This cannot be done now: the response has changed since you opened it."


def test_a_response_that_somebody_has_accepted_meanwhile_is_not_declined_and_the_reason_comes_back(clients):
    first, second = clients
    response = submit()
    typed = opened(second, response, reason="Advertising.", note="Please add a source.")
    first.post(path_of(response, "accept"), opened(first, response))

    page = second.post(path_of(response, "decline"), typed)

    assert list(Response.objects.published()) == [response]
    assert said(page)[0] == STALE
    assert said(page)[1].startswith("Accepted · first · ")
    assert (page.context["decline_form"]["reason"].value(), page.context["note_form"]["note"].value()) == (
        "Advertising.",
        "Please add a source.",
    )
    # Having seen it, the second reviewer may decline it all the same.
    second.post(path_of(response, "decline"), opened(second, response, reason="Advertising."))
    assert Response.objects.get().status == "declined"


def test_a_response_that_somebody_has_declined_meanwhile_is_not_accepted(clients):
    first, second = clients
    response = submit()
    typed = opened(second, response)
    first.post(path_of(response, "decline"), opened(first, response, reason="It names a child."))

    page = second.post(path_of(response, "accept"), typed)

    assert Response.objects.get().status == "declined"
    assert said(page)[1].startswith("Declined · first · ")
    assert "It names a child." in page.content.decode()


@pytest.mark.parametrize("verb", ["accept", "decline", "note"])
def test_what_somebody_has_noted_meanwhile_is_read_first(clients, verb):
    first, second = clients
    response = submit()
    typed = opened(second, response, note="Mine.", reason="No.")
    first.post(path_of(response, "note"), opened(first, response, note="Theirs."))

    page = second.post(path_of(response, verb), typed)

    stored = Response.objects.get()
    assert (stored.status, stored.note_to_author) == ("submitted", "Theirs.")
    assert said(page)[1].startswith("Note to the author · first · ")
    assert "Theirs." in page.content.decode()
    assert page.context["note_form"]["note"].value() == "Mine."


def test_a_response_accepted_by_somebody_else_is_not_declined_among_many(clients):
    first, second = clients
    response = submit()
    chosen = {"action": "decline_selected", "_selected_action": [response.pk]}
    page = second.post("/admin/responses/response/?status=all", chosen)
    marks = {f"seen-{row.pk}": mark for row, _answers, mark in page.context["shown"]}
    first.post(path_of(response, "accept"), opened(first, response))

    second.post("/admin/responses/response/?status=all", {**chosen, **marks, "reason": "Advertising."})

    assert list(Response.objects.published()) == [response]


@pytest.mark.parametrize(
    ("verb", "sent", "left"),
    [
        ("note", {"note": "Thank you."}, {"reason": "Typed for later."}),
        ("accept", {}, {"note": "Typed, not left."}),
        ("decline", {"reason": "Advertising."}, {"note": "Typed, not left."}),
    ],
)
def test_what_was_typed_into_another_field_stays_on_the_page(clients, verb, sent, left):
    reviewer, _other = clients
    response = submit()

    page = reviewer.post(path_of(response, verb), opened(reviewer, response, **sent, **left))

    assert page.status_code == 200
    forms = {"reason": page.context["decline_form"], "note": page.context["note_form"]}
    assert {name: forms[name][name].value() for name in left} == left


def test_a_note_with_a_character_that_cannot_be_stored_is_refused_with_the_reason_and_comes_back(clients):
    reviewer, _other = clients
    response = submit()

    page = reviewer.post(path_of(response, "note"), opened(reviewer, response, note="a\x00b"))

    assert page.context["note_form"].errors
    assert page.context["note_form"]["note"].value() == "a\x00b"
    assert Response.objects.get().note_to_author == ""


def test_what_reviewers_do_meanwhile_stops_no_author(clients):
    response = make_response({"meaning": "Kila mtu."})
    seen = response.fingerprint
    response.note("Thank you.")
    [question] = [answer.question for answer in response.answers.all()]

    response.edit({question: "Kila mtu, kila mahali."}, seen=seen)

    assert Response.objects.get().status == "submitted"


def test_no_button_of_the_page_asks_for_what_only_another_one_needs(clients):
    reviewer, _other = clients
    response = submit()

    html = reviewer.get(path_of(response)).content.decode()

    # Otherwise a browser would not send "Accept" while the reason for declining is empty.
    assert re.search(r"<form [^>]*novalidate", html)
    assert reviewer.post(path_of(response, "accept"), opened(reviewer, response)).status_code == 302
    assert list(Response.objects.published()) == [response]


def review_page(answer, translation, verb):
    return f"/en/answers/{answer.pk}/translate/ar/{verb}/{translation.pk}/"


@pytest.fixture
def translators():
    first, second = Client(), Client()
    for name, client in (("one", first), ("two", second)):
        client.force_login(make_user(name, "Translator"))
    return first, second


def suggest(answer, text):
    return Translation.objects.suggest(
        answer, "ar", text, translator=make_user(f"writer {text}"), source_text=answer.text
    )


def seen_on_the_page(client, answer):
    html = client.get(f"/en/answers/{answer.pk}/translate/ar/").content.decode()
    return re.findall('name="seen" value="([^"]+)"', html)


def test_a_translation_that_was_reviewed_meanwhile_is_not_silently_replaced_by_another_one(translators):
    first, second = translators
    answer = make_answer()
    one, other = suggest(answer, "One."), suggest(answer, "Other.")
    marks = seen_on_the_page(second, answer)
    first.post(review_page(answer, one, "review"), {"seen": marks[0]})

    page = second.post(review_page(answer, other, "review"), {"seen": marks[1]}, follow=True)

    assert said(page) == ["Meanwhile another translation was reviewed. Compare the two, then go on."]
    assert list(Translation.objects.reviewed()) == [one]
    # Having seen it, the second reviewer may decide otherwise.
    [mark] = seen_on_the_page(second, answer)
    second.post(review_page(answer, other, "review"), {"seen": mark})
    assert list(Translation.objects.reviewed()) == [other]


def test_a_suggestion_that_somebody_else_has_reviewed_meanwhile_is_told(translators):
    first, second = translators
    answer = make_answer()
    suggestion = suggest(answer, "One.")
    [mark] = seen_on_the_page(second, answer)
    first.post(review_page(answer, suggestion, "review"), {"seen": mark})

    page = second.post(review_page(answer, suggestion, "review"), {"seen": mark}, follow=True)

    assert said(page) == ["This translation has changed since you opened it. Read it again."]
    assert Translation.objects.get().reviewer.username == "one"


def test_a_translation_that_was_replaced_meanwhile_is_not_called_still_correct(translators):
    _first, second = translators
    answer = make_answer()
    replaced = make_translation(answer, source_text="Before.", status="replaced")
    make_translation(answer, text="Newer.")

    page = second.post(review_page(answer, replaced, "still-correct"), {"seen": answer.fingerprint}, follow=True)

    assert said(page) == ["This translation has changed since you opened it. Read it again."]
