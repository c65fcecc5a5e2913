from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where an outcome comes from. The pages print it beside each one, because the list of 2017 is incomplete."""

    STATEMENT = "statement", _("Named in the conference statement")
    IMPLIED = "implied", _("Reconstructed: follows from the conference statement")
    CAFE = "cafe", _("Reconstructed: a prompt of the conference's strategy café")
    WAY_FORWARD = "way-forward", _("Reconstructed: a topic of the session “The Way Forward”")
    SKILL_SHARING = "skill-sharing", _("Reconstructed: notes of a skill-sharing session")
    TALK_PAGE = "talk-page", _("Reconstructed: a reply on the talk page of the conversation")
    ORGANIZERS = "organizers", _("Added by the organizers")


class PublishableQuerySet(models.QuerySet):
    def published(self, now=None):
        return self.filter(published_at__lte=now or timezone.now())


_PUBLISHED_AT_HELP = _("Empty: only organizers see it.")


class Problem(models.Model):
    """Something that stands in the way of diversity, as the conference or the organizers have named it."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=190)
    description = models.TextField(_("description"), blank=True)
    use_when = models.TextField(_("use when"), blank=True, help_text=_("For coders: which passages belong here."))
    not_when = models.TextField(
        _("do not use when"), blank=True, help_text=_("For coders: which passages do not, and where they go.")
    )
    revision = models.PositiveIntegerField(
        _("revision"),
        default=1,
        help_text=_("Raise it when the meaning changes: evidence keeps the revision it was marked under."),
    )
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.ORGANIZERS)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, help_text=_PUBLISHED_AT_HELP)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="problem_source_is_known"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="problem_revision_from_1"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("problem", args=[self.slug])

    @property
    def text_key(self):
        return f"problem.{self.slug}"


class Progress(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    STARTED = "started", _("Started")
    DONE = "done", _("Done")


class Solution(models.Model):
    """What the conference proposes against one or more problems."""

    Progress = Progress

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=190)
    description = models.TextField(_("description"), blank=True)
    problems = models.ManyToManyField(Problem, verbose_name=_("problems"), related_name="solutions", blank=True)
    progress = models.CharField(_("progress"), max_length=10, choices=Progress, default=Progress.PROPOSED)
    is_next_step = models.BooleanField(_("a most critical next step"), default=False)
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.ORGANIZERS)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, help_text=_PUBLISHED_AT_HELP)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="solution_source_is_known"),
            models.CheckConstraint(condition=models.Q(progress__in=Progress.values), name="solution_progress_is_known"),
        ]

    def __str__(self):
        return self.title

    @property
    def text_key(self):
        return f"solution.{self.slug}"
