"""What reviewers do, counted by month for everybody. Which response it was about, and when, is kept nowhere here."""

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .decline_reason import DeclineReason

# Numbers are shown in steps of so many: "fewer than 5", "5 to 9", "10 to 14". What happened once cannot be read from
# them, and no number can be had by subtracting others.
STEP = 5


class Moderated(models.TextChoices):
    """What is counted, in the order in which it is shown."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ASKED = "asked"
    HIDDEN = "hidden"
    TAKEN_BACK = "taken_back"


def _first_of(day: date) -> date:
    return day.replace(day=1)


def _next(month: date) -> date:
    return _first_of(month + timedelta(days=31))


class ModerationTallyQuerySet(models.QuerySet):
    def note(self, kind, response, *, reason=None):
        """Count something that was done about a response, if public numbers may count it. reason: a `DeclineReason`."""
        if response.is_counted:
            self.create(kind=kind, reason=reason, month=_first_of(timezone.localdate()))


class ModerationTally(models.Model):
    """Something was done about some response in a month that is not counted yet. Nobody is shown it before."""

    # The first day of it. A closer day could tell which response it was.
    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=10, choices=Moderated)
    # Empty, if it was declined in the reviewer's own words alone.
    reason = models.ForeignKey(DeclineReason, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    objects = ModerationTallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tally of a month")
        verbose_name_plural = _("tallies of a month")
        indexes = [models.Index(fields=["month", "kind", "reason"], name="tallies_of_a_month")]
        constraints = [
            models.CheckConstraint(condition=models.Q(month__day=1), name="tally_month_is_its_first_day"),
            models.CheckConstraint(condition=models.Q(kind__in=Moderated.values), name="tally_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(kind=Moderated.DECLINED) | models.Q(reason__isnull=True),
                name="tally_has_a_reason_only_if_declined",
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}: {self.kind}"


class MonthlyNumberQuerySet(models.QuerySet):
    @transaction.atomic
    def close(self, today: date | None = None) -> int:
        """Write down the numbers of all months that are over, and forget what they were made of. Safe to repeat.

        A month is closed on the second day of the next one: what was begun in its last minute has ended by then. From
        the first one on, each month has all its numbers, also if nothing happened: a gap would tell that. Returns how
        many months were closed. A closed month never changes.
        """
        current = _first_of((today or timezone.localdate()) - timedelta(days=1))
        tallies = ModerationTally.objects.filter(month__lt=current)
        last = self.aggregate(last=Max("month"))["last"]
        month = _next(last) if last else tallies.aggregate(first=Min("month"))["first"]
        numbers = tallies.order_by().values_list("month", "kind", "reason").annotate(n=Count("pk"))
        counted = {(month, kind, reason): n for month, kind, reason, n in numbers}
        # Nobody deletes one while it is written down.
        reasons = list(DeclineReason.objects.select_for_update(no_key=True).values_list("pk", flat=True))
        kinds = [(kind, None) for kind in Moderated] + [(Moderated.DECLINED, reason) for reason in reasons]
        closed = 0
        while month and month < current:
            rows: list[Any] = [self.model(month=month, kind=kind, reason_id=reason) for kind, reason in kinds]
            for row in rows:
                number = counted.get((month, row.kind, row.reason_id), 0)
                row.at_least = number - number % STEP
            # Another run may be doing the same at this moment.
            self.bulk_create(rows, ignore_conflicts=True)
            month, closed = _next(month), closed + 1
        tallies.delete()
        return closed

    def years(self) -> list[int]:
        """Those with closed months, the latest first."""
        return [each.year for each in self.dates("month", "year", order="DESC")]

    def by_month(self, year: int | None) -> list[tuple[date, list[Any]]]:
        """[(first day of the month, its numbers in their order)] of a year, the latest first."""
        order = list(Moderated)
        found: dict[date, list[Any]] = {}
        rows: Any = self.filter(month__year=year) if year else self.none()
        for each in rows.select_related("reason").order_by("-month", "reason__position", "reason__slug"):
            found.setdefault(each.month, []).append(each)
        # "Another reason" behind those that have a name.
        return [
            (month, sorted(numbers, key=lambda each: (order.index(Moderated(each.kind)), each.reason_id is None)))
            for month, numbers in found.items()
        ]


class MonthlyNumber(models.Model):
    """How often something was done in a month that is over, as everybody may read it. It never changes."""

    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=10, choices=Moderated)
    # Published numbers keep their names: a reason that stands here is offered no more, never deleted.
    reason = models.ForeignKey(
        DeclineReason, on_delete=models.PROTECT, related_name="monthly_numbers", null=True, blank=True
    )
    # A multiple of `STEP`. The number itself is kept nowhere.
    at_least = models.PositiveIntegerField(_("at least"))

    objects = MonthlyNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of a month")
        verbose_name_plural = _("numbers of a month")
        constraints = [
            models.CheckConstraint(condition=models.Q(month__day=1), name="number_month_is_its_first_day"),
            models.CheckConstraint(condition=models.Q(kind__in=Moderated.values), name="number_kind_is_known"),
            models.UniqueConstraint(
                fields=["month", "kind"], condition=models.Q(reason__isnull=True), name="one_number_a_month_a_kind"
            ),
            models.UniqueConstraint(fields=["month", "kind", "reason"], name="one_number_a_month_a_reason"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}: {self.kind}"

    @property
    def is_few(self) -> bool:
        return self.at_least == 0

    @property
    def at_most(self) -> int:
        return self.at_least + STEP - 1
