"""Two problems, or two solutions, that mean the same become one."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from responses.access.keys import sha256_of
from responses.models import Answer
from responses.organizer_texts import SOURCE

from .asking import Asking
from .claim import CLAIM_GONE
from .coding import CodedValue, JointDecision, Value
from .evidence import Evidence
from .of_claim import OfClaim
from .problem import Problem
from .shared_sample import SharedAnswer

# The revision of a mark that was made under older words of a claim that was merged into its present one.
MERGED_REVISION = 0


def both(gone, into) -> str:
    """Changes with the words of either."""
    return sha256_of(gone.fingerprint + into.fingerprint)


@dataclass(frozen=True)
class Moves:
    """What would move with a claim. Marks that their two coders have not agreed on yet are not among the numbers."""

    marks: int
    older: int
    quotations: int
    examples: int
    clauses: int
    connected: int  # the solutions of a problem, or the problems of a solution
    topics: int
    statements: int  # those that it has led to
    askings: int


class MergeQuerySet(models.QuerySet):
    def of(self, kind, old_id):
        """The merge in which the problem or solution with this id went, if it did."""
        return self.filter(old_id=old_id, **{f"{kind.kind()}__isnull": False}).first()

    def why_gone(self, kind, old_id) -> str:
        """For somebody who has its page open."""
        merge = self.of(kind, old_id)
        return merge.told if merge else str(CLAIM_GONE)

    def moves(self, gone) -> Moves:
        marks = gone.evidence.settled()
        is_problem = isinstance(gone, Problem)
        return Moves(
            marks=marks.count(),
            older=marks.filter(is_of_older_words=True).count(),
            quotations=marks.exclude(quotations=None).count(),
            examples=marks.filter(is_example=True).count(),
            clauses=gone.clauses.count() if is_problem else 0,
            connected=(gone.solutions if is_problem else gone.problems).count(),
            topics=gone.topics.count() if is_problem else 0,
            statements=gone.statements_behind.count(),
            askings=gone.askings.count(),
        )

    def check_mergeable(self, gone, into):
        """Raises ValidationError if the two can never be merged."""
        if type(gone) is not type(into):
            raise ValidationError(
                _("A problem can be merged only with a problem, and a solution only with a solution.")
            )
        if gone == into:
            raise ValidationError(_("Choose another one: nothing can be merged with itself."))

    @transaction.atomic
    def merge(self, gone, into, *, by, seen=None):
        """All that belongs to a claim belongs to another one of its kind from now on, and the claim is gone.

        Marks stay as they were made, and of two marks of one coder on some of the same words the earliest only. Those
        that were made under the present words hold for the present words of the other claim; those of older words still
        wait to be looked at. What coders had found about either counts as found about the one. The merge keeps the
        words, and has `became_one`: the marks that are gone.

        seen: `both` of the two, if they may not have been reworded since. Raises ValidationError and changes nothing if
        they cannot be merged, if either is gone or reworded, if authors are being asked about the one that would go, or
        if a passage that is quoted would say something else.
        """
        self.check_mergeable(gone, into)
        # Everybody who codes locks the answer first, and locks several in this order.
        known = {answer.pk for answer in _coded_answers(gone).select_for_update().only("pk")}
        gone, into = self._locked(gone, into)
        if seen is not None and seen != both(gone, into):
            raise ValidationError(_("One of the two was reworded since you opened this page. Read both again."))
        Asking.objects.check_deletable(gone)
        if not set(_coded_answers(gone).values_list("pk", flat=True)) <= known:
            raise ValidationError(
                _("Somebody has marked something for it at this moment. Nothing was changed: try again.")
            )
        decided = _decided(gone, into)
        became_one = _make_one(gone, into, by)
        own = {gone.kind(): gone}
        other = {gone.kind(): into}
        _move_marks(gone, into)
        _move_values(own, other)
        _move_decisions(own, other, decided)
        _move_links(gone, into)
        merge = self.create(
            **other,
            old_id=gone.pk,
            slug=gone.slug,
            revision=gone.revision,
            words=gone._wording(),
            earlier=[
                {"number": each.number, "words": each.words, "at": each.replaced_at.isoformat()}
                for each in gone.revisions.all()
            ],
            merged_by=by,
        )
        gone.delete()
        merge.became_one = became_one
        return merge

    def _locked(self, gone, into):
        """Both, as they are stored now. Two organizers who merge them in either direction wait for each other."""
        kind = type(gone)
        rows = kind.objects.select_for_update(no_key=True).filter(pk__in=[gone.pk, into.pk]).order_by("pk")
        found = {row.pk: row for row in rows}
        for each in (gone, into):
            if each.pk not in found:
                raise ValidationError(self.why_gone(kind, each.pk))
        return found[gone.pk], found[into.pk]


class Merge(OfClaim):
    """A problem or solution that became one with this one, with the words that it had."""

    became_one: list[Evidence]

    # Whoever has its page open still asks for it.
    old_id = models.BigIntegerField(editable=False)
    slug = models.SlugField(_("slug"))
    revision = models.PositiveIntegerField(_("revision"))
    # {column: text}, in all languages of the interface.
    words = models.JSONField(_("words"))
    # [{"number", "words", "at": until when it read so}] of its revisions, the latest first.
    earlier = models.JSONField(default=list)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("merged by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    merged_at = models.DateTimeField(_("merged at"), default=timezone.now, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            *OfClaim.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=["old_id"],
                    condition=models.Q(**{f"{kind}__isnull": False}),
                    name=f"a_{kind}_is_merged_once",
                )
                for kind in ("problem", "solution")
            ),
        ]

    def __str__(self):
        return f"{self.slug} → {self.claim.slug}"

    @property
    def title(self) -> str:
        return str(self.words.get(build_localized_fieldname("title", SOURCE), self.slug))

    @property
    def told(self) -> str:
        """For somebody who has its page open."""
        sentence = _("An organizer has merged “%(gone)s” into “%(claim)s” meanwhile. Nothing was changed.")
        return sentence % {"gone": self.title, "claim": self.claim.title}


def _of(model, claim):
    return model.objects.filter(**{claim.kind(): claim})


def _coded_answers(claim):
    """The answers in which anybody has found something about a claim."""
    marked = Evidence.objects.of(claim).values("answer")
    found = _of(CodedValue, claim).values("coding__answer")
    decided = _of(JointDecision, claim).values("shared__answer")
    in_any = models.Q(pk__in=marked) | models.Q(pk__in=found) | models.Q(pk__in=decided)
    return Answer.objects.filter(in_any).order_by("pk")


def _make_one(gone, into, by) -> list[Evidence]:
    """Of the marks of a coder for both, on some of the same words, keep the earliest. Returns the others."""
    for_either = Evidence.objects.of(into).filter(answer__in=Evidence.objects.of(gone).values("answer"))
    marks = Evidence.objects.of(gone) | Evidence.objects.of(into)
    marks = marks.filter(answer__in=for_either.values("answer"), coder__isnull=False).order_by("created_at", "pk")
    kept: dict[tuple, list[Evidence]] = {}
    dropped = []
    for mark in marks.select_related("answer__response", "answer__question", "problem", "solution").with_wordings():
        beside = kept.setdefault((mark.answer_id, mark.coder_id, mark.wording_language), [])
        first = next((each for each in beside if mark.is_in_the_way_of(each)), None)
        if first is None:
            beside.append(mark)
            continue
        _take_over(first, mark, by)
        Evidence.objects.filter(pk=mark.pk).delete()
        dropped.append(mark)
    return dropped


def _take_over(first, mark, by):
    """What hangs on a mark hangs on the other one from now on."""
    says_the_same = (first.passage, first.quote, first.stance) == (mark.passage, mark.quote, mark.stance)
    if mark.quotations.exists() and not says_the_same:
        raise ValidationError(_in_the_way(mark, by))
    _take_over_quotations(first, mark)
    if first.passage == mark.passage:
        for place in mark.places.all():
            there = first.places.filter(translation=place.translation_id).first()
            # Whoever confirms again changes the place.
            if there is None or there.confirmed_at < place.confirmed_at:
                first.places.filter(translation=place.translation_id).delete()
                place.evidence = first
                place.save(update_fields=["evidence"])
    first.is_example = first.is_example or mark.is_example
    first.note = "\n".join(dict.fromkeys(filter(None, [first.note, mark.note])))
    first.save(update_fields=["is_example", "note"])


def _take_over_quotations(first, mark):
    """Beside a clause that quotes both, one of the two quotations stays: what its author has said is not lost.

    That which its author objects to, above all one with words of theirs. Otherwise, that which is public first: they
    have agreed, or have had more time to object to the same words in the same place.
    """
    there = {each.clause_id: each for each in first.quotations.all()}
    for quotation in mark.quotations.all():
        other = there.get(quotation.clause_id)
        if other is not None:
            kept, given_up = sorted((other, quotation), key=_told_by_author)
            given_up.delete()
            if kept == other:
                continue
        quotation.evidence = first
        quotation.save(update_fields=["evidence"])


def _told_by_author(quotation) -> tuple:
    day = quotation.objected_on or quotation.public_on
    return not quotation.is_objected_to, not quotation.objection, day is None, day, quotation.pk


def _in_the_way(mark, by) -> str:
    """Why a quoted mark cannot become one with another. Nobody is told of a response that they have put away."""
    if by is not None and Evidence.objects.filter(pk=mark.pk).recused_by(by).exists():
        said = _(
            "A passage is quoted beside a clause, and its coder has marked some of its words for the other one before. "
            "Ask another organizer to merge the two."
        )
    else:
        said = _(
            "%(mark)s: this passage is quoted beside a clause, and its coder has marked some of its words for the "
            "other one before. First, an organizer has to delete the quotation."
        )
    return str(said) % {"mark": mark}


def _move_marks(gone, into):
    to = {gone.kind(): into}
    Evidence.objects.of(gone).filter(is_of_older_words=True).update(claim_revision=MERGED_REVISION, **to)
    Evidence.objects.of(gone).update(claim_revision=into.revision, **to)


def _move_values(own, other):
    """What a coder had found about either, they had found about the one: if it was not the same, more than one."""
    for value in CodedValue.objects.filter(coding__values__in=CodedValue.objects.filter(**other), **own):
        there = CodedValue.objects.get(coding=value.coding_id, **other)
        if there.value != value.value:
            CodedValue.objects.filter(pk=there.pk).update(value=Value.MIXED)
        value.delete()
    CodedValue.objects.filter(**own).update(**other)


def _decided(gone, into) -> dict[int, str]:
    """{key of a shared answer: what is in it about the two together}, where coders have decided about either."""
    decisions = _of(JointDecision, gone) | _of(JointDecision, into)
    found = {}
    for shared in SharedAnswer.objects.filter(decisions__in=decisions).distinct().select_related("answer"):
        said = {each.claim: each.value for each in decisions.filter(shared=shared)}
        # About the other one they had found the same, so that nothing was decided.
        for coding in shared.readings()[:1]:
            said = {claim: value for claim, value in coding.found().items() if claim in (gone, into)} | said
        values = {value for value in said.values() if value}
        found[shared.pk] = Value.MIXED if len(values) > 1 else "".join(values)
    return found


def _move_decisions(own: dict[str, Any], other: dict[str, Any], decided: dict[int, str]):
    for decision in JointDecision.objects.filter(shared__decisions__in=JointDecision.objects.filter(**other), **own):
        there = JointDecision.objects.get(shared=decision.shared, **other)
        there.note = "\n".join(filter(None, [there.note, decision.note]))
        there.save(update_fields=["note"])
        decision.delete()
    JointDecision.objects.filter(**own).update(**other)
    for shared, value in decided.items():
        JointDecision.objects.filter(shared=shared, **other).update(value=value)


def _move_links(gone, into):
    """What else leads to a claim: clauses, topics, addresses, and claims of the other kind."""
    other = {gone.kind(): into}
    if isinstance(gone, Problem):
        into.clauses.add(*gone.clauses.all())
        into.solutions.add(*gone.solutions.all())
        gone.topics.update(problem=into)
    else:
        into.problems.add(*gone.problems.all())
    into.statements_behind.add(*gone.statements_behind.all())
    # What its authors answered stays theirs to read. It says nothing about the other one.
    gone.askings.update(is_of_gone=True, **other)
    gone.formerslugs.update(**other)
    gone.merges.update(**other)
    if gone.is_published or gone.read_revision:
        into.formerslugs.create(slug=gone.slug)
    # Whoever was done before either was there could not find it.
    into.made_at = min(gone.made_at, into.made_at)
    into.save(update_fields=["made_at"])
