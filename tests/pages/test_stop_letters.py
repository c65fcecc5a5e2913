"""Organizers stop their letters with a link, and choose at the desks."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail

from outcomes.organizer_mail import send_letters
from responses.models import OrganizerLetter
from tests.factories import make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make_user("reviewer", "Reviewer", is_staff=True)


@pytest.fixture
def link(reviewer):
    submit()
    send_letters()
    return re.search(r"http://localhost:8000(/en/stop-letters/\S+)", mail.outbox[0].body)[1]


def is_wanted(user):
    return OrganizerLetter.objects.of(user).is_wanted


def page_of(user):
    return f"/admin/responses/organizerletter/{user.pk}/change/"


def test_a_link_asks_first_and_stops_the_letters_without_signing_in(client, reviewer, link):
    asked = client.get(link)
    assert "Get no more letters about what waits at the desks?" in asked.content.decode()
    assert (is_wanted(reviewer), asked.cookies) == (True, {})

    for page in (client.post(link), client.get(link)):
        assert "You get no more of these letters." in page.content.decode()
    assert is_wanted(reviewer) is False


def test_mail_programs_can_stop_them_with_one_click(csrf_client, reviewer, link):
    page = csrf_client.post(
        link,
        {"List-Unsubscribe": "One-Click"},
        headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
    )

    assert (page.status_code, is_wanted(reviewer)) == (200, False)


@pytest.mark.parametrize("token", ["x", "1:1tPq0A:forged", "a" * 3000])
def test_a_forged_link_stops_nothing(client, reviewer, link, token):
    assert client.post(f"/en/stop-letters/{token}/").status_code == 404
    assert is_wanted(reviewer) is True


def test_the_link_of_one_kind_of_mail_does_not_stop_the_other(client, link):
    assert client.post(link.replace("stop-letters", "stop-news")).status_code == 404


def test_it_stops_the_letters_of_its_reader_only_and_opens_nothing(client, reviewer, link):
    other = make_user("other", "Reviewer", is_staff=True)

    client.post(link)

    assert (is_wanted(reviewer), is_wanted(other)) == (False, True)
    assert client.get("/admin/responses/response/").status_code == 302
    assert "reviewer" not in client.get(link).content.decode()


def test_the_link_may_have_something_at_its_end_and_no_other_site_is_told_it(client, link):
    page = client.get(f"{link[:-1]}.")

    assert (page.status_code, page.url) == (302, link)
    headers = client.get(link).headers
    assert (headers["Referrer-Policy"], headers["X-Robots-Tag"]) == ("strict-origin", "noindex")
    assert "no-store" in headers["Cache-Control"]


def test_the_link_of_an_account_that_is_gone_stops_nothing_and_says_that_no_letters_come(client, reviewer, link):
    reviewer.delete()

    assert "You get no more of these letters." in client.get(link).content.decode()


def test_letters_are_switched_on_again_at_the_desks(client, reviewer, link):
    client.post(link)
    client.force_login(reviewer)

    page = client.get("/admin/responses/organizerletter/", follow=True)
    assert page.redirect_chain == [(page_of(reviewer), 302)]
    assert "reviewer@example.org" in page.content.decode()
    client.post(page_of(reviewer), {"is_wanted": "on", "language": "sw"})

    letter = OrganizerLetter.objects.of(reviewer)
    assert (letter.is_wanted, letter.language) == (True, "sw")
    assert [str(each) for each in LogEntry.objects.values_list("object_repr", flat=True)] == [str(reviewer.pk)]


def test_a_choice_can_be_made_before_any_letter_was_sent(client, reviewer):
    client.force_login(reviewer)

    assert client.get(page_of(reviewer)).status_code == 200
    client.post(page_of(reviewer), {"language": ""})

    assert OrganizerLetter.objects.values_list("user", "is_wanted", "language").get() == (reviewer.pk, False, "")


@pytest.mark.parametrize("was_stored", [True, False])
def test_each_choice_is_in_the_history_that_the_page_leads_to(client, reviewer, was_stored):
    if was_stored:
        OrganizerLetter.objects.work_in(reviewer, "en")
    client.force_login(reviewer)

    client.post(page_of(reviewer), {"language": ""})
    client.post(page_of(reviewer), {"language": "sw", "is_wanted": "on"})
    history = re.search(r'href="([^"]+)" class="historylink"', client.get(page_of(reviewer)).content.decode())[1]

    assert len(client.get(history).context["action_list"]) == 2
    assert {each.get_admin_url() for each in LogEntry.objects.all()} == {page_of(reviewer)}
    assert OrganizerLetter.objects.values_list("user", "language").get() == (reviewer.pk, "sw")


@pytest.mark.parametrize("language", ["tlh", "und", "xx' OR 1=1"])
def test_only_a_language_of_the_interface_can_be_chosen(client, reviewer, language):
    client.force_login(reviewer)

    page = client.post(page_of(reviewer), {"is_wanted": "on", "language": language})

    assert set(page.context["adminform"].form.errors) == {"language"}
    assert OrganizerLetter.objects.count() == 0


def test_nobody_sees_or_changes_somebody_elses_choice(client, reviewer):
    other = make_user("other", "Organizer", is_staff=True)
    OrganizerLetter.objects.choose(reviewer, language="sw", is_wanted=True)
    client.force_login(other)

    client.post(page_of(reviewer), {"language": "fr"})

    assert "reviewer@example.org" not in client.get(page_of(reviewer), follow=True).content.decode()
    assert OrganizerLetter.objects.values_list("language", "is_wanted").get() == ("sw", True)


def test_staff_without_an_address_read_that_they_get_no_letters(client, reviewer):
    type(reviewer).objects.filter(pk=reviewer.pk).update(email="")
    client.force_login(reviewer)

    assert "Your account has no confirmed address." in client.get(page_of(reviewer)).content.decode()


def spoken(user):
    return OrganizerLetter.objects.of(user).spoken


def test_signing_in_and_choosing_at_the_desks_set_the_language_of_the_letters(client, reviewer):
    signed_in = {"login": "reviewer", "password": "a long password", "next": "/admin/"}
    client.post("/sv/accounts/login/", signed_in)
    assert spoken(reviewer) == "sv"

    client.post("/language/", {"language": "fa", "next": "/admin/"})
    assert spoken(reviewer) == "fa"

    client.post("/language/", {"language": "tlh", "next": "/admin/"})
    assert spoken(reviewer) == "fa"


def test_of_people_who_are_no_staff_no_language_is_kept(client):
    make_user("translator", "Translator")

    client.post("/language/", {"language": "fa", "next": "/en/"})
    client.post("/sv/accounts/login/", {"login": "translator", "password": "a long password"})
    client.post("/language/", {"language": "fa", "next": "/en/"})

    assert OrganizerLetter.objects.count() == 0
