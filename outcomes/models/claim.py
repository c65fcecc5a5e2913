import json
from datetime import datetime
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from responses.access.keys import new_code, sha256_of
from responses.languages.text_diff import word_changes
from responses.languages.text_matching import name_key
from responses.models import Answer
from responses.models.question import LAST_POSITION
from responses.organizer_texts import OTHERS, SOURCE

from .keeping import KeepingQuerySet

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


class ClaimQuerySet(KeepingQuerySet, PublishableQuerySet):  # type: ignore[override]
    REFUSAL = _("Somebody may have coded with these words: they are stored one by one, so that the earlier are kept.")

    def coded_with(self, now=None):
        """Those with whose words anybody may have coded."""
        seen = models.Q(read_revision__gt=0) | models.Q(published_at__lte=now or timezone.now())
        seen |= models.Q(revision__gt=1)
        for name in ("signoffs", "evidence", "codedvalues"):
            rows = getattr(self.model, name).rel.related_model._base_manager
            seen |= models.Q(models.Exists(rows.filter(**{self.model.kind(): models.OuterRef("pk")})))
        return self.filter(seen)

    def fixed(self):
        return self.coded_with()

    def lock(self):
        # What is coded with refers to its row, and need not wait; whoever changes words waits.
        list(self.order_by("pk").select_for_update(no_key=True).values_list("pk"))

    def lock_titles(self):
        """Until the transaction ends, nobody else proposes one. Lock this before any of them."""
        # There may be none yet that could be locked.
        kind = ContentType.objects.get_for_model(self.model)
        ContentType.objects.select_for_update(no_key=True).get(pk=kind.pk)

    def proposed(self):
        """What coders have proposed, and organizers have not published yet."""
        return self.filter(proposed_at__isnull=False, published_at__isnull=True)

    def signed_off(self):
        """Those that organizers have said to code with, as they read now."""
        return self.filter(signoffs__revision=models.F("revision"))

    def not_signed_off(self):
        return self.exclude(pk__in=self.model._default_manager.signed_off().values("pk"))

    @transaction.atomic
    def propose(self, title):
        """A new one with a working title, the last in the list. It is not public until organizers publish it.

        If there is one of this title already, then that one: somebody else has proposed the same, perhaps at this
        moment, or a button was pressed twice.
        """
        self.lock_titles()
        column, key = build_localized_fieldname("title", SOURCE), name_key(title)
        # Compared here: no database treats spaces, invisible characters and the encoding of letters as `name_key` does.
        for pk, there in self.order_by("pk").values_list("pk", column):
            if name_key(there or "") == key:
                return self.get(pk=pk)
        return self.propose_new(**{column: title})

    def propose_new(self, **texts):
        """The same where it is known that none has its title. texts: {column: words}"""
        last = self.order_by().aggregate(last=models.Max("position"))["last"] or 0
        position = min(last + 1, LAST_POSITION)
        made = {"slug": f"proposed-{new_code()}", "position": position, "proposed_at": timezone.now()}
        return self.create(**made, **texts)


_PUBLISHED_AT_HELP = _("Empty: only organizers see it.")
_PROPOSED_AT_HELP = _("A coder has proposed it with a passage. Word it and give it a slug, then publish it.")
_REVISION_HELP = _(
    "Counts the changes of its English words since somebody could code with it: since it was published, signed off, or "
    "had its first mark. Evidence keeps the revision it was marked under."
)


