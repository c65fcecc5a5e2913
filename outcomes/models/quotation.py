import json
import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.models import Answer
from responses.models.recusal import AboutResponses
from responses.models.sharing import ShownToAuthor

from .asked import REWORDED
from .evidence import Evidence
from .statement import CLAUSE_GONE, Clause, Statement


def _places(words, text):
    """Where words stand in a text, in places that do not overlap."""
    return [found.start() for found in re.finditer(re.escape(words), text)]


class QuotationQuerySet(AboutResponses):
    to_response = "evidence__answer__response"

    def follow_mask(self, masking):
        self.take_out(masking, of_author=["objection"])

    def published(self):
        return self.ready().filter(clause__statement__in=Statement.objects.published())

    def ready(self):
        """Those that readers see as soon as their version is published."""
        return self.filter(public_on__lte=timezone.localdate(), evidence__in=Evidence.objects.published())

    def left_behind_by(self, version):
        """Those beside the clauses that the clauses of a version come from, and not beside these.

        Without those that their authors object to.
        """
        there = Quotation.objects.filter(clause__earlier=models.OuterRef("clause"), clause__statement=version)
        found = self.filter(clause__later__statement=version, objected_on=None)
        found = found.filter(evidence__in=Evidence.objects.published())
        return found.exclude(models.Exists(there.filter(evidence=models.OuterRef("evidence"))))

    def ask_anew(self) -> int:
        """Their authors have their time to object once more, because other words stand beside theirs. Returns how many.

        Nobody is asked who objects already.
        """
        asked: Any = self.filter(objected_on=None).select_related("evidence__answer__response")
        for each in asked:
            day = Quotation.day_of_publishing(each.evidence.answer.response)
            # An author may object at this moment.
            asked.filter(pk=each.pk).update(public_on=day, quoted_at=timezone.now())
        return len(asked)

    def objected(self):
        """Those that their authors object to. They stay, hidden, until an organizer deletes them."""
        return self.exclude(objected_on=None)

    @transaction.atomic
    def quote(self, clause, evidence, *, by):
        """Quote a marked passage in a clause. It is public when its author has had time to object.

        Raises ValidationError if the passage was edited away or its mark taken back, if its author has objected to any
        of its words being quoted, or if they are quoted there already.
        """
        self.check_quotable(clause, evidence)
        return self.create(
            clause=clause,
            evidence=evidence,
            quoted_by=by,
            public_on=Quotation.day_of_publishing(evidence.answer.response),
        )

    def check_quotable(self, clause, evidence):
        """Raises ValidationError as `quote` does. Call it in a transaction: until that ends, it stays so."""
        # If the author objects, edits or withdraws at this moment, one of the two waits for the other.
        Answer.objects.select_for_update().filter(pk=evidence.answer_id).first()
        if not Clause.objects.select_for_update(no_key=True).filter(pk=clause.pk):
            raise ValidationError(CLAUSE_GONE)
        # Read again: the mark and its answer may have changed since.
        settled = Evidence.objects.settled().select_related("answer__response", "translation")
        now = settled.filter(pk=evidence.pk).first()
        passage = now.passage if now else None
        if passage is None:
            raise ValidationError(_("This passage was edited away; it cannot be quoted."))
        if any(objection.concerns(passage) for objection in evidence.answer.objections.all()):
            raise ValidationError(_("The author of this answer has objected to these words being quoted."))
        # Another coder may have marked the same words.
        there = self.filter(clause=clause, evidence__answer=evidence.answer_id).select_related("evidence__answer")
        if any(each.evidence.passage == passage for each in there):
            raise ValidationError(_("This passage is quoted in this clause already."))


class ObjectionQuerySet(AboutResponses):
    to_response = "answer__response"

    def follow_mask(self, masking):
        for each in self:
            in_original = each.language == masking.response.language
            wordings = masking.wordings(each.answer_id, None if in_original else each.language)
            length = len(each.quote)
            found = [now[place : place + length] for was, now in wordings for place in _places(each.quote, was)]
            if not found:
                hidden = masking.wording(each.answer_id, each.quote) if in_original else each.quote
                found = [masking.without_words(hidden)]
            each.objection = masking.without_words(each.objection)
            # The words may stand in several places, and be hidden in some of them.
            for each.quote in dict.fromkeys(found):
                each.save()
                each.pk, each._state.adding = None, True


