"""Sheets of paper that arrive after a conversation is closed are typed in by a link, until a day."""

import uuid
from datetime import date

import pytest

from responses.access.keys import sha256_of
from responses.models import Conversation, Draft, Flag, Gathering, RateLimitCount, Response
from tests.factories import freeze, make_conversation, make_gathering
from tests.pages.test_respond import TYPED, faults, send

pytestmark = pytest.mark.django_db

BEFORE, OPEN, CLOSED, AFTER_DRAFTS, OVER = (
    "2026-02-20T12:00Z",
    "2026-09-30T12:00Z",
    "2026-10-02T12:00Z",
    "2026-10-20T12:00Z",
    "2026-11-01T12:00Z",
)
UNTIL = date(2026, 10, 31)


@pytest.fixture
def at(monkeypatch):
    """Moves the clock. The current conversation closes on 30 September; its results are promised by 15 December."""
    Conversation.objects.update(
        opens_on=date(2026, 3, 1), closes_on=date(2026, 9, 30), results_by=date(2026, 12, 15), is_current=True
    )
    freeze(monkeypatch, CLOSED)
    return lambda moment: freeze(monkeypatch, moment)


@pytest.fixture
def gathering(at):
    return make_gathering(title="A <café>")


@pytest.fixture
def key(gathering):
    return gathering.take_late_sheets(UNTIL)


def late(client, key, **changes):
    return send(client, late=key, **changes)


def notice(page):
    html = page.content.decode()
    return html.partition('<div id="gathering"')[2].partition("</div>")[0].partition(">")[2]


def test_the_form_says_which_gathering_and_until_when_and_that_it_is_closed_for_others(client, key):
    page = client.get(f"/en/respond/late/{key}/")

    assert page.status_code == 200
    assert notice(page) == (
        "You type in sheets of paper of a gathering: <bdi>A &lt;café&gt;</bdi>. This link works until October 31, 2026."
        " For everybody else the conversation is closed."
    )
    assert 'name="gathering" value=' in page.content.decode()


def test_on_an_open_conversation_the_form_says_only_until_when_the_link_works(client, at, key):
    at(OPEN)

    page = client.get(f"/en/respond/late/{key}/")

    assert notice(page).endswith("</bdi>. This link works until October 31, 2026.")
    assert late(client, key).status_code == 302
    assert Response.objects.get().gathering == Gathering.objects.get()


def test_no_link_opens_a_conversation_before_its_first_day(client, at, key):
    at(BEFORE)

    page = client.get(f"/en/respond/late/{key}/")

    assert (page.status_code, "form" in (page.context or {})) == (200, False)
    assert "The conversation opens on March 1, 2026." in page.content.decode()
    assert late(client, key).url.startswith("/en/my-draft/")
    assert Response.objects.count() == 0


def test_the_address_of_the_form_stays_secret(client, key):
    for page in (client.get(f"/en/respond/late/{key}/"), client.get(f"/en/respond/late/{'a' * 26}/")):
        assert [page.headers[name] for name in ("Referrer-Policy", "X-Robots-Tag")] == ["strict-origin", "noindex"]
        assert page.headers["Cache-Control"] == "private, no-cache"
        assert dict(page.cookies) == {}


def test_a_late_response_counts_at_its_gathering_and_was_promised_results_by_the_day_that_is_promised_then(client, key):
    Conversation.objects.update(results_by=date(2027, 1, 31))

    page = late(client, key)

    response = Response.objects.get()
    gathering = Gathering.objects.get()
    assert page.url.startswith("/en/my-response/")
    assert "invitation=closed" not in page.url
    assert (response.gathering, gathering.sent) == (gathering, 1)
    assert (response.conversation, response.results_by) == (gathering.conversation, date(2027, 1, 31))
    assert response.submitted_on == date(2026, 10, 2)


def test_it_belongs_to_the_conversation_of_the_gathering_although_the_next_one_is_open(client, key):
    Conversation.objects.update(is_current=False)
    make_conversation(is_current=True, opens_on=date(2026, 10, 1))

    late(client, key, conversation="next")

    assert Response.objects.get().conversation == Gathering.objects.get().conversation


def test_without_the_link_nobody_can_send_at_the_gathering(client, gathering, key):
    for typed in ({}, {"late": ""}, {"late": sha256_of(key)}, {"late": f"{key[:-1]}{'a' if key[-1] != 'a' else 'b'}"}):
        page = send(client, gathering=gathering.code, **typed)
        # Kept as a draft, not sent.
        assert page.url.startswith("/en/my-draft/")

    assert (Response.objects.count(), Draft.objects.count()) == (0, 4)


