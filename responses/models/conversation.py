from datetime import UTC, date, datetime, time, timedelta
from datetime import timezone as zone
from operator import attrgetter

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import slug_re
from django.db import models, transaction
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltranslation.utils import build_localized_fieldname

from responses.validators import is_blank, not_blank

from .question import Question

# A day begins where the clocks are 14 hours ahead of UTC, and has ended everywhere when it has 12 hours behind it.
_FIRST, _LAST = zone(timedelta(hours=14)), zone(timedelta(hours=-12))
# Days after the last one of a conversation in which a draft can still be finished and sent.
FINISHING_DAYS = 7
# Somebody may type such a day to say "without an end".
_END_OF_TIME = date.max - timedelta(days=FINISHING_DAYS)


def has_begun(day: date) -> bool:
    """Whether a day has begun somewhere on earth."""
    return day <= timezone.now().astimezone(_FIRST).date()


def is_over(day: date) -> bool:
    """Whether a day has ended everywhere on earth."""
    return days_since(day) > 0


def _are_out(results_on: date | None, closes_on: date | None) -> bool:
    """Whether results are out that come on this day, in a conversation with this last day."""
    # The day after the last one begins in the east before the last one has ended in the west.
    return results_on is not None and has_begun(results_on) and closes_on is not None and is_over(closes_on)


def days_since(day: date) -> int:
    """How many days have begun since a day ended, where days end last; 0 or less as long as it has not ended there."""
    return (timezone.now().astimezone(_LAST).date() - day).days


class ConversationQuerySet(models.QuerySet):
    def current(self):
        """The one that the respond page serves."""
        return self.get(is_current=True)

    def named_or_current(self, slug):
        """The one with this slug, which a form says it belongs to; otherwise the current one.

        No form belongs to one that was held elsewhere.
        """
        # Whatever else a form brings is not looked up: PostgreSQL refuses a NUL, and the words with it would be lost.
        found = self.filter(slug=slug).first() if slug_re.match(slug) else None
        held_here = found and (found.is_current or found.has_made_way or not found.page)
        return found if held_here else self.current()

    def newest_first(self):
        return self.order_by("-opens_on", "-pk")

    def to_choose_from(self, slug):
        """Those that have begun, the newest first, and the one with this slug; None if it is "".

        Raises Conversation.DoesNotExist if none of them has it.
        """
        begun = [each for each in self.newest_first() if each.has_begun]
        chosen = [each for each in begun if each.slug == slug]
        if slug and not chosen:
            raise self.model.DoesNotExist("No conversation that has begun has this slug.")
        return begun, chosen[0] if chosen else None


class Stage(models.TextChoices):
    """Where a conversation stands."""

    PLANNED = "planned", pgettext_lazy("state of a conversation", "Not open yet")
    OPEN = "open", pgettext_lazy("state of a conversation", "Open")
    CLOSED = "closed", pgettext_lazy("state of a conversation", "Closed")
    RESULTS = "results", pgettext_lazy("state of a conversation", "Results are out")


