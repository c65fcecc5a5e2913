"""What a person should look at in a response before they accept it, or look at again afterwards."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.languages import language_of
from responses.languages.contact_details import ContactKind, Place, contact_details
from responses.languages.likeness import ALIKE, BANDS, bands, likeness, sequences
from responses.numbers_no_row_has import is_id

from .recusal import AboutResponses
from .sharing import AuthorDetails, Sharing

# What a reader can tell the organizers about a response: characters.
LONGEST_TOLD = 1_000
# Of responses that are much alike, one links to so many others at most; so many are compared, and so many rows of
# numbers that they share are looked up.
MOST_ALIKE, _MOST_COMPARED = 5, 20
MOST_LOOKED_UP = _MOST_COMPARED * BANDS


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


CONTACT_KINDS = frozenset(ContactKind)
# What was found in the words as they were sent, and is not looked for again when their author changes them.
OF_FIRST_WORDS = frozenset({FlagKind.REPEATED, FlagKind.LINKS})


class FlagQuerySet(AboutResponses):
    def follow_mask(self, masking):
        self.take_out(masking, "words")

    def open(self):
        """Those that nobody has ticked off."""
        return self.filter(ticked_off_at=None)

    def with_keys(self, keys: Iterable[object]):
        """Those with these keys, as a form sends them: what cannot be a key is none."""
        return self.filter(pk__in=[each for each in map(str, keys) if is_id(each)])

    def raise_kinds(self, response, kinds: Iterable[str]):
        """Flag a response with each of these kinds. One that it has already stays as it is, ticked off or not."""
        self.bulk_create((self.model(response=response, kind=kind) for kind in kinds), ignore_conflicts=True)

    @transaction.atomic
    def tell(self, response, words, *, on=None):
        """Keep what a reader tells the organizers about a published response, once.

        Raises ValidationError if it is not any more.
        """
        response.lock(status=response.status, sharing=response.sharing)
        words = response.without_hidden_words(words)
        known = self.open().filter(response=response, kind=FlagKind.READER, words=words)
        if not known.exists():
            self.create(response=response, kind=FlagKind.READER, words=words, raised_on=on or timezone.localdate())

    def tick_off(self, by):
        """Somebody has looked at these. What was ticked off before stays as it is. Returns how many were not."""
        return self.open().update(ticked_off_by=by, ticked_off_at=timezone.now())

    def untick(self):
        """They are to be looked at again. Returns how many were ticked off."""
        return self.exclude(ticked_off_at=None).update(ticked_off_by=None, ticked_off_at=None)


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
            ),
            models.Index(
                fields=["raised_on", "id", "response"],
                condition=models.Q(ticked_off_at__isnull=True, kind=FlagKind.READER),
                name="told_by_readers_oldest",
            ),
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


class Flagged(models.Model):
    """What is flagged in a response, and the rule that somebody looks at it before it is public."""

    answers: Any
    flags: Any
    flags_of_others: Any
    likeness_bands: Any
    language: Any
    language_name: Any
    content_note: Any
    duplicate_key: Any
    sharing: Any
    shows: Any
    pk: Any

    class Meta:
        abstract = True

    @property
    def told_in_public(self) -> dict[str, str]:
        """{name of the field: words} of what its author tells readers beside the answers."""
        if self.sharing == Sharing.ORGANIZERS:
            return {}
        told = {"language_name": self.language_name, "content_note": self.content_note}
        for field in AuthorDetails.detail_fields():
            if isinstance(field, models.CharField) and not field.choices and self.shows(field.name):
                told[field.name] = getattr(self, field.name)
        return {name: words for name, words in told.items() if words}

    def contact_places(self, text: str) -> list[Place]:
        """The contact details in one of its answers. A video is how somebody answers in a sign language: no link."""
        return contact_details(text, is_signed=language_of(self.language).is_signed)

    def contact_details_told(self) -> dict[str, list[tuple[ContactKind, str]]]:
        """{name of the field: [(kind, words)]} of those in what its author tells readers beside the answers."""
        return {
            name: found
            for name, words in self.told_in_public.items()
            # Somebody who shares with their name may choose that of an account.
            if (found := [each for each in _found_in(words) if name != "display_name" or each[0] not in _ACCOUNTS])
        }

    def contact_words(self, texts=None) -> dict[str, set[str]]:
        """{kind: words} of all contact details that readers would see.

        texts: of the answers, if not those that everybody can read.
        """
        return self._contact_words_in(self._texts() if texts is None else texts)

    def _texts(self) -> list[str]:
        return list(self.answers.values_list("text", flat=True))

    def _contact_words_in(self, texts) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for told in self.contact_details_told().values():
            for kind, words in told:
                found.setdefault(kind, set()).add(words)
        # What is for the organizers only, no reader sees.
        for text in [] if self.sharing == Sharing.ORGANIZERS else texts:
            for start, end, kind in self.contact_places(text):
                found.setdefault(kind, set()).add(text[start:end])
        return found

    def raise_flags(self, *, known=None):
        """Flag what the words now hold, and drop the flags of what they hold no more. Call it in a transaction.

        known: what `contact_words` returned before the author changed something. A kind is open again if it has words
        that were not among them. Without it nothing new was written, and all that was ticked off stays so.
        """
        texts, flags = self._texts(), list(self.flags.exclude(kind=FlagKind.READER))
        self._flag_contact_details(self._contact_words_in(texts), flags, known)
        self._flag_those_alike(sequences(texts), flags)

    def _flag_contact_details(self, found, flags, known):
        there = {each.kind: each for each in flags if each.kind in CONTACT_KINDS}
        _delete([each for kind, each in there.items() if kind not in found])
        if known is not None:
            new = [each.pk for kind, each in there.items() if found.get(kind, set()) - known.get(kind, set())]
            self.flags.filter(pk__in=new).untick()
        Flag.objects.raise_kinds(self, found.keys() - there.keys())

    def _flag_those_alike(self, compared, flags):
        """Nothing is done if no letter of the answers has changed."""
        values = bands(compared)
        stored = list(self.likeness_bands.order_by("band").values_list("value", flat=True))
        if values and values == stored:
            return
        if stored:
            self.likeness_bands.all().delete()
            # Others that were like the earlier words are not like these; if they are, this one says so from now on.
            self.flags_of_others.open().delete()
        sharing = LikenessBand.objects.filter(value__in=values).exclude(response=self.pk)
        shared = list(sharing.values_list("response_id", flat=True)[:MOST_LOOKED_UP]) if values else []
        # A workshop may send hundreds of copies. So many are enough to find the next one by, and to look up.
        if len(shared) < MOST_LOOKED_UP:
            LikenessBand.objects.bulk_create(
                LikenessBand(response=self, band=band, value=value) for band, value in enumerate(values)
            )
        alike = self._most_alike(compared, Counter(shared).most_common(_MOST_COMPARED), flags) if shared else []
        there = {each.other_id: each for each in flags if each.kind == FlagKind.ALIKE}
        _delete([each for other, each in there.items() if other not in alike])
        Flag.objects.bulk_create(
            Flag(response=self, kind=FlagKind.ALIKE, other_id=other) for other in alike if other not in there
        )

    def _most_alike(self, compared, candidates, flags) -> list[int]:
        """The keys of those of the candidates that say nearly the same, the most alike first."""
        answers = self.answers.model.objects.filter(response__in=[each for each, _number in candidates])
        if any(each.kind == FlagKind.REPEATED for each in flags):
            # That one says exactly the same, is said already.
            answers = answers.exclude(response__duplicate_key=self.duplicate_key)
        texts: dict[int, list[str]] = {}
        for response, text in answers.order_by().values_list("response_id", "text"):
            texts.setdefault(response, []).append(text)
        degrees = {each: likeness(compared, sequences(texts[each])) for each in texts}
        ranked = sorted((each for each in degrees if degrees[each] >= ALIKE), key=lambda each: (-degrees[each], each))
        return ranked[:MOST_ALIKE]

    def check_looked_at(self, looked_at, *, by=None):
        """Tick off what a reviewer has looked at. Raises ValidationError("look_first") if anything is still open.

        looked_at: keys of flags; those of other responses are ignored. Call it in a transaction.
        """
        self.flags.all().with_keys(looked_at).tick_off(by)
        if is_open := set(self.flags.open().values_list("kind", flat=True)):
            kinds = " ".join(str(kind.label) for kind in FlagKind if kind in is_open)
            raise ValidationError(
                _("Look at this first, and tick it off: %(flags)s"), code="look_first", params={"flags": kinds}
            )


_ACCOUNTS = (ContactKind.USER_PAGE, ContactKind.HANDLE)


def _delete(flags):
    if flags:
        Flag.objects.filter(pk__in=[each.pk for each in flags]).delete()


def _found_in(words: str) -> list[tuple[ContactKind, str]]:
    return [(kind, words[start:end]) for start, end, kind in contact_details(words)]


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
