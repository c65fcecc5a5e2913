"""Passages begin and end between two letters as their readers see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.languages.letters import whole_letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("मैं की", ["मैं", " ", "की"]),
        ("क्षत्रिय", ["क्ष", "त्रि", "य"]),
        ("👩‍👩‍👧‍👦👍🏽!", ["👩‍👩‍👧‍👦", "👍🏽", "!"]),
        ("🇸🇪🇰🇪", ["🇸🇪", "🇰🇪"]),
        ("e\u0301te\u0301", ["e\u0301", "t", "e\u0301"]),
        ("กำลัง", ["กำ", "ลั", "ง"]),
        ("سَلَام", ["سَ", "لَ", "ا", "م"]),
        ("한글", ["한", "글"]),
        ("ab\r\nc", ["a", "b", "\r\n", "c"]),
        ("ខ្ញុំ", ["ខ្ញុំ"]),
        ("𑄌𑄋𑄴𑄟𑄳𑄦", ["𑄌", "𑄋𑄴", "𑄟𑄳𑄦"]),
        ("ꦱꦏ꧀ꦱ", ["ꦱ", "ꦏ꧀ꦱ"]),
        ("❤️‍🔥1️⃣", ["❤️‍🔥", "1️⃣"]),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", None),
    ],
)
def test_a_span_is_widened_to_whole_letters(text, letters):
    start = 0
    for letter in letters or [text]:
        end = start + len(letter)
        for first in range(start, end):
            assert whole_letters(text, first, first + 1) == (start, end)
        start = end


@given(
    text=st.text(st.sampled_from("aé \n\r\u0301\u200d\u093f\u094d\u0915👩🏽🇸🇪한ᄀ\u1161"), min_size=1, max_size=12),
    data=st.data(),
)
def test_a_span_of_whole_letters_contains_what_was_given_and_stays_as_it_is(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    wider = whole_letters(text, start, end)

    assert 0 <= wider[0] <= start < end <= wider[1] <= len(text)
    assert whole_letters(text, *wider) == wider
