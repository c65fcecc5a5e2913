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


def _keep(model, found_by, columns, others):
    """Make the row, or fill what is empty in it. What organizers have written stays. Returns the row, made, filled."""
    row = model.objects.filter(**found_by).first()
    if row is None:
        return model.objects.create(**found_by, **columns, **others), 1, 0
    empty = {column: text for column, text in columns.items() if not getattr(row, column)}
    for column, text in empty.items():
        setattr(row, column, text)
    if empty:
        row.save(update_fields=list(empty))
    return row, 0, int(bool(empty))


@transaction.atomic
def load() -> tuple[int, int]:
    """Make the rows that are missing, fill the languages that are empty, change nothing else.

    Returns (rows made, rows filled). Safe to repeat.
    """
    facts = _read("outcomes.json")
    now = timezone.now()
    made = filled = 0

    def keep(model, found_by, columns, **others):
        nonlocal made, filled
        row, is_made, is_filled = _keep(model, found_by, columns, others)
        made, filled = made + is_made, filled + is_filled
        return row, bool(is_made)

    for position, fact in enumerate(facts["problems"], start=1):
        columns = texts(f"problem.{fact['slug']}", ("title", "description"))
        keep(Problem, {"slug": fact["slug"]}, columns, position=position, source=fact["source"], published_at=now)
    problems = Problem.objects.in_bulk(field_name="slug")

    for position, fact in enumerate(facts["solutions"], start=1):
        columns = texts(f"solution.{fact['slug']}", ("title", "description"))
        solution, is_new = keep(
            Solution, {"slug": fact["slug"]}, columns, position=position, source=fact["source"], published_at=now
        )
        if is_new:
            solution.problems.set(problems[slug] for slug in fact["problems"])

    about = dict(facts["statement"])
    statement, _new = keep(
        Statement, {"version": about.pop("version")}, texts("statement", ("title",)), published_at=now, **about
    )
    for position, fact in enumerate(facts["clauses"], start=1):
        clause, is_new = keep(
            Clause,
            {"statement": statement, "position": position},
            texts(f"clause.{position}", ("text",)),
            quotation=fact.get("quotation", ""),
        )
        if is_new:
            clause.problems.set(problems[slug] for slug in fact["problems"])

    # The chapters that the sources name; organizers complete the roster.
    region = Region.objects.filter(slug="nwe").first()
    for fact in facts["affiliates"]:
        keep(
            Affiliate,
            {"name": fact["name"]},
            {},
            kind=Affiliate.Kind.CHAPTER,
            region=region,
            countries=fact["countries"],
        )
    return made, filled
