"""Marks whose claim says something else since they were made: somebody looks at each of them again."""

from django.db import models
from django.utils import timezone

from responses.models.recusal import AboutResponses


class OfOlderWords(AboutResponses):
    """For the QuerySet of marks."""

    def keep_older(self):
        """Store which of these marks are for a claim that says something else since.

        Of each mark, in one step. A row that is stored twice in one transaction has its foreign keys checked at the
        end, and that waits for whoever has locked the answer, who may wait for the claim.
        """
        reworded = models.Q(claim_revision__lt=models.F("problem__revision"))
        reworded |= models.Q(claim_revision__lt=models.F("solution__revision"))
        self.filter(reworded)._keep_waiting(timezone.localdate())

    def keep_reworded(self, on=None):
        """Store which of these marks wait to be looked at again, and since when.

        While an author's change waits for review, its marks are at no desk of coders.
        """
        self.filter(is_of_older_words=True)._keep_waiting(on or timezone.localdate())

    def _keep_waiting(self, today):
        accepted = self.filter(answer__accepted_on__isnull=False)
        accepted.filter(reworded_on=None).update(is_of_older_words=True, reworded_on=today)
        others = self.filter(answer__accepted_on=None)
        changes = models.Q(is_of_older_words=False) | models.Q(reworded_on__isnull=False)
        others.filter(changes).update(is_of_older_words=True, reworded_on=None)

    def reworded_for(self, user):
        """Marks made under older words that somebody may look at again: organizers at anybody's, coders at their own.

        None of an open answer of the shared sample, and none that was edited away: those wait in another queue.
        """
        waiting = self.filter(is_settled=True, lost_on=None).exclude(reworded_on=None)
        return waiting if user.has_perm("outcomes.moderate_evidence") else waiting.filter(coder=user)

    def waits_longest(self):
        return self.order_by("reworded_on", "pk")

    def behind(self, day, pk):
        """What follows, in `waits_longest()`, a mark that waits or has waited since this day."""
        return self.filter(models.Q(reworded_on__gt=day) | models.Q(reworded_on=day, pk__gt=pk))
