import hashlib
import re
import uuid
from base64 import b64encode

import brotli
import pytest
from django.conf import settings

from responses.languages import languages
from responses.models import Affiliate, Response
from tests.factories import make_affiliate

pytestmark = pytest.mark.django_db

TYPED = {
    "meaning": "Kila mtu ana nafasi.\r\n\r\nNa kila lugha.",
    "needs": "",
    "resources": "",
    "language": "sw",
    "affiliate": "",
    "region": "",
    "people": "1",
    "method": "",
    "held_on": "",
    "place": "",
    "sharing": "unnamed",
    "display_name": "",
    "agree": "yes",
    "action": "send",
    "complete": "yes",
}


def send(client, page_language="en", headers=None, **changes):
    typed = {"submission": str(uuid.uuid4()), **TYPED, **changes}
    return client.post(f"/{page_language}/respond/", typed, headers=headers)


def typed_in(form):
    """The fields that are filled in: {name: what the field shows}."""
    there = form.data if form.is_bound else form.initial
    return {name: form[name].value() for name in form.fields if there.get(name)}


def faults(page):
    return {name: list(messages) for name, messages in page.context["form"].errors.items()}


def test_the_page_asks_the_three_questions_in_its_language(client):
    page = client.get("/ar/respond/")

    assert page.status_code == 200
    assert [field.label for field in page.context["form"].prompts] == [
        "ماذا يعني التنوّع في سياقك؟",
        "ما الاحتياجات المحدّدة التي ينبغي تلبيتها كي يتقدّم عملك؟",
        "ما الموارد التي من شأنها أن تلبّي تلك الاحتياجات؟",
    ]


def options(page):
    """The language codes in the order in which the page offers them."""
    return re.findall(r'<option value="([^"]*)"', page.content.decode().split("<select")[1])


def test_the_list_of_languages_begins_with_those_the_browser_asks_for(client):
    page = client.get("/ar/respond/", headers={"Accept-Language": "ff-Latn, ha-NG;q=0.8, xx, %00;q=0.1"})

    assert options(page)[:3] == ["ff", "ha", "ar"]
    assert len(options(page)) < 90


@pytest.mark.parametrize(
    ("page", "wishes", "chosen"),
    [
        ("en", "ha-NG,ha,en", "ha"),
        ("en", "en;q=0.5, yo;q=0.9", "yo"),
        ("fr", "wo-SN, fr-SN;q=0.8", "wo"),
        ("ar", "en-US,en", "ar"),  # the page could be had in English
        ("en", "en-GB", "en"),
        ("en", "zh-TW", "zh-hant"),
        ("zh-hans", "zh-CN,zh", "zh-hans"),
        ("pt-br", "pt-PT,pt", "pt"),
        ("en", "tlh, xx, *, %00, ha;q=0", "en"),
        ("en", "sr,en;q=0.5", ""),  # in Cyrillic or in Latin letters?
        ("sv", "", "sv"),
    ],
)
def test_the_browsers_first_wish_is_chosen_beforehand_if_the_page_cannot_be_had_in_it(client, page, wishes, chosen):
    html = client.get(f"/{page}/respond/", headers={"Accept-Language": wishes}).content.decode()

    assert re.findall(r'<option value="([^"]*)" selected', html.split("</select>")[0]) == [chosen]
    assert re.findall(r'<textarea[^>]* lang="([^"]*)"', html) == [chosen] * 3


def test_every_language_of_the_registry_can_be_chosen_without_javascript(client):
    page = send(client, action="lists", language="ff", meaning="Half a")

    assert set(options(page)) == {*languages(), "und"}
    assert options(page)[0] == "ff"
    assert '<option value="ff" selected>' in page.content.decode()
    assert "\nHalf a</textarea>" in page.content.decode()
    assert Response.objects.count() == 0


