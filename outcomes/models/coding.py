from django.conf import settings
from django.db import models
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

    def follow_mask(self, masking):
        # Words that are hidden are no reason to read all others again.
        for before, after in masking.hashes.items():
            self.filter(of_text=before).update(of_text=after)


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


class JointDecisionQuerySet(AboutResponses):
    to_response = "shared__answer__response"

    def follow_mask(self, masking):
        self.take_out(masking, "note")


class JointDecision(OfClaim):
    """What was decided about one claim where two coders had read an answer differently."""

    shared = models.ForeignKey(SharedAnswer, on_delete=models.CASCADE, related_name="decisions")
    # Empty: nothing of the claim is in the answer.
    value = models.CharField(max_length=12, choices=Value, blank=True)
    note = models.TextField(_("why"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = JointDecisionQuerySet.as_manager()

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
