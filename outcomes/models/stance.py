"""What a passage says to a claim, and how it is said beside a problem and beside a solution."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stance(models.TextChoices):
    """What a passage says to a claim. These labels are for a place where the claim is not known."""

    SUPPORTS = "supports", _("Agrees / would help")
    QUALIFIES = "qualifies", _("Agrees in part / would help in part")
    CONTRADICTS = "contradicts", _("Disagrees / would not help")


# How it is said beside a claim, by the kind of the claim.
STANCE_LABELS = {
    "problem": {
        Stance.SUPPORTS: pgettext_lazy("what somebody says to a problem", "Agrees"),
        Stance.QUALIFIES: pgettext_lazy("what somebody says to a problem", "Agrees in part"),
        Stance.CONTRADICTS: pgettext_lazy("what somebody says to a problem", "Disagrees"),
    },
    "solution": {
        Stance.SUPPORTS: pgettext_lazy("what somebody says to a solution", "Would help"),
        Stance.QUALIFIES: pgettext_lazy("what somebody says to a solution", "Would help in part"),
        Stance.CONTRADICTS: pgettext_lazy("what somebody says to a solution", "Would not help"),
    },
}
