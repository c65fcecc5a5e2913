"""From a page in one language into an account and back: each page and mail on the way is in that language."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from tests.factories import make_response, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "a long and odd one"


class Reader:
    """Reads in Arabic, with a browser that asks for English, and follows links and forms as they come."""

    def __init__(self, client):
        self.client = client

    def get(self, address):
        return self._read(self.client.get(address, follow=True, headers={"Accept-Language": "en"}))

    def post(self, address, **typed):
        return self._read(self.client.post(address, typed, follow=True, headers={"Accept-Language": "en"}))

    def _read(self, page):
        html = page.content.decode()
        assert '<html lang="ar" dir="rtl">' in html
        self.address = page.request["PATH_INFO"]
        return html


def link_to(part, html):
    """The link of the reader's own language; the other languages have it too."""
    return next(
        each.replace("&amp;", "&") for each in re.findall(r'(?:href|action)="(/ar/[^"]*)"', html) if part in each
    )


def link_in_the_mail(part):
    sent = mail.outbox[-1]
    assert re.search("[\u0600-\u06ff]", sent.subject)
    assert re.search("[\u0600-\u06ff]", sent.body)
    return next(word for word in sent.body.split() if part in word)


@pytest.fixture
def reader(client):
    return Reader(client)


@pytest.mark.parametrize("start", ["/ar/translate/", "/ar/translate/so/", "/ar/my-responses/", "/ar/my-languages/"])
def test_signing_in_from_an_arabic_page_stays_arabic(reader, start):
    make_user("amina", "Translator")

    login = reader.get(start)
    refused = reader.post(link_to("/login/", login), login="amina", password="wrong", next=start)
    reader.post(link_to("/login/", refused), login="amina", password="a long password", next=start)

    assert reader.address == start


def test_attaching_a_response_comes_back_to_the_arabic_page(reader):
    response = make_response()
    make_user("amina")
    start = f"/ar/my-response/{response.key}/attach/"

    login = reader.get(start)
    reader.post(link_to("/login/", login), login="amina", password="a long password", next=start)

    assert reader.address == start


def test_signing_up_from_an_arabic_page_stays_arabic(reader, client):
    login = reader.get("/ar/translate/")
    signup = reader.get(link_to("/signup/", login))
    typed = {"username": "amina", "email": "amina@example.org", "next": "/ar/translate/"}
    refused = reader.post(link_to("/signup/", signup), **typed, password1="1", password2="2")
    reader.post(link_to("/signup/", refused), **typed, password1=PASSWORD, password2=PASSWORD)
    assert reader.address == "/ar/accounts/confirm-email/"
    link = link_in_the_mail("/ar/accounts/confirm-email/")

    client.cookies.clear()  # the mail is opened by another programme
    confirm = reader.get(link)
    login = reader.post(link_to("/confirm-email/", confirm))
    reader.post(link_to("/login/", login), login="amina", password=PASSWORD)

    assert reader.address == "/ar/translate/"


def test_a_new_password_is_set_in_arabic(reader, client):
    make_user("amina", "Translator")

    login = reader.get("/ar/translate/")
    reset = reader.get(link_to("/password/reset/", login))
    reader.post(link_to("/password/reset/", reset), email="amina@example.org")
    link = link_in_the_mail("/ar/accounts/password/reset/key/")
    client.cookies.clear()
    chosen = reader.get(link)
    reader.post(link_to("/password/reset/key/", chosen), password1=PASSWORD, password2=PASSWORD)
    reader.get("/ar/translate/")
    reader.post("/ar/accounts/login/", login="amina", password=PASSWORD, next="/ar/translate/")

    assert reader.address == "/ar/translate/"


def test_mails_about_addresses_that_are_known_or_unknown_are_arabic(reader):
    make_user("amina")

    reader.post("/ar/accounts/password/reset/", email="nobody@example.org")
    link_in_the_mail("/ar/accounts/signup/")
    typed = {"username": "other", "email": "amina@example.org", "password1": PASSWORD, "password2": PASSWORD}
    reader.post("/ar/accounts/signup/", **typed)
    link_in_the_mail("/ar/accounts/password/reset/")


def test_addresses_and_passwords_are_changed_in_arabic(reader, client):
    cache.clear()
    client.force_login(make_user("amina"))

    reader.get("/ar/accounts/email/")
    reader.get("/ar/accounts/password/change/")
    reader.get("/ar/accounts/3rdparty/")
    reader.post("/ar/accounts/logout/")

    assert reader.address == "/ar/"


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/?next=/ar/translate/",
        "/accounts/signup/?next=%2Far%2Fmy-responses%2F",
        "/accounts/password/reset/?next=/ar/",
        "/accounts/login/?next=http://testserver/ar/translate/so/",
    ],
)
def test_an_address_without_a_language_speaks_that_of_the_page_to_go_on_to(reader, address):
    reader.get(address)


@pytest.mark.parametrize("onward", ["/translate/", "/xx/translate/", "/arabic/", "//", "?next=/ar/", ""])
def test_where_the_page_to_go_on_to_has_no_language_the_browser_chooses(client, onward):
    html = client.get(f"/accounts/login/?next={onward}", headers={"Accept-Language": "sv"}).content.decode()

    assert '<html lang="sv" dir="ltr">' in html


def test_another_language_can_be_chosen_on_the_way_and_is_kept_to_the_end(client):
    make_user("amina", "Translator")
    html = client.get("/ar/translate/", follow=True).content.decode()
    swahili = re.search(r'href="(/sw/accounts/login/[^"]*)"', html).group(1)

    chosen = client.get(swahili)
    onward = re.search(r'name="next" value="([^"]*)"', chosen.content.decode()).group(1)
    page = client.post("/sw/accounts/login/", {"login": "amina", "password": "a long password", "next": onward})

    assert page.url == "/sw/translate/"
