"""Host a conversation: the invitation, the host's page, the sheet of paper."""

import re
import uuid

import pytest
from django.conf import settings
from django.utils import timezone

from responses.access.keys import key_of
from responses.models import Gathering, RateLimitCount, Response
from tests.factories import make_affiliate, make_gathering, make_response, make_user, submit
from tests.pages.test_respond import typed_in

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "WikiCafé <b> ~~~~ {{x}}",
    "affiliate": "",
    "held_on": "2999-03-01",
    "place": "Maktaba [[Mji]]",
    "host_note": "Bring tea.\r\n</nowiki>{{evil}}</textarea><script>",
    "action": "send",
    "complete": "yes",
}


def announce(client, page_language="en", **changes):
    typed = {"submission": str(uuid.uuid4()), **TYPED, **changes}
    return client.post(f"/{page_language}/gatherings/new/", typed)


def host_page(client, page):
    return client.get(page.url)


def with_key(**fields):
    submission = uuid.uuid4()
    key = key_of(submission)
    return Gathering.objects.announce(key, **{"title": "Café", **fields}), key


def test_announcing_leads_to_the_hosts_secret_page_with_the_link_for_guests(client):
    make_affiliate(name="Wikimedia Testland")

    page = announce(client, affiliate="wikimedia testland")

    gathering = Gathering.objects.get()
    assert (gathering.title, str(gathering.held_on), gathering.affiliate.name) == (
        TYPED["title"],
        "2999-03-01",
        "Wikimedia Testland",
    )
    assert list(Gathering.objects.with_key(page.url.split("/")[3])) == [gathering]
    html = host_page(client, page).content.decode()
    assert f'value="http://testserver/en/gatherings/{gathering.code}/"' in html
    assert "Nobody has answered yet." in html
    assert "<svg" in html


def test_announcing_the_same_gathering_twice_makes_one(client):
    submission = str(uuid.uuid4())

    pages = [announce(client, submission=submission) for _click in range(2)]

    assert pages[0].url == pages[1].url
    assert Gathering.objects.count() == 1


def test_two_hosts_may_choose_the_same_title(client):
    announce(client)
    announce(client)

    assert Gathering.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 191}, "title"),
        ({"title": "\x00"}, "title"),
        ({"affiliate": "Nobody knows us"}, "affiliate"),
        ({"held_on": "tomorrow"}, "held_on"),
        ({"complete": ""}, "complete"),
    ],
)
def test_a_mistake_brings_the_form_back_with_every_word(client, changes, field):
    page = announce(client, **changes)

    form = page.context["form"]
    assert set(form.errors) == {field}
    assert form["host_note"].value() == TYPED["host_note"]
    assert Gathering.objects.count() == 0


def test_a_title_of_190_emoji_is_kept_whole(client):
    announce(client, title="🫶" * 190)

    assert Gathering.objects.get().title == "🫶" * 190


def test_switching_the_language_keeps_every_word(client):
    page = announce(client, "ar", action="switch", held_on="soon")

    form = page.context["form"]
    typed = {name: text for name, text in TYPED.items() if text and name != "action"}
    assert (typed_in(form), form.errors) == ({**typed, "held_on": "soon"}, {})
    assert Gathering.objects.count() == 0


def test_a_script_that_announces_too_often_has_to_wait(client):
    announce(client)
    RateLimitCount.objects.update(n=1000)

    page = announce(client)

    assert page.status_code == 429
    assert page.context["form"]["title"].value() == TYPED["title"]
    assert Gathering.objects.count() == 1


def words_of(page):
    return re.sub("<svg.*?</svg>|<[^>]*>", "", page.content.decode(), flags=re.DOTALL)


def number_seen_by_host(client, key):
    html = client.get(f"/en/my-gathering/{key}/").content.decode()
    return int(re.search(r"<strong>(\d+)</strong> response", html)[1])


def test_the_number_that_a_host_sees_tells_neither_sizes_nor_who_withdraws(client):
    gathering, key = with_key()
    submit(gathering=gathering)
    assert number_seen_by_host(client, key) == 1

    # Whatever the author does then, and however large the group is, the host sees the same.
    for verb in (
        lambda each: each.accept(),
        lambda each: each.decline("Spam."),
        lambda each: each.share(sharing="organizers"),
        lambda each: each.withdraw(),
    ):
        before = number_seen_by_host(client, key)
        response = submit({"meaning": f"Words {before}."}, gathering=gathering, people=37)
        assert number_seen_by_host(client, key) == before + 1
        verb(response)
        assert number_seen_by_host(client, key) == before + 1
    assert not re.search(r"\b37\b|people speak", words_of(client.get(f"/en/my-gathering/{key}/")))


def test_a_form_that_is_sent_twice_counts_once_for_the_host(client):
    gathering, key = with_key()
    submission = uuid.uuid4()

    for _ in range(2):
        submit(submission=submission, gathering=gathering)

    assert number_seen_by_host(client, key) == 1


def test_the_host_sees_how_many_people_have_answered_but_not_who_or_what(client):
    gathering, key = with_key()
    make_response(
        {"meaning": "Secret words."},
        gathering=gathering,
        people=51,
        sharing="named",
        display_name="Amina",
        affiliate_name="Marafiki",
        place="Nyumbani",
    )
    submit({"meaning": "Waiting words."}, gathering=gathering, people=2)
    submit(gathering=gathering).withdraw()
    submit(people=7)

    html = client.get(f"/en/my-gathering/{key}/").content.decode()

    assert "<strong>3</strong> responses</p>" in html
    assert "people speak" not in html
    for secret in (
        "Secret",
        "Waiting",
        "Amina",
        "Marafiki",
        "Nyumbani",
        *Response.objects.values_list("code", flat=True),
    ):
        assert secret not in html


