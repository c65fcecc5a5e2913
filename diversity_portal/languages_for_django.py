"""What Django has to know about the languages of the interface, from the registry.

Django has names and directions of about a hundred languages, and raises KeyError for another one (modeltranslation asks
for them in every form of the admin). It takes a page's direction from the part of the code before the hyphen, but
Kurdish in Arabic letters ("ku-arab") runs from right to left, and in Latin letters ("ku-latn") from left to right.
"""

from collections.abc import Iterable

from django.conf.locale import LANG_INFO
from django.utils import translation

from responses.languages import language_of


def tell_django(codes: Iterable[str]) -> None:
    for code in codes:
        language = language_of(code)
        LANG_INFO[code] = {
            "bidi": language.direction == "rtl",
            "code": code,
            "name": language.english_name,
            "name_local": language.autonym,
        }
    translation._trans.get_language_bidi = _runs_from_right_to_left


def _runs_from_right_to_left() -> bool:
    return language_of(translation.get_language() or "").direction == "rtl"