def test_the_complete_lists_can_be_fetched_as_json(client):
    make_affiliate(name="Wikimedia <Testland>")
    make_affiliate(name="Gone", is_active=False)

    page = client.get("/en/respond/lists.json")

    named = [affiliate.name for affiliate in Affiliate.objects.active()]
    assert page.json()["affiliates"] == named
    listed = {code: names for code, *names in page.json()["languages"]}
    assert list(listed) == list(languages())
    assert listed["fa"] == ["فارسی", "Persian", "Farsi", "Parsi", "Iranian Persian"]
    assert listed["ha"] == ["Hausa", ""]
    assert set(page.json()["rtl"]) == {code for code, each in languages().items() if each.direction == "rtl"}
    assert "Wikimedia <Testland>" in named
    assert page.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_page_with_its_styles_is_one_request_of_less_than_14_kilobytes(client, language):
    for number in range(186):
        make_affiliate(name=f"Wikimedia user group of people and places number {number}")

    page = client.get(f"/{language}/respond/", headers={"Accept-Encoding": "gzip, deflate, br"})

    assert page.headers["Content-Encoding"] == "br"
    head = sum(len(f"{name}: {value}\r\n") for name, value in page.headers.items())
    assert len(page.content) + head <= 14 * 1024
    html = brotli.decompress(page.content).decode()
    assert "<style>" in html
    assert re.findall(r'rel="stylesheet"|<script(?! src="[^"]+" defer>)|<img|@import|url\(', html) == []


def test_the_content_security_policy_allows_exactly_the_styles_in_the_page(client):
    page = client.get("/en/respond/")

    styles = re.search(r"<style>(.*)</style>", page.content.decode(), re.DOTALL)[1]
    digest = b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in page.headers["Content-Security-Policy"]


def test_sending_stores_the_response_and_leads_to_its_secret_page(client):
    page = send(client)

    response = Response.objects.get()
    assert page.status_code == 302
    assert list(Response.objects.with_key(page.url.split("/")[-2])) == [response]
    assert (response.language, response.status) == ("sw", "submitted")
    assert response.answers.get().text == "Kila mtu ana nafasi.\n\nNa kila lugha."


def test_everything_typed_about_a_group_is_stored(client):
    affiliate = make_affiliate(name="Wikimedia Testland")

    send(
        client,
        affiliate=" wikimedia  TESTLAND ",
        region="ssa",
        people="51",
        method="Warsha",
        held_on="2026-02-28",
        place="Maktaba",
        sharing="named",
        display_name="Amina",
    )

    response = Response.objects.get()
    assert (response.affiliate, response.affiliate_name, response.region.slug) == (affiliate, "", "ssa")
    assert (response.people, response.method, str(response.held_on), response.place) == (
        51,
        "Warsha",
        "2026-02-28",
        "Maktaba",
    )
    assert (response.sharing, response.display_name) == ("named", "Amina")


def test_a_group_that_is_not_in_the_roster_is_stored_by_its_name(client):
    send(client, affiliate="Marafiki wa Wiki", sharing="affiliate")

    response = Response.objects.get()
    assert (response.affiliate, response.affiliate_name) == (None, "Marafiki wa Wiki")


def test_a_name_that_will_not_be_shown_is_not_stored(client):
    send(client, sharing="unnamed", display_name="Amina")

    assert Response.objects.get().display_name == ""


def test_sending_twice_stores_one_response_and_leads_to_the_same_page(client):
    submission = str(uuid.uuid4())

    first = send(client, submission=submission)
    second = send(client, submission=submission)

    assert second.url == first.url
    assert Response.objects.count() == 1


def test_other_words_sent_from_the_same_form_come_back_and_can_be_sent_as_another_response(client):
    submission = str(uuid.uuid4())
    first = send(client, submission=submission)

    page = send(client, submission=submission, meaning="Other words.")

    form = page.context["form"]
    assert form["meaning"].value() == "Other words."
    assert str(form.submission) != submission
    assert first.url not in page.content.decode()
    send(client, submission=str(form.submission), meaning="Other words.")
    assert set(Response.objects.values_list("answers__text", flat=True)) == {
        "Kila mtu ana nafasi.\n\nNa kila lugha.",
        "Other words.",
    }


