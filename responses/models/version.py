from django.db import models
from django.utils.translation import gettext_lazy as _

from .question import Question
from .terms import SharedOnTerms


class Version(models.Model):
    """How a response read before its author changed it. For its author and the organizers; never a name in it."""

    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="versions"
    )
    # The day, like all that is kept of what a respondent does.
    replaced_on = models.DateField(_("changed on"))
    language = models.CharField(_("language"), max_length=20)
    sharing = models.CharField(_("sharing"), max_length=10)
    # {slug of the question: text}
    answers = models.JSONField(_("answers"))

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["-pk"]

    def __str__(self):
        # Never words: this ends up in the admin's log.
        return f"{self.response} ({self.replaced_on})"

    @property
    def sharing_label(self):
        return SharedOnTerms.Sharing(self.sharing).label


def earlier_versions(response):
    """How a response read before, latest first: [(version, [(question, text)])]."""
    questions = list(Question.objects.all())
    return [
        (version, [(each, version.answers[each.slug]) for each in questions if each.slug in version.answers])
        for version in response.versions.all()
    ]
