"""Pages and documents promise the same periods as the code applies."""

from pathlib import Path

import pytest

from responses.models.contact import CONTACT_DAYS
from responses.models.draft import DRAFT_DAYS
from responses.models.sharing import OBJECTION_DAYS

ROOT = Path(__file__).parent.parent


def test_the_periods_are_those_that_people_were_promised():
    assert (DRAFT_DAYS, CONTACT_DAYS, OBJECTION_DAYS) == (90, 365, 7)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "promises"),
    [
        ("privacy", ["deleted 90 days after it was last saved", "for 365 days at most"]),
        ("how-we-review", ["on your page for 7 days", "7 days before it is public"]),
        ("respond", ["for 365 days at most", "on your page for 7 days"]),
    ],
)
def test_pages_print_the_periods(client, page, promises):
    html = client.get(f"/en/{page}/").content.decode()

    assert [promise for promise in promises if promise not in html] == []


@pytest.mark.parametrize(
    ("document", "promises"),
    [
        ("docs/operating.md", ["90 days", "365 days", "7 days"]),
        ("CHANGELOG.md", ["7 days"]),
    ],
)
def test_documents_print_the_periods(document, promises):
    text = " ".join((ROOT / document).read_text(encoding="utf-8").split())

    assert [promise for promise in promises if promise not in text] == []
