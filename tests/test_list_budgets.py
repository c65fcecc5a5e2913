"""Pages of the desks cost no more when there are a hundred times as many rows (`make long`; otherwise five times)."""

import pytest

from tests.explained import FEW, MANY, costs, grown, in_a_portal_of_its_own
from tests.factories import make_user

pytestmark = in_a_portal_of_its_own

PATHS = [
    "/admin/",
    "/admin/my-decisions/",
    "/admin/outcomes/evidence/",
    "/admin/outcomes/evidence/?stance__exact=contradicts",
    "/admin/outcomes/quotation/",
    "/admin/outcomes/quotation/?state=refused",
    "/admin/responses/conversation/",
    "/admin/responses/gathering/",
    "/admin/responses/gathering/?q=g000000001",
    "/admin/responses/knownlanguage/",
    "/admin/responses/machinedraftorder/",
    "/admin/responses/recusal/",
    "/admin/responses/translation/",
    "/admin/responses/translation/?q=f000000001",
    "/admin/responses/translation/?status__exact=suggested",
    "/admin/responses/translation/?waits=review",
    "/admin/responses/translation/?waits=replace",
]


@pytest.mark.timeout(1_200)  # a hundred thousand take minutes on a busy machine
def test_no_list_costs_more_when_there_is_more(fill, client):
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))
    fill(FEW)
    before = costs(client, PATHS)

    fill(MANY)

    assert grown(before, costs(client, PATHS)) == {}
