"""Pages of the desks cost no more when there are a hundred times as many rows."""

import time

import pytest

from tests.explained import FEW, MANY, OF_RESPONSES, costs, grown, in_a_portal_of_its_own
from tests.factories import make_user

pytestmark = in_a_portal_of_its_own


def test_x(fill, client):
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))
    fill(FEW)
    P = [
        "/admin/",
        "/admin/outcomes/evidence/",
        "/admin/responses/translation/",
        "/admin/outcomes/quotation/",
        "/admin/responses/gathering/",
        "/admin/responses/recusal/",
        "/admin/responses/machinedraftorder/",
        "/admin/responses/knownlanguage/",
        "/admin/outcomes/answertocode/",
        "/admin/outcomes/sharedanswer/",
        "/admin/responses/response/",
        "/admin/my-decisions/",
        "/admin/outcomes/problem/",
        "/admin/responses/conversation/",
    ]
    before = costs(client, P)
    fill(MANY)
    after = costs(client, P)
    import json

    json.dump([before, after], open("/tmp/waits-costs.json", "w"))
    for path, qs in grown(before, after).items():
        for q in qs:
            print(path, q[0], q[1], q[2][:1500])