class Objection(models.Model):
    """Words of an answer that its author does not want to be quoted.

    It outlives the quotation, the mark, the clause and the statement that they were quoted in. It goes with the answer.
    """

    answer = models.ForeignKey(Answer, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="objections")
    quote = models.TextField(_("passage"))
    language = models.CharField(_("language"), max_length=20)
    objected_on = models.DateField(_("the author objected on"))
    objection = models.TextField(_("what the author objects to"), blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["objected_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=GreaterThan(Length(Trim("quote")), 0), name="objection_has_words"),
        ]

    def __str__(self):
        # Never the words: this ends up in the admin's log.
        return str(self.answer)

    def concerns(self, passage) -> bool:
        """Whether any of the words stand in a passage, wholly or in part, whoever has marked it and wherever."""
        words = r"\s+".join(map(re.escape, self.quote.split()))
        places = re.finditer(f"(?=({words}))", passage.text)
        return any(place.start(1) < passage.end and passage.start < place.end(1) for place in places)


class Quotation(ShownToAuthor):
    """A passage in somebody's own words, beside the clause of a statement that it belongs to."""

    clause = models.ForeignKey(Clause, verbose_name=_("clause"), on_delete=models.CASCADE, related_name="quotations")
    evidence = models.ForeignKey(
        Evidence, verbose_name=_("passage"), on_delete=models.CASCADE, related_name="quotations"
    )
    quoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("quoted by"),
        on_delete=models.SET_NULL,
        related_name="quotations",
        null=True,
        editable=False,
    )
    quoted_at = models.DateTimeField(_("quoted at"), default=timezone.now, editable=False)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["clause__position", "quoted_at", "pk"]
        indexes = [
            models.Index(fields=["-quoted_at", "-id"], name="quotations_newest"),
            models.Index(
                fields=["objected_on", "id", "evidence"],
                condition=models.Q(objected_on__isnull=False),
                name="quotations_objected_to",
            ),
        ]
        constraints = [
            *ShownToAuthor.Meta.constraints,
            models.UniqueConstraint(fields=["clause", "evidence"], name="a_passage_once_in_a_clause"),
        ]

    def __str__(self):
        # Never the quote: this ends up in the admin's log.
        return f"{self.evidence} → {self.clause}"

    @transaction.atomic
    def carry_over(self, clause, *, by):
        """Quote the passage beside the clause of a later version too: its author is asked as for any other place.

        Their silence or agreement was for the words and the number of the earlier clause. Raises ValidationError as
        `quote` does, if the clause does not come from this one, or if its words may still change.
        """
        # In the order in which `quote` locks them. Somebody may make the version from another one at this moment.
        Answer.objects.select_for_update().filter(pk=self.evidence.answer_id).first()
        comes_from_it = Clause.objects.filter(earlier=self.clause_id).select_for_update(no_key=True)
        if clause is None or comes_from_it.filter(pk=clause.pk).first() is None:
            raise ValidationError(_("This clause was not made from the one that the passage stands beside."))
        # As it is stored: somebody may have taken the publication back.
        if not Statement.objects.fixed().filter(pk=clause.statement_id).exists():
            raise ValidationError(_("Publish this version first, or set its day: until then its words may change."))
        return Quotation.objects.quote(clause, self.evidence, by=by)

    @property
    def fingerprint(self) -> str:
        """Changes with the words that it stands beside, as they read in the language of the page."""
        return sha256_of(json.dumps([self.clause.position, self.clause.text, *self.clause.says()]))

    @transaction.atomic
    def agree(self, *, seen=None):
        """The author agrees: it is public as soon as its version is.

        seen: the fingerprint of what they read. Raises ValidationError if the clause reads otherwise by now, or after
        an objection.
        """
        Statement.objects.filter(pk=self.clause.statement_id).lock_versions()
        clause = Clause.objects.select_related("statement").filter(pk=self.clause_id).first()
        # A page that comes back shows it as it reads now.
        self.clause = clause or self.clause
        if seen is not None and seen != self.fingerprint:
            raise ValidationError(REWORDED)
        super().agree()

    @transaction.atomic
    def refuse(self, objection=""):
        """The author objects: these words are quoted nowhere from now on, and never again.

        Raises ValidationError if the answer is gone.
        """
        answer = Answer.objects.select_for_update().filter(pk=self.evidence.answer_id).first()
        if answer is None:
            raise ValidationError(_("The author has just withdrawn this answer."))
        answer.response.check_hides_nothing_in(objection)
        # Whoever rewords clauses locks their version first, and asks the authors one after the other.
        beside = Clause.objects.filter(quotations__evidence__answer=answer)
        Statement.objects.filter(pk__in=beside.values("statement")).lock_versions()
        # Organizers may have hidden some of its words since it was read.
        self.evidence.refresh_from_db()
        super().refuse(objection)
        kept, _is_new = Objection.objects.update_or_create(
            answer=answer,
            quote=self.evidence.quote,
            language=self.evidence.wording_language,
            defaults={"objection": self.objection, "objected_on": self.objected_on},
        )
        others = Quotation.objects.filter(evidence__answer=answer, objected_on__isnull=True)
        for other in others.select_related("evidence__answer__response", "evidence__translation"):
            if (passage := other.evidence.passage) and kept.concerns(passage):
                super(Quotation, other).refuse(objection)
