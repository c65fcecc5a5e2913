"""What a machine notices about a translation. How often it is wrong is measured on what the project has translated."""

import io
from functools import cache

import pytest
from django.core.management import call_command

from responses.languages.sentence_alignment import align
from responses.models import Term
from responses.models.organizer_text import glossary
from responses.translation_checks import check

from .complete_translations import LANGUAGES, Measured, measured
from .factories import make_answer, make_translation, make_user
from .yardstick import timed, yardstick

# For the whole measure: bench/translation_checks.py
sampled = cache(lambda source, target: measured(source, target, every=2))


def said(text, translation, source="en", target="sv", **how):
    """[(the beginning of a hint, what it is about)]"""
    hints = check(text, translation, source, target, **how).hints
    return [(str(hint.said), *(passage for passage, _language in hint.passages)) for hint in hints]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_complete_translations_less_than_one_sentence_in_a_hundred_gets_a_hint(language):
    both = sampled("en", language) + sampled(language, "en")

    assert both.sentences > 500
    assert both.false_alarms < both.sentences / 100


def test_of_a_hundred_sentences_that_were_left_out_ninety_five_are_found():
    total = sum((sampled("en", each) + sampled(each, "en") for each in LANGUAGES), Measured())

    assert total.left_out > 1_000
    assert total.found >= 0.95 * total.left_out
    assert total.right_there >= 0.93 * total.left_out


@pytest.mark.once
@pytest.mark.django_db
def test_the_glossary_brings_few_false_alarms():
    call_command("load_2017_outcomes", stdout=io.StringIO())
    assert Term.objects.count() > 5

    found = sum(
        (
            measured("en", language, every=9, terms=lambda text, language=language: glossary(text, "en", language))
            for language in ("fr", "ar", "sw", "zh-hans")
        ),
        Measured(),
    )

    assert found.false_alarms < found.sentences / 100


TWO = "The room is cold in winter. Nobody can pay for the heating that we would need."


def test_a_sentence_that_was_left_out_is_named():
    text = f"We meet every week in the old library of the town. {TWO}"
    translation = (
        "Vi träffas varje vecka i stadens gamla bibliotek. Ingen kan betala för den värme som vi skulle behöva."
    )

    assert said(text, translation) == [
        ("The translation seems to lack a sentence, this one or one beside it:", "The room is cold in winter.")
    ]


def test_a_sentence_too_many_is_named():
    more = "Jag är så trött på allt detta att jag nästan har slutat att gå dit på kvällarna efter arbetet."
    translation = f"Det är kallt i rummet på vintern. {more} Ingen kan betala för värmen som vi skulle behöva."

    assert said(TWO, translation) == [
        ("The translation seems to have a sentence too many, this one or one beside it:", more)
    ]


@pytest.mark.parametrize(
    ("text", "translation", "target", "hints"),
    [
        ("We are 25 people.", "Vi är 52 personer.", "sv", [("original only:", "25"), ("translation only:", "52")]),
        ("We are 25 people.", "نحن ٢٥ شخصا هنا.", "ar", []),
        ("It costs 1,000.50 a year.", "Det kostar 1\u00a0000,50 om året.", "sv", []),
        ("It costs 10,000 a year.", "每年要花费1万。", "zh-hans", []),
        ("It costs 2,000,000 a year.", "Det kostar 2 miljoner om året.", "sv", []),
        ("We are 3 people here.", "Vi är tre personer här.", "sv", []),
        (
            "We are 3 people of 5.",
            "Vi är 3 personer av 6.",
            "sv",
            [("original only:", "5"), ("translation only:", "6")],
        ),
        ("We met in 1999 there.", "Vi träffades där då.", "sv", [("original only:", "1999")]),
    ],
)
def test_numbers_are_compared_in_all_digits_and_with_all_signs_between_them(text, translation, target, hints):
    found = said(text, translation, "en", target)

    assert [(each[0].partition("in the ")[2], each[1]) for each in found] == hints


@pytest.mark.parametrize(
    ("translation", "hints"),
    [
        ("Vi ses 2026-03-31 igen.", 0),
        ("Vi ses den 31 mars 2026 igen.", 0),
        ("Vi ses 31.3.2026 igen.", 0),
        ("Vi ses 2025-04-30 igen.", 1),
        ("Vi ses igen någon gång då.", 1),
    ],
)
def test_a_date_may_be_written_otherwise(translation, hints):
    found = [each for each in said("We meet on 2026-03-31 again.", translation) if "date" in each[0]]

    assert found == [("The translation has another date, or none:", "2026-03-31")] * hints


@pytest.mark.parametrize(
    ("kept", "kind"),
    [
        ("https://example.org/a?b=c", "link or address"),
        ("me@example.org", "link or address"),
        ("@amina_k", "user name"),
        ("User:Amina K", "user name"),
        ("WikiCafé", "name"),
    ],
)
def test_addresses_and_names_stay_as_they_are(kept, kind):
    text = f"Write to {kept}, please."
    name = kept.removeprefix("User:").removeprefix("@")

    assert said(text, f"Skriv till {kept.replace('User', 'Användare')}, tack.") == []
    assert said(text, "Skriv till oss, tack.") == [(f"The translation does not have this {kind} as it is:", name)]


def test_latin_words_of_another_script_are_looked_for():
    assert said("نكتب في Wikidata كل يوم.", "We write in Wikidata each day.", "ar", "en") == []
    assert said("نكتب في Wikidata كل يوم.", "We write there on each day.", "ar", "en") == [
        ("The translation does not have this name as it is:", "Wikidata")
    ]
    # The other way round, people write it in their own letters.
    assert said("We write in Wikidata each day.", "نكتب في ويكي بيانات كل يوم.", "en", "ar") == []


