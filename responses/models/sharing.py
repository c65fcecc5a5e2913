"""What authors tell about themselves, who may see it, and how they object to what others make of their words."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .affiliate import Affiliate, Region
from .gathering import Gathering
from .mask import as_author_wrote, forget_as_author_wrote

# The terms on the respond page. When their meaning changes they get a new version; which version somebody agreed to
# stays on record.
TERMS_VERSION = "2"
# The versions of the terms that say: if you do not object in time, you agree.
SILENCE_AGREES = frozenset({"2"})
# Days that authors have to correct or refuse what others made of their words, before it is public.
OBJECTION_DAYS = 7
MOST_PEOPLE = 100_000


class Sharing(models.TextChoices):
    """Who may see a response: its author's choice."""

    NAMED = "named", _("With my name")
    AFFILIATE = "affiliate", _("With the name of my affiliate or group only")
    UNNAMED = "unnamed", _("Without any name")
    ORGANIZERS = "organizers", _("For the organizers only")


class AuthorDetails(models.Model):
    """What authors tell about themselves.

    Withdrawing, the reviewer's fingerprint, "shows more than before", the author's export and the forms go through
    all of these fields, and each keeps a list of its exceptions. So a new field is protected by default.
    """

    # The choices with which readers see the group. With the others, it could identify people.
    SHOWING_GROUP = (Sharing.NAMED, Sharing.AFFILIATE)
    # The choices with which readers see the words and their language, but not who wrote them.
    HIDING_THE_AUTHOR = (Sharing.AFFILIATE, Sharing.UNNAMED)
    # Names of people: kept and shown only if the author shares with their name.
    NAMES = frozenset({"display_name", "written_by"})

    sharing = models.CharField(_("sharing"), max_length=10, choices=Sharing, default=Sharing.UNNAMED)
    display_name = models.CharField(_("name to show"), max_length=190, blank=True)
    affiliate = models.ForeignKey(
        Affiliate,
        verbose_name=_("affiliate"),
        on_delete=models.PROTECT,
        related_name="responses",
        null=True,
        blank=True,
        db_index=False,  # see the indexes of Response, here and below
    )
    affiliate_name = models.CharField(_("affiliate not on the roster"), max_length=190, blank=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        related_name="responses",
        null=True,
        blank=True,
        db_index=False,
    )
    gathering = models.ForeignKey(
        Gathering,
        verbose_name=_("gathering"),
        on_delete=models.PROTECT,
        related_name="responses",
        null=True,
        blank=True,
        db_index=False,
    )
    people = models.PositiveIntegerField(
        _("people"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    method = models.CharField(_("how they talked"), max_length=190, blank=True)
    held_on = models.DateField(_("talked on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=190, blank=True)
    spoken_languages = models.CharField(_("languages they spoke"), max_length=190, blank=True)
    written_by = models.CharField(_("written down by"), max_length=190, blank=True)
    may_be_translated = models.BooleanField(_("may be translated for reviewers"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sharing__in=Sharing.values),
                name="response_sharing_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(sharing=Sharing.NAMED) | ~models.Q(display_name=""),
                name="response_shared_by_name_has_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(sharing=Sharing.AFFILIATE)
                | models.Q(affiliate__isnull=False)
                | ~models.Q(affiliate_name=""),
                name="response_shared_by_group_has_one",
            ),
            models.CheckConstraint(
                condition=models.Q(affiliate__isnull=True) | models.Q(affiliate_name=""),
                name="response_has_one_affiliate_at_most",
            ),
            models.CheckConstraint(
                condition=models.Q(people__gte=1, people__lte=MOST_PEOPLE), name="response_people_from_1_to_100000"
            ),
            models.CheckConstraint(
                condition=models.Q(may_be_translated=False) | models.Q(sharing=Sharing.ORGANIZERS),
                name="response_may_be_translated_if_for_organizers",
            ),
        ]

    @classmethod
    def detail_fields(cls) -> list[models.Field]:
        return list(AuthorDetails._meta.local_fields)

    @property
    def group_name(self) -> str:
        return self.affiliate.name if self.affiliate else self.affiliate_name

    @property
    def details(self) -> dict[str, object]:
        """{name of the field: value} of all that was told, for its author and the organizers.

        The choice of sharing is left out. The group is under "affiliate", whether it is on the roster or not.
        """
        told = {field.name: getattr(self, field.name) for field in self.detail_fields()}
        told |= {"affiliate": self.group_name, "gathering": self.gathering.title if self.gathering else ""}
        told["may_be_translated"] = _("Yes") if self.may_be_translated else ""
        del told["sharing"], told["affiliate_name"]
        return {name: value for name, value in told.items() if value}

    def shows(self, name: str) -> bool:
        """Whether readers may see what the author told in the field of this name."""
        return self.sharing == Sharing.NAMED if name in self.NAMES else self.shows_group

    @property
    def shows_group(self) -> bool:
        """Whether readers see the group, its region and size, and how, when and where it talked."""
        return self.sharing in self.SHOWING_GROUP

    @property
    def shown(self) -> set[tuple[str, object]]:
        """{(name, value)} of all that readers may see, to find out whether a change shows more than before."""
        if self.sharing == Sharing.ORGANIZERS:
            return set()
        told: dict[str, object] = {"words": True}
        for field in self.detail_fields():
            if field.name not in ("sharing", "may_be_translated") and self.shows(field.name):
                told[field.name] = getattr(self, field.attname)
        if self.shows_group:
            # By name, so that a group that has joined the roster since does not count as newly shown.
            told["affiliate"] = self.group_name
            del told["affiliate_name"]
        return {(name, value) for name, value in told.items() if value}

    @property
    def public_name(self) -> str:
        """The name that readers see; empty if the author chose to show none."""
        return self.display_name if self.shows("display_name") else ""

    @property
    def public_scribe(self) -> str:
        return self.written_by if self.shows("written_by") else ""

    @property
    def public_group(self) -> str:
        return self.group_name if self.shows_group else ""

    @property
    def tells_how(self) -> bool:
        """Whether readers learn anything about how the words came about."""
        told = (self.method, self.held_on, self.place, self.spoken_languages, self.public_scribe)
        return self.shows_group and any(told)

    @property
    def licence(self) -> str:
        """The licence of the public text. One with a name asks for credit; without a name there is nobody to credit."""
        if self.sharing == Sharing.ORGANIZERS:
            return ""
        return "CC BY-SA 4.0" if self.shows_group else "CC0 1.0"


def end_of_objecting(on=None):
    """The day on which something that an author is shown today becomes public, if they do not object."""
    return (on or timezone.localdate()) + timedelta(days=OBJECTION_DAYS)


class ShownToAuthor(models.Model):
    """What others make of an author's words: public only after the author has had time to object."""

    public_on = models.DateField(_("public on"), null=True, blank=True, editable=False)
    objected_on = models.DateField(_("the author objected on"), null=True, blank=True, editable=False)
    objection = models.TextField(_("what the author objects to"), blank=True, editable=False)

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
        """The day on which it becomes public if the author says nothing; None if it stays hidden until they agree."""
        if response.terms_version not in SILENCE_AGREES:
            return None
        return end_of_objecting(on)

    @property
    def authors_objection(self) -> str:
        """What its author wrote. For nobody else."""
        return as_author_wrote(self, "objection")

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
        """The author has seen it and agrees: it is public now. Raises ValidationError after an objection."""
        day = timezone.localdate()
        if not type(self).objects.filter(pk=self.pk, objected_on__isnull=True).update(public_on=day):
            raise ValidationError(_("You have objected to this before."))
        self.public_on = day

    def refuse(self, objection=""):
        """The author objects: it is hidden now, whether it was public or not.

        A second objection keeps the day of the first one, and its words too unless it has words of its own.
        """
        said = type(self).objects.filter(pk=self.pk).values("objected_on", "objection").first() or {}
        self.public_on, self.objected_on = None, said.get("objected_on") or timezone.localdate()
        self.objection = objection or said.get("objection", "")
        if objection:
            forget_as_author_wrote(self, "objection")
        self.save(update_fields=["public_on", "objected_on", "objection"])
