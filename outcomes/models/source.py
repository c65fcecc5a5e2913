from django.db import models
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
