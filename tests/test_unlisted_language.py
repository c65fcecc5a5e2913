"""A language that is not in the registry: its author names it, readers see the name, organizers may list it."""

from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from responses.exchange.answer_import import check
from responses.exchange.data_export import author_data
from responses.exchange.units import Languages, units_to_translate
from responses.language_statistics import numbers_by_language
from responses.models import Answer, Draft, Response, Translation
from responses.totals import totals
from tests.factories import make_response, make_translation, make_user, submit
from tests.pages.test_my_draft import save
from tests.pages.test_respond import send

pytestmark = pytest.mark.django_db

NAME = "Kölsch <vun Düx>"
SHOWN = "Kölsch &lt;vun Düx&gt;"


def unlisted(answers=None, *, name=NAME, **fields):
    return make_response(answers, language="und", language_name=name, **fields)


def stored():
    return list(Response.objects.values_list("language", "language_name"))


@pytest.mark.parametrize(("language", "name"), [("und", ""), ("sw", NAME)])
def test_a_name_is_there_exactly_when_the_language_is_not_listed(language, name):
    response = make_response()

    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(language=language, language_name=name)


def test_an_author_names_their_language(client):
    typed = {"language": "und", "language_name": f"  {NAME} \u200b"}
    page = send(client, **typed)

    assert page.status_code == 302
    own_page = " ".join(client.get(page.url).content.decode().split())
    assert f'few people have written in <bdi lang="und" dir="auto" translate="no">{SHOWN}' in own_page
    assert stored() == [("und", NAME)]
    assert SHOWN in client.get(page.url).content.decode()
    assert SHOWN not in client.get(f"{page.url}data.txt").content.decode()
    assert NAME in client.get(f"{page.url}data.txt").content.decode()


@pytest.mark.parametrize(
    ("language", "name", "fault"),
    [
        ("und", "", "Write the name of your language."),
        ("und", "\u200b", "Write the name of your language."),
        ("sw", NAME, "Choose “My language is not listed”"),
        ("und", "x" * 101, "1 character too long"),
        ("und", "x\0", "invisible NUL"),
        ("", "", "Choose the language you write in."),
    ],
)
def test_a_language_is_chosen_or_named_but_not_both(client, language, name, fault):
    page = send(client, language=language, language_name=name, meaning="Kept as it is.")

    assert fault in page.content.decode()
    assert "Kept as it is." in page.content.decode()
    assert stored() == []


def test_a_draft_keeps_the_name(client):
    page = save(client, language="und", language_name=NAME, meaning="Jeder")

    assert (Draft.objects.get().typed["language"], Draft.objects.get().typed["language_name"]) == ("und", NAME)
    html = client.get(f"{page.url}write/").content.decode()
    assert '<option value="und" selected>' in html
    assert f'value="{SHOWN}"' in html


def test_a_saved_draft_says_that_the_language_is_not_listed_and_what_it_is_called(client):
    page = save(client, language="und", language_name=NAME, meaning="Jeder")

    html = client.get(page.url).content.decode()
    text = client.get(f"{page.url}draft.txt").content.decode()

    assert "<dd><bdi>My language is not listed</bdi></dd>" in html
    assert f"<dd><bdi>{SHOWN}</bdi></dd>" in html
    assert f"The language you write in: My language is not listed\nName of your language: {NAME}\n" in text


def test_an_author_who_finds_their_language_later_changes_it_and_an_organizer_reads_it_again(client):
    response = submit({"meaning": "Jeder es anders."}, language="und", language_name=NAME)
    seen = response.fingerprint
    path = f"/en/my-response/{response.key}/edit/"
    typed = {"meaning": "Jeder es anders.", "complete": "yes", "seen": seen}

    assert f'value="{SHOWN}"' in client.get(path).content.decode()
    assert "Choose the language" in client.post(path, typed | {"language": ""}).content.decode()
    assert client.post(path, typed | {"language": "ksh"}).status_code == 302

    assert stored() == [("ksh", "")]
    version = Response.objects.get().versions.get()
    assert (version.language, version.language_name) == ("und", NAME)


def test_the_name_is_read_by_a_reviewer_kept_for_its_author_and_deleted_with_the_words():
    response = unlisted()
    seen = response.fingerprint
    response.language_name = "Another"
    assert response.fingerprint != seen
    response.keep_version()
    assert author_data(response)["language_name"] == "Another"
    assert author_data(response)["earlier_versions"][0]["language_name"] == "Another"

    response.withdraw()

    assert stored() == [("", "")]
    assert response.versions.count() == 0


def test_readers_see_the_name_and_no_language_is_claimed_for_the_words(client):
    response = unlisted({"meaning": "Jeder es anders."})

    for path in ("/en/responses/", f"/ar/responses/{response.code}/"):
        html = client.get(path).content.decode()
        assert f'<span lang="und" dir="auto" translate="no">{SHOWN}</span>' in html
        assert '<blockquote class="words" lang="und" dir="auto"><p>Jeder es anders.</p>' in html


