"""The review desk: a response that a reviewer cannot read, and what was translated of it for reviewers."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from responses.models import KnownLanguage, ReadingAid, ReadingRequest, Response
from tests.factories import make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    return user


def path_of(response, verb="change"):
    return f"/admin/responses/response/{response.pk}/{verb}/"


def read(client, response):
    return client.get(path_of(response)).content.decode()


def offered(html):
    select = html.partition('<select name="into"')[2].partition("</select>")[0]
    return re.findall(r'<option value="([\w-]+)"', select)


def ask(client, response, into="en", **fields):
    return client.post(path_of(response, "for-reviewers"), {"into": into, "seen": response.fingerprint} | fields)


def asked():
    return list(ReadingRequest.objects.values_list("response", "language", "requested_by", "by_machine"))


def test_a_reviewer_asks_for_a_translation_and_sees_that_it_was_asked_for(client, reviewer):
    response = submit()

    page = ask(client, response).content.decode()

    assert asked() == [(response.pk, "en", reviewer.pk, False)]
    assert "waits for a translator" in page
    assert "reviewer" in page.partition("I cannot read this")[2]
    assert [str(entry) for entry in LogEntry.objects.values_list("change_message", flat=True)] == [
        "translation asked for by reviewers: en"
    ]


def test_asking_twice_is_safe(client, reviewer):
    response = submit()

    for _time in range(2):
        assert ask(client, response).status_code == 200

    assert asked() == [(response.pk, "en", reviewer.pk, False)]


def test_asking_loses_nothing_that_was_typed(client, reviewer):
    page = ask(client, submit(), reason="Half a reason", note="Half a note").content.decode()

    assert "Half a reason</textarea>" in page
    assert "Half a note</textarea>" in page


def test_the_languages_that_the_reviewer_reads_are_offered_or_else_those_of_the_interface(client, reviewer, settings):
    response = submit(language="sw")
    assert set(offered(read(client, response))) == {code for code, _name in settings.LANGUAGES} - {"sw"}

    for code in ("sw", "ha", "en"):
        KnownLanguage.objects.create(user=reviewer, language=code, reads=True)
    KnownLanguage.objects.create(user=reviewer, language="yo", writes=True)

    assert offered(read(client, response)) == ["en", "ha"]


@pytest.mark.parametrize("into", ["", "sw", "xx", "ha"])
def test_a_language_that_was_not_offered_is_refused(client, reviewer, into):
    page = ask(client, submit(language="sw"), into)

    assert (page.status_code, asked()) == (200, [])


def test_a_machine_is_offered_only_if_it_is_ones_own(client, reviewer, settings):
    response = submit()
    settings.MACHINE_TRANSLATION_URL = "http://127.0.0.1:9"
    assert 'name="by_machine"' not in read(client, response)
    ask(client, response, by_machine="yes")
    assert asked() == [(response.pk, "en", reviewer.pk, False)]

    settings.MACHINE_TRANSLATION_IS_OWN = True

    assert 'name="by_machine"' in read(client, response)
    page = ask(client, response, by_machine="yes").content.decode()
    assert asked() == [(response.pk, "en", reviewer.pk, True)]
    assert "waits for our own machine or a translator" in page


def test_what_is_for_the_organizers_only_cannot_be_given_to_anybody(client, reviewer):
    kept, allowed = submit(sharing="organizers"), submit(sharing="organizers", may_be_translated=True)

    assert "it cannot be given to anybody to translate" in read(client, kept)
    assert offered(read(client, kept)) == []
    assert "it cannot be given to anybody to translate" in ask(client, kept).content.decode()
    assert asked() == []
    assert "en" in offered(read(client, allowed))


def test_a_translation_stands_below_its_answer_with_language_and_translator(client, reviewer):
    response = submit()
    answer = response.answers.get()
    ReadingRequest.objects.create(response=response, language="ar")
    translator = make_user("amina")
    ReadingAid.objects.write(answer, "ar", "لكل <شخص> مكان.", translator=translator, source_text=answer.text)

    page = read(client, response)

    below = page.partition("Kila mtu ana nafasi.")[2]
    assert "A translation for reviewers, not public" in below
    assert "amina" in below
    assert '<blockquote class="words" lang="ar" dir="rtl"><p>لكل &lt;شخص&gt; مكان.</p></blockquote>' in below
    assert "it is here" in below


def test_a_machines_translation_says_so(client, reviewer):
    answer = submit().answers.get()
    ReadingAid.objects.create(answer=answer, language="en", text="Place.", source_text=answer.text, by_machine=True)

    assert "by our own machine" in read(client, answer.response)


def test_of_a_text_that_its_author_has_changed_the_translation_is_not_shown(client, reviewer):
    response = submit()
    answer = response.answers.get()
    ReadingAid.objects.create(answer=answer, language="en", text="Everybody.", source_text=answer.text)
    response.edit({answer.question: "Kila mtu."})

    page = read(client, response)

    assert "The author has changed the text since, so it is not shown any more." in page
    assert "Everybody." not in page


def test_what_many_are_accepted_by_shows_the_translations_too(client, reviewer):
    answer = submit().answers.get()
    ReadingAid.objects.create(answer=answer, language="en", text="Everybody.", source_text=answer.text)

    page = client.post(
        "/admin/responses/response/", {"action": "accept_selected", "_selected_action": [answer.response.pk]}
    )

    assert "Everybody." in page.content.decode()


def test_whoever_may_look_but_not_review_sees_none_of_it(client):
    answer = submit().answers.get()
    ReadingAid.objects.create(answer=answer, language="en", text="Everybody.", source_text=answer.text)
    user = make_user("guest", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_response"))
    client.force_login(user)

    assert "Everybody." not in read(client, answer.response)
    assert ask(client, answer.response).status_code == 403
    assert asked() == []


def test_a_response_that_was_withdrawn_meanwhile_is_told(client, reviewer):
    response = submit()
    Response.objects.get(pk=response.pk).withdraw()

    page = ask(client, response)

    assert "This cannot be done now" in page.content.decode()
    assert asked() == []


def test_asking_is_posted(client, reviewer):
    response = submit()

    assert client.get(path_of(response, "for-reviewers")).url == path_of(response)
