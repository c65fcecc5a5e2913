from dataclasses import dataclass

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from responses.kept_log import saying
from responses.languages import Language, language_of

from .affiliate import Affiliate, Region
from .conversation import Conversation

KINDS = ("affiliate", "region", "language")


@dataclass(frozen=True)
class Invited:
    """What became of those who were invited at once: how many of each."""

    new: int  # invited for the first time
    reminded: int  # invited before, and now once more
    same: int  # invited on this day or later already


class InviteeQuerySet(models.QuerySet["Invitee"]):
    @transaction.atomic
    def invite(self, conversation, *, affiliates=(), regions=(), languages=(), by, on=None, note="") -> Invited:
        """Note that these were invited on a day. Whoever was invited before is reminded on that day. Safe to repeat.

        affiliates, regions: rows. languages: codes of the registry. note: stored with those who are new.
        """
        on = on or timezone.localdate()
        # Of two organizers at once the second finds what the first has noted. Nobody who sends a response has to wait.
        Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        named = [("affiliate_id", each.pk) for each in affiliates]
        named += [("region_id", each.pk) for each in regions]
        named += [("language", code) for code in languages]
        there = {
            each.key: each for each in self.filter(conversation=conversation).select_related("affiliate", "region")
        }
        known = [there[each] for each in dict.fromkeys(named) if each in there]
        reminded = [each for each in known if each.last_on < on]
        self.filter(pk__in=[each.pk for each in reminded]).update(reminded_on=on)
        if by and reminded:
            # Who has invited them, the row itself says.
            said = saying(gettext_noop("Reminded on %(day)s"), day=str(on))
            LogEntry.objects.log_actions(by.pk, reminded, CHANGE, change_message=said)
        new = [
            self.model(conversation=conversation, invited_on=on, invited_by=by, note=note, **{name: value})
            for name, value in dict.fromkeys(named)
            if (name, value) not in there
        ]
        self.bulk_create(new)
        return Invited(len(new), len(reminded), len(known) - len(reminded))


class Invitee(models.Model):
    """An affiliate, a part of the world, or the people of a language, invited to a conversation."""

    conversation = models.ForeignKey(
        Conversation, verbose_name=_("conversation"), on_delete=models.CASCADE, related_name="invitees", db_index=False
    )
    affiliate = models.ForeignKey(
        Affiliate,
        verbose_name=_("affiliate"),
        on_delete=models.CASCADE,
        related_name="invitees",
        null=True,
        blank=True,
    )
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.CASCADE, related_name="invitees", null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=20, blank=True)
    invited_on = models.DateField(_("invited on"), default=timezone.localdate)
    # The last time, if they were invited more than once.
    reminded_on = models.DateField(_("last reminded on"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    note = models.CharField(
        _("note"), max_length=190, blank=True, help_text=_("For organizers only, such as by which way. No addresses.")
    )

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a conversation")
        verbose_name_plural = _("invitations to conversations")
        ordering = ["invited_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(affiliate__isnull=False, region__isnull=True, language="")
                | models.Q(affiliate__isnull=True, region__isnull=False, language="")
                | models.Q(affiliate__isnull=True, region__isnull=True) & ~models.Q(language=""),
                name="invitee_is_one_affiliate_region_or_language",
                violation_error_message=_("Choose one of the three: an affiliate, a region, or a language."),
            ),
            models.CheckConstraint(
                condition=models.Q(reminded_on__isnull=True) | models.Q(reminded_on__gt=models.F("invited_on")),
                name="invitee_is_reminded_later",
                violation_error_message=_("A reminder comes after the day of the invitation."),
            ),
            # A row without an affiliate has NULL there, which is equal to no other.
            models.UniqueConstraint(
                fields=["conversation", "affiliate"],
                name="one_invitation_an_affiliate",
                violation_error_message=_("This affiliate was invited to this conversation already."),
            ),
            models.UniqueConstraint(
                fields=["conversation", "region"],
                name="one_invitation_a_region",
                violation_error_message=_("This region was invited to this conversation already."),
            ),
            models.UniqueConstraint(
                fields=["conversation", "language"],
                condition=~models.Q(language=""),
                name="one_invitation_a_language",
                violation_error_message=_("This language was invited to this conversation already."),
            ),
        ]

    def __str__(self):
        named = self.named
        return named.label_in(get_language()) if isinstance(named, Language) else str(named)

    @property
    def kind(self):
        """One of `KINDS`."""
        return "affiliate" if self.affiliate_id else "region" if self.region_id else "language"

    @property
    def named(self) -> Affiliate | Region | Language:
        """Who is invited."""
        return self.affiliate or self.region or language_of(self.language)

    @property
    def key(self) -> tuple[str, object]:
        """(column, value) by which it is found in its conversation."""
        name = "language" if self.kind == "language" else f"{self.kind}_id"
        return name, getattr(self, name)

    @property
    def last_on(self):
        """The day on which they were invited last."""
        return self.reminded_on or self.invited_on

    @property
    def is_noted_today(self) -> bool:
        """Whether they were invited or reminded today: to note it once more would change nothing."""
        return self.last_on >= timezone.localdate()
