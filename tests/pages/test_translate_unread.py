"""The desk of translators who were let in for words that nobody has accepted yet."""

import re

import pytest

from responses.models import KnownLanguage, ReadingAid, ReadingRequest, Recusal, Response
from tests.factories import make_answer, make_user, submit

pytestmark = pytest.mark.django_db

LIST = "/en/translate/unread/"


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator of unread words")
    client.force_login(user)
    return user


def make_unread(text="Kila mtu ana nafasi.", *, into="en", **fields):
    """An answer that a reviewer cannot read."""
    answer = submit({"meaning": text}, **fields).answers.get()
    ReadingRequest.objects.create(response=answer.response, language=into)
    return answer


def path_of(answer, language="en", verb=""):
    return f"/en/answers/{answer.pk}/for-reviewers/{language}/{verb}"


def send(client, answer, text="Everybody has a place.", **fields):
    typed = {"text": text, "source_text": answer.text, "action": "send", "complete": "yes"} | fields
    return client.post(path_of(answer), {name: each for name, each in typed.items() if each is not None})


def stored():
    return list(ReadingAid.objects.values_list("language", "text", "source_text", "translator__username"))


def listed(client):
    return re.findall(r'href="(/en/answers/\d+/for-reviewers/\w+/)"', client.get(LIST).content.decode())


def test_strangers_are_asked_to_sign_in(client):
    for path in (LIST, path_of(make_unread())):
        assert client.get(path).url == f"/en/accounts/login/?next={LIST}"


@pytest.mark.parametrize("group", [None, "Translator", "Coder", "Reviewer"])
def test_for_everybody_else_it_does_not_exist(client, group):
    answer = make_unread()
    client.force_login(make_user("other", *filter(None, [group])))

    pages = [client.get(path) for path in (LIST, path_of(answer), path_of(answer, verb="recuse/"))]
    sent = send(client, answer)

    assert [page.status_code for page in (*pages, sent)] == [404] * 4
    # Their words come back all the same.
    assert "Everybody has a place." in sent.content.decode()
    assert "nafasi" not in sent.content.decode()
    assert stored() == []


def test_the_desk_lists_what_waits_in_the_languages_that_one_writes_first(client, translator):
    KnownLanguage.objects.create(user=translator, language="sv", writes=True)
    english, swedish = make_unread(), make_unread(into="sv")
    done = make_unread()
    ReadingAid.objects.create(answer=done, language="en", text="Done.", source_text=done.text)
    make_unread(sharing="organizers")
    make_answer()

    assert listed(client) == [path_of(swedish, "sv"), path_of(english)]


def test_what_one_writes_has_room_on_the_desk_however_much_else_waits(client, translator, monkeypatch):
    monkeypatch.setattr("responses.views.translate_unread.MOST_REQUESTS", 2)
    KnownLanguage.objects.create(user=translator, language="sv", writes=True)
    first, _second = make_unread(), make_unread()
    swedish = make_unread(into="sv")

    assert listed(client) == [path_of(swedish, "sv"), path_of(first)]


def test_the_desk_shows_none_of_the_words(client, translator):
    make_unread("Siri.")

    assert "Siri" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_takes_the_same_number_of_queries_for_one_request_and_for_three(
    client, translator, django_assert_num_queries, number
):
    for _each in range(number):
        make_unread()

    with django_assert_num_queries(10):
        client.get(LIST)


def test_the_page_shows_the_words_and_nothing_about_their_author(client, translator):
    fields = {"display_name": "Amina", "affiliate_name": "Friends", "place": "Mwanza", "written_by": "Juma"}
    answer = make_unread("<b>Siri.</b>", sharing="named", **fields)

    page = client.get(path_of(answer)).content.decode()

    assert '<blockquote class="words" lang="sw" dir="ltr"><p>&lt;b&gt;Siri.&lt;/b&gt;</p></blockquote>' in page
    assert [told for told in fields.values() if told in page] == []


def test_a_translation_is_stored_for_reviewers(client, translator):
    answer = make_unread()

    page = send(client, answer)

    assert page.url == LIST
    assert stored() == [("en", "Everybody has a place.", "Kila mtu ana nafasi.", "translator")]
    assert "Reviewers can read it now" in client.get(LIST).content.decode()


def test_what_one_wrote_stands_there_again(client, translator):
    answer = make_unread()
    send(client, answer, "Place <one>.")

    assert "Place &lt;one&gt;.</textarea>" in client.get(path_of(answer)).content.decode()


