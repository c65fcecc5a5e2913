from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .recusal import AboutResponses


class ReadingRequestQuerySet(AboutResponses):
    """What reviewers wait for."""


class ReadingRequest(models.Model):
    """A reviewer cannot read a response, and asks for a translation that only reviewers see."""

    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="reading_requests"
    )
    language = models.CharField(_("into"), max_length=20)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    requested_at = models.DateTimeField(_("asked for at"), default=timezone.now, editable=False)
    # Whether the operator's own machine is asked too.
    by_machine = models.BooleanField(_("by a machine too"), default=False)

    objects = ReadingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation asked for by reviewers")
        verbose_name_plural = _("translations asked for by reviewers")
        ordering = ["requested_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["response", "language"], name="one_reading_request_a_language")]

    def __str__(self):
        return f"{self.response} ({self.language})"


class ReadingAidQuerySet(AboutResponses):
    to_response = "answer__response"

    def follow_mask(self, masking):
        for aid in self:
            text, source_text = masking.translated(aid), masking.wording(aid.answer_id, aid.source_text)
            if text is None:
                # Whoever has asked for it gets another one.
                aid.delete()
            else:
                self.filter(pk=aid.pk).update(text=text, source_text=source_text)


class ReadingAid(models.Model):
    """An unread answer in another language, for reviewers and nobody else. It never becomes a public translation."""

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="reading_aids"
    )
    language = models.CharField(_("language"), max_length=20)
    text = models.TextField(_("text"))
    # The answer as it read then. Once it reads otherwise, the aid is of no use.
    source_text = models.TextField(editable=False)
    # Nobody: a machine made it.
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translator"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    by_machine = models.BooleanField(_("made by a machine"), default=False)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    objects = ReadingAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation for reviewers")
        verbose_name_plural = _("translations for reviewers")
        permissions = [("translate_unread", "Can translate unread words for reviewers")]
        constraints = [
            models.UniqueConstraint(fields=["answer", "language", "by_machine"], name="one_reading_aid_a_language")
        ]

    def __str__(self):
        return f"{self.answer} ({self.language})"
