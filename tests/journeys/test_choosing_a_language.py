"""The search for a language in a real browser: only what is chosen, or named exactly, is selected."""

import re

import pytest
from playwright.sync_api import expect

from responses.languages import languages
from responses.models import Response
from tests.factories import make_user, submit

from .conftest import check_accessible, sign_in

# Types names into the search field, and says which language is selected then, and which are offered first.
TYPE_EACH = """
async ([names, letter_by_letter]) => {
  const search = document.querySelector("input[type=search]");
  const select = document.getElementById("language");
  const enter = async (text) => {
    search.value = text;
    search.dispatchEvent(new Event("input", { bubbles: true }));
    for (let turn = 0; turn < 4; turn++) await null;
  };
  const found = [];
  for (const name of names) {
    if (letter_by_letter) for (let end = 1; end < name.length; end++) await enter(name.slice(0, end));
    await enter(name);
    found.push([select.value, Array.from(select.options).slice(0, 10).map((each) => each.value)]);
  }
  await enter("");
  return found;
}
"""


def open_form(open_browser, path="/en/respond/", **options):
    page = open_browser(**options)
    page.goto(path)
    page.locator("input[type=search]").focus()
    # With all languages there, there are no more to be shown.
    expect(page.locator("button[value=lists]")).to_be_hidden()
    return page


def typed(page, *names, letter_by_letter=True):
    """[(what is selected, what is offered first)] after each name."""
    return page.evaluate(TYPE_EACH, [list(names), letter_by_letter])


def test_every_language_is_found_by_each_of_its_names_and_by_its_code(open_browser):
    page = open_form(open_browser)
    asked = [
        (each.code, name) for each in languages().values() for name in {each.autonym, each.english_name, each.code}
    ]

    found = typed(page, *(name for _code, name in asked), letter_by_letter=False)

    wrong = [
        (name, chosen)
        for (code, name), (chosen, offered) in zip(asked, found, strict=True)
        if code not in offered or chosen not in (code, "")
    ]
    shared = {name for (_code, name), (chosen, _offered) in zip(asked, found, strict=True) if not chosen}
    assert wrong == []
    # These are the names of two languages, or of one and the code of another.
    assert shared == SHARED


SHARED = {"Fur", "fur", "Ga", "ga", "Ho", "ho"}
USUAL = {
    "Russian": "ru", "Hindi": "hi", "German": "de", "Arabic": "ar", "Persian": "fa", "Chinese": "zh", "Bengali": "bn",
    "Farsi": "fa", "farsi": "fa", "Mandarin": "zh", "British Sign Language": "bfi", "BSL": "bfi", "Castilian": "es",
    "Afaan Oromo": "om", "Myanmar": "my", "Flemish": "nl", "Odia": "or", "Oriya": "or", "Kirundi": "rn", "Rundi": "rn",
    "Deutsch": "de", "yoruba": "yo", "YORÙBÁ": "yo", "Nko": "nqo", "n'ko": "nqo", "N‘Ko": "nqo", "guarani": "gn",
    "Türkçe": "tr", "TURKCE": "tr", "türkçe": "tr", "فارسي": "fa", "العربيه": "ar", "اُردُو": "ur", "Filipino": "tl",
    "Auslan": "asf", "French Sign Language": "fsl", "langue des signes francaise": "fsl", "SW": "sw", "pt-br": "pt-br",
    "Kiswahili (Swahili)": "sw", "Taqbaylit": "kab", "Montenegrin": "", "Kurdish": "", "Serbian": "", "Sign": "",
    "Darija": "", "farsça": "ha", "Klingonisch": "ha", "’": "ha", "   ": "ha",
}  # fmt: skip


def test_usual_names_in_any_spelling_end_at_the_right_language_at_several_or_at_the_choice_before(open_browser):
    page = open_form(open_browser)
    page.locator("#language").select_option("ha")

    found = typed(page, *USUAL)

    assert dict(zip(USUAL, (chosen for chosen, _offered in found), strict=True)) == USUAL
    assert page.locator("#language").input_value() == "ha"


@pytest.mark.parametrize(
    ("language", "name", "code"),
    [("ru", "немецкий", "de"), ("ar", "الفارسية", "fa"), ("zh-hans", "斯瓦希里语", "sw"), ("sw", "Kiajemi", "fa")],
)
def test_languages_are_found_by_their_names_in_the_language_of_the_page(open_browser, language, name, code):
    page = open_form(open_browser, f"/{language}/respond/")

    page.locator("input[type=search]").fill(name)

    expect(page.locator("#language")).to_have_value(code)
    expect(page.locator("#language option:checked")).to_have_text(languages()[code].label_in(language))


def test_what_the_search_found_is_said_and_the_fields_below_follow_it(open_browser):
    page = open_form(open_browser, width=320, height=568)
    search, status = page.locator("input[type=search]"), page.locator("[data-search-languages] [role=status]")
    words = page.locator("#meaning")

    search.press_sequentially("Arabic")
    expect(page.locator("#language")).to_have_value("ar")
    expect(status).to_contain_text("Chosen: العربية.")
    expect(status.locator("bdi")).to_have_attribute("lang", "ar")
    assert (words.get_attribute("lang"), words.evaluate("each => getComputedStyle(each).direction")) == ("ar", "rtl")
    # Above the keyboard of a phone, which covers the lower half.
    for shown in (status, page.locator("#language")):
        box = shown.bounding_box()
        assert 0 <= box["y"] <= box["y"] + min(box["height"], 44) <= 284

    search.fill("Arab")
    expect(page.locator("#language")).to_have_value("")
    expect(status).to_have_text(re.compile(r"^Languages found: \d\d\.$"))
    check_accessible(page)

    search.fill("xyzzy")
    expect(status).to_contain_text("No language of this name")
    expect(status).to_contain_text("Chosen: English.")
    expect(page.locator("#language")).to_have_value("en")
    assert (words.get_attribute("lang"), words.evaluate("each => getComputedStyle(each).direction")) == ("en", "ltr")


