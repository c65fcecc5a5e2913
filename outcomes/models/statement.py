import re
from datetime import datetime
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from responses.kept_log import saying
from responses.models import Response, TextSource
from responses.organizer_texts import SOURCE
from responses.validators import is_blank, not_blank

from .claim import PublishableQuerySet
from .keeping import KeepingQuerySet
from .problem import Problem
from .solution import Solution

GONE = _("An organizer has deleted this version meanwhile.")
CLAUSE_GONE = _("An organizer has deleted this clause meanwhile.")
FIXED = _("This version is published, or its day is set: its English words stay as they are.")
KEPT = _("A version that is published, or whose day is set, cannot be deleted.")
WAS_ASKED = _(
    "Authors were asked about this. What they answered is theirs and would go with it, so it is not deleted. It can "
    "stay as it is, unpublished."
)
NAME_TAKEN = _("There is a version of this name already.")


def _in_english(name: str) -> str:
    return build_localized_fieldname(name, SOURCE)


def _has_words(name: str) -> models.Q:
    # Without the first part, a text that is NULL would pass a constraint.
    return models.Q(**{f"{_in_english(name)}__isnull": False}) & models.Q(not_blank(_in_english(name)))


def _copied(row: models.Model, *, but: set[str]) -> dict[str, Any]:
    """{column: value} of a row in all languages, without its key and these fields."""
    columns = {}
    for field in row._meta.concrete_fields:
        name = getattr(field, "translated_field", field).name
        # The bare column of a translated text says what one of the others says.
        is_bare = any(getattr(each, "translated_field", None) is field for each in row._meta.concrete_fields)
        if not field.primary_key and not is_bare and name not in but:
            columns[field.attname] = getattr(row, field.attname)
    return columns


def _copy_sources(row: models.Model, copy: models.Model, *, but: frozenset[str] = frozenset()) -> None:
    """The texts of a copy were made from the same English as those of the row."""
    there = TextSource.objects.filter(model=row._meta.label_lower, row=row.pk).exclude(field__in=but)
    for each in there:
        each.pk, each._state.adding, each.row = None, True, copy.pk
        each.save(force_insert=True)


class VersionsQuerySet(KeepingQuerySet):
    """Rows of versions: what readers have been given is not deleted, and its English stays."""

    REFUSAL = FIXED

    def asked_about(self):
        """Those about which, or about a part of which, authors were asked."""
        return self.filter(askings__isnull=False).distinct()

    def lock_versions(self):
        """Until the transaction ends, nobody publishes the versions that these rows belong to, nor takes them back."""
        raise NotImplementedError

    def lock(self):
        self.lock_versions()

    @transaction.atomic
    def delete(self):
        """Raises ProtectedError if one of them belongs to a version that is published, or whose day is set."""
        self.lock_versions()
        if kept := list(self.fixed()):
            raise ProtectedError(str(KEPT), kept)
        if asked := list(self.asked_about()):
            raise ProtectedError(str(WAS_ASKED), asked)
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class OvertakenError(ValidationError):
    """Another version was published since one was begun. latest: that other one."""

    def __init__(self, latest):
        said = _("Version %(latest)s has been published since this one was begun. Compare the two, and mend this one.")
        super().__init__(said, code="overtaken", params={"latest": latest.version})
        self.latest = latest


class StatementQuerySet(VersionsQuerySet, PublishableQuerySet):  # type: ignore[override]
    def newest_first(self):
        """Those that are published, in the order in which each was made from the one before.

        Not by the day on which they were announced: that of the first one is typed, and may be any.
        """
        return self.order_by("-published_at", "-pk")

    def fixed(self):
        """Those that are published, or will be at a moment that is set."""
        return self.filter(published_at__isnull=False)

    def asked_about(self):
        return self.filter(models.Q(askings__isnull=False) | models.Q(clauses__askings__isnull=False)).distinct()

    def lock_versions(self):
        list(Statement.objects.select_for_update(no_key=True).filter(pk__in=self.values("pk")).order_by("pk"))

    @transaction.atomic
    def begin(self, earlier, version, *, by=None):
        """A draft that is a copy of a published version: its clauses in all languages, with their problems.

        Quotations stay with the earlier version: their authors were shown its words and its numbers. version: the slug
        of the new one. Raises ValidationError if the earlier one is not published, or the slug is taken.
        """
        earlier = earlier.locked()
        if not earlier.is_published:
            raise ValidationError(_("A new version is made from one that is published."))
        if self.filter(version=version).exists():
            raise ValidationError(NAME_TAKEN)
        told = {"version": version, "made_from": earlier}
        try:
            with transaction.atomic():
                draft = self.create(**_copied(earlier, but=Statement.OF_ONE_VERSION), **told)
        except IntegrityError as fault:
            # Somebody has begun one of this name at this moment: from another version, or in the form.
            if self.filter(version=version).exists():
                raise ValidationError(NAME_TAKEN) from fault
            raise
        _copy_sources(earlier, draft, but=frozenset(Statement.OF_ONE_VERSION))
        for clause in earlier.clauses.prefetch_related("problems"):
            copy = Clause.objects.create(
                **_copied(clause, but={"statement", "earlier"}), statement=draft, earlier=clause
            )
            copy.problems.set(clause.problems.all())
            _copy_sources(clause, copy)
        draft.log(by, ADDITION, saying(_("Begun as a copy of version %(version)s"), version=str(earlier)))
        return draft


