import time

from django.db import models
from django.db.models import F, Q, Sum

SECONDS_KEPT = 3600


class RateLimitCountQuerySet(models.QuerySet):
    def expired(self):
        return self.filter(window__lt=time.time() - SECONDS_KEPT)

    def count_one(self, network: str, window: int) -> int:
        """Count one more in this window of time. Returns the count so far. window: see `add_one`."""
        self.add_one(network, window)
        return self.values_list("n", flat=True).get(network=network, window=window)

    def add_one(self, network: str, window: int, wider: str = "", widest: str = "") -> None:
        """Count one more in this window of time, and delete expired windows.

        window: when it began, in seconds since 1970. wider, widest: the networks that this one is part of. The database
        adds, so that the count is right with any number of workers.
        """
        if not self.filter(network=network, window=window).update(n=F("n") + 1):
            self.expired().delete()
            first = {"n": 1, "wider": wider, "widest": widest}
            _row, is_new = self.get_or_create(network=network, window=window, defaults=first)
            if not is_new:
                self.filter(network=network, window=window).update(n=F("n") + 1)

    def sent(self, window: int, **networks: str) -> dict[str, tuple[int, int]]:
        """How much each network has sent in this window, and in the hour that ends with it.

        networks: the values of the three fields. Returns the numbers by the names of these fields.
        """
        sums = {}
        for name, network in networks.items():
            ours = Q(**{name: network})
            sums[f"{name}_window"] = Sum("n", filter=ours & Q(window=window), default=0)
            sums[f"{name}_hour"] = Sum("n", filter=ours, default=0)
        # The widest network has the others in it.
        hour = self.filter(widest=networks["widest"], window__gt=window - 3600)
        found = hour.aggregate(**sums)
        return {name: (found[f"{name}_window"], found[f"{name}_hour"]) for name in networks}


class RateLimitCount(models.Model):
    """How often one network has sent within one window of time. network: see `rate_limits.networks_of`."""

    network = models.CharField(max_length=64)
    # The networks around it, to which addresses are given out as well: one owner may have all of them.
    wider = models.CharField(max_length=64)
    widest = models.CharField(max_length=64, db_index=True)
    window = models.BigIntegerField()
    n = models.PositiveIntegerField()

    objects = RateLimitCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "window"], name="one_count_a_network_and_window")]

    def __str__(self):
        return f"{self.window}: {self.n}"
