"""A second factor in a browser: an app without JavaScript, a security key with it, and the strict policy on scripts."""

import pytest
from allauth.mfa.models import Authenticator

from tests.factories import make_user
from tests.journeys.conftest import check_accessible
from tests.test_second_factor import code_for

DESK = "/admin/responses/response/"


@pytest.fixture
def reviewer(portal, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    return make_user("amina", "Reviewer", is_staff=True)


def sign_in(page, language="en"):
    page.goto(f"/{language}/accounts/login/?next={DESK}")
    page.locator("#id_login").fill("amina")
    page.locator("#id_password").fill("a long password")
    page.locator("main form button.primary").click()


def type_password(page):
    page.wait_for_url("**/reauthenticate/**")
    check_accessible(page)
    page.locator("#id_password").fill("a long password")
    page.locator("main form:not(.account) button").first.click()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_reviewer_sets_up_an_app_without_javascript_and_signs_in_with_a_recovery_code(
    open_browser, reviewer, language
):
    page = open_browser(width=360, java_script_enabled=language == "ar")
    check = check_accessible if language == "ar" else lambda page: None  # axe-core itself needs JavaScript
    sign_in(page, language)
    page.wait_for_url(f"**/{language}/accounts/2fa/" if language == "en" else "**/accounts/2fa/")
    page.goto(f"/{language}/accounts/2fa/")
    check(page)
    page.locator(f'a[href="/{language}/accounts/2fa/totp/activate/"]').click()
    if language == "ar":
        type_password(page)
    else:
        page.locator("#id_password").fill("a long password")
        page.locator("main form:not(.account) button").first.click()
    page.wait_for_url("**/totp/activate/")
    check(page)
    secret = page.locator("#authenticator_secret").input_value()
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 100 if language == "ar" else True
    page.locator("#id_code").fill(code_for(secret))
    page.locator("main form:not(.account) button").first.click()
    page.wait_for_url("**/recovery-codes/")
    check(page)
    [code, *_others] = page.locator("#recovery_codes").input_value().split()

    other = open_browser(java_script_enabled=language == "ar")
    sign_in(other, language)
    other.wait_for_url("**/2fa/authenticate/")
    check(other)
    other.locator("#id_code").fill(code)
    other.locator('main button[type="submit"]').first.click()

    other.wait_for_url(f"**{DESK}")
    assert page.faults + other.faults == []


def test_a_reviewer_adds_a_passkey_and_signs_in_with_it(open_browser, reviewer):
    page = open_browser()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    sign_in(page)
    page.wait_for_url("**/accounts/2fa/")
    page.locator('a[href$="/2fa/webauthn/add/"]').click()
    type_password(page)
    page.wait_for_url("**/webauthn/add/")
    check_accessible(page)
    page.locator("#id_name").fill("مفتاح")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto("/en/accounts/2fa/webauthn/")
    check_accessible(page)
    page.goto(DESK)
    assert page.url.endswith(DESK)

    page.context.clear_cookies()
    sign_in(page)
    page.wait_for_url("**/2fa/authenticate/")
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(f"**{DESK}")

    assert Authenticator.objects.get(type="webauthn").last_used_at is not None
    assert page.faults == []
