from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.models.sharing import ShownToAuthor

from .evidence import Evidence
from .statement import Clause, Statement


class QuotationQuerySet(models.QuerySet):
    def published(self):
        return self.filter(
            public_on__lte=timezone.localdate(),
            evidence__in=Evidence.objects.published(),
            clause__statement__in=Statement.objects.published(),
        )

    def quote(self, clause, evidence, *, by):
        """Quote a marked passage in a clause. It is public when its author has had time to object.

        Raises ValidationError if it is quoted there already.
        """
        try:
            with transaction.atomic():
                return self.create(
                    clause=clause,
                    evidence=evidence,
                    quoted_by=by,
                    public_on=Quotation.day_of_publishing(evidence.answer.response),
                )
        except IntegrityError:
            raise ValidationError(_("This passage is quoted in this clause already.")) from None


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
        constraints = [
            *ShownToAuthor.Meta.constraints,
            models.UniqueConstraint(fields=["clause", "evidence"], name="a_passage_once_in_a_clause"),
        ]

    def __str__(self):
        # Never the quote: this ends up in the admin's log.
        return f"{self.evidence} → {self.clause}"
