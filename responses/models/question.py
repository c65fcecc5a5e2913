from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

# The largest place in a list that every database can store (PostgreSQL's smallint).
LAST_POSITION = 2**15 - 1


class QuestionQuerySet(models.QuerySet):
    def with_asked(self, conversation, response=None):
        """All questions, each with `is_asked`: whether the conversation asks it, or a response to it has an answer."""
        questions = self.model.conversations.through.objects.filter(conversation=conversation, question=OuterRef("pk"))
        answered = self.model.objects.filter(pk=OuterRef("pk"), answers__response=response)
        return self.annotate(is_asked=Q(Exists(questions)) | Q(Exists(answered)) if response else Exists(questions))


class Question(models.Model):
    """One of the prompts. Each conversation asks some of them, in the order of their positions."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    prompt = models.CharField(_("question"), max_length=300)
    hint = models.TextField(
        _("hint"),
        blank=True,
        help_text=_("Shown under the question. Examples read as a definition: give several, or none."),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]

    def __str__(self):
        return self.prompt

    @property
    def text_key(self):
        return f"question.{self.slug}"
