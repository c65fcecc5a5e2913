from typing import Any

from django.conf import settings
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from responses.languages.passages import CONTEXT
from responses.models import Answer, Translation
from responses.validators import not_blank

from .marked_words import MarkedWords, confirmed_on_the_same_words, language_of_wording, stands_in
from .of_claim import OfClaim
from .older_words import OfOlderWords
from .problem import Problem
from .shared_sample import SharedAnswer
from .solution import Solution
from .stance import STANCE_LABELS, Stance

# The people behind the wording of a mark, as in `Translation.objects.with_credit()`.
_CREDITED = ("translation__translator__as_translator", "translation__reviewer__as_translator")
# Where a mark was made. Offsets alone do not tell marks apart: an edit may have moved the words of one elsewhere.
PLACE = ("start", "end", "before", "after")
# How a list of changed fields begins in the log. Nobody writes so.
_NOTED_BY_DJANGO = '[{"changed": {"fields": ['
# What the log says, in place of a reason, of a mark that a merge has taken away.
BECAME_ONE = gettext_noop(
    "It became one with an earlier mark of the same coder on some of the same words: two problems or solutions were "
    "merged."
)


def log_of_marks():
    """What the admin's log has about marks, also about those that are gone."""
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Evidence))


def log_with_reasons():
    """That of it which says in own words why a mark was changed or taken back. These words are kept nowhere else."""
    entries = log_of_marks().filter(action_flag__in=[CHANGE, DELETION]).exclude(change_message="")
    return entries.exclude(change_message__startswith=_NOTED_BY_DJANGO)


class OverlapError(ValidationError):
    """A coder marks words that they have marked for the same claim before. there: that mark. passage: the new words."""

    def __init__(self, there, passage):
        super().__init__(
            _(
                "You have already marked words in this place for the same problem or solution. Take that mark back "
                "first, or choose other words."
            ),
            code="overlap",
        )
        self.there, self.passage = there, passage


