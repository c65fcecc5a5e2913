from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from responses.models import Response
from responses.models.mask import as_author_wrote, forget_as_author_wrote
from responses.models.recusal import AboutResponses

from .asking import (
    BEFORE_MAILS,
    FEWEST_TOLD,
    FEWEST_TOLD_BEFORE_READERS,
    WITH_THINGS,
    Asking,
    locked,
    marks_behind,
)

# So many more than the fewest are told that they are among few: otherwise they would be told when one of them leaves.
FEW_MORE = 5

REWORDED = _("This text has changed since you opened it. Read it again.")
STOPPED = _("You are not asked about this any more. Your answer was not stored; your words are below.")
CLOSED = _("The last day to answer is over. Nothing was changed; your words are below.")


class Said(models.TextChoices):
    """What an author answers. The three weigh the same."""

    YES = "yes", pgettext_lazy("did we understand you?", "Yes, that is what I mean")
    IN_PART = "part", pgettext_lazy("did we understand you?", "In part")
    NO = "no", pgettext_lazy("did we understand you?", "No")


class AskedQuerySet(AboutResponses):
    def answered(self):
        return self.exclude(said="")

    def to_answer(self):
        return self.filter(asking__in=Asking.objects.open())

    def standing(self):
        """Of responses that are published at this moment, and were not left out: no figure counts any other."""
        return self.filter(has_left=False, response__in=Response.objects.published())

    def with_things(self):
        return self.select_related("asking", *(f"asking__{path}" for path in WITH_THINGS))

    def with_words(self):
        """Those with own words, in an order that tells nothing: the shortest first."""
        return self.filter(has_left=False).exclude(own_words="").order_by(Length("own_words"), "own_words", "pk")

    def public(self):
        """Own words that organizers have read and let be shown, as their authors allow it."""
        return self.with_words().filter(may_be_public=True, is_shown=True)

    def to_mail(self):
        """Those who may be told by mail, and have not been: organizers have had an hour to stop it."""
        return self.to_answer().filter(
            asking__asked_at__lte=timezone.now() - BEFORE_MAILS,
            # Of words that are not published at the moment, nothing is to be published.
            response__in=Response.objects.published(),
            mailed_on=None,
            said="",
            response__contact__delete_on__gt=timezone.localdate(),
        )

    def hidden_along(self):
        # Locked before: whoever writes there at this moment waits, or is waited for.
        return Response.objects.filter(asked__asking__in=self.values("asking")).distinct()

    def follow_mask(self, masking):
        """Take the words out of what all have written who were asked the same.

        Otherwise, organizers would learn whose own words these are: of the response in which they hide something.
        """
        self.take_out(masking, of_author=["own_words"])
        beside = self.model.objects.filter(asking__in=self.values("asking")).exclude(own_words="")
        said = [each.pk for each in beside if masking.without_words(each.own_words) != each.own_words]
        beside.filter(pk__in=said).take_out(masking, of_author=["own_words"])

    def follow_change(self):
        """Whoever withdraws leaves no answer behind.

        Whoever has withdrawn by its end, or shares with the organizers only, is in no figure, even if they come back
        later. When somebody leaves afterwards, no figure by answer stands any more (`Understood`).
        """
        askings = list(Asking.objects.filter(pk__in=self.values("asking")).locked_in_order())
        # Nobody has seen a figure of these yet.
        is_open = [each for each in askings if each.is_open]
        narrowed = models.Q(response__sharing=Response.Sharing.ORGANIZERS)
        self.filter(narrowed, asking__in=is_open).update(has_left=True)
        self.filter(~narrowed, asking__in=is_open).update(has_left=False)
        self.filter(response__status=Response.Status.WITHDRAWN).delete()
        for each in is_open:
            left = each.number - each.asked.filter(has_left=False).count()
            Asking.objects.filter(pk=each.pk).exclude(left=left).update(left=left)

    def to_author(self):
        rows = self.select_related("asking").order_by("asking__asked_at")
        return {"did_we_understand_you": [each.as_told_to_author() for each in rows]}


