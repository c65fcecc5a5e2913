from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.models import Answer
from responses.models.answer import AnswerQuerySet
from responses.models.recusal import AboutResponses

from .evidence import Evidence
from .of_claim import OfClaim
from .shared_sample import SharedAnswer
from .stance import Stance


class AnswerToCodeQuerySet(AnswerQuerySet):
    def to_code_second(self, user):
        """Of the shared sample, what another coder is done with, and waits for somebody."""
        half_read = {"shared__first_finished_at__isnull": False, "shared__both_finished_at": None}
        return self.filter(**half_read, shared__agreed_at=None).exclude(shared__first_coder=user)


class AnswerToCode(Answer):
    """An answer, as the coding desk sees it."""

    objects = AnswerToCodeQuerySet.as_manager()  # type: ignore[misc]  # of a proxy, as Django documents it

    class Meta:
        proxy = True
        verbose_name = _("answer to code")
        verbose_name_plural = _("answers to code")


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
        if read_in and read_in not in now.translations.values_list("language", flat=True):
            raise ValidationError(_("This answer has no translation into the language that it was read in."))
        shared = SharedAnswer.objects.draw(now)
        if shared and coder.pk not in [each.coder_id for each in shared.readings()]:
            SharedAnswer.objects.check_not_decided(now)
        values = _values(Evidence.objects.filter(answer=now, coder=coder).found())
        if is_empty and values:
            raise ValidationError(_("You have marked something here. Choose “Done”, or take your marks back first."))
        if is_empty is False and not values:
            raise ValidationError(_("You have marked nothing here. Choose “Nothing here” or “Skip”."))
        before = self.filter(answer=now, coder=coder, of_text=seen).first()
        if before and shared and shared.is_agreed:
            # What they had found before they agreed is what tells how far coders agree.
            return before
        coding, _is_new = self.update_or_create(
            answer=now, coder=coder, defaults={"of_text": seen, "read_in": read_in, "finished_at": timezone.now()}
        )
        coding.keep_found(values)
        if shared and not shared.is_agreed:
            shared.conclude()
        now.is_coded = True
        now.save(update_fields=["is_coded"])
        return coding

    def follow_mask(self, masking):
        # Words that are hidden are no reason to read all others again.
        for answer in masking.answers:
            for before, after in masking.hashes(answer).items():
                self.filter(answer=answer, of_text=before).update(of_text=after)


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
        """Their coder is not done after all. If nobody else is, the answer is to be coded again. Safe to repeat.

        Raises ValidationError if another coder of the shared sample is done too: what both have found is compared.
        """
        now = Answer.objects.select_for_update().filter(pk=self.answer_id).first()
        shared = now and SharedAnswer.objects.draw(now)
        if shared and len(shared.readings()) == 2:
            raise ValidationError(_("Another coder is done with this answer too, so this cannot be undone any more."))
        Coding.objects.filter(pk=self.pk).delete()
        if now and not now.codings.filter(of_text=now.fingerprint).exists():
            Answer.objects.filter(pk=now.pk).update(is_coded=False)
        SharedAnswer.objects.filter(answer=self.answer_id).follow_change()

    def keep_found(self, values=None):
        """Keep what its coder has found in the answer, claim by claim: their marks whose words stand."""
        if values is None:
            values = _values(Evidence.objects.filter(answer=self.answer_id, coder=self.coder_id).found())
        self.values.all().delete()
        CodedValue.objects.bulk_create(CodedValue(coding=self, value=each, **of) for of, each in values)

    def found(self) -> dict:
        """{claim: value} of what was found. A claim that is not there was not found."""
        return {each.claim: each.value for each in self.values.select_related("problem", "solution")}

    def own(self, marks, claim, value) -> list:
        """Those of some marks that are this coder's, stand, and are for a claim of which they found this value."""
        # If the accounts of both coders are gone, only what they found tells whose mark it is.
        return [
            mark
            for mark in marks
            if mark.coder_id == self.coder_id
            and mark.claim == claim
            and value in (mark.stance, Value.MIXED)
            and mark.passage
        ]


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