class Claim(models.Model):
    """What problems and solutions have in common: links to them and what they once said outlive a change."""

    # The texts that say what it means; the first two of them are for readers.
    MEANING = ("title", "description", "use_when", "not_when")
    # What only `store` changes once anybody may have coded with it.
    FIXED = frozenset({"slug", *(build_localized_fieldname(name, SOURCE) for name in MEANING)})

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    description = models.TextField(_("description"), blank=True)
    use_when = models.TextField(_("use when"), blank=True, help_text=_("For coders: which passages belong here."))
    not_when = models.TextField(
        _("do not use when"), blank=True, help_text=_("For coders: which passages do not, and where they go.")
    )
    revision = models.PositiveIntegerField(_("revision"), default=1, help_text=_REVISION_HELP)
    # The last revision that readers could read, kept while it is hidden; 0: none so far.
    read_revision = models.PositiveIntegerField(default=0, editable=False)
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.ORGANIZERS)
    # Coders who were done before that could not find it.
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_at = models.DateTimeField(_("proposed at"), null=True, editable=False, help_text=_PROPOSED_AT_HELP)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, help_text=_PUBLISHED_AT_HELP)

    objects = ClaimQuerySet.as_manager()

    formerslugs: Any
    revisions: Any
    signoffs: Any
    merges: Any
    evidence: Any
    codedvalues: Any
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

        Raises ValidationError if it is gone, and says where it went.
        """
        manager: Any = type(self)._default_manager
        now = manager.select_for_update(no_key=True).filter(pk=self.pk).first()
        if now is None:
            raise ValidationError(self.merges.model.objects.why_gone(type(self), self.pk))
        return now

    def clean(self):
        super().clean()
        kind = type(self)._default_manager
        if kind.filter(formerslugs__slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError(_("Links to another one lead to this slug: it had it before."))

    @transaction.atomic
    def store(self, *, by=None):
        """Save it as an organizer has changed it.

        Once it has been published, its former slug goes on leading to it. Once anybody may have coded with it, a change
        of its English words makes a new revision, before which the words are kept as they read, in all languages. by:
        who has changed it. Raises ValidationError if links to another one lead to its slug, or if authors are asked
        about its words, or if it is gone.
        """
        kind: Any = type(self)._default_manager
        # No stronger than the lock of the form: whoever marks may wait for that one already.
        before = None if self._state.adding else self.locked()
        if before is not None:
            self.askings.model.objects.check_stored(self)
            self.revision = before.revision
            self.read_revision = before.revision if before.is_published else before.read_revision
            if self.read_revision:
                self.formerslugs.filter(slug=self.slug).delete()
                if self.slug != before.slug:
                    self.formerslugs.create(slug=before.slug)
            if self._says() != before._says() and kind.coded_with().filter(pk=self.pk).exists():
                was_public = self.read_revision == before.revision
                words = {"words": before._wording(), "was_public": was_public}
                self.revisions.create(number=before.revision, replaced_by=by, **words)
                self.revision += 1
        self.save()
        # Last: whoever takes a slug that another one gives up at this moment has waited for that until here.
        self.clean()
        self.evidence.all().keep_older()

    @transaction.atomic
    def split(self, marks, *, into, read=None):
        """Move some of its marks to another claim, each with its stance and its note.

        marks: their keys, as many as one page has. into: the claim, or (kind, working title) for a new one. read: the
        revision of the other claim that somebody has read; without it, the present one. Returns
        ([marks that were moved], [(mark, why it stayed)]). Raises ValidationError, and changes nothing, if none could
        be moved or the other claim is gone.
        """
        settled = self.evidence.settled().filter(pk__in=marks)
        # Everybody who does something with a mark locks its answer first. Pressed twice, the second one waits here.
        list(Answer.objects.select_for_update().filter(pk__in=settled.values("answer")).order_by("pk"))
        found = list(settled.select_related("answer__response", "problem", "solution", "translation").order_by("pk"))
        if not found:
            raise ValidationError(_("These marks were moved or taken back meanwhile."))
        if isinstance(into, tuple):
            kind, title = into
            # There may be one of this title already, this one too.
            into = kind.objects.propose(title)
        if into == self:
            raise ValidationError(_("They are there already: choose another problem or solution."))
        stayed: list = []
        for mark in found:
            try:
                mark.change(claim=into, stance=mark.stance, note=mark.note, read=read)
            except ValidationError as refusal:
                stayed.append((mark, " ".join(refusal.messages)))
        if len(stayed) == len(found):
            raise ValidationError(list(dict.fromkeys(why for _mark, why in stayed)))
        left = {mark.pk for mark, _why in stayed}
        return [mark for mark in found if mark.pk not in left], stayed

    def revision_read(self, read: int | None) -> int:
        """read: the revision that a page says somebody has read; None: the present one."""
        return self.revision if read is None else min(read, self.revision)

    @property
    def sign_off(self):
        """That of the words that it has now. None if nobody has said to code with them."""
        return next((each for each in self.signoffs.all() if each.revision == self.revision), None)

    @property
    def fingerprint(self) -> str:
        """Changes with its English words and its revision."""
        return sha256_of(json.dumps([self.revision, *self._says()]))

    @classmethod
    def reading(cls, words) -> Self:
        """A row that is not stored, with the words of a revision, {column: text}.

        Without those in a language that the interface does not have any more.
        """
        columns = {field.name for field in cls._meta.fields}
        return cls(pk=None, **{column: text for column, text in words.items() if column in columns})

    def changes_since(self, words) -> list[tuple[str, list[tuple[str, str]]]]:
        """[(name of a text, what changed in it, as `word_changes` has it)] of its English texts that read otherwise.

        words: {column: text} of a revision.
        """
        found = []
        for name in self.MEANING:
            column = build_localized_fieldname(name, SOURCE)
            before, now = words.get(column, ""), getattr(self, column) or ""
            if before != now:
                field: Any = self._meta.get_field(name)
                found.append((str(field.verbose_name), word_changes(before, now)))
        return found

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
            if not revision.was_public:
                continue
            then = self.reading(revision.words)
            # Readers do not see the definitions for coders.
            if then._says()[:2] != later._says()[:2]:
                found.append((revision.replaced_at, then))
            later = then
        return found