class EvidenceQuerySet(OfOlderWords):
    to_response = "answer__response"

    def settled(self):
        """All but those in answers of the shared sample that their two coders have not agreed on yet."""
        return self.filter(is_settled=True)

    def visible_to(self, user):
        """What somebody at a desk may know of: settled marks, and their own."""
        return self.filter(models.Q(is_settled=True) | models.Q(coder=user))

    def with_settled_at(self):
        """Each with the moment from which on others could see it: when it was made, or when two coders had agreed."""
        agreed = models.F("answer__shared__agreed_at")
        return self.annotate(settled_at=Coalesce(Greatest(agreed, "created_at"), "created_at"))

    def follow_mask(self, masking):
        marks = list(self.select_related("translation"))
        taken = {mark.own_place for mark in marks}
        for mark in marks:
            taken.discard(mark.own_place)
            mark.hide_as_in(masking)
            # Two marks of a coder may have differed only in words around them that are hidden now.
            while (place := mark.own_place) in taken:
                mark.before, mark.after = mark.before[1:], mark.after[: None if mark.before else -1]
            taken.add(place)
            mark.save(update_fields=["quote", "before", "after", "note"])
        for entry in log_with_reasons().filter(object_repr__startswith=f"{masking.response}/"):
            reason = masking.without_words(entry.change_message)
            LogEntry.objects.filter(pk=entry.pk).update(change_message=reason)

    def follow_withdrawal(self, response):
        # The reasons are about words that are gone. That a mark was there, and who took it back, stays.
        log_with_reasons().filter(object_repr__startswith=f"{response}/").update(change_message="")

    def of(self, claim):
        return self.filter(**{claim.kind(): claim})

    def found(self):
        """Marks whose words are still in the wording that they were marked in, as `Evidence.passage` looks for them."""
        today = timezone.localdate()
        reviewed = Translation.objects.reviewed().live().exclude(language=models.OuterRef("answer__response__language"))
        standing = reviewed.filter(
            stands_in("text", models.OuterRef),
            answer=models.OuterRef("answer"),
            language=models.OuterRef("translation__language"),
            source_text=models.OuterRef("answer__text"),
        )
        were_public = models.Q(
            translation__public_on__lte=today, translation__source_text=models.F("answer__text")
        ) & models.Exists(standing)
        are_public = models.Exists(standing.filter(public_on__lte=today))
        in_original = models.Q(translation__isnull=True) & stands_in("answer__text")
        return self.filter(in_original | models.Q(translation__isnull=False) & (were_public | are_public))

    def lost(self):
        return self.exclude(models.Exists(self.model.objects.found().filter(pk=models.OuterRef("pk"))))

    def keep_lost(self, on=None):
        """Store which of these marks are lost, and since when; a mark that is found again is so no more.

        `is_lost` compares texts. Lists and numbers of what waits are made of what is kept here. On the day on which a
        translation becomes public, housekeeping brings it up to date. While an author's change waits for review, its
        marks are at no desk of coders.
        """
        lost = self.model.objects.lost().filter(answer__accepted_on__isnull=False).values("pk")
        self.filter(lost_on=None, pk__in=lost).update(lost_on=on or timezone.localdate())
        self.edited_away().exclude(pk__in=lost).update(lost_on=None)

    def follow_change(self):
        # Their keys first: so the texts of these few are compared, and of no others.
        if marks := list(self.values_list("pk", flat=True)):
            self.model.objects.filter(pk__in=marks).keep_lost()
            self.model.objects.filter(pk__in=marks).keep_reworded()

    def to_look_at_by(self, user):
        """Marks that were edited away and that somebody may take back: organizers anybody's, coders their own."""
        lost = self.visible_to(user).edited_away()
        return lost if user.has_perm("outcomes.moderate_evidence") else lost.filter(coder=user)

    def edited_away(self):
        """Marks that are lost, as `keep_lost` has stored it."""
        return self.exclude(lost_on=None)

    def examples(self):
        """What organizers have chosen for the codebook, as far as readers may see it."""
        return self.filter(is_example=True).published()

    def published(self):
        of_problem = models.Q(problem__in=Problem.objects.published())
        of_solution = models.Q(solution__in=Solution.objects.published())
        return self.settled().found().filter(of_problem | of_solution, answer__in=Answer.objects.published())

    def to_export(self, answers=None):
        """What leaves in files for organizers: marks in published answers that stand, for unpublished claims too.

        None of an open answer of the shared sample: its coders must not read each other's. answers: some that were just
        found to be published; a database that looks for all of them with each batch of a file takes hours.
        """
        return self.settled().found().filter(answer__in=Answer.objects.published() if answers is None else answers)

    def once(self):
        """Of marks on the same words, with the same stance towards the same claim, the earliest only.

        Two coders may mark one passage. It is said once all the same, so readers see it once. Passages that were marked
        in two wordings are the same, once somebody has confirmed where they stand in one of both, or in a third.
        """
        same_words = {name: models.OuterRef(name) for name in (*PLACE, "quote")}
        same = {name: models.OuterRef(name) for name in ("answer", "stance")}
        # One of the two is NULL, and NULL is equal to nothing.
        same_claim = models.Q(problem=models.OuterRef("problem")) | models.Q(solution=models.OuterRef("solution"))
        wording = language_of_wording()
        same_moment = models.Q(created_at=models.OuterRef("created_at"), pk__lt=models.OuterRef("pk"))
        earlier = self.model.objects.alias(wording=wording).filter(
            same_claim,
            models.Q(created_at__lt=models.OuterRef("created_at")) | same_moment,
            # Nobody sees what is edited away.
            lost_on=None,
            **same,
        )
        marked_again = earlier.filter(**same_words, wording=models.OuterRef("wording"))
        found = self.alias(wording=wording).exclude(models.Exists(marked_again))
        for elsewhere in confirmed_on_the_same_words(earlier):
            found = found.exclude(models.Exists(elsewhere))
        return found

    def with_wordings(self):
        """As a list, with all that `passage` and the credit line need, but for the answer."""
        found = list(self.select_related(*_CREDITED, "translation__answer__response"))
        replaced = [mark for mark in found if mark.translation and not mark.translation.is_reviewed]
        if replaced:
            present = Translation.objects.reviewed().filter(answer__in={mark.answer_id for mark in replaced})
            rows = present.with_credit().select_related("answer__response")
            by_wording = {(each.answer_id, each.language): each for each in rows}
            for mark in replaced:
                mark.present_translation = by_wording.get((mark.answer_id, mark.translation.language))
        return found

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def after(self, mark):
        """What follows a mark in `newest_first()`."""
        same_moment = models.Q(created_at=mark.created_at, pk__lt=mark.pk)
        return self.filter(models.Q(created_at__lt=mark.created_at) | same_moment)

    @transaction.atomic
    def mark(self, claim, answer, passage, *, stance, coder, translation=None, note="", read=None):
        """Mark a passage as evidence for a problem or a solution. note: for other coders, never public.

        read: the revision of the claim that the coder has read, or None for the present one. If the claim was reworded
        since, the mark waits to be looked at again. The mark is widened to whole letters. Raises OverlapError if the
        same coder has marked some of its words for the claim before, and ValidationError if the answer, the translation
        or the claim is gone.
        """
        # If the author withdraws at this moment, or the coder presses the button twice, one of the two waits.
        now = Answer.objects.select_for_update().filter(pk=answer.pk).first()
        if now is None:
            raise ValidationError(_("The author has just withdrawn this answer."))
        claim = claim.locked()
        shared = SharedAnswer.objects.draw(now)
        SharedAnswer.objects.check_not_decided(now)
        passage = passage.whole
        wording = Translation.objects.filter(pk=translation.pk).first() if translation else now
        if wording is None or (now.masks.exists() and passage.text != wording.text):
            # Words were hidden since the coder has opened it, and must not be copied.
            raise ValidationError(_("The answer has changed since you opened it. Read it again, then mark it."))
        # Marks are compared in the text as it reads now; the form may have read it before an edit.
        language = translation.language if translation else None
        of_claim = self.of(claim).filter(answer=answer, translation__language=language)
        there = of_claim.select_related("answer__response").with_wordings()
        # A mark on the same words may be older than an edit. Made at its place, `once` can tell that they are the same.
        place = next((each for each in there if each.passage == passage), passage)
        mark = self.model(
            answer=now,
            translation=translation,
            coder=coder,
            stance=stance,
            claim_revision=claim.revision_read(read),
            is_settled=shared is None or shared.is_agreed,
            note=now.response.without_hidden_words(note),
            **{claim.kind(): claim},
            **{name: getattr(place, name) for name in (*PLACE, "quote")},
        )
        for each in there:
            if coder is not None and each.coder_id == coder.pk and mark.is_in_the_way_of(each):
                raise OverlapError(each, passage)
        mark.answer = answer
        mark.save(force_insert=True)
        self.filter(pk=mark.pk).keep_older()
        return mark

    @transaction.atomic
    def propose(self, kind, title, answer, passage, **how):
        """Mark a passage as evidence for a new claim, which is not public before organizers have worded it.

        kind: Problem or Solution. title: a working title. how: as for `mark`, which may refuse it; then no claim is
        made either.
        """
        # Whoever presses the button twice waits here, and finds the first claim.
        Answer.objects.select_for_update().filter(pk=answer.pk).first()
        return self.mark(kind.objects.propose(title), answer, passage, **how)