def test_a_key_that_was_copied_carelessly_works(client, key):
    for copied in (key.upper(), f" {key[:5]} {key[5:]}\u200b.", "".join(chr(ord(each) + 0xFEE0) for each in key)):
        assert late(client, copied).url.startswith("/en/my-response/")

    page = client.get(f"/en/respond/late/{key.upper()}/")
    assert page.url == f"/en/respond/late/{key}/"
    assert Response.objects.count() == 3


def test_the_key_of_one_gathering_sends_at_no_other(client, key):
    other = make_gathering(title="Another")

    late(client, key, gathering=other.code)

    assert Response.objects.get().gathering.title == "A <café>"
    assert list(Gathering.objects.order_by("title").values_list("title", "sent")) == [("A <café>", 1), ("Another", 0)]


def test_a_link_that_was_made_anew_replaces_the_earlier_one(client, gathering, key):
    anew = gathering.take_late_sheets(UNTIL)

    assert client.get(f"/en/respond/late/{key}/").status_code == 410
    assert client.get(f"/en/respond/late/{anew}/").status_code == 200
    assert late(client, key).url.startswith("/en/my-draft/")


@pytest.mark.parametrize(
    ("moment", "status"), [("2026-11-01T11:59Z", 200), ("2026-11-01T12:00Z", 410), ("2026-12-01T12:00Z", 410)]
)
def test_the_link_ends_when_its_day_has_ended_everywhere(client, at, key, moment, status):
    at(moment)

    assert client.get(f"/en/respond/late/{key}/").status_code == status


def test_a_link_that_has_ended_says_until_when_it_worked_and_what_to_do(client, at, key):
    at(OVER)

    html = client.get(f"/en/respond/late/{key}/").content.decode()

    assert "This link could be used to type in sheets of paper until October 31, 2026." in html
    assert "mailto:" in html
    assert 'href="/en/conversations/where-you-are/"' in html


def test_a_link_that_was_ended_or_replaced_names_no_gathering(client, gathering, key):
    gathering.end_late_sheets()

    html = client.get(f"/en/respond/late/{key}/").content.decode()

    assert "The organizers have ended it, or made another one." in html
    assert ("café" in html, "October 31" in html) == (False, False)


def test_the_next_sheet_is_typed_in_by_the_same_link(client, key):
    page = late(client, key, action="send_next", region="ssa")
    again = late(client, page.context["form"]["late"].value(), action="send_next")

    assert [page.status_code, again.status_code] == [200, 200]
    assert f'name="late" value="{key}"' in again.content.decode()
    assert notice(again).startswith("You type in sheets of paper")
    assert Gathering.objects.get().sent == 2


def test_sending_twice_stores_once_also_when_the_link_has_ended_in_between(client, at, gathering, key):
    submission = str(uuid.uuid4())
    pages = [late(client, key, submission=submission, gathering=gathering.code) for _click in range(2)]
    at(OVER)
    pages.append(late(client, key, submission=submission, gathering=gathering.code))

    assert len({page.url for page in pages}) == 1
    assert (Response.objects.count(), Gathering.objects.get().sent) == (1, 1)


def test_switching_the_language_keeps_the_link_and_every_word(client, key):
    first = client.get(f"/en/respond/late/{key}/")
    assert f'formaction="/ar/respond/late/{key}/"' in first.content.decode()

    page = client.post(f"/ar/respond/late/{key}/", {**TYPED, "late": key, "action": "switch"})

    form = page.context["form"]
    assert page.status_code == 200
    assert (form["late"].value(), form["meaning"].value()) == (key, TYPED["meaning"])
    assert (form.errors, form.invitation) == ({}, Gathering.objects.get())


def test_a_mistake_keeps_the_link(client, key):
    page = late(client, key, agree="")

    assert set(faults(page)) == {"agree"}
    assert f'name="late" value="{key}"' in page.content.decode()


def test_a_draft_that_was_saved_by_the_link_is_sent_as_long_as_that_works(client, at, gathering, key):
    page = late(client, key, gathering=gathering.code, action="save")
    write = f"{page.url}write/"
    # Drafts of the conversation cannot be finished any more.
    at(AFTER_DRAFTS)

    form = client.get(write).context["form"]
    assert (form["late"].value(), form["meaning"].value()) == (key, "Kila mtu ana nafasi.\n\nNa kila lugha.")
    sent = client.post(
        write, {**TYPED, "late": key, "gathering": gathering.code, "seen": Draft.objects.get().fingerprint}
    )

    assert sent.url == page.url.replace("my-draft", "my-response")
    assert (Response.objects.get().gathering, Draft.objects.count()) == (gathering, 0)


