"""An organizer makes an account for somebody, who chooses a password and gets in."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/auth/user/add/"
PASSWORD = "a long and odd one"


@pytest.fixture
def organizer(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    return client


def choose_password(invited):
    [sent] = mail.outbox
    link = next(word for word in sent.body.split() if "/password/reset/key/" in word)
    form = invited.get(link).url
    return invited.post(form, {"password1": PASSWORD, "password2": PASSWORD})


@pytest.mark.parametrize("name", ["reviewer", "महेश", "علی\u200cرضا", "Ada Lovelace"])
def test_who_is_invited_chooses_a_password_and_works(organizer, name):
    page = organizer.post(ADD, {"username": name, "email": "New@Example.org"})
    user = User.objects.get(username=name)
    assert page.url == f"/admin/auth/user/{user.pk}/change/"
    assert mail.outbox[0].to == ["new@example.org"]
    assert name in mail.outbox[0].body
    assert not user.has_usable_password()
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name="Reviewer"))

    invited = Client()
    choose_password(invited)
    page = invited.post("/accounts/login/", {"login": name, "password": PASSWORD, "next": "/admin/responses/response/"})

    assert invited.get(page.url).status_code == 200
    assert EmailAddress.objects.get(user=user).verified


def test_before_the_link_was_used_the_address_is_not_theirs(organizer):
    organizer.post(ADD, {"username": "reviewer", "email": "new@example.org"})

    assert list(EmailAddress.objects.filter(email="new@example.org").values_list("primary", "verified")) == [
        (True, False)
    ]


def test_whoever_comes_too_late_asks_for_a_new_password(organizer):
    organizer.post(ADD, {"username": "reviewer", "email": "new@example.org"})
    mail.outbox.clear()
    invited = Client()

    invited.post("/accounts/password/reset/", {"email": "new@example.org"})
    choose_password(invited)
    invited.post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD})

    assert invited.session["_auth_user_id"] == str(User.objects.get(username="reviewer").pk)


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        ({"username": "reviewer", "email": ""}, {"email"}),
        ({"username": "reviewer", "email": "no address"}, {"email"}),
        ({"username": "reviewer", "email": "ROOT@example.org"}, {"email"}),
        ({"username": "Root", "email": "new@example.org"}, {"username"}),
        ({"username": "a/b", "email": "new@example.org"}, {"username"}),
        ({"username": "ad\u200ba", "email": "new@example.org"}, {"username"}),
    ],
)
def test_an_account_that_could_not_be_signed_in_to_is_not_made(organizer, typed, faulty):
    page = organizer.post(ADD, typed)

    assert set(page.context["adminform"].form.errors) == faulty
    assert User.objects.count() == 1
    assert mail.outbox == []


@pytest.mark.parametrize("fields", [{}, {"is_staff": True}])
def test_nobody_else_makes_accounts(client, fields):
    client.force_login(make_user("somebody", "Organizer", **fields))

    assert client.post(ADD, {"username": "reviewer", "email": "new@example.org"}).status_code in (302, 403)
    assert not User.objects.filter(username="reviewer").exists()