def test_another_language_of_the_page_keeps_the_words_and_stores_nothing(client, translator):
    answer = make_unread()

    page = client.post(
        path_of(answer).replace("/en/", "/sv/"),
        {"text": "Half a", "source_text": answer.text, "action": "switch", "seen": ""},
    )

    assert "Half a</textarea>" in page.content.decode()
    assert stored() == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " \n"}, "Write the translation first."),
        ({"complete": None}, "Not all of it arrived"),
        ({"text": "Kila mtu ana nafasi."}, "This is the same as the original."),
        ({"source_text": "Never written."}, "The original reads otherwise"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_the_reason(client, translator, fields, said):
    answer = make_unread()

    page = send(client, answer, **{"text": "Place."} | fields).content.decode()

    assert said in page
    assert stored() == []
    assert (fields.get("text", "Place.").strip() + "</textarea>") in page


def test_an_answer_that_its_author_has_changed_meanwhile_is_stored_and_told(client, translator):
    answer = make_unread()
    answer.response.edit({answer.question: "Kila mtu ana nafasi kubwa."})

    page = send(client, answer)

    assert page.url == path_of(answer)
    assert stored() == [("en", "Everybody has a place.", "Kila mtu ana nafasi.", "translator")]
    assert "the author has changed the answer meanwhile" in client.get(path_of(answer)).content.decode()
    assert listed(client) == [path_of(answer)]


def test_what_somebody_else_has_sent_meanwhile_is_shown_and_not_overwritten(client, translator):
    answer, other = make_unread(), make_user("other")
    ReadingAid.objects.write(answer, "en", "Theirs.", translator=other, source_text=answer.text)

    page = send(client, answer, "Mine.").content.decode()

    assert "Somebody else has translated it meanwhile." in page
    assert "<p>Theirs.</p>" in page
    assert "Mine.</textarea>" in page
    assert [text for _language, text, *_rest in stored()] == ["Theirs."]
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    send(client, answer, "Mine.", seen=seen)
    assert [text for _language, text, *_rest in stored()] == ["Mine."]


@pytest.mark.parametrize("change", ["accept", "withdraw"])
def test_what_nobody_needs_any_more_gives_the_words_back(client, translator, change):
    answer = make_unread()
    getattr(answer.response, change)()

    assert client.get(path_of(answer)).status_code == 404
    page = send(client, answer)
    assert page.status_code == 404
    assert "Everybody has a place." in page.content.decode()
    assert stored() == []


def test_an_author_who_keeps_it_from_translators_is_obeyed_at_once(client, translator):
    answer = make_unread(sharing="organizers", may_be_translated=True)
    assert client.get(path_of(answer)).status_code == 200

    Response.objects.get(pk=answer.response.pk).share(sharing="organizers", may_be_translated=False)

    assert (client.get(path_of(answer)).status_code, listed(client)) == (404, [])


@pytest.mark.parametrize("language", ["sv", "xx"])
def test_a_language_that_nobody_asked_for_has_no_page(client, translator, language):
    assert client.get(path_of(make_unread(), language)).status_code == 404


def test_whoever_knows_the_author_puts_it_away_and_gets_their_words_back(client, translator):
    answer = make_unread()
    asked = client.post(path_of(answer, verb="recuse/"), {"text": "Half a", "source_text": answer.text})
    assert "Half a" in asked.content.decode()
    assert f'formaction="{path_of(answer)}"' in asked.content.decode()

    done = client.post(path_of(answer, verb="recuse/"), {"text": "Half a", "confirmed": "yes"})

    assert "Half a" in done.content.decode()
    assert list(Recusal.objects.values_list("user", "response")) == [(translator.pk, answer.response.pk)]
    assert (client.get(path_of(answer)).status_code, listed(client)) == (404, [])
    again = client.post(path_of(answer, verb="recuse/"), {"confirmed": "yes"})
    assert again.url == LIST


def test_the_index_of_translators_leads_there_for_those_who_may(client, translator):
    assert f'href="{LIST}"' in client.get("/en/translate/").content.decode()
    translator.groups.set([])
    client.force_login(make_user("other", "Translator"))
    assert f'href="{LIST}"' not in client.get("/en/translate/").content.decode()


def test_other_methods_are_refused(client, translator):
    assert [client.post(LIST).status_code, client.put(path_of(make_unread())).status_code] == [405, 405]
