"""At the desks, nobody loses words because they were signed out or have lost a right while they wrote."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from responses.models import Response
from tests.factories import make_evidence, make_user, submit

pytestmark = pytest.mark.django_db


def sent(response):
    return {"reason": "Why <not>?", "question": "", "note": "Asante.", "seen": response.fingerprint, "next": "/admin/"}


@pytest.mark.parametrize("change", ["signed out", "no staff", "no reviewer"])
def test_words_come_back_to_whoever_may_not_store_them_any_more(client, change):
    user, response = make_user("reviewer", "Reviewer", is_staff=True), submit()
    client.force_login(user)
    if change == "signed out":
        client.logout()
    elif change == "no staff":
        type(user).objects.update(is_staff=False)
    else:
        user.groups.set([Group.objects.get(name="Coder")])

    page = client.post(f"/admin/responses/response/{response.pk}/decline/", sent(response))

    assert page.status_code == 403
    assert "Why &lt;not&gt;?\n\nAsante.</textarea>" in page.content.decode()
    assert (">Sign in</a>" in page.content.decode()) == (change == "signed out")
    assert Response.objects.get().status == "submitted"


def test_so_they_do_at_every_other_desk(client):
    mark = make_evidence()

    page = client.post(reverse("admin:outcomes_evidence_unmark", args=[mark.pk]), {"reason": "It is not meant so."})

    assert "It is not meant so.</textarea>" in page.content.decode()


def test_whoever_has_typed_nothing_is_led_to_the_page_that_they_sign_in_on(client):
    address = f"/admin/responses/response/{submit().pk}/accept/"

    assert client.post(address, {"seen": "x", "csrfmiddlewaretoken": "y"}).url == f"/admin/login/?next={address}"


def test_a_password_is_on_no_page(client):
    user = make_user("organizer")
    address = reverse("admin:auth_user_password_change", args=[user.pk])

    page = client.post(address, {"password1": "Siri tupu 1", "password2": "Siri tupu 1", "note": "Words."}, follow=True)

    assert ("Words.</textarea>" in page.content.decode(), "Siri" in page.content.decode()) == (True, False)


def test_they_come_back_to_whoever_has_signed_in_anew_in_another_window(csrf_client):
    csrf_client.force_login(make_user("reviewer", "Reviewer", is_staff=True))
    response = submit()
    typed = sent(response) | {"csrfmiddlewaretoken": "x" * 64, "password1": "Siri"}

    page = csrf_client.post(f"/admin/responses/response/{response.pk}/decline/", typed)

    assert page.status_code == 403
    assert "Why &lt;not&gt;?\n\nAsante.</textarea>" in page.content.decode()
    assert "Siri" not in page.content.decode()
