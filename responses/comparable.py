"""The letters by which words are found again, however somebody has typed them."""

import unicodedata

# Written or left out as one likes: tatweel, soft hyphen, the joiners, and marks of direction.
_LEFT_OUT = dict.fromkeys(map(ord, "\u0640\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
# One letter on different keyboards, or by different habits: Arabic and Persian kaf and yeh, alef maksura, teh marbuta.
_ALIKE = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "ς": "σ"})
# Marks of these scripts may be left out in typing; elsewhere (Thai, Indic scripts) words differ by them alone.
_OPTIONAL_MARKS = ("COMBINING", "ARABIC", "HEBREW")


def comparable(text: str) -> str:
    """Equal for texts that readers would call the same: case, accents, vowel points, digits and spaces aside.

    Compatibility-decomposed (NFKD) and case-folded; Latin, Greek, Cyrillic, Arabic and Hebrew marks are left out, and
    every run of white space is one space. Whoever changes this takes all `SearchText` in anew, in a migration.
    """
    letters = []
    for letter in unicodedata.normalize("NFKD", text.translate(_LEFT_OUT)).casefold():
        category = unicodedata.category(letter)
        if category == "Nd":
            letters.append(str(unicodedata.digit(letter)))
        elif category == "Cc" or letter.isspace():
            letters.append(" ")
        elif category != "Mn" or not unicodedata.name(letter, "").startswith(_OPTIONAL_MARKS):
            letters.append(letter)
    return " ".join("".join(letters).translate(_ALIKE).split())
