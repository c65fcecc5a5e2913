"""What is left to translate and to review in one language, and the choices that narrow it down."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.functional import cached_property

from responses.languages import UNLISTED, Language, language_of, languages
from responses.languages.text_diff import word_changes
from responses.models import Answer, Gathering, Reservation, Translation
from responses.models.answer import LONGEST_WAITING, AnswerQuerySet

# How many answers and how many translations one page lists. Those that have waited longest come first.
DESK_LENGTH = 50


@dataclass
class TranslationDesk:
    """The desk of one language.

    answers: the published answers that it is about, such as all, or those behind one problem. source, gathering: the
    codes of the language and of the gathering that a translator chose. Any other text counts as no choice.
    """

    user: AbstractBaseUser
    language: Language
    answers: AnswerQuerySet
    source: str = ""
    gathering: str = ""
    sources: list[tuple[Language, int]] = field(init=False)
    gatherings: list[tuple[str, str, int]] = field(init=False)

    def __post_init__(self) -> None:
        target, self.answers = self.language.code, self.answers.not_recused_by(self.user)
        self._lacking = self.answers.lacking_translation(target)
        self._waiting = Translation.objects.suggested().by_people().into_another_language().filter(language=target)
        # An outdated suggestion cannot be reviewed: its answer is among those that lack a translation.
        to_review = self.answers.filter(pk__in=self._waiting.current().values("answer"))
        sources = Counter(self._lacking.count_by("response__language"))
        sources += Counter(to_review.count_by("response__language"))
        gatherings = Counter(self._lacking.showing_group().count_by("response__gathering__code"))
        gatherings += Counter(to_review.showing_group().count_by("response__gathering__code"))
        # A language or gathering that was chosen stays in its list, even if nothing is left to do there.
        self._chosen: dict[str, Any] = {}
        if self.source in languages() or self.source == UNLISTED:
            self._chosen["response__language"], sources[self.source] = self.source, sources[self.source]
        titles = dict(Gathering.objects.filter(code__in=[*gatherings, self.gathering]).values_list("code", "title"))
        if self.gathering in titles:
            self._chosen["response__gathering__code"] = self.gathering
            gatherings[self.gathering] = gatherings[self.gathering]
            self._lacking, self.answers = self._lacking.showing_group(), self.answers.showing_group()
        self.sources = [(language_of(code), number) for code, number in sources.most_common()]
        self.gatherings = [(code, titles[code], number) for code, number in gatherings.most_common()]

    @property
    def is_narrowed(self) -> bool:
        return bool(self._chosen)

    @cached_property
    def lacking(self) -> list[tuple[Answer, list[tuple[str, str]] | None, bool]]:
        """[(answer, what has changed since it was translated or None, whether somebody else translates it)]"""
        reservations = Reservation.objects.standing().filter(language=self.language.code)
        of_others = reservations.filter(answer=OuterRef("pk")).exclude(user=self.user)
        earlier = Translation.objects.live().by_people().outdated().filter(language=self.language.code)
        answers = (
            self._lacking.filter(**self._chosen)
            .annotate(is_taken=Exists(of_others))
            .select_related("response", "question")
            .prefetch_related(
                Prefetch("translations", earlier.order_by("-created_at"), to_attr="outdated_translations")
            )
            .order_by("is_taken", *LONGEST_WAITING)[:DESK_LENGTH]
        )
        return [(answer, _changes(answer), answer.is_taken) for answer in answers]

    @cached_property
    def waiting(self) -> list[Translation]:
        """Translations that somebody else has to review."""
        chosen = {f"answer__{name}": value for name, value in self._chosen.items()}
        waiting = self._waiting.filter(answer__in=self.answers, **chosen).with_credit()
        return list(waiting.select_related("answer__response", "answer__question")[:DESK_LENGTH])


def _changes(answer):
    earlier = next(iter(answer.outdated_translations), None)
    return word_changes(earlier.source_text, answer.text) if earlier else None
