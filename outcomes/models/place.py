from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.languages.passages import Passage
from responses.models import Answer, Translation
from responses.models.recusal import AboutResponses

from .evidence import Evidence


class PlaceQuerySet(AboutResponses):
    to_response = "evidence__answer__response"

    def follow_mask(self, masking):
        for answer in masking.answers:
            places = self.filter(evidence__answer=answer)
            for before, after in masking.hashes(answer).items():
                places.filter(of_text=before).update(of_text=after)
                places.filter(in_text=before).update(in_text=after)

    @transaction.atomic
    def confirm(self, evidence, passage, translation=None, *, by, seen):
        """Somebody who reads both has said where a marked passage stands in another wording of its answer.

        passage: the place. translation: in which it is; None: in the original. seen: the `pair` of the two wordings
        that they read. Confirming again changes the place. Raises ValidationError if the mark is gone or edited away,
        or if either wording has changed.
        """
        # If the author edits, or the mark is taken back at this moment, one of the two waits for the other.
        now = Answer.objects.select_for_update().filter(pk=evidence.answer_id).first()
        marks = Evidence.objects.visible_to(by).select_related("answer__response")
        mark = now and next(iter(marks.filter(pk=evidence.pk).with_wordings()), None)
        if mark is None:
            raise ValidationError(_("The mark was taken back."))
        if mark.passage is None:
            raise ValidationError(_("This passage was edited away; it is not shown to readers."))
        there = translation and Translation.objects.live().filter(answer=now, pk=translation.pk).first()
        text = there.text if there else None if translation else now.text
        if text is None or pair(mark, text) != seen or passage.text != text:
            raise ValidationError(_("One of the two texts has changed since you opened this page. Look at both again."))
        place = passage.whole
        hashes = {"of_text": sha256_of(mark.passage.text), "in_text": sha256_of(text)}
        where = {"start": place.start, "end": place.end, **hashes}
        confirmed, _is_new = self.update_or_create(
            evidence=mark,
            translation=there,
            defaults={**where, "confirmed_by": by, "confirmed_at": timezone.now()},
        )
        return confirmed


def pair(mark, text: str) -> str:
    """The fingerprint of the wording that a mark stands in and of another one: changes with every word of either."""
    return sha256_of(f"{sha256_of(mark.passage.text)} {sha256_of(text)}")


def confirmed_place(mark, text: str) -> Passage | None:
    """Where somebody has confirmed that a mark, from `with_wordings`, stands in a wording as it reads now."""
    return next((found for each in mark.places.all() if (found := each.current(mark, text))), None)


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

    def current(self, mark, text: str) -> Passage | None:
        """The place in a wording, as it reads now, of the mark. None if either wording has changed since.

        mark: its evidence, from `with_wordings`.
        """
        if mark.passage is None or (self.of_text, self.in_text) != (sha256_of(mark.passage.text), sha256_of(text)):
            return None
        return Passage(text, self.start, self.end)
