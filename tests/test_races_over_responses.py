"""Who is second, and by how little, changes nothing: no word is lost, overwritten or published unread."""

import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client

from responses.models import (
    AccountLink,
    Answer,
    Contact,
    Decision,
    DeclineReason,
    Inquiry,
    Question,
    Response,
    Version,
)
from tests.factories import make_response, make_user, submit
from tests.races import overtake, race

pytestmark = race

CHANGED = "This response has been changed since you opened it. Compare, then go on."
NOT_NOW = "This cannot be done now: the response has changed since you opened it."
NOT_ASKED = "The organizers do not wait for a reply to this question any more."
UNDONE_TOO_LATE = "This cannot be undone: an hour has passed, or its author has changed it since."


def again(row):
    """The row as another page has read it."""
    return type(row).objects.get(pk=row.pk)


def worded(text, slug="meaning"):
    return {Question.objects.get(slug=slug): text}


def texts(model=Answer):
    return sorted(model.objects.values_list("text", flat=True))


def test_a_form_that_is_sent_by_two_clicks_is_stored_once():
    submission = uuid.uuid4()

    def click():
        return submit({"needs": "Mtandao."}, submission=submission).code

    first, second = overtake(click, click)

    assert [first] == [second] == list(Response.objects.values_list("code", flat=True))
    assert texts() == ["Mtandao."]


def test_of_two_texts_sent_from_one_form_the_first_is_kept_and_the_other_refused():
    submission = uuid.uuid4()

    _stored, refusal = overtake(
        lambda: submit({"needs": "Mtandao."}, submission=submission),
        lambda: submit({"needs": "Umeme."}, submission=submission),
    )

    assert refusal.startswith("You have already sent a response from this page.")
    assert texts() == ["Mtandao."]


def test_a_reviewer_does_not_accept_the_words_that_an_author_is_changing():
    response = submit({"meaning": "As the reviewer read it."})
    reviewed, seen = again(response), response.fingerprint

    outcome = overtake(lambda: response.edit(worded("Unread."), seen=seen), lambda: reviewed.accept(seen=seen))

    assert outcome == (None, CHANGED)
    assert (again(response).status, texts()) == ("submitted", ["Unread."])


def test_words_that_are_edited_while_they_are_accepted_wait_for_review():
    response = submit({"meaning": "As the reviewer read it."})
    edited, seen = again(response), response.fingerprint

    outcome = overtake(lambda: response.accept(seen=seen), lambda: edited.edit(worded("Unread."), seen=seen))

    assert outcome == (None, None)
    assert (again(response).status, texts()) == ("submitted", ["Unread."])
    assert list(Response.objects.published()) == []


def test_of_two_reviewers_who_decide_differently_the_first_decides():
    for first, second in (("accept", "decline"), ("decline", "accept")):
        response = submit()
        other, seen = again(response), response.fingerprint
        verbs = {
            "accept": lambda row, seen=seen: row.accept(seen=seen),
            "decline": lambda row, seen=seen: row.decline("Not about the questions.", seen=seen),
        }

        outcome = overtake(
            lambda verb=verbs[first], response=response: verb(response),
            lambda verb=verbs[second], other=other: verb(other),
        )

        assert outcome == (None, NOT_NOW)
        assert again(response).status == {"accept": "accepted", "decline": "declined"}[first]


def test_of_two_notes_to_an_author_none_is_overwritten_unseen():
    response = make_response()
    other, seen = again(response), response.fingerprint

    outcome = overtake(lambda: response.note("Thank you!", seen=seen), lambda: other.note("Which café?", seen=seen))

    assert outcome == (None, NOT_NOW)
    assert again(response).note_to_author == "Thank you!"


def test_of_two_people_with_one_secret_link_neither_overwrites_the_other_unseen():
    response = make_response({"meaning": "Moja."})
    other, seen = again(response), response.fingerprint

    outcome = overtake(
        lambda: response.edit(worded("Mbili."), seen=seen), lambda: other.edit(worded("Tatu."), seen=seen)
    )

    assert outcome == (None, CHANGED)
    assert texts() == ["Mbili."]
    assert [each.answers for each in Version.objects.all()] == [{"meaning": "Moja."}]


