"""The content note: what readers are told before they read, so that they can decide whether to."""

from collections.abc import Iterable
from itertools import combinations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST_NOTE = 190


class ContentKind(models.TextChoices):
    """What words can speak of that may hurt whoever reads them unprepared."""

    VIOLENCE = "violence", pgettext_lazy("what an answer speaks of", "violence")
    ABUSE = "abuse", pgettext_lazy("what an answer speaks of", "abuse")
    SELF_HARM = "self-harm", pgettext_lazy("what an answer speaks of", "self-harm")
    INSULTS = "insults", pgettext_lazy("what an answer speaks of", "insults that are quoted")


def in_order(kinds: Iterable[str]) -> str:
    """Values of `ContentKind` as a row keeps them: each once, in the order of the list, with spaces between."""
    chosen = set(kinds)
    return " ".join(kind for kind in ContentKind.values if kind in chosen)


# Everything that `in_order` can return.
_SETS = [
    in_order(chosen) for number in range(len(ContentKind) + 1) for chosen in combinations(ContentKind.values, number)
]


class ContentNote(models.Model):
    """What the author says of it, and beside that what the organizers add for readers.

    A person says it, always: no machine chooses or guesses a kind. Nothing can be filtered or ordered by it, so that it
    neither hides nor lowers a response.
    """

    content_kinds = models.CharField(_("content note"), max_length=190, blank=True, editable=False)
    # In the language of the response, as the answers are.
    content_note = models.CharField(_("content note in own words"), max_length=LONGEST_NOTE, blank=True, editable=False)
    # Apart from what the author says, so that neither writes over the other's words.
    added_kinds = models.CharField(_("content note of the organizers"), max_length=190, blank=True, editable=False)
    added_note = models.CharField(
        _("content note of the organizers, in own words"), max_length=LONGEST_NOTE, blank=True, editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(content_kinds__in=_SETS), name="%(class)s_content_kinds_are_known"
            ),
            models.CheckConstraint(condition=models.Q(added_kinds__in=_SETS), name="%(class)s_added_kinds_are_known"),
        ]

    @property
    def content(self) -> dict[str, str]:
        """{name of the field: value} of the whole note."""
        return {field.name: getattr(self, field.name) for field in ContentNote._meta.local_fields}

    @property
    def is_noted(self) -> bool:
        """Whether readers are told anything before they read."""
        return any(self.content.values())

    @property
    def is_noted_by_organizers(self) -> bool:
        return bool(self.added_kinds or self.added_note)

    @property
    def kind_labels(self) -> list[str]:
        """What readers are told, in the language of the page."""
        return labels(f"{self.content_kinds} {self.added_kinds}")

    @property
    def added_labels(self) -> list[str]:
        return labels(self.added_kinds)

    @property
    def notes(self) -> list[str]:
        """What readers are told in people's own words."""
        return [words for words in dict.fromkeys([self.content_note, self.added_note]) if words]

    @property
    def told_readers(self) -> str:
        """All that readers are told, as a text without markup: for files."""
        return " · ".join([*self.kind_labels, *self.notes])


def labels(kinds: str) -> list[str]:
    """Names of kinds ("violence self-harm") in the language of the page."""
    return [str(ContentKind(kind).label) for kind in in_order(kinds.split()).split()]
