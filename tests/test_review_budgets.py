"""Reviewing costs no more when a hundred times as many wait: the list, each filter, a search, the next response."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from responses.models import Flag, NamesText, Region, Response, ReviewReservation, SearchText
from tests.explained import FEW, MANY, buffers, costs, in_a_portal_of_its_own
from tests.factories import make_affiliate, make_user

pytestmark = [*in_a_portal_of_its_own, pytest.mark.timeout(900)]

LIST = "/admin/responses/response/"
FILTERS = [
    "",
    "status=accepted",
    "status=asked",
    "status=all",
    "flag=any",
    "flag=phone",
    "language=sw",
    "conversation__id__exact={conversation}",
    "question=meaning",
    "affiliate=testland",
    "gathering=g000000003",
    "region__id__exact={region}",
    "sharing__exact=unnamed",
    "is_sample__exact=0",
    "is_sample__exact=1",
    "q=upekee",
    "q=mwanza",
    "q=testland",
    "q=nothing",
]


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def tell_apart(affiliate, region):
    """Give some of those that wait what a filter or a search finds: as many, however many wait."""
    waiting = Response.objects.awaiting_review().oldest_first()
    some = list(waiting.values_list("pk", flat=True)[10:40])
    # Not the copies that were made of these.
    Response.objects.filter(is_sample=True).update(affiliate=None, region=None, is_sample=False)
    SearchText.objects.filter(words="neno la upekee").update(words="neno")
    NamesText.objects.filter(words="warsha mwanza").update(words="jina")
    Response.objects.filter(pk__in=some).update(affiliate=affiliate, region=region, is_sample=True)
    SearchText.objects.filter(answer__response__in=some).update(words="neno la upekee")
    NamesText.objects.filter(response__in=some).update(words="warsha mwanza")
    Flag.objects.filter(ticked_off_at=None).delete()
    Flag.objects.filter(response__in=some).delete()
    Flag.objects.bulk_create(Flag(response_id=each, kind=Flag.Kind.PHONE) for each in some)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def dearest(client, paths):
    """{path: (number of queries, most buffers that one of them looks at)}"""
    return {path: (len(asked), max(cost for _sql, cost in asked)) for path, asked in costs(client, paths).items()}


def going_on(client, user, response):
    """The same for going on to the next response."""
    ReviewReservation.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        page = client.post(f"{LIST}{response.pk}/skip/", {"_changelist_filters": "language=sw"})
    assert page.status_code == 302
    asked = [each["sql"] for each in captured if each["sql"].startswith(("SELECT", "WITH"))]
    return len(asked), max(map(buffers, asked))


def test_a_long_queue_costs_no_more_than_a_short_one(fill, client, reviewer):
    affiliate, region = make_affiliate(), Region.objects.first()
    measured = []
    for number in (FEW, MANY):
        fill(number)
        tell_apart(affiliate, region)
        middle = Response.objects.awaiting_review().oldest_first()[100]
        values = {"conversation": middle.conversation_id, "region": region.pk}
        lists = dearest(client, [f"{LIST}?{each.format(**values)}" for each in FILTERS])
        [page] = dearest(client, [f"{LIST}{middle.pk}/change/"]).values()
        measured.append({**lists, "page": page, "next": going_on(client, reviewer, middle)})
    few, many = measured

    assert {path: queries for path, (queries, _cost) in many.items()} == {
        path: queries for path, (queries, _cost) in few.items()
    }
    # Where fewer than a page are found among few, a whole page of the list is the measure.
    whole_page = few[f"{LIST}?"][1]
    limits = {path: whole_page if path.startswith(LIST) else cost for path, (_queries, cost) in few.items()}
    dear = {path: (limits[path], cost) for path, (_queries, cost) in many.items()}
    assert {path: both for path, both in dear.items() if both[1] > max(1.3 * both[0], both[0] + 20)} == {}
