"""The outcomes of the conference of 2017: what we know, in our own words, and what we reconstructed.

outcomes.json holds slugs, sources and links. locale/en/LC_MESSAGES/outcomes.po holds the English texts and those of the
glossary, under the keys of `responses.organizer_texts`; translators make an outcomes.po for each other language.
docs/sources.md tells where each part comes from.
"""

import json
from functools import cache
from pathlib import Path

import polib
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import to_locale

from outcomes.models import Clause, Problem, Solution, Statement, Topic
from responses import organizer_texts
from responses.models import Affiliate, Conversation, Question, Region, Term


def catalogue(language: str) -> Path:
    """The file of the texts in one interface language."""
    return settings.BASE_DIR / "locale" / to_locale(language) / "LC_MESSAGES" / "outcomes.po"


@cache
def english() -> dict[str, str]:
    """The English texts by key."""
    return {entry.msgctxt: entry.msgid for entry in polib.pofile(str(catalogue("en")))}


def _english(key: str, *fields: str) -> dict[str, str]:
    return {f"{field}_en": english()[f"{key}.{field}"] for field in fields}


@transaction.atomic
def load() -> tuple[int, int]:
    """Make the outcomes the first time; later, fill in those of their texts that are empty in an interface language.

    What organizers have changed, emptied, renamed or deleted stays so. Returns (rows made, texts filled in).
    """
    facts = json.loads((Path(__file__).parent / "outcomes.json").read_text(encoding="utf-8"))
    made = 0
    if not Statement.objects.filter(version=facts["statement"]["version"]).exists():
        made = _make(facts)
    if not Term.objects.exists():
        terms = [Term(slug=slug, **_english(f"term.{slug}", "name", "meaning")) for slug in facts["terms"]]
        made += len(Term.objects.bulk_create(terms))
    return made, _complete()


def _make(facts) -> int:
    now = timezone.now()
    problems = {}
    for position, fact in enumerate(facts["problems"], start=1):
        columns = _english(f"problem.{fact['slug']}", "title", "description")
        problems[fact["slug"]], _new = Problem.objects.get_or_create(
            slug=fact["slug"], defaults={**columns, "position": position, "source": fact["source"], "published_at": now}
        )
    for position, fact in enumerate(facts["solutions"], start=1):
        columns = _english(f"solution.{fact['slug']}", "title", "description")
        solution, _new = Solution.objects.get_or_create(
            slug=fact["slug"], defaults={**columns, "position": position, "source": fact["source"], "published_at": now}
        )
        solution.problems.add(*(problems[slug] for slug in fact["problems"]))
    for position, fact in enumerate(facts["topics"], start=1):
        columns = _english(f"topic.{fact['slug']}", "name")
        Topic.objects.get_or_create(
            slug=fact["slug"], defaults={**columns, "position": position, "source": fact["source"]}
        )
    statement = Statement.objects.create(
        **facts["statement"], **_english(f"statement.{facts['statement']['version']}", "title"), published_at=now
    )
    for position, fact in enumerate(facts["clauses"], start=1):
        clause = Clause.objects.create(
            statement=statement,
            position=position,
            quotation=fact.get("quotation", ""),
            **_english(f"clause.{statement.version}.{position}", "text"),
        )
        clause.problems.set(problems[slug] for slug in fact["problems"])
    slug = facts["conversation"]["slug"]
    conversation, _new = Conversation.objects.get_or_create(
        slug=slug, defaults=facts["conversation"] | _english(f"conversation.{slug}", "title", "invitation", "asked_by")
    )
    conversation.questions.set(Question.objects.filter(slug__in=facts["questions"]))
    # The chapters that the sources name; organizers complete the roster.
    region = Region.objects.filter(slug="nwe").first()
    for fact in facts["affiliates"]:
        Affiliate.objects.get_or_create(
            name=fact["name"],
            defaults={"kind": Affiliate.Kind.CHAPTER, "region": region, "countries": fact["countries"]},
        )
    return 2 + sum(len(facts[each]) for each in ("problems", "topics", "solutions", "clauses", "affiliates"))


def _complete() -> int:
    completed = set()
    for language in organizer_texts.OTHERS:
        if catalogue(language).exists():
            imported = organizer_texts.import_catalogue(
                polib.pofile(str(catalogue(language))), language, only_missing=True
            )
            completed |= {key for key, _before, _now in imported.changed}
    return len(completed)
