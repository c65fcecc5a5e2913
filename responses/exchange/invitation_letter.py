"""A short letter that invites to a conversation, in an interface language, for organizers to copy and send."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname

from responses.languages import Language, language_of
from responses.models import Conversation

from .invitations import until_when

# Languages whose speakers write another one as well, by ISO 639-3: the varieties that 639-3 counts as parts of one
# written language (macrolanguages Arabic, Chinese and Swahili), and Dari. For others nobody knows which language people
# read beside their own: their letter is in English, and organizers can choose another one.
_WRITTEN = {"ar": "acm acq afb aeb apc apd arq ars ary arz shu", "fa": "prs", "sw": "swc"}
_WRITTEN["zh-hans"] = "cdo cjy cpx gan hak hsn lzh nan wuu yue"
_WRITTEN_AS = {code: written for written, spoken in _WRITTEN.items() for code in spoken.split()}


@dataclass(frozen=True)
class Letter:
    language: Language  # of the letter
    text: str
    # Whether title and invitation of the conversation, and who asks, are there in this language. Otherwise they are in
    # English.
    is_whole: bool


def letter_language(*codes: str) -> str:
    """The interface language for a letter to people who read these languages, the likeliest first.

    One of theirs if there is one, else one that is written like one of theirs ("pt" is near "pt-br"), else English.
    """
    interface = list(dict(settings.LANGUAGES))
    if own := [code for code in codes if code in interface]:
        return own[0]
    for code in codes:
        base = code.partition("-")[0]
        near = [each for each in interface if each.partition("-")[0] == base] or [_WRITTEN_AS.get(base, "")]
        if near[0] in interface:
            return near[0]
    return settings.LANGUAGE_CODE


def invitation_letter(conversation: Conversation, origin: str, code: str, *, name: str = "", also: str = "") -> Letter:
    """The letter in an interface language.

    origin: of the portal, such as "https://portal.example.org". name: of the affiliate that it is for, or "". also:
    the code of a language in which they may want to write; "" to name none.
    """
    with translation.override(code):
        words = {
            "conversation": conversation,
            "name": name,
            "also": language_of(also).autonym if also and also != code else "",
            "until_when": until_when(conversation),
            "respond": origin + reverse("respond"),
            "host": origin + reverse("new_gathering"),
        }
        # As a plain string: Django marks what a template has rendered as safe HTML, but it contains names.
        text = str(render_to_string("responses/invitation_letter.txt", words)).strip() + "\n"
    own, english = (_texts(conversation, each) for each in (code, "en"))
    is_whole = all(there or not needed for there, needed in zip(own, english, strict=True))
    return Letter(language_of(code), text, is_whole)


def _texts(conversation, code) -> list[str]:
    """What of a conversation stands in the letter, as it is worded in a language."""
    return [
        getattr(conversation, build_localized_fieldname(name, code)) for name in ("title", "invitation", "asked_by")
    ]
