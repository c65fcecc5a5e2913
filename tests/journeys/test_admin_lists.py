"""The lists of the desks, in a real browser: no column is out of reach."""

from datetime import date

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from outcomes import conference_2017
from tests.factories import make_conversation, make_user, submit
from tests.whole import IS_WHOLE

from .conftest import sign_in

# Of a list that is scrolled to its end: whether that was needed, and whether its last column and its bar are in sight.
OVERFLOWS = """() => {
    const list = document.querySelector("#changelist .results");
    if (!list) return null;
    list.scrollIntoView({block: "start"});
    const cells = Array.from(list.querySelectorAll("thead th, tbody tr:first-child > *"));
    list.scrollLeft = getComputedStyle(list).direction === "rtl" ? -99999 : 99999;
    const frame = list.getBoundingClientRect(), last = cells.at(-1).getBoundingClientRect();
    return {
        fits: list.scrollWidth <= list.clientWidth,
        lastIsReached: last.left >= frame.left - 1 && last.right <= frame.right + 1,
        barIsInSight: frame.bottom <= innerHeight,
        pageStaysInPlace: document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    };
}"""


@pytest.mark.parametrize(("language", "width"), [("ar", 1024)] + IS_WHOLE * [("en", 1280), ("ar", 1280), ("en", 1024)])
def test_every_column_of_every_list_can_be_reached(open_browser, language, width):
    conference_2017.load()
    call_command("load_samples", verbosity=0)
    submit()
    make_user("boss", is_staff=True, is_superuser=True)
    page = open_browser(width=width, locale=language)
    sign_in(page, "boss")
    found = {}
    for model in admin.site._registry:
        if model._meta.app_label in ("responses", "outcomes", "auth"):
            page.goto(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
            found[model.__name__] = page.evaluate(OVERFLOWS)

    lists = {name: each for name, each in found.items() if each}
    assert {"Conversation", "Evidence", "Gathering", "Problem", "Response", "Solution", "Translation"} <= lists.keys()
    out_of_reach = {
        name: each
        for name, each in lists.items()
        if not (each["lastIsReached"] and each["barIsInSight"] and each["pageStaysInPlace"])
    }
    assert out_of_reach == {}


def test_all_columns_of_the_list_of_conversations_are_seen_at_once(open_browser):
    days = {name: date(2025, 9, 20 + n) for n, name in enumerate(("opens_on", "closes_on", "results_by", "results_on"))}
    make_conversation("with-all-days", title="A conversation with all its days", **days)
    make_user("organizer", "Organizer", is_staff=True)
    page = open_browser()
    sign_in(page, "organizer")

    page.goto("/admin/responses/conversation/")

    assert page.evaluate(OVERFLOWS)["fits"]
