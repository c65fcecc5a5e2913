"""People are called by their names, in any script, and nobody is taken for somebody else."""

import unicodedata

import pytest
from allauth.core import context
from allauth.socialaccount.internal.flows.signup import process_signup
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory

from diversity_portal.accounts import SocialAccountAdapter
from diversity_portal.user_names import check_name, looks
from responses.models import KnownLanguage, Translator
from tests.factories import make_answer, make_evidence, make_translation, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "a long and odd one"
NAMES = {
    "Hindi": "महेश",
    "Hindi, with a joiner": "क्\u200dषेत्र",
    "Yoruba": "Adébọ́lá",
    "Arabic with harakat": "مُحَمَّد",
    "Hebrew with niqqud": "עִבְרִית",
    "Hebrew with a geresh": "צ׳רלי",
    "Persian with a non-joiner": "علی\u200cرضا",
    "Thai": "น้ำฝน",
    "Burmese": "မောင်မြွှေ့",
    "Amharic": "አማኑኤል",
    "Chinese": "李雷",
    "Japanese": "アリス・スミス",
    "Sinhala": "ශ්\u200dරී",
    "Tibetan": "བསྟན་འཛིན".replace("\u0f0b", " "),
    "Khmer": "សុខា",
    "Vietnamese": "Nguyễn Văn Anh",
    "Irish": "Seán O'Brien",
    "Adlam": "𞤀𞤣𞤤𞤢𞤥",
    "Arabic digits": "سارة٢٣",
}


