import uuid
from datetime import timedelta

import pytest

from responses.forms.respond import ResponseForm, latest_today
from responses.languages import languages
from responses.models import Response
from responses.models.answer import LONGEST_ANSWER
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


def faults(page):
    return {name: list(messages) for name, messages in page.context["form"].errors.items()}


def test_the_page_asks_the_three_questions_in_its_language(client):
    page = client.get("/ar/respond/")

    assert page.status_code == 200
    assert [question.prompt for question, typed, messages in page.context["form"].prompts] == [
        "ماذا يعني التنوّع في سياقك؟",
        "ما الاحتياجات المحدّدة التي ينبغي تلبيتها كي يتقدّم عملك؟",
        "ما الموارد التي من شأنها أن تلبّي تلك الاحتياجات؟",
    ]


def test_every_language_of_the_registry_can_be_chosen_without_javascript(client):
    page = client.get("/en/respond/").content.decode()

    assert [code for code in languages() if f'<option value="{code}">' not in page] == []
    assert len(languages()) == 791


def test_what_is_sent_is_stored_and_leads_to_the_secret_page(client):
    page = send(client)

    response = Response.objects.get()
    assert page.status_code == 302
    assert list(Response.objects.with_key(page.url.split("/")[-2])) == [response]
    assert (response.language, response.status) == ("sw", "submitted")
    assert response.answers.get().text == "Kila mtu ana nafasi.\n\nNa kila lugha."


def test_everything_that_is_told_about_a_group_is_stored(client):
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


def test_a_group_that_is_not_on_the_roster_is_kept_by_its_name(client):
    send(client, affiliate="Marafiki wa Wiki", sharing="affiliate")

    response = Response.objects.get()
    assert (response.affiliate, response.affiliate_name) == (None, "Marafiki wa Wiki")


def test_a_name_that_is_not_to_be_shown_is_not_kept(client):
    send(client, sharing="unnamed", display_name="Amina")

    assert Response.objects.get().display_name == ""


def test_sending_twice_stores_once_and_shows_the_same_receipt(client):
    submission = str(uuid.uuid4())

    first = send(client, submission=submission)
    second = send(client, submission=submission)

    assert second.url == first.url
    assert Response.objects.count() == 1


def test_other_words_from_the_same_form_come_back_whole_and_can_be_sent_as_another_response(client):
    submission = str(uuid.uuid4())
    first = send(client, submission=submission)

    page = send(client, submission=submission, meaning="Other words.")

    form = page.context["form"]
    assert form.typed["meaning"] == "Other words."
    assert str(form.submission) != submission
    assert first.url not in page.content.decode()
    send(client, submission=str(form.submission), meaning="Other words.")
    assert set(Response.objects.values_list("answers__text", flat=True)) == {
        "Kila mtu ana nafasi.\n\nNa kila lugha.",
        "Other words.",
    }


def test_other_terms_from_the_same_form_are_not_passed_over(client):
    """Who goes back and chooses to be less public must not read a receipt that says nothing of it."""
    submission = str(uuid.uuid4())
    send(client, submission=submission, sharing="named", display_name="Amina")

    for changes in ({"sharing": "organizers"}, {"language": "ha"}, {"place": "Elsewhere"}, {"people": "2"}):
        page = send(client, submission=submission, **{"sharing": "named", "display_name": "Amina", **changes})
        assert set(faults(page)) == {"__all__"}
    assert list(Response.objects.values_list("sharing", "language")) == [("named", "sw")]


def test_a_form_that_did_not_arrive_whole_is_not_stored_and_comes_back(client):
    whole = (
        b'--x\r\nContent-Disposition: form-data; name="agree"\r\n\r\nyes\r\n'
        b'--x\r\nContent-Disposition: form-data; name="meaning"\r\n\r\nThe line drops in the middle of th'
    )

    page = client.post("/en/respond/", whole, content_type="multipart/form-data; boundary=x")

    assert "Not all of it arrived" in page.content.decode()
    assert Response.objects.count() == 0


def test_one_answer_is_needed_and_none_in_particular(client):
    nothing = send(client, meaning=" \n ", needs="", resources="")
    one = send(client, meaning="", resources="Muda.")

    assert faults(nothing) == {"__all__": ["Answer at least one of the three questions."]}
    assert one.status_code == 302