def test_the_hosts_page_is_not_cached_and_its_address_stays_secret(client):
    gathering, key = with_key()

    page = client.get(f"/en/my-gathering/{key}/")

    assert [page.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "private, no-store",
        "strict-origin",
        "noindex",
    ]
    assert client.get(f"/en/my-gathering/{'a' * 26}/").status_code == 404


def test_the_invitation_leads_to_the_form_and_is_hidden_from_search_engines(client):
    announce(client)
    gathering = Gathering.objects.get()

    page = client.get(gathering.get_absolute_url())

    html = page.content.decode()
    assert "<h1><bdi>WikiCafé &lt;b&gt; ~~~~ {{x}}</bdi></h1>" in html
    assert f'href="/en/respond/?gathering={gathering.code}"' in html
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert dict(page.cookies) == {}


def test_there_is_a_text_to_copy_in_each_interface_language(client):
    gathering = make_gathering(title="Café", place="Maktaba", host_note="Chai.")

    page = client.get(f"/en/gatherings/{gathering.code}/")

    found = page.context["invitations"]
    assert [each.language.code for each in found] == [code for code, _name in settings.LANGUAGES]
    for each in found:
        address = f"http://testserver/{each.language.code}/gatherings/{gathering.code}/"
        for text in (each.message, each.talk_page):
            assert address in text
            assert "Maktaba" in text
            assert "Chai." in text
            assert "\n\n\n" not in text
        assert f"\n[{address} " in each.talk_page
        assert each.talk_page.endswith("~~~~\n")


def test_a_hosts_words_are_not_interpreted_as_wikitext(client):
    announce(client)
    gathering = Gathering.objects.get()

    page = client.get(gathering.get_absolute_url())

    wikitext = page.context["invitations"][1].talk_page
    assert wikitext.startswith("== <nowiki>WikiCafé &lt;b> ~~~~ {{x}}</nowiki> ==\n")
    assert "<nowiki>Maktaba [[Mji]]</nowiki>" in wikitext
    assert "<nowiki>Bring tea.\n&lt;/nowiki>{{evil}}&lt;/textarea>&lt;script></nowiki>" in wikitext
    # In the page, the host's words do not close the text field around them.
    assert page.content.decode().count("</textarea>") == 2 * len(settings.LANGUAGES)


def test_closing_asks_for_confirmation_and_keeps_the_responses(client):
    gathering, key = with_key()
    response = make_response(gathering=gathering)

    assert client.get(f"/en/my-gathering/{key}/close/").status_code == 200
    assert not Gathering.objects.get().is_closed
    assert client.post(f"/en/my-gathering/{key}/close/").status_code == 302

    assert Gathering.objects.get().closed_on == timezone.localdate()
    assert client.get(gathering.get_absolute_url()).status_code == 410
    assert client.get(f"{gathering.get_absolute_url()}sheet/").status_code == 404
    assert "You closed the invitation on" in client.get(f"/en/my-gathering/{key}/").content.decode()
    assert list(Response.objects.published()) == [response]


def test_another_site_can_neither_announce_nor_close_a_gathering(csrf_client):
    gathering, key = with_key()
    headers = {"Sec-Fetch-Site": "cross-site"}

    pages = [
        csrf_client.post("/en/gatherings/new/", TYPED, headers=headers),
        csrf_client.post(f"/en/my-gathering/{key}/close/", headers=headers),
    ]

    assert [page.status_code for page in pages] == [403, 403]
    assert Gathering.objects.filter(closed_on=None).count() == 1


@pytest.mark.parametrize("path", ["gatherings/zzzz2222/", "gatherings/zzzz2222/sheet/"])
def test_a_gathering_that_does_not_exist_has_no_page(client, path):
    assert client.get(f"/en/{path}").status_code == 404


def test_the_sheet_has_questions_choices_terms_qr_code_and_guide(client):
    gathering = make_gathering(title="Café", place="Maktaba")

    html = client.get(f"/en/gatherings/{gathering.code}/sheet/").content.decode()

    for part in (
        "1. What does diversity mean in your context?",
        "2. What specific needs should be addressed to advance your work?",
        "3. What resources would address those needs?",
        "For the organizers only",
        "CC BY-SA 4.0",
        "http://testserver/en/gatherings/" + gathering.code,
        "WikiCafé",
        "<svg",
        "<bdi>Café</bdi>",
    ):
        assert part in html


def test_a_sheet_without_a_gathering_leads_to_the_form(client):
    assert "http://testserver/ar/respond/" in client.get("/ar/sheet/").content.decode()


def test_organizers_see_how_many_responses_and_people_and_can_close_a_gathering(client):
    gathering, _key = with_key()
    make_response(gathering=gathering, people=51)
    submit(gathering=gathering)
    submit(gathering=gathering).withdraw()
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    page = client.get("/admin/responses/gathering/")
    row = page.context["cl"].result_list[0]
    assert (row.number_of_responses, row.number_of_people) == (2, 52)
    client.post("/admin/responses/gathering/", {"action": "close_selected", "_selected_action": [gathering.pk]})
    assert Gathering.objects.get().is_closed


def test_people_who_may_only_view_gatherings_cannot_close_them(client):
    gathering, _key = with_key()
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    page = client.post("/admin/responses/gathering/", {"action": "close_selected", "_selected_action": [gathering.pk]})

    assert page.status_code == 403
    assert not Gathering.objects.get().is_closed
