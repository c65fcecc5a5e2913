import html
import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.templatetags.words import paragraphs

pytestmark = pytest.mark.once


@dataclass
class Marked:
    start: int
    end: int


def text_of(shown):
    """What the elements hold, as a script reads it."""
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One line.", "<p>One line.</p>"),
        ("One\ntwo", "<p>One<br>\ntwo</p>"),
        ("One\n\ntwo", "<p>One</p>\n\n<p>two</p>"),
        ("One\n \t\ntwo", "<p>One</p>\n \t\n<p>two</p>"),
        ("One\n\n \n\n  two", "<p>One</p>\n\n \n\n<p>  two</p>"),
        ("\nOne\n", "<p><br>\nOne<br>\n</p>"),
        ("<b>&</b>\n'", "<p>&lt;b&gt;&amp;&lt;/b&gt;<br>\n&#x27;</p>"),
    ],
)
def test_lines_and_paragraphs_are_there_without_styles(text, shown):
    assert paragraphs(text) == shown


def test_a_passage_is_marked_through_the_paragraphs_that_it_crosses():
    text = "One & two.\n\nThree\nfour."

    shown = paragraphs(text, Marked(text.index("two"), text.index("four")))

    without_voice = re.sub(r'<span class="spoken".*?</span>', "|", shown)
    assert without_voice == "<p>One &amp; |<mark>two.</mark></p>\n\n<p><mark>Three<br>\n</mark>|four.</p>"


@given(st.text(alphabet="a<&\n \tक\u0301👩\u200d", max_size=40).filter(str.strip), st.data())
def test_offsets_stay_true_and_a_passage_is_spoken_of_once(text, data):
    # As coders mark them: no blank at either end.
    solid = [place for place, letter in enumerate(text) if letter.strip()]
    start, end = sorted([data.draw(st.sampled_from(solid)), data.draw(st.sampled_from(solid))])

    shown = paragraphs(text, Marked(start, end + 1))

    assert text_of(shown) == text == text_of(paragraphs(text))
    assert [shown.count(each) for each in ("[The passage begins]", "[The passage ends]")] == [1, 1]


def test_what_organizers_hide_is_said_once_by_whoever_reads_the_page_aloud():
    shown = paragraphs("Call ████ ██\n███ now, █.")

    assert text_of(shown) == "Call ████ ██\n███ now, █."
    assert re.findall('aria-label="hidden by organizers">(█+)</span>', shown) == ["████", "██", "███", "█"]


def test_several_passages_are_marked_in_one_text():
    text = "One two three.\n\nFour five."

    shown = paragraphs(text, [Marked(0, 3), Marked(8, 20)])

    without_voice = re.sub(r'<span class="spoken".*?</span>', "|", shown)
    assert without_voice == "<p>|<mark>One</mark>| two |<mark>three.</mark></p>\n\n<p><mark>Four</mark>| five.</p>"