def test_languages_that_are_not_listed_are_counted_each_but_stand_in_one_row(client):
    unlisted({"meaning": "One.", "needs": "Two."})
    unlisted({"meaning": "Three."}, name="KÖLSCH  <VUN DÜX>")
    unlisted({"meaning": "Four."}, name="Another")
    make_response({"meaning": "Tano."})

    assert totals().languages == 3
    assert {each.language.code: each.written for each in numbers_by_language()} == {"und": 4, "sw": 1}
    html = client.get("/en/languages/").content.decode()
    assert '<bdi lang="en" dir="ltr" translate="no">Languages that are not listed</bdi>' in html


def test_translators_find_the_answers_and_get_them_with_the_name(client):
    client.force_login(make_user("translator", "Translator"))
    unlisted({"meaning": "Jeder es anders."})
    make_response({"meaning": "Kila mtu."})

    assert client.get("/en/translate/").status_code == 200
    assert "/translate/und/" not in client.get("/en/translate/").content.decode()
    assert client.get("/en/translate/und/").status_code == 404
    desk = client.get("/en/translate/ar/?from=und").content.decode()
    assert "Jeder es anders." in desk
    assert "Kila mtu." not in desk
    assert '<option value="und" selected>Languages that are not listed · 1</option>' in desk
    [unit] = units_to_translate(Languages("und", "ar"))
    assert f"Language: {NAME}" in unit.context
    for form in ("po", "xlf"):
        file = client.get(f"/en/translate/ar/from/und.{form}")
        assert (file.status_code, b"Jeder es anders." in file.content) == (200, True)
        assert check(BytesIO(file.content)) == (Languages("und", "ar"), 0)
    assert list(Answer.objects.lacking_draft("ar").values_list("text", flat=True)) == ["Kila mtu."]


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    return user


def move(client, response, **typed):
    seen = {"seen": response.fingerprint}
    return client.post(f"/admin/responses/response/{response.pk}/language/", seen | typed)


def test_an_organizer_lists_the_language_of_all_responses_with_the_same_name(client, reviewer):
    response, same = unlisted({"meaning": "One."}), unlisted({"meaning": "Two."}, name=" ".join(NAME.upper().split()))
    other, listed = unlisted({"meaning": "Three."}, name="Another"), make_response({"meaning": "Tano."})
    translation = make_translation(response.answers.get())

    page = move(client, response, language="ksh", all_of_this_name="yes")

    assert page.status_code == 200
    assert dict(Response.objects.values_list("pk", "language")) == {
        response.pk: "ksh",
        same.pk: "ksh",
        other.pk: "und",
        listed.pk: "sw",
    }
    assert list(Response.objects.exclude(language_name="").values_list("pk", flat=True)) == [other.pk]
    assert list(Translation.objects.published().values_list("pk", "answer__response__language")) == [
        (translation.pk, "ksh")
    ]
    logged = LogEntry.objects.values_list("object_id", "change_message")
    assert sorted(logged) == sorted([(str(response.pk), "Language: ksh"), (str(same.pk), "Language: ksh")])


def test_an_organizer_lists_the_language_of_one_response(client, reviewer):
    response, same = unlisted({"meaning": "One."}), unlisted({"meaning": "Two."})

    assert SHOWN in client.get(f"/admin/responses/response/{response.pk}/change/").content.decode()
    move(client, response, language="ksh")

    assert dict(Response.objects.values_list("pk", "language")) == {response.pk: "ksh", same.pk: "und"}


@pytest.mark.parametrize("language", ["", "und", "xx-gone"])
def test_without_a_language_of_the_registry_nothing_moves(client, reviewer, language):
    page = move(client, unlisted(), language=language, note="Typed meanwhile")

    assert "Choose a language." in page.content.decode()
    assert "Typed meanwhile" in page.content.decode()
    assert stored() == [("und", NAME)]


def test_a_language_of_words_that_have_changed_since_they_were_read_is_not_chosen(client, reviewer):
    response = unlisted()

    page = move(client, response, language="ksh", seen="forged.mark")

    assert "has been changed since you opened it" in page.content.decode()
    assert page.context["language_form"]["language"].value() == "ksh"
    assert stored() == [("und", NAME)]


def test_a_language_that_is_listed_stays(client, reviewer):
    response = make_response()

    page = move(client, response, language="ksh")

    assert "This cannot be done now" in page.content.decode()
    assert stored() == [("sw", "")]
    with pytest.raises(ValidationError):
        response.list_language("ksh")


def test_only_reviewers_list_languages(client):
    client.force_login(make_user("coder", "Coder", is_staff=True))

    assert move(client, unlisted(), language="ksh").status_code == 403
    assert stored() == [("und", NAME)]


def test_the_desk_names_invisible_characters_in_the_name(client, reviewer):
    response = unlisted(name="Köl\u202esch")

    html = client.get(f"/admin/responses/response/{response.pk}/change/").content.decode()

    assert "RIGHT-TO-LEFT OVERRIDE" in html
