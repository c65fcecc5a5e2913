from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.models import Answer, Translation
from responses.models.recusal import AboutResponses

from .evidence import Evidence, Stance
from .problem import OfClaim


class CodingPlanManager(models.Manager):
    def current(self):
        return self.filter(pk=1).first() or CodingPlan(pk=1)


class CodingPlan(models.Model):
    """How many of the answers two coders read, each without seeing the other's marks: one row."""

    share = models.PositiveSmallIntegerField(
        _("percent of the answers that two coders mark"),
        default=0,
        help_text=_(
            "They are drawn when the first coder begins with an answer. Until the two agree, no reader sees the marks."
        ),
    )

    objects = CodingPlanManager()

    class Meta:
        verbose_name = _("shared sample")
        verbose_name_plural = _("shared sample")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_coding_plan"),
            models.CheckConstraint(condition=models.Q(share__lte=100), name="coding_plan_share_is_a_percentage"),
        ]

    def __str__(self):
        return str(self._meta.verbose_name)


class SharedAnswerQuerySet(AboutResponses):
    to_response = "answer__response"

    def open(self):
        return self.filter(agreed_at=None)


class SharedAnswer(models.Model):
    """An answer of the shared sample: two coders mark it, and then agree.

    Until they have agreed, nobody but its coder sees a mark in it.
    """

    answer = models.OneToOneField(Answer, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="shared")
    drawn_at = models.DateTimeField(_("drawn at"), default=timezone.now, editable=False)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("agreed by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )

    objects = SharedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of the shared sample")
        verbose_name_plural = _("answers of the shared sample")

    def __str__(self):
        return str(self.answer)


class CodingQuerySet(AboutResponses):
    to_response = "answer__response"

    @transaction.atomic
    def finish(self, answer, coder, *, seen, read_in="", is_empty=None):
        """A coder is done with an answer: what they have marked in it, and nothing else, is there. Safe to repeat.

        seen: the fingerprint of the words that they have read. read_in: the language of the translation that they read
        instead. is_empty: whether they say that nothing is there. Raises ValidationError if that is not so, if the
        words have changed, or if the answer is gone or not accepted any more.
        """
        # If the author edits or withdraws at this moment, one of the two waits for the other.
        now = Answer.objects.select_for_update(of=("self",)).accepted().filter(pk=answer.pk).first()
        if now is None:
            raise ValidationError(_("The author of this answer has changed or withdrawn it."))
        if now.fingerprint != seen:
            raise ValidationError(_("The author has changed this answer since you opened it. Read it again."))
        values = self._values(Evidence.objects.filter(answer=now, coder=coder).found())
        if is_empty and values:
            raise ValidationError(_("You have marked something here. Choose “Done”, or take your marks back first."))
        if is_empty is False and not values:
            raise ValidationError(_("You have marked nothing here. Choose “Nothing here” or “Skip”."))
        coding, _is_new = self.update_or_create(
            answer=now, coder=coder, defaults={"of_text": seen, "read_in": read_in, "finished_at": timezone.now()}
        )
        coding.values.all().delete()
        CodedValue.objects.bulk_create(CodedValue(coding=coding, value=each, **of) for of, each in values)
        Answer.objects.filter(pk=now.pk).update(is_coded=True)
        return coding

    @staticmethod
    def _values(marks) -> list[tuple[dict[str, int], str]]:
        """[({"problem_id" or "solution_id": key}, value)] of a coder's marks in one answer."""
        said: dict[tuple[str, int], set[str]] = {}
        for mark in marks.select_related("problem", "solution"):
            said.setdefault((f"{mark.claim.kind()}_id", mark.claim.pk), set()).add(mark.stance)
        return [({name: key}, Value.MIXED if len(each) > 1 else each.pop()) for (name, key), each in said.items()]


class Coding(models.Model):
    """A coder is done with an answer as it reads. Without a mark of theirs it says: nothing here."""

    answer = models.ForeignKey(Answer, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coder"),
        on_delete=models.SET_NULL,
        related_name="codings",
        null=True,
    )
    # The hash of the words that were read: `Answer.fingerprint`. If the answer reads otherwise, it is coded again.
    of_text = models.CharField(max_length=64, editable=False)
    # The language of the translation that it was coded from; empty if from the original.
    read_in = models.CharField(_("coded from"), max_length=20, blank=True)
    finished_at = models.DateTimeField(_("finished at"), default=timezone.now, editable=False)

    objects = CodingQuerySet.as_manager()

    class Meta:
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        constraints = [models.UniqueConstraint(fields=["answer", "coder"], name="one_coding_an_answer_a_coder")]

    def __str__(self):
        return str(self.answer)

    @transaction.atomic
    def undo(self):
        """Their coder is not done after all. If nobody else is, the answer is to be coded again. Safe to repeat."""
        now = Answer.objects.select_for_update().filter(pk=self.answer_id).first()
        Coding.objects.filter(pk=self.pk).delete()
        if now and not now.codings.filter(of_text=now.fingerprint).exists():
            Answer.objects.filter(pk=now.pk).update(is_coded=False)


class Value(models.TextChoices):
    """What one coder has found in one answer about one claim. No row says: nothing."""

    SUPPORTS = Stance.SUPPORTS
    QUALIFIES = Stance.QUALIFIES
    CONTRADICTS = Stance.CONTRADICTS
    MIXED = "mixed", _("more than one")


class CodedValue(OfClaim):
    """What a coder had found about one claim when they were done. Agreement is computed from these."""

    coding = models.ForeignKey(Coding, on_delete=models.CASCADE, related_name="values")
    value = models.CharField(max_length=12, choices=Value)

    class Meta:
        constraints = [
            *OfClaim.Meta.constraints,
            models.UniqueConstraint(fields=["coding", "problem"], name="one_value_a_coding_a_problem"),
            models.UniqueConstraint(fields=["coding", "solution"], name="one_value_a_coding_a_solution"),
        ]

    def __str__(self):
        return f"{self.coding} → {self.claim.slug}"


class JointDecision(OfClaim):
    """What was decided about one claim where two coders had read an answer differently."""

    shared = models.ForeignKey(SharedAnswer, on_delete=models.CASCADE, related_name="decisions")
    # Empty: nothing of the claim is in the answer.
    value = models.CharField(max_length=12, choices=Value, blank=True)
    note = models.TextField(_("why"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("joint decision")
        verbose_name_plural = _("joint decisions")
        constraints = [
            *OfClaim.Meta.constraints,
            models.UniqueConstraint(fields=["shared", "problem"], name="one_joint_decision_a_problem"),
            models.UniqueConstraint(fields=["shared", "solution"], name="one_joint_decision_a_solution"),
        ]

    def __str__(self):
        return f"{self.shared} → {self.claim.slug}"


class PlaceQuerySet(AboutResponses):
    to_response = "evidence__answer__response"


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
