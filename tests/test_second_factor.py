"""Staff need a second factor where the public can reach the portal, and show who they are before touching accounts."""

import re
import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from diversity_portal.second_factor import STAFF_SESSION
from tests.factories import make_user, show_again, submit

pytestmark = pytest.mark.django_db

PASSWORD = "a long password"
DESK = "/admin/responses/response/"


@pytest.fixture
def production(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True


def sign_in(client, name, onward=DESK):
    return client.post("/en/accounts/login/", {"login": name, "password": PASSWORD, "next": onward})


def code_for(secret):
    """What the app shows now: of the codes that are accepted, neither that of the half minute before nor the next."""
    _before, now, _after = totp.yield_hotp_counters_from_time()
    return totp.format_hotp_value(totp.hotp_value(secret, now))


def set_up(client):
    """What an app on a telephone does with the secret of the page; the secret."""
    show_again(client)
    page = client.get("/en/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post("/en/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    return secret


@pytest.fixture
def reviewer(client, production):
    user = make_user("amina", "Reviewer", is_staff=True)
    sign_in(client, "amina")
    return user


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, reviewer):
    for address in ("/admin/", DESK, "/admin/outcomes/problem/", "/admin/password_change/"):
        page = client.get(address, follow=True)
        assert page.redirect_chain[-1][0] == "/en/accounts/2fa/"
    assert "The desks open when your account has a second factor" in page.content.decode()
    assert client.post(f"{DESK}1/accept/").url == "/en/accounts/2fa/"


def test_with_a_second_factor_the_desks_open(client, reviewer):
    set_up(client)

    assert client.get(DESK).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, reviewer):
    RecoveryCodes.activate(reviewer)

    assert client.get(DESK).url == "/en/accounts/2fa/"


def test_from_then_on_a_password_alone_opens_nothing(client, reviewer):
    secret = set_up(client)
    browser = Client()

    assert sign_in(browser, "amina").url.startswith("/en/accounts/2fa/authenticate/")
    assert "login" in browser.get(DESK).url
    assert browser.post("/en/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert "login" in browser.get(DESK).url
    # A code works once; the one of the set-up is used up, a recovery code is not.
    [first, *_others] = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert browser.post("/en/accounts/2fa/authenticate/", {"code": first}).url == DESK
    assert browser.get(DESK).status_code == 200
    third = Client()
    sign_in(third, "amina")
    assert third.post("/en/accounts/2fa/authenticate/", {"code": first}).status_code == 200
    assert secret


def test_others_need_no_second_factor_and_can_have_one(client, production):
    make_user("translator", "Translator")
    sign_in(client, "translator", "/en/translate/")

    assert client.get("/en/translate/").status_code == 200
    set_up(client)
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_where_only_this_machine_reaches_the_portal_a_password_is_enough(client):
    make_user("amina", "Reviewer", is_staff=True)
    sign_in(client, "amina")

    assert client.get(DESK).status_code == 200


def test_an_address_that_the_admin_does_not_have_is_not_found(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))

    assert client.post("/admin/nothing-here/").status_code == 404


ACCOUNT = {"username": "other", "is_active": "on", "is_staff": "on"}


def touched_pages(other):
    return [
        ("post", f"/admin/auth/user/{other.pk}/change/", ACCOUNT),
        ("post", f"/admin/auth/user/{other.pk}/delete/", {"post": "yes"}),
        ("get", f"/admin/auth/user/{other.pk}/password/", {}),
        ("post", f"/admin/auth/user/{other.pk}/password/", {"password1": "x", "password2": "x"}),
        ("post", "/admin/auth/user/", {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}),
        ("post", "/admin/auth/user/", {"action": "reset_second_factor", "_selected_action": [other.pk]}),
        ("post", "/admin/auth/group/add/", {"name": "Everything"}),
        ("post", f"/admin/account/emailaddress/{other.emailaddress_set.get().pk}/change/", {"email": "x@example.org"}),
        ("post", "/en/accounts/email/", {"email": "mine@example.org", "action_add": ""}),
        ("post", "/en/my-account/delete/", {"withdraw": "yes"}),
        ("get", "/en/accounts/2fa/totp/activate/", {}),
        ("get", "/en/accounts/2fa/recovery-codes/generate/", {}),
    ]


def test_before_touching_accounts_the_password_is_typed_again(client):
    other = make_user("other")
    before = list(User.objects.values())
    client.force_login(make_user("root", is_staff=True, is_superuser=True))

    for method, address, sent in touched_pages(other):
        page = getattr(client, method)(address, sent)
        assert (address, page.status_code) == (address, 302)
        assert page.url.startswith("/en/accounts/reauthenticate/"), address

    assert [row for row in User.objects.values() if row["username"] != "root"] == before
    assert client.get("/admin/auth/user/").status_code == 200


