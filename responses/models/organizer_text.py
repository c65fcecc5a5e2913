"""The glossary, and the English that each translated text of the organizers was made from."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from responses.validators import not_blank


class TextSource(models.Model):
    """The English that an organizers' text in another language was made from.

    If the English of the row has changed since, the text is older than its source. Names identify the text,
    because the texts are in columns of several tables.
    """

    model = models.CharField(max_length=50)
    row = models.PositiveBigIntegerField()
    field = models.CharField(max_length=50)
    language = models.CharField(_("language"), max_length=20)
    english = models.TextField()

    class Meta:
        verbose_name = _("translation of a text")
        verbose_name_plural = _("translations of texts")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "row", "field", "language"], name="one_source_of_a_text_a_language"
            )
        ]

    def __str__(self):
        return f"{self.model} {self.row} {self.field} ({self.language})"


class Term(models.Model):
    """A glossary term: a word that is hard to translate, and what it means here. Translators see it beside a text."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("term"), max_length=100)
    meaning = models.TextField(_("meaning"), blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["slug"]

    def __str__(self):
        return self.name

    @property
    def text_key(self):
        return f"term.{self.slug}"

    def in_language(self, language: str) -> str:
        """What the term is called in a language, or "". Expects `wordings` to be prefetched."""
        if language in settings.MODELTRANSLATION_LANGUAGES:
            return getattr(self, build_localized_fieldname("name", language)) or ""
        return next((each.wording for each in self.wordings.all() if each.language == language), "")


class TermWording(models.Model):
    """What a term is called in a language other than those of the interface."""

    term = models.ForeignKey(Term, verbose_name=_("term"), on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=20)
    wording = models.CharField(_("wording"), max_length=100)

    class Meta:
        verbose_name = _("wording of a term")
        verbose_name_plural = _("wordings of terms")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["term", "language"], name="one_wording_of_a_term_a_language"),
            models.CheckConstraint(condition=not_blank("wording"), name="term_wording_is_not_blank"),
        ]

    def __str__(self):
        return f"{self.term} ({self.language})"


@dataclass(frozen=True)
class TermInText:
    """A term, for somebody who translates a text from one language into another."""

    term: Term
    in_source: str
    in_target: str
    occurs: bool  # in the text


def glossary(text: str, source: str, target: str) -> list[TermInText]:
    """All terms, those that occur in the text first, in two queries. source, target: codes of languages."""
    letters = text.casefold()
    terms = []
    for term in Term.objects.prefetch_related("wordings"):
        in_source = term.in_language(source)
        occurs = bool(in_source) and in_source.casefold() in letters
        terms.append(TermInText(term, in_source, term.in_language(target), occurs))
    return sorted(terms, key=lambda each: not each.occurs)
