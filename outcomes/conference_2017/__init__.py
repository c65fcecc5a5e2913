"""The outcomes of the conference of 2017: what we know, in our own words, and what of it is reconstructed.

outcomes.json holds slugs, sources and links; one file a language holds the texts, by the same keys. docs/sources.md
tells where each part comes from.
"""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from outcomes.models import Clause, Problem, Solution, Statement
from responses.models import Affiliate, Region

_FOLDER = Path(__file__).parent


@cache
def _read(name):
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


def texts(key: str, fields: tuple[str, ...]) -> dict[str, str]:
    """{column: text} of one outcome in every interface language: {"title_en": …, "title_ar": …}."""
    return {
        f"{field}_{code}": _read(f"{code}.json")[f"{key}.{field}"]
        for code in settings.MODELTRANSLATION_LANGUAGES
        for field in fields
    }


@transaction.atomic
def load() -> tuple[int, int]:
    """Make the outcomes, the first time; later, word them in interface languages in which they are empty.

    What organizers have changed, emptied, renamed or deleted stays so. Returns (rows made, rows completed).
    """
    facts = _read("outcomes.json")
    if Statement.objects.filter(version=facts["statement"]["version"]).exists():
        return 0, _complete(facts)
    return _make(facts), 0


def _make(facts) -> int:
    now = timezone.now()
    problems = {}
    for position, fact in enumerate(facts["problems"], start=1):
        columns = texts(f"problem.{fact['slug']}", ("title", "description"))
        problems[fact["slug"]], _new = Problem.objects.get_or_create(
            slug=fact["slug"], defaults={**columns, "position": position, "source": fact["source"], "published_at": now}
        )
    for position, fact in enumerate(facts["solutions"], start=1):
        columns = texts(f"solution.{fact['slug']}", ("title", "description"))
        solution, _new = Solution.objects.get_or_create(
            slug=fact["slug"], defaults={**columns, "position": position, "source": fact["source"], "published_at": now}
        )
        solution.problems.add(*(problems[slug] for slug in fact["problems"]))
    statement = Statement.objects.create(**facts["statement"], **texts("statement", ("title",)), published_at=now)
    for position, fact in enumerate(facts["clauses"], start=1):
        clause = Clause.objects.create(
            statement=statement,
            position=position,
            quotation=fact.get("quotation", ""),
            **texts(f"clause.{position}", ("text",)),
        )
        clause.problems.set(problems[slug] for slug in fact["problems"])
    # The chapters that the sources name; organizers complete the roster.
    region = Region.objects.filter(slug="nwe").first()
    for fact in facts["affiliates"]:
        Affiliate.objects.get_or_create(
            name=fact["name"],
            defaults={"kind": Affiliate.Kind.CHAPTER, "region": region, "countries": fact["countries"]},
        )
    return 1 + sum(len(facts[each]) for each in ("problems", "solutions", "clauses", "affiliates"))


def _complete(facts) -> int:
    completed = 0
    for kind, model in (("problem", Problem), ("solution", Solution)):
        slugs = {fact["slug"] for fact in facts[f"{kind}s"]}
        for row in model.objects.filter(slug__in=slugs):
            completed += _fill(row, texts(f"{kind}.{row.slug}", ("title", "description")))
    for statement in Statement.objects.filter(version=facts["statement"]["version"]):
        completed += _fill(statement, texts("statement", ("title",)))
        for clause in statement.clauses.filter(position__lte=len(facts["clauses"])):
            completed += _fill(clause, texts(f"clause.{clause.position}", ("text",)))
    return completed


def english_of(column: str) -> str:
    return f"{column.rpartition('_')[0]}_en"


def _fill(row, columns) -> int:
    """Word a row in the languages that it lacks, where its English is still ours; 1 if there were any."""
    found = {
        column: text
        for column, text in columns.items()
        if text and not getattr(row, column) and getattr(row, english_of(column)) == columns[english_of(column)]
    }
    for column, text in found.items():
        setattr(row, column, text)
    if found:
        row.save(update_fields=list(found))
    return int(bool(found))
