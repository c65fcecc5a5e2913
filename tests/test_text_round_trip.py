"""Words are stored and shown as typed: any Unicode except NUL and half characters, with their line breaks."""

import html
import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responses.models import RateLimitCount, Response
from responses.validators import is_blank
from tests.whole import IS_WHOLE

pytestmark = pytest.mark.django_db

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=400)
# Characters that join, combine, are invisible or change direction, and so are damaged most easily.
_LETTERS = list("a <&\"'%{}é\t\n\r\x08\x0b\x0c\x85\u05e9\u200c\u200d\u200e\u200f\u2028\ufeff\U0001d4b3")
_CONTROLS = list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEQUENCES = ["e\u0301", "\u1100\u1161", "\U0001f469\u200d\U0001f467"]
TRICKY = st.lists(st.sampled_from(_LETTERS + _CONTROLS + _SEQUENCES), min_size=1, max_size=80).map("".join)


def as_stored(typed):
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def shown(page):
    """The words in the page's first blockquote, as a browser reads them."""
    shown = re.search(r'<blockquote class="words"[^>]*>(.*?)</blockquote>', page, re.S)[1]
    return html.unescape(re.sub(r"</?p>|<br>", "", shown))


def check(typed):
    # So many people behind one address would be asked to wait.
    RateLimitCount.objects.all().delete()
    client = Client()
    sent = {"meaning": typed, "language": "ar", "sharing": "unnamed", "agree": "yes", "complete": "yes"}

    page = client.post("/en/respond/", sent)

    if is_blank(typed):
        assert page.status_code == 200
        return
    if page.status_code == 200:
        # What looks like an address is asked about once.
        page = client.post("/en/respond/", sent | {"asked": page.context["form"].asked})
    assert page.status_code == 302
    response = Response.objects.with_key(page.url.split("/")[-2]).get()
    assert response.answers.get().text == as_stored(typed)
    # html.unescape, like a browser, replaces escaped C1 controls; the page prints them unescaped.
    own_page = client.get(page.url).content.decode()
    assert shown(own_page) == as_stored(typed)
    response.accept()
    public_page = client.get(f"/en/responses/{response.code}/").content.decode()
    assert shown(public_page) == as_stored(typed)
    edit_page = client.get(f"{page.url}edit/").content.decode()
    typed_again = re.search(r'<textarea name="meaning"[^>]*>\n(.*?)</textarea>', edit_page, re.S)[1]
    assert html.unescape(typed_again) == as_stored(typed)


@settings(
    deadline=None, max_examples=200 if IS_WHOLE else 40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=ANY)
def test_any_text_is_stored_and_shown_unchanged(typed):
    check(typed)


@settings(
    deadline=None, max_examples=200 if IS_WHOLE else 40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=TRICKY)
def test_texts_with_combining_invisible_and_direction_characters_are_unchanged(typed):
    check(typed)


def test_direction_characters_do_not_affect_the_page_around_the_words():
    """Each text is in an element of its own with a direction, which isolates it from the text around it."""
    typed = "abc\u202edef\u2067"
    client = Client()
    sent = {"meaning": typed, "language": "en", "sharing": "unnamed", "agree": "yes", "complete": "yes"}

    page = client.get(client.post("/en/respond/", sent).url).content.decode()

    assert f'<blockquote class="words" lang="en" dir="ltr"><p>{typed}</p></blockquote>' in page
