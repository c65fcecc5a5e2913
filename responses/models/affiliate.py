from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from responses.countries import COUNTRIES
from responses.languages import languages
from responses.languages.text_matching import name_key, search_key, search_words
from responses.validators import not_blank


def check_countries(codes: str) -> None:
    """Raises ValidationError for a code of two letters that no country has."""
    if unknown := [each for each in codes.split() if len(each) == 2 and each not in COUNTRIES]:
        raise ValidationError(_("No country has this code: %(code)s.") % {"code": unknown[0]})


def check_languages(codes: str) -> None:
    """Raises ValidationError for a code that the registry does not have."""
    if unknown := [each for each in codes.split() if each not in languages()]:
        raise ValidationError(_("This language code is not known here: %(code)s.") % {"code": unknown[0]})


class Region(models.Model):
    """A part of the world, as the movement divides it. The division has changed before: it is data, not code."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.name

    @property
    def text_key(self):
        return f"region.{self.slug}"


class AffiliateQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def called(self, name):
        """The active affiliate of this name, regardless of capitals and spaces, or None."""
        key = name_key(name)
        # Compared here: no database treats spaces, invisible characters and the encoding of letters as `name_key` does.
        return next((each for each in self.active() if name_key(each.name) == key), None) if key else None

    def named_like(self, typed):
        """Keys of those in whose names all of these words occur, whole or as parts of longer ones."""
        words = search_words(typed)
        named = self.order_by().values_list("pk", "name") if words else []
        return [pk for pk, name in named if all(word in search_key(name) for word in words)]


class Affiliate(models.Model):
    """An organisation or informal group on the organizers' roster."""

    class Kind(models.TextChoices):
        CHAPTER = "chapter", _("Chapter")
        THEMATIC = "thematic", _("Thematic organisation")
        USER_GROUP = "user-group", _("User group")
        INFORMAL = "informal", _("Informal group")
        PARTNER = "partner", _("Partner")

    name = models.CharField(_("name"), max_length=190, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="affiliates", null=True, blank=True
    )
    countries = models.CharField(
        _("countries"),
        max_length=190,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}( [A-Z]{2})*$", _("Write two-letter codes with a space between: SE NO"))],
        help_text=_("Two-letter country codes with a space between: SE NO"),
    )
    languages = models.CharField(
        _("languages"),
        max_length=190,
        blank=True,
        help_text=_("Codes with a space between, the one to write to them in first: sw en"),
    )
    page = models.URLField(_("page"), blank=True, help_text=_("The affiliate's page on Meta-Wiki or its own site."))
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Affiliates come and go. An inactive one keeps its responses.")
    )

    objects = AffiliateQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliate")
        verbose_name_plural = _("affiliates")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=not_blank("name"), name="affiliate_has_a_name"),
        ]

    def __str__(self):
        return self.name