def test_a_length_out_of_line_is_told_in_languages_without_sentences_too():
    text = "We meet in the library every week, and we need a room with a heating that works in winter too. " * 3

    assert said(text, "เราพบกัน", "en", "th") == [
        ("The translation is much shorter than usual between these two languages.",)
    ]
    assert check(text, "เราพบกัน", "en", "th").by_sentence is False
    assert said("We meet here.", "เราพบกันที่นี่ทุกสัปดาห์ในห้องสมุด " * 5, "en", "th") == [
        ("The translation is much longer than usual between these two languages.",)
    ]


def test_words_that_are_still_in_the_language_of_the_original_are_shown():
    text = "We need a warm room for the winter and tea for all of us."

    assert said(text, "Vi behöver a warm room for the winter and tea till alla.") == [
        ("This seems to be in the language of the original still:", "a warm room for the winter and tea")
    ]
    assert said(text, text, "pt", "pt-br") == []


@pytest.mark.django_db
def test_a_term_of_the_glossary_that_is_not_used_is_told_in_any_form():
    Term.objects.all().delete()
    Term.objects.create(slug="chapter", name_en="chapter", name_sv="lokalförening")
    text = "Our chapter is small."
    terms = glossary(text, "en", "sv")

    assert said(text, "Våra lokalföreningar är små.", terms=terms) == []
    assert said(text, "Vårt kapitel är litet.", terms=terms) == [
        ("The glossary has another word for this:", "chapter", "lokalförening")
    ]


def test_a_turned_negation_is_not_found():
    assert said("We do not want this.", "Vi vill ha detta.") == []


def test_of_one_kind_a_handful_is_enough():
    text = " ".join(f"www.example.org/{number}" for number in range(100))

    assert len([each for each in said(text, "Inget.") if "link" in each[0]]) == 5


def test_texts_with_nothing_in_them_bring_no_fault():
    for text, translation in (("", ""), ("🙂", "🙂"), ("A.", ""), ("", "A."), ("…", "A. B. C.")):
        check(text, translation, "en", "sv")


def test_a_translation_of_many_more_sentences_brings_no_fault():
    told = said("We have no room.", "Vi har inget rum. " * 12)

    assert {hint[0] for hint in told} == {
        "The translation seems to have a sentence too many, this one or one beside it:"
    }


def test_sentences_are_paired_in_their_order_and_merged_where_a_translation_does_so():
    text = "We meet in the library each week. It is cold there. We need a room that has a heating, and a key for it."
    translation = "Vi träffas i biblioteket varje vecka; där är det kallt. Vi behöver ett rum med värme, och en nyckel."

    pairs = align(text, translation, "en", "sv").pairs

    assert [(list(pair.source), list(pair.target)) for pair in pairs] == [([0, 1], [0]), ([2], [1])]


@pytest.mark.parametrize(
    "unit", ["a. ", "1 ", "1-1-1 ", "@ab ", "a@b.c ", "www.", "aB ", "a b c d e f ", "\n", "“", "一"]
)
def test_a_hostile_text_takes_no_longer_than_its_length(unit):
    seconds, _found = timed(check, (unit * 20_000)[:20_000], (unit * 60_000)[:60_000], "ru", "en")

    assert seconds < 60 * yardstick()


def test_as_many_sentences_as_are_compared_take_no_longer_than_a_page_may():
    text = " ".join(f"This is sentence number {number} of them." for number in range(400))

    seconds, found = timed(check, text, text.replace("sentence", "line"), "en", "sw")

    assert found.by_sentence is True
    assert seconds < 60 * yardstick()


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator")
    client.force_login(user)
    return user


@pytest.mark.django_db
def test_a_reviewer_sees_the_hints_beside_a_suggestion(client, translator):
    answer = make_answer("Watu 25 wanahitaji chumba.")
    make_translation(answer, text="We are 52.", language="en", reviewed=False, translator=make_user("other"))

    page = client.get(f"/en/answers/{answer.pk}/translate/en/").content.decode()

    noticed = page.partition('<details class="group noticed" open>')[2].partition("</details>")[0]
    assert "This number is in the original only:" in noticed
    assert '<blockquote class="words" lang="sw" dir="ltr"><p>25</p></blockquote>' in noticed
    assert "Nothing here takes the place of reading" in noticed


@pytest.mark.django_db
def test_a_translator_checks_what_they_have_typed_and_nothing_is_stored(client, translator):
    answer = make_answer("Watu 25 wanahitaji chumba.")

    page = client.post(
        f"/en/answers/{answer.pk}/translate/en/",
        {"text": "25 people need a room.", "source_text": answer.text, "action": "check"},
    ).content.decode()

    assert "Nothing. That does not mean that the translation is right." in page
    assert "25 people need a room.</textarea>" in page
    assert not answer.translations.exists()
    assert "noticed" not in client.get(f"/en/answers/{answer.pk}/translate/en/").content.decode()


@pytest.mark.django_db
def test_another_language_of_the_page_orders_no_machine_draft(client, translator, settings):
    settings.MACHINE_TRANSLATION_URL = "http://127.0.0.1:9"
    answer = make_answer()

    client.post(f"/sv/answers/{answer.pk}/translate/en/", {"text": "", "source_text": "", "action": "switch"})

    assert not answer.draft_orders.exists()
