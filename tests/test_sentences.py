import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.languages import languages
from responses.languages.sentences import can_split, sentences

from .yardstick import timed, yardstick


def split(text, language):
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("en", ["Dr. Smith paid $3.50. ", "Was it much? ", "No."]),
        ("ar", ["ذهبت إلى البيت. ", "ثم عدت؟ ", "نعم!"]),
        ("hi", ["मैं घर गया। ", "१.५ रुपये। ", "क्या?"]),
        ("zh-hans", ["我们去吧！", "好吗？", "好。"]),
        ("my", ["မင်္ဂလာပါ။ ", "ကျေးဇူးတင်ပါတယ်။"]),
        ("am", ["ሰላም። ", "እንዴት ነህ፧ ", "ደህና።"]),
        ("ru", ["Их было пять. ", "Они ушли в 3.30 утра. "]),
    ],
)
def test_a_sentence_ends_with_the_sign_of_its_language(language, pieces):
    assert split("".join(pieces), language) == pieces


def test_a_line_that_has_ended_ends_a_sentence():
    assert split("What we need:\n- a room\n- a key\n\nNothing else", "en") == [
        "What we need:\n",
        "- a room\n",
        "- a key\n\n",
        "Nothing else",
    ]


def test_a_number_belongs_to_the_sentence_behind_it_and_a_sign_to_that_before():
    assert split("1. A room. 🙂\n2. A key.\n…\n", "en") == ["1. A room. 🙂\n", "2. A key.\n…\n"]


def test_what_is_no_sentence_is_one_piece():
    assert [split(text, "en") for text in ("", " \n", "🙂", "12")] == [[], [" \n"], ["🙂"], ["12"]]


def test_languages_without_such_a_sign_are_told_and_come_back_by_line():
    unsplit = {code for code, language in languages().items() if not language.is_signed and not can_split(code)}

    assert unsplit == set(
        [
            "bbc-batk",
            "bo",
            "bug-bugi",
            "cja-cham",
            "cjm-cham",
            "dz",
            "km",
            "lo",
            "mak-bugi",
            "nod",
            "nod-thai",
            "tdd",
            "th",
        ]
    )
    assert can_split("und") is False
    assert can_split("ase") is False
    assert split("ไปตลาด. กลับบ้าน.\nนอน", "th") == ["ไปตลาด. กลับบ้าน.\n", "นอน"]


@given(
    st.text(alphabet='aA .!?\n\r"“”«(1०٣。।؟\u0301\u200d🙂\u2028/@:', max_size=60), st.sampled_from(["en", "hi", "th"])
)
def test_the_pieces_together_are_the_text(text, language):
    assert "".join(split(text, language)) == text


def test_no_piece_ends_within_a_letter():
    assert split("One.\u0301 Two. Three", "en") == ["One.\u0301 Two. ", "Three"]


@pytest.mark.parametrize("unit", ["“", "\n", "1. ", "“a. ", ".\u0301", "a. ", "(", "A.", "http://a."])
def test_a_hostile_text_takes_no_longer_than_its_length(unit):
    seconds, _found = timed(sentences, (unit * 60_000)[:60_000], "en")

    assert seconds < 60 * yardstick()
