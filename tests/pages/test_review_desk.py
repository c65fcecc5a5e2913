from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from responses.models import Response
from tests.factories import make_response, make_user, submit

pytestmark = pytest.mark.django_db

LIST = "/admin/responses/response/"


def path_of(response, verb="change"):
    return f"{LIST}{response.pk}/{verb}/"


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    return user


def status_of(response):
    response.refresh_from_db()
    return response.status


def listed(page):
    return list(page.context["cl"].result_list)


def test_strangers_sign_in_on_the_page_that_limits_guessing(client):
    assert client.get(LIST).url == f"/admin/login/?next={LIST}"
    assert client.get("/admin/login/").url.startswith("/en/accounts/login/")


@pytest.mark.parametrize("group", ["Coder", "Translator"])
def test_staff_with_another_task_can_see_and_do_nothing_here(client, group):
    client.force_login(make_user("other", group, is_staff=True))
    response = submit()

    assert [client.get(path).status_code for path in (LIST, path_of(response))] == [403, 403]
    assert client.post(path_of(response, "accept"), {"seen": response.fingerprint}).status_code == 403
    assert client.post(path_of(response, "decline"), {"reason": "No."}).status_code == 403
    assert status_of(response) == "submitted"


def test_the_desk_shows_waiting_responses_first_the_oldest_at_the_top(client, reviewer):
    newer = submit(on=date(2026, 2, 2))
    older = submit(on=date(2026, 2, 1))
    make_response()

    assert listed(client.get(LIST)) == [older, newer]
    assert len(listed(client.get(f"{LIST}?status=all"))) == 3
    assert listed(client.get(f"{LIST}?status=declined")) == []


def test_answers_are_shown_with_their_own_language_and_direction(client, reviewer):
    response = submit({"meaning": "كل شخص <b>"}, language="ar")

    html = client.get(path_of(response)).content.decode()

    assert '<blockquote class="words" lang="ar" dir="rtl"><p>كل شخص &lt;b&gt;</p></blockquote>' in html


def test_invisible_characters_are_named(client, reviewer):
    response = submit({"meaning": "safe\u202etxt.exe\u2066"})

    html = client.get(path_of(response)).content.decode()

    assert "RIGHT-TO-LEFT OVERRIDE" in html
    assert "LEFT-TO-RIGHT ISOLATE" in html


def test_accepting_publishes_logs_the_reviewer_and_opens_the_next_response(client, reviewer):
    response, next_one = submit(on=date(2026, 1, 1)), submit(on=date(2026, 1, 2))

    page = client.post(path_of(response, "accept"), {"seen": response.fingerprint})

    assert page.url == path_of(next_one)
    assert status_of(response) == "accepted"
    assert [(entry.user, entry.object_repr) for entry in LogEntry.objects.all()] == [(reviewer, response.code)]


def test_a_response_that_changed_since_it_was_opened_cannot_be_accepted(client, reviewer):
    response = submit({"meaning": "Read."})
    seen = response.fingerprint
    response.answers.update(text="Not read.")

    page = client.post(path_of(response, "accept"), {"seen": seen}, follow=True)

    assert "has been changed since you opened it" in page.content.decode()
    assert status_of(response) == "submitted"


def test_declining_stores_the_reason(client, reviewer):
    response = submit()

    client.post(path_of(response, "decline"), {"reason": "It names a person.", "seen": response.fingerprint})

    assert (status_of(response), response.decline_reason) == ("declined", "It names a person.")


def test_declining_without_a_valid_reason_is_refused_with_a_message(client, reviewer):
    response = submit()

    for reason in (" ", "a\x00b", "x" * 20_001):
        page = client.post(path_of(response, "decline"), {"reason": reason})
        assert page.status_code == 200
        assert page.context["decline_form"].errors
        assert page.context["decline_form"]["reason"].value() == reason
    assert status_of(response) == "submitted"


def test_a_response_that_changed_since_it_was_opened_cannot_be_declined(client, reviewer):
    response = submit({"meaning": "Read."})
    read = response.fingerprint
    response.answers.update(text="Improved.")

    client.post(path_of(response, "decline"), {"reason": "No.", "seen": read})

    assert status_of(response) == "submitted"


def test_following_a_link_neither_accepts_nor_declines(client, reviewer):
    response = submit()

    pages = {verb: client.get(path_of(response, verb)) for verb in ("accept", "decline", "note")}

    # The page can come back there, with a fault: opened once more, it leads back to the response.
    back = f"/admin/responses/response/{response.pk}/change/"
    assert {verb: page.url for verb, page in pages.items()} == dict.fromkeys(pages, back)
    assert status_of(response) == "submitted"


def test_accepting_needs_the_csrf_token(csrf_client):
    csrf_client.force_login(make_user("reviewer", "Reviewer", is_staff=True))
    response = submit()

    assert csrf_client.post(path_of(response, "accept"), {"seen": response.fingerprint}).status_code == 403
    assert status_of(response) == "submitted"


def run(client, action, *responses, **more):
    chosen = {"action": action, "_selected_action": [response.pk for response in responses], **more}
    return client.post(f"{LIST}?status=all", chosen, follow=True)


def seen(*responses):
    return {f"seen-{response.pk}": Response.objects.get(pk=response.pk).fingerprint for response in responses}


