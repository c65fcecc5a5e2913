from django.db import models
from django.utils.translation import gettext_lazy as _

from .content_note import ContentNote
from .response import LONGEST_LANGUAGE_NAME
from .sharing import Sharing


class Version(ContentNote):
    """How a response read before its author changed it, without names. Its author and the organizers can see it."""

    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="versions"
    )
    # 1 is how it read first.
    number = models.PositiveIntegerField()
    # The day only, as in everything that is kept about what a respondent does.
    replaced_on = models.DateField(_("changed on"))
    language = models.CharField(_("language"), max_length=20)
    language_name = models.CharField(_("language that is not listed"), max_length=LONGEST_LANGUAGE_NAME, blank=True)
    sharing = models.CharField(_("sharing"), max_length=10, choices=Sharing)
    # {slug of the question: text}
    answers = models.JSONField(_("answers"))
    # The same, of the answers in which words were masked since, as their author wrote them: for nobody else.
    authors_answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["-number"]
        constraints = [
            *ContentNote.Meta.constraints,
            models.UniqueConstraint(fields=["response", "number"], name="versions_are_numbered"),
        ]

    def __str__(self):
        # Never words: this ends up in the admin's log.
        return f"{self.response} ({self.replaced_on})"
