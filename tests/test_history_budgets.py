"""A history costs no more when there are a hundred times as many rows (`make long`; otherwise five times)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import connection
from django.urls import reverse

from outcomes.models import Evidence, Problem
from responses.models import Response
from tests.explained import asked, buffers
from tests.factories import make_user
from tests.portal_with_many import FEW, MANY, in_a_portal_of_its_own

pytestmark = [*in_a_portal_of_its_own, pytest.mark.timeout(1_200)]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _log_everything(user):
    """As much as the desks write down for so many responses and marks."""
    LogEntry.objects.all().delete()
    LogEntry.objects.log_actions(user.pk, Response.objects.only("code"), CHANGE, change_message="Accepted")
    marks = Evidence.objects.visible_to(user).select_related("problem", "solution")
    marks = marks.select_related("answer__response", "answer__question")
    LogEntry.objects.log_actions(user.pk, marks, ADDITION)
    problem = Problem.objects.get(slug="filled")
    LogEntry.objects.log_actions(
        user.pk,
        [problem] * (Evidence.objects.visible_to(user).of(problem).count() // 10),
        CHANGE,
        change_message="Read",
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE django_admin_log")


def _costs(client):
    """{page: most buffers that one of its queries looks at}"""
    problem = Problem.objects.get(slug="filled")
    of_problem = reverse("admin:outcomes_problem_history", args=[problem.pk])
    middle = Evidence.objects.settled().of(problem).newest_first()[100]
    mark = Evidence.objects.settled().of(problem).select_related("answer").newest_first().last()
    pages = {
        "newest": of_problem,
        "older": f"{of_problem}?before={(middle.created_at - EPOCH) // timedelta(microseconds=1)}.marked.{middle.pk}",
        "response": reverse("admin:responses_response_history", args=[mark.answer.response_id]),
        "answer": reverse("admin:outcomes_answertocode_history", args=[mark.answer_id]),
    }
    client.get(of_problem)
    return {name: max(buffers(sql) for sql in asked(client.get, address)) for name, address in pages.items()}


def test_a_history_costs_no_more_when_there_is_more(fill, client):
    user = make_user("boss", is_staff=True, is_superuser=True)
    client.force_login(user)
    fill(FEW)
    _log_everything(user)
    few = _costs(client)

    fill(MANY)
    _log_everything(user)
    many = _costs(client)

    assert {name: (few[name], cost) for name, cost in many.items() if cost > few[name] + 20} == {}
