from django.db import models
from django.utils.translation import gettext_lazy as _

from responses.languages.hidden_words import hide_as

from .content_note import ContentNote
from .recusal import AboutResponses
from .response import LONGEST_LANGUAGE_NAME
from .sharing import Sharing


class VersionQuerySet(AboutResponses):
    def follow_mask(self, masking):
        by_question = {each.question.slug: each for each in masking.answers.values()}
        for version in self:
            for slug, shown in version.answers.items():
                own = version.authors_answers.get(slug, shown)
                # An answer that is not there any more had other words hidden, or none.
                now = masking.wording(by_question[slug].pk, own) if slug in by_question else own
                now = hide_as(masking.without_words(now), shown)
                if now != shown:
                    version.authors_answers[slug], version.answers[slug] = own, now
            note = masking.without_words(version.content_note)
            if note != version.content_note:
                version.authors_answers.setdefault("content_note", version.content_note)
            version.content_note = note
            version.added_note = masking.without_words(version.added_note)
        self.bulk_update(list(self), ["answers", "authors_answers", "content_note", "added_note"])


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
    # The same, of the answers in which words were masked since, as their author wrote them: for nobody else. With them,
    # under its name, the content note.
    authors_answers = models.JSONField(default=dict)

    objects = VersionQuerySet.as_manager()

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
