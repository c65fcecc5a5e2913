from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .recusal import AboutResponses


class FlagKind(models.TextChoices):
    """What a person should look at before they accept a response, or look at again afterwards."""

    EMAIL = "email", _("It seems to have an e-mail address in it.")
    PHONE = "phone", _("It seems to have a telephone number in it.")
    LINK = "link", _("It seems to have a link in it.")
    USER_PAGE = "user_page", _("It seems to name a user page of a wiki.")
    HANDLE = "handle", _("It seems to name an account of a network, such as @name.")
    TRAP = "trap", _("A field that people do not see was filled in.")
    UNOPENED = "unopened", _("It was sent without opening the form.")
    HASTE = "haste", _("It was sent within three seconds of opening the form.")
    REPEATED = "repeated", _("Another response says exactly the same.")
    LINKS = "links", _("It has three links or more.")
    FLOOD = "flood", _("Many responses came from the same network within minutes. Workshops do that too.")
    ALIKE = "alike", _("Another response says nearly the same.")
    READER = "reader", _("A reader has told the organizers something about it.")


class FlagQuerySet(AboutResponses):
    def follow_mask(self, masking):
        self.take_out(masking, "words")

    def open(self):
        """Those that nobody has ticked off."""
        return self.filter(ticked_off_at=None)


class Flag(models.Model):
    """Something about a response that a person looks at and ticks off. It never decides anything."""

    Kind = FlagKind

    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="flags"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FlagKind)
    # The other response, which says nearly the same.
    other = models.ForeignKey(
        "responses.Response",
        verbose_name=_("other response"),
        on_delete=models.CASCADE,
        related_name="flags_of_others",
        null=True,
        blank=True,
    )
    # What a reader has told the organizers.
    words = models.TextField(_("words"), blank=True)
    raised_on = models.DateField(_("raised on"), default=timezone.localdate)
    ticked_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked at by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    ticked_off_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["raised_on", "pk"]
        indexes = [
            models.Index(
                fields=["kind", "response"], condition=models.Q(ticked_off_at__isnull=True), name="open_flags_of_a_kind"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=FlagKind.values), name="flag_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(kind=FlagKind.ALIKE) ^ models.Q(other__isnull=True),
                name="flag_names_another_response_if_alike",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=FlagKind.READER) ^ models.Q(words=""), name="flag_has_words_if_of_a_reader"
            ),
            models.UniqueConstraint(
                fields=["response", "kind"],
                condition=models.Q(other__isnull=True) & ~models.Q(kind=FlagKind.READER),
                name="one_flag_of_a_kind",
            ),
            models.UniqueConstraint(fields=["response", "other"], name="one_flag_for_two_alike"),
        ]

    def __str__(self):
        # Never words: this ends up in the admin's log.
        return f"{self.response}: {self.kind}"


class LikenessBand(models.Model):
    """A few numbers made of the words of a response. Responses that share one of them may say nearly the same."""

    response = models.ForeignKey("responses.Response", on_delete=models.CASCADE, related_name="likeness_bands")
    band = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value", "band"], name="likeness_by_value")]
        constraints = [models.UniqueConstraint(fields=["response", "band"], name="one_value_a_band")]

    def __str__(self):
        return f"{self.response}: {self.band}"
