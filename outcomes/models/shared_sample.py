"""The shared sample: answers that two coders mark, each without seeing the other's marks, and then agree on."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.models import Answer
from responses.models.recusal import AboutResponses

# Why two cannot agree any more.
EDITED = _("The author has changed this answer since it was marked. Both coders mark it once more.")
FASTER = _("Somebody else has agreed on this answer a moment before. Nothing was changed.")


class CodingPlanManager(models.Manager):
    def current(self):
        return self.filter(pk=1).first() or CodingPlan(pk=1)


class CodingPlan(models.Model):
    """How many of the answers two coders read, each without seeing the other's marks: one row."""

    share = models.PositiveSmallIntegerField(
        _("percent of the answers that two coders mark"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "They are drawn when the first coder begins with an answer. Until the two agree, no reader sees the marks. "
            "So it needs at least two coders. Another number concerns only answers that nobody has begun with: what is "
            "in the sample stays in it."
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

    def takes(self, answer) -> bool:
        """Whether an answer belongs to the sample. A larger share takes in all that a smaller one does."""
        return int(sha256_of(f"shared sample {answer.pk}")[:8], 16) % 100 < self.share


def _coded_by(user):
    return models.Q(first_coder=user) | models.Q(second_coder=user)


class SharedAnswerQuerySet(AboutResponses):
    to_response = "answer__response"

    def open(self):
        return self.filter(agreed_at=None)

    def has(self, path):
        """Whether the answer at a path of another queryset is one of these."""
        return models.Exists(self.filter(answer=models.OuterRef(path)))

    def half_read(self):
        """Those that one coder is done with, and a second one is not."""
        return self.open().filter(first_finished_at__isnull=False, both_finished_at__isnull=True)

    def not_first_read_by(self, user):
        """Of `half_read()`, what waits for somebody: not what they were the first to be done with."""
        return self.exclude(first_coder=user)

    def to_agree_on(self):
        """Those that two coders have read differently, the one that waits longest first."""
        return self.open().filter(both_finished_at__isnull=False).order_by("both_finished_at", "pk")

    def agreeable_by(self, user):
        """Those that somebody may agree on: their coders, and organizers. Nobody else sees both readings before."""
        return self if user.has_perm("outcomes.moderate_evidence") else self.filter(_coded_by(user))

    def readable_by(self, user):
        """Of what two coders are done with: what is agreed on, and what they may agree on. They see both readings."""
        read = self.filter(both_finished_at__isnull=False)
        agreed = models.Q(agreed_at__isnull=False)
        return read if user.has_perm("outcomes.moderate_evidence") else read.filter(agreed | _coded_by(user))

    def codes(self) -> set[str]:
        """The codes of their responses."""
        return set(self.values_list("answer__response__code", flat=True))

    def follow_change(self):
        for shared in self.open().select_related("answer"):
            shared.keep_finished()
            shared.save(update_fields=["first_finished_at", "first_coder", "both_finished_at", "second_coder"])

    def draw(self, answer):
        """The row of an answer in the shared sample, or None if it is not in it.

        It enters the sample when the first coder begins with it, if the share says so. What anybody has marked or
        finished before stays outside for good. Call it with the answer locked, before the mark or the coding is stored.
        """
        if found := self.filter(answer=answer).first():
            found.answer = answer
            return found
        if not CodingPlan.objects.current().takes(answer) or answer.response.is_sample:
            return None
        is_begun = answer.evidence.exists() or answer.codings.exists()
        return None if is_begun else self.create(answer=answer)

    def check_not_decided(self, answer):
        """Raises ValidationError if two coders are done with an answer and still have to agree on it.

        Until then it has no more marks, and loses none: what the two have found is compared.
        """
        shared = self.open().select_related("answer").filter(answer=answer).first()
        if shared and len(shared.readings()) == 2:
            raise ValidationError(
                _("Two coders are done with this answer. Its marks can be changed again when they have agreed on them.")
            )


class Choice(models.TextChoices):
    """What two coders, or an organizer, decide where they have read an answer differently."""

    FIRST = "first", _("Reading 1")
    SECOND = "second", _("Reading 2")
    BOTH = "both", _("Both parts")
    NOTHING = "nothing", _("Nothing of it is in the answer")


@dataclass(frozen=True)
class Unit:
    """What two coders have found about one claim in one answer: for each a value, empty for nothing, and the marks."""

    claim: Any
    values: tuple[str, str]
    marks: tuple[list, list]

    @property
    def key(self) -> str:
        return self.claim.key

    @property
    def is_alike(self) -> bool:
        return self.values[0] == self.values[1]

    @property
    def choices(self) -> list[Choice]:
        return [each for each in Choice if each != Choice.BOTH or all(self.values)]

    def kept(self, choice) -> list:
        """The marks that stay after a choice."""
        first, second = self.marks
        return {Choice.FIRST: first, Choice.SECOND: second, Choice.BOTH: first + second, Choice.NOTHING: []}[choice]


class SharedAnswer(models.Model):
    """An answer of the shared sample: two coders mark it, and then agree.

    Until they have agreed, nobody but its coder sees a mark in it.
    """

    answer = models.OneToOneField(Answer, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="shared")
    drawn_at = models.DateTimeField(_("drawn at"), default=timezone.now, editable=False)
    # When the first coder was done, and who it is: it waits for another one since then. These two and the next two are
    # empty as long as the answer is not accepted, or reads otherwise than it did then: see `keep_finished`.
    first_finished_at = models.DateTimeField(null=True, editable=False)
    first_coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, editable=False
    )
    # When the second coder was done, and who it is.
    both_finished_at = models.DateTimeField(_("both were done at"), null=True, editable=False)
    second_coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, editable=False
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True, editable=False)
    # Empty if both had found the same from the beginning.
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
        indexes = [
            models.Index(fields=["answer"], condition=models.Q(agreed_at__isnull=True), name="answers_not_agreed_on"),
            models.Index(
                fields=["answer"],
                condition=models.Q(
                    first_finished_at__isnull=False, both_finished_at__isnull=True, agreed_at__isnull=True
                ),
                name="answers_half_read_by_answer",
            ),
            # With all that the numbers of what waits ask for, so that they need not visit the rows.
            models.Index(
                fields=["first_finished_at", "id", "answer", "first_coder"],
                condition=models.Q(
                    first_finished_at__isnull=False, both_finished_at__isnull=True, agreed_at__isnull=True
                ),
                name="answers_half_read",
            ),
            models.Index(
                fields=["both_finished_at", "id", "answer", "first_coder", "second_coder", "agreed_at"],
                condition=models.Q(both_finished_at__isnull=False, agreed_at__isnull=True),
                name="answers_to_agree_on",
            ),
            models.Index(
                fields=["-agreed_at", "-id", "answer", "both_finished_at"],
                condition=models.Q(agreed_at__isnull=False),
                name="answers_agreed_on",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_at__isnull=True) | models.Q(both_finished_at__isnull=False),
                name="agreed_after_both_were_done",
            )
        ]

    def __str__(self):
        return str(self.answer)

    @property
    def response(self):
        return self.answer.response

    @property
    def is_agreed(self):
        return self.agreed_at is not None

    def readings(self) -> list:
        """The codings of its answer as it reads now, two at most, in an order that tells nothing of who made them."""
        # Ids are random.
        return list(self.answer.codings.filter(of_text=self.answer.fingerprint).order_by("pk")[:2])

    def units(self) -> list[Unit]:
        """Of all claims that either coder has marked, the problems first. Empty unless both are done."""
        readings = self.readings()
        if len(readings) < 2:
            return []
        values = [each.found() for each in readings]
        marks = self.answer.evidence.select_related("problem", "solution", "answer__response").order_by("start", "pk")
        wordings = marks.with_wordings()
        claims = sorted({*values[0], *values[1]}, key=lambda claim: (claim.kind(), claim.position, claim.pk))

        def own(number, claim):
            return readings[number].own(wordings, claim, values[number].get(claim))

        return [
            Unit(
                claim,
                (values[0].get(claim, ""), values[1].get(claim, "")),
                (own(0, claim), own(1, claim)),
            )
            for claim in claims
        ]

    def fingerprint(self, units) -> str:
        """Changes with the words of the answer, and with what either coder has found in it. units: its `units()`."""
        found = [(unit.key, unit.values, [[mark.pk for mark in marks] for marks in unit.marks]) for unit in units]
        return sha256_of(f"{self.answer.fingerprint} {found}")

    def keep_finished(self):
        """Keep who is done with its answer as it is now: for the lists and numbers of what waits. Not stored yet.

        If its author has put back the words that somebody was done with, nobody is: marks may have changed in between.
        """
        readings = self._in_order() if self.answer.accepted_on else []
        if not self.answer.is_coded:
            for each in readings:
                each.delete()
            readings = []
        self._keep(readings)

    def _in_order(self) -> list:
        """Its `readings()`, as they were finished."""
        return sorted(self.readings(), key=lambda each: each.finished_at)

    def _keep(self, in_order):
        first = in_order[0] if in_order else None
        self.first_finished_at = first and first.finished_at
        self.first_coder_id = first and first.coder_id
        second = in_order[1] if len(in_order) == 2 else None
        self.both_finished_at = second and second.finished_at
        self.second_coder_id = second and second.coder_id

    def conclude(self):
        """A coder is done. Once two are: agree at once if both have found the same.

        Call it with the answer locked.
        """
        readings = self._in_order()
        self._keep(readings)
        for each in readings:
            # Whoever is done first can still change their marks until the other one is done too. Of somebody whose
            # account is gone, only what they had found then is known.
            if each.coder_id:
                each.keep_found()
        if readings[1:] and all(unit.is_alike for unit in self.units()):
            self._settle(by=None)
        self.save()

    @transaction.atomic
    def agree(self, decisions, *, by, seen):
        """Decide together what is in the answer. Then its marks are those of any other answer.

        decisions: {key of a unit: (choice, why)}, for each unit in which the two differ. seen: the fingerprint of what
        the page showed. The marks that are not chosen are taken back. Raises ValidationError, and changes nothing, if
        the answer or a claim is gone, if the answer was edited, if somebody was faster, or if a decision is missing.
        """
        # Whoever agrees, edits or withdraws at this moment waits, or is waited for.
        answer = Answer.objects.select_for_update().filter(pk=self.answer_id).first()
        now = type(self).objects.filter(pk=self.pk).first()
        if answer is None or now is None:
            raise ValidationError(_("The author has just withdrawn this answer."))
        if now.is_agreed:
            raise ValidationError(FASTER)
        now.answer = answer
        if len(now.readings()) < 2:
            raise ValidationError(EDITED)
        units = now.units()
        if now.fingerprint(units) != seen:
            raise ValidationError(_("What the two have found has changed since you opened this page. Look once more."))
        differing = [unit for unit in units if not unit.is_alike]
        if any(unit.key not in decisions or decisions[unit.key][0] not in unit.choices for unit in differing):
            raise ValidationError(_("Decide about each problem and solution in which the two differ."))
        # Before the marks: whoever rewords a claim locks it first, and then its marks. Several, in this order.
        locked = {}
        for unit in sorted(differing, key=lambda unit: (unit.claim.kind(), unit.claim.pk)):
            locked[unit.key] = unit.claim.locked()
        for unit in differing:
            choice, why = decisions[unit.key]
            kept = unit.kept(choice)
            for mark in (*unit.marks[0], *unit.marks[1]):
                if mark not in kept:
                    mark.delete()
            stances = {mark.stance for mark in kept}
            value = "mixed" if len(stances) > 1 else "".join(stances)
            why = answer.response.without_hidden_words(why)
            now.decisions.create(**{unit.claim.kind(): locked[unit.key]}, value=value, note=why, decided_by=by)
        now._settle(by=by)
        now.save()
        self.refresh_from_db()

    def _settle(self, *, by):
        """Somebody who had begun, and was not one of the two, has no part in what they agreed on."""
        coders = [each.coder_id for each in self.readings()]
        known = models.Q(coder__in=[each for each in coders if each])
        theirs = known | models.Q(coder=None) if None in coders else known
        self.answer.evidence.exclude(theirs).delete()
        self.answer.evidence.update(is_settled=True)
        self.agreed_at, self.agreed_by = timezone.now(), by
