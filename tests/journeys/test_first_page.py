"""From the first page of the desks to the first accepted answer: three loads."""

from datetime import date

import pytest

from responses.models import Response
from tests.factories import make_affiliate, make_user, submit

from .conftest import check_accessible, sign_in


def test_a_reviewer_accepts_the_oldest_answer_in_three_loads(open_browser):
    make_user("reviewer", "Reviewer", is_staff=True)
    older = submit({"meaning": "The older."}, on=date(2026, 2, 1))
    submit({"meaning": "The younger."}, on=date(2026, 2, 2))
    page = open_browser()
    sign_in(page, "reviewer")
    loads = []
    page.on("load", lambda _page: loads.append(page.url))

    page.goto("/admin/")
    check_accessible(page)
    page.get_by_role("button", name="Answers to review").click()
    page.get_by_text("The older.").wait_for()
    page.get_by_role("button", name="Accept").first.click()
    page.wait_for_load_state()

    assert list(Response.objects.published()) == [older]
    assert len(loads) == 3


def test_by_keyboard_the_first_page_leads_to_the_oldest_answer(open_browser):
    make_user("reviewer", "Reviewer", is_staff=True)
    oldest = submit()
    page = open_browser(locale="ar")
    sign_in(page, "reviewer")
    page.goto("/admin/")

    page.locator(".waiting button").focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/admin/responses/response/{oldest.pk}/change/**")
    assert page.faults == []


@pytest.mark.parametrize("with_javascript", [True, False])
def test_a_list_has_no_button_that_does_nothing_without_scripts(open_browser, with_javascript):
    make_user("organizer", "Organizer", is_staff=True)
    make_affiliate()
    page = open_browser(java_script_enabled=with_javascript)
    sign_in(page, "organizer")

    page.goto("/admin/responses/affiliate/")

    seen = [page.locator(each).is_visible() for each in ("#toggle-nav-sidebar", "#action-toggle", ".action-counter")]
    assert seen == [with_javascript] * 3
    assert page.locator("#result_list tbody .action-select").is_visible()
