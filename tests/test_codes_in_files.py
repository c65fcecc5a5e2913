"""Which language a translator's file is in: one rule for the codes of gettext, Poedit, Weblate, CLDR and BCP 47."""

import pytest
from django.utils.translation import to_locale

from responses.languages import languages
from responses.languages.codes_in_files import is_meant, meant_in_file


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("zh_CN", "zh-hans"), ("zh-CN", "zh-hans"), ("zh_SG", "zh-hans"), ("zh_Hans_CN", "zh-hans"),
        ("zh_Hans", "zh-hans"), ("cmn_Hans_CN", "zh-hans"), ("zh_TW", "zh-hant"), ("zh_HK", "zh-hant"),
        ("zh-Hant-TW", "zh-hant"), ("zh", "zh"), ("sr", "sr-cyrl"), ("sr_RS", "sr-cyrl"), ("sr@latin", "sr-latn"),
        ("sr_RS@latin", "sr-latn"), ("sr_ME", "sr-latn"), ("sr-Latn-RS", "sr-latn"), ("uz@cyrillic", "uz-cyrl"),
        ("uz", "uz"), ("uz_Latn_UZ", "uz"), ("ks@devanagari", "ks-deva"), ("ku", "ku-latn"), ("ku_IQ", "ku-arab"),
        ("kk_KZ", "kk-cyrl"), ("sd", "sd-arab"), ("srp", "sr-cyrl"), ("pt_BR", "pt-br"), ("pt_PT", "pt"),
        ("pt", "pt"), ("fr_FR.UTF-8", "fr"), ("fr-FR", "fr"), ("AR", "ar"), ("ca@valencia", "ca"),
        ("be@tarask", "be-tarask"), ("en@quot", "en"), ("ara", "ar"), ("swa_KE", "sw"), ("ha_NG", "ha"), ("iw", "he"),
        ("nb_NO", "nb"), (" ar ", "ar"), ("fil", "tl"),
    ],
)  # fmt: skip
def test_a_code_means_the_language_that_its_readers_read(stated, meant):
    assert (meant_in_file(stated)[0], is_meant(meant, stated)) == (meant, True)


@pytest.mark.parametrize("stated", ["", "xx", "klingon", "und", "x-none", "12", "_", "@latin", "Swahili"])
def test_a_code_that_is_none_means_no_language(stated):
    assert meant_in_file(stated) == []


@pytest.mark.parametrize(
    ("code", "stated"),
    [
        ("sw", "fr"),
        ("sr-cyrl", "sr@latin"),
        ("sr-latn", "sr"),
        ("zh-hant", "zh_CN"),
        ("zh-hans", "zh_Hant"),
        ("pt-br", "pt_PT"),
    ],
)
def test_another_script_or_country_is_another_language(code, stated):
    assert not is_meant(code, stated)


def test_what_the_portal_writes_means_the_language_that_it_was_written_for():
    assert [code for code in languages() if not is_meant(code, to_locale(code)) or not is_meant(code, code)] == []
    # Only of Chinese by its country nobody reads a page.
    assert {code for code in languages() if meant_in_file(to_locale(code))[0] != code} == {
        "zh-cn", "zh-hk", "zh-mo", "zh-my", "zh-sg", "zh-tw",
    }  # fmt: skip