def test_a_draft_that_was_saved_by_a_link_that_has_ended_is_kept_and_not_sent(client, at, key):
    page = late(client, key, action="save")
    at(OVER)

    assert client.get(f"{page.url}write/").url == page.url
    sent = client.post(f"{page.url}write/", {**TYPED, "late": key, "seen": Draft.objects.get().fingerprint})

    assert sent.url.startswith(page.url)
    assert (Response.objects.count(), Draft.objects.get().typed["meaning"]) == (0, TYPED["meaning"].replace("\r", ""))


def test_a_draft_is_sent_when_the_link_that_it_was_saved_by_has_been_given_more_time(client, at, gathering, key):
    page = late(client, key, action="save")
    at(OVER)

    gathering.move_late_day(date(2026, 12, 1))
    sent = client.post(f"{page.url}write/", {**TYPED, "late": key, "seen": Draft.objects.get().fingerprint})

    assert "/my-response/" in sent.url
    assert Response.objects.get().gathering == gathering


def test_what_was_typed_while_the_link_ended_is_kept_whatever_is_pressed(client, at, key):
    at(OVER)

    for action in ("send", "send_next", "save"):
        assert late(client, key, action=action).url.startswith("/en/my-draft/")
    assert client.post(f"/ar/respond/late/{key}/", {**TYPED, "late": key, "action": "switch"}).url.startswith(
        "/ar/my-draft/"
    )
    assert (Response.objects.count(), Draft.objects.count()) == (0, 4)


def test_a_draft_that_was_taken_to_the_next_conversation_has_left_the_gathering(client, at, key):
    page = late(client, key, action="save")
    at(AFTER_DRAFTS)
    Conversation.objects.update(is_current=False)
    following = make_conversation(is_current=True, opens_on=date(2026, 10, 1))
    Draft.objects.get().move()

    form = client.get(f"{page.url}write/").context["form"]
    client.post(f"{page.url}write/", {**TYPED, "late": key, "seen": Draft.objects.get().fingerprint})

    assert (form.late_gathering, form.invitation) == (None, None)
    assert list(Response.objects.values_list("conversation", "gathering")) == [(following.pk, None)]


def test_sheets_of_a_gathering_that_its_host_has_closed_are_typed_in_all_the_same(client, gathering, key):
    gathering.close()

    late(client, key)

    assert Response.objects.get().gathering == gathering


def test_fifty_sheets_in_a_row_are_neither_slowed_down_nor_marked_and_a_script_is(client, key):
    for number in range(50):
        assert late(client, key, meaning=f"Neno {number}.").status_code == 302
    assert list(Flag.objects.values_list("kind", flat=True)) == ["unopened"] * 50
    RateLimitCount.objects.update(n=1000)

    page = late(client, key, meaning="Neno 51.")

    assert page.status_code == 429
    assert page.context["form"]["meaning"].value() == "Neno 51."
    assert Gathering.objects.get().sent == 50


def test_another_site_cannot_send_by_the_link(csrf_client, key):
    page = csrf_client.post(
        f"/en/respond/late/{key}/", {**TYPED, "late": key}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert page.status_code == 403
    assert Response.objects.count() == 0


@pytest.mark.parametrize("closes_on", [None, date(2026, 11, 30), date(2026, 10, 31)])
def test_a_link_that_ends_while_everybody_can_answer_is_on_no_sheet(client, at, closes_on):
    gathering = make_gathering(key_hash=sha256_of("a" * 26))
    gathering.take_late_sheets(UNTIL)
    Conversation.objects.filter(is_current=True).update(closes_on=closes_on, results_by=None)

    pages = [f"/en/gatherings/{gathering.code}/sheet/", f"/en/my-gathering/{'a' * 26}/"]
    read = [client.get(path) for path in pages]

    assert [page.status_code for page in read] == [200, 200]
    assert ["Sheets of paper that arrive late" in page.content.decode() for page in read] == [False, False]
    # Now nobody can answer by the invitation any more.
    gathering.close()
    read = [client.get(path) for path in pages]
    assert ["can be typed in until October 31, 2026." in page.content.decode() for page in read] == [True, True]
