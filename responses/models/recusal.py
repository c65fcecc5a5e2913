from django.apps import apps
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
        return self.exclude(self._put_away_by(user))

    def recused_by(self, user):
        """Only what belongs to such a response: to be counted, never to be shown."""
        return self.filter(self._put_away_by(user))

    def _put_away_by(self, user):
        # The few that a user has put away are looked up once, instead of the response of every row here: so an index
        # alone can tell how many rows there are.
        put_away = Recusal.objects.filter(user=user).values("response")
        own, _, further = self.to_response.partition("__")
        if not further:
            return models.Q(**{f"{own}__in": put_away})
        related = self.model._meta.get_field(own).related_model._base_manager
        return models.Q(**{f"{own}__in": related.filter(**{f"{further}__in": put_away}).values("pk")})

    def follow_mask(self, masking):
        """Take out of these rows, all of one response, what organizers hide in it from now on.

        masking: a `Masking`. Whoever keeps words of answers, or words about them, has to do it.
        """

    def hidden_along(self):
        """The responses in whose rows `follow_mask` of these rows hides words too."""
        return self.none()

    def follow_withdrawal(self, response):
        """Delete what these rows keep about a response elsewhere: its author is withdrawing it.

        The rows themselves go with it.
        """

    def follow_change(self):
        """Bring up to date what these rows, all of one response, keep of its state and of its words in any language.

        Called after every change of either.
        """

    def to_author(self) -> dict[str, list]:
        """What the download of everything has of these rows, all of one response, for its author: {name: list}."""
        return {}

    def take_out(self, masking, *fields, of_author=()):
        """What `follow_mask` does where people have written about answers. of_author: the fields of their author."""
        for row in self:
            for name in fields:
                setattr(row, name, masking.without_words(getattr(row, name)))
            for name in of_author:
                setattr(row, name, masking.of_author(row, name))
        self.bulk_update(list(self), [*fields, *of_author])


def rows_about(response):
    """The rows that belong to a response: a queryset for each model that has such rows, whichever app it is in."""
    for model in apps.get_models():
        rows = model._default_manager.all()
        if isinstance(rows, AboutResponses) and not model._meta.proxy:
            yield rows.filter(**{rows.to_response: response.pk})


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
        indexes = [models.Index(fields=["-recused_on", "id"], name="recusals_newest")]
        constraints = [models.UniqueConstraint(fields=["user", "response"], name="one_recusal_a_user_a_response")]

    def __str__(self):
        # Never the user: when somebody undoes it, this ends up in the admin's log, which outlives both.
        return str(self.response)
