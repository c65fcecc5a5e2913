"""Which link in people's words can be followed, and how many they have."""

import pytest

from responses.links import number_of_links, only_link
from responses.templatetags.words import answer_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("No link.", 0),
        ("https://www.video.example/watch?v=1", 1),
        ("WWW.video.example and HTTP://a.example", 2),
        ("https://a.example/?u=https://b.example", 2),
    ],
)
def test_links_are_counted_once(text, number):
    assert number_of_links(text) == number


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://video.example/1", "https://video.example/1"),
        ("See https://www.video.example/watch?v=1&t=2.", "https://www.video.example/watch?v=1&t=2"),
        ("(http://video.example/ü)", "http://video.example/ü"),
        ("视频：https://video.example/1。", "https://video.example/1"),
        ("www.video.example", ""),
        ("https://a.example https://b.example", ""),
        ("javascript:alert(1)//https:x", ""),
        ("https://video.example@elsewhere.example/1", ""),
        ("https://vide\u043e.example/1", ""),  # a Cyrillic letter
        ("https://video.example/\u202e1", ""),
        ("https://video.example\\@elsewhere.example", ""),
        ("https://[video.example/1", ""),
        ("https://video.example:port/1", ""),
        ("https://localhost/1", ""),
    ],
)
def test_only_a_link_that_leads_where_it_seems_to_can_be_followed(text, link):
    assert only_link(text) == link


def test_the_video_of_an_answer_in_a_sign_language_can_be_followed():
    text = 'Watch <b>\n\nhttps://video.example/1?a=1&b="2" !'

    assert answer_in(text, "bfi") == (
        "<p>Watch &lt;b&gt;</p>\n\n<p>"
        '<a href="https://video.example/1?a=1&amp;b=" rel="nofollow ugc noopener noreferrer" dir="ltr">'
        "https://video.example/1?a=1&amp;b=</a>&quot;2&quot; !</p>"
    )


@pytest.mark.parametrize("language", ["en", "und", "xx-gone"])
def test_in_other_languages_a_link_is_text(language):
    assert "<a " not in answer_in("https://video.example/1", language)
