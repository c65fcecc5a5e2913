from django.db import models
from django.utils.translation import gettext_lazy as _


class Question(models.Model):
    """One of the three prompts."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    prompt = models.CharField(_("question"), max_length=300)
    hint = models.TextField(
        _("hint"),
        blank=True,
        help_text=_("Shown under the question. Examples read as a definition: give several, or none."),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]

    def __str__(self):
        return self.prompt

    @property
    def text_key(self):
        return f"question.{self.slug}"
