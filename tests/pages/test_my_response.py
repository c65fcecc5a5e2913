from datetime import date

import pytest

from responses.models import Response
from tests.factories import change_current, make_evidence, make_response, make_translation, make_user, submit

pytestmark = pytest.mark.django_db


def edit(client, response, seen=None, **typed):
    seen = seen or Response.objects.get(pk=response.pk).fingerprint
    return client.post(f"/en/my-response/{response.key}/edit/", {**typed, "seen": seen, "complete": "yes"})


def page_of(client, response, tail=""):
    return client.get(f"/en/my-response/{response.key}/{tail}")


def test_the_author_sees_code_status_and_words(client):
    response = submit({"meaning": "Maneno <yangu> & yako."})

    html = page_of(client, response).content.decode()

    assert response.code in html
    assert '<blockquote class="words" lang="sw" dir="ltr"><p>Maneno &lt;yangu&gt; &amp; yako.</p></blockquote>' in html
    assert "Received on March 1, 2026" in html
    assert "Waiting to be read by an organizer" in html
    assert "Version 2, agreed to on March 1, 2026" in html


def test_the_author_of_a_declined_response_reads_the_reason(client):
    response = submit()
    response.decline("It names <somebody>.")

    assert "It names &lt;somebody&gt;." in page_of(client, response).content.decode()


def test_the_author_sees_translations_and_what_they_are_evidence_for(client):
    response = make_response({"meaning": "Kila mtu ana nafasi."})
    answer = response.answers.get()
    make_translation(answer, language="ar")
    make_translation(answer, language="es", reviewed=False, translator=make_user("translator"))
    make_evidence(answer, quote="nafasi")

    html = page_of(client, response).content.decode()

    assert "العربية" in html.split('class="progress"')[1]
    assert '<span lang="es"' not in html
    assert '<a href="/en/problems/closed-doors/">Closed doors</a>' in html


HAUSA = "A gare mu bambanci yana nufin kowane harshe da kowane mutum daga kowane yanki."


def test_the_author_is_asked_about_a_language_that_may_have_been_chosen_by_mistake(client):
    response = submit({"meaning": HAUSA}, language="en")

    html = page_of(client, response).content.decode()

    assert (
        'These words look like <bdi lang="ha" dir="ltr" translate="no">Hausa</bdi>; '
        'you chose <bdi lang="en" dir="ltr" translate="no">English</bdi>.'
    ) in html
    assert Response.objects.get().language == "en"
    change = page_of(client, response, "edit/?language=ha").content.decode()
    assert '<option value="ha" selected>Hausa</option>' in change
    assert HAUSA in change
    edit(client, response, meaning=HAUSA, language="ha")
    assert Response.objects.get().language == "ha"
    assert "These words look like" not in page_of(client, response).content.decode()


def test_the_author_of_a_published_response_is_not_asked_about_its_language(client):
    response = make_response({"meaning": HAUSA}, language="en")

    assert "These words look like" not in page_of(client, response).content.decode()


def test_an_unknown_language_in_the_address_is_ignored(client):
    response = submit({"meaning": HAUSA}, language="en")

    html = page_of(client, response, "edit/?language=<b>").content.decode()

    assert '<option value="en" selected>English</option>' in html
    assert "<b>" not in html


def test_evidence_from_a_response_for_the_organizers_only_is_shown_to_nobody(client):
    response = make_response(sharing="organizers")
    make_evidence(response.answers.get())

    assert "closed-doors" not in page_of(client, response).content.decode()


@pytest.mark.parametrize("key", ["a" * 26, "2" * 26, "short", "A" * 26, "%00" * 26, "a" * 5000])
@pytest.mark.parametrize("tail", ["", "edit/", "withdraw/"])
def test_a_forged_link_leads_nowhere(client, key, tail):
    submit()

    page = client.get(f"/en/my-response/{key}/{tail}")

    assert page.status_code == 404
    assert "compare it letter by letter" in page.content.decode()


def test_the_page_is_not_cached_and_its_address_stays_secret(client):
    page = page_of(client, submit())

    assert {name: page.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "strict-origin",
        "X-Robots-Tag": "noindex",
    }
    assert dict(page.cookies) == {}


def test_posting_to_the_page_is_refused(client):
    assert client.post(f"/en/my-response/{submit().key}/").status_code == 405


def test_editing_sends_the_response_back_to_review(client):
    response = make_response({"meaning": "Before."})

    page = edit(client, response, meaning="After.\r\nMore.", needs="", resources="New.")

    assert page.url == f"/en/my-response/{response.key}/"
    assert set(Response.objects.values_list("status", "answers__text")) == {
        ("submitted", "After.\nMore."),
        ("submitted", "New."),
    }


def test_of_two_people_editing_at_once_neither_overwrites_the_other(client):
    response = submit({"meaning": "Before."})
    seen = response.fingerprint
    edit(client, response, meaning="Mine.", needs="Mine too.")

    page = edit(client, response, seen=seen, meaning="Theirs.")

    html = page.content.decode()
    assert "This response has been changed since you opened it." in html
    assert "\nTheirs.</textarea>" in html
    assert "Mine too.</p></blockquote>" in html
    assert set(response.answers.values_list("text", flat=True)) == {"Mine.", "Mine too."}
    assert edit(client, response, seen=page.context["seen"], meaning="Both.").status_code == 302


