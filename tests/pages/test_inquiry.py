"""Organizers ask an author something; the author reads it on their page and replies there."""

import re
from html import unescape

import pytest

from responses.models import Inquiry, Question, Response
from tests.factories import freeze, make_response, make_user, submit

pytestmark = pytest.mark.django_db

GONE = "The organizers do not wait for a reply to this question any more."


def asked(question="Who is <meant>?", **fields):
    response = submit(**fields)
    response.ask(question)
    return response


def page_of(response, language="en"):
    return f"/{language}/my-response/{response.key}/"


def reply_to(response, language="en"):
    return f"{page_of(response, language)}reply/{Inquiry.objects.get(response=response, replied_on=None).pk}/"


def send(client, address, text, **more):
    return client.post(address, {"reply": text, "action": "send", "complete": "yes"} | more)


def again(response):
    return Response.objects.get(pk=response.pk)


def test_the_author_reads_the_question_first_and_a_form_for_the_reply(client):
    response = asked()

    html = client.get(page_of(response)).content.decode()

    assert "<h2>The organizers ask you something</h2>" in html
    assert '<div class="words" dir="auto"><p>Who is &lt;meant&gt;?</p></div>' in html
    assert f'action="{reply_to(response)}"' in html
    assert "Only the organizers read it. It is never published." in html
    assert "Waiting for your reply. Nobody but the organizers sees your response." in html
    assert html.index("The organizers ask you something") < html.index("What became of it")


def test_nobody_is_asked_to_reply_before_there_is_a_question_or_after_the_reply(client):
    waiting, replied = submit(), asked()
    replied.reply("We.")

    for response in (waiting, replied):
        html = client.get(page_of(response)).content.decode()
        assert "The organizers ask you something" not in html
        assert "Waiting to be read by an organizer." in html


def test_a_reply_puts_the_response_back_and_stays_on_the_page_of_its_author(client, monkeypatch):
    freeze(monkeypatch, "2026-03-10T12:00Z")
    response = asked(language="ar")

    page = send(client, reply_to(response), "قرّاؤنا <كلهم>.")

    assert page.url == page_of(response)
    assert list(Response.objects.awaiting_review()) == [response]
    html = client.get(page_of(response)).content.decode()
    assert "On March 10, 2026 the organizers asked you:" in html
    assert "Your reply of March 10, 2026, for the organizers only:" in html
    assert '<blockquote class="words" lang="ar" dir="rtl"><p>قرّاؤنا &lt;كلهم&gt;.</p></blockquote>' in html


def test_a_reply_is_in_no_public_page(client):
    response = asked()
    response.reply("Secret reply")
    response.accept()

    for address in (f"/en/responses/{response.code}/", "/en/responses/", "/en/responses/?q=secret", "/en/"):
        html = client.get(address).content.decode()
        assert "Secret reply" not in html
        assert "meant" not in html


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("  ", "Write your reply first."),
        ("a\x00b", "character"),
        ("x" * 20_001, "1 character too long"),
    ],
)
def test_a_reply_that_cannot_be_stored_comes_back_with_the_reason(client, typed, fault):
    response = asked()

    page = send(client, reply_to(response), typed)

    [(_anchor, message)] = page.context["reply_form"].faults
    assert fault in message
    assert page.context["reply_form"]["reply"].value() == typed
    assert (again(response).status, Inquiry.objects.get().reply) == ("asked", "")


def test_a_reply_that_arrived_incomplete_changes_nothing_and_comes_back(client):
    response = asked()

    page = send(client, reply_to(response), "Half a", complete="")

    assert "Not all of it arrived" in page.content.decode()
    assert "\nHalf a</textarea>" in page.content.decode()
    assert again(response).status == "asked"


def test_line_ends_and_spaces_of_a_reply_stay_as_typed(client):
    response = asked()

    send(client, reply_to(response), "  Line 1.\r\n\r\nLine 2.  ")

    assert Inquiry.objects.get().reply == "  Line 1.\n\nLine 2.  "


def take_back(response):
    response.ask("Who?", by=make_user("reviewer"))
    address = reply_to(response)
    response.undo()
    return address


def decide(response):
    response.ask("Who?")
    address = reply_to(response)
    response.accept()
    return address


def replied(response):
    response.ask("Who?")
    address = reply_to(response)
    response.reply("We.")
    return address


@pytest.mark.parametrize("meanwhile", [take_back, decide, replied])
def test_a_reply_that_nobody_waits_for_any_more_comes_back_with_the_reason(client, meanwhile):
    response = submit()
    address = meanwhile(response)
    before = list(Inquiry.objects.values("text", "reply"))

    page = send(client, address, "My <long> reply.")

    html = page.content.decode()
    assert page.status_code == 200
    assert GONE in html
    assert "\nMy &lt;long&gt; reply.</textarea>" in html
    assert list(Inquiry.objects.values("text", "reply")) == before


def test_a_reply_to_a_withdrawn_response_comes_back(client):
    response = asked()
    address = reply_to(response)
    response.withdraw()

    page = send(client, address, "My <long> reply.")

    assert "\nMy &lt;long&gt; reply.</textarea>" in page.content.decode()
    assert Inquiry.objects.count() == 0


@pytest.mark.parametrize("number", ["0", "1", "9" * 18, "9" * 30])
def test_a_reply_to_a_question_that_never_was_changes_nothing(client, number):
    response = asked()

    page = client.post(f"{page_of(response)}reply/{number}/", {"reply": "We.", "action": "send", "complete": "yes"})

    assert again(response).status == "asked"
    assert page.status_code in (200, 404)
    if page.status_code == 200:
        assert "\nWe.</textarea>" in page.content.decode()


