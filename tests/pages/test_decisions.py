"""The verbs of the review desk: declining for a reason, asking the author, undoing; alone and for many."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from responses.models import Decision, DeclineReason, Inquiry, Recusal, Response
from tests.factories import freeze, make_response, make_user, submit

pytestmark = pytest.mark.django_db

LIST = "/admin/responses/response/"
NOT_NOW = "This cannot be done now: the response has changed since you opened it."


def path_of(response, verb="change"):
    return f"{LIST}{response.pk}/{verb}/"


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    return user


def reason(slug="attacks-somebody"):
    return DeclineReason.objects.get(slug=slug)


def opened(client, response, **typed):
    """What the page of the response sends with each of its buttons."""
    page = client.get(path_of(response))
    return {"seen": page.context["seen"], "note": response.note_to_author, "reason": "", "question": ""} | typed


def said(page):
    return [
        re.sub("<button.*</button>", "[Undo]", str(message), flags=re.S).strip() for message in page.context["messages"]
    ]


def again(response):
    return Response.objects.get(pk=response.pk)


# --- Declining ---------------------------------------------------------------------------------------------------


def test_a_standard_reason_is_chosen_with_one_click_and_own_words_may_stay_empty(client, reviewer):
    response = submit()
    html = unescape(client.get(path_of(response)).content.decode())
    assert len(re.findall('type="radio" name="declined_for"', html)) == 6
    assert reason().title in html
    assert reason().text in html

    client.post(path_of(response, "decline"), opened(client, response, declined_for=reason().pk))

    assert (again(response).declined_for, again(response).decline_reason) == (reason(), "")


def test_without_any_reason_the_page_comes_back_and_says_so(client, reviewer):
    response = submit()

    page = client.post(path_of(response, "decline"), opened(client, response, declined_for="", note="Typed."))

    assert page.context["decline_form"].errors == {"reason": ["Say why: the author reads the reason."]}
    assert page.context["note_form"]["note"].value() == "Typed."
    assert again(response).status == "submitted"


@pytest.mark.parametrize("chosen", ["999999999999", "x", "-1", "0"])
def test_a_reason_that_is_not_there_is_refused_and_own_words_come_back(client, reviewer, chosen):
    response = submit()

    page = client.post(path_of(response, "decline"), opened(client, response, declined_for=chosen, reason="Mine."))

    form = page.context["decline_form"]
    assert form.errors == {"declined_for": ["This reason is not offered any more. Choose another one."]}
    assert form["reason"].value() == "Mine."
    assert again(response).status == "submitted"


def test_a_reason_that_is_offered_no_more_is_not_on_the_page(client, reviewer):
    DeclineReason.objects.exclude(slug="sent-before").update(is_offered=False)

    html = client.get(path_of(submit())).content.decode()

    assert re.findall('name="declined_for" value="([^"]*)"', html) == ["", str(reason("sent-before").pk)]


def test_a_reason_that_is_not_worded_in_the_language_of_the_reviewer_is_marked_as_english(client, reviewer):
    DeclineReason.objects.filter(slug="sent-before").update(title_sv="", text_sv="")
    response = submit()

    html = unescape(client.get(path_of(response), headers={"Accept-Language": "sv"}).content.decode())

    assert reason().title_sv in html
    assert f'<span lang="en" dir="ltr">{reason("sent-before").title_en} <small class="instead">' in html


def test_many_are_declined_for_one_standard_reason(client, reviewer):
    chosen = submit(), submit()
    action = {"action": "decline_selected", "_selected_action": [each.pk for each in chosen], "index": "0"}
    page = client.post(f"{LIST}?status=all", action)
    marks = {f"seen-{row.pk}": mark for row, _answers, mark in page.context["shown"]}

    client.post(f"{LIST}?status=all", action | marks | {"reason": "", "declined_for": reason().pk})

    assert [again(each).declined_for for each in chosen] == [reason(), reason()]
    assert Decision.objects.count() == 2


def test_the_enter_key_never_accepts(client, reviewer):
    """It presses the first button of a form that is on the page."""
    accepted, declined = make_response(), submit()
    declined.decline("No.")
    for response in (submit(), accepted, declined):
        html = client.get(path_of(response)).content.decode()

        first = re.search('<button[^>]* form="verbs"[^>]*>', html)[0]
        assert ("/decline/" in first, " disabled " in first) == (response != declined, response == declined)
        assert html.index(first) < html.index('<form name="page-')


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "forged.mark"}])
@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("accept", {}),
        ("decline", {"reason": "No."}),
        ("ask", {"question": "Who?"}),
        ("note", {"note": "Thanks."}),
        ("tell-readers", {"added_note": "Grief.", "added_kinds": []}),
    ],
)
def test_nobody_decides_about_what_they_have_not_seen(client, reviewer, verb, typed, seen):
    response = submit()
    before = Response.objects.values().get()

    page = client.post(path_of(response, verb), typed | seen)

    assert said(page)[0] == "This response has been changed since you opened it. Compare, then go on."
    assert (Response.objects.values().get(), Inquiry.objects.count()) == (before, 0)


def test_nobody_declines_many_whose_words_have_changed_since_they_were_read(client, reviewer):
    chosen = submit(), submit()
    action = {"action": "decline_selected", "_selected_action": [each.pk for each in chosen], "index": "0"}
    seen = {f"seen-{chosen[0].pk}": chosen[0].fingerprint}

    page = client.post(f"{LIST}?status=all", action | seen | {"reason": "No."}, follow=True)

    assert [again(each).status for each in chosen] == ["declined", "submitted"]
    assert said(page) == [
        "1 response declined.",
        "1 response was left as it is: its status does not allow this, or it has changed meanwhile.",
    ]


# --- Asking ------------------------------------------------------------------------------------------------------


def test_asking_puts_the_response_aside_and_opens_the_next(client, reviewer):
    response, next_one = submit(), submit()

    page = client.post(path_of(response, "ask"), opened(client, response, question="Who is <meant>?"))

    assert page.url == path_of(next_one)
    assert list(Inquiry.objects.values_list("response", "text")) == [(response.pk, "Who is <meant>?")]
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == ["Waiting for the author’s reply"]
    listed = client.get(f"{LIST}?status=asked").context["cl"].result_list
    assert list(listed) == [response]
    assert list(client.get(LIST).context["cl"].result_list) == [next_one]


def test_reviewers_read_every_question_and_reply(client, reviewer):
    response = submit(language="ar")
    response.ask("Who is <meant>?")
    response.reply("قرّاؤنا.")
    response.ask("Where?")

    html = client.get(path_of(response)).content.decode()
    action = {"action": "accept_selected", "_selected_action": [response.pk], "index": "0"}
    many = client.post(f"{LIST}?status=all", action).content.decode()
    for shown in (html, many):
        assert "Who is &lt;meant&gt;?" in shown
        assert '<blockquote class="words" lang="ar" dir="rtl"><p>قرّاؤنا.</p></blockquote>' in shown
        assert "Where?" in shown
        assert "None yet" in shown


@pytest.mark.parametrize(
    ("typed", "fault"), [(" ", "Write your question"), ("a\x00b", "character"), ("x" * 20_001, "")]
)
def test_a_question_that_cannot_be_stored_comes_back_with_the_reason(client, reviewer, typed, fault):
    response = submit()

    page = client.post(path_of(response, "ask"), opened(client, response, question=typed, reason="Kept."))

    assert fault in " ".join(page.context["ask_form"].errors["question"])
    assert page.context["ask_form"]["question"].value() == typed
    assert page.context["decline_form"]["reason"].value() == "Kept."
    assert (again(response).status, Inquiry.objects.count()) == ("submitted", 0)


def test_a_question_about_what_has_changed_meanwhile_is_refused_and_comes_back(client, reviewer):
    response = submit()
    typed = opened(client, response, question="Who?")
    response.accept()

    page = client.post(path_of(response, "ask"), typed)

    assert said(page)[0] == NOT_NOW
    assert page.context["ask_form"]["question"].value() == "Who?"
    assert ">Who?</textarea>" in page.content.decode().replace("\n", "")
    assert Inquiry.objects.count() == 0


def test_a_question_that_was_typed_stays_on_the_page_after_another_verb(client, reviewer):
    response = submit()

    page = client.post(path_of(response, "accept"), opened(client, response, question="Who?"))

    assert page.status_code == 200
    assert page.context["ask_form"]["question"].value() == "Who?"
    assert again(response).status == "accepted"


def test_a_question_about_a_response_that_was_put_away_meanwhile_comes_back(client, reviewer):
    response = submit()
    typed = opened(client, response, question="Who?")
    Recusal.objects.recuse(reviewer, response)

    page = client.post(path_of(response, "ask"), typed)

    assert page.status_code == 409
    assert "Who?" in page.content.decode()


# --- Undoing -----------------------------------------------------------------------------------------------------


def undo_in(page, **typed):
    """What the button in the message sends, with the form of the page that it stands on: (address, fields)."""
    html = page.content.decode()
    form = re.search('<form [^>]*id="verbs".*?</form>', html, flags=re.S)[0]
    sent = dict(re.findall('<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    button = re.search('<button[^>]* form="verbs"[^>]*formaction="([^"]+)" name="undo" value="([^"]+)"', html)
    return unescape(button[1]), sent | {"undo": button[2]} | typed


def test_the_page_that_comes_next_has_a_button_that_undoes_the_decision(client, reviewer):
    response, next_one = submit(), submit()

    page = client.post(path_of(response, "accept"), opened(client, response), follow=True)
    assert page.context["response"] == next_one
    assert said(page) == [f"Response {response.code}: Accepted [Undo]"]
    address, sent = undo_in(page, reason="", question="", note="")
    page = client.post(address, sent, follow=True)

    assert said(page) == ["It is as it was before."]
    assert page.context["response"] == response
    assert list(Response.objects.published()) == []
    log = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert log == ["Accepted", "Undone"]


def test_what_was_typed_about_the_next_response_stays_there_when_the_one_before_is_undone(client, reviewer):
    response, next_one = submit(), submit()
    page = client.post(f"{path_of(response, 'decline')}?", opened(client, response, reason="No."), follow=True)
    address, sent = undo_in(page, reason="", question="Who?", note="", declined_for=reason().pk)

    page = client.post(address, sent)

    assert (page.context["response"], again(response).status) == (next_one, "submitted")
    assert page.context["ask_form"]["question"].value() == "Who?"
    assert page.context["decline_form"]["declined_for"].value() == str(reason().pk)
    assert said(page) == [f'<a href="{path_of(response)}">Response {response.code}</a>: It is as it was before.']
    # Once more, it cannot be undone; nothing is lost either.
    page = client.post(address, sent)
    assert said(page)[0] == f"Response {response.code}: {NOT_NOW}"
    assert (page.context["response"], page.context["ask_form"]["question"].value()) == (next_one, "Who?")


def test_undoing_keeps_the_filters_of_the_list(client, reviewer):
    response, _next = submit(language="sw"), submit(language="sw")
    page = client.post(
        path_of(response, "accept"), opened(client, response, _changelist_filters="language=sw"), follow=True
    )
    address, sent = undo_in(page, reason="", question="", note="")

    assert client.post(address, sent).url == f"{path_of(response)}?_changelist_filters=language%3Dsw"


def test_any_reviewer_undoes_it_on_its_page_until_an_hour_has_passed(client, reviewer, monkeypatch):
    freeze(monkeypatch, "2026-03-10T12:00Z")
    response = submit()
    response.decline("No.", by=make_user("other"))
    freeze(monkeypatch, "2026-03-10T12:30Z")
    reader = Client()
    reader.force_login(reviewer)

    html = reader.get(path_of(response)).content.decode()
    assert "Declined by other. You can undo this until 13:00 UTC; no mail about it is sent before then." in html
    reader.post(path_of(response, "undo"), opened(reader, response))

    assert again(response).status == "submitted"


def test_after_an_hour_there_is_no_button_and_an_older_one_is_refused_with_the_reason(client, reviewer, monkeypatch):
    freeze(monkeypatch, "2026-03-10T12:00Z")
    response = submit()
    response.accept(by=reviewer)
    typed = opened(client, response)
    freeze(monkeypatch, "2026-03-10T13:00Z")

    page = client.post(path_of(response, "undo"), typed)

    assert said(page)[0] == "This cannot be undone: an hour has passed, or its author has changed it since."
    assert f'action="{path_of(response, "undo")}"' not in page.content.decode()
    assert again(response).status == "accepted"


def test_what_was_typed_meanwhile_stays_when_a_decision_is_undone(client, reviewer):
    response = submit()
    response.accept(by=reviewer)

    page = client.post(path_of(response, "undo"), opened(client, response, note="Typed."))

    assert (page.status_code, page.context["note_form"]["note"].value()) == (200, "Typed.")
    assert again(response).status == "submitted"


@pytest.mark.parametrize("seen", [None, "", "x", "forged.mark"])
def test_nobody_undoes_without_having_seen_it(client, reviewer, seen):
    response = submit()
    response.accept(by=reviewer)

    client.post(path_of(response, "undo"), {} if seen is None else {"seen": seen})

    assert again(response).status == "accepted"


def test_who_must_not_review_undoes_and_asks_nothing(client):
    response = submit()
    response.accept(by=make_user("reviewer"))
    client.force_login(make_user("coder", "Coder", is_staff=True))

    assert client.post(path_of(response, "undo"), {"seen": response.fingerprint}).status_code == 403
    assert client.post(path_of(response, "ask"), {"question": "Who?"}).status_code == 403
    assert (again(response).status, Inquiry.objects.count()) == ("accepted", 0)


def test_whoever_knows_the_author_undoes_nothing(client, reviewer):
    response = submit()
    response.accept(by=reviewer)
    Recusal.objects.recuse(reviewer, response)

    assert client.post(path_of(response, "undo"), {"seen": response.fingerprint}).status_code == 404
    assert again(response).status == "accepted"


def test_following_a_link_undoes_and_asks_nothing(client, reviewer):
    response = submit()
    response.accept(by=reviewer)

    assert [client.get(path_of(response, verb)).url for verb in ("undo", "ask")] == [path_of(response)] * 2
    assert again(response).status == "accepted"


def test_undoing_needs_the_csrf_token_and_the_button_in_the_message_has_it(csrf_client):
    csrf_client.force_login(make_user("reviewer", "Reviewer", is_staff=True))
    response = submit()
    token = lambda page: re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]  # noqa: E731
    page = csrf_client.get(path_of(response))
    accept = {"seen": page.context["seen"], "csrfmiddlewaretoken": token(page)}
    page = csrf_client.post(path_of(response, "accept"), accept, follow=True)
    address, sent = undo_in(page)
    assert page.redirect_chain[-1][0] == LIST

    assert csrf_client.post(address, sent | {"csrfmiddlewaretoken": ""}).status_code == 403
    csrf_client.post(address, sent)

    assert again(response).status == "submitted"


def test_many_are_undone_at_once_and_others_stay(client, reviewer):
    recent, other, final = submit(), submit(), make_response()
    for response in (recent, other):
        response.accept(by=reviewer)
    action = {"action": "undo_selected", "_selected_action": [recent.pk, final.pk], "index": "0"}

    asked = client.post(f"{LIST}?status=all", action)
    assert [row for row, _answers, _mark in asked.context["shown"]] == [recent]
    assert "Accepted by reviewer. You can undo this until" in asked.content.decode()
    marks = {f"seen-{recent.pk}": asked.context["shown"][0][2]}
    page = client.post(f"{LIST}?status=all", action | marks | {"confirmed": "yes"}, follow=True)

    assert [again(each).status for each in (recent, other, final)] == ["submitted", "accepted", "accepted"]
    assert said(page) == [
        "1 response is as it was before.",
        "1 response was left as it is: its status does not allow this, or it has changed meanwhile.",
    ]
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == ["Undone"]


def test_undoing_many_twice_undoes_one_decision(client, reviewer):
    response = submit()
    response.accept(by=reviewer)
    response.decline("No.", by=reviewer)
    action = {"action": "undo_selected", "_selected_action": [response.pk], "index": "0"}
    page = client.post(f"{LIST}?status=all", action)
    confirmed = action | {"confirmed": "yes", f"seen-{response.pk}": again(response).fingerprint}

    for _press in range(2):
        page = client.post(f"{LIST}?status=all", confirmed, follow=True)

    assert again(response).status == "accepted"
    assert said(page)[0] == "0 responses are as before."
