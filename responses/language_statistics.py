"""Numbers about each language, from public answers that are not samples."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from responses.languages import UNLISTED, Language, language_of
from responses.models import Answer, KnownLanguage, Response, Translation

# Readers could guess who fewer people than this are. They are told only that there are some.
SMALLEST_SHOWN = 5


def singles_out(language: str, name: str = "", *, conversation) -> bool:
    """Whether a language could tell readers who wrote in it, because few public responses are in it so far.

    Those of its conversation count, because readers can list each conversation alone. The languages of the interface
    have too many speakers for that. Readers can count the public responses themselves, so the answer tells them
    nothing new. name: what somebody calls a language that is not listed.
    """
    if language in dict(settings.LANGUAGES):
        return False
    there = Response.objects.published().filter(conversation=conversation, language=language, is_sample=False)
    if language == UNLISTED:
        there = there.in_unlisted_language(name)
    return there[:SMALLEST_SHOWN].count() < SMALLEST_SHOWN


@dataclass(frozen=True)
class Numbers:
    """The numbers of one language."""

    language: Language
    written: int  # answers written in it
    unread: int  # of these, answers without a public translation
    translated: int  # answers whose present text is translated into it
    reviewed: int  # of these, answers with a translation that somebody else has reviewed
    outdated: int  # answers translated into it that have changed since
    days: float | None  # median of the days from the last acceptance to a review after it
    translators: int  # people who have translated into it, or translate and have said that they write it

    @property
    def has_few_translators(self) -> bool:
        return 0 < self.translators < SMALLEST_SHOWN


def numbers_by_language(conversation=None) -> list[Numbers]:
    """The languages that somebody writes in or translates into, ordered by autonym; of one conversation or of all.

    The translators are those of all conversations only: what is hidden because they are few could be found by
    subtraction.
    """
    answers = Answer.objects.published().filter(response__is_sample=False)
    if conversation:
        answers = answers.filter(response__conversation=conversation)
    there = Translation.objects.live().by_people().into_another_language().filter(answer__in=answers)
    current = there.current()
    written = _count(answers, "response__language", "pk")
    unread = _count(
        answers.exclude(pk__in=Translation.objects.published().values("answer")), "response__language", "pk"
    )
    translated = _count(current, "language", "answer")
    reviewed = _count(current.reviewed(), "language", "answer")
    outdated = _count(there.outdated(), "language", "answer")
    days, people = _median_days(current.reviewed()), Counter() if conversation else _translators(there)
    found = [
        Numbers(
            language=language_of(code),
            written=written[code],
            unread=unread[code],
            translated=translated[code],
            reviewed=reviewed[code],
            outdated=outdated[code],
            days=days.get(code),
            translators=people[code],
        )
        for code in {*written, *translated, *outdated, *people}
    ]
    return sorted(found, key=lambda each: each.language.autonym.casefold())


def _count(rows, field, what) -> Counter:
    return Counter(dict(rows.order_by().values_list(field).annotate(Count(what, distinct=True))))


def _median_days(reviewed) -> dict[str, float]:
    """{language: median of the days from the last acceptance to a review after it}

    The database counts pairs of days, so that memory does not grow with the number of translations.
    """
    pairs = (
        reviewed.order_by()
        .values_list("language", "answer__response__accepted_on", TruncDate("reviewed_at"))
        .annotate(Count("pk"))
    )
    counted: dict[str, Counter] = {}
    for code, accepted_on, reviewed_on, number in pairs:
        if (days := (reviewed_on - accepted_on).days) >= 0:
            counted.setdefault(code, Counter())[days] += number
    return {code: _median(each) for code, each in counted.items()}


def _median(counted: Counter) -> float:
    """The median. counted: how often each value occurs."""
    half, below = counted.total() / 2, 0
    ordered = sorted(counted)
    for value, following in zip(ordered, [*ordered[1:], None], strict=True):
        below += counted[value]
        if below == half:
            return (value + following) / 2
        if below > half:
            break
    return value


def _translators(translations) -> Counter:
    active = (
        get_user_model()
        .objects.filter(is_active=True)
        .filter(Q(groups__permissions__codename="add_translation") | Q(user_permissions__codename="add_translation"))
    )
    can = KnownLanguage.objects.filter(writes=True, user__in=active).values_list("language", "user")
    have = translations.exclude(translator=None).order_by().values_list("language", "translator").distinct()
    return Counter(language for language, _user in {*can, *have})
