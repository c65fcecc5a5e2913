"""Pages are compressed, and decompress to what they were."""

import gzip

import brotli
import pytest
from django.http import HttpResponse

from diversity_portal.compression import CompressedPages

pytestmark = pytest.mark.django_db

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.5", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip; q=0", None),
        ("identity", None),
        ("", None),
        ("brotli, *;q=0.1, ;;;,", None),
    ],
)
def test_a_page_is_sent_in_the_best_encoding_that_the_browser_accepts(client, accepted, coding):
    plain = client.get("/en/about/").content

    page = client.get("/en/about/", headers={"Accept-Encoding": accepted})

    assert page.headers.get("Content-Encoding") == coding
    assert UNPACK[coding](page.content) == plain
    assert "Accept-Encoding" in page.headers["Vary"]


def test_a_page_that_fits_into_one_packet_is_not_compressed(client):
    page = client.get("/healthz", headers={"Accept-Encoding": "br"})

    assert (page.headers.get("Content-Encoding"), page.content) == (None, b"ok\n")


def test_the_complete_lists_and_error_pages_are_compressed_too(client):
    for path in ("/en/respond/lists.json", "/en/nothing-here/"):
        assert client.get(path, headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_what_is_packed_already_is_left_as_it_is(rf):
    content = b"\x89PNG" * 1000
    picture = HttpResponse(content, content_type="image/png")

    page = CompressedPages(lambda request: picture)(rf.get("/", headers={"Accept-Encoding": "br"}))

    assert (page.content, "Content-Encoding" in page.headers, "Vary" in page.headers) == (
        b"\x89PNG" * 1000,
        False,
        False,
    )
