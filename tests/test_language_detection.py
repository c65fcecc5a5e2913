"""The portal asks the author if the words seem to be in another language than the one chosen."""

import polib
import pytest
from django.conf import settings

from outcomes.conference_2017 import catalogue
from responses.languages.detection import another_language

RUSSIAN = "Мы хотим, чтобы каждая деревня могла написать свою историю на своём языке."
PERSIAN = "ما می‌خواهیم هر روستا بتواند تاریخ خود را به زبان خود بنویسد و همه آن را بخوانند."
ARABIC = "نريد أن تتمكن كل قرية من كتابة تاريخها بلغتها وأن يقرأه الجميع."
HAUSA = "A gare mu bambanci yana nufin kowane harshe da kowane mutum daga kowane yanki."


@pytest.mark.parametrize(
    ("chosen", "text", "found"),
    [
        ("en", HAUSA, "ha"),
        ("en", "Кожне село має власну історію, і ми хочемо писати її своєю мовою.", "uk"),
        ("ar", "Vi behöver fler som skriver på de små språken, och en plats att träffas.", "sv"),
        # The registry has one code for each script of this language.
        (
            "en",
            "Желимо да свако село може да напише своју историју на свом језику и ћирилицом, јер наше речи остају.",
            "sr-cyrl",
        ),
        ("en", "我们希望每一个村庄都能用自己的语言书写自己的历史。", "zh"),
        # The model does not know these languages, but they are not written in this script.
        ("prg", RUSSIAN, "ru"),
        ("gur", PERSIAN, "fa"),
        ("ary-latn", ARABIC, "ar"),
        ("btm", "我们希望每一个村庄都能用自己的语言书写自己的历史。", "zh"),
        ("hif", "हम चाहते हैं कि हर गाँव अपनी भाषा में अपना इतिहास लिख सके।", "hi"),
        ("nan-latn", "我们希望每一个村庄都能用自己的语言书写自己的历史。", "zh"),
        (
            "sr-latn",
            "Желимо да свако село може да напише своју историју на свом језику и ћирилицом, јер наше речи.",
            "sr-cyrl",
        ),
    ],
)
def test_a_wrongly_chosen_language_is_noticed(chosen, text, found):
    assert another_language(text, chosen).code == found


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ("ha", HAUSA),
        # Too short to guess.
        ("en", "Kila mtu."),
        ("en", ""),
        ("en", "12345 67890 12345 67890 12345 !!!"),
        # A language with several codes, and languages that are too similar.
        ("pt-br", "Queremos que cada aldeia possa escrever a sua história na sua própria língua."),
        ("zh-hant", "我们希望每一个村庄都能用自己的语言书写自己的历史。"),
        ("nb", "Vi trenger flere som skriver på de små språkene, og et sted å møtes."),
        # The model does not know these languages, and would guess another one.
        ("dag", HAUSA),
        ("klingon", HAUSA),
        ("und", RUSSIAN),
        ("hif-deva", "हम चाहते हैं कि हर गाँव अपनी भाषा में अपना इतिहास लिख सके।"),
        ("prs", PERSIAN),
        ("lez", RUSSIAN),
        ("apc", ARABIC),
        # Somebody who signs may write in any language.
        ("bfi", RUSSIAN),
        ("kk-arab", "بارلىق ادامدار تۋمىسىنان ازات جانە قادىر قاسيەتى مەن قۇقىقتارى تەڭ بولىپ دۇنيەگە كەلەدى."),
    ],
)
def test_no_language_is_guessed_if_the_choice_is_right_or_the_guess_unsure(chosen, text):
    assert another_language(text, chosen) is None


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_every_guess_about_the_texts_of_2017_is_right(code):
    texts = [entry.msgstr for entry in polib.pofile(str(catalogue(code))) if len(entry.msgstr) > 60]
    chosen_wrongly = [another_language(text, "en") for text in texts]

    assert {each.code.partition("-")[0] for each in chosen_wrongly if each} <= {code.partition("-")[0]}
    assert [text for text in texts if another_language(text, code)] == []
