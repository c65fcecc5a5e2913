"""The reasons for declining: worded in every language before anybody needs them, and read by those they are about."""

from html import unescape

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from modeltranslation.utils import build_localized_fieldname

from responses.exchange.data_export import author_data
from responses.models import DeclineReason, Response
from responses.organizer_texts import catalogue, import_catalogue, texts
from tests.factories import make_user, submit
from tests.wording import avoidable

pytestmark = pytest.mark.django_db

LIST = "/admin/responses/declinereason/"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
SLUGS = ["reveals-somebody", "attacks-somebody", "not-an-answer", "sent-before", "not-enough-text"]


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def reason(slug="attacks-somebody"):
    return DeclineReason.objects.get(slug=slug)


def in_language(row, name, language):
    return getattr(row, build_localized_fieldname(name, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_portal_has_five_reasons_worded_in_every_language_of_the_interface(language):
    rows = list(DeclineReason.objects.offered())

    assert [row.slug for row in rows] == SLUGS
    worded = [in_language(row, name, language) for row in rows for name in ("title", "text")]
    assert all(worded)
    assert len(set(worded)) == 10
    if language != "en":
        assert set(worded).isdisjoint(in_language(row, name, "en") for row in rows for name in ("title", "text"))
        assert {text: avoidable(language, text) for text in worded if avoidable(language, text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_how_we_review_prints_those_that_are_offered_in_the_language_of_its_reader(client, language):
    DeclineReason.objects.filter(slug="sent-before").update(is_offered=False)

    html = unescape(client.get(f"/{language}/how-we-review/").content.decode())

    shown = {row.slug: in_language(row, "text", language) in html for row in DeclineReason.objects.all()}
    assert shown == {slug: slug != "sent-before" for slug in SLUGS}
    assert in_language(reason(), "title", language) in html


def test_one_that_is_not_worded_in_the_language_of_the_page_is_marked_as_english(client):
    DeclineReason.objects.filter(slug="sent-before").update(text_sv="")

    html = unescape(client.get("/sv/how-we-review/").content.decode())

    text = reason("sent-before").text_en
    assert f'<dd><span lang="en" dir="ltr">{text} <small class="instead">(English)</small></span></dd>' in html


def test_without_any_the_page_on_how_we_review_says_nothing_of_them(client):
    DeclineReason.objects.all().delete()

    assert "Reasons for declining" not in client.get("/en/how-we-review/").content.decode()


@pytest.mark.parametrize("own_words", ["", "Line 2 <b>."])
def test_the_author_reads_the_reason_in_the_language_of_their_page(client, own_words):
    response = submit()
    response.decline(own_words, declined_for=reason())

    arabic = client.get(f"/ar/my-response/{response.key}/").content.decode()
    data = client.get(f"/ar/my-response/{response.key}/data.json").json()
    text = client.get(f"/ar/my-response/{response.key}/data.txt").content.decode()

    assert reason().text_ar in arabic
    assert reason().text_ar in text
    assert data["declined_for"] == {"slug": "attacks-somebody", "text": reason().text_ar}
    assert data["decline_reason"] == own_words
    assert (own_words or "\n") in text
    assert ("Line 2 &lt;b&gt;." in arabic) == bool(own_words)


def test_who_was_declined_in_own_words_alone_is_told_that_the_words_can_be_changed(client):
    response = submit()
    response.decline("Line 2.")

    html = client.get(f"/en/my-response/{response.key}/").content.decode()

    assert "You can change your response below; it will then be read again." in html
    assert author_data(response)["declined_for"] is None


def test_organizers_word_them_and_add_others(client, organizer):
    page = client.get(f"{LIST}add/")
    typed = {"slug": "too-long", "position": "6", "title_en": "Too long", "text_en": "Cut it.", "is_offered": "on"}

    client.post(f"{LIST}add/", typed)

    assert page.status_code == 200
    added = reason("too-long")
    assert (added.title_en, added.text_en, added.is_offered) == ("Too long", "Cut it.", True)
    assert [row.slug for row in client.get(LIST).context["cl"].result_list] == [*SLUGS, "too-long"]


def test_two_organizers_do_not_overwrite_each_other(client, organizer):
    address = f"{LIST}{reason().pk}/change/"
    form = client.get(address).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields} | {"text_en": "Mine."}
    DeclineReason.objects.filter(slug="attacks-somebody").update(text_en="Theirs.")

    page = client.post(address, typed)

    assert "Somebody else has changed this since you opened it" in page.content.decode()
    assert reason().text_en == "Theirs."


def test_one_that_a_response_was_declined_for_cannot_be_deleted_and_the_page_says_why(client, organizer):
    submit().decline(declined_for=reason())
    address = f"{LIST}{reason().pk}/delete/"

    asked = client.get(address)
    client.post(address, {"post": "yes"})

    assert asked.context["protected"] != []
    assert "Cannot delete reason for declining" in asked.content.decode()
    assert reason().slug == "attacks-somebody"


def test_one_that_no_response_was_declined_for_can_be_deleted(client, organizer):
    client.post(f"{LIST}{reason().pk}/delete/", {"post": "yes"})

    assert sorted(DeclineReason.objects.values_list("slug", flat=True)) == sorted(set(SLUGS) - {"attacks-somebody"})


def test_reviewers_read_them_and_change_none(client):
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))
    address = f"{LIST}{reason().pk}"

    assert client.get(f"{address}/change/").status_code == 200
    assert client.post(f"{address}/change/", {"title_en": "Mine"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{address}/delete/").status_code == 403


def test_the_rights_of_the_roles():
    rights = Permission.objects.filter(content_type__model="declinereason")

    of_role = {
        name: sorted(rights.filter(group__name=name).values_list("codename", flat=True))
        for name in ("Translator", "Reviewer", "Coder", "Organizer")
    }

    every = [f"{verb}_declinereason" for verb in ("add", "change", "delete", "view")]
    assert of_role == {"Translator": [], "Reviewer": every[3:], "Coder": [], "Organizer": every}


def test_their_texts_go_out_and_in_with_the_other_texts_of_organizers():
    keys = {text.key for text in texts() if text.key.startswith("decline_reason.")}
    po = catalogue("sv")
    for entry in po:
        if entry.msgctxt == "decline_reason.sent-before.title":
            entry.msgstr = "Ett nytt ord"

    done = import_catalogue(po, "sv")

    assert keys == {f"decline_reason.{slug}.{name}" for slug in SLUGS for name in ("title", "text")}
    assert [key for key, _before, _now in done.changed] == ["decline_reason.sent-before.title"]
    assert reason("sent-before").title_sv == "Ett nytt ord"


def test_a_withdrawn_response_lets_its_reason_go():
    response = submit()
    response.decline(declined_for=reason())

    response.withdraw()
    reason().delete()

    assert Response.objects.get().declined_for is None