def test_what_was_posted_goes_on_when_the_password_is_right(client):
    other = make_user("other")
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    address = f"/admin/auth/user/{other.pk}/change/"
    asked = client.post(address, ACCOUNT)
    assert not User.objects.get(pk=other.pk).is_staff

    assert client.post(asked.url, {"password": "wrong"}).status_code == 200
    assert not User.objects.get(pk=other.pk).is_staff
    client.post(asked.url, {"password": PASSWORD})

    assert User.objects.get(pk=other.pk).is_staff


def test_what_was_posted_goes_on_also_if_its_address_says_from_which_list_it_was_opened(client):
    other = make_user("other")
    client.force_login(make_user("root", is_staff=True, is_superuser=True))

    asked = client.post(f"/admin/auth/user/{other.pk}/change/?_changelist_filters=q%3Dother", ACCOUNT)
    client.post(asked.url, {"password": PASSWORD})

    assert User.objects.get(pk=other.pk).is_staff


def half_a_day_later(client):
    session = client.session
    [record] = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [record | {"at": time.time() - STAFF_SESSION - 1}]
    session.save()


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/admin/responses/response/{}/decline/", {"reason": "", "note": "Asante kwa maneno."}),
        ("/admin/responses/affiliate/add/", {"name": "Asante kwa maneno."}),
        ("/admin/responses/affiliate/add/?_changelist_filters=kind%3Dchapter", {"name": "Asante kwa maneno."}),
        ("/admin/responses/person/add/", {"words": "Asante kwa maneno."}),
    ],
)
def test_a_form_that_is_refused_behind_the_password_keeps_its_words_and_its_address(client, address, typed):
    make_user("olga", "Organizer", is_staff=True)
    sign_in(client, "olga")
    half_a_day_later(client)
    address = address.format(submit().pk)

    asked = client.post(address, typed)
    html = client.post(asked.url, {"password": PASSWORD}).content.decode()

    forms = re.findall(r'<form\b[^>]*method="post"[^>]*>', html)
    assert "Asante kwa maneno." in html
    assert [form for form in forms if "action=" not in form] == []
    assert f'action="{address}"' in html


def test_whoever_has_no_password_gets_back_what_they_had_typed_when_they_have_to_sign_in_anew(client):
    olga = make_user("olga", "Organizer", is_staff=True)
    sign_in(client, "olga")
    half_a_day_later(client)
    User.objects.filter(pk=olga.pk).update(password="!")
    session = client.session
    session["_auth_user_hash"] = User.objects.get(pk=olga.pk).get_session_auth_hash()
    session.save()

    page = client.post("/admin/responses/person/add/", {"words": "Asante kwa maneno."})

    assert page.status_code == 403
    assert "Asante kwa maneno." in page.content.decode()


def test_staff_show_again_who_they_are_after_half_a_day(client):
    make_user("amina", "Reviewer", is_staff=True)
    sign_in(client, "amina")
    half_a_day_later(client)

    assert client.get(DESK).url.startswith("/en/accounts/reauthenticate/")
    assert client.get("/en/translate/").status_code == 200
    show_again(client)
    assert client.get(DESK).status_code == 200


def test_an_organizer_takes_a_lost_second_factor_away(client, reviewer):
    set_up(client)
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    Authenticator.objects.create(user=User.objects.get(username="root"), type="totp", data={"secret": "x"})
    show_again(client)

    client.post("/admin/auth/user/", {"action": "reset_second_factor", "_selected_action": [reviewer.pk]})

    assert list(Authenticator.objects.values_list("user__username", flat=True)) == ["root"]
    amina = Client()
    assert sign_in(amina, "amina").url == DESK
    assert amina.get(DESK).url == "/en/accounts/2fa/"


@pytest.mark.parametrize("name", ["amina", "amina@example.org"])
def test_a_command_takes_a_lost_second_factor_away(client, reviewer, name, capsys):
    set_up(client)
    Authenticator.objects.create(user=make_user("other"), type="totp", data={"secret": "x"})

    call_command("reset_second_factor", name)

    assert list(Authenticator.objects.values_list("user__username", flat=True)) == ["other"]
    assert "password alone" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no second factor"):
        call_command("reset_second_factor", name)
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_second_factor", "nobody")


def test_no_page_of_the_admin_shows_the_secrets(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))

    assert client.get("/admin/mfa/authenticator/").status_code == 404


PAGES = "2fa/ 2fa/totp/activate/ 2fa/webauthn/add/ 2fa/webauthn/ 2fa/totp/deactivate/ 2fa/recovery-codes/generate/"


@pytest.mark.parametrize("language", ["en", "ar", "sw", "hi"])
def test_the_pages_of_second_factors_are_in_the_portals_design_and_in_the_readers_language(client, language):
    client.force_login(make_user("amina"))
    show_again(client)

    for path in PAGES.split():
        if "deactivate" in path:
            set_up(client)
        page = client.get(f"/{language}/accounts/{path}")
        html = page.content.decode()
        assert (path, page.status_code) == (path, 200)
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
        assert "css/portal.css" in html
        assert html.count("<h1") == 1
        assert "<script>" not in html
        assert "onclick" not in html
