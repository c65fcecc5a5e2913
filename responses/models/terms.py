from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .affiliate import Affiliate, Region

# The terms on the respond page. A change of their meaning gets a new version; what people agreed to stays on record.
TERMS_VERSION = "2"


class SharedOnTerms(models.Model):
    """What authors tell about themselves, and who may see it: their choice."""

    class Sharing(models.TextChoices):
        NAMED = "named", _("With my name")
        AFFILIATE = "affiliate", _("With the name of my affiliate or group only")
        UNNAMED = "unnamed", _("Without any name")
        ORGANIZERS = "organizers", _("For the organizers only")

    SHOWING_GROUP = (Sharing.NAMED, Sharing.AFFILIATE)

    sharing = models.CharField(_("sharing"), max_length=10, choices=Sharing, default=Sharing.UNNAMED)
    display_name = models.CharField(_("name to show"), max_length=190, blank=True)
    affiliate = models.ForeignKey(
        Affiliate,
        verbose_name=_("affiliate"),
        on_delete=models.PROTECT,
        related_name="responses",
        null=True,
        blank=True,
    )
    affiliate_name = models.CharField(_("affiliate not on the roster"), max_length=190, blank=True)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="responses", null=True, blank=True
    )
    terms_version = models.CharField(_("terms agreed to"), max_length=20, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sharing__in=["named", "affiliate", "unnamed", "organizers"]),
                name="response_sharing_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(sharing="named") | ~models.Q(display_name=""),
                name="response_shared_by_name_has_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(sharing="affiliate")
                | models.Q(affiliate__isnull=False)
                | ~models.Q(affiliate_name=""),
                name="response_shared_by_group_has_one",
            ),
            models.CheckConstraint(
                condition=models.Q(affiliate__isnull=True) | models.Q(affiliate_name=""),
                name="response_has_one_affiliate_at_most",
            ),
        ]

    @property
    def group_name(self):
        return self.affiliate.name if self.affiliate else self.affiliate_name

    @property
    def shows_group(self):
        """Whether readers may see group, region, size, method and place; without a name these would point at people."""
        return self.sharing in self.SHOWING_GROUP

    @property
    def public_name(self):
        """The name that readers see, as the author chose; empty when they chose none."""
        return self.display_name if self.sharing == self.Sharing.NAMED else ""

    @property
    def public_scribe(self):
        return self.written_by if self.sharing == self.Sharing.NAMED else ""

    @property
    def public_group(self):
        return self.group_name if self.shows_group else ""

    @property
    def tells_how(self):
        """Whether readers learn anything of how the words came about."""
        told = (self.method, self.held_on, self.place, self.spoken_languages, self.public_scribe)
        return self.shows_group and any(told)

    @property
    def shown(self) -> set:
        """All that readers may see: (what, value)."""
        if self.sharing == self.Sharing.ORGANIZERS:
            return set()
        told = {"words": True}
        if self.shows_group:
            names = ("region_id", "people", "method", "held_on", "place", "spoken_languages")
            told |= {"group": self.group_name, **{name: getattr(self, name) for name in names}}
        told |= {"name": self.public_name, "scribe": self.public_scribe}
        return {(name, value) for name, value in told.items() if value}

    @transaction.atomic
    def share(self, *, seen=None, on=None, **fields):
        """The author's other choice of who may see what; they agree to the present terms.

        fields: those of this class and of `SpokenByPeople`. What is hidden is hidden at once; where readers would see
        anything that they did not see before, it is read by an organizer first. seen: as in `edit`.
        """
        self._as_seen(seen)
        today = on or timezone.localdate()
        # As it is now: a reviewer may be at work.
        now = type(self).objects.select_for_update().get(pk=self.pk)
        before = now.shown
        if now.sharing != fields["sharing"]:
            now.keep_version(on=today)
        for name, value in fields.items():
            setattr(now, name, value)
        changes = fields | {"terms_version": TERMS_VERSION, "agreed_on": today}
        if now.shown <= before:
            self._move(self.EDITABLE, now.status, **changes)
        else:
            unread = {"submitted_on": today, "accepted_on": None, "declined_on": None, "decline_reason": ""}
            self._move(self.EDITABLE, self.Status.SUBMITTED, **changes, **unread)

    @property
    def licence(self):
        """The licence of the public text: with a name it asks for credit, without one there is nobody to credit."""
        if self.sharing == self.Sharing.ORGANIZERS:
            return ""
        return "CC BY-SA 4.0" if self.shows_group else "CC0 1.0"
