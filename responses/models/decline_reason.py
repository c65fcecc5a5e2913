from django.db import models
from django.utils.translation import gettext_lazy as _


class DeclineReasonQuerySet(models.QuerySet):
    def offered(self):
        """Those that reviewers can choose from, and that the page on how we review prints."""
        return self.filter(is_offered=True)


class DeclineReason(models.Model):
    """A reason for declining, worded by the organizers in every language of the interface before anybody needs it."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=190)
    text = models.TextField(_("what the author reads"))
    is_offered = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("If it is not offered any more, responses that were declined for it keep it."),
    )

    objects = DeclineReasonQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.title

    @property
    def text_key(self):
        return f"decline_reason.{self.slug}"
