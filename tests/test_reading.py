"""Opening a page changes nothing: mail scanners open links, and browsers guess which page comes next."""

import re
import uuid

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from outcomes.models import Problem, Statement
from responses.access.keys import key_of
from responses.models import Gathering, Response
from tests.factories import make_evidence, make_full_response, make_gathering, make_translation, make_user

pytestmark = pytest.mark.django_db

WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# Who is logged in, and how often somebody has tried to.
SESSIONS = {"django_session", "cache"}


def make_values():
    """What stands in addresses, by its name there: all that belongs to one response."""
    submission = uuid.uuid4()
    response = make_full_response(submission=submission)
    Response.objects.update(language="sw", language_name="")
    translation = make_translation(response.answers.first(), reviewed=False)
    make_evidence(translation.answer)
    return {
        "key": key_of(submission),
        "code": response.code,
        "pk": translation.answer_id,
        "language": "ar",
        "source": "sw",
        "form": "po",
        "suggestion": translation.pk,
        "translation": translation.pk,
        "slug": Problem.objects.first().slug,
        "version": Statement.objects.order_by("version").values_list("version", flat=True).first() or "2017",
        "gathering": make_gathering().code,
        "token": "nonsense",
        "uidb36": "1",
    }


@pytest.fixture
def values():
    return make_values()


# What authors are asked about.
KIND = {"kind": "problem"}


def addresses(values):
    """Every address of the portal outside the admin, and of each page of the admin that of one row."""
    for name, argument_names in _patterns(get_resolver().url_patterns):
        if set(argument_names) <= set(values):
            yield reverse(name, kwargs={argument: values[argument] for argument in argument_names})
    yield reverse("gathering", args=[values["gathering"]])
    for model, admin in site._registry.items():
        first = model._default_manager.values_list("pk", flat=True).first() or 1
        for pattern in admin.get_urls():
            if pattern.name:
                names = pattern.pattern.converters
                yield reverse(f"admin:{pattern.name}", kwargs={name: KIND.get(name, first) for name in names})


def _patterns(patterns, above=()):
    """The name of each address, with the names of what stands in it."""
    for pattern in patterns:
        arguments = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern) != "admin/":
                yield from _patterns(pattern.url_patterns, arguments)
        elif pattern.name:
            yield pattern.name, arguments


def written_by(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    found = (WRITES.search(each["sql"]) for each in queries)
    return sorted({each[2] for each in found if each} - SESSIONS)


@pytest.mark.once
def test_no_page_writes_anything_when_it_is_opened(values):
    organizer = Client()
    organizer.force_login(make_user("organizer", "Translator", is_staff=True, is_superuser=True))
    anybody = Client()
    seen = sorted(set(addresses(values)))

    by_address = {}
    for address in seen:
        for client in (organizer, anybody):
            if tables := written_by(client, address):
                by_address[address] = tables

    assert len(seen) > 150
    assert by_address == {}
    assert (Response.objects.count(), Gathering.objects.count()) == (1, 2)
