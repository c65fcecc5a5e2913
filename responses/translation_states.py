"""What became of translations, for the people who wrote or reviewed them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from responses.languages.text_diff import word_changes
from responses.models import Answer, Translation
from responses.models.translation import TranslationQuerySet
from responses.numbers_no_row_has import is_id

_MOMENT = "%Y%m%dT%H%M%S%f"


class State(models.TextChoices):
    """Each translation is in exactly one of these states."""

    WAITS = "waits", _("Waiting for review")
    AUTHOR = "author", _("Reviewed; its author can still object")
    PUBLIC = "public", _("Public")
    OBJECTED = "objected", _("The author objects to this translation")
    OUTDATED = "outdated", _("The author has changed the original since")
    REPLACED = "replaced", _("Replaced")
    # Withdrawn ones are deleted; others come back when their response is public again.
    HIDDEN = "hidden", _("Not shown: its response is not public at the moment")


def state_of(translation: Translation) -> State:
    if not translation.answer.response.is_published:
        return State.HIDDEN
    if translation.status == Translation.Status.REPLACED:
        return State.REPLACED
    if translation.is_objected_to:
        return State.OBJECTED
    if translation.is_outdated or not _is_into_another_language(translation):
        return State.OUTDATED
    if not translation.is_reviewed:
        return State.WAITS
    return State.PUBLIC if translation.is_public else State.AUTHOR


def _is_into_another_language(translation: Translation) -> bool:
    """Whether its author has not corrected the language of the original to this one since."""
    return translation.language != translation.answer.response.language


def in_state(translations: TranslationQuerySet, state: State) -> TranslationQuerySet:
    """`state_of` as SQL."""
    shown = translations.filter(answer__in=Answer.objects.published())
    replaced = models.Q(status=Translation.Status.REPLACED)
    current = shown.live().current().into_another_language()
    is_public = models.Q(public_on__lte=timezone.localdate())
    return {
        State.HIDDEN: lambda: translations.exclude(pk__in=shown.values("pk")),
        State.REPLACED: lambda: shown.filter(replaced),
        State.OBJECTED: lambda: shown.exclude(replaced).exclude(objected_on=None),
        State.OUTDATED: lambda: shown.live().exclude(pk__in=current.values("pk")),
        State.WAITS: lambda: current.suggested(),
        State.PUBLIC: lambda: current.reviewed().filter(is_public),
        State.AUTHOR: lambda: current.reviewed().exclude(is_public),
    }[state]()


@dataclass(frozen=True)
class Work:
    """A translation as whoever wrote or reviewed it sees it. later: the one that stands in its place, or is to."""

    translation: Translation
    later: Translation | None = None

    @cached_property
    def state(self) -> State:
        return state_of(self.translation)

    @property
    def shows_words(self) -> bool:
        """Whether its words may be shown: not what its author keeps from readers, or has taken back since."""
        return self.state != State.HIDDEN and not self.translation.is_outdated

    @cached_property
    def original_changes(self) -> list[tuple[str, str]] | None:
        """What its author has changed since, as long as somebody has to look at that."""
        if self.state != State.OUTDATED or not self.translation.is_outdated:
            return None
        return word_changes(self.translation.source_text, self.translation.answer.text)

    @property
    def shows_any_words(self) -> bool:
        """Whether the page has any words of the answer or of its translation: a content note stands before them."""
        return self.shows_words or self.state == State.OUTDATED

    @property
    def has_desk(self) -> bool:
        """Whether the page of translators for this answer and language can be opened."""
        return self.state != State.HIDDEN and _is_into_another_language(self.translation)

    @cached_property
    def corrections(self) -> list[tuple[str, str]] | None:
        """How the later one differs; None if it was made from other words."""
        if not (self.later and self.shows_words and self.later.source_text == self.translation.source_text):
            return None
        return word_changes(self.translation.text, self.later.text)

    @property
    def cursor(self) -> str:
        """Its place in the list, for the address of the page that begins after it."""
        return f"{self.translation.created_at.astimezone(UTC):{_MOMENT}}.{self.translation.pk}"


def page_of_work(translations: TranslationQuerySet, length: int, cursor: str = "") -> list[Work]:
    """The latest translations after a place in the list, in two queries. Raises ValueError if it is not a place."""
    if cursor:
        moment, _dot, pk = cursor.partition(".")
        if not is_id(pk):
            raise ValueError(cursor)
        at = datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)
        behind = models.Q(created_at__lt=at) | models.Q(pk__lt=int(pk))
        translations = translations.filter(behind, created_at__lte=at)
    rows = translations.with_credit().select_related("answer__response", "answer__question")
    found = list(rows.order_by("-created_at", "-pk")[:length])
    theirs = models.Q(origin=Translation.Origin.AUTHOR, status=Translation.Status.SUGGESTED)
    standing = Translation.objects.live().filter(models.Q(status=Translation.Status.REVIEWED) | theirs)
    later: dict[tuple[int, str], Translation] = {}
    # A reviewed one takes the place of what an author has written before.
    for each in (
        standing.filter(answer__in={row.answer_id for row in found})
        .with_credit()
        .select_related("answer__response")
        .order_by("status")
    ):
        later.setdefault((each.answer_id, each.language), each)
    return [Work(row, _unless_itself(row, later.get((row.answer_id, row.language)))) for row in found]


def _unless_itself(row, later):
    in_its_place = later and later.pk != row.pk and state_of(row) in (State.REPLACED, State.OBJECTED)
    return later if in_its_place else None
