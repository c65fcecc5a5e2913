"""The forms of the organizers' texts, in a real browser: two screens, and the buttons never in the way."""

from django.urls import reverse

from outcomes import conference_2017
from outcomes.models import Problem, Solution, Statement
from tests.factories import make_user

from .conftest import sign_in

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


def test_the_forms_of_texts_take_two_screens_and_the_buttons_cover_nothing_that_is_focused(open_browser):
    conference_2017.load()
    assert Statement.objects.get().clauses.count() == 5
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
