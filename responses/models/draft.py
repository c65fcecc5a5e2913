import json
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of

from .conversation import Conversation

# A draft is deleted this many days after it was last saved.
DRAFT_DAYS = 90


class DraftQuerySet(models.QuerySet):
    def kept(self):
        """Drafts that have not expired. An expired draft cannot be opened, even before it is deleted."""
        return self.filter(saved_on__gt=timezone.localdate() - timedelta(days=DRAFT_DAYS))

    def expired(self):
        return self.filter(saved_on__lte=timezone.localdate() - timedelta(days=DRAFT_DAYS))

    def with_key(self, key):
        return self.kept().filter(key_hash=sha256_of(key)).select_related("conversation")

    @transaction.atomic
    def keep(self, key, typed, *, conversation=None, seen="", on=None):
        """Store what is typed ({field: text}) under a secret link, and delete the expired drafts.

        conversation: the one that a new draft answers, by default the current one. seen: the fingerprint of the draft
        that was open, "" for a new one. Raises ValidationError if the stored one has changed since, unless it says the
        same: nobody overwrites words that they have not seen.
        """
        self.expired().delete()
        draft, is_new = self.select_for_update().get_or_create(
            key_hash=sha256_of(key),
            defaults={
                "conversation": conversation or Conversation.objects.current(),
                "typed": typed,
                "saved_on": on or timezone.localdate(),
            },
        )
        if not is_new:
            draft.check_seen(seen, typed)
            draft.typed, draft.saved_on = typed, on or timezone.localdate()
            draft.save(update_fields=["typed", "saved_on"])
        return draft

    def discard(self, key, *, seen, typed=None):
        """Delete the draft of a secret link, if there is one. Call it in a transaction.

        seen, typed: as in `keep`; what is typed has been sent, or is None if the words are not wanted any more. Raises
        ValidationError as `keep` does.
        """
        # Not its conversation, which everybody who sends a response needs.
        draft = self.select_for_update(of=("self",)).with_key(key).first()
        if draft:
            draft.check_seen(seen, typed)
            draft.delete()


class Draft(models.Model):
    """What somebody has typed and not sent yet. A field may hold any words, even words that a response may not have.

    A draft is not a response. Only people with its secret link can see it; organizers cannot.
    """

    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, verbose_name=_("conversation"), on_delete=models.PROTECT, related_name="drafts"
    )
    typed = models.JSONField()
    saved_on = models.DateField(_("saved on"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [models.Index(fields=["saved_on"], name="draft_saved_on")]

    def __str__(self):
        return f"draft {self.pk}"

    @property
    def fingerprint(self):
        return sha256_of(json.dumps(self.typed, sort_keys=True))

    def check_seen(self, seen, typed=None):
        """Raises ValidationError if it has changed since somebody saw it, unless it says what they have typed."""
        if self.fingerprint != seen and self.typed != typed:
            raise ValidationError(
                _("This draft has been changed since you opened it. Compare, then save or send again."),
                code="changed",
            )

    @property
    def delete_on(self):
        return self.saved_on + timedelta(days=DRAFT_DAYS)

    @property
    def next_conversation(self) -> Conversation | None:
        """Another one to which its words can be taken, if its own takes them no more."""
        current = Conversation.objects.current()
        movable = not self.conversation.takes_drafts and current != self.conversation and not current.is_over
        return current if movable else None

    def move(self):
        """Take the words to the current conversation. Raises ValidationError if there is no other that takes them.

        Words to a question that is not asked there stay in the draft.
        """
        conversation = self.next_conversation
        if conversation is None:
            raise ValidationError(_("There is no other conversation to take these words to."))
        Draft.objects.filter(pk=self.pk).update(conversation=conversation)
        self.conversation = conversation