def test_they_see_the_language_that_the_other_one_has_chosen(client):
    response = submit({"meaning": "Before."}, language="sw")
    seen = response.fingerprint
    edit(client, response, meaning="Before.", language="ha")

    now = edit(client, response, seen=seen, meaning="Theirs.", language="sw").content.decode()

    assert '<span lang="ha" dir="ltr" translate="no">Hausa</span>' in now.partition("What is stored now")[2]


def test_an_edit_that_arrived_incomplete_changes_nothing(client):
    response = make_response({"meaning": "Before.", "needs": "Stays."})
    cut = b'--x\r\nContent-Disposition: form-data; name="meaning"\r\n\r\nThe line drops in the mid'

    page = client.post(f"/en/my-response/{response.key}/edit/", cut, content_type="multipart/form-data; boundary=x")

    assert "Not all of it arrived" in page.content.decode()
    assert set(Response.objects.published().values_list("answers__text", flat=True)) == {"Before.", "Stays."}


def test_the_form_for_editing_holds_the_words_and_announces_another_review(client):
    html = page_of(client, make_response({"meaning": "Before."}), "edit/").content.decode()

    assert "\nBefore.</textarea>" in html
    assert "read by an organizer again" in html


def test_an_edit_must_leave_at_least_one_answer(client):
    response = make_response({"meaning": "Before."})

    page = client.post(f"/en/my-response/{response.key}/edit/", {"meaning": " ", "complete": "yes"})

    assert "Answer at least one of the questions." in page.content.decode()
    assert list(Response.objects.published()) == [response]


@pytest.mark.parametrize("language", ["", "tlh-nonsense", "<b>", "und-"])
def test_editing_with_a_language_that_is_none_changes_nothing_and_gives_the_words_back(client, language):
    response, other = make_response({"meaning": "Before."}), make_response({"meaning": "Another."}, language="ar")

    page = edit(client, response, meaning="After.", language=language)

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["language"])
    assert "\nAfter.</textarea>" in page.content.decode()
    assert set(Response.objects.published()) == {response, other}
    assert {each.language: each.answers.get().text for each in Response.objects.all()} == {
        "sw": "Before.",
        "ar": "Another.",
    }


def test_switching_the_language_while_editing_keeps_the_new_words(client):
    response = make_response({"meaning": "Before."})

    page = client.post(f"/ar/my-response/{response.key}/edit/", {"meaning": "Half a sent", "action": "switch"})

    assert "\nHalf a sent</textarea>" in page.content.decode()
    assert list(Response.objects.published()) == [response]


def test_withdrawing_asks_for_confirmation_and_leaves_a_tombstone(client):
    response = make_response({"meaning": "Maneno."})

    asked = page_of(client, response, "withdraw/")
    assert "This cannot be undone." in asked.content.decode()
    assert list(Response.objects.published()) == [response]

    for _click in range(2):
        assert client.post(f"/en/my-response/{response.key}/withdraw/").status_code == 302
    html = page_of(client, response).content.decode()
    assert "You withdrew this response on" in html
    assert "Maneno." not in html
    assert page_of(client, response, "withdraw/").status_code == 302
    assert "was withdrawn" in page_of(client, response, "edit/").content.decode()


@pytest.mark.parametrize("tail", ["edit/", "withdraw/"])
def test_a_post_from_another_site_changes_nothing(csrf_client, tail):
    response = make_response({"meaning": "Before."})

    page = csrf_client.post(
        f"/en/my-response/{response.key}/{tail}", {"meaning": "After."}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert page.status_code == 403
    assert list(Response.objects.published().values_list("answers__text", flat=True)) == ["Before."]


def test_the_page_takes_the_same_number_of_queries_for_one_answer_and_for_three(client, django_assert_num_queries):
    one = make_response({"meaning": "1"})
    three = make_response({"meaning": "1", "needs": "2", "resources": "3"})

    for response in (one, three):
        # response, questions and earlier versions, contact; history, translations, evidence, quotations, moved
        # promises; answers and masks; questions of organizers; what its author is asked back, and has been
        with django_assert_num_queries(15):
            page_of(client, response)


@pytest.mark.parametrize("number", [1, 3])
def test_so_it_does_for_one_moved_promise_and_for_three(client, django_assert_num_queries, clock, number):
    change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 4, 1))
    response = make_response({"meaning": "1"}, on=date(2026, 3, 10))
    conversation = change_current(results_by=date(2026, 5, 1))
    for day in range(number):
        conversation.moved_promises.create(
            results_by=date(2026, 4, 1 + day), moved_on=date(2026, 3, 10 + day), reason_en="We were ill."
        )

    # the same, and the promise by the day of sending is compared without one more
    with django_assert_num_queries(15):
        html = page_of(client, response).content.decode()

    assert html.count("The day by which the results are promised was moved on") == number


@pytest.mark.parametrize("to", [date(2026, 6, 1), None])
def test_what_the_organizers_say_of_a_moved_promise_stands_as_on_the_page_of_the_conversation(client, clock, to):
    conversation = change_current(closes_on=date(2026, 3, 31), results_by=date(2026, 5, 1))
    response = submit(on=date(2026, 3, 10))
    clock("2026-04-02")
    conversation.results_by = to
    conversation.store(reason="Two are ill.\nWe wait.")

    own = page_of(client, response).content.decode()
    public = client.get(conversation.get_absolute_url()).content.decode()

    said = 'The organizers say why:\n<p class="note worded">Two are ill.\nWe wait.</p>'
    assert (said in own, said in public) == (True, True)