def test_a_response_that_is_accepted_while_its_author_shows_less_of_it_stays_accepted():
    response = submit(sharing="named", display_name="Amina", place="Kwetu")
    other = again(response)

    outcome = overtake(response.accept, lambda: other.share(sharing="unnamed", display_name="", place=""))

    assert outcome == (None, None)
    assert (again(response).status, again(response).sharing) == ("accepted", "unnamed")


def test_a_reviewer_does_not_accept_a_response_while_its_author_shows_more_of_it():
    response = submit(sharing="unnamed")
    reviewed, seen = again(response), response.fingerprint

    outcome = overtake(
        lambda: response.share(sharing="named", display_name="Amina", seen=seen), lambda: reviewed.accept(seen=seen)
    )

    assert outcome == (None, CHANGED)
    assert again(response).status == "submitted"


def test_a_response_that_is_withdrawn_while_it_is_accepted_or_edited_stays_withdrawn():
    for verb in (
        lambda row: row.accept(),
        lambda row: row.decline("Not about the questions."),
        lambda row: row.note("Thank you!"),
        lambda row: row.edit(worded("Anew.")),
        lambda row: row.share(sharing="organizers"),
    ):
        response = submit()
        other = again(response)

        outcome = overtake(response.withdraw, lambda verb=verb, other=other: verb(other))

        assert outcome == (None, NOT_NOW)
        assert again(response).status == "withdrawn"
        assert (texts(), Version.objects.count()) == ([], 0)


def test_a_response_that_is_edited_while_it_is_withdrawn_leaves_no_word():
    response = submit({"meaning": "Moja.", "needs": "Mbili."})
    other = again(response)

    overtake(lambda: response.edit(worded("Tatu.", "needs")), other.withdraw)

    assert again(response).status == "withdrawn"
    assert (texts(), Version.objects.count()) == ([], 0)


@pytest.mark.parametrize("withdraws_first", [True, False])
def test_an_address_for_news_is_not_kept_for_a_response_that_is_withdrawn_at_this_moment(withdraws_first):
    response = make_response()
    both = [again(response).withdraw, lambda: Contact.objects.leave(response, "me@example.org", "en")]

    outcome = overtake(*both if withdraws_first else both[::-1])

    assert outcome[-1] == (NOT_NOW if withdraws_first else None)
    assert list(Contact.objects.all()) == []


@pytest.mark.parametrize("close", [Response.withdraw, Response.detach])
@pytest.mark.parametrize("closes_first", [True, False])
def test_no_link_is_made_for_an_account_that_a_response_leaves_at_this_moment(close, closes_first):
    response = make_response(user=make_user("me"))
    other = again(response)
    both = [lambda: close(other), lambda: AccountLink.objects.open(response)]

    outcome = overtake(*both if closes_first else both[::-1])

    assert outcome[-1] == (NOT_NOW if closes_first else None)
    assert list(AccountLink.objects.all()) == []


def test_of_two_accounts_that_take_a_response_at_once_the_first_has_it():
    response, users = make_response(), [make_user("first"), make_user("second")]
    other = again(response)

    _taken, refusal = overtake(lambda: response.attach(users[0]), lambda: other.attach(users[1]))

    assert refusal == "It was withdrawn, or it is in another account. Take it out there first."
    assert again(response).user == users[0]


def test_a_response_that_is_withdrawn_at_this_moment_comes_into_no_account():
    response, user = make_response(), make_user("me")
    other = again(response)

    _withdrawn, refusal = overtake(response.withdraw, lambda: other.attach(user))

    assert refusal == "It was withdrawn, or it is in another account. Take it out there first."
    assert again(response).user is None


def test_of_two_organizers_who_list_a_language_the_first_does():
    response = submit(language="und", language_name="Kiswa")
    other = again(response)

    outcome = overtake(lambda: response.list_language("sw"), lambda: other.list_language("ar"))

    assert outcome == (None, NOT_NOW)
    assert (again(response).language, again(response).language_name) == ("sw", "")


def test_of_two_reviewers_who_ask_at_once_the_first_asks():
    response = submit()
    other, seen = again(response), response.fingerprint

    outcome = overtake(lambda: response.ask("Who?", seen=seen), lambda: other.ask("Where?", seen=seen))

    assert outcome == (None, NOT_NOW)
    assert texts(Inquiry) == ["Who?"]


