from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from responses.access.keys import new_code
from responses.languages.text_matching import name_key
from responses.models.question import LAST_POSITION
from responses.organizer_texts import OTHERS, SOURCE

LONGEST_TITLE = 190

CLAIM_GONE = _("An organizer has deleted this problem or solution meanwhile.")


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


class ClaimQuerySet(PublishableQuerySet):
    def proposed(self):
        """What coders have proposed, and organizers have not published yet."""
        return self.filter(proposed_at__isnull=False, published_at__isnull=True)

    def propose(self, title):
        """A new one with a working title, the last in the list. It is not public until organizers publish it.

        If there is one of this title already, then that one: somebody else has proposed the same, or a button was
        pressed twice.
        """
        column, key = build_localized_fieldname("title", SOURCE), name_key(title)
        # Compared here: no database treats spaces, invisible characters and the encoding of letters as `name_key` does.
        for each in self.order_by("pk"):
            if name_key(getattr(each, column) or "") == key:
                return each
        last = self.order_by().aggregate(last=models.Max("position"))["last"] or 0
        position = min(last + 1, LAST_POSITION)
        made = {column: title, "slug": f"proposed-{new_code()}", "position": position, "proposed_at": timezone.now()}
        return self.create(**made)


_PUBLISHED_AT_HELP = _("Empty: only organizers see it.")
_PROPOSED_AT_HELP = _("A coder has proposed it with a passage. Word it and give it a slug, then publish it.")
_REVISION_HELP = _(
    "Counts the changes of its English words since it was published. Evidence keeps the revision it was marked under."
)


class Claim(models.Model):
    """What problems and solutions have in common: links to them and what they once said outlive a change."""

    # The texts that say what it means; the first two of them are for readers.
    MEANING = ("title", "description", "use_when", "not_when")

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    description = models.TextField(_("description"), blank=True)
    use_when = models.TextField(_("use when"), blank=True, help_text=_("For coders: which passages belong here."))
    not_when = models.TextField(
        _("do not use when"), blank=True, help_text=_("For coders: which passages do not, and where they go.")
    )
    revision = models.PositiveIntegerField(_("revision"), default=1, help_text=_REVISION_HELP)
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.ORGANIZERS)
    # Coders who were done before that could not find it.
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_at = models.DateTimeField(_("proposed at"), null=True, editable=False, help_text=_PROPOSED_AT_HELP)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, help_text=_PUBLISHED_AT_HELP)

    objects = ClaimQuerySet.as_manager()

    formerslugs: Any
    revisions: Any
    evidence: Any
    askings: Any

    class Meta:
        abstract = True
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="%(class)s_source_is_known"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="%(class)s_revision_from_1"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse(self.kind(), args=[self.slug])

    @classmethod
    def kind(cls) -> str:
        """Either "problem" or "solution". The page is named so, and the key of rows that belong to a claim."""
        return str(cls._meta.model_name)

    @property
    def key(self) -> str:
        """Tells it from all other problems and solutions, in forms."""
        return f"{self.kind()}-{self.pk}"

    @property
    def text_key(self) -> str:
        return f"{self.kind()}.{self.slug}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    def locked(self) -> Self:
        """As it is stored now. Until the transaction ends, nobody deletes or rewords it.

        Raises ValidationError if it is gone.
        """
        manager: Any = type(self)._default_manager
        now = manager.select_for_update(no_key=True).filter(pk=self.pk).first()
        if now is None:
            raise ValidationError(CLAIM_GONE)
        return now

    def clean(self):
        super().clean()
        kind = type(self)._default_manager
        if kind.filter(formerslugs__slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError(_("Links to another one lead to this slug: it had it before."))

    @transaction.atomic
    def store(self, *, by=None):
        """Save it as an organizer has changed it.

        Once it is published, its former slug goes on leading to it, and a change of its English words makes a new
        revision, before which the words are kept as they read, in all languages. by: who has changed it. Raises
        ValidationError if links to another one lead to its slug, or if authors are asked about its words.
        """
        self.clean()
        before = type(self)._default_manager.select_for_update().filter(pk=self.pk).first()
        if before is not None:
            self.askings.all().check_stored(self)
        if before is not None and before.is_published:
            self.formerslugs.filter(slug=self.slug).delete()
            if self.slug != before.slug:
                self.formerslugs.create(slug=before.slug)
            if self._says() != before._says():
                self.revisions.create(number=before.revision, words=before._wording(), replaced_by=by)
                self.revision = before.revision + 1
        self.save()
        self.evidence.all().keep_older()

    def _says(self) -> list[str]:
        return [getattr(self, build_localized_fieldname(name, SOURCE)) or "" for name in self.MEANING]

    def _wording(self) -> dict[str, str]:
        columns = [build_localized_fieldname(name, code) for name in self.MEANING for code in (SOURCE, *OTHERS)]
        return {column: text for column in columns if (text := getattr(self, column))}

    def earlier_wordings(self) -> list[tuple[datetime, Self]]:
        """What readers read before, the latest first: [(until when, a row with those words that is not stored)]."""
        if self.revision == 1:
            return []
        found, later = [], self
        for revision in self.revisions.all():
            then = type(self)(**revision.words)
            # Readers do not see the definitions for coders.
            if then._says()[:2] != later._says()[:2]:
                found.append((revision.replaced_at, then))
            later = then
        return found
