"""The translations say what the English says, in one voice, with one word for one thing: ours, and what libraries say.

What is agreed for each language stands in locale/*/terms.csv and locale/*/avoid.csv.
"""

import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import allauth
import polib
import pytest
from django.conf import settings
from django.utils import translation

from outcomes.conference_2017 import catalogue as catalogue_of_2017
from tests.wording import avoidable, avoided, lacking_terms, messages, terms, words

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
BOTH = ("django.po", "outcomes.po")
# Lists for code, in which the messages are no sentences.
NO_WORDS = {":", ":?.!", "yes,no"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_thing_has_one_word(code):
    found = [
        (message.msgid, message.translation, word)
        for message in messages(code, *BOTH)
        if not message.is_of_zero
        for word in lacking_terms(code, message)
    ]

    assert found == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_of_ours_has_a_translation_and_every_exception_a_message_and_a_reason(code):
    stems, exceptions = terms(code)
    english = {message.msgid for message in messages(code, *BOTH)}

    assert set(stems) == set(words())
    assert [key for key, reason in exceptions.items() if not reason] == []
    assert [begin for _word, begin in exceptions if not any(each.startswith(begin) for each in english)] == []
    assert [pattern.pattern for pattern, reason in avoided(code) if not reason] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_said_that_means_something_else_or_in_another_voice(code):
    found = [
        (message.msgid, message.translation, reasons)
        for message in messages(code, *BOTH)
        if message.msgid not in NO_WORDS and (reasons := avoidable(code, message.translation))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ar", "يُرجى ترك الأسماء"),
        ("ar", "انسخ كلماتك"),
        ("ar", "بعد ذلك, عد"),
        ("es", "Introduzca su contraseña."),
        ("es", "si usted quiere"),
        ("fa", "گذرواژه‌ات را وارد کن."),
        ("fa", "خارج شده‌ای."),
        ("fa", "۲۵ نفر"),
        ("fr", "L'adresse"),
        ("hi", "किन विशेष ज़रूरतों पर"),
        ("hi", "नवमबर"),
        ("id", "Kebutuhan khusus apa"),
        ("id", "akun anda"),
        ("pt-br", "necessidades especiais"),
        ("ru", "введите Ваш адрес"),
        ("ru", "учетная запись"),
        ("sv", "Vilka särskilda behov"),
        ("sv", "epost-adress"),
        ("sw", "na kamwe bila maneno yako"),
        ("zh-hans", "你的密码"),
    ],
)
def test_what_was_once_said_wrongly_is_found(code, text):
    assert avoidable(code, text) != []


def core(text):
    """A message without case, signs and the plural's s."""
    return re.sub(r"s\b|[\W_]+", "", text.lower())


@pytest.mark.parametrize("code", LANGUAGES)
def test_two_messages_never_have_one_text(code):
    of_text = defaultdict(set)
    for message in messages(code, "django.po"):
        if len(message.translation) > 25:
            of_text[message.translation].add(core(message.words))

    assert {text: english for text, english in of_text.items() if len(english) > 1} == {}


SIGNS = str.maketrans("。।؟？！：،", ".." + "??!:,")
QUOTED = re.compile('[“«„「]|(?<=^)”|(?<=[\\s(])”|(?<![\\w=])"(?=\\w)')


def last_sign(text):
    sign = re.sub(r"[\s\u200e\u200f»”\"’)）\uffffc]+$", "", text).translate(SIGNS)[-1:]
    return sign if sign in ".?!:,…" else ""


def begins_small(text):
    """Whether the first letter is small; None if it has no case, or begins an abbreviation or a filled-in word."""
    first = re.match(r"[^\W\d_]+", text)
    if not first or first[0].upper() == first[0].lower() or (len(first[0]) > 1 and first[0].isupper()):
        return None
    return first[0][0].islower()


# English writes these with a capital; most languages do not.
CALENDAR = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October"}
CALENDAR |= {"November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_begins_and_ends_like_its_message(code):
    wrong = []
    for message in messages(code, *BOTH):
        small, is_small = begins_small(message.words), begins_small(message.text)
        if message.msgid not in CALENDAR and None not in (small, is_small) and small != is_small:
            wrong.append((message.msgid, message.translation, "case"))
        # A Russian date ends in "г.", whose full stop ends the sentence too.
        ends_in_date = code == "ru" and message.translation.endswith("%(day)s")
        if last_sign(message.words) != last_sign(message.text) and not ends_in_date:
            wrong.append((message.msgid, message.translation, "last sign"))

    assert wrong == []


@pytest.mark.parametrize("code", ["ar", "fa"])
def test_a_right_to_left_message_does_not_begin_with_a_stray_latin_letter(code):
    begun = [
        (message.msgid, message.translation)
        for message in messages(code, *BOTH)
        if (first := re.match("[A-Za-z]+", message.text)) and first[0] not in re.findall(r"\w+", message.words)
    ]

    assert begun == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "zh-hans"])