def test_of_two_reviewers_one_of_whom_asks_and_one_decides_the_first_does():
    by = make_user("reviewer")
    for first, second, status in (("ask", "accept", "asked"), ("accept", "ask", "accepted")):
        response = submit()
        other, seen = again(response), response.fingerprint
        verbs = {
            "ask": lambda row, seen=seen: row.ask("Who?", by=by, seen=seen),
            "accept": lambda row, seen=seen: row.accept(by=by, seen=seen),
        }

        outcome = overtake(
            lambda verb=verbs[first], response=response: verb(response),
            lambda verb=verbs[second], other=other: verb(other),
        )

        assert outcome == (None, NOT_NOW)
        assert again(response).status == status


@pytest.mark.parametrize("replies_first", [True, False])
def test_a_reply_and_taking_the_question_back_do_not_both_happen(replies_first):
    response = submit()
    response.ask("Who?", by=make_user("reviewer"))
    other = again(response)
    both = [lambda: response.reply("We."), lambda: other.undo()]

    outcome = overtake(*both if replies_first else both[::-1])

    assert outcome[0] is None
    assert outcome[1] == (UNDONE_TOO_LATE if replies_first else NOT_ASKED)
    assert again(response).status == "submitted"
    assert list(Inquiry.objects.values_list("reply", flat=True)) == (["We."] if replies_first else [])


def test_of_two_replies_from_one_link_the_first_is_kept():
    response = submit()
    response.ask("Who?")
    other = again(response)

    outcome = overtake(lambda: response.reply("We."), lambda: other.reply("They."))

    assert outcome == (None, NOT_ASKED)
    assert list(Inquiry.objects.values_list("reply", flat=True)) == ["We."]


@pytest.mark.parametrize("undoes_first", [True, False])
def test_a_decision_is_not_undone_while_its_author_changes_the_words(undoes_first):
    response = submit({"meaning": "Moja."})
    response.accept(by=make_user("reviewer"))
    other = again(response)
    both = [lambda: response.undo(), lambda: other.edit(worded("Mbili."))]

    outcome = overtake(*both if undoes_first else both[::-1])

    assert outcome == ((None, None) if undoes_first else (None, UNDONE_TOO_LATE))
    assert (again(response).status, texts()) == ("submitted", ["Mbili."])
    assert list(Decision.objects.all()) == []


def test_two_clicks_undo_once():
    response, by = submit(), make_user("reviewer")
    response.decline("No.", by=by)
    response.accept(by=by)
    other, seen = again(response), again(response).fingerprint

    outcome = overtake(lambda: response.undo(seen=seen), lambda: other.undo(seen=seen))

    # Otherwise the second click would undo the decision before.
    assert outcome == (None, NOT_NOW)
    assert again(response).status == "declined"


def test_a_decision_that_is_undone_while_another_reviewer_decides_leaves_the_later_one():
    response, by = submit(), make_user("reviewer")
    response.accept(by=by)
    other, seen = again(response), again(response).fingerprint

    outcome = overtake(lambda: response.undo(seen=seen), lambda: other.decline("No.", by=by, seen=seen))

    assert outcome == (None, NOT_NOW)
    assert again(response).status == "submitted"


def test_a_response_that_is_withdrawn_while_it_is_asked_about_leaves_no_question():
    response, by = submit(), make_user("reviewer")
    other = again(response)

    overtake(lambda: response.ask("Who?", by=by), other.withdraw)

    assert again(response).status == "withdrawn"
    assert [model.objects.count() for model in (Inquiry, Decision)] == [0, 0]


@pytest.mark.parametrize("deletes_first", [True, False])
def test_a_reason_is_not_deleted_while_a_response_is_declined_for_it(deletes_first):
    response, reason = submit(), DeclineReason.objects.first()
    both = [lambda: delete_at_desk(reason), lambda: response.decline(declined_for=reason)]

    outcome = overtake(*both if deletes_first else both[::-1])

    if deletes_first:
        assert outcome == ("gone", "This reason is not offered any more. Choose another one.")
        assert again(response).status == "submitted"
    else:
        assert outcome == (None, "protected")
        assert again(response).declined_for == reason


def delete_at_desk(reason):
    client = Client()
    client.force_login(User.objects.create_superuser("organizer"))
    page = client.post(f"/admin/responses/declinereason/{reason.pk}/delete/", {"post": "yes"})
    return "gone" if page.status_code == 302 else "protected" if page.context["protected"] else page