class Asked(models.Model):
    """One author, by their response, who is asked whether they were understood; and what they answer.

    Nobody is told who answered, and nobody but the author what.
    """

    Said = Said

    asking = models.ForeignKey(Asking, verbose_name=_("asking back"), on_delete=models.CASCADE, related_name="asked")
    response = models.ForeignKey(Response, verbose_name=_("response"), on_delete=models.CASCADE, related_name="asked")
    mailed_on = models.DateField(_("mail sent on"), null=True, blank=True)
    said = models.CharField(_("answer"), max_length=4, choices=Said, blank=True)
    own_words = models.TextField(_("own words"), blank=True)
    may_be_public = models.BooleanField(_("own words may be shown"), default=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    # Organizers have read the words, and let readers see them.
    is_shown = models.BooleanField(_("own words are shown"), default=False)
    # Whether its author shares with the organizers only: since its end, whether they did so then.
    has_left = models.BooleanField(default=False, editable=False)

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("author who is asked back")
        verbose_name_plural = _("authors who are asked back")
        constraints = [
            models.UniqueConstraint(fields=["asking", "response"], name="asked_once_in_an_asking"),
            models.CheckConstraint(condition=models.Q(said__in=["", *Said.values]), name="asked_said_is_known"),
            models.CheckConstraint(
                condition=models.Q(said="", answered_on__isnull=True, own_words="", may_be_public=False)
                | ~models.Q(said="") & models.Q(answered_on__isnull=False),
                name="asked_answered_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(is_shown=False) | models.Q(may_be_public=True), name="asked_shown_as_allowed"
            ),
        ]

    def __str__(self):
        # Neither a code nor words: whatever prints a row must not tell who was asked, and who answered.
        return str(self.asking)

    @property
    def authors_words(self) -> str:
        """What its author wrote. For nobody else."""
        return as_author_wrote(self, "own_words")

    @property
    def passages(self) -> list:
        """[(mark, its passage)]: the author's own words that stand behind what is asked."""
        if self.asking.kind != self.asking.kind_asked:
            # Which of them stood behind a clause that is gone, nobody knows.
            return []
        marks = marks_behind(self.asking.thing).filter(answer__response=self.response).once()
        found = marks.select_related("problem", "solution", "answer__response", "answer__authors_words")
        return [(each, _as_written(each, passage)) for each in found.with_wordings() if (passage := each.passage)]

    @property
    def is_among_few(self) -> bool:
        """Whether whoever knows what some others answer could work out, from the numbers, what this author answers."""
        asked, counted = self.asking.number, self.asking.number_counted
        is_few = asked < FEWEST_TOLD_BEFORE_READERS + FEW_MORE or counted < FEWEST_TOLD_BEFORE_READERS
        return asked >= FEWEST_TOLD and is_few

    @property
    def others(self) -> int:
        """How many others were asked the same. Not how many are left: that would tell when somebody leaves."""
        return self.asking.number - 1

    @transaction.atomic
    def answer(self, said, own_words="", *, may_be_public=False, seen=None, on=None):
        """Store what its author answers, in place of an earlier answer.

        seen: the fingerprint of the asking whose words were read. Raises ValidationError if nobody asks any more: it
        was stopped or has closed, or what was asked about is gone; if it reads otherwise by now, because a translation
        was changed; or if others would read in the words what organizers hide in the answers.
        """
        asking = self._check_open()
        if seen is not None and seen != asking.fingerprint:
            raise ValidationError(REWORDED)
        self.response.check_hides_nothing_in(own_words)
        forget_as_author_wrote(self, "own_words")
        self.said, self.own_words, self.answered_on = said, own_words, on or timezone.localdate()
        self.may_be_public = bool(own_words) and may_be_public
        self._store()

    @transaction.atomic
    def take_back(self):
        """As if they had not answered. Raises ValidationError as `answer` does."""
        self._check_open()
        forget_as_author_wrote(self, "own_words")
        self.said, self.own_words, self.may_be_public, self.answered_on = "", "", False, None
        self._store()

    @transaction.atomic
    def keep_back(self):
        """Show the own words to no reader, or no longer, whether it has closed or not. Safe to repeat.

        Raises ValidationError if the response was withdrawn.
        """
        self.response.lock()
        Asked.objects.filter(pk=self.pk).update(may_be_public=False, is_shown=False)

    def _check_open(self):
        # In the order of everybody else who locks both. Whoever stops it waits, or is waited for.
        self.response.lock()
        asking = Asking.objects.with_things().filter(pk=self.asking_id).first()
        if asking is not None:
            # Nobody changes what is asked before the answer is stored.
            locked(asking.thing)
            asking = Asking.objects.select_for_update(no_key=True).filter(pk=self.asking_id).first()
        if asking is None:
            raise ValidationError(STOPPED, code="stopped")
        if not asking.is_open:
            raise ValidationError(CLOSED, code="closed")
        return asking

    def _store(self):
        self.save(update_fields=["said", "own_words", "may_be_public", "answered_on"])

    def as_told_to_author(self) -> dict[str, Any]:
        """For the download of all that the portal holds."""
        return {
            "asked_on": self.asking.asked_on.isoformat(),
            "closes_on": self.asking.closes_on.isoformat(),
            "what_was_asked": [each.texts for each in self.asking.kept_parts],
            "mailed_on": self.mailed_on and self.mailed_on.isoformat(),
            "answer": self.said,
            "own_words": self.authors_words,
            "may_be_public": self.may_be_public,
            "is_shown": self.is_shown,
            "has_left": self.has_left,
            "answered_on": self.answered_on and self.answered_on.isoformat(),
        }


def _as_written(mark, passage):
    """A passage of the original with all that its author wrote: offsets are the same in what others see of it."""
    if mark.translation is not None:
        return passage
    return type(passage)(mark.answer.authors_text, passage.start, passage.end)
