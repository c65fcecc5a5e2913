from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .gathering import Gathering

MOST_PEOPLE = 100_000


class SpokenByPeople(models.Model):
    """How many people speak in one response, and how they came to what they say: one alone, or a room of fifty."""

    gathering = models.ForeignKey(
        Gathering,
        verbose_name=_("gathering"),
        on_delete=models.PROTECT,
        related_name="responses",
        null=True,
        blank=True,
    )
    people = models.PositiveIntegerField(
        _("people"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    method = models.CharField(_("how they talked"), max_length=190, blank=True)
    held_on = models.DateField(_("talked on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=190, blank=True)
    spoken_languages = models.CharField(_("languages they spoke"), max_length=190, blank=True, db_default="")
    # A name, so it is kept and shown on the same terms as the author's own.
    written_by = models.CharField(_("written down by"), max_length=190, blank=True, db_default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(people__gte=1, people__lte=MOST_PEOPLE), name="response_people_from_1_to_100000"
            ),
        ]
