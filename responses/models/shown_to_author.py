from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So many days an author has to correct what others made of their words, before it is public.
DAYS_TO_OBJECT = 7
# The versions of the terms that say: who does not answer within these days agrees.
SILENCE_AGREES = frozenset({"2"})


def end_of_objecting(on=None):
    """The day on which what an author is shown today becomes public, if they say nothing."""
    return (on or timezone.localdate()) + timedelta(days=DAYS_TO_OBJECT)


class ShownToAuthor(models.Model):
    """What others make of somebody's words: public from a day on which its author has had time to object."""

    public_on = models.DateField(_("public on"), null=True, blank=True, editable=False)
    objected_on = models.DateField(_("the author objected on"), null=True, blank=True, editable=False)
    objection = models.TextField(_("what the author objects to"), blank=True, default="", db_default="", editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(public_on__isnull=True) | models.Q(objected_on__isnull=True),
                name="%(class)s_objected_to_is_not_public",
            ),
        ]

    @staticmethod
    def day_of_publishing(response, on=None):
        """When it becomes public if the author of the response says nothing; None when it then never does."""
        if response.terms_version not in SILENCE_AGREES:
            return None
        return end_of_objecting(on)

    @property
    def is_public(self):
        return self.public_on is not None and self.public_on <= timezone.localdate()

    @property
    def is_objected_to(self):
        return self.objected_on is not None

    @property
    def awaits_author(self):
        return not self.is_public and not self.is_objected_to

    def agree(self):
        """The author has seen it: it is public now."""
        day = timezone.localdate()
        if not type(self).objects.filter(pk=self.pk, objected_on__isnull=True).update(public_on=day):
            raise ValidationError(_("You have objected to this before."))
        self.public_on = day

    def object(self, objection=""):
        """The author does not want it so: it is hidden now, whether it was public or not.

        What they said about it before stays, unless they say something else.
        """
        said = type(self).objects.filter(pk=self.pk).values("objected_on", "objection").first() or {}
        self.public_on, self.objected_on = None, said.get("objected_on") or timezone.localdate()
        self.objection = objection or said.get("objection", "")
        self.save(update_fields=["public_on", "objected_on", "objection"])
