"""Save and finish later: any words in any field, behind a secret link, for 90 days."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from responses.access.keys import key_of
from responses.models import Contact, Draft, Response
from tests.factories import make_user
from tests.pages.test_respond import TYPED, faults, send, typed_in

pytestmark = pytest.mark.django_db

UNFINISHED = {
    "meaning": "\r\nNusu ya sentensi \u200d",
    "people": "many",
    "held_on": "2999",
    "display_name": "Amina",
    "email": "not yet an address",
    "agree": "",
}


def save(client, page_language="en", **changes):
    return send(client, page_language, **{**UNFINISHED, "action": "save", **changes})


def key_in(page):
    return page.url.split("/")[3]


def write(client, key, page_language="en", **changes):
    return client.post(f"/{page_language}/my-draft/{key}/write/", {**TYPED, **changes})


def as_if_saved(days_ago):
    Draft.objects.update(saved_on=timezone.localdate() - timedelta(days=days_ago))


def test_a_draft_keeps_every_word_even_if_it_could_not_be_sent_yet(client):
    page = save(client)

    assert page.status_code == 302
    assert Response.objects.count() == 0
    draft = Draft.objects.get()
    assert draft.typed == {
        "language": "sw",
        "sharing": "unnamed",
        "meaning": "\nNusu ya sentensi \u200d",
        "people": "many",
        "held_on": "2999",
        "display_name": "Amina",
        "email": "not yet an address",
    }
    assert list(Draft.objects.with_key(key_in(page))) == [draft]


def test_the_page_shows_the_secret_link_as_text_and_qr_code_and_the_day_of_deletion(client):
    page = save(client)

    html = client.get(page.url).content.decode()

    link = f"http://testserver/r/{key_in(page)}"
    assert f'value="{link}"' in html
    assert f">{link}</p>" in html
    assert "<svg" in html
    assert "QR code of your secret link" in html
    assert "90 days after it was last saved" in html


def test_opening_a_draft_fills_the_form_with_everything_that_was_saved(client):
    key = key_in(save(client))

    form = client.get(f"/ar/my-draft/{key}/write/").context["form"]

    assert typed_in(form) == Draft.objects.get().typed
    assert form.shows_group
    assert form.errors == {}


def test_agreeing_to_the_terms_is_not_saved_with_a_draft(client):
    save(client, agree="yes")

    assert "agree" not in Draft.objects.get().typed


def test_sending_a_draft_keeps_its_link_and_deletes_the_draft(client):
    key = key_in(save(client))

    page = write(client, key, meaning="Sentensi nzima.", seen=Draft.objects.get().fingerprint)

    assert page.url == f"/en/my-response/{key}/"
    assert list(Response.objects.with_key(key).values_list("answers__text", flat=True)) == ["Sentensi nzima."]
    assert Draft.objects.count() == 0
    assert client.get(f"/en/my-draft/{key}/").url == f"/en/my-response/{key}/"
    assert client.get(f"/en/my-draft/{key}/write/").url == f"/en/my-response/{key}/"


def test_sending_a_draft_twice_stores_one_response(client):
    key = key_in(save(client))
    seen = Draft.objects.get().fingerprint

    pages = [write(client, key, seen=seen) for _click in range(2)]

    assert pages[0].url == pages[1].url
    assert Response.objects.count() == 1


def test_sending_from_the_page_that_saved_a_draft_deletes_the_draft(client):
    submission = str(uuid.uuid4())
    send(client, submission=submission, action="save")

    page = send(client, submission=submission)

    assert page.url == f"/en/my-response/{key_of(uuid.UUID(submission))}/"
    assert Draft.objects.count() == 0


def test_a_form_that_was_already_sent_cannot_be_saved_as_a_draft_under_the_same_link(client):
    submission = str(uuid.uuid4())
    send(client, submission=submission)

    page = save(client, submission=submission)

    assert "You have already sent a response from this page." in " ".join(faults(page)["__all__"])
    assert page.context["form"]["meaning"].value() == UNFINISHED["meaning"]
    again = save(client, submission=str(page.context["form"].submission))
    assert again.status_code == 302


def test_a_draft_and_its_later_response_share_one_link(client):
    key = key_in(save(client))

    assert client.get(f"/r/{key}", headers={"Accept-Language": "ar"}).url == f"/ar/my-response/{key}/"
    assert client.get(f"/ar/my-response/{key}/").url == f"/ar/my-draft/{key}/"


def test_saving_again_changes_the_draft_and_postpones_its_deletion(client):
    key = key_in(save(client))
    as_if_saved(days_ago=80)
    draft = Draft.objects.get()

    page = write(client, key, action="save", meaning="More.", seen=draft.fingerprint)

    assert page.url == f"/en/my-draft/{key}/"
    assert Draft.objects.values_list("typed__meaning", "saved_on").get() == ("More.", timezone.localdate())


def test_of_two_people_saving_one_draft_neither_overwrites_the_other_unseen(client):
    key = key_in(save(client, meaning="At first."))
    seen = Draft.objects.get().fingerprint
    write(client, key, action="save", meaning="Mine.", seen=seen)

    page = write(client, key, action="save", meaning="Theirs.", seen=seen)

    html = page.content.decode()
    assert "This draft has been changed since you opened it." in html
    assert "\nTheirs.</textarea>" in html
    assert "Mine.</p></blockquote>" in html
    assert Draft.objects.get().typed["meaning"] == "Mine."
    write(client, key, action="save", meaning="Both.", seen=page.context["seen"])
    assert Draft.objects.get().typed["meaning"] == "Both."


def test_who_has_overwritten_a_draft_has_seen_all_that_it_kept(client):
    kept = {"language": "sw", "content_note": "Vita.", "content_kinds": "violence abuse", "place": "Mji", "people": "3"}
    key = key_in(save(client, meaning="At first.", content_note="Mine."))
    seen = Draft.objects.get().fingerprint
    write(client, key, action="save", meaning="At first.", **kept, sharing="organizers", seen=seen)
    shown = {"Kiswahili (Swahili)", "Vita.", "violence, abuse", "Mji", "3", str(Response.Sharing.ORGANIZERS.label)}

    for action in ("save", "send"):
        page = write(client, key, action=action, meaning="At first.", content_note="Mine.", seen=seen, agree="yes")

        now = page.content.decode().partition("What is stored now")[2]
        assert "<p>At first.</p>" in now
        assert set(re.findall("<bdi.*?>(.*?)</bdi>", now)) == shown
        assert Draft.objects.get().typed == {"meaning": "At first.", **kept, "sharing": "organizers"}


def test_a_double_click_on_save_does_not_cause_a_conflict(client):
    submission = str(uuid.uuid4())

    pages = [save(client, submission=submission) for _click in range(2)]

    assert pages[0].url == pages[1].url
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("typed", [{}, {"region": "ssa", "people": "1"}, {"language": "ha"}])
def test_a_form_without_words_is_not_saved(client, typed):
    page = send(client, action="save", meaning=" \r\n ", **typed)

    assert faults(page) == {"__all__": ["There is nothing to save yet: write the first word."]}
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("words", ["with \x00 in it", "half \ud800 of it"])
def test_words_that_the_database_cannot_hold_come_back_with_the_reason(client, words):
    if "\ud800" in words:
        page = client.post(
            "/en/respond/",
            b"complete=yes&action=save&meaning=half+%ED%A0%80",
            content_type="application/x-www-form-urlencoded",
        )
        # Django replaces bytes that are not text by "\ufffd"; what remains is saved.
        assert page.status_code == 302
    else:
        assert "invisible NUL" in str(faults(save(client, meaning=words)))
        assert Draft.objects.count() == 0


def test_a_draft_may_be_longer_than_a_response(client):
    page = save(client, meaning="ß" * 90_000)

    assert page.status_code == 302
    assert len(Draft.objects.get().typed["meaning"]) == 90_000


def test_a_draft_that_arrived_incomplete_is_not_saved(client):
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s'
    cut = part % (b"action", b"save\r\n") + part % (b"meaning", b"The line drops in the mid")

    page = client.post("/en/respond/", cut, content_type="multipart/form-data; boundary=x")

    assert "Not all of it arrived" in page.content.decode()
    assert Draft.objects.count() == 0


def test_a_draft_expires_after_90_days_and_not_earlier(client):
    key = key_in(save(client))

    as_if_saved(days_ago=89)
    assert client.get(f"/en/my-draft/{key}/").status_code == 200
    as_if_saved(days_ago=90)
    assert client.get(f"/en/my-draft/{key}/").status_code == 404
    assert client.get(f"/en/my-response/{key}/").status_code == 404
    # Saving another draft deletes the expired one.
    save(client)
    assert Draft.objects.filter(saved_on__lt=date.today() - timedelta(days=1)).count() == 0


def test_writing_on_after_the_draft_expired_loses_nothing(client):
    key = key_in(save(client))
    as_if_saved(days_ago=90)

    assert write(client, key, action="save", meaning="Late.").status_code == 302
    assert Draft.objects.get().typed["meaning"] == "Late."


def test_deleting_a_draft_asks_for_confirmation(client):
    key = key_in(save(client))

    assert client.get(f"/en/my-draft/{key}/delete/").status_code == 200
    assert Draft.objects.count() == 1
    assert client.post(f"/en/my-draft/{key}/delete/").status_code == 302
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("tail", ["", "write/", "delete/"])
def test_a_forged_link_leads_nowhere(client, tail):
    save(client)

    assert client.get(f"/en/my-draft/{'a' * 26}/{tail}").status_code == 404


@pytest.mark.parametrize("tail", ["write/", "delete/"])
def test_a_post_from_another_site_changes_nothing(csrf_client, tail):
    key = key_in(save(csrf_client))
    before = Draft.objects.values().get()

    page = csrf_client.post(
        f"/en/my-draft/{key}/{tail}", {**TYPED, "action": "save"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert page.status_code == 403
    assert Draft.objects.values().get() == before


def test_the_pages_of_a_draft_keep_their_address_secret_and_set_no_cookie(client):
    key = key_in(save(client))

    for tail, cache in (("", "private, no-store"), ("write/", "private, no-cache"), ("delete/", "private, no-store")):
        page = client.get(f"/en/my-draft/{key}/{tail}")
        kept = [page.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")]
        assert kept == [cache, "strict-origin", "noindex"]
        assert dict(page.cookies) == {}


def test_no_desk_shows_drafts(client):
    save(client, meaning="Not for anybody yet.")
    client.force_login(make_user("root", is_staff=True, is_superuser=True))

    pages = [client.get(path) for path in ("/admin/", "/admin/responses/response/?status=all")]

    shown = "".join(page.content.decode() for page in pages)
    assert "Not for anybody yet." not in shown
    assert "/admin/responses/draft/" not in shown


def test_an_email_address_is_stored_only_when_the_response_is_sent(client):
    key = key_in(save(client, email="me@example.org"))
    assert Contact.objects.count() == 0

    write(client, key, "sv", email="me@example.org", seen=Draft.objects.get().fingerprint)

    assert Contact.objects.values_list("email", "language").get() == ("me@example.org", "sv")


def test_the_page_of_a_draft_names_the_day_on_which_it_is_deleted(client):
    key = key_in(save(client))
    Draft.objects.update(saved_on=date(2999, 1, 1))

    html = client.get(f"/en/my-draft/{key}/").content.decode()

    assert Draft.objects.get().delete_on == date(2999, 4, 1)
    assert "The draft is deleted on April 1, 2999, 90 days after it was last saved." in html