def test_other_choices_sent_from_the_same_form_are_not_ignored(client):
    """Authors who go back and choose to share less must not be shown the receipt of their earlier choice."""
    submission = str(uuid.uuid4())
    send(client, submission=submission, sharing="named", display_name="Amina")

    for changes in ({"sharing": "organizers"}, {"language": "ha"}, {"place": "Elsewhere"}, {"people": "2"}):
        page = send(client, submission=submission, **{"sharing": "named", "display_name": "Amina", **changes})
        assert set(faults(page)) == {"__all__"}
    assert list(Response.objects.values_list("sharing", "language")) == [("named", "sw")]


def test_a_form_that_arrived_incomplete_comes_back_and_is_not_stored(client):
    whole = (
        b'--x\r\nContent-Disposition: form-data; name="agree"\r\n\r\nyes\r\n'
        b'--x\r\nContent-Disposition: form-data; name="meaning"\r\n\r\nThe line drops in the middle of th'
    )

    page = client.post("/en/respond/", whole, content_type="multipart/form-data; boundary=x")

    assert "Not all of it arrived" in page.content.decode()
    assert Response.objects.count() == 0


def test_switching_the_language_keeps_every_word_and_sends_nothing(client):
    page = send(client, "ar", meaning="Nusu ya sentensi", people="0", affiliate="Kikundi", action="switch")

    assert page.status_code == 200
    assert Response.objects.count() == 0
    assert faults(page) == {}
    html = page.content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert "Nusu ya sentensi</textarea>" in html
    assert 'value="Kikundi"' in html
    assert options(page)[0] == "sw"


def test_a_line_break_at_the_very_beginning_is_kept(client):
    page = send(client, meaning="\r\nfirst line empty", agree="")

    # A browser drops the first line break in a <textarea>, so the page has one more than was typed.
    assert ">\n\r\nfirst line empty</textarea>" in page.content.decode()


def test_the_number_of_people_may_be_typed_in_arabic_digits(client):
    send(client, people="٥١")

    assert Response.objects.get().people == 51


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
)
def test_a_post_from_another_site_is_refused(csrf_client, headers):
    page = send(csrf_client, headers=headers)

    assert page.status_code == 403
    assert "Your words are still in your browser" in page.content.decode()
    assert Response.objects.count() == 0


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://testserver"}]
)
def test_a_post_from_our_own_page_needs_no_token_and_no_cookie(csrf_client, headers):
    page = send(csrf_client, headers=headers)

    assert page.status_code == 302


def test_neither_the_form_nor_the_receipt_sets_or_reads_a_cookie(client):
    pages = [client.get("/en/respond/"), send(client, agree=""), page := send(client), client.get(page.url)]

    assert [dict(each.cookies) for each in pages] == [{}] * 4
    assert [name for each in pages for name in each.headers.get("Vary", "").split(", ") if name == "Cookie"] == []


def test_only_the_browser_itself_may_cache_the_form(client):
    assert client.get("/en/respond/").headers["Cache-Control"] == "private, no-cache"


def test_other_methods_are_refused(client):
    assert client.put("/en/respond/").status_code == 405
    assert client.delete("/en/respond/").status_code == 405


def test_showing_the_form_takes_three_queries(client, django_assert_num_queries):
    client.get("/en/respond/")

    with django_assert_num_queries(3):  # conversation, questions, regions
        client.get("/en/respond/")


def test_sending_a_response_takes_twenty_nine_queries(client, django_assert_num_queries):
    send(client, meaning="The first one of the day, which makes the day's key.")

    # conversation; questions; key of the day, count, its sum; savepoint; same words; look-up by key; savepoint; code;
    # response; answers; for the searches of reviewers (5); flag; what is in them, flagged and like others, and what of
    # that is stored (7); release; draft; release
    with django_assert_num_queries(29):
        send(client)
