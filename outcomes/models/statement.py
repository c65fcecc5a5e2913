from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .claim import PublishableQuerySet
from .problem import Problem


class StatementQuerySet(PublishableQuerySet):
    def newest_first(self):
        return self.order_by("-announced_on", "-pk")


class Statement(models.Model):
    """The conference statement, in one of its versions."""

    version = models.SlugField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=190)
    announced_on = models.DateField(_("announced on"))
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, help_text=_("Only if it is known."))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    source_url = models.URLField(_("source"), blank=True)
    licence = models.CharField(_("licence"), max_length=50, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-announced_on", "-pk"]

    def __str__(self):
        return self.version

    def get_absolute_url(self):
        return reverse("statement_version", args=[self.version])

    @property
    def text_key(self):
        return f"statement.{self.version}"

    @property
    def quotes_the_conference(self) -> bool:
        """Whether any of its clauses stands beside the conference's own words."""
        return any(clause.quotation for clause in self.clauses.all())


class Clause(models.Model):
    """One of the numbered parts of a statement."""

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.CASCADE, related_name="clauses"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"), help_text=_("In the portal's own words."))
    quotation = models.TextField(
        _("quotation"), blank=True, help_text=_("The conference's own words, in English, where we have them.")
    )
    problems = models.ManyToManyField(Problem, verbose_name=_("problems"), related_name="clauses", blank=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["statement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="one_clause_a_number"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="clause_numbers_begin_at_1"),
        ]

    def __str__(self):
        return f"{self.statement}/{self.position}"

    @property
    def text_key(self):
        return f"clause.{self.statement.version}.{self.position}"