def test_a_language_that_is_not_listed_can_be_named(open_browser):
    page = open_form(open_browser, "/ar/respond/", width=320, height=568)
    expect(page.locator("#language_name")).to_be_hidden()

    page.locator("input[type=search]").fill("Xyzzy")
    page.locator("#language").select_option("und")
    page.locator("#language_name").fill("Kölsch vun Düx")
    page.locator("#meaning").fill("Jeder es anders.")
    check_accessible(page)
    page.locator("#agree").check()
    page.locator("main button.primary").last.click()

    expect(page.locator("dd", has_text="Kölsch vun Düx")).to_be_visible()
    check_accessible(page)
    assert list(Response.objects.values_list("language", "language_name")) == [("und", "Kölsch vun Düx")]


def test_an_old_browser_searches_and_lists_all_languages_too(open_browser):
    page = open_browser()
    # Chromium 86 and Safari 14 were the first to have it.
    page.add_init_script("delete Element.prototype.replaceChildren")
    page.goto("/en/respond/")

    page.locator("input[type=search]").fill("Afar")
    expect(page.locator("#language")).to_have_value("aa")
    expect(page.locator("button[value=lists]")).to_be_hidden()
    assert page.faults == []


def test_without_a_connection_the_button_for_all_languages_is_left_to_the_browser(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Half a sentence")
    page.route("**/lists.json", lambda route: route.abort())

    page.locator("button[value=lists]").click()
    expect(page.get_by_text("could not be loaded")).to_be_visible()
    page.locator("button[value=lists]").click()

    expect(page.locator("#language option[value=aa]")).to_have_count(1)
    expect(page.locator("#meaning")).to_have_value("Half a sentence")


@pytest.mark.parametrize("with_javascript", [True, False])
def test_an_empty_field_of_a_language_from_right_to_left_begins_at_the_right(open_browser, with_javascript):
    page = open_browser(java_script_enabled=with_javascript)
    page.goto("/ar/respond/")
    words = page.locator("#meaning")
    assert page.evaluate("getComputedStyle(document.getElementById('meaning')).direction") == "rtl"

    if with_javascript:
        words.fill("In English")
        assert words.evaluate("each => getComputedStyle(each).direction") == "ltr"
        words.fill("")
        assert words.evaluate("each => getComputedStyle(each).direction") == "rtl"


@pytest.mark.parametrize("path", ["/en/translate/", "/en/my-languages/"])
def test_translators_choose_with_the_same_search(open_browser, path):
    make_user("amina", "Translator")
    page = open_browser()
    sign_in(page, "amina")
    page.goto(path)

    page.locator("input[type=search]").fill("Farsi")
    expect(page.locator("#language")).to_have_value("fa")
    page.locator("input[type=search]").fill("Kurdish")
    expect(page.locator("#language")).to_have_value("")
    check_accessible(page)


def test_changing_words_follows_the_language_too(open_browser):
    response = submit({"meaning": "Kila mtu ana nafasi."}, language="sw")
    page = open_form(open_browser, f"/en/my-response/{response.key}/edit/")
    words = page.locator("textarea").nth(1)
    assert (words.get_attribute("lang"), words.evaluate("each => getComputedStyle(each).direction")) == ("sw", "ltr")

    page.locator("input[type=search]").fill("Urdu")

    expect(words).to_have_attribute("lang", "ur")
    assert words.evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_without_a_connection_the_languages_of_the_page_are_searched(open_browser):
    response = submit({"meaning": "Kila mtu ana nafasi."}, language="sw")
    page = open_browser()
    page.route("**/lists.json", lambda route: route.abort())
    page.goto(f"/en/my-response/{response.key}/edit/")

    for name, code in (("Swahili", "sw"), ("afar", "aa"), ("Kiswahili", "sw"), ("Farsi", "sw")):
        page.locator("input[type=search]").fill(name)
        expect(page.locator("#language")).to_have_value(code)


def test_a_copy_of_words_is_offered_in_a_language_that_the_browser_does_not_know(open_browser):
    page = open_browser()
    page.goto("/en/respond/")
    page.locator("#meaning").fill("Kept")
    page.evaluate("""() => new Promise(function look(done) {
      if (Object.keys(localStorage).some((key) => key.startsWith("words:"))) done();
      else setTimeout(look, 50, done);
    })""")
    again = page.context.new_page()
    again.on("pageerror", lambda error: page.faults.append(str(error)))
    again.add_init_script("""
      addEventListener("readystatechange", () => { document.documentElement.lang = "map-bms"; }, true);
    """)

    again.goto("/en/respond/")

    expect(again.locator("#copy-offer time")).to_contain_text("20")
    assert page.faults == []