def sign_up(client, name, **fields):
    typed = {"username": name, "email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD} | fields
    return client.post("/accounts/signup/", typed)


@pytest.fixture
def come():
    """A function: somebody with this name at Wikimedia signs in, through allauth's own steps; their account here."""

    def signed_in(name, uid="7"):
        request = RequestFactory().get("/accounts/mediawiki/login/callback/")
        request.session, request.user = SessionStore(), AnonymousUser()
        request._messages = FallbackStorage(request)
        account = SocialAccount(provider="mediawiki", uid=uid, extra_data={"username": name})
        login = SocialLogin(user=User(), account=account)
        told = {"username": name, "email": "secret@example.org", "name": "Secret"}
        with context.request_context(request):
            SocialAccountAdapter(request).populate_user(request, login, told)
            login.lookup()
            if not login.is_existing:
                process_signup(request, login)
        return User.objects.get(socialaccount__uid=uid)

    return signed_in


WIKIMEDIANS = ["Ada Lovelace", "Whatamidoing (WMF)", "महेश", "Ola", "ΑΒΓ", "علی‌رضا", "!!!", "a/b & <b>", "Ö" * 80]


@pytest.mark.parametrize("name", WIKIMEDIANS)
def test_a_wikimedian_is_credited_with_their_name_exactly_as_it_is(come, name):
    translation = make_translation(translator=come(name))

    assert translation.credited_name == name
    assert (str(translation.translator), str(Translator(user=translation.translator))) == (name, name)


def test_each_wikimedian_keeps_their_name_however_many_there_are(come):
    users = [come(name, uid=str(number)) for number, name in enumerate(WIKIMEDIANS)]

    assert [str(user) for user in users] == WIKIMEDIANS
    assert len({user.username for user in users}) == len(WIKIMEDIANS)


def test_a_wikimedian_with_the_name_of_a_local_user_keeps_it_too(come):
    make_user("Ola")

    assert str(come("Ola")) == "Ola"
    assert User.objects.filter(username="Ola").count() == 1


def test_a_name_that_was_changed_at_wikimedia_changes_here_and_a_cut_connection_takes_it_away(come):
    user = come("Ada Byron")
    assert str(come("Ada Lovelace")) == "Ada Lovelace"
    assert User.objects.count() == 1

    SocialAccount.objects.all().delete()

    user.refresh_from_db()
    assert str(user) == user.username
    assert user.first_name == ""


def test_readers_see_who_is_a_wikimedian_and_who_only_has_the_same_name(client, come):
    answer = make_answer()
    make_translation(answer, language="sv", translator=make_user("Ola"))
    make_translation(answer, language="fr", translator=come("Ola N. (WMF)"))

    swedish = client.get(f"/sv/responses/{answer.response.code}/").content.decode()
    french = client.get(f"/fr/responses/{answer.response.code}/").content.decode()

    assert "<bdi>Ola</bdi>" in swedish
    assert "meta.wikimedia.org" not in swedish
    page = "https://meta.wikimedia.org/wiki/User:Ola_N._%28WMF%29"
    assert f'<a href="{page}"><bdi>Ola N. (WMF)</bdi></a>' in french


def test_markup_in_a_wikimedians_name_is_text(client, come):
    answer = make_answer()
    make_translation(answer, language="sv", translator=come("<script>alert(1)</script>"))

    html = client.get(f"/sv/responses/{answer.response.code}/").content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_desks_and_the_admin_show_a_wikimedians_name(client, come):
    user = come("Whatamidoing (WMF)")
    answer = make_answer()
    translation = make_translation(answer, translator=user)
    make_evidence(answer, coder=user)
    KnownLanguage.objects.know(user, "sv", reads=True, writes=True)
    client.force_login(user)
    assert "Whatamidoing (WMF)" in client.get("/en/my-responses/").content.decode()
    client.force_login(make_user("root", is_staff=True, is_superuser=True))

    for page in (
        "/admin/auth/user/",
        "/admin/responses/translation/",
        f"/admin/responses/translation/{translation.pk}/change/",
        "/admin/responses/knownlanguage/",
        "/admin/outcomes/evidence/",
        f"/admin/outcomes/answertocode/{answer.pk}/change/",
        "/admin/socialaccount/socialaccount/",
        f"/en/answers/{answer.pk}/translate/ar/",
    ):
        assert "Whatamidoing (WMF)" in client.get(page).content.decode(), page


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_people_sign_up_and_in_with_their_name_in_any_script(client, name):
    assert sign_up(client, name).status_code == 302

    user = User.objects.get()
    assert user.username == name == unicodedata.normalize("NFC", name)
    user.emailaddress_set.update(verified=True)
    for typed in (name, f" {name} ", unicodedata.normalize("NFD", name)):
        other = Client()
        other.post("/accounts/login/", {"login": typed, "password": PASSWORD})
        assert other.session["_auth_user_id"] == str(user.pk)


def test_one_name_typed_in_two_ways_is_stored_in_one(client):
    sign_up(client, "Ola\u0301")

    assert User.objects.get().username == "Olá"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_organizers_can_change_an_account_whatever_the_script_of_its_name(name):
    user = User(username=name)
    user.set_password(PASSWORD)

    user.full_clean()

    assert user.username == name


BAD = [
    "ad\u202ea",  # turns the direction around
    "\u2066ada\u2069",
    "ada\u200b",  # invisible
    "ada\u200c",
    "\u200cada",
    "a\u200cda",  # joins nothing in Latin letters
    "علی\u200c",
    "علی\u200c\u200cرضا",
    "ada\ufe0f",
    "ada\u034f",
    "\u3164",
    "\u1160\u1160",
    "ada\x07",
    "ada\nlovelace",
    "ada\tlovelace",
    "ada\xa0lovelace",
    "ada  lovelace",
    "ada\u2003lovelace",
    "\u0301ada",
    "ada" + "\u0301" * 10,
    "<b>ada</b>",
    "ada/lovelace",
    "Ada Lovelace (WMF)",
    "User:Ada",
    "ada😀",
    "ada\ud800",
    "...",
    "@ada",
    "a" * 151,
]


@pytest.mark.parametrize("name", BAD, ids=map(ascii, BAD))
def test_names_with_invisible_or_other_signs_are_refused(client, name):
    if len(name) < 151:
        with pytest.raises(ValidationError):
            check_name(name)
    if "\ud800" not in name and not name.startswith("\u200c"):
        assert sign_up(client, name).status_code == 200

    assert User.objects.count() == 0


def test_the_reason_is_in_the_readers_language(client):
    told = {}
    for code in settings.INTERFACE_LANGUAGES:
        page = client.post(f"/{code}/accounts/signup/", {"username": "a/b", "email": "new@example.org"})
        [told[code]] = page.context["form"].errors["username"]

    assert len(set(told.values())) == len(settings.INTERFACE_LANGUAGES)


LIKE_ADA = [
    "Ada Lovelace",
    "ada lovelace",
    "ADA_LOVELACE",
    "Ada-Lovelace",
    "Аda Lovelace",
    "Ada LoveIace",
    "Ada L0velace",
]


@pytest.mark.parametrize("name", [*LIKE_ADA, "ＡＤＡ lovelace", "𝐀da Lovelace"])
def test_nobody_signs_up_with_the_name_of_a_wikimedian_or_one_that_looks_like_it(client, come, name):
    come("Ada Lovelace")

    page = sign_up(client, name)

    assert page.status_code == 200
    assert page.context["form"].errors["username"] == ["A user with that username already exists."]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("there", "wanted"),
    [("Straße", "STRASSE"), ("علی\u200cرضا", "علیرضا"), ("Ola", "оӏа"), ("ﬁona", "fiona"), ("Ọlá", "ọlá")],
)
def test_two_local_names_do_not_look_alike(client, there, wanted):
    make_user(there)

    assert sign_up(client, wanted).status_code == 200
    assert User.objects.count() == 1


def test_names_that_differ_in_their_letters_are_different_names():
    names = [*NAMES.values(), "Ola", "Olá", "Ọla", "محمد", "guest1", "guest10", "guest11"]

    assert len({looks(name) for name in names}) == len(names)