class Conversation(models.Model):
    """One round of asking: it opens, it closes, and results are promised by a day.

    A day counts everywhere: the conversation opens when its first day begins somewhere on earth, and closes when its
    last day has ended everywhere. Conversations are current one after another. That they were is stored, because
    organizers change the days later.
    """

    Stage = Stage
    SAY_WHY = _("Say why the promised day moves: it is shown beside the new day.")
    DAY_IS_OVER = _("This day has ended everywhere on earth. Choose a later one.")
    DAYS = ("opens_on", "closes_on", "results_by", "results_on")

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=190)
    invitation = models.TextField(_("invitation"), blank=True)
    asked_by = models.CharField(_("who asks"), max_length=190, blank=True)
    questions = models.ManyToManyField(Question, verbose_name=_("questions"), related_name="conversations")
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("A day ends when it has ended everywhere on earth: at noon (UTC) of the next day."),
    )
    results_by = models.DateField(_("results promised by"), null=True, blank=True)
    # When results were promised first, or anew after the promise was taken back; not when the promised day moved.
    promised_on = models.DateField(null=True, editable=False)
    results_on = models.DateField(_("results out on"), null=True, blank=True)
    is_current = models.BooleanField(_("current"), default=False, editable=False)
    # When another one became current in its place. None as long as it waits for its turn, and while it is current.
    made_way_at = models.DateTimeField(null=True, editable=False)
    page = models.URLField(_("page"), blank=True, help_text=_("Where else it is or was held."))

    # The plugin of mypy does not find this manager, although it finds those of the other models.
    objects = ConversationQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=not_blank("title"), name="conversation_has_a_title"),
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_conversation_is_current"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__isnull=True) | models.Q(closes_on__gte=models.F("opens_on")),
                name="conversation_closes_after_it_opens",
                violation_error_message=_("The last day is before the first one."),
                violation_error_code="closes_on",
            ),
            models.CheckConstraint(
                condition=models.Q(made_way_at__isnull=True) | models.Q(closes_on__isnull=False),
                name="conversation_that_made_way_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=models.Q(made_way_at__isnull=True) | models.Q(is_current=False),
                name="conversation_that_made_way_is_not_current",
            ),
            models.CheckConstraint(
                condition=models.Q(results_by__isnull=True)
                | models.Q(closes_on__isnull=False, results_by__gt=models.F("closes_on")),
                name="conversation_promises_results_after_closing",
                violation_error_message=_("Results can be promised only for a day after the last one."),
                violation_error_code="results_by",
            ),
            models.CheckConstraint(
                condition=models.Q(results_on__isnull=True)
                | models.Q(closes_on__isnull=False, results_on__gt=models.F("closes_on")),
                name="conversation_has_results_after_closing",
                violation_error_message=_("Results can be out only after the last day."),
                violation_error_code="results_on",
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("conversation", args=[self.slug])

    @property
    def text_key(self):
        return f"conversation.{self.slug}"

    @property
    def has_begun(self) -> bool:
        """Whether people can answer in it, or could: one that waits for its turn has not begun, whatever its days."""
        return self.stage != Stage.PLANNED

    @property
    def first_day(self) -> date | None:
        """The day on which it opens or opened; None if its first day has come while it waits for its turn."""
        return self.opens_on if self.has_begun or not has_begun(self.opens_on) else None

    @property
    def is_over(self) -> bool:
        return self.closes_on is not None and is_over(self.closes_on)

    @property
    def has_made_way(self) -> bool:
        """Whether another one has taken its place: it is closed, whatever its last day is now."""
        return self.made_way_at is not None

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has sent a response, saved a draft or announced a gathering in it."""
        return not any(rows.exists() for rows in (self.responses, self.drafts, self.gatherings))

    @property
    def can_make_way(self) -> bool:
        """Whether another one can become current in its place: it is over, or was made current by mistake."""
        return self.is_over or self.is_slip

    @property
    def is_slip(self) -> bool:
        """Whether another can take its place because it was made current by mistake.

        That is so until the end of its first day, and only while it is untouched: what people have told or announced in
        it belongs nowhere else. The first day counts, because it is today if `make_current` has set it; from the day
        after, people have relied on the last day that they read.
        """
        return self.is_current and not is_over(self.opens_on) and self.is_untouched

    @property
    def is_open(self) -> bool:
        """Whether anybody can answer."""
        return self.is_current and has_begun(self.opens_on) and not self.is_over

    @property
    def is_closed(self) -> bool:
        """Whether nobody can answer any more; before it opens, it is neither open nor closed."""
        return self.stage in (Stage.CLOSED, Stage.RESULTS)

    @property
    def finishes_on(self) -> date | None:
        """The last day on which a draft can be finished and sent."""
        return self.closes_on and min(self.closes_on, _END_OF_TIME) + timedelta(days=FINISHING_DAYS)

    @property
    def takes_drafts(self) -> bool:
        """Whether a draft can be finished and sent."""
        last = self.finishes_on
        return self.is_open or (last is not None and not is_over(last) and self.is_closed)

    @property
    def has_results(self) -> bool:
        return _are_out(self.results_on, self.closes_on)

    @property
    def stage(self):
        """Where it stands, one of `Stage`."""
        if self.has_results:
            return Stage.RESULTS
        if self.is_open:
            return Stage.OPEN
        # Its first day may have come before the organizers made it current: it has never been open then.
        is_closed = self.is_over or self.has_made_way or self.is_end_unknown
        return Stage.CLOSED if is_closed else Stage.PLANNED

    @property
    def is_end_unknown(self) -> bool:
        """Whether it was held elsewhere, and nobody knows on which day it closed."""
        return bool(self.page) and self.closes_on is None and has_begun(self.opens_on) and not self.is_current

    @property
    def days_late(self) -> int:
        """For how many days the promised day has been over without results; 0 if the promise is not broken."""
        return max(0, days_since(self.results_by)) if self.results_by and not self.has_results else 0

    @property
    def _turn(self) -> tuple:
        """Sorts conversations: those that have had their turn, the current one, those that wait for theirs."""
        if self.is_current:
            return (1,)
        if not self.is_closed:
            return (2, self.opens_on, self.pk)
        # One that was held elsewhere has never made way here.
        ended_at = self.made_way_at or datetime.combine(self.closes_on or self.opens_on, time.max, tzinfo=UTC)
        return (0, ended_at, self.pk)

    @property
    def next(self):
        """The first one after it in which people can answer or will be able to; None if there is none."""
        later = [each for each in Conversation.objects.all() if each._turn > self._turn and not each.is_closed]
        return min(later, key=lambda each: each._turn, default=None)

    @property
    def open_successor(self) -> "Conversation | None":
        """The one that people can answer now, if that is a later one."""
        if self.is_current or not self.is_closed:
            return None
        return next((each for each in Conversation.objects.filter(is_current=True) if each.is_open), None)

    @property
    def previous(self):
        """The last one before it that people could answer, here or elsewhere."""
        earlier = [each for each in Conversation.objects.all() if each._turn < self._turn]
        begun = [each for each in earlier if each.has_begun]
        return max(begun, key=lambda each: each._turn, default=None)

    @property
    def moves(self) -> list["tuple[MovedPromise, date | None]"]:
        """The promises that were moved, oldest first, each with the day promised then; None if none was."""
        moved = list(self.moved_promises.all())
        return list(zip(moved, [*(each.results_by for each in moved[1:]), self.results_by], strict=False))

    def check_questions(self, asked):
        """Raises ValidationError if a question that has answers is not among those that are asked from now on."""
        answered = Question.objects.filter(answers__response__conversation=self).exclude(pk__in=asked).distinct()
        if found := list(answered):
            raise ValidationError(
                _("This question has answers in this conversation, so it stays: %(question)s")
                % {"question": found[0].prompt}
            )

    @property
    def moved_today(self) -> "MovedPromise | None":
        """The day that was promised before it was moved today."""
        return self.moved_promises.filter(moved_on=timezone.localdate()).first()

    @property
    def _relied_on(self) -> date | None:
        """The promised day that people rely on, so that it does not change without a reason; None if there is none.

        A day that is promised today may be a slip: what counts is the day that was promised before today. If none was,
        today's day counts as soon as somebody has sent a response and was promised it.
        """
        if moved := self.moved_today:
            return moved.results_by
        may_be_slip = (
            self.promised_on == timezone.localdate() and not self.responses.filter(results_by=self.results_by).exists()
        )
        return None if may_be_slip else self.results_by

    @property
    def _was_promised_since_it_moved(self) -> bool:
        """Whether the promised day moved today, and somebody has sent a response and was promised another one."""
        if not (moved := self.moved_today):
            return False
        promised = self.responses.filter(started_on=timezone.localdate(), results_by__isnull=False)
        return promised.exclude(results_by=moved.results_by).exists()

    def moves_promise(self, results_by: date | None) -> bool:
        """Whether a promise moves if results are promised by this day from now on: then it takes a reason."""
        if self.pk is None or results_by == self.results_by:
            return False
        return self._relied_on not in (None, results_by)

    def check_days(self, *, opens_on: date, closes_on: date | None, results_by: date | None, results_on: date | None):
        """Raises ValidationError if these cannot become its days, because people have acted on those that it has.

        The message stands at the field that it is about. What no conversation may have is a constraint of the
        database; Django checks a constraint only if the form shows its fields.
        """
        refused = {}
        if opens_on > self.opens_on and (has_opened := self._why_it_opens_by(opens_on)):
            refused["opens_on"] = has_opened
        # Drafts can be finished for some days after a last day that people could read.
        was_asked = self.is_current or self.has_made_way
        if self.has_made_way and closes_on is None:
            refused["closes_on"] = _("Another conversation has taken its place, so it keeps a last day.")
        elif was_asked and closes_on and closes_on != self.closes_on and is_over(closes_on):
            refused["closes_on"] = self.DAY_IS_OVER
        if results_by != self.results_by:
            if _are_out(results_on, closes_on):
                refused["results_by"] = _("The results are out, so the promised day does not change any more.")
            elif results_by and is_over(results_by) and self.moves_promise(results_by):
                refused["results_by"] = self.DAY_IS_OVER
            elif self._was_promised_since_it_moved and not self.moves_promise(results_by):
                refused["results_by"] = _(
                    "Since the promised day was moved today, somebody has sent a response and was promised the new "
                    "day. Wait until tomorrow, then move it back and say why."
                )
        if refused:
            raise ValidationError(refused)

    def _why_it_opens_by(self, day):
        """Why its first day cannot be moved to this later day; None if it can."""
        if self.has_made_way or (has_begun(self.opens_on) and not self.is_untouched):
            return _("People could answer from %(day)s on: the first day cannot be a later one.") % {
                "day": formats.date_format(self.opens_on)
            }
        first = self.gatherings.filter(held_on__lt=day).order_by("held_on").first()
        return first and _("A gathering is held on %(day)s: the first day cannot be a later one.") % {
            "day": formats.date_format(first.held_on)
        }

    def validate_constraints(self, exclude=None):
        """As in any model, but each message stands at the field that the code of the constraint names."""
        try:
            super().validate_constraints(exclude)
        except ValidationError as refusal:
            refused = refusal.error_dict
            for each in refused.pop(NON_FIELD_ERRORS, []):
                is_shown = each.code in self.DAYS and each.code not in (exclude or ())
                refused.setdefault(each.code if is_shown else NON_FIELD_ERRORS, []).append(each)
            raise ValidationError(refused) from None

    @transaction.atomic
    def store(self, *, reason=""):
        """Save it as an organizer has changed it. A promised day that moves is kept, with the reason.

        Raises ValidationError if the day moves without a reason, if people have acted on days that change, or if it is
        gone.
        """
        before = Conversation.objects.select_for_update().filter(pk=self.pk).first()
        if before is None and not self._state.adding:
            raise ValidationError(_("Somebody else has deleted this meanwhile, so it was not saved."))
        if before is None:
            self.promised_on = self.results_by and timezone.localdate()
            self.save()
            return
        before.check_days(**{name: getattr(self, name) for name in self.DAYS})
        # Another organizer may have made it current since it was read.
        self.is_current, self.made_way_at = before.is_current, before.made_way_at
        self.promised_on = before.promised_on
        if before.results_by != self.results_by and before._relied_on is None:
            self.promised_on = self.results_by and timezone.localdate()
        self.save()
        if before.results_by == self.results_by:
            return
        of_today = before.moved_today
        if not before.moves_promise(self.results_by):
            if of_today:
                of_today.delete()
            return
        if is_blank(reason):
            raise ValidationError(self.SAY_WHY)
        moved = of_today or MovedPromise(conversation=self, moved_on=timezone.localdate(), results_by=before.results_by)
        setattr(moved, build_localized_fieldname("reason", settings.MODELTRANSLATION_DEFAULT_LANGUAGE), reason)
        moved.save()

    def check_can_become_current(self, every: "list[Conversation]"):
        """Raises ValidationError if it cannot become current: while another one is, or because it had its turn.

        every: all conversations. One that has had its turn never comes back, except as the latest one, when another
        was made current after it by mistake.
        """
        if not self.questions.exists():
            raise ValidationError(_("Choose its questions first."))
        for other in every:
            if other.is_current and not other.can_make_way:
                raise ValidationError(
                    _("“%(title)s” is still the current conversation. Wait until its last day is over.")
                    % {"title": other.title}
                )
        latest = max((each for each in every if each.has_made_way), key=attrgetter("made_way_at"), default=None)
        comes_back = self == latest and any(each.is_slip for each in every)
        if self.is_closed and not comes_back:
            raise ValidationError(
                _("“%(title)s” is closed and cannot become current. Add a new conversation.") % {"title": self.title}
            )
        # Where the day begins late, its last day may still go on.
        if self.closes_on and self.closes_on < self.first_day_if_made_current:
            raise ValidationError(
                _("Today would become its first day, but its last day is earlier. Set a later last day.")
            )

    @property
    def first_day_if_made_current(self) -> date:
        """Today if its first day has passed while it waited for its turn, and nothing was sent or announced in it."""
        is_touched = self.responses.exists() or self.gatherings.exists()
        is_late = is_over(self.opens_on) and not self.has_made_way and not is_touched
        return timezone.localdate() if is_late else self.opens_on

    @transaction.atomic
    def make_current(self):
        """The respond page serves it from now on. Raises ValidationError as `check_can_become_current`.

        If its first day has passed, it opens today: nobody could answer before, and whoever waits for it hears of it.
        One that comes back after a mistake keeps its days, and is closed as long as its last day is over. The mistaken
        one has not had its turn.
        """
        # All of them, so that of two organizers at once the second finds what the first has made current. Somebody may
        # send words at this very moment: they are stored where they were sent, as when a conversation closes.
        every = list(Conversation.objects.select_for_update().order_by("pk"))
        now = next(each for each in every if each.pk == self.pk)
        if now.is_current:
            return
        now.check_can_become_current(every)
        for other in [each for each in every if each.is_current]:
            made_way_at = None if other.is_slip else timezone.now()
            Conversation.objects.filter(pk=other.pk).update(is_current=False, made_way_at=made_way_at)
        opens_on = now.first_day_if_made_current
        Conversation.objects.filter(pk=self.pk).update(is_current=True, made_way_at=None, opens_on=opens_on)
        self.is_current, self.made_way_at, self.opens_on = True, None, opens_on


class MovedPromise(models.Model):
    """A day for which results were promised before an organizer moved it."""

    conversation = models.ForeignKey(
        Conversation, verbose_name=_("conversation"), on_delete=models.CASCADE, related_name="moved_promises"
    )
    results_by = models.DateField(_("promised before"))
    moved_on = models.DateField(_("moved on"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("moved promise")
        verbose_name_plural = _("moved promises")
        ordering = ["moved_on"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "moved_on"], name="one_moved_promise_a_day"),
            models.CheckConstraint(condition=not_blank("reason"), name="moved_promise_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.conversation}, {self.results_by}"

    @property
    def text_key(self):
        return f"promise.{self.conversation.slug}.{self.moved_on}"
