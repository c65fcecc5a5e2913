"""Those whose passages stand behind a problem, a solution, a clause or a statement are asked: did we understand you?

They are asked before it is published, and nobody is told what they answer.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.kept_log import name_in_log
from responses.models import Response
from responses.models.conversation import days_since, is_over
from responses.models.mask import forget_as_author_wrote

from .asked_words import Part, as_json, english_of, from_json, is_worded, parts_of
from .evidence import Evidence
from .problem import Problem
from .solution import Solution
from .statement import Clause, Statement

# Days that authors have to answer, at least and at most.
FEWEST_DAYS = 14
MOST_DAYS = 90
# For so long no mail goes out: a slip of the finger is seen soon, and a mail cannot be called back.
BEFORE_MAILS = timedelta(hours=1)
# Of fewer answers nothing is told but that they are fewer; of an address, only if there are so many with and without.
FEWEST_TOLD = 5
# Of fewer, organizers too are told what was answered only once readers are: somebody who writes some of the responses
# that they ask could otherwise learn, unseen, what another author answers.
FEWEST_TOLD_BEFORE_READERS = 10
# For so long after its last day nothing is told: what was sent before is stored by then, so that no two figures differ
# by it.
BEFORE_FIGURES = timedelta(minutes=5)
KINDS = ("problem", "solution", "clause", "statement")
# The relations by which an asking names and words what it is about.
WITH_THINGS = ("problem", "solution", "clause__statement", "statement")

_GONE = _("Somebody else has deleted this meanwhile.")
_IS_ASKED = _("Its authors are being asked about this already, until %(day)s.")
_IS_PUBLISHED = _("This is published, or will be before its authors have had time to answer.")
_NOT_WORDED = _("Word all of it in English first: whoever lacks it in their language reads that.")
_NOBODY = _("No published answer stands behind this yet, so there is nobody to ask.")
_ALL_BUSY = _("All whose words stand behind this are being asked about something else. Wait until that has closed.")
_STOP_FIRST = _(
    "Until %(day)s, authors are asked about these words. Before the English changes or anything is deleted, stop the "
    "asking."
)
_WAIT = _("Until %(day)s, authors are asked about this. It can be published when that day has ended everywhere.")


def kind_of(thing) -> str:
    """One of `KINDS`."""
    return str(thing._meta.model_name)


def _day_that_ends_last() -> date:
    """The day that it is now where days end last."""
    today = timezone.localdate()
    return today + timedelta(days=days_since(today))


def _shown(day: date) -> dict[str, str]:
    return {"day": formats.date_format(day)}


@dataclass(frozen=True)
class Prospect:
    """Who would be asked. responses: their keys.

    Not how many of them have left an address: whoever looks before and after a response comes in would know it of that
    one.
    """

    responses: tuple[int, ...]
    busy: int  # those behind it who are being asked about something else


def tells_mails(by_mail: int, asked: int) -> bool:
    """Whether it may be told how many have left an address: of neither kind there are few."""
    return min(by_mail, asked - by_mail) >= FEWEST_TOLD


def marks_behind(thing):
    """The marks in published answers that stand behind it, whatever their stance."""
    marks, kind = Evidence.objects.to_export(), kind_of(thing)
    if kind in ("problem", "solution"):
        return marks.of(thing)
    path = {"clause": "", "statement": "__statement"}[kind]
    behind = models.Q(**{f"problem__clauses{path}": thing}) | models.Q(**{f"quotations__clause{path}": thing})
    return marks.filter(pk__in=Evidence.objects.filter(behind).values("pk"))


def responses_behind(thing):
    """The responses with these marks. Nobody has written a sample."""
    answers = marks_behind(thing).order_by().values("answer__response")
    return Response.objects.published().filter(is_sample=False, pk__in=answers)


class AskingQuerySet(models.QuerySet):
    def about(self, thing):
        return self.filter(**{kind_of(thing): thing})

    def open(self):
        """Those that can be answered: their last day has not ended everywhere on earth."""
        return self.filter(closes_on__gte=_day_that_ends_last())

    def closed(self):
        return self.filter(closes_on__lt=_day_that_ends_last())

    def with_things(self):
        return self.select_related(*WITH_THINGS)

    def locked_in_order(self):
        """Until the transaction ends, nobody else stops them, leaves them or lets own words be shown."""
        # All who lock several do so in this order, and after their responses.
        return self.order_by("pk").select_for_update(no_key=True)

    def not_recused_by(self, user):
        """All: it is about many responses, and shows none."""
        return self

    def to_act_on(self):
        """Those that have closed, while what was asked is neither published, reworded, nor asked anew."""
        asked_later = self.model.objects.filter(
            models.Q(*(_same(kind) for kind in KINDS), _connector=models.Q.OR),
            asked_at__gt=models.OuterRef("asked_at"),
            is_of_gone=False,
        )
        # Organizers ask rarely: these are few.
        latest = self.closed().exclude(models.Exists(asked_later)).with_things()
        waiting = [each.pk for each in latest if not each.is_reworded and not each.is_to_be_published]
        return self.filter(pk__in=waiting)

    def prospect(self, thing) -> Prospect:
        """Who would be asked about it now. One who is being asked about something is not asked about anything else."""
        behind = list(responses_behind(thing).order_by("pk").values_list("pk", flat=True))
        busy = set(self.open().filter(asked__response__in=behind).values_list("asked__response", flat=True))
        to_ask = tuple(pk for pk in behind if pk not in busy)
        return Prospect(to_ask, len(behind) - len(to_ask))

    @transaction.atomic
    def ask(self, thing, *, closes_on: date, by=None):
        """Ask all whose words stand behind a problem, a solution, a clause or a statement, until a day.

        Raises ValidationError if the day is too early or too late, if it is published already or will be by then, if
        it is asked about at present, if it is gone or lacks its English, or if there is nobody to ask.
        """
        # Answers and responses are locked before everything else: whoever withdraws or asks the same people waits.
        keys = [*responses_behind(thing).order_by("pk").values_list("pk", flat=True)]
        list(Response.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
        now = locked(thing)
        if there := self.about(now).open().first():
            raise ValidationError(_IS_ASKED % _shown(there.closes_on))
        if not is_worded(now):
            raise ValidationError(_NOT_WORDED)
        days = {"asked_at": timezone.now(), "asked_on": timezone.localdate(), "closes_on": closes_on}
        made: Any = self.model(asked_by=by, words=as_json(parts_of(now)), **days, **{kind_of(now): now})
        made.check_days()
        if (published_at := publishing_of(now)) and published_at < made.ends_at:
            raise ValidationError(_IS_PUBLISHED)
        prospect = self.prospect(now)
        # Nobody is asked whose response has changed while this waited: their words may be others by now.
        to_ask = [pk for pk in prospect.responses if pk in set(keys)]
        if not to_ask:
            raise ValidationError(_ALL_BUSY if prospect.busy else _NOBODY)
        made.number, made.leaves_out = len(to_ask), prospect.busy > 0
        made.save(force_insert=True)
        rows = [made.asked.model(asking=made, response_id=pk) for pk in to_ask]
        # Their keys are random. In no other order are they stored, so that none tells who is who.
        made.asked.model.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
        return made

    def check_stored(self, thing):
        """Raises ValidationError if a thing must not be stored as it reads now, because authors are asked about it."""
        for each in self._open_with(thing):
            mine = english_of(parts_of(thing))
            # Of a statement, its clauses are stored by themselves.
            there = english_of(each.kept_parts)
            if not each.is_about(thing):
                # A clause of a statement: what it says now, or was asked about before it was emptied or moved.
                numbers = set(Clause.objects.filter(pk=thing.pk).values_list("position", flat=True))
                there = [words for words in there if words in mine or words[1] in numbers]
            if kind_of(thing) == "statement":
                mine, there = mine[:1], there[:1]
            if mine != there:
                raise ValidationError(_STOP_FIRST % _shown(each.closes_on))
        if kind_of(thing) != "clause":
            self.check_publishable(thing, thing.published_at)

    def check_deletable(self, thing):
        """Raises ValidationError if authors are asked about it, or about what it is a part of."""
        for each in self._open_with(thing):
            raise ValidationError(_STOP_FIRST % _shown(each.closes_on))

    def with_parts(self, thing):
        """Those about a thing or, if it is a statement, about one of its clauses."""
        about = models.Q(**{kind_of(thing): thing})
        if kind_of(thing) == "statement":
            about |= models.Q(clause__statement=thing)
        return Asking.objects.filter(about)

    def check_publishable(self, thing, at: datetime | None):
        """Raises ValidationError if authors are still asked about it at this moment, or about a part of it.

        at: when it is to be published; None: it is not.
        """
        if at is None or thing.pk is None:
            return
        for each in self.with_parts(thing).open().order_by("-closes_on")[:1]:
            if at < each.ends_at:
                raise ValidationError(_WAIT % _shown(each.closes_on))

    def _open_with(self, thing):
        """Open ones about a thing, or about the statement that it is a clause of."""
        about = models.Q(**{kind_of(thing): thing}) if thing.pk else models.Q(pk__in=[])
        if kind_of(thing) == "clause" and thing.statement_id:
            about |= models.Q(statement=thing.statement_id)
        return Asking.objects.open().filter(about)


def _same(kind):
    return models.Q(**{kind: models.OuterRef(kind)})


def locked(thing) -> Any:
    """As it is stored. Until the transaction ends, nobody publishes, deletes or rewords it."""
    if kind_of(thing) == "clause":
        Statement.objects.select_for_update(no_key=True).filter(pk=thing.statement_id).first()
    now = type(thing)._default_manager.select_for_update(no_key=True).filter(pk=thing.pk).first()
    if now is None:
        raise ValidationError(_GONE)
    return now


def publishing_of(thing) -> datetime | None:
    """When readers see it, or will see it; None if that is not decided."""
    return thing.statement.published_at if kind_of(thing) == "clause" else thing.published_at


# Of the keys of what can be asked about. What authors answered never goes with it.
_KEY: Any = {"on_delete": models.PROTECT, "related_name": "askings", "null": True, "blank": True}


class Asking(models.Model):
    """Those behind a problem, a solution, a clause or a statement are asked whether they were understood."""

    # Exactly one of these four.
    problem = models.ForeignKey(Problem, verbose_name=_("problem"), **_KEY)
    solution = models.ForeignKey(Solution, verbose_name=_("solution"), **_KEY)
    # Nothing: `Clause.delete` moves it to the statement before. The database refuses whatever walks past that.
    clause = models.ForeignKey(Clause, verbose_name=_("clause"), **_KEY | {"on_delete": models.DO_NOTHING})
    statement = models.ForeignKey(Statement, verbose_name=_("statement"), **_KEY)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    closes_on = models.DateField(
        _("last day"), help_text=_("A day ends when it has ended everywhere on earth: at noon (UTC) of the next day.")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    # `as_json` of its parts, as they read when it was asked.
    words = models.JSONField(_("what was asked"), editable=False)
    number = models.PositiveIntegerField(_("asked"), editable=False)
    # How many of them had withdrawn by its end, or shared with the organizers only: they are in no figure.
    left = models.PositiveIntegerField(default=0, editable=False)
    # Whether somebody was not asked because they were being asked about something else.
    leaves_out = models.BooleanField(default=False, editable=False)
    # Whether what it was about is gone: a problem or solution that has become one with this one, or a clause that was
    # taken from this statement.
    is_of_gone = models.BooleanField(default=False, editable=False)

    objects = AskingQuerySet.as_manager()

    asked: Any

    class Meta:
        verbose_name = _("asking back")
        verbose_name_plural = _("asking back")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    *(models.Q(**{f"{other}__isnull": other != kind for other in KINDS}) for kind in KINDS),
                    _connector=models.Q.OR,
                ),
                name="asking_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("asked_on") + timedelta(days=FEWEST_DAYS)),
                name="asking_gives_two_weeks_at_least",
            ),
            models.CheckConstraint(
                condition=models.Q(left__lte=models.F("number")), name="asking_is_left_by_those_who_were_asked"
            ),
        ]

    def __str__(self):
        return f"{self.thing}, {self.asked_on}"

    @property
    def name_in_log(self) -> str:
        return f"{name_in_log(self.thing)}, {self.asked_on}"

    @property
    def kind(self) -> str:
        return next(kind for kind in KINDS if getattr(self, f"{kind}_id") is not None)

    @property
    def kind_asked(self) -> str:
        """The kind of what was asked about, even if that is gone."""
        return "clause" if self.kept_parts[0].field == "text" else self.kind

    @property
    def thing(self) -> Any:
        """What is asked about."""
        return getattr(self, self.kind)

    @property
    def address(self) -> str:
        """Of the page on which readers see it once it is published."""
        thing = self.thing.statement if self.kind == "clause" else self.thing
        return thing.get_absolute_url() + (f"#clause-{self.thing.position}" if self.kind == "clause" else "")

    def is_about(self, thing) -> bool:
        return getattr(self, f"{kind_of(thing)}_id") == thing.pk

    @property
    def is_open(self) -> bool:
        return not is_over(self.closes_on)

    @property
    def number_counted(self) -> int:
        return self.number - self.left

    @property
    def ends_at(self) -> datetime:
        """When its last day has ended everywhere on earth: at noon (UTC) of the next day."""
        return datetime.combine(self.closes_on + timedelta(days=1), time(12), tzinfo=UTC)

    @property
    def has_figures(self) -> bool:
        """Whether all that was sent until its end is stored: only then anything is told of it."""
        return timezone.now() >= self.ends_at + BEFORE_FIGURES

    @cached_property
    def kept_parts(self) -> list[Part]:
        """What was asked, as it read then."""
        return from_json(self.words)

    @cached_property
    def _present_parts(self) -> list[Part]:
        return parts_of(self.thing)

    @property
    def is_reworded(self) -> bool:
        """Whether its English words have changed since it was asked."""
        return self.is_of_gone or english_of(self._present_parts) != english_of(self.kept_parts)

    @property
    def parts(self) -> list[Part]:
        """What was asked, with the translations that were written since."""
        return self.kept_parts if self.is_reworded else self._present_parts

    @property
    def fingerprint(self) -> str:
        """Changes with what authors are asked, as it reads in the language of the page."""
        return sha256_of(json.dumps([each.worded for each in self.parts]))

    @property
    def first_part(self) -> Part:
        """By which its authors know it again: its title, or the clause with its number."""
        return self.parts[0]

    @property
    def is_to_be_published(self) -> bool:
        return publishing_of(self.thing) is not None

    @property
    def is_published(self) -> bool:
        if self.is_of_gone:
            # What is published is something else.
            return False
        at = publishing_of(self.thing)
        return at is not None and at <= timezone.now()

    def check_days(self):
        """Raises ValidationError if it would close too early, or too late."""
        days = (self.closes_on - self.asked_on).days
        if not FEWEST_DAYS <= days <= MOST_DAYS:
            first, last = (self.asked_on + timedelta(days=each) for each in (FEWEST_DAYS, MOST_DAYS))
            raise ValidationError(
                _("Choose a last day from %(first)s to %(last)s: people need time to answer.")
                % {"first": formats.date_format(first), "last": formats.date_format(last)}
            )

    @transaction.atomic
    def stop(self):
        """Ask no longer. All answers are deleted. Raises ValidationError if it has closed, or was stopped already."""
        now = Asking.objects.select_for_update().filter(pk=self.pk).first()
        if now is None:
            raise ValidationError(_("Somebody else has stopped this meanwhile."))
        if not now.is_open:
            raise ValidationError(_("This has closed meanwhile. What was answered stays."))
        for each in now.asked.exclude(own_words=""):
            forget_as_author_wrote(each, "own_words")
        now.delete()
