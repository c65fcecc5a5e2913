"""Which roles people can have. Importable before any model is."""

from django.db import models
from django.utils.translation import pgettext_lazy


class RoleName(models.TextChoices):
    """The groups that stand for roles, and what people call them. `diversity_portal/roles.py` has their rights."""

    TRANSLATOR = "Translator", pgettext_lazy("role", "Translator")
    UNREAD_TRANSLATOR = "Translator of unread words", pgettext_lazy("role", "Translator of unread words")
    REVIEWER = "Reviewer", pgettext_lazy("role", "Reviewer")
    CODER = "Coder", pgettext_lazy("role", "Coder")
    ORGANIZER = "Organizer", pgettext_lazy("role", "Organizer")


# Whoever has one of these works at the desks, which open to staff.
AT_THE_DESKS = frozenset({RoleName.REVIEWER, RoleName.CODER, RoleName.ORGANIZER})
