"""The portal asks when words seem to be in another language than their author chose; it never claims to know."""

import polib
import pytest
from django.conf import settings

from outcomes.conference_2017 import catalogue
from responses.languages.detection import another_language

HAUSA = "A gare mu bambanci yana nufin kowane harshe da kowane mutum daga kowane yanki."


@pytest.mark.parametrize(
    ("chosen", "text", "found"),
    [
        ("en", HAUSA, "ha"),
        ("en", "Кожне село має власну історію, і ми хочемо писати її своєю мовою.", "uk"),
        ("ar", "Vi behöver fler som skriver på de små språken, och en plats att träffas.", "sv"),
        # The registry has this language under codes for its scripts.
        (
            "en",
            "Желимо да свако село може да напише своју историју на свом језику и ћирилицом, јер наше речи остају.",
            "sr-cyrl",
        ),
        ("en", "我们希望每一个村庄都能用自己的语言书写自己的历史。", "zh"),
    ],
)
def test_another_language_than_the_chosen_one_is_noticed(chosen, text, found):
    assert another_language(text, chosen).code == found


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ("ha", HAUSA),
        # Too short to say.
        ("en", "Kila mtu."),
        ("en", ""),
        ("en", "12345 67890 12345 67890 12345 !!!"),
        # One language under several codes, and languages that are too near to each other.
        ("pt-br", "Queremos que cada aldeia possa escrever a sua história na sua própria língua."),
        ("zh-hant", "我们希望每一个村庄都能用自己的语言书写自己的历史。"),
        ("nb", "Vi trenger flere som skriver på de små språkene, og et sted å møtes."),
        # The model knows nothing of this language and would take it for another one.
        ("dag", HAUSA),
        ("klingon", HAUSA),
        ("kk-arab", "بارلىق ادامدار تۋمىسىنان ازات جانە قادىر قاسيەتى مەن قۇقىقتارى تەڭ بولىپ دۇنيەگە كەلەدى."),
    ],
)
def test_there_is_nothing_to_ask(chosen, text):
    assert another_language(text, chosen) is None


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_the_guesses_about_the_texts_of_2017_are_right_or_kept_back(code):
    texts = [entry.msgstr for entry in polib.pofile(str(catalogue(code))) if len(entry.msgstr) > 60]
    chosen_wrongly = [another_language(text, "en") for text in texts]

    assert {each.code.partition("-")[0] for each in chosen_wrongly if each} <= {code.partition("-")[0]}
    assert [text for text in texts if another_language(text, code)] == []
