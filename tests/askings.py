"""Askings for tests: a draft, those who stand behind it, who are asked and answer."""

import html
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from outcomes.models import Asking, Clause, Problem, Statement
from outcomes.statistics import understood
from tests.factories import make_evidence, make_problem, make_response

# The list at the desk.
LIST = "/admin/outcomes/asking/"


def make_draft(slug="closed-doors", **fields):
    """A problem that is not published yet."""
    return make_problem(slug, published=False, **fields)


def make_statement(**fields):
    statement = Statement.objects.create(version="2030", title_en="Statement", announced_on=date(2030, 1, 1), **fields)
    clauses = [Clause.objects.create(statement=statement, position=n, text_en=f"Clause {n}.") for n in (1, 2)]
    return statement, *clauses


def make_version(version="2026"):
    statement = Statement.objects.create(version=version, title_en="Stated", announced_on=date(2026, 1, 1))
    clause = statement.clauses.create(position=1, text_en="Doors are closed.")
    clause.problems.add(make_draft())
    return statement, clause


def behind(thing, number=1, **fields):
    """So many responses whose words stand behind a problem."""
    made = []
    for n in range(number):
        response = make_response({"meaning": f"Kila mtu ana nafasi, {n}."}, **fields)
        make_evidence(response.answers.get(), problem=thing)
        made.append(response)
    return made


def ask(thing, *, days=14, **how):
    return Asking.objects.ask(thing, closes_on=timezone.localdate() + timedelta(days=days), **how)


def close(asking, days=40):
    """As if it had been asked so many days ago, for two weeks."""
    asked_on = timezone.localdate() - timedelta(days=days)
    changed = {"asked_on": asked_on, "closes_on": asked_on + timedelta(days=14)}
    Asking.objects.filter(pk=asking.pk).update(asked_at=timezone.now() - timedelta(days=days), **changed)
    asking.refresh_from_db()
    return asking


def an_hour_later(asking):
    Asking.objects.filter(pk=asking.pk).update(asked_at=timezone.now() - timedelta(hours=2))


def answer(asking, *said):
    """The authors who are asked answer so, one after the other."""
    rows = list(asking.asked.order_by("pk"))
    for row, each in zip(rows, said, strict=False):
        row.answer(each)
    return rows


def told(asking):
    """Once it is published."""
    Problem.objects.filter(askings=asking).update(published_at=timezone.now())
    return understood([Asking.objects.get(pk=asking.pk)])[asking.pk]


def figures(asking):
    found = told(asking)
    return found.is_few, found.answered, found.by_answer


def refusal(work, *args, **options):
    with pytest.raises(ValidationError) as raised:
        work(*args, **options)
    return " ".join(raised.value.messages)


def make_closed():
    """Six were asked; five have answered, two with own words, one of which may be shown."""
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    said = [
        ("yes", "", False),
        ("yes", "Maneno marefu <zaidi> ya haya.", True),
        ("yes", "", True),
        ("part", "Mafupi.", False),
        ("no", "", False),
    ]
    for row, (each, words, may_be_public) in zip(asking.asked.all(), said, strict=False):
        row.answer(each, words, may_be_public=may_be_public)
    return close(asking)


def text_of(page):
    shown = re.sub(r"<(script|style).*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", shown)).split())


def notice(page):
    """What readers are told of an asking."""
    found = re.search(
        r'<div class="notice">\s*(<p class="kicker">.*?at least.*?)</div>', page.content.decode(), flags=re.DOTALL
    )
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", found[1])).split()) if found else None


def asked_on(asking):
    # The voices below may be others by now.
    return f"When we asked, on {date_format(asking.asked_on)}:"


def publish(problem):
    problem.published_at = timezone.now()
    problem.store()