class Statement(models.Model):
    """The conference statement, in one of its versions.

    A version is a draft until `published_at` is set. From then on its English words stay, and it is not deleted.
    """

    # What a copy does not take over.
    OF_ONE_VERSION = frozenset({"version", "announced_on", "adopted_on", "published_at", "made_from", "note"})
    # What stays once it is published.
    FIXED = frozenset({"version", "announced_on", "made_from", _in_english("title"), _in_english("note")})

    version = models.SlugField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=190)
    announced_on = models.DateField(
        _("announced on"),
        null=True,
        blank=True,
        help_text=_("Empty: the day on which it is published."),
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, help_text=_("Only if it is known."))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    source_url = models.URLField(_("source"), blank=True)
    licence = models.CharField(_("licence"), max_length=50, blank=True)
    made_from = models.ForeignKey(
        "self",
        verbose_name=_("made from"),
        on_delete=models.PROTECT,
        related_name="made_into",
        null=True,
        blank=True,
        editable=False,
    )
    note = models.TextField(
        _("what changed"),
        blank=True,
        help_text=_("For readers: what is different from the version that it was made from, and why."),
    )
    # What led to it.
    problems_behind = models.ManyToManyField(
        Problem, verbose_name=_("problems that led to it"), related_name="statements_behind", blank=True
    )
    solutions_behind = models.ManyToManyField(
        Solution, verbose_name=_("solutions that led to it"), related_name="statements_behind", blank=True
    )
    responses_behind = models.ManyToManyField(
        Response, verbose_name=_("responses that led to it"), related_name="statements_behind", blank=True
    )

    objects = StatementQuerySet.as_manager()

    clauses: Any
    askings: Any
    made_from_id: int | None

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(made_from=models.F("pk")), name="statement_is_not_made_from_itself"
            ),
            # Of two organizers who publish at once, one has to look at the other's version first.
            models.UniqueConstraint(
                fields=["made_from"],
                condition=models.Q(published_at__isnull=False),
                name="one_published_version_made_from_each",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | _has_words("title"),
                name="published_statement_has_a_title",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(made_from__isnull=True) | _has_words("note"),
                name="published_statement_says_what_changed",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(announced_on__isnull=False),
                name="published_statement_was_announced",
            ),
        ]

    def __str__(self):
        return self.version

    def get_absolute_url(self):
        return reverse("statement_version", args=[self.version])

    @property
    def text_key(self):
        return f"statement.{self.version}"

    @property
    def quotes_the_conference(self) -> bool:
        """Whether any of its clauses stands beside the conference's own words."""
        return any(clause.quotation for clause in self.clauses.all())

    @property
    def is_fixed(self) -> bool:
        """Whether it is published, or its day is set."""
        return self.published_at is not None

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_planned(self) -> bool:
        return self.is_fixed and not self.is_published

    @property
    def keeps_a_year(self) -> bool:
        """Whether it is a draft whose title is still that of the version it was made from, and names a year."""
        title = getattr(self, _in_english("title")) or ""
        if self.is_fixed or not self.made_from or title != getattr(self.made_from, _in_english("title")):
            return False
        return bool(re.search(r"\b(19|20)\d\d\b", title))

    def locked(self) -> "Statement":
        """As it is stored now. Until the transaction ends, nobody publishes or deletes it, nor takes it back.

        Raises ValidationError if it is gone.
        """
        now = Statement.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
        if now is None:
            raise ValidationError(GONE)
        return now

    def delete(self, *args, **options):
        """Raises ProtectedError unless it is a draft about which, with its clauses, no author was ever asked."""
        with transaction.atomic():
            # Locked whatever it was when it was read: somebody may publish it at this moment.
            now = Statement.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
            if now is not None and now.is_fixed:
                raise ProtectedError(str(KEPT), [self])
            if asked := list(Statement.objects.filter(pk=self.pk).asked_about()):
                raise ProtectedError(str(WAS_ASKED), asked)
            return super().delete(*args, **options)

    @transaction.atomic
    def store(self):
        """Save it as an organizer has changed it.

        Raises ValidationError if words would change that stay, or if it is gone.
        """
        if not self._state.adding:
            before = self.locked()
            # Only `publish` and `take_back` set it.
            self.published_at = before.published_at
            if before.is_fixed:
                check_fixed(before, self)
            self.askings.model.objects.check_stored(self)
        self.save()

    def check_ready(self, moment: datetime) -> None:
        """Raises ValidationError with all that a draft still lacks before it can be published at a moment.

        Every condition that concerns this version alone stands here; `publish` asks for them under its lock.
        """
        clauses = list(self.clauses.all())
        lacks = []
        if not clauses:
            lacks.append(gettext("It has no clause."))
        if is_blank(getattr(self, _in_english("title")) or ""):
            lacks.append(gettext("Its title is missing in English."))
        for each in clauses:
            if is_blank(getattr(each, _in_english("text")) or ""):
                said = gettext("Clause %(number)s is missing in English.")
                lacks.append(said % {"number": formats.number_format(each.position)})
        if self.made_from_id and is_blank(getattr(self, _in_english("note")) or ""):
            lacks.append(gettext("It does not say what changed: write the note, at least in English."))
        if not self.made_from_id and self.announced_on and self.announced_on > timezone.localdate(moment):
            said = gettext("It says that it was announced on %(day)s. Change that day, or publish it then.")
            lacks.append(said % {"day": formats.date_format(self.announced_on)})
        if lacks:
            raise ValidationError(lacks)

    @transaction.atomic
    def publish(self, *, at: datetime | None = None, by=None) -> None:
        """Give it to readers: now, or at a later moment. From now on its words stay.

        A version that was made from another, or names no day, is announced on that day. Raises ValidationError with the
        reason if it cannot be done, in particular OvertakenError if another was published since this one was begun.
        """
        # All of them, so that of two organizers at once one waits, and then reads what the other has done.
        versions = {each.pk: each for each in Statement.objects.select_for_update(no_key=True).order_by("pk")}
        now = timezone.now()
        draft, moment = versions.get(self.pk), at or now
        if draft is None:
            raise ValidationError(GONE)
        if draft.is_fixed:
            raise ValidationError(_("It is published already.") if draft.is_published else _("Its day is set already."))
        if moment < now:
            raise ValidationError(_("This moment has passed. Choose a later one, or publish it now."))
        if planned := next((each for each in versions.values() if each.is_planned), None):
            raise ValidationError(
                _("Version %(version)s is to be published on %(day)s. Wait for it, or take that back first.")
                % {"version": planned, "day": formats.date_format(timezone.localtime(planned.published_at))}
            )
        latest = Statement.objects.published(now).newest_first().first()
        if latest is not None and latest.pk != draft.made_from_id:
            raise OvertakenError(latest)
        draft.check_ready(moment)
        draft.askings.model.objects.check_publishable(draft, moment)
        draft.published_at = moment
        if draft.made_from_id or draft.announced_on is None:
            draft.announced_on = timezone.localdate(moment)
        draft.save(update_fields=["published_at", "announced_on"])
        self.published_at, self.announced_on = draft.published_at, draft.announced_on
        said = _("To be published on %(moment)s") if at and at > now else _("Published on %(moment)s")
        draft.log(by, CHANGE, saying(said, moment=f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"))

    @transaction.atomic
    def take_back(self, *, by=None) -> None:
        """Make it a draft again, before its moment has come. Raises ValidationError if that is too late, or it is one.

        Quotations that wait beside its clauses stay; `Clause.store` asks their authors anew if the words change.
        """
        planned = self.locked()
        if not planned.is_fixed:
            raise ValidationError(_("No day is set for it."))
        if planned.is_published:
            raise ValidationError(_("It is published: it stays."))
        if planned.announced_on == timezone.localdate(planned.published_at):
            # It would have been announced by this publication.
            planned.announced_on = self.announced_on = None
        planned.published_at = self.published_at = None
        planned.save(update_fields=["published_at", "announced_on"])
        planned.log(by, CHANGE, _("Its day was taken back"))

    @transaction.atomic
    def follow(self, latest, *, by=None) -> None:
        """Go on as a draft that is made from the version that was published meanwhile.

        Its words stay as they are; each clause comes from that clause of the other version which comes from the same
        clause as this one. Raises ValidationError if it is no draft, or the other one is not the latest.
        """
        # In the order in which `publish` locks them.
        both = Statement.objects.filter(pk__in=[self.pk, latest.pk])
        both.lock_versions()
        draft, latest = (both.filter(pk=each.pk).first() for each in (self, latest))
        if draft is None or latest is None:
            raise ValidationError(GONE)
        if draft.is_fixed:
            raise ValidationError(FIXED)
        if latest.pk == draft.pk or latest != Statement.objects.published().newest_first().first():
            raise ValidationError(_("Another version has been published since. Compare with that one."))
        descended = {pk: clause for clause, line in latest.clauses.lineages().items() for pk in line}
        for clause in draft.clauses.all():
            clause.earlier_id = descended.get(clause.earlier_id)
            clause.save(update_fields=["earlier"])
        draft.made_from = self.made_from = latest
        # From now on, `publish` says when it is announced.
        draft.announced_on = self.announced_on = None
        draft.save(update_fields=["made_from", "announced_on"])
        draft.log(by, CHANGE, saying(_("Made from version %(version)s from now on"), version=str(latest)))

    def log(self, by, flag, said) -> None:
        """Into the admin's log, if it is known who did it."""
        if by is not None:
            LogEntry.objects.log_actions(by.pk, [self], flag, change_message=said, single_object=True)


class ClauseQuerySet(VersionsQuerySet):
    def fixed(self):
        return self.filter(statement__published_at__isnull=False)

    def lineages(self) -> dict[int, list[int]]:
        """{key of a clause: that key, and those of the clauses that it comes from, the latest first}"""
        earlier = dict(Clause.objects.values_list("pk", "earlier"))
        found: dict[int, list[int]] = {}
        for key in self.values_list("pk", flat=True):
            line: list[int] = []
            pk: int | None = key
            # No constraint keeps several from coming from each other.
            while pk is not None and pk not in line:
                line.append(pk)
                pk = earlier.get(pk)
            found[key] = line
        return found

    def lock_versions(self):
        found = Statement.objects.select_for_update(no_key=True).filter(pk__in=self.values("statement"))
        list(found.order_by("pk"))


class Clause(models.Model):
    """One of the numbered parts of a statement."""

    # What stays once its version is published.
    FIXED = frozenset({"statement", "position", "quotation", "earlier", _in_english("text")})

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.CASCADE, related_name="clauses"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"), help_text=_("In the portal's own words."))
    quotation = models.TextField(
        _("quotation"), blank=True, help_text=_("The conference's own words, in English, where we have them.")
    )
    problems = models.ManyToManyField(Problem, verbose_name=_("problems"), related_name="clauses", blank=True)
    # The clause of the version that its statement was made from, from which it was copied.
    earlier = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="later", null=True, blank=True, editable=False
    )

    objects = ClauseQuerySet.as_manager()

    quotations: Any
    askings: Any

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["statement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="one_clause_a_number"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="clause_numbers_begin_at_1"),
            models.UniqueConstraint(fields=["statement", "earlier"], name="one_later_clause_a_version"),
            models.CheckConstraint(condition=~models.Q(earlier=models.F("pk")), name="clause_is_not_made_from_itself"),
        ]

    def __str__(self):
        return f"{self.statement}/{self.position}"

    @property
    def text_key(self):
        return f"clause.{self.statement.version}.{self.position}"

    def delete(self, *args, **options):
        """What its authors answered about it stays theirs to read: it is kept with the statement.

        Raises ProtectedError unless its version is a draft, and ValidationError while its authors are asked.
        """
        with transaction.atomic():
            if self.statement.locked().is_fixed:
                raise ProtectedError(str(KEPT), [self])
            self.askings.model.objects.check_deletable(self)
            self.askings.update(clause=None, statement=self.statement_id, is_of_gone=True)
            return super().delete(*args, **options)

    @transaction.atomic
    def store(self) -> bool:
        """Save it as an organizer has changed it. Returns whether authors of quotations are asked anew.

        That is done if the English of a draft changes: they were shown other words. Raises ValidationError if the words
        of its version stay, or if it is gone.
        """
        is_fixed = self.statement.locked().is_fixed
        before = Clause.objects.filter(pk=self.pk).first()
        if before is None and not self._state.adding:
            raise ValidationError(CLAUSE_GONE)
        if is_fixed:
            if before is None:
                raise ValidationError(FIXED)
            check_fixed(before, self)
        self.statement.askings.model.objects.check_stored(self)
        self.save()
        is_reworded = before is not None and before.says() != self.says()
        return is_reworded and self.quotations.ask_anew() > 0

    def says(self) -> tuple[str, str]:
        """What it says in English, and which words of the conference stand beside it."""
        return getattr(self, _in_english("text")) or "", self.quotation


def check_fixed(before: Any, now: Any) -> None:
    """Raises ValidationError if a value differs that stays. before, now: a row as it is stored, and as it would be."""
    for name in before.FIXED:
        attname = before._meta.get_field(name).attname
        if (getattr(before, attname) or "") != (getattr(now, attname) or ""):
            raise ValidationError(FIXED)