def test_every_fault_is_named_and_every_typed_word_kept(client):
    typed = {
        "meaning": "Maneno yangu",
        "language": "klingon",
        "affiliate": "",
        "region": "atlantis",
        "people": "0",
        "held_on": str(latest_today() + timedelta(days=1)),
        "place": "Maktaba",
        "sharing": "named",
        "display_name": "",
        "agree": "",
    }

    page = send(client, **typed)

    assert set(faults(page)) == {"language", "region", "people", "held_on", "display_name", "agree"}
    assert Response.objects.count() == 0
    html = page.content.decode()
    assert "Maneno yangu</textarea>" in html
    assert 'value="Maktaba"' in html
    assert f'value="{typed["held_on"]}"' in html
    assert [name for name in faults(page) if f'href="#{name}"' not in html or f'id="{name}-fault"' not in html] == []


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("people", "0", "At least 1 person speaks here."),
        ("people", str(10**9), "At most 100000 people can speak in one response."),
        ("people", "many", "Write how many people speak here as a number, such as 1 or 25."),
        ("held_on", "yesterday", "Write the day as year-month-day, such as 2026-03-31."),
        ("held_on", "9999-12-31", "This day is in the future."),
        ("language", "", "Choose the language you write in."),
        ("language", "xx-unknown", "Choose the language you write in from the list."),
        ("sharing", "everybody", "Choose how your response may be shared."),
        ("meaning", "a\x00b", "The text has an invisible NUL character in it, which cannot be stored. Remove it."),
        ("place", "a\x00b", "The text has an invisible NUL character in it, which cannot be stored. Remove it."),
        (
            "needs",
            "x" * (LONGEST_ANSWER + 2),
            "This text is 2 characters too long: 20000 are possible. Nothing was cut off.",
        ),
    ],
)
def test_what_cannot_be_stored_is_told_at_its_field(client, field, typed, message):
    page = send(client, **{field: typed})

    assert (page.status_code, faults(page)) == (200, {field: [message]})
    assert page.context["form"].typed[field] == typed


def test_a_megabyte_in_one_field_comes_back_whole(client):
    text = "å" * 1_000_000

    page = send(client, meaning=text)

    assert set(faults(page)) == {"meaning"}
    assert f"\n{text}</textarea>" in page.content.decode()


def test_what_is_larger_than_the_portal_takes_is_refused_in_words(client):
    page = send(client, meaning="x" * (17 * 1024 * 1024))

    assert page.status_code == 400
    assert "go back one page" in page.content.decode()


def test_half_a_character_is_told_at_its_field():
    form = ResponseForm(TYPED | {"meaning": "\ud83d", "display_name": "\udc00"})

    message = "The text has half a character in it, which cannot be stored. Type that place again."
    assert {name: list(messages) for name, messages in form.errors.items()} == {
        "meaning": [message],
        "display_name": [message],
    }


def test_bytes_that_are_no_text_are_no_error(client):
    body = b"meaning=%ED%A0%80%FF&language=sw&sharing=unnamed&agree=yes&complete=yes"

    page = client.post("/en/respond/", body, content_type="application/x-www-form-urlencoded")

    assert page.status_code == 302


@pytest.mark.parametrize("charset", ["rot13", "hex", "utf-7", "unicode_escape", "undefined", "nonsense"])
def test_what_names_another_charset_is_refused(client, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    assert client.generic("POST", "/en/respond/", b"meaning=a", content_type=kind).status_code == 400


def test_a_file_sent_along_is_ignored(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = send(client, website=SimpleUploadedFile("x.txt", b"x" * 3_000_000))

    assert page.status_code == 302


def test_switching_the_language_keeps_every_word_and_sends_nothing(client):
    page = send(client, "ar", meaning="Nusu ya sentensi", people="0", affiliate="Kikundi", action="switch")

    assert page.status_code == 200
    assert Response.objects.count() == 0
    assert faults(page) == {}
    html = page.content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert "Nusu ya sentensi</textarea>" in html
    assert 'value="Kikundi"' in html
    assert '<option value="sw" selected>' in html


def test_a_line_end_at_the_very_beginning_is_kept(client):
    page = send(client, meaning="\r\nfirst line empty", agree="")

    # A parser drops the first line end in a <textarea>, so there is one more than was typed.
    assert ">\n\r\nfirst line empty</textarea>" in page.content.decode()


def test_people_may_be_counted_in_other_digits(client):
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
def test_a_post_from_here_needs_no_token_and_no_cookie(csrf_client, headers):
    page = send(csrf_client, headers=headers)

    assert page.status_code == 302


def test_neither_the_page_nor_the_receipt_sets_a_cookie_or_asks_who_is_there(client):
    pages = [client.get("/en/respond/"), send(client, agree=""), page := send(client), client.get(page.url)]

    assert [dict(each.cookies) for each in pages] == [{}] * 4
    assert [name for each in pages for name in each.headers.get("Vary", "").split(", ") if name == "Cookie"] == []


def test_the_page_is_kept_by_no_shared_cache_and_found_again_by_going_back(client):
    assert client.get("/en/respond/").headers["Cache-Control"] == "private, no-cache"


def test_other_methods_are_refused(client):
    assert client.put("/en/respond/").status_code == 405
    assert client.delete("/en/respond/").status_code == 405


def test_the_form_takes_a_handful_of_queries(client, django_assert_num_queries):
    client.get("/en/respond/")

    with django_assert_num_queries(3):  # questions, regions, affiliates
        client.get("/en/respond/")


def test_sending_takes_a_handful_of_queries(client, django_assert_num_queries):
    # questions; look-up by key; savepoint; code; response; answers; release
    with django_assert_num_queries(7):
        send(client)
