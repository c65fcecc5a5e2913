"""Accounts: allauth's pages in the portal's design, the MediaWiki log-in, and what each group may do."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.db import connection
from django.test import RequestFactory

from diversity_portal.accounts import SocialAccountAdapter
from responses.models import KnownLanguage, OrganizerLetter, Region
from tests.factories import make_answer, make_evidence, make_user, show_again, submit

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.django_db


def permissions_of(name):
    found = Permission.objects.filter(group__name=name).values_list("content_type__app_label", "codename")
    return {f"{label}.{codename}" for label, codename in found}


def test_each_group_has_exactly_the_rights_that_its_work_needs():
    reviewer = {
        "responses.view_response",
        "responses.review_response",
        "responses.view_translation",
        "responses.review_translation",
        "responses.view_declinereason",
    }
    coder = {
        "outcomes.view_answertocode",
        "outcomes.view_evidence",
        "outcomes.add_evidence",
        "outcomes.delete_evidence",
        "outcomes.view_problem",
        "outcomes.view_solution",
        "outcomes.view_sharedanswer",
    }
    translator = {"responses.add_translation", "responses.review_translation"}
    kept = {f"outcomes.{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in OUTCOMES}
    lists = {f"responses.{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in LISTS}

    assert {name: permissions_of(name) for name in Group.objects.values_list("name", flat=True)} == {
        "Reviewer": reviewer,
        "Coder": coder,
        "Translator": translator,
        "Translator of unread words": {"responses.translate_unread"},
        "Organizer": reviewer
        | coder
        | translator
        | {"responses.translate_unread", "outcomes.view_codingplan", "outcomes.change_codingplan"}
        | {f"responses.{verb}_declinereason" for verb in VERBS}
        | kept
        | lists
        | {"responses.view_question", "responses.add_question", "responses.change_question"}
        | {"responses.view_movedpromise", "responses.change_movedpromise"}
        | {"responses.view_recusal", "responses.delete_recusal"}
        | {"responses.view_person", "responses.add_person", "responses.change_person"}
        | {"responses.view_translatorrequest", "responses.change_translatorrequest"}
        | {"responses.view_gathering", "responses.change_gathering"}
        | {f"responses.{verb}_{name}" for verb in VERBS for name in ("term", "termwording")}
        | {"responses.view_knownlanguage", "responses.view_policy", "responses.change_policy"}
        | {"responses.view_machinedraftorder", "responses.delete_machinedraftorder"}
        | {"responses.view_textsource", "responses.change_textsource"}
        | {"outcomes.view_quotation", "outcomes.add_quotation", "outcomes.delete_quotation"}
        | {"outcomes.view_export", "outcomes.add_export"}
        | {f"outcomes.{verb}_asking" for verb in VERBS}
        | {"outcomes.moderate_evidence"},
    }


VERBS = ("view", "add", "change", "delete")
OUTCOMES = ("statement", "clause", "problem", "solution", "topic")
LISTS = ("affiliate", "region", "conversation", "invitee")


def test_no_group_can_make_accounts_or_change_their_rights():
    assert list(Permission.objects.filter(group__isnull=False, content_type__app_label="auth")) == []


def test_a_new_account_can_sign_in_after_confirming_its_address(client):
    typed = {
        "username": "newcomer",
        "email": "new@example.org",
        "password1": "a long and odd one",
        "password2": "a long and odd one",
    }

    client.post("/accounts/signup/", typed)

    [sent] = mail.outbox
    assert sent.to == ["new@example.org"]
    link = next(word for word in sent.body.split() if "/accounts/confirm-email/" in word)
    page = client.get(link)
    client.post(link)
    assert page.status_code == 200
    client.logout()
    client.post("/accounts/login/", {"login": "newcomer", "password": "a long and odd one"})
    assert client.session["_auth_user_id"] == str(User.objects.get(username="newcomer").pk)


def test_a_wrong_password_does_not_reveal_whether_an_account_exists(client):
    make_user("somebody")

    known = client.post("/accounts/login/", {"login": "somebody", "password": "wrong"})
    unknown = client.post("/accounts/login/", {"login": "nobody", "password": "wrong"})

    errors = [page.context["form"].errors.as_data()["__all__"][0].code for page in (known, unknown)]
    assert errors[0] == errors[1]


def test_a_workshop_behind_one_address_can_sign_up(client):
    statuses = [
        client.post(
            "/accounts/signup/",
            {
                "username": f"guest{number}",
                "email": f"guest{number}@example.org",
                "password1": "a long and odd one",
                "password2": "a long and odd one",
            },
        ).status_code
        for number in range(80)
    ]

    assert statuses == [302] * 80


ENTRANCES = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/")


@pytest.mark.parametrize(
    "path",
    [
        *ENTRANCES,
        "/accounts/logout/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/3rdparty/",
    ],
)
@pytest.mark.parametrize("language", ["en", "ar", "es", "sv"])
def test_allauths_pages_look_like_the_portal_in_every_language(client, path, language):
    if path not in ENTRANCES:
        client.force_login(make_user("somebody"))

    page = client.get(path, headers={"Accept-Language": language})

    assert page.status_code == 200
    html = page.content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert "css/portal.css" in html
    assert html.count("<h1") == 1


def test_a_button_chooses_the_language_of_pages_without_one_in_their_address(client):
    client.post("/language/", {"language": "ar", "next": "/accounts/login/"})

    html = client.get("/accounts/login/").content.decode()
    assert '<html lang="ar" dir="rtl">' in html


def test_choosing_a_language_never_leads_to_another_site(client):
    page = client.post("/language/", {"language": "ar", "next": "https://elsewhere.example/"})

    assert page.url == "/"


def test_the_admin_is_right_to_left_in_arabic(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))

    for path in ("/admin/", "/admin/responses/response/", "/admin/outcomes/problem/"):
        html = client.get(path, headers={"Accept-Language": "ar"}).content.decode()
        assert '<html lang="ar" dir="rtl">' in html
        assert "admin/css/rtl.css" in html


def test_every_page_of_the_admin_opens(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    html = client.get("/admin/").content.decode()
    paths = {part.split('"')[0] for part in html.split('href="')[1:] if part.startswith("/admin/")}

    assert {path: client.get(path).status_code for path in paths} == {
        **dict.fromkeys(paths, 200),
        # There is only one policy, so its list leads to it.
        "/admin/responses/policy/": 302,
        # And everybody has one letter.
        "/admin/responses/organizerletter/": 302,
        "/admin/outcomes/codingplan/": 302,
        # To that of the current conversation.
        "/admin/responses/invitee/": 302,
    }
    assert len(paths) > 20


LISTS_OF_OURS = (
    "/admin/responses/response/",
    "/admin/responses/translation/",
    "/admin/responses/affiliate/",
    "/admin/responses/region/",
    "/admin/responses/gathering/",
    "/admin/responses/question/",
    "/admin/outcomes/answertocode/",
    "/admin/outcomes/evidence/",
    "/admin/outcomes/problem/",
    "/admin/outcomes/solution/",
    "/admin/outcomes/statement/",
    "/admin/outcomes/quotation/",
)


@pytest.mark.parametrize("path", LISTS_OF_OURS)
def test_every_filter_of_a_list_works_and_other_filters_are_refused(client, path):
    make_evidence(make_answer(region=Region.objects.first()), coder=make_user("coder"))
    submit()
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    html = client.get(path).content.decode()
    queries = {part.split('"')[0].replace("&amp;", "&") for part in html.split('href="?')[1:]}

    assert {query: client.get(f"{path}?{query}").status_code for query in queries} == dict.fromkeys(queries, 200)
    for query in ("id__regex=(", "pk__in=x", "nothing=1", "id=%00"):
        assert client.get(f"{path}?{query}").status_code in (302, 400)


def test_only_the_user_name_of_a_wikimedia_account_is_stored():
    told = {"username": "Amina", "email": "amina@example.org", "name": "Real Name"}
    login = SocialLogin(user=User(), account=SocialAccount(provider="mediawiki", uid="7", extra_data=told))
    login.email_addresses = ["amina@example.org"]

    SocialAccountAdapter().populate_user(RequestFactory().get("/"), login, told)

    assert (login.user.username, login.user.email, login.user.first_name, login.user.last_name) == ("Amina", "", "", "")
    assert (login.account.extra_data, login.email_addresses) == ({"username": "Amina"}, [])


MEDIAWIKI = """
import django
django.setup()
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from django.core.management import call_command
client = Client()
assert client.get("/readyz").status_code == 503
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
assert client.get("/readyz").status_code == 200
login = client.get("/accounts/login/").content.decode()
assert 'href="/en/accounts/mediawiki/login/' in login, login
page = client.get("/ar/accounts/mediawiki/login/")
assert '<html lang="ar" dir="rtl">' in page.content.decode()
policy = page.headers["Content-Security-Policy"]
assert "form-action 'self' https://meta.wikimedia.org" in policy, policy
assert "meta.wikimedia.org" not in client.get("/accounts/login/").headers["Content-Security-Policy"]
away = client.post("/ar/accounts/mediawiki/login/").url
assert away.startswith("https://meta.wikimedia.org/w/rest.php/oauth2/authorize?client_id=our-id"), away
assert "code_challenge=" in away, away
assert "redirect_uri=http%3A%2F%2Ftestserver%2Faccounts%2Fmediawiki%2Flogin%2Fcallback%2F" in away, away
refused = client.get("/accounts/mediawiki/login/callback/?error=server_error", follow=True).content.decode()
assert '<html lang="ar" dir="rtl">' in refused, refused
"""


def test_mediawiki_log_in_is_offered_if_both_settings_are_set(tmp_path):
    """Runs in a process of its own, because settings are read at the start. Also tests /readyz before migrating."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "diversity_portal.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
        "MEDIAWIKI_CLIENT_ID": "our-id",
        "MEDIAWIKI_CLIENT_SECRET": "our-secret",
        "STATIC_ROOT": str(tmp_path),
    }

    run = subprocess.run(
        [sys.executable, "-c", MEDIAWIKI], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert (
        run.returncode,
        [
            line
            for line in run.stderr.splitlines()
            if " WARNING " not in line and "ERROR django.request Service" not in line
        ],
    ) == (0, [])


def test_mediawiki_log_in_is_not_offered_without_its_settings(client):
    assert "mediawiki" not in client.get("/accounts/login/").content.decode()
    assert client.get("/accounts/mediawiki/login/").status_code == 404


def test_logging_in_stores_no_network_address(client):
    client.post("/accounts/login/", {"login": "somebody", "password": "wrong"}, REMOTE_ADDR="203.0.113.77")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = str(cursor.fetchall())
    assert "allauth" in kept
    assert "203.0.113" not in kept


@pytest.mark.parametrize("path", ["/accounts/login/?next=http://[", "/accounts/login/?next=%00"])
def test_an_invalid_address_to_return_to_is_refused(client, path):
    assert client.get(path).status_code == 400
    assert client.post("/accounts/login/", {"next": "http://[", "login": "x", "password": "y"}).status_code == 400


def test_a_very_long_unknown_user_name_causes_no_error(client):
    assert client.post("/accounts/login/", {"login": "x" * 200_000, "password": "y"}).status_code == 200


@pytest.mark.parametrize("page", ["login/", "password/change/", "reauthenticate/"])
def test_the_link_for_a_forgotten_password_is_not_read_out_as_a_hint_of_the_field(client, page):
    if page != "login/":
        client.force_login(make_user("amina"))

    html = client.get(f"/en/accounts/{page}").content.decode()

    assert '<p class="below"><a href="/en/accounts/password/reset/">Forgot your password?</a></p>' in html
    for field in re.findall(r'<input[^>]*type="password"[^>]*current-password[^>]*>', html):
        assert "aria-describedby" not in field


def test_an_account_with_a_letter_and_languages_is_deleted_in_the_admin(client):
    other = make_user("other", "Reviewer", is_staff=True)
    OrganizerLetter.objects.work_in(other, "sv")
    KnownLanguage.objects.know(other, "sv", reads=True, writes=True)
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    show_again(client)

    page = client.post(f"/admin/auth/user/{other.pk}/delete/", {"post": "yes"})

    assert (page.status_code, User.objects.filter(username="other").exists()) == (302, False)
    assert (OrganizerLetter.objects.filter(user=other.pk).count(), KnownLanguage.objects.count()) == (0, 0)


@pytest.mark.parametrize(("rights", "deleted"), [([], False), (["delete_emailaddress"], True)])
def test_what_can_be_deleted_on_its_own_takes_the_right_to_delete_it(client, rights, deleted):
    other, colleague = make_user("other"), make_user("colleague", is_staff=True)
    colleague.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "delete_user", *rights]))
    KnownLanguage.objects.know(other, "sv", reads=True, writes=True)
    client.force_login(colleague)
    show_again(client)
    address = f"/admin/auth/user/{other.pk}/delete/"

    assert set(client.get(address).context["perms_lacking"]) == (set() if deleted else {"email address"})
    assert client.post(address, {"post": "yes"}).status_code == (302 if deleted else 403)
    assert User.objects.filter(username="other").exists() is not deleted
