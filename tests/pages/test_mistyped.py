"""Secret links and codes that were copied from paper, or changed by a chat or a mail, still lead to their page."""

from urllib.parse import quote

import pytest

from diversity_portal.mistyped import meant_path
from responses.access.keys import mended_code, mended_key, sha256_of
from responses.models import Contact, Draft, Gathering, Response
from tests.factories import make_gathering, make_response

pytestmark = pytest.mark.django_db

# With every letter that a digit looks like.
KEY = "loboil234567abcdefghjkmnpq"
CODE = "abcd2345"


def fullwidth(text):
    return "".join(chr(ord(each) + 0xFEE0) for each in text)


def broken(text):
    return f"{text[:4]}\n {text[4:]}"


ENDS = (*".,;:!?)>]}*_\"'”’»…。）", " ", "\n", "\u200b", "\u200e", "%", "%20")
# What happens to a link on its way.
CHANGES = [
    *(lambda text, end=end: text + end for end in ENDS),
    str.upper,
    str.title,
    fullwidth,
    broken,
    lambda text: f"({text})",
    lambda text: f"*{text}*",
    lambda text: f"<{text}>.",
    lambda text: f" {text}",
    lambda text: f"{text[:3]}\u00ad{text[3:]}",
    lambda text: f"{text[:3]}\u200b{text[3:]}\ufeff",
    lambda text: f"{text[:4]}-{text[4:]}",
    lambda text: text.translate(str.maketrans("234567", "٢٣٤٥٦٧")),
]


@pytest.fixture
def pages():
    """The addresses of a page for each kind of link."""
    response = make_response({"meaning": "Mine."})
    Response.objects.filter(pk=response.pk).update(key_hash=sha256_of(KEY), code=CODE)
    Draft.objects.keep(f"a{KEY[1:]}", {"meaning": "A draft."})
    Gathering.objects.announce(f"b{KEY[1:]}", title="A café")
    make_gathering(code="wxyz6789")
    return [
        f"/en/my-response/{KEY}/",
        f"/en/my-draft/a{KEY[1:]}/",
        f"/en/my-gathering/b{KEY[1:]}/",
        f"/en/responses/{CODE}/",
        "/en/gatherings/wxyz6789/",
    ]


def lead_to(client, path):
    """Where a path leads with one redirect."""
    page = client.get(quote(path))
    assert page.status_code == 302
    assert client.get(page.url).status_code == 200
    return page.url


KINDS = [("my-response", KEY, "withdraw/"), ("my-draft", KEY, "write/"), ("my-gathering", KEY, "close/")]
KINDS += [("responses", CODE, ""), ("gatherings", CODE, "sheet/")]


@pytest.mark.once
@pytest.mark.parametrize(("kind", "part", "page"), KINDS)
def test_an_address_that_was_changed_on_its_way_means_the_right_page(kind, part, page):
    before, right = f"/sw/{kind}/", f"/sw/{kind}/{part}/"

    for change in CHANGES:
        assert meant_path(before + change(part), "en") == right
        assert meant_path(before + change(part) + "/", "en") == right
        assert meant_path(before + change(part) + "/" + page, "en") == right + page


@pytest.mark.once
@pytest.mark.parametrize(("kind", "part", "page"), KINDS)
def test_so_does_one_with_something_behind_its_slash(kind, part, page):
    right = f"/sw/{kind}/{part}/{page}"

    assert {meant_path(right + end + slash, "en") for end in ENDS for slash in ("", "/")} == {right}


@pytest.mark.parametrize("change", [str.upper, fullwidth, broken, "({}).".format, "{}\u200b".format])
def test_each_kind_of_link_leads_to_its_page_with_one_redirect(client, pages, change):
    for address in pages:
        before, part = address[:-1].rsplit("/", 1)
        assert lead_to(client, f"{before}/{change(part)}") == address
        assert lead_to(client, f"{address}.") == address
        assert lead_to(client, address.upper()) == address


@pytest.mark.once
def test_so_does_the_short_form_on_paper(client, pages):
    for change in CHANGES:
        for path in (f"/r/{change(KEY)}", f"/r/{change(KEY)}/", f"/R/{change(KEY)}"):
            assert lead_to(client, path) == f"/en/my-response/{KEY}/"


def test_digits_that_no_key_has_are_the_letters_they_look_like(client, pages):
    written = KEY.replace("o", "0").replace("b", "8").replace("l", "1")

    assert lead_to(client, f"/r/{written}") == f"/en/my-response/{KEY}/"


def test_the_short_form_leads_to_the_language_of_the_reader(client, pages):
    page = client.get(f"/r/{KEY}.", headers={"Accept-Language": "sw"})

    assert page.url == f"/sw/my-response/{KEY}/"


def test_an_address_without_a_language_and_with_a_query_leads_there_too(client, pages):
    page = client.get(f"/responses/{CODE})?show=originals", headers={"Accept-Language": "ar"})

    assert page.url == f"/ar/responses/{CODE}/?show=originals"


@pytest.mark.parametrize("end", [".", ")", ">", "\u200b", " ", "/.", "*"])
def test_a_link_that_stops_messages_may_have_something_at_its_end(client, end):
    response = make_response()
    token = Contact.objects.leave(response, "me@example.org", "en").stop_token

    assert lead_to(client, f"/en/stop-news/{token}{end}") == f"/en/stop-news/{token}/"


def test_a_redirect_is_kept_by_no_cache_and_no_search_engine(client, pages):
    page = client.get(f"/r/{KEY}.")

    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["/r/short", "/r/", f"/en/my-response/{KEY}a/", "/en/nothing/.", "/a.php"])
def test_what_means_no_page_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/.//evil.example", "/en//evil.example/."])
def test_no_address_means_another_site(path):
    assert meant_path(path, "en") is None


@pytest.mark.parametrize("path", [f"/r/{KEY.upper()}", f"/en/my-gathering/{KEY}.", "/en/responses/ABCD2345/"])
def test_a_wrong_key_or_code_leads_nowhere_at_once(client, path):
    assert client.get(path).status_code == 404


def test_keys_and_codes_that_are_right_stay_as_they_are():
    assert (mended_key(KEY), mended_code(CODE)) == (KEY, CODE)
