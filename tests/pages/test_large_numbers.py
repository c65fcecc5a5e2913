"""A number that is too large for the database is one that no row has, wherever it is sent."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from responses.models import Answer, Contact, Conversation, Response
from responses.numbers_no_row_has import is_id
from tests.factories import make_user
from tests.test_reading import addresses, make_values

pytestmark = pytest.mark.django_db

# The smallest of them, and one that Python does not even read.
TOO_LARGE = [str(2**63), "9" * 5000]
IN_ADDRESSES = ("pk", "suggestion", "translation")
# What views look up in an address or in what was posted to it.
PARAMETER = re.compile(r'request\.(?:GET|POST)\.get(?:list)?\("(\w+)"')


@pytest.fixture
def values():
    return make_values()


@pytest.fixture
def organizer(values):
    client = Client()
    client.force_login(make_user("organizer", "Translator", is_staff=True, is_superuser=True))
    return client


def fields_of(form):
    return {name for each in form.__subclasses__() for name in {*getattr(each, "base_fields", ()), *fields_of(each)}}


def parameters():
    """The names of all fields of our forms, and of whatever else our views read."""
    files = [path for app in ("responses", "outcomes") for path in Path(settings.BASE_DIR, app).rglob("*.py")]
    return {name for path in files for name in PARAMETER.findall(path.read_text())} | fields_of(BaseForm) - {"action"}


def fails(client, method, address, sent):
    """Whether a request ends in a fault of ours. What it changes is undone."""
    asking = Client(raise_request_exception=False)
    asking.cookies = client.cookies.copy()
    with transaction.atomic():
        page = getattr(asking, method)(address, sent)
        transaction.set_rollback(True)
    return page.status_code >= 500


def filled(page, number):
    """All fields of the forms on a page of the admin, with this number in each of them."""
    sent = dict.fromkeys(page.context["adminform"].form.fields, number)
    for inline in page.context["inline_admin_formsets"]:
        name = inline.formset.prefix
        sent |= {f"{name}-TOTAL_FORMS": "1", f"{name}-INITIAL_FORMS": "1"}
        sent |= {f"{name}-0-{field}": number for field in [*inline.formset.empty_form.fields, "id"]}
    return sent


@pytest.mark.parametrize(("method", "number"), [("get", TOO_LARGE[1]), ("post", TOO_LARGE[0])], ids=["get", "post"])
def test_no_address_fails(organizer, values, method, number):
    names, numbers = parameters(), dict.fromkeys(IN_ADDRESSES, number)
    assert {"after", "evidence", "conversation", "region", "start", "seen"} <= names
    sent = dict.fromkeys(names, number) | ({"action": "send"} if method == "post" else {})
    seen = {*addresses(values), *addresses(values | numbers)}

    assert [each[:99] for each in sorted(seen) if fails(organizer, method, each, sent)] == []
    assert len(seen) > 150


def test_no_list_of_the_admin_fails(organizer, rf):
    request = rf.get("/")
    request.user = organizer.get("/admin/").context["user"]
    failed, number_of_requests = [], 0
    for model, desk in site._registry.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        own = getattr(desk, "_parameters", lambda each, request: [])
        names = {"p", "o", *(name for each in desk.list_filter for name in own(each, request))}
        chosen = {ACTION_CHECKBOX_NAME: TOO_LARGE[0], "confirmed": "1", "post": "yes", "reason": "x"}
        asked = [("get", {name: TOO_LARGE[1]}) for name in names]
        asked += [("post", chosen | {"action": action}) for action in desk.get_actions(request)]
        failed += [(address, sent) for method, sent in asked if fails(organizer, method, address, sent)]
        number_of_requests += len(asked)

    assert failed == []
    assert number_of_requests > 100


def test_no_form_of_the_admin_fails(organizer):
    failed, number_of_requests = [], 0
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        first = model._default_manager.first()
        pages = [reverse(f"{name}_add"), *([reverse(f"{name}_change", args=[first.pk])] if first else [])]
        for address in pages:
            page = organizer.get(address)
            if page.status_code == 200 and "adminform" in (page.context or ()):
                fields = page.context["adminform"].form.fields
                chosen = {name: TOO_LARGE[1] for name, field in fields.items() if hasattr(field, "queryset")}
                asked = [("get", chosen), ("post", filled(page, TOO_LARGE[0]))]
                failed += [(address, method) for method, sent in asked if fails(organizer, method, address, sent)]
                number_of_requests += len(asked)

    assert failed == []
    assert number_of_requests > 40


def test_a_question_that_cannot_be_is_refused_at_its_field(organizer):
    conversation = Conversation.objects.current()
    address = reverse("admin:responses_conversation_change", args=[conversation.pk])
    asked = {each.pk for each in conversation.questions.all()}

    page = organizer.post(address, {"questions": [*asked, TOO_LARGE[0]]})

    assert page.context["adminform"].form.errors["questions"]
    assert {each.pk for each in conversation.questions.all()} == asked


def test_a_list_of_numbers_finds_those_that_can_be(values):
    response = Response.objects.get()

    assert list(Response.objects.filter(pk__in=[response.pk, *TOO_LARGE, -(2**70)])) == [response]
    assert list(Response.objects.exclude(pk__in=[*TOO_LARGE, 2**63])) == [response]


def test_so_does_one_of_rows_that_others_lead_to(values):
    response = Response.objects.get()
    question = response.answers.first().question
    Contact.objects.leave(response, "me@example.org", "en")

    assert {*Answer.objects.filter(response__in=[response, *TOO_LARGE, 2**70])} == {*response.answers.all()}
    assert list(Response.objects.exclude(answers__in=[*TOO_LARGE, 2**63])) == [response]
    assert list(Contact.objects.filter(pk__in=[*TOO_LARGE, response.pk])) == [response.contact]
    assert response.conversation in Conversation.objects.filter(questions__in=[question.pk, *TOO_LARGE])


def test_an_id_has_digits_of_ascii_and_fits_into_its_column():
    typed = ["1", str(2**63 - 1), *TOO_LARGE, "", "-1", "1.5", "٣", "²", "one"]

    assert [text for text in typed if is_id(text)] == ["1", str(2**63 - 1)]
