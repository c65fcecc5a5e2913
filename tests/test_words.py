import html
import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.languages.highlights import Highlight, segments
from responses.templatetags.words import paragraphs


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


def test_places_that_overlap_are_shown_in_runs_each_with_all_that_covers_it():
    text = "one two three four"
    agrees = Highlight(0, 7, kind="supports", label="1")
    partly = Highlight(4, 13, kind="qualifies", label="2")

    runs = list(segments(text, [agrees, partly]))

    assert [(run.text, run.start, run.places, run.kinds) for run in runs] == [
        ("one ", 0, (agrees,), "supports"),
        ("two", 4, (agrees, partly), "supports qualifies"),
        (" three", 7, (partly,), "qualifies"),
        (" four", 13, (), ""),
    ]
    without_voice = re.sub(r'<span class="spoken".*?</span>', "|", paragraphs(text, [agrees, partly]))
    assert without_voice == (
        '<p><span class="place" data-said="1"></span>|<mark class="supports">one </mark>'
        '<span class="place" data-said="2"></span>|<mark class="supports qualifies several">two</mark>|'
        '<mark class="qualifies"> three</mark>| four</p>'
    )


@given(st.text(alphabet="a<&\n \tक\u0301👩\u200d", max_size=40), st.data())
def test_any_places_leave_the_text_as_it_is(text, data):
    edge = st.integers(0, len(text) + 3)
    spans = [sorted(each) for each in data.draw(st.lists(st.tuples(edge, edge), max_size=5))]
    places = [Highlight(start, end) for start, end in spans]

    runs = list(segments(text, places))

    assert "".join(run.text for run in runs) == text == text_of(paragraphs(text, places))
    covered = {place for run in runs if run.places for place in range(run.start, run.end)}
    assert covered == {place for place in range(len(text)) if any(a <= place < b for a, b in spans)}


def test_what_organizers_hide_is_said_once_by_whoever_reads_the_page_aloud():
    shown = paragraphs("Call ████ ██\n███ now, █.")

    assert text_of(shown) == "Call ████ ██\n███ now, █."
    assert re.findall('aria-label="hidden by organizers">(█+)</span>', shown) == ["████", "██", "███", "█"]


def test_several_passages_are_marked_in_one_text():
    text = "One two three.\n\nFour five."

    shown = paragraphs(text, [Marked(0, 3), Marked(8, 20)])

    without_voice = re.sub(r'<span class="spoken".*?</span>', "|", shown)
    assert without_voice == "<p>|<mark>One</mark>| two |<mark>three.</mark></p>\n\n<p><mark>Four</mark>| five.</p>"
