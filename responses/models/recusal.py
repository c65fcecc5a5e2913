from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AboutResponses(models.QuerySet):
    """Rows that belong to responses. Every desk starts from `not_recused_by`."""

    # The path from such a row to its response.
    to_response = "response"

    def not_recused_by(self, user):
        """Without what belongs to a response that the user has put away, because they know who wrote it."""
        return self.exclude(self._recusals_of(user))

    def recused_by(self, user):
        """Only what belongs to such a response: to be counted, never to be shown."""
        return self.filter(self._recusals_of(user))

    def _recusals_of(self, user):
        return models.Exists(Recusal.objects.filter(user=user, response=models.OuterRef(self.to_response)))


class RecusalQuerySet(AboutResponses):
    def codes_of(self, user) -> set[str]:
        """The codes of the responses that a user has put away."""
        return set(self.filter(user=user).values_list("response__code", flat=True))

    @transaction.atomic
    def recuse(self, user, response, *, on=None):
        """Put a response away for good: nothing of it is shown to the user again, and somebody else takes it.

        Answers that the user has reserved are free again. Safe to repeat. Raises ValidationError if the response was
        withdrawn.
        """
        # If its author withdraws at this moment, one of the two waits for the other.
        response.lock()
        recusal, _is_new = self.get_or_create(
            user=user, response=response, defaults={"recused_on": on or timezone.localdate()}
        )
        user.reservations.filter(answer__response=response).delete()
        user.review_reservations.filter(response=response).delete()
        return recusal


class Recusal(models.Model):
    """A reviewer, coder or translator knows who wrote a response, and leaves it to others.

    Its author never learns of it: it would tell them who knows them. So it is in no log and in no export.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="recusals"
    )
    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="recusals"
    )
    recused_on = models.DateField(_("put away on"))

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("response put away")
        verbose_name_plural = _("responses put away")
        ordering = ["-recused_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "response"], name="one_recusal_a_user_a_response")]

    def __str__(self):
        # Never the user: when somebody undoes it, this ends up in the admin's log, which outlives both.
        return str(self.response)