def test_accepting_many_shows_their_words_first(client, reviewer):
    waiting, withdrawn = submit({"meaning": "Words to read."}), submit()
    withdrawn.withdraw()

    page = run(client, "accept_selected", waiting, withdrawn)

    assert "Words to read.</p></blockquote>" in page.content.decode()
    assert [(response, mark) for response, answers, mark in page.context["shown"]] == [(waiting, waiting.fingerprint)]
    assert status_of(waiting) == "submitted"


def test_accepting_many_accepts_those_that_wait_and_says_how_many(client, reviewer):
    waiting, withdrawn = [submit(), submit()], submit()
    withdrawn.withdraw()
    accepted = make_response(accepted_on=date(2026, 1, 1))
    chosen = (*waiting, withdrawn, accepted)

    html = run(client, "accept_selected", *chosen, confirmed="yes", **seen(*chosen)).content.decode()

    assert [status_of(response) for response in (*waiting, withdrawn)] == ["accepted", "accepted", "withdrawn"]
    assert (status_of(accepted), accepted.accepted_on) == ("accepted", date(2026, 1, 1))
    assert "2 responses accepted." in html
    assert "2 responses were left as they are" in html


def test_accepting_many_leaves_out_responses_that_changed_after_they_were_read(client, reviewer):
    response = submit({"meaning": "Read."})
    read = seen(response)
    response.answers.update(text="Never read by anybody.")

    run(client, "accept_selected", response, confirmed="yes", **read)
    run(client, "accept_selected", response, confirmed="yes")

    assert status_of(response) == "submitted"


def test_declining_many_asks_for_a_reason_first(client, reviewer):
    waiting, withdrawn = submit(), submit()
    withdrawn.withdraw()

    asked = run(client, "decline_selected", waiting, withdrawn)
    assert "for the same reason" in asked.content.decode()
    assert status_of(waiting) == "submitted"

    html = run(client, "decline_selected", waiting, withdrawn, reason="Advertising.", **seen(waiting)).content.decode()
    assert (status_of(waiting), waiting.decline_reason) == ("declined", "Advertising.")
    assert status_of(withdrawn) == "withdrawn"
    assert "1 response declined." in html


def test_people_who_may_only_view_responses_cannot_accept_them(client):
    user = make_user("looker", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_response"))
    client.force_login(user)
    response = submit()

    assert "/accept/" not in client.get(path_of(response)).content.decode()
    assert client.post(path_of(response, "accept"), {"seen": response.fingerprint}).status_code == 403
    run(client, "accept_selected", response)
    assert status_of(response) == "submitted"


@pytest.mark.parametrize(
    "query", ["display_name__startswith=A", "key_hash__startswith=a", "user__email__contains=@", "place__regex=.*"]
)
def test_the_list_cannot_be_filtered_by_columns_it_does_not_show(client, reviewer, query):
    submit()

    assert client.get(f"{LIST}?{query}").url == f"{LIST}?e=1"


def test_responses_cannot_be_added_changed_or_deleted_here(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    response = submit({"meaning": "As it was."})

    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(path_of(response, "delete")).status_code == 403
    client.post(path_of(response), {"code": "changed1", "status": "accepted"})
    assert (Response.objects.get().code, status_of(response)) == (response.code, "submitted")


def test_a_response_that_does_not_exist_causes_no_error(client, reviewer):
    assert client.get(f"{LIST}999999/change/").url == "/admin/"
    assert client.post(f"{LIST}999999/accept/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_one_response_and_for_three(
    client, reviewer, django_assert_num_queries, number
):
    for _ in range(number):
        submit({"meaning": "1", "needs": "2"})

    client.get("/admin/")  # The first page of a session stores its language.

    # Session, user, permissions (2), how many wait for others; questions (2), languages, conversations and regions, for
    # the filters and for the words; count, rows, flags.
    with django_assert_num_queries(13):
        client.get(LIST)


@pytest.mark.parametrize("answers", [{"meaning": "1"}, {"meaning": "1", "needs": "2", "resources": "3"}])
def test_reading_takes_the_same_number_of_queries_for_one_answer_and_for_three(
    client, reviewer, django_assert_num_queries, answers
):
    response = submit(answers)

    client.get("/admin/")  # The first page of a session stores its language.

    # Session, user, response, permissions (2), answers, inquiries, earlier versions (2), decision, reasons to decline,
    # what is hidden and in which translations (2), flags, what was put away, help with reading it (4), and eleven for
    # its place in the list, who reads it, and what is alike.
    with django_assert_num_queries(30):
        client.get(path_of(response))


@pytest.mark.parametrize("query", ["status=%00", "sharing__exact=%00", "q=%00"])
def test_a_filter_with_a_nul_character_is_refused_on_every_database(client, reviewer, query):
    assert client.get(f"{LIST}?{query}").status_code == 400


def sent():
    return submit()


def asked():
    response = submit()
    response.ask("Who is meant?")
    return response


def accepted():
    return make_response()


def declined():
    response = submit()
    response.decline("Not about the questions.")
    return response


def withdrawn():
    response = submit()
    response.withdraw()
    return response


@pytest.mark.parametrize(
    ("made", "verbs"),
    [
        (sent, ["accept", "decline", "ask", "note"]),
        (asked, ["accept", "decline", "note"]),
        (accepted, ["decline", "note"]),
        (declined, ["accept", "note"]),
        (withdrawn, []),
    ],
)
def test_a_reviewer_is_offered_what_can_be_done_with_it(client, reviewer, made, verbs):
    response = made()

    html = client.get(path_of(response)).content.decode()

    assert [
        verb for verb in ("accept", "decline", "ask", "note") if f'action="{path_of(response, verb)}"' in html
    ] == verbs
