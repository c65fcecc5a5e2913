from django.db import models
from django.utils.translation import gettext_lazy as _

from .claim import Source
from .problem import Problem


class TopicQuerySet(models.QuerySet):
    def without_problem(self):
        """Those for which readers find no problem: none has been worded, or it is not published."""
        return self.exclude(problem__in=Problem.objects.published())


class Topic(models.Model):
    """A subject of a session of 2017 of which only the name is known.

    It is no problem: printed among what holds diversity back, "Young people" would accuse those whom it names. It leads
    to one when organizers have worded it.
    """

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=190)
    source = models.CharField(_("source"), max_length=20, choices=Source)
    problem = models.ForeignKey(
        Problem,
        verbose_name=_("problem"),
        help_text=_("The problem that this topic has become, once it is worded. Readers see the topic no more then."),
        related_name="topics",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="topic_source_is_known"),
        ]

    def __str__(self):
        return self.name

    @property
    def text_key(self):
        return f"topic.{self.slug}"
