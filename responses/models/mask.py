from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .recusal import AboutResponses


class MaskQuerySet(AboutResponses):
    to_response = "answer__response"


class Mask(models.Model):
    """A passage of an answer that organizers hide from everybody but its author."""

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="masks"
    )
    # Code points, the end exclusive. They are the same in the author's words and in what others see of them.
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    reason = models.TextField(_("reason"))
    masked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("masked by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    masked_at = models.DateTimeField(_("masked at"), default=timezone.now, editable=False)

    objects = MaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("mask")
        verbose_name_plural = _("masks")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="mask_ends_after_its_start"),
        ]

    def __str__(self):
        return str(self.answer)


class AuthorsWords(models.Model):
    """A masked answer as its author wrote it. Only its author sees it: `Answer.text` is what all others see."""

    answer = models.OneToOneField("responses.Answer", on_delete=models.CASCADE, related_name="authors_words")
    text = models.TextField()

    class Meta:
        verbose_name = _("words of an author")
        verbose_name_plural = _("words of authors")

    def __str__(self):
        return str(self.answer)
