"""The letters by which words are found again, however somebody has typed them."""

import re
import unicodedata

# Written or left out as one likes: tatweel, soft hyphen, the joiners, and marks of direction.
_LEFT_OUT = dict.fromkeys(map(ord, "\u0640\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
# One letter on different keyboards, or by different habits: Arabic and Persian kaf and yeh, alef maksura, teh marbuta;
# and Latin letters that many keyboards lack and Unicode does not take apart.
_ALIKE = str.maketrans(
    {"ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "ς": "σ"} | dict(zip("ıłøđɗɓƙ", "iloddbk", strict=True))
)
# Marks of these scripts may be left out in typing, and the nukta of Indic ones; elsewhere (Thai, vowel signs, the
# voicing marks of kana) words differ by marks alone.
_OPTIONAL_MARKS = re.compile(r"COMBINING (?!KATAKANA)|ARABIC |HEBREW |.* SIGN NUKTA$")


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
        elif category != "Mn" or not _OPTIONAL_MARKS.match(unicodedata.name(letter, "")):
            letters.append(letter)
    return " ".join("".join(letters).translate(_ALIKE).split())


def words_of(typed: str) -> list[str]:
    """What to look for: the words that were typed, apart from the signs between them (which texts may have otherwise).

    "l'égalité" is looked for as "l" and "egalite", a Persian word with a joiner as its parts. Where nothing but signs
    was typed, these are looked for.
    """
    apart = "".join(" " if letter == "\u200c" or unicodedata.category(letter)[0] == "P" else letter for letter in typed)
    return comparable(apart).split() or comparable(typed).split()
