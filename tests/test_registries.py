"""The registry of languages and the roster of affiliates."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils.autoreload import StatReloader, autoreload_started

from responses.languages import language_of, languages, likely
from responses.languages.registry import _WIDESPREAD, _names
from responses.models import Affiliate, Response
from tests.factories import make_affiliate, make_response


def test_the_registry_holds_its_languages_in_the_order_of_their_autonyms():
    found = list(languages().values())

    assert len(found) > 900
    assert found == sorted(found, key=lambda each: each.autonym.casefold())
    assert {each.direction for each in found} == {"ltr", "rtl"}
    assert max(len(each.code) for each in found) <= Response._meta.get_field("language").max_length


@pytest.mark.parametrize(
    ("code", "autonym", "direction", "label"),
    [
        ("ha", "Hausa", "ltr", "Hausa"),
        ("yo", "Yorùbá", "ltr", "Yorùbá (Yoruba)"),
        ("ar", "العربية", "rtl", "العربية (Arabic)"),
        ("ff-adlm", "𞤆𞤵𞤤𞤢𞤪", "rtl", "𞤆𞤵𞤤𞤢𞤪 (Fula (Adlam))"),
        ("nqo", "ߒߞߏ", "rtl", "ߒߞߏ (N’Ko)"),
    ],
)
def test_languages_that_django_does_not_know_have_a_name_and_a_direction(code, autonym, direction, label):
    found = language_of(code)

    assert (found.autonym, found.direction, found.label) == (autonym, direction, label)


def test_the_short_list_begins_with_the_wanted_languages_and_has_each_once():
    found = [each.code for each in likely("sw", "pt-AO", "xx", "SW", "")]

    assert found[:2] == ["sw", "pt"]
    assert len(found) == len(set(found)) == 82
    assert set(found) == set(_WIDESPREAD.split())


def test_no_two_languages_have_the_same_name_in_english_and_other_names_belong_to_no_other_language():
    every = list(languages().values())
    english = [each.english_name for each in every]
    shown = {name.casefold() for each in every for name in (each.autonym, each.english_name, each.code)}

    assert len(english) == len(set(english))
    assert [name for each in every for name in each.other_names if name.casefold() in shown] == []


@pytest.mark.parametrize(
    ("code", "interface", "label"),
    [
        ("fa", "en", "فارسی (Persian)"),
        ("fa", "fa", "فارسی"),
        ("fa", "sv", "فارسی (persiska)"),
        ("pt-br", "es", "português do Brasil (portugués de Brasil)"),
        # CLDR does not know it.
        ("bfi", "ru", "British Sign Language"),
        ("fsl", "ar", "Langue des signes française (French Sign Language)"),
    ],
)
def test_languages_are_named_in_the_language_of_the_page_where_it_is_known(code, interface, label):
    assert language_of(code).label_in(interface) == label


def test_each_interface_language_has_a_name_in_each_other_one():
    codes = [code for code, _name in settings.LANGUAGES]

    unnamed = {(code, other) for code in codes for other in codes if other != "en" and not _names()[code][other]}
    assert unnamed == set()


@pytest.mark.parametrize(
    "code", ["ils", "bfi", "ase", "fsl", "gsg", "asf", "bzs", "ins", "xki", "swl", "rsl", "sdl", "xms"]
)
def test_sign_languages_are_languages(code):
    assert language_of(code).is_signed
    assert not language_of("en").is_signed


def test_a_code_that_is_no_longer_in_the_registry_is_shown_as_it_is():
    assert (language_of("xx-gone").autonym, language_of("xx-gone").direction) == ("xx-gone", "auto")


@pytest.mark.django_db
def test_an_affiliate_is_found_by_its_name_whatever_its_capitals_and_spaces():
    affiliate = make_affiliate(name="Wikimedia Österreich")
    make_affiliate(name="Closed Club", is_active=False)

    assert Affiliate.objects.called("  wikimedia  ÖSTERREICH ") == affiliate
    assert Affiliate.objects.called("Closed Club") is None
    assert Affiliate.objects.called("Another") is None


@pytest.mark.django_db
def test_an_affiliate_with_responses_cannot_be_deleted():
    affiliate = make_affiliate()
    make_response(affiliate=affiliate)

    with pytest.raises(Exception, match="protected"):
        affiliate.delete()


@pytest.mark.django_db
def test_the_addresses_for_health_checks_answer(client):
    assert (client.get("/healthz").content, client.get("/readyz").content) == (b"ok\n", b"ready\n")
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_that_does_not_answer_is_told_and_no_error(client):
    def away(execute, sql, params, many, context):
        raise OperationalError("nobody there")

    with connection.execute_wrapper(away):
        page = client.get("/readyz")

    assert (page.status_code, page.content) == (503, b"the database does not answer or is not migrated\n")
    assert client.get("/readyz").content == b"ready\n"


def test_a_changed_style_sheet_starts_the_server_of_developers_anew():
    reloader = StatReloader()

    autoreload_started.send(sender=reloader)

    assert reloader.directory_globs[settings.BASE_DIR / "static" / "css"] == {"*.css"}
