"""Which language words seem to be in: only for asking their author, who knows.

The guess is made here, by py3langid; nothing is sent anywhere, kept, or changed by it. Nothing of Django is needed:
gunicorn reads the model once, before its workers fork, so that they share the memory.
"""

import unicodedata
from collections import Counter, defaultdict
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from responses.languages import Language, languages

# Of texts of 3 to 30 words in about 110 languages the model is as sure as this of 31 to 73 %, and wrong in 2 to 3 %
# of these, mostly in languages that it does not know.
_SURE = 0.99
# Characters without spaces. A word or two could be in many languages.
_SHORTEST = 20
# What the model calls a language otherwise than the registry, and varieties that it seldom tells from their standard.
_ALIASES = {"fuv": "ff", "gug": "gn", "kik": "ki", "hbo": "he", "grc": "el"}
_ALIASES |= {"ary": "ar", "arz": "ar", "pcm": "en", "wuu": "zh", "yue": "zh"}
# Nobody is asked whether it is the one or the other of these.
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
_SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab"}


@cache
def identifier() -> LanguageIdentifier:
    """The model: 140 languages, about 75 MB, a second to read."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def another_language(text: str, chosen: str) -> Language | None:
    """The language that a text seems to be in, if its author chose another one; None where there is nothing to ask.

    chosen: a code of the registry. Who chose a language that the model does not know is not asked: it would take
    theirs for one of its neighbours.
    """
    base = _base(chosen)
    if sum(not character.isspace() for character in text) < _SHORTEST or base not in _known():
        return None
    # The model has seen few of the languages that are written in Arabic script as well as in another one.
    if chosen.endswith("-arab") and _script(text) == "Arab":
        return None
    likely: dict[str, float] = defaultdict(float)
    for label, likelihood in identifier().rank(text):
        likely[_base(label)] += likelihood
    found = max(likely, key=likely.__getitem__)
    if likely[found] < _SURE or found == base or any({found, base} <= near for near in _NEAR):
        return None
    return _registered(found, _script(text))


def _base(code: str) -> str:
    """Without script and country: "sr-latn" is "sr"."""
    base = code.partition("-")[0]
    return _ALIASES.get(base, base)


@cache
def _known() -> set[str]:
    return {_base(label) for label in identifier().labels} | {"nb", "sh"}


def _registered(base: str, script: str) -> Language | None:
    """A language under the code that the registry has for it, in the script of the text where it has several."""
    under_it = [each for code, each in languages().items() if _base(code) == base]
    return min(under_it, key=lambda each: (each.script != script, each.code != base, each.code), default=None)


def _script(text: str) -> str:
    """The script of most letters; "" where it is none that several scripts of one language are told apart by."""
    names = Counter(unicodedata.name(each, "").partition(" ")[0] for each in text[:2_000] if each.isalpha())
    return _SCRIPTS.get(max(names, key=names.__getitem__, default=""), "")
