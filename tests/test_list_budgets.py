"""Pages of the desks cost no more when there are a hundred times as many rows."""

import time

import pytest

from tests.explained import FEW, MANY, OF_RESPONSES, costs, grown, in_a_portal_of_its_own
from tests.factories import make_user

pytestmark = in_a_portal_of_its_own

def test_x(fill, client):
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))
    t=time.time()
    fill(FEW)
    print("few", time.time()-t, {m.__name__: m.objects.count() for m in OF_RESPONSES})
    t=time.time()
    before = costs(client, ["/admin/"])
    print("costs", time.time()-t)
    t=time.time()
    fill(MANY)
    print("many", time.time()-t, {m.__name__: m.objects.count() for m in OF_RESPONSES})
    for path, qs in grown(before, costs(client, ["/admin/"])).items():
        for q in qs: print(path, q)
