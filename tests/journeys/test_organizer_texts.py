"""The forms of the organizers' texts, in a real browser: two screens, and the buttons never in the way."""

import pytest
from django.urls import reverse
from modeltranslation.utils import build_localized_fieldname

from outcomes import conference_2017
from outcomes.models import Clause, Problem, Solution, Statement
from responses.models import TextSource
from responses.organizer_texts import OTHERS
from tests.factories import make_user

from .conftest import check_fits, sign_in

# Each field that can be reached is focused, as the Tab key does it. Those that the buttons cover then.
COVERED = """() => {
    const buttons = document.querySelector(".save-row");
    return Array.from(document.querySelectorAll("#content form :is(input, textarea, select, button, summary)"))
        .filter((each) => each.checkVisibility() && each.tabIndex >= 0 && !buttons.contains(each))
        .filter((each) => {
            each.focus();
            return each.getBoundingClientRect().bottom > buttons.getBoundingClientRect().top;
        })
        .map((each) => each.name || each.textContent);
}"""


@pytest.mark.parametrize("is_complete", [True, False])
def test_the_forms_of_texts_take_two_screens_and_the_buttons_cover_nothing_that_is_focused(open_browser, is_complete):
    conference_2017.load()
    assert Statement.objects.get().clauses.count() == 5
    if not is_complete:
        # In every language one clause is missing, and one is older than its English.
        columns = [build_localized_fieldname("text", code) for code in OTHERS]
        Clause.objects.filter(position=5).update(**dict.fromkeys(columns))
        TextSource.objects.filter(model="outcomes.clause", row=Clause.objects.get(position=4).pk).delete()
        for code in OTHERS:
            older = {"model": "outcomes.clause", "row": Clause.objects.get(position=4).pk, "field": "text"}
            TextSource.objects.create(**older, language=code, english=f"{Clause.objects.get(position=4).text_en} More.")
    make_user("boss", is_staff=True, is_superuser=True)
    page = open_browser(width=1440, height=900)
    sign_in(page, "boss")
    heights, covered = {}, {}
    for model in (Statement, Problem, Solution):
        name = model._meta.model_name
        page.goto(reverse(f"admin:outcomes_{name}_change", args=[model.objects.first().pk]))
        # Not "successfully signed in".
        page.reload()
        heights[name] = page.evaluate("document.documentElement.scrollHeight")
        covered[name] = page.evaluate(COVERED)

    assert {name: height for name, height in heights.items() if height > 2 * 900} == {}
    assert covered == dict.fromkeys(heights, [])
    assert page.faults == []


# Where the first and the last letter of the first text of an element stand, from the left.
ENDS = """(element) => {
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
    const place = (letter) => {
        const range = document.createRange();
        range.setStart(text, letter);
        range.setEnd(text, letter + 1);
        return range.getBoundingClientRect().left;
    };
    return [place(0), place(text.data.trimEnd().length - 1)];
}"""


def test_an_english_sentence_on_an_arabic_desk_ends_with_its_full_stop_and_an_arabic_one_with_its_own(open_browser):
    conference_2017.load()
    make_user("boss", is_staff=True, is_superuser=True)
    page = open_browser(width=1440, height=900, locale="ar")
    sign_in(page, "boss")
    draft = Statement.objects.begin(Statement.objects.get(), "2027")
    page.goto(reverse("admin:outcomes_statement_publish", args=[draft.pk]))
    english = page.locator(".desk p", has_text="From then on its English words stay")

    first, last = english.evaluate(ENDS)
    arabic_first, arabic_last = page.locator("#site-name a").evaluate(ENDS)

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert (first < last, arabic_first > arabic_last) == (True, True)
    assert english.evaluate("(each) => getComputedStyle(each).textAlign") == "right"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_clause_that_somebody_else_has_changed_stands_beside_its_translation_below_what_is_said(open_browser, width):
    conference_2017.load()
    draft = Statement.objects.begin(Statement.objects.get(), "2027")
    make_user("boss", is_staff=True, is_superuser=True)
    page = open_browser(width=width)
    sign_in(page, "boss")
    page.goto(reverse("admin:outcomes_statement_change", args=[draft.pk]))
    Clause.objects.filter(statement=draft, position=1).update(text_en="By another.")
    english, beside = (page.locator(f"textarea[name=clauses-0-text_{code}]") for code in ("en", "ar"))
    english.fill("Mine.")

    page.locator("[name=_save]").first.press("Enter")

    said = page.locator("#clauses-0 .row-main > .errorlist")
    boxes = [each.bounding_box() for each in (said, english, beside)]
    below, right, next_to = boxes[0]["y"] + boxes[0]["height"], boxes[1]["x"] + boxes[1]["width"], boxes[2]
    assert boxes[1]["y"] >= below
    assert next_to["y"] >= below
    assert (next_to["x"] >= right) is (width == 1280)
    check_fits(page)
