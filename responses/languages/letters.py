"""Where one letter, as its readers see it, ends and the next begins: grapheme clusters.

After Unicode Standard Annex #29 (rules GB3 to GB13), from the character data that Python has. A letter may be several
code points: a base with its marks and vowel signs, a conjunct of Indic consonants, a Korean syllable, a family of
emoji. Where the annex cuts a vowel sign of Burmese from its consonant, this does not.
"""

import re
import unicodedata

# Stands for each code point of what organizers hide, so that all places in a text stay where they are.
HIDDEN = "█"
_JOINER = "\u200d"
# They belong to what stands before them, though they are not marks by their category: joiners, skin tones, tags of
# flags, voicing marks of half-width kana, and the Thai and Lao vowel "am".
_EXTENDING = re.compile("[\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
# They belong to what stands behind them: signs that span a number in Arabic, Syriac and Kaithi, and the dot reph.
_PREPENDED = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd]")
# The signs that join two consonants of one script into a conjunct (InCB=Linker in Unicode 17), as browsers of today
# have them: Devanagari, Bengali, Gujarati, Odia, Telugu, Malayalam, Burmese, Khmer; Tai Tham, Balinese, Sundanese,
# Javanese, Meetei; and beyond the first plane Kharoshthi, Chakma, Dives Akuru, Zanabazar, Soyombo, Kawi.
LINKERS = (
    "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2\u1a60\u1b44\u1bab\ua9c0\uaaf6"
    "\U00010a3f\U00011133\U0001193e\U00011a47\U00011a99\U00011f42"
)


def whole_letters(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, widened so that it begins and ends between two letters. Offsets in code points, end exclusive."""
    while not _is_edge(text, start):
        start -= 1
    while not _is_edge(text, end):
        end += 1
    return start, end


def _is_edge(text: str, place: int) -> bool:
    """Whether a letter may begin or end at this place."""
    if place in (0, len(text)):
        return True
    left, right = text[place - 1], text[place]
    if left + right == "\r\n":
        return False
    if "\n" in (left, right) or unicodedata.category(left) in ("Cc", "Zl", "Zp"):
        return True
    return not (
        _extends(right)
        or _PREPENDED.match(left)
        or (left == _JOINER and unicodedata.category(right) == "So")
        or _is_conjunct(text, place)
        or _is_one_syllable(left, right)
        or _is_half_a_flag(text, place)
    )


def _extends(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M" or bool(_EXTENDING.match(letter))


def _is_conjunct(text: str, place: int) -> bool:
    before = place
    while before and _extends(text[before - 1]):
        before -= 1
    block = ord(text[place]) >> 7
    linked = any(each in LINKERS and ord(each) >> 7 == block for each in text[before:place])
    return linked and before > 0 and _is_consonant(text[before - 1]) and _is_consonant(text[place])


def _is_consonant(letter: str) -> bool:
    return unicodedata.category(letter) == "Lo"


def _is_one_syllable(left: str, right: str) -> bool:
    """Korean, in single sounds (leading L, vowel V, trailing T) or in syllables (LV, LVT)."""
    return _sound(right) in _MAY_FOLLOW.get(_sound(left), ())


def _sound(letter: str) -> str:
    code = ord(letter)
    if 0xAC00 <= code <= 0xD7A3:
        return "LVT" if (code - 0xAC00) % 28 else "LV"
    for sound, (first, last) in _SOUNDS:
        if first <= code <= last:
            return sound
    return ""


_SOUNDS = (
    ("L", (0x1100, 0x115F)),
    ("V", (0x1160, 0x11A7)),
    ("T", (0x11A8, 0x11FF)),
    ("L", (0xA960, 0xA97C)),
    ("V", (0xD7B0, 0xD7C6)),
    ("T", (0xD7CB, 0xD7FB)),
)
_MAY_FOLLOW = {"L": ("L", "V", "LV", "LVT"), "LV": ("V", "T"), "V": ("V", "T"), "LVT": ("T",), "T": ("T",)}


def _is_half_a_flag(text: str, place: int) -> bool:
    """A flag is two letters of its country; an odd number of them stands before its middle."""
    if not _is_flag(text[place]):
        return False
    before = place
    while before and _is_flag(text[before - 1]):
        before -= 1
    return (place - before) % 2 == 1


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
