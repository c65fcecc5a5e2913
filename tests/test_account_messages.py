"""Every message that pages and mails about accounts can show is in our catalogues, so in every language we ever add."""

import ast
import re
from pathlib import Path

import allauth
import django.contrib.auth
import polib
import pytest
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.conf import settings
from django.core.validators import EmailValidator
from django.utils import translation
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

from diversity_portal.forms import InvitationForm, ShortLoginForm

ROOT = Path(__file__).parent.parent
ALLAUTH = Path(allauth.__file__).parent
AUTH = Path(django.contrib.auth.__file__).parent
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}

# Pages and mails of what the settings do not switch on: codes by mail, telephone numbers, signing up with a passkey,
# trusted browsers, changing an address instead of adding one, mails about each change, closing the sign-up.
OFF = re.compile(
    r"(phone|trust|passkey|login_code|reset_code|verification_code|verified_email_required|email_change\.|closed"
    r"|signup_form|webauthn/snippets/login|account/email/(?!base_message|email_confirmation|password_reset_key"
    r"|account_already|unknown_account)|(socialaccount|mfa)/email/|download\.txt)"
)
# The same within pages and forms that are switched on.
OFF_WORDS = re.compile(
    r"[Pp]hone|passkey|[Pp]asswordless|sign-in code|sent a code|new code$|verification code is|\(again\)$|\(optional\)"
    r"|same email|Invalid token|Invalid login"
    r"|unaccented|confirmation$"
)
SOURCES = [
    *(ALLAUTH / "account").glob("*.py"),
    *(ALLAUTH / "socialaccount").glob("*.py"),
    *(ALLAUTH / "mfa").rglob("*.py"),
    *(AUTH / f"{name}.py" for name in ("base_user", "forms", "models", "password_validation")),
]


FORMS = [
    AddEmailForm,
    ChangePasswordForm,
    InvitationForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    ShortLoginForm,
    SignupForm,
    ActivateTOTPForm,
    DeactivateTOTPForm,
    AuthenticateForm,
    GenerateRecoveryCodesForm,
    AddWebAuthnForm,
]


def templates():
    """allauth's templates in use that none of ours stands in for."""
    for folder in ("account", "mfa", "socialaccount"):
        for path in (ALLAUTH / "templates" / folder).rglob("*.*"):
            name = str(path.relative_to(ALLAUTH / "templates"))
            if not OFF.search(name) and not (ROOT / "templates" / name).exists():
                yield path


def messages_in(source):
    """(context, message) of each call in a Python source."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(getattr(node, "func", None), "id", "") or getattr(getattr(node, "func", None), "attr", "")
        if isinstance(node, ast.Call) and name in CALLS:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if texts:
                yield (texts[0], texts[1]) if name.startswith("pgettext") else (None, texts[0])


CALL_IN_TEMPLATE = re.compile(r"""(?<!\w)(?:_|n?gettext)\((?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|[^()'"])*\)""")


def all_messages():
    found = {each for path in SOURCES for each in messages_in(path.read_text(encoding="utf-8"))}
    for path in templates():
        for call in CALL_IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8"))):
            found.update(messages_in(call))
    with translation.override(None):
        for form in FORMS:
            for field in form.base_fields.values():
                found.update((None, str(told)) for told in [*field.error_messages.values(), field.label or ""])
    found.add((None, str(EmailValidator.message)))
    return {each for each in found if each[1] and not OFF_WORDS.search(each[1])}


MESSAGES = all_messages()


def test_every_message_about_accounts_is_laid_out_to_translate():
    laid_out = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))}

    assert sorted(MESSAGES - laid_out, key=str) == []
    assert len(MESSAGES) > 200


@pytest.mark.parametrize("language", [code for code in settings.INTERFACE_LANGUAGES if code != "en"])
def test_every_message_about_accounts_is_translated(language):
    known = trans_real.translation(language)._catalog

    def has(context, message):
        key = f"{context}\x04{message}" if context else message
        try:
            return bool(known.get(key) or known.plural(key, 1))
        except KeyError:
            return False

    assert sorted((each for each in MESSAGES if not has(*each)), key=str) == []
