"""The page with what reviewers did, month by month."""

import re
from datetime import date
from html import unescape

import pytest

from responses.models import DeclineReason, MonthlyNumber
from tests.test_moderation_log import MARCH, tally

pytestmark = pytest.mark.django_db

PAGE = "/en/how-we-review/numbers/"


def table_of(html, month):
    """{what was done: how often}"""
    tables = {
        re.search("<caption>(.*?)</caption>", each)[1]: each for each in re.findall("<table.*?</table>", html, re.S)
    }
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', tables[month])
    return {unescape(re.sub("<.*?>", "", what)): number for what, number in rows}


def close(today=date(2026, 4, 2)):
    MonthlyNumber.objects.close(today)


def test_each_month_is_a_table_with_its_numbers_in_steps(client):
    attacks = DeclineReason.objects.get(slug="attacks-somebody")
    DeclineReason.objects.exclude(pk=attacks.pk).delete()
    for kind, number in {"received": 1_234, "accepted": 15, "asked": 5, "hidden": 4, "declined": 6}.items():
        tally(kind, number)
    tally("declined", 12, reason=attacks)
    close()

    html = client.get(PAGE).content.decode()

    assert table_of(html, "March 2026") == {
        "Responses received": "1,230 to 1,234",
        "Accepted": "15 to 19",
        f"Declined: {attacks.title}": "10 to 14",
        "Declined for another reason": "5 to 9",
        "The author was asked something": "5 to 9",
        "A passage was hidden": "fewer than 5",
        "Undone within an hour": "fewer than 5",
    }
    assert html.count('<th scope="col">') == 2


def test_the_months_of_a_year_are_on_one_page_the_latest_first_with_links_to_other_years(client):
    tally("received", 5, date(2024, 12, 1))
    close(date(2026, 3, 2))

    def shown(query):
        html = client.get(PAGE + query).content.decode()
        return re.findall("<caption>(.*?)</caption>", html), re.findall(r'href="\?year=(\d+)"', html)

    assert shown("") == (["February 2026", "January 2026"], ["2025", "2024"])
    assert shown("?year=2024") == (["December 2024"], ["2026", "2025"])
    assert shown("?year=1066") == shown("?year=<b>") == shown("")


def test_before_a_month_is_over_the_page_says_so(client):
    tally("received", 50)

    html = client.get(PAGE).content.decode()

    assert "No month is over yet since the first response." in html
    assert ("<table" in html, "50" in html[html.index("<main") : html.index("</main>")]) == (False, False)


@pytest.mark.parametrize("language", ["sv", "ar", "fa"])
def test_reasons_are_named_in_the_language_of_the_reader(client, language):
    tally("received", 5)
    close()

    html = unescape(client.get(f"/{language}/how-we-review/numbers/").content.decode())

    names = [getattr(each, f"title_{language}") for each in DeclineReason.objects.all()]
    assert len(names) > 3
    assert [name for name in names if name not in html] == []


def test_how_we_review_leads_there(client):
    assert f'href="{PAGE}"' in client.get("/en/how-we-review/").content.decode()


def test_nobody_posts_to_it(client):
    assert client.post(PAGE).status_code == 405


@pytest.mark.parametrize("months", [1, 3])
def test_it_takes_two_queries_however_many_months_there_are(client, django_assert_num_queries, months):
    tally("received", 5, date(2025, 1, 1))
    close(date(2025, 1 + months, 2))
    assert len(set(MonthlyNumber.objects.values_list("month", flat=True))) == months

    with django_assert_num_queries(2):
        client.get(PAGE)


def test_no_format_has_them(client):
    tally("received", 7, MARCH)
    close()

    page = client.get(f"{PAGE}?format=json")

    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