def test_a_question_of_another_response_cannot_be_replied_to(client):
    mine, other = asked(), asked("Where?")

    send(client, f"{page_of(mine)}reply/{Inquiry.objects.get(response=other).pk}/", "We.")

    assert [again(each).status for each in (mine, other)] == ["asked", "asked"]
    assert set(Inquiry.objects.values_list("reply", flat=True)) == {""}


def test_what_is_typed_goes_along_into_another_language_of_the_page_from_the_first_time(client):
    response = asked()
    html = client.get(page_of(response)).content.decode()
    address = reply_to(response, "ar")
    assert (
        f'<button class="link" form="reply-form" formaction="{address}" name="action" value="switch" lang="ar"' in html
    )
    # The Enter key does not change the language.
    assert '<button form="reply-form" name="action" value="send" class="default-button"' in html

    page = client.post(address, {"reply": "Nusu ya <neno>", "action": "switch", "complete": "yes"})

    html = page.content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert "\nNusu ya &lt;neno&gt;</textarea>" in html
    assert page.context["reply_form"].faults == []
    assert again(response).status == "asked"
    # A bookmark and a reload by the address lead to the author's page in the same language.
    assert client.get(address).url == page_of(response, "ar")


def test_without_a_question_the_author_changes_the_language_of_the_page_too(client):
    response = make_response()
    html = client.get(page_of(response)).content.decode()
    address = re.search('formaction="([^"]+)" name="action" value="switch" lang="ar"', html)[1]

    page = client.post(address, {"action": "switch", "email": "me@exam"})

    assert page.status_code == 200
    assert 'value="me@exam"' in page.content.decode()
    assert 'lang="ar" dir="rtl"' in page.content.decode()


def test_a_reply_from_another_site_is_refused_and_comes_back(csrf_client):
    response = asked()

    headers = {"Origin": "https://other.example", "Sec-Fetch-Site": "cross-site"}
    page = csrf_client.post(reply_to(response), {"reply": "We.", "action": "send", "complete": "yes"}, headers=headers)

    assert page.status_code == 403
    assert "We." in page.content.decode()
    assert again(response).status == "asked"


def test_without_the_secret_link_nobody_replies(client):
    response = asked()

    assert send(client, reply_to(response).replace(response.key, "a" * 26), "We.").status_code == 404
    assert again(response).status == "asked"


def test_the_browser_is_asked_to_keep_a_copy_and_to_delete_it_when_the_reply_has_arrived(client):
    response = asked()

    before = client.get(page_of(response)).content.decode()
    response.reply("We.")
    after = client.get(page_of(response)).content.decode()

    copy = f"reply-{response.code}"
    assert (f'data-copy="{copy}"' in before, "keep-words.js" in before, "data-replied" in before) == (True, True, False)
    assert (f'data-copy="{copy}"' in after, "keep-words.js" in after) == (False, False)
    assert f'data-replied="{copy}"' in after
    response.withdraw()
    assert f' {copy}"' in client.get(page_of(response)).content.decode()


def test_question_and_reply_are_in_the_files_to_take_along(client, monkeypatch):
    freeze(monkeypatch, "2026-03-10T12:00Z")
    response = asked()
    response.reply("Our\nreaders.")
    response.note("Thank <you>.")

    data = client.get(f"{page_of(response)}data.json").json()
    text = client.get(f"{page_of(response)}data.txt").content.decode()

    assert data["inquiries"] == [
        {
            "asked_on": "2026-03-10",
            "text": "Who is <meant>?",
            "reply": "Our\nreaders.",
            "replied_on": "2026-03-10",
        }
    ]
    for each in ("Status: Waiting for review", "Who is <meant>?", "Our\nreaders.", "Thank <you>."):
        assert each in text


def test_whoever_changes_the_words_instead_is_not_asked_any_more(client):
    response = asked()
    response.edit({Question.objects.get(slug="meaning"): "Anew."})

    html = unescape(client.get(page_of(response)).content.decode())

    assert "The organizers ask you something" not in html
    assert "Who is <meant>?" in html
    assert "Changed by you on" in html


def test_the_responses_in_an_account_say_that_a_reply_is_awaited(client):
    user = make_user("me")
    client.force_login(user)
    response = asked()
    response.attach(user)

    assert "Waiting for the author’s reply" in client.get("/en/my-responses/").content.decode()


def test_how_we_review_says_that_an_organizer_can_ask_and_that_a_decision_can_be_taken_back(client):
    html = client.get("/en/how-we-review/").content.decode()

    assert "If something is unclear, the organizer can ask you." in html
    assert "A decision can be taken back for an hour." in html
    assert "readers can tell the organizers so; they need no account" in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_number_of_queries_for_one_question_and_for_three(
    client, django_assert_num_queries, number
):
    response = submit()
    for n in range(number):
        response.ask(f"Question {n}?")
        response.reply(f"Reply {n}.")

    client.get(page_of(response))

    with django_assert_num_queries(12):
        client.get(page_of(response))


def test_a_reply_that_says_what_organizers_hide_comes_back_with_the_words_named(client):
    response = asked()
    answer = response.answers.get()
    answer.mask(0, 4, "A name.", by=None, seen=answer.fingerprint)
    hidden = answer.authors_text[:4]

    page = send(client, reply_to(response), f"It is {hidden}.")

    assert hidden in page.content.decode()
    assert response.inquiries.get().reply == ""
