import time

from django.db import models
from django.db.models import F

SECONDS_KEPT = 3600


class RateLimitCountQuerySet(models.QuerySet):
    def expired(self):
        return self.filter(window__lt=time.time() - SECONDS_KEPT)

    def count_one(self, network: str, window: int) -> int:
        """Count one more in this window of time, and delete expired windows. Returns the count so far.

        window: when it began, in seconds since 1970. The database adds, so that the count is right with any number of
        workers.
        """
        if not self.filter(network=network, window=window).update(n=F("n") + 1):
            self.expired().delete()
            _row, is_new = self.get_or_create(network=network, window=window, defaults={"n": 1})
            if not is_new:
                self.filter(network=network, window=window).update(n=F("n") + 1)
        return self.values_list("n", flat=True).get(network=network, window=window)


class RateLimitCount(models.Model):
    """How often one network has sent within one window of time. network: see `rate_limits.network_of`."""

    network = models.CharField(max_length=64)
    window = models.BigIntegerField()
    n = models.PositiveIntegerField()

    objects = RateLimitCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "window"], name="one_count_a_network_and_window")]

    def __str__(self):
        return f"{self.window}: {self.n}"