def test_what_is_filled_in_is_not_glued_to_a_word(code):
    """But for the link that a library wraps around words, and Arabic's particles of one or two letters."""
    glued = re.compile(r"(\w+)?%\((?!(?:end_)?link\))\w+\)[sd](\w)?")
    wrong = [
        (message.msgid, message.translation)
        for message in messages(code, *BOTH)
        for before, after in glued.findall(message.translation)
        if after or (before and not (code == "ar" and re.fullmatch("بـ|الـ|لـ|كـ", before)))
    ]

    assert wrong == []


def test_arabic_says_nothing_by_a_word_not_by_the_number_nought():
    with_number = [
        entry.msgid
        for entry in polib.pofile("locale/ar/LC_MESSAGES/django.po")
        if entry.msgid_plural and "%(n)s" in entry.msgstr_plural[0]
    ]

    assert with_number == []


# Which of allauth's messages our settings can show: by e-mail address and user name, with passwords and Wikimedia.
PLACES = re.compile(
    r"(account/(adapter|forms|fields)|socialaccount/(adapter|forms))\.py"
    r"|templates/account/(login|logout|signup|email|email_confirm|account_inactive|password_\w+|verification_sent)\.html"
    r"|templates/account/(base_reauthenticate|reauthenticate)\.html|templates/account/(messages|snippets)/.*"
    r"|templates/account/email/(base_message|email_confirmation|password_reset_key|unknown_account|account_already)\w*\.txt"
    r"|templates/socialaccount/(?!email/).*"
)
# No telephones, no codes, no keys; the address is asked for once and is required.
NOT_HERE = re.compile(
    r"[Pp]hone|\b[Cc]ode\b|passkey|security key|authenticator|Alternative options|^Cancel$|[Ee]mail \(again\)|optional"
    r"|Email address confirmation|same email each time|select only one"
)


def shown_by_allauth():
    path = Path(allauth.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    for entry in polib.pofile(str(path)):
        used = any(PLACES.fullmatch(place) for place, _line in entry.occurrences)
        if used and not entry.obsolete and not NOT_HERE.search(entry.msgid):
            yield entry.msgctxt, entry.msgid


def test_what_the_account_pages_say_stands_in_our_own_catalogues():
    """In the voice of the rest, in each of our languages, and to be translated in a language that is added."""
    ours = {(entry.msgctxt, entry.msgid) for entry in polib.pofile("locale/en/LC_MESSAGES/django.po")}
    shown = set(shown_by_allauth())

    assert shown - ours == set()
    assert len(shown) > 100


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_gettext_returns_for_a_message_of_a_library_is_ours(code):
    ours = {message.msgid: message.translation for message in messages(code, "django.po")}
    with translation.override(code):
        said = {msgid: translation.gettext(msgid) for context, msgid in shown_by_allauth() if not context}

    assert {msgid: text for msgid, text in said.items() if text != ours[msgid]} == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_field_for_the_user_name_is_called_so_not_signing_in(code):
    with translation.override(code):
        assert translation.pgettext("field label", "Login") == translation.gettext("Username")


def test_a_new_portal_asks_the_questions_of_the_catalogues():
    """A migration fills in what the catalogues say; it comes first, so that its words are the ones that stay."""
    made = import_module("responses.migrations.0002_questions_regions_conversation_and_reasons")
    for code in ("ar", "es", "sv"):
        texts = {entry.msgctxt: entry.msgstr for entry in polib.pofile(str(catalogue_of_2017(code)))}
        assert {each["slug"]: each[code] for each in made.QUESTIONS} == {
            each["slug"]: texts[f"question.{each['slug']}.prompt"] for each in made.QUESTIONS
        }
    in_arabic = {entry.msgctxt: entry.msgstr for entry in polib.pofile(str(catalogue_of_2017("ar")))}
    assert {slug: ar for slug, _en, ar, _es, _sv in made.REGIONS} == {
        slug: in_arabic[f"region.{slug}.name"] for slug, *_names in made.REGIONS
    }