# Of the keys of both kinds of claims. Indexes of the table begin with them.
_KEY: Any = {"on_delete": models.PROTECT, "related_name": "evidence", "null": True, "blank": True, "db_index": False}


class Evidence(MarkedWords, OfClaim):
    """A coder's mark: this passage of this answer speaks to this problem or solution, with a stance."""

    Stance = Stance

    # Exactly one of these two.
    problem = models.ForeignKey(Problem, verbose_name=_("problem"), **_KEY)
    solution = models.ForeignKey(Solution, verbose_name=_("solution"), **_KEY)
    claim_revision = models.PositiveIntegerField(_("revision of the problem or solution"), default=1)
    answer = models.ForeignKey(Answer, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="evidence")
    # The translation that it was marked in; empty if it was marked in the original.
    translation = models.ForeignKey(
        Translation,
        verbose_name=_("marked in the translation"),
        on_delete=models.RESTRICT,
        related_name="evidence",
        null=True,
        blank=True,
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("passage"))
    before = models.CharField(_("before it"), max_length=CONTEXT, blank=True)
    after = models.CharField(_("after it"), max_length=CONTEXT, blank=True)
    stance = models.CharField(_("stance"), max_length=12, choices=Stance)
    note = models.TextField(_("note for other coders"), blank=True)
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coder"),
        on_delete=models.SET_NULL,
        related_name="evidence",
        null=True,
    )
    created_at = models.DateTimeField(_("marked at"), default=timezone.now, editable=False)
    is_example = models.BooleanField(_("an example in the codebook"), default=False)
    # Since when its words stand nowhere any more: `is_lost`, kept for the list of what waits.
    lost_on = models.DateField(null=True, editable=False)
    # Kept for indexes: whether its answer is no open one of the shared sample; whether its claim was reworded since.
    is_settled = models.BooleanField(default=True, editable=False)
    is_of_older_words = models.BooleanField(default=False, editable=False)
    # Since when it waits to be looked at again, because its claim was reworded: see `keep_reworded`.
    reworded_on = models.DateField(null=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        permissions = [("moderate_evidence", "Can take back somebody else's mark")]
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=[kind, "-created_at", "-id", "is_settled", "coder", "answer"], name=f"evidence_of_{kind}_newest"
            )
            for kind in STANCE_LABELS
        ] + [
            *(
                models.Index(fields=[kind], condition=models.Q(is_settled=True), name=f"settled_marks_of_a_{kind}")
                for kind in STANCE_LABELS
            ),
            models.Index(fields=["-created_at", "-id"], name="evidence_newest"),
            models.Index(fields=["stance", "-created_at", "-id"], name="evidence_of_a_stance_newest"),
            models.Index(fields=["id"], condition=models.Q(is_example=True), name="examples_in_the_codebook"),
            models.Index(
                fields=["-created_at", "-id", "is_settled", "coder", "answer"],
                condition=models.Q(is_of_older_words=True),
                name="evidence_older",
            ),
            models.Index(
                fields=["lost_on", "id", "answer", "is_settled", "coder"],
                condition=models.Q(lost_on__isnull=False),
                name="marks_edited_away",
            ),
            models.Index(
                fields=["coder", "lost_on", "id", "answer", "is_settled"],
                condition=models.Q(lost_on__isnull=False),
                name="marks_of_a_coder_edited_away",
            ),
            models.Index(
                fields=["reworded_on", "id", "answer", "is_settled", "lost_on", "coder"],
                condition=models.Q(reworded_on__isnull=False),
                name="marks_reworded",
            ),
            models.Index(
                fields=["coder", "reworded_on", "id", "answer", "is_settled", "lost_on"],
                condition=models.Q(reworded_on__isnull=False),
                name="marks_of_a_coder_reworded",
            ),
        ]
        constraints = [
            *OfClaim.Meta.constraints,
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="evidence_ends_after_its_start"),
            models.CheckConstraint(condition=not_blank("quote"), name="evidence_quotes_words"),
            models.CheckConstraint(condition=models.Q(stance__in=Stance.values), name="evidence_stance_is_known"),
            models.CheckConstraint(
                condition=models.Q(reworded_on__isnull=True) | models.Q(is_of_older_words=True),
                name="only_marks_of_older_words_wait",
            ),
            # `mark` refuses whatever overlaps. An edit may have moved the words of a mark from this place. No index has
            # the passage itself: it may be too long, and PostgreSQL would keep samples of a part of it.
            *(
                models.UniqueConstraint(
                    fields=[kind, "answer", *PLACE, "coder"],
                    condition=models.Q(translation__isnull=True),
                    name=f"one_mark_a_coder_for_a_{kind}_in_the_original",
                )
                for kind in STANCE_LABELS
            ),
            *(
                models.UniqueConstraint(
                    fields=[kind, "answer", "translation", *PLACE, "coder"],
                    condition=models.Q(translation__isnull=False),
                    name=f"one_mark_a_coder_for_a_{kind}_in_a_translation",
                )
                for kind in STANCE_LABELS
            ),
        ]

    def __str__(self):
        # Never the quote: this ends up in the admin's log.
        return f"{self.log_prefix(self.answer)}{self.claim.slug}"

    @staticmethod
    def is_reason(logged: str) -> bool:
        """Whether a message in the log of marks is in somebody's own words."""
        return not logged.startswith(_NOTED_BY_DJANGO) and logged != BECAME_ONE

    @staticmethod
    def log_prefix(answer) -> str:
        """How the names of all marks of an answer begin in the admin's log, where they outlive the marks."""
        return f"{answer} → "

    @property
    def stance_label(self):
        """The stance, as it is said of the claim that the mark is for."""
        return STANCE_LABELS[self.claim.kind()][Stance(self.stance)]

    @property
    def own_place(self):
        """Equal in no two marks: what the constraints of the table compare."""
        return (self.problem_id, self.solution_id, self.translation_id, self.coder_id or -self.pk) + tuple(
            getattr(self, name) for name in PLACE
        )

    def is_in_the_way_of(self, other: "Evidence") -> bool:
        """Whether both are on some of the same words as they stand now, or were made at the very same place."""
        mine, theirs = ((mark.translation, *(getattr(mark, name) for name in PLACE)) for mark in (self, other))
        return mine == theirs or bool(self.passage and other.passage and self.passage.overlaps(other.passage))

    @property
    def state(self) -> str:
        """What it says, and of which revision. Who looks at it again sends it back."""
        return f"{self.claim.key}/{self.claim_revision}/{self.stance}"

    @transaction.atomic
    def change(self, *, claim, stance, note, seen=None, read=None):
        """Say something else of the same words: another claim, another stance, another note. seen: its `state`, if it
        may not have changed since.

        read: the revision of another claim that somebody has read, as for `mark`. Raises ValidationError if claim or
        stance of a quoted mark would change, or if the mark or the claim is gone; OverlapError if its coder has marked
        some of its words for the other claim already.
        """
        self._check_standing(seen)
        # Nobody merges it with another one at this moment.
        claim = claim.locked()
        if (claim, stance) != (self.claim, self.stance):
            self._check_not_quoted(
                _(
                    "This passage is quoted beside a clause. Before its mark can say something else, an organizer has "
                    "to delete the quotation."
                )
            )
        told = ["stance", "note"]
        if claim != self.claim:
            self._check_free(claim)
            self.problem, self.solution = None, None
            setattr(self, claim.kind(), claim)
            self.is_example = False
            told += ["problem", "solution", "is_example", *self._take_revision(claim, read)]
        self.stance, self.note = stance, self.answer.response.without_hidden_words(note)
        self.save(update_fields=told)
        type(self).objects.filter(pk=self.pk).keep_older()

    @transaction.atomic
    def still_right(self, *, seen, claim_seen):
        """Somebody has looked at it again: it holds for its claim as that reads now.

        seen: its `state`; claim_seen: the `fingerprint` of its claim. Raises ValidationError if either has changed
        since, or if the mark or the claim is gone.
        """
        self._check_standing(seen)
        claim = self.claim.locked()
        if claim.fingerprint != claim_seen:
            raise ValidationError(
                _("It was reworded once more since you opened this page. Read it again, then decide.")
            )
        self.save(update_fields=self._take_revision(claim))

    def _take_revision(self, claim, read=None) -> list[str]:
        self.claim_revision, self.is_of_older_words, self.reworded_on = claim.revision_read(read), False, None
        return ["claim_revision", "is_of_older_words", "reworded_on"]

    @transaction.atomic
    def take_back(self, *, seen=None):
        """Remove the mark. Raises ValidationError if it is gone, or not in the state that was `seen` any more.

        And if it is quoted: that has to be taken back first, knowingly.
        """
        self._check_standing(seen)
        self._check_not_quoted(
            _(
                "This passage is quoted beside a clause. Before the mark is taken back, an organizer has to delete the "
                "quotation."
            )
        )
        self.delete()

    def choose_as_example(self, is_example: bool = True):
        """Show it in the codebook, or no longer. Raises ValidationError if readers do not see it."""
        seen_by_readers = Evidence.objects.published().filter(pk=self.pk)
        if is_example and not seen_by_readers.exists():
            raise ValidationError(_("Only a passage that readers see can be an example."))
        Evidence.objects.filter(pk=self.pk).update(is_example=is_example)

    def _check_standing(self, seen=None):
        """Until the transaction ends, nobody quotes the mark, takes it back or changes its words."""
        now = Answer.objects.select_for_update().filter(pk=self.answer_id).first()
        mark = Evidence.objects.select_related("problem", "solution").filter(pk=self.pk).first()
        if now is None or mark is None:
            raise ValidationError(_("The mark was taken back."))
        if seen is not None and mark.state != seen:
            raise ValidationError(_("Somebody else has changed this mark, or looked at it again, meanwhile."))
        SharedAnswer.objects.check_not_decided(now)

    def _check_not_quoted(self, refusal):
        if self.quotations.exists():
            raise ValidationError(refusal)

    def _check_free(self, claim):
        if self.coder_id is None:
            return
        theirs = Evidence.objects.of(claim).filter(answer=self.answer, coder=self.coder_id).exclude(pk=self.pk)
        language = self.translation.language if self.translation else None
        there = theirs.filter(translation__language=language).select_related("answer__response")
        for each in there.with_wordings():
            if self.is_in_the_way_of(each):
                raise OverlapError(each, self.passage)
