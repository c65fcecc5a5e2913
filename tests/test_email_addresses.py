"""An address that exists is not called none, and what was meant is understood, wherever an address is typed."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.exceptions import ValidationError

from responses.forms.my_response import NewsEmailField
from responses.models import Contact
from tests.factories import make_response, make_user, show_again
from tests.pages.test_respond import faults, send

MEANT = {
    "ada@example.org": "ada@example.org",
    " ada@example.org\n": "ada@example.org",
    "ada\uff20example.org": "ada@example.org",
    "ada@example\u3002org": "ada@example.org",
    "ada@example\uff61org": "ada@example.org",
    "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ": "ada@example.org",
    "\u200eada@example.org": "ada@example.org",
    "ada@example.org\u200b": "ada@example.org",
    "\u202aada@example.org\u202c": "ada@example.org",
    "\u2066ada@example.org\u2069\ufeff": "ada@example.org",
    "\u3000ada@example.org\u00a0": "ada@example.org",
    "\u200d\u00adada@example.org\u200c": "ada@example.org",
    "ada+news@example.org": "ada+news@example.org",
    "o'neill@example.org": "o'neill@example.org",
    "ada@bücher.example": "ada@bücher.example",
    "ada@例え.テスト": "ada@例え.テスト",
}
UNREACHABLE = [
    "उपयोगकर्ता@उदाहरण.भारत",
    "用户@例え.example",
    "josé@example.org",
    "Адам@пример.example",
    "m\u0301@example.org",
    "علی@example.org",
]
WRONG = ["ada", "@example.org", "ada@", "ada@example", "a b@example.org", "ada@exa mple.org", "é", "é@", "josé@example"]
WRONG += ["ada@example.org, bob@example.org", "a@b@example.org", "ada@-example.org", "ada@" + "é" * 64 + ".example"]
TOO_LONG = [
    "a" * 245 + "@example.org",
    "a@" + ".".join(["b" * 60] * 5) + ".example",
    # Longer only as it is sent.
    "a@" + ".".join(["".join(map(chr, range(0x4E00, 0x5000, 32)))] * 7) + ".example",
]
LONGEST = "a" * (254 - len("@example.org")) + "@example.org"


def message_of(typed):
    with pytest.raises(ValidationError) as refusal:
        NewsEmailField().clean(typed)
    return refusal.value.messages[0]


@pytest.mark.parametrize("typed", MEANT)
def test_what_was_meant_is_understood(typed):
    assert NewsEmailField().clean(typed) == MEANT[typed]


@pytest.mark.parametrize("typed", UNREACHABLE)
def test_an_address_that_we_cannot_write_to_is_not_called_wrong(typed):
    assert message_of(typed) == (
        "We cannot send to this address: before the @ it has other letters than a to z. Write another address."
    )


@pytest.mark.parametrize("typed", [*WRONG, *TOO_LONG])
def test_what_is_no_address_comes_back(typed):
    assert message_of(typed) == "This is no e-mail address. Correct it, or leave it out."


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [*TOO_LONG, UNREACHABLE[0], "ada@" + "b" * 100_000])
def test_no_address_that_cannot_be_kept_stops_the_portal(client, typed):
    response = make_response()

    assert set(faults(send(client, email=typed))) == {"email"}
    page = client.post(f"/en/my-response/{response.key}/news/", {"email": typed})
    assert set(page.context["news_form"].errors) == {"email"}
    password = {"password1": "a long password", "password2": "a long password"}
    page = client.post("/accounts/signup/", {"username": "ada", "email": typed, **password})
    assert set(page.context["form"].errors) == {"email"}

    assert (Contact.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_longest_address_is_kept(client):
    response = make_response()

    client.post(f"/en/my-response/{response.key}/news/", {"email": LONGEST})

    assert Contact.objects.get().email == LONGEST


@pytest.mark.django_db
def test_accounts_understand_the_same_addresses(client):
    password = {"password1": "a long password", "password2": "a long password"}
    client.post("/accounts/signup/", {"username": "ada", "email": "\u200eAda＠example。org", **password})
    assert EmailAddress.objects.values_list("email", flat=True).get() == "ada@example.org"
    assert mail.outbox[-1].to == ["ada@example.org"]

    page = client.post("/accounts/signup/", {"username": "jose", "email": "josé@example.org", **password})
    assert "We cannot send to this address" in str(page.context["form"].errors["email"])
    page = client.post("/accounts/signup/", {"username": "jose", "email": "jose", **password})
    assert "Enter a valid email address." in str(page.context["form"].errors["email"])

    client.post("/accounts/password/reset/", {"email": "ada＠example.org\u200b"})
    assert mail.outbox[-1].to == ["ada@example.org"]

    client.force_login(make_user("berta"))
    show_again(client)
    client.post("/accounts/email/", {"email": "berta＠home。example", "action_add": ""})
    assert EmailAddress.objects.filter(email="berta@home.example").exists()
