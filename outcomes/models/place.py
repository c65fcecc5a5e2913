from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.models import Translation
from responses.models.recusal import AboutResponses

from .evidence import Evidence


class PlaceQuerySet(AboutResponses):
    to_response = "evidence__answer__response"

    def follow_mask(self, masking):
        for before, after in masking.hashes.items():
            self.filter(of_text=before).update(of_text=after)
            self.filter(in_text=before).update(in_text=after)


class Place(models.Model):
    """Where a marked passage stands in another wording of its answer, as somebody who reads both has confirmed.

    It holds as long as both wordings read as they did then. What a machine proposes is computed and stored nowhere.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="places")
    # The wording that the place is in; empty: the original.
    translation = models.ForeignKey(
        Translation, on_delete=models.CASCADE, related_name="places_of_marks", null=True, blank=True
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    # Hashes of the wording that was marked and of the one that the place is in.
    of_text = models.CharField(max_length=64)
    in_text = models.CharField(max_length=64)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of a mark in another wording")
        verbose_name_plural = _("places of marks in other wordings")
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="place_ends_after_its_start"),
            models.UniqueConstraint(fields=["evidence", "translation"], name="one_place_a_mark_a_translation"),
            models.UniqueConstraint(
                fields=["evidence"],
                condition=models.Q(translation__isnull=True),
                name="one_place_a_mark_in_the_original",
            ),
        ]

    def __str__(self):
        return str(self.evidence)
