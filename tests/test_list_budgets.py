"""Lists of the desks cost no more when there are a hundred times as many rows (`make long`; otherwise five times).

They are looked up in the admin: each list with each choice of each filter, and with searches. So whatever is added to
it is measured too.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils.http import urlencode

from responses.admin.review_list import AskedFilter
from responses.models import Response, ReviewReservation
from tests.explained import asked, buffers
from tests.factories import make_user
from tests.portal_with_many import FEW, MANY, OF_RESPONSES, RARE, in_a_portal_of_its_own

pytestmark = [*in_a_portal_of_its_own, pytest.mark.timeout(1_200)]

# Somebody who sees all, and somebody who was the first to be done with many answers of the shared sample.
ORGANIZER, CODER = "boss", "reader0"
REVIEW, CODE = "/admin/responses/response/", "/admin/outcomes/answertocode/"
PAGES = ["/admin/", "/admin/my-decisions/"]
# What is typed into a filter that offers no choices.
TYPED = {"affiliate": RARE["affiliate"], "gathering": RARE["gathering"]}
# A very common word, rare ones of answers and of names, an affiliate, a code, and what is nowhere.
SEARCHES = ["neno", RARE["word"], RARE["name"], RARE["affiliate"], "f000000001", "nothing"]
# How many times as many buffers are allowed where it is not 1.3 times. These look up many rows by their keys, and an
# index of a hundred times as many is one level deeper: 4 buffers in place of 3 for each.
DEEPER = {
    f"{REVIEW}?q=": 2.3,
    REVIEW: 2,
    f"{CODE}?affiliate": 1.5,
    f"{CODE}?gathering": 1.5,
    f"{CODE}?region": 1.5,
    f"{CODE}?question": 2,
    f"{CODE}?q=": 3.5,
    f"{CODE}?coding: Waits for a second coder": 4,  # and what somebody was the first to be done with is passed over
}
# Of each filter, all choices are measured by `make long`, otherwise the first ones.
WHOLE = MANY == 100_000


def lists(client):
    """Of all lists that whoever is signed in may see: those whose rows belong to responses with all their filters."""
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page = client.get(address)
        if page.status_code == 200:
            yield address, address
            changelist = page.context["cl"] if model._meta.concrete_model in OF_RESPONSES else None
            for name, query in _queries(changelist) if changelist else []:
                yield f"{address}?{name}", f"{address}?{query}"


def _queries(changelist):
    """(name that lasts, query) of each choice and each search."""
    for each in changelist.filter_specs:
        if isinstance(each, AskedFilter) and not each.lookup_choices:
            yield f"{each.title}: typed", urlencode({each.parameter_name: TYPED[each.parameter_name]})
            continue
        for choice in list(each.choices(changelist))[: None if WHOLE else 2]:
            if not choice["selected"]:
                query = choice.get("query_string", "")[1:] or urlencode({each.parameter_name: choice.get("value", "")})
                # Keys are others in each run.
                yield f"{each.title}: {choice['display']}", query
    for words in SEARCHES if changelist.search_fields else []:
        yield f"q={words}", f"q={words}"


def going_on(client):
    """{name: queries} of what leads from one row to the next, and of the page of a row."""
    waiting = Response.objects.awaiting_review().oldest_first()[100]
    ReviewReservation.objects.all().delete()
    skip = {"_changelist_filters": "language=sw"}
    found = {"skip": asked(client.post, f"{REVIEW}{waiting.pk}/skip/", skip)}
    first = client.get(CODE).context["cl"].result_list[0]
    for name, address in {
        "page to review": f"{REVIEW}{waiting.pk}/change/",
        "page to code": f"{CODE}{first.pk}/change/",
        "next to code": f"{CODE}next/?after={first.pk}",
        "first to code": f"{CODE}next/",
    }.items():
        found[name] = asked(client.get, address)
    return found


def measured(client):
    """{name: (number of queries, most buffers that one of them looks at)}"""
    queries = {}
    for user in (ORGANIZER, CODER):
        client.force_login(User.objects.get(username=user))
        client.get(CODE)  # what is looked up once and then remembered
        for name, address in [*zip(PAGES, PAGES, strict=True), *lists(client)]:
            queries[f"{user} {name}"] = asked(client.get, address)
        if user == ORGANIZER:
            queries |= going_on(client)
    known = {}
    return {
        name: (len(found), max(known.get(sql) or known.setdefault(sql, buffers(sql)) for sql in found))
        for name, found in queries.items()
    }


def test_no_list_costs_more_when_there_is_more(fill, client):
    make_user(ORGANIZER, is_staff=True, is_superuser=True)
    fill(FEW)
    User.objects.filter(username=CODER).update(is_staff=True)
    Group.objects.get(name="Coder").user_set.add(User.objects.get(username=CODER))
    few = measured(client)

    fill(MANY)
    many = measured(client)

    assert few.keys() == many.keys()
    # The page of a row has more to look up where more hangs on the row.
    more = {name: (few[name][0], number) for name, (number, _cost) in many.items() if number > few[name][0]}
    assert {name: both for name, both in more.items() if "/" in name} == {}
    # Where fewer rows than a page are found among few, a whole page of the list is the measure.
    limits = {name: max(cost, few.get(name.partition("?")[0], (0, 0))[1]) for name, (_queries, cost) in few.items()}
    allowed = {name: max(_factor(name) * limit, limit + 20) for name, limit in limits.items()}
    assert {name: (allowed[name], cost) for name, (_number, cost) in many.items() if cost > allowed[name]} == {}


def _factor(name):
    return next((factor for begins, factor in DEEPER.items() if name.partition(" ")[2].startswith(begins)), 1.3)
