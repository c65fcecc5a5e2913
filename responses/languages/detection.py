"""Guesses the language of a text, to ask its author whether they chose the right one.

py3langid makes the guess on this machine. The guess changes nothing and is not stored. This file does not need Django:
gunicorn reads the model once, before its workers fork, so that they share the memory.
"""

import unicodedata
from collections import Counter, defaultdict
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from responses.languages import Language, language_of, languages

from .normal_forms import stream_safe

# Likelihood from which the author is asked. Of texts of 3 to 30 words in about 110 languages, 31 to 73 % reach it; in
# 2 to 3 % of these the model is wrong, mostly in languages that it does not know.
_SURE = 0.99
# The same where the words are not even in the script of the chosen language.
_SURE_IN_ANOTHER_SCRIPT = 0.9
# Characters, not counting spaces. A word or two could be in many languages.
_SHORTEST = 20
# Characters that are looked at: a longer text is no surer, and this runs at every visit of an author's page.
_BEGINNING = 4_000
# Codes that are different in the registry, and varieties that the model seldom tells from their standard language.
_ALIASES = {"fuv": "ff", "gug": "gn", "kik": "ki", "hbo": "he", "grc": "el"}
_ALIASES |= {"ary": "ar", "arz": "ar", "pcm": "en", "wuu": "zh", "yue": "zh"}
# Similar languages: nobody is asked whether they meant another one of the same row.
_NEAR = [
    {"bs", "hr", "sh", "sr"},
    {"da", "nb", "nn", "no"},
    {"es", "ext", "gl"},
    {"gcf", "gcr", "ht"},
    {"id", "ms"},
    {"it", "lij", "vec"},
    {"ku", "sdh"},
    {"ltg", "lv"},
    {"nso", "st"},
    {"uz", "uzs"},
    {"xh", "zu"},
]
# Scripts by the first word in the names of their letters.
_SCRIPTS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "CJK": "Hani", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "GREEK": "Grek", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "HANGUL": "Kore",
    "HEBREW": "Hebr", "HIRAGANA": "Jpan", "KANNADA": "Knda", "KATAKANA": "Jpan", "KHMER": "Khmr", "LAO": "Laoo",
    "LATIN": "Latn", "MALAYALAM": "Mlym", "MYANMAR": "Mymr", "ORIYA": "Orya", "SINHALA": "Sinh", "TAMIL": "Taml",
    "TELUGU": "Telu", "THAI": "Thai", "TIBETAN": "Tibt",
}  # fmt: skip
# Scripts that others are written in too.
_PARTS = {"Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Jpan", "Hani"}, "Kore": {"Kore", "Hani"}}


@cache
def identifier() -> LanguageIdentifier:
    """The model: 140 languages, about 75 MB, a second to read."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def another_language(text: str, chosen: str) -> Language | None:
    """The language that a text seems to be in, if its author chose another one; None if there is nothing to ask.

    chosen: a code of the registry. An author who chose a language that the model does not know is asked only if the
    words are in another script, because the model would mistake it for a similar one. Somebody who signs may write in
    any language.
    """
    text = stream_safe(text[:_BEGINNING])
    base, script, written = _base(chosen), _script(text), language_of(chosen).script
    if sum(not character.isspace() for character in text) < _SHORTEST or written in ("Sgnw", "Zyyy"):
        return None
    is_other_script = script not in {"", *_PARTS.get(written, {written})}
    if base not in _known() and not is_other_script:
        return None
    # The model knows few of the languages that are written in Arabic script and in another one.
    if chosen.endswith("-arab") and script == "Arab":
        return None
    likely: dict[str, float] = defaultdict(float)
    for label, likelihood in identifier().rank(text):
        likely[_base(label)] += likelihood
    found = max(likely, key=likely.__getitem__)
    if likely[found] < (_SURE_IN_ANOTHER_SCRIPT if is_other_script else _SURE):
        return None
    if not is_other_script and (found == base or any({found, base} <= near for near in _NEAR)):
        return None
    guess = _registered(found, script)
    # A language may be written in a script that the registry does not have it in.
    return guess if guess and guess.code != chosen and (found != base or guess.script == script) else None


def _base(code: str) -> str:
    """Without script and country: "sr-latn" is "sr"."""
    base = code.partition("-")[0]
    return _ALIASES.get(base, base)


@cache
def _known() -> set[str]:
    return {_base(label) for label in identifier().labels} | {"nb", "sh"}


def _registered(base: str, script: str) -> Language | None:
    """The language as the registry has it, in the script of the text if there are several."""
    found = [each for code, each in languages().items() if _base(code) == base]
    return min(found, key=lambda each: (each.script != script, each.code != base, each.code), default=None)


def _script(text: str) -> str:
    """The script of most letters (ISO 15924), or "" if it is not in `_SCRIPTS`."""
    names = Counter(unicodedata.name(each, "").partition(" ")[0] for each in text if each.isalpha())
    return _SCRIPTS.get(max(names, key=names.__getitem__, default=""), "")
